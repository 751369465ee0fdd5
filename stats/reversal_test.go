package stats_test

import (
	"slices"
	"testing"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Series in which figures were replaced seldom are kept at hand, as long as there are not too
// many of them; holdings of one series count together.
func TestFewReversals(t *testing.T) {
	t.Parallel()
	h := ledger.Holdings{Cells: []ledger.Holding{
		{Indicator: "a", Year: 2019, Level: "commune", Reversals: 1500},
		{Indicator: "a", Year: 2019, Level: "district", Reversals: 600},
		{Indicator: "a", Year: 2020, Level: "commune", Reversals: 3},
		{Indicator: "b", Year: 2020, Level: "commune"},
	}}
	if few := h.FewReversals(); !slices.Equal(few, []ledger.SeriesYear{{Indicator: "a", Year: 2020}}) {
		t.Errorf("got %v", few)
	}
	h.Cells = nil
	for year := range 15 {
		h.Cells = append(h.Cells, ledger.Holding{Indicator: "c", Year: 2000, Reversals: 0}, ledger.Holding{Indicator: "d", Year: number.Year(2000 + year), Reversals: 1900})
	}
	if few := h.FewReversals(); len(few) != 10 {
		t.Errorf("%d series of 1,900 are kept, want 10", len(few))
	}
}
