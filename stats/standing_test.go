package stats_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
)

// What stands in a cell is the last publication of it that was not withdrawn, in whatever order
// the cells come.
func TestStandingIsTheLastOfEachCell(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 11))
	for round := range 500 {
		l, history, said := invented(random)
		var releases []*ledger.Release
		for _, w := range l {
			releases = append(releases, &ledger.Release{ID: w.Of}, &ledger.Release{ID: w.At.Release, Withdraws: w.Of, Published: w.At.Published})
		}
		c := catalogue.NewCalendar(catalogue.NewCatalogue(catalogue.Definitions{}, ledger.Holdings{Head: 60, Releases: releases}))
		if len(c.Ledger()) != len(l) {
			t.Fatalf("the ledger is %v, want %v", c.Ledger(), l)
		}
		slices.SortStableFunc(said, func(a, b ledger.Observation) int { return int(a.At.Published - b.At.Published) })
		want := map[ledger.CellKey]ledger.Observation{}
		for _, o := range slices.Concat(history, said) {
			if known, is := want[o.CellKey]; !c.Ledger().Withdrawn(o.At.Release) && (!is || known.At.Published <= o.At.Published) {
				want[o.CellKey] = o
			}
		}
		if round%2 == 0 {
			slices.SortStableFunc(history, func(a, b ledger.Observation) int { return a.CellKey.Compare(&b.CellKey) })
		}
		standing := figure.NewStanding(c, history).With(said)
		got := map[ledger.CellKey]ledger.Observation{}
		for o := range standing.All() {
			if _, twice := got[o.CellKey]; twice || standing.At(&o.CellKey) != o {
				t.Fatalf("round %d: %v comes twice, or is not what stands at its place", round, o)
			}
			got[o.CellKey] = *o
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("round %d: stands\n%v\nwant\n%v", round, got, want)
		}
		if none := standing.At(&ledger.CellKey{Indicator: "other"}); none != nil {
			t.Fatalf("of another indicator %v stands", none)
		}
	}
}
