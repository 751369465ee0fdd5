package warehouse_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// Most copies are made of one warehouse, which none of them changes.
func TestCopies(t *testing.T) {
	t.Parallel()
	w := copyable(t)
	for name, test := range map[string]func(*testing.T, *warehouse.Warehouse){
		"whole": testCopy, "taken up": testCopyIsTakenUp, "part of a batch": testCopyOfAPartOfABatch, "refused": testCopyRefuses, "different": testCopyDiffers,
	} {
		t.Run(name, func(t *testing.T) { test(t, w) })
	}
}

// copyable is a warehouse with three releases of two years, one of which revises the first, a
// held restatement's cells and a run.
func copyable(t *testing.T) *warehouse.Warehouse {
	t.Helper()
	w := warehousetest.Lend(t)
	load(t, w, "people", 2019, map[string]string{"a": "1.5", "a2": "...", "b": "7"})
	load(t, w, "people", 2020, map[string]string{"a": "2.5", "a2": "3", "b": "8"})
	load(t, w, "people", 2019, map[string]string{"a": "1.25"})
	recordRun(t, w, "one")
	if err := w.HoldCells(t.Context(), 9, []ledger.PendingCell{{Observation: cells(t, w, "people", 2020, map[string]string{"b": "9"})[0]}}); err != nil {
		t.Fatal(err)
	}
	return w
}

func recordRun(t *testing.T, w *warehouse.Warehouse, id string) {
	t.Helper()
	if err := w.StartRun(t.Context(), ledger.Run{ID: id, Source: "people", Actor: "An", Outcome: ledger.Running}); err != nil {
		t.Fatal(err)
	}
}

// absent is a database of a server, as its address says, that is not there yet.
func absent(t *testing.T) warehouse.Config {
	t.Helper()
	return onServer(t, warehousetest.Config(t))
}

// target is a database of a server that may be there, without rows: a program opened it.
func target(t *testing.T) warehouse.Config {
	t.Helper()
	return onServer(t, warehousetest.Borrow(t))
}

func onServer(t *testing.T, cfg warehouse.Config) warehouse.Config {
	t.Helper()
	options, database, err := warehouse.Address(warehousetest.Address(t, cfg.Database))
	if err != nil {
		t.Fatal(err)
	}
	return warehouse.Config{Options: options, Database: database, Server: true}
}

func rowsOf(c warehouse.Copied) (rows, wrote uint64) {
	for _, table := range c.Tables {
		rows, wrote = rows+table.Rows, wrote+table.Wrote
	}
	return rows, wrote
}

func testCopy(t *testing.T, w *warehouse.Warehouse) {
	to := absent(t)
	done := map[string]uint64{}
	copied, err := warehouse.Copy{From: w, To: to, Batch: 2, Progress: func(table string, now, total uint64) {
		if now < done[table] || now-done[table] > 12 || now > total {
			t.Errorf("%s: %d rows of %d are done after %d", table, now, total, done[table])
		}
		done[table] = now
	}}.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if rows, wrote := rowsOf(copied); rows != wrote || rows < 30 || copied.Before || copied.Releases != 3 || copied.Indicators != 1 || copied.Figures < 9 {
		t.Errorf("copied %+v", copied)
	}
	server := warehousetest.Open(t, to)
	for _, c := range []struct {
		head ledger.ReleaseID
		year number.Year
		want string
	}{{1, 2019, "1.5"}, {3, 2019, "1.25"}, {3, 2020, "5.5"}} {
		want(t, fmt.Sprintf("release %d, %d", c.head, c.year), value(t, server, c.head, "people", c.year, "district", "A"), c.want)
		want(t, "the source says", value(t, w, c.head, "people", c.year, "district", "A"), c.want)
	}
	again, err := warehouse.Copy{From: w, To: to}.Run(t.Context())
	if _, wrote := rowsOf(again); err != nil || !again.Before || wrote != 0 || again.Figures != copied.Figures {
		t.Errorf("copied again: %+v, %v", again, err)
	}
	load(t, server, "people", 2021, map[string]string{"a": "4"}) // it is a warehouse as any other
	_, err = warehouse.Copy{From: w, To: to}.Run(t.Context())
	if code := number.CodeOf(err); code != warehouse.CopyTargetNotEmpty && code != warehouse.CopyTargetOther {
		t.Errorf("a copy that was used meanwhile is copied into: %v", err)
	}
	want(t, "what was published there", value(t, server, 4, "people", 2021, "district", "A"), "4")
}

