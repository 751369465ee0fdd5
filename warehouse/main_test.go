package warehouse_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/statstest"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

var _ etl.Sink = (*warehouse.Warehouse)(nil)

func TestMain(m *testing.M) { warehousetest.Main(m) }

// TestScripts runs the scripts that say what numbers mean on ClickHouse.
func TestScripts(t *testing.T) {
	statstest.Run(t, os.DirFS(scripts), lend)
}

// TestDistinctScripts runs those of them that use a store in a way in which none before does.
func TestDistinctScripts(t *testing.T) {
	statstest.RunOnly(t, os.DirFS(scripts), statstest.Distinct(t, os.DirFS(scripts)), lend)
}

const scripts = "../stats/testdata"

func lend(t *testing.T) statstest.Store { return warehousetest.Lend(t) }

// TestLentDatabasesAreEmpty: what a test did on a database is not seen by the next one
// that gets it: neither its rows nor its hierarchy of units; and the same rows can be
// written again.
func TestLentDatabasesAreEmpty(t *testing.T) {
	for n := range 4 {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			w := warehousetest.Lend(t)
			if w.Catalogue().Head != 0 {
				t.Errorf("release %d was published before", w.Catalogue().Head)
			}
			d, sum := small(), "1"
			if n%2 == 1 { // the other district has b
				d.Units[len(d.Units)-1].Parent, sum = "A", "3"
			}
			if err := w.Define(t.Context(), d, "small"); err != nil {
				t.Fatal(err)
			}
			post(t, w, ledger.Position{Published: number.NewDate(2021, 3, 1), Release: 1}, cells(t, w, "people", 2020, map[string]string{"a": "1", "b": "2"}))
			want(t, "district A", value(t, w, 1, "people", 2020, "district", "A"), sum)
			want(t, "the province", value(t, w, 1, "people", 2020, "province", "P"), "3")
		})
	}
}
