package warehouse_test

import (
	"errors"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// write runs a statement that changes the database of a test.
func write(t *testing.T, cfg warehouse.Config, sql string) {
	t.Helper()
	options := cfg.Options()
	options.Auth.Database = cfg.Database
	conn, err := clickhouse.Open(options)
	if err == nil {
		err = errors.Join(conn.Exec(t.Context(), sql), conn.Close())
	}
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// What a load that died left is removed by the next one; of a server only what is so old that
// no load can still be writing it.
func TestRecover(t *testing.T) {
	t.Parallel()
	cfg := warehousetest.Config(t)
	w := warehousetest.Open(t, cfg)
	load(t, w, "people", 2020, map[string]string{"a": "1"})
	recovers := func(w *warehouse.Warehouse) {
		t.Helper()
		if _, err := w.Recover(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	id, err := w.NextRelease(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	stage(t, w, ledger.Position{Release: id}, cells(t, w, "people", 2020, map[string]string{"a": "2", "b": "2"}))
	for _, beside := range []string{
		"INSERT INTO finding (release, code) VALUES (2, 'X')", "INSERT INTO release_file (release, path) VALUES (2, 'f')",
		"INSERT INTO reject (release, file) VALUES (2, 'f')", "INSERT INTO restatement_cell (restatement, unit) VALUES (2, 4)",
	} {
		write(t, cfg, beside)
	}
	want(t, "another program opens", one(t, warehousetest.Open(t, cfg), "SELECT count() FROM observation"), "3")
	server := cfg
	server.Server = true
	recovers(warehousetest.Open(t, server))
	want(t, "a load on a server that may be alive", one(t, w, "SELECT count() FROM observation"), "3")
	recovers(w)
	for _, table := range []string{"observation", "posting"} {
		want(t, table, one(t, w, "SELECT count() FROM "+table), "1")
	}
	for _, table := range []string{"finding", "release_file", "reject", "restatement_cell"} {
		want(t, table, one(t, w, "SELECT count() FROM "+table), "0")
	}
	want(t, "figures", value(t, w, 1, "people", 2020, "commune", "a"), "1")
}

// What a program wrote of a catalogue before it was killed is no part of the next one.
func TestDefineAfterADefinitionThatBroke(t *testing.T) {
	t.Parallel()
	cfg := warehousetest.Config(t)
	w := warehousetest.Open(t, cfg)
	load(t, w, "people", 2020, map[string]string{"a": "1"})
	write(t, cfg, "INSERT INTO unit (catalogue, key, code) VALUES (2, 4, 'broken')")
	write(t, cfg, "INSERT INTO place (catalogue, id, since, until, place) SELECT 2, id, since, until, 1 FROM place")
	if err := w.Define(t.Context(), w.Catalogue().Definitions, "another"); err != nil {
		t.Fatal(err)
	}
	want(t, "units", one(t, w, "SELECT count() FROM unit WHERE code = 'broken'"), "0")
	want(t, "numbers", one(t, w, "SELECT arrayStringConcat(groupUniqArray(toString(catalogue)), ' ') FROM place"), "3")
	want(t, "figures", value(t, w, 1, "people", 2020, "district", "A"), "1")
}
