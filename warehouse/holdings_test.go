package warehouse_test

import (
	"fmt"
	"testing"

	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// What a start counted is what every later start reads, of each catalogue and of releases that
// came in between; it is not counted again.
func TestHoldingsAreCountedOnce(t *testing.T) {
	t.Parallel()
	cfg := warehousetest.Borrow(t)
	w := warehousetest.Open(t, cfg)
	load(t, w, "people", 2019, map[string]string{"a": "7", "b": "8"})
	load(t, w, "people", 2020, map[string]string{"a": "9"})
	want := func(rows string) {
		t.Helper()
		if err := w.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		own := cfg
		own.CountedAtOnce = 1
		for range 2 {
			other := warehousetest.Open(t, own)
			got, counted := fmt.Sprint(other.Catalogue().Holdings.Cells), fmt.Sprint(w.Catalogue().Holdings.Cells)
			if got != counted || len(w.Catalogue().Holdings.Cells) == 0 {
				t.Errorf("a start reads\n%s\nand counting gives\n%s", got, counted)
			}
			if kept := one(t, other, "SELECT count() FROM holding"); kept != rows {
				t.Errorf("%s rows are kept, want %s", kept, rows)
			}
		}
	}
	want("4") // one for each release and level, and one that says that it was counted
	load(t, w, "people", 2019, map[string]string{"a": "6"})
	want("6")
}
