package warehouse_test

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/niengiam/niengiam/schema"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// files copies the schema so that a test can change it.
func files(t *testing.T) fstest.MapFS {
	t.Helper()
	all := fstest.MapFS{}
	names, err := fs.Glob(schema.ClickHouse(), "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		content, err := fs.ReadFile(schema.ClickHouse(), name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = &fstest.MapFile{Data: content}
	}
	return all
}

func wantCode(t *testing.T, err error, code number.Code) {
	t.Helper()
	if number.CodeOf(err) != code {
		t.Fatalf("got %v (code %q), want %s", err, number.CodeOf(err), code)
	}
}

// one gives the only value of the only row of a statement, as text.
func one(t *testing.T, w *warehouse.Warehouse, sql string) string {
	t.Helper()
	rows, err := w.Query(t.Context(), sql, 0)
	if err != nil {
		t.Fatal(err)
	}
	row, ok := rows.Next()
	if err := rows.Close(); err != nil || !ok {
		t.Fatalf("%s: %v", sql, err)
	}
	return fmt.Sprint(row[0])
}

func TestMigrations(t *testing.T) {
	t.Parallel()
	w := warehousetest.Start(t)
	all := files(t)
	if got := one(t, w, "SELECT count() FROM migration"); got != fmt.Sprint(len(all)) {
		t.Errorf("%s migrations are recorded, want %d", got, len(all))
	}

	t.Run("applying again changes nothing", func(t *testing.T) {
		if err := w.MigrateFrom(t.Context(), all); err != nil {
			t.Fatal(err)
		}
		if got := one(t, w, "SELECT count() FROM migration"); got != fmt.Sprint(len(all)) {
			t.Errorf("%s migrations are recorded, want %d", got, len(all))
		}
	})
	t.Run("each may run twice, as after a kill before it was recorded", func(t *testing.T) {
		if err := w.Run(t.Context(), "TRUNCATE TABLE migration"); err != nil {
			t.Fatal(err)
		}
		if err := w.MigrateFrom(t.Context(), all); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("a changed file is refused", func(t *testing.T) {
		changed := files(t)
		changed["0010_release.sql"] = &fstest.MapFile{Data: []byte("SELECT 1")}
		err := w.MigrateFrom(t.Context(), changed)
		wantCode(t, err, warehouse.MigrationChanged)
		if !strings.Contains(err.Error(), "0010_release.sql") {
			t.Errorf("%v does not name the file", err)
		}
	})
	t.Run("a newer schema is refused", func(t *testing.T) {
		older := files(t)
		delete(older, "0014_run.sql")
		wantCode(t, w.MigrateFrom(t.Context(), older), warehouse.SchemaNewer)
	})
	t.Run("a new file is applied", func(t *testing.T) {
		newer := files(t)
		newer["9999_more.sql"] = &fstest.MapFile{Data: []byte("CREATE TABLE IF NOT EXISTS more (n UInt8) ENGINE = MergeTree ORDER BY n")}
		if err := w.MigrateFrom(t.Context(), newer); err != nil {
			t.Fatal(err)
		}
		one(t, w, "SELECT count() FROM more")
		wantCode(t, w.MigrateFrom(t.Context(), all), warehouse.SchemaNewer)
	})
}

func TestDatabases(t *testing.T) {
	t.Parallel()
	t.Run("a name that cannot be one", func(t *testing.T) {
		cfg := warehousetest.Config(t)
		name := cfg.Database
		cfg.Database = "a; DROP TABLE b"
		wantCode(t, warehouse.New(cfg).Open(t.Context()), warehouse.DatabaseName)
		cfg.Database = name
	})
	t.Run("two at once", func(t *testing.T) {
		var group sync.WaitGroup
		for n := range 2 {
			w := warehousetest.Start(t)
			group.Go(func() {
				for range 3 {
					load(t, w, "people", 2020, map[string]string{"a": fmt.Sprint(n)})
				}
				if got := value(t, w, w.Catalogue().Head, "people", 2020, "district", "A"); got != fmt.Sprint(n) {
					t.Errorf("database %d says %s", n, got)
				}
			})
		}
		group.Wait()
	})
	t.Run("not open", func(t *testing.T) {
		w := warehouse.New(warehousetest.Config(t))
		wantCode(t, w.Ready(t.Context()), "ENGINE_DOWN")
		_, err := w.NextRelease(t.Context())
		wantCode(t, err, "ENGINE_DOWN")
		if err := w.Close(); err != nil {
			t.Error(err)
		}
		if w.Catalogue() == nil {
			t.Error("there is no catalogue")
		}
	})
}

// TestAddress reaches the engine as one reaches a server.
func TestAddress(t *testing.T) {
	t.Parallel()
	cfg := warehousetest.Config(t)
	dsn := warehousetest.Address(t, cfg.Database)
	options, database, err := warehouse.Address(dsn)
	if err != nil {
		t.Fatal(err)
	}
	w := warehousetest.Open(t, warehouse.Config{Options: options, Database: database, Server: true})
	load(t, w, "people", 2020, map[string]string{"a": "7"})
	if got := value(t, w, 1, "people", 2020, "district", "A"); got != "7" {
		t.Errorf("got %s, want 7", got)
	}
	for _, bad := range []string{"", "localhost:9000", "http://localhost:8123/db", "clickhouse://"} {
		_, _, err := warehouse.Address(bad)
		wantCode(t, err, warehouse.AddressInvalid)
	}
}

func TestQuery(t *testing.T) {
	t.Parallel()
	w := warehousetest.Start(t)
	load(t, w, "people", 2020, map[string]string{"a": "1.5", "b": "..."})
	rows, err := w.Query(t.Context(), "SELECT unit, value FROM published ORDER BY unit", 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(rows.Columns); got != "[{unit LowCardinality(String)} {value Nullable(Decimal(38, 10))}]" {
		t.Errorf("columns are %s", got)
	}
	for _, unit := range []string{"a", "b"} {
		if row, ok := rows.Next(); !ok || fmt.Sprint(row[0]) != unit {
			t.Errorf("got %v, want %s", row, unit)
		}
	}
	if err := rows.Close(); err != nil || rows.Cut() {
		t.Errorf("closing: %v, cut %v", err, rows.Cut())
	}

	rows, err = w.Query(t.Context(), "SELECT number FROM numbers(100000000)", 10)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, ok := rows.Next(); ok; _, ok = rows.Next() {
		n++
	}
	if err := rows.Close(); err != nil || n != 10 || !rows.Cut() {
		t.Errorf("%d rows, cut %v, %v", n, rows.Cut(), err)
	}

	for _, refused := range []string{"DROP TABLE posting", "INSERT INTO migration SELECT * FROM migration", "TRUNCATE TABLE release"} {
		rows, err := w.Query(t.Context(), refused, 0)
		if err == nil {
			err = rows.Close()
		}
		wantCode(t, err, "QUERY_DENIED")
	}
	_, err = w.Query(t.Context(), "SELECT nothing FROM nowhere", 0)
	wantCode(t, err, warehouse.StatementWrong)
	if _, err := w.Query(cancelled(), "SELECT 1", 0); err == nil {
		t.Error("a cancelled query was answered")
	}
}

func cancelled() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}
