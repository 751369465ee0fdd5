package etl_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/mapping"
	"github.com/niengiam/niengiam/stats/ledger"
)

// rejected are the rejected rows of the source's file, which is the only one with some.
func (o *office) rejected() *mapping.RejectedTable {
	o.t.Helper()
	w := o.pipeline().Workspace
	tables, others, err := etl.Rejected(o.t.Context(), w, w.Source("long"))
	if err != nil || len(tables) != 1 || len(others) > 0 {
		o.t.Fatalf("%d tables, %v, %v", len(tables), others, err)
	}
	return tables[0]
}

// mend writes rejected rows to the file that mends them; a function changes their cells.
func (o *office) mend(t *mapping.RejectedTable, change func(cells []string)) {
	o.t.Helper()
	lines := strings.Join(t.Header, ",") + "," + mapping.ReasonColumn + "," + mapping.PlaceColumn + "\n"
	for _, r := range t.Rows {
		change(r.Cells)
		lines += strings.Join(r.Cells, ",") + `,"` + strings.ReplaceAll(r.Reason(), `"`, `""`) + `",` + r.Place + "\n"
	}
	o.write(t.Mended+".csv", lines)
}

func (o *office) loadAgain(outcome ledger.Outcome) ledger.Run {
	o.t.Helper()
	run, err := o.pipeline().Run(o.t.Context(), "long", "test", nil)
	if err != nil || run.Outcome != outcome {
		o.t.Fatalf("outcome %s, %v; want %s", run.Outcome, err, outcome)
	}
	return run
}

const twoBad = "89,criterion-19-2,2020,97,119,2021-03-12,,,,B\n89,criterion-19-2,2019,8x,119,2021-03-12,,,,B\n98,criterion-19-2,2018,78,119,2021-03-12,,,,A\n"

// Rejected rows are mended beside their file: only they are loaded, what cannot be read yet
// stays rejected, and nothing of the file is dropped, also where its rows have moved.
func TestMendedRows(t *testing.T) {
	o := newOffice(t)
	if run := o.must(ledger.Published, twoBad); run.Rejected != 2 {
		t.Fatalf("%+v", run)
	}
	table := o.rejected()
	if table.Mended != "in.mended" || len(table.Rows) != 2 || table.Rows[0].Cells[3] != "8x" || !strings.Contains(table.Rows[0].Reason(), "not a number [NOT_A_NUMBER]") {
		t.Fatalf("%+v", table)
	}
	o.mend(table, func(cells []string) { cells[3] = strings.Replace(cells[3], "8x", "83", 1) })
	run := o.loadAgain(ledger.Published)
	if run.Added != 1 || run.Rejected != 1 || run.Read != 3 || len(o.sink.releases) != 2 || o.sink.releases[1].Files[0].Path != "in.mended.csv" {
		t.Errorf("%+v, releases %+v", run, o.sink.releases)
	}
	o.is("83", "criterion-19-2", "89", 2019)
	if at := o.sink.observations[1].Place; at.File != "in.mended.csv" || at.Line != 2 {
		t.Errorf("the mended figure stands at %+v", at)
	}

	table = o.rejected()
	if table.Mended != "in.mended-2" || len(table.Rows) != 1 || !strings.HasPrefix(table.Rows[0].Place, "in.csv:4 #") {
		t.Fatalf("%+v", table)
	}
	o.mend(table, func(cells []string) { cells[0] = "89" })
	if run = o.loadAgain(ledger.Published); run.Added != 1 || run.Rejected != 0 {
		t.Errorf("%+v", run)
	}
	o.is("78", "criterion-19-2", "89", 2018)
	if run = o.must(ledger.Unchanged, "30340,population,2019,,,2021-03-12,,,,\n"+twoBad); run.Rejected != 1 { // the rows have moved
		t.Errorf("%+v", run)
	}
	o.is("83", "criterion-19-2", "89", 2019)
}

// A mended row of which nothing is left leaves its row out; one whose row is gone from its
// file is rejected, and the figure stays.
func TestMendedRowsLeftOutAndUnknown(t *testing.T) {
	o := newOffice(t)
	o.must(ledger.Published, twoBad)
	o.mend(o.rejected(), func(cells []string) {
		if cells[3] == "8x" {
			cells[3] = "83"
			return
		}
		clear(cells)
	})
	if run := o.loadAgain(ledger.Published); run.Added != 1 || run.Rejected != 0 || run.Read != 2 {
		t.Errorf("%+v", run)
	}
	run := o.must(ledger.Unchanged, "89,criterion-19-2,2020,97,119,2021-03-12,,,,B\n")
	rejects := o.sink.runRejects[run.ID]
	if len(rejects) != 2 || rejects[0].Reason != mapping.MendedRowUnknown || rejects[0].Place.File != "in.mended.csv" {
		t.Errorf("%+v", rejects)
	}
	o.is("83", "criterion-19-2", "89", 2019)
	if err := os.Remove(filepath.Join(o.dir, "in.mended.csv")); err != nil {
		t.Fatal(err)
	}
	o.loadAgain(ledger.Unchanged)
	o.is("83", "criterion-19-2", "89", 2019)
}