// A copy that is cut off is taken up, wherever it was: within a table, or before the last
// rows. All rows are there once. Until then no program opens it.
func testCopyIsTakenUp(t *testing.T, w *warehouse.Warehouse) {
	for _, step := range []int{9, 28} {
		to := target(t)
		ctx, cut := context.WithCancel(t.Context())
		calls := 0
		first, err := warehouse.Copy{From: w, To: to, Batch: 2, Progress: func(string, uint64, uint64) {
			if calls++; calls == step {
				cut()
			}
		}}.Run(ctx)
		cut()
		if err == nil {
			t.Fatalf("it ended after %d steps", calls)
		}
		wantCode(t, warehouse.New(to).Open(t.Context()), warehouse.CopyUnfinished)
		second, err := warehouse.Copy{From: w, To: to, Batch: 3}.Run(t.Context())
		if err != nil {
			t.Fatalf("cut off at %d: %v", step, err)
		}
		_, before := rowsOf(first)
		if rows, wrote := rowsOf(second); wrote+before < rows || wrote > rows-min(before, 1) {
			t.Errorf("cut off at %d: %d of %d rows were written after %d", step, wrote, rows, before)
		}
		server := warehousetest.Open(t, to)
		want(t, "postings", one(t, server, "SELECT count() FROM posting"), one(t, w, "SELECT count() FROM posting"))
		want(t, "district A", value(t, server, 3, "people", 2020, "district", "A"), "5.5")
	}
}

// unfinished cuts a copy off when all is written and nothing is compared yet.
func unfinished(t *testing.T, w *warehouse.Warehouse, to warehouse.Config) {
	t.Helper()
	ctx, cut := context.WithCancel(t.Context())
	defer cut()
	_, err := warehouse.Copy{From: w, To: to, Batch: 2, Progress: func(table string, done, total uint64) {
		if table == "release" && done == total {
			cut()
		}
	}}.Run(ctx)
	if err == nil {
		t.Fatal("the copy was not cut off")
	}
}

// in runs a statement in the database of a copy that no program opens.
func in(t *testing.T, to warehouse.Config, sql string) {
	t.Helper()
	if err := warehouse.RunIn(t.Context(), to, sql); err != nil {
		t.Fatal(err)
	}
}

// What is there in part is completed row by row, whichever rows they are; what is there and
// is not of the source is refused.
func testCopyOfAPartOfABatch(t *testing.T, w *warehouse.Warehouse) {
	to := target(t)
	unfinished(t, w, to)
	in(t, to, "ALTER TABLE posting DELETE WHERE unit % 2 = 1 SETTINGS mutations_sync = 1")
	in(t, to, "ALTER TABLE unit_key DELETE WHERE code = 'b' SETTINGS mutations_sync = 1")
	copied, err := warehouse.Copy{From: w, To: to}.Run(t.Context())
	if _, wrote := rowsOf(copied); err != nil || wrote < 2 {
		t.Fatalf("%+v, %v", copied, err)
	}
	server := warehousetest.Open(t, to)
	want(t, "postings", one(t, server, "SELECT count() FROM posting"), one(t, w, "SELECT count() FROM posting"))

	to = target(t)
	unfinished(t, w, to)
	in(t, to, "INSERT INTO posting SELECT * FROM posting LIMIT 1")
	_, err = warehouse.Copy{From: w, To: to}.Run(t.Context())
	wantCode(t, err, warehouse.CopyTargetOther)
}

