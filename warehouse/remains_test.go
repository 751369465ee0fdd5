package warehouse_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/engine"
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
	want(t, "observations", one(t, w, "SELECT count() FROM observation"), "1")
	want(t, "postings", one(t, w, "SELECT count() FROM posting"), "1")
	want(t, "beside", one(t, w, "SELECT count() FROM (SELECT release FROM finding UNION ALL SELECT release FROM release_file UNION ALL SELECT release FROM reject UNION ALL SELECT restatement FROM restatement_cell)"), "0")
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

// A statement whose answer does not come ends within the limit, with a code: nothing waits for
// a network or an engine without end.
func TestAnswerLimit(t *testing.T) {
	t.Parallel()
	cfg := warehousetest.Borrow(t)
	network := warehousetest.NewNetwork(t)
	cfg.Options, cfg.AnswerLimit = network.Options(cfg.Options), 3*time.Second
	w := warehousetest.Open(t, cfg)
	load(t, w, "people", 2020, map[string]string{"a": "1"})
	id, err := w.NextRelease(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	large := cells(t, w, "people", 2020, map[string]string{"a": "2"})
	for len(large) < 50_000 { // more than what lies between takes up
		large = append(large, large[0])
	}
	network.Silence()
	begin := time.Now()
	var waiting sync.WaitGroup
	for name, ask := range map[string]func() error{
		"read":    func() error { return w.Refresh(t.Context()) },
		"write":   func() error { return w.EndRun(t.Context(), ledger.Run{ID: "r"}, nil) },
		"stage":   func() error { return w.Stage(t.Context(), large, nil) },
		"recover": func() error { _, err := w.Recover(t.Context()); return err },
		"publish": func() error { return w.Publish(t.Context(), ledger.Release{ID: id}, nil, nil) },
	} {
		waiting.Go(func() {
			if err := ask(); number.CodeOf(err) != engine.EngineDown || !strings.Contains(err.Error(), "no answer within 3s") {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
	waiting.Wait()
	if took := time.Since(begin); took > time.Minute {
		t.Errorf("all of it took %s", took)
	}
	network.Mend()
	if err := w.Refresh(t.Context()); err != nil {
		t.Error(err)
	}
	network.Cut()
	wantCode(t, w.Refresh(t.Context()), engine.EngineDown)
	network.Mend()
	want(t, "figures", value(t, w, 1, "people", 2020, "commune", "a"), "1")
}
