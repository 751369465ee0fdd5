package warehouse_test

import (
	"fmt"
	"testing"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// A load of thirty million rows did not end: in one statement the server stops to read blocks when
// nobody has read what it tells meanwhile. So no statement sends more than 250 of them.
func TestManyBlocksAreSeveralStatements(t *testing.T) {
	t.Parallel()
	const blocks = 600
	w := warehousetest.Open(t, warehousetest.Config(t))
	first := load(t, w, "people", 2020, map[string]string{"a": "1"})
	said := cells(t, w, "people", 2020, map[string]string{"a": "2"})[0]
	said.At = ledger.Position{Published: number.NewDate(2022, 3, 1), Release: first + 1}
	before := w.Spent().Statements.Load()
	err := w.StageAll(t.Context(), func(yield func(*ledger.Block, error) bool) {
		for n := range blocks {
			said.Place.Line = n
			if !yield(&ledger.Block{Observations: []ledger.Observation{said}}, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	want(t, "statements", fmt.Sprint(w.Spent().Statements.Load()-before), "3")
	want(t, "rows that are staged", one(t, w, "SELECT uniqExact(line) FROM observation WHERE release > 1"), fmt.Sprint(blocks))
}