func testCopyRefuses(t *testing.T, w *warehouse.Warehouse) {
	refuses := func(code number.Code, to warehouse.Config) {
		t.Helper()
		_, err := warehouse.Copy{From: w, To: to}.Run(t.Context())
		wantCode(t, err, code)
	}
	used := target(t)
	load(t, warehousetest.Open(t, used), "people", 2020, map[string]string{"a": "7"})
	refuses(warehouse.CopyTargetNotEmpty, used)

	stranger := absent(t)
	warehousetest.Open(t, stranger)
	in(t, stranger, "CREATE TABLE theirs (n UInt8) ENGINE = MergeTree ORDER BY n")
	refuses(warehouse.CopyTargetNotEmpty, stranger)

	newer := absent(t)
	all := files(t)
	all["9999_more.sql"] = &fstest.MapFile{Data: []byte("CREATE TABLE IF NOT EXISTS more (n UInt8) ENGINE = MergeTree ORDER BY n")}
	if err := warehousetest.Open(t, newer).MigrateFrom(t.Context(), all); err != nil {
		t.Fatal(err)
	}
	refuses(warehouse.SchemaNewer, newer)

	another, other := target(t), warehousetest.Lend(t)
	load(t, other, "people", 2020, map[string]string{"a": "7"})
	unfinished(t, other, another)
	refuses(warehouse.CopyTargetOther, another)

	migrated := target(t) // empty as a program left it that had nothing to load
	warehousetest.Open(t, migrated)
	if _, err := (warehouse.Copy{From: w, To: migrated}).Run(t.Context()); err != nil {
		t.Error(err)
	}
}

// A copy that is not what it was made from is never said to be complete.
func testCopyDiffers(t *testing.T, w *warehouse.Warehouse) {
	for _, harm := range []string{
		"INSERT INTO posting SELECT * FROM posting LIMIT 1",
		"ALTER TABLE observation UPDATE note = 'another' WHERE unit = 5 SETTINGS mutations_sync = 1",
		"ALTER TABLE place DELETE WHERE id % 2 = 0 SETTINGS mutations_sync = 1",
	} {
		to := target(t)
		_, err := warehouse.Copy{From: w, To: to, Progress: func(table string, done, total uint64) {
			if table == "release" && done == total {
				in(t, to, harm)
			}
		}}.Run(t.Context())
		wantCode(t, err, warehouse.CopyDiffers)
		wantCode(t, warehouse.New(to).Open(t.Context()), warehouse.CopyUnfinished)
	}
}

// What is recorded in the source while it is copied is copied, too; where that does not end,
// the copy is not said to be complete.
func TestCopyOfWhatIsWrittenMeanwhile(t *testing.T) {
	t.Parallel()
	w := copyable(t)
	copying := func(times int) (warehouse.Copied, error) {
		n := 0
		return warehouse.Copy{From: w, To: target(t), Progress: func(table string, done, total uint64) {
			if table == "release" && done == total && n < times {
				n++
				recordRun(t, w, fmt.Sprintf("meanwhile %d of %d", n, times))
			}
		}}.Run(t.Context())
	}
	copied, err := copying(1)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(copied.Tables, func(table warehouse.CopiedTable) bool { return table.Name == "run" })
	if copied.Tables[i].Rows != 2 || copied.Tables[i].Wrote != 2 {
		t.Errorf("copied %+v", copied.Tables[i])
	}
	_, err = copying(99)
	wantCode(t, err, warehouse.CopySourceChanged)
}

// A table that a later migration makes is copied, or it is said why not.
func TestEveryTableIsCopiedOrSaidNotToBe(t *testing.T) {
	t.Parallel()
	w := warehousetest.Start(t)
	copied, not := warehouse.TablesOfCopies()
	rows, err := w.Query(t.Context(), "SELECT name FROM system.tables WHERE database = currentDatabase()", 0)
	if err != nil {
		t.Fatal(err)
	}
	there := 0
	for row, more := rows.Next(); more; row, more = rows.Next() {
		there++
		name := fmt.Sprint(row[0])
		if reason := not[name]; slices.Contains(copied, name) == (reason != "") {
			t.Errorf("%s is neither copied nor said not to be, or both", name)
		}
	}
	if err := rows.Close(); err != nil || there != len(copied)+len(not) {
		t.Errorf("%d tables are there, %d are known: %v", there, len(copied)+len(not), err)
	}
}
