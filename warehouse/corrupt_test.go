package warehouse_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/engine"
)

// filled starts an engine on a directory, with a warehouse that is not open yet; the
// function closes and stops both.
func filled(t *testing.T, dir string) (e *engine.Engine, w *warehouse.Warehouse, stop func()) {
	t.Helper()
	e = engine.New(engine.Config{Dir: dir, WaitLimit: time.Minute})
	if err := e.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	w = warehouse.New(warehouse.Config{Options: e.Options})
	stop = func() {
		t.Helper()
		if err := w.Close(); err != nil {
			t.Error(err)
		}
		if err := e.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	}
	return e, w, stop
}

// parts lists the directories of the active parts of a table.
func parts(t *testing.T, w *warehouse.Warehouse, table string) []string {
	t.Helper()
	var found []string
	all := one(t, w, "SELECT arrayStringConcat(groupArray(concat(table, ' ', path)), '\n') FROM (SELECT table, path FROM system.parts WHERE database = 'niengiam' AND active ORDER BY name)")
	for line := range strings.Lines(all) {
		if of, path, _ := strings.Cut(strings.TrimSpace(line), " "); of == table {
			found = append(found, path)
		}
	}
	return found
}

// TestDamageIsFoundAtStart damages what was published while no program runs, and opens the
// warehouse again: it says what is damaged, and sweeps nothing of it.
func TestDamageIsFoundAtStart(t *testing.T) {
	for name, c := range map[string]struct {
		table  string
		damage func(t *testing.T, part string)
		want   string
	}{
		"a release is lost":             {"release", remove, "release 3 is lost"},
		"a part cannot be read":         {"release", empty, "release"},
		"observations are lost":         {"observation", remove, "observation lacks"},
		"postings are lost":             {"posting", remove, "posting lacks"},
		"bytes of postings are flipped": {"posting", flip, "damaged"},
		"keys of units are lost":        {"unit_key", remove, "unit_key lacks"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			_, w, stop := filled(t, dir)
			if err := w.Open(t.Context()); err != nil {
				t.Fatal(err)
			}
			for _, value := range []string{"1", "2", "3"} {
				load(t, w, "people", 2020, map[string]string{"a": value})
			}
			if err := w.Verify(t.Context()); err != nil {
				t.Fatal(err)
			}
			all := parts(t, w, c.table)
			postings := one(t, w, "SELECT count() FROM posting")
			stop()

			c.damage(t, all[len(all)-1])
			e, again, stop := filled(t, dir)
			defer stop()
			err := again.Open(t.Context())
			wantCode(t, err, engine.EngineCorrupt)
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("want %q: %v", c.want, err)
			}
			if c.table == "release" { // what only lost its release is still there
				want(t, "postings", count(t, e), postings)
			}
		})
	}
}

// remove removes a part, and those that it was merged of, which would take its place again.
func remove(t *testing.T, part string) {
	t.Helper()
	blocks := func(path string) (first, last int) {
		if _, err := fmt.Sscanf(filepath.Base(path), "all_%d_%d_", &first, &last); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		return first, last
	}
	beside, err := filepath.Glob(filepath.Join(filepath.Dir(filepath.Clean(part)), "all_*"))
	if err != nil || len(beside) == 0 {
		t.Fatalf("no parts beside %s: %v", part, err)
	}
	first, last := blocks(part)
	for _, path := range beside {
		if from, to := blocks(path); from < first || to > last {
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
}

// empty cuts every file of a part to nothing.
func empty(t *testing.T, part string) {
	t.Helper()
	each(t, part, func(path string) error { return os.Truncate(path, 0) })
}

// flip turns a byte in the middle of the data of a part around.
func flip(t *testing.T, part string) {
	t.Helper()
	each(t, part, func(path string) error {
		if !strings.HasSuffix(path, ".bin") {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		content[len(content)/2] ^= 0xff
		return os.WriteFile(path, content, 0o600)
	})
}

func each(t *testing.T, part string, change func(path string) error) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(part, "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s has no files: %v", part, err)
	}
	for _, path := range files {
		if err := change(path); err != nil {
			t.Fatal(err)
		}
	}
}

// count counts the postings on an engine, past the warehouse that refuses to open.
func count(t *testing.T, e *engine.Engine) string {
	t.Helper()
	conn, err := clickhouse.Open(e.Options())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	var rows uint64
	if err := conn.QueryRow(t.Context(), "SELECT count() FROM niengiam.posting").Scan(&rows); err != nil {
		t.Fatal(err)
	}
	return strconv.FormatUint(rows, 10)
}
