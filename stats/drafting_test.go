package stats_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Drafts that are made cell by cell are those that are made of all cells at once.
func TestDraftingIsDraft(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 5))
	for round := range 300 {
		l, history, said := invented(random)
		c := ledger.Correcting{Day: 20250105, Slip: round%3 == 0, Own: func(id ledger.ReleaseID) bool { return id%2 == 0 }}
		drafts := l.Draft(said, history, 100, c)
		cells := map[ledger.CellKey]bool{}
		d := l.Drafting(c)
		var entries []ledger.Entry
		for _, o := range said {
			if cells[o.CellKey] {
				continue
			}
			cells[o.CellKey] = true
			of := func(all []ledger.Observation) (own []ledger.Observation) {
				for _, other := range all {
					if other.CellKey == o.CellKey {
						own = append(own, other)
					}
				}
				return own
			}
			for _, e := range d.Cell(of(said), of(history)) { // they stay until the next call
				e.Postings = slices.Clone(e.Postings)
				entries = append(entries, e)
			}
		}
		releases := d.Releases()
		numbers := ledger.Number(releases, 100)
		var got, want []string
		for i := range entries {
			e := &entries[i]
			old := ""
			if e.Old != nil {
				old = fmt.Sprint(e.Old.At, e.Old.Value)
			}
			numbers.Enter(e)
			got = append(got, fmt.Sprint(e.Observation, old))
			for _, p := range e.Postings {
				got = append(got, fmt.Sprint(p))
			}
		}
		for _, r := range releases {
			got = append(got, fmt.Sprintf("%+v", *r))
		}
		for _, draft := range drafts {
			revisions := draft.Revisions
			for _, o := range draft.Observations {
				old := ""
				if len(revisions) > 0 && revisions[0].New.CellKey == o.CellKey {
					old, revisions = fmt.Sprint(revisions[0].Old.At, revisions[0].Old.Value), revisions[1:]
				}
				want = append(want, fmt.Sprint(o, old))
			}
			for _, p := range draft.Postings {
				want = append(want, fmt.Sprint(p))
			}
			want = append(want, fmt.Sprintf("%+v", draft.Release))
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("round %d: cell by cell\n%s\nat once\n%s", round, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// invented makes a ledger, what is published and what a load says, of a few cells on a few days.
func invented(random *rand.Rand) (l ledger.Ledger, history, said []ledger.Observation) {
	observation := func() ledger.Observation {
		o := ledger.Observation{CellKey: ledger.CellKey{Indicator: "invented", Unit: uint32(1 + random.IntN(3)), Year: 2020}, Status: number.Normal}
		o.Value = decimal.NewNullDecimal(decimal.NewFromInt(int64(random.IntN(3))))
		o.At.Published = number.Date(20250101 + random.IntN(8))
		return o
	}
	for id := range ledger.ReleaseID(random.IntN(6)) {
		o := observation()
		if o.At.Release = id + 1; random.IntN(4) == 0 {
			o.Since = o.At.Published + 2
		}
		history = append(history, o)
	}
	slices.SortFunc(history, func(a, b ledger.Observation) int {
		return cmp.Or(cmp.Compare(a.At.Published, b.At.Published), cmp.Compare(a.At.Release, b.At.Release))
	})
	if len(history) > 0 && random.IntN(3) == 0 {
		l = ledger.Ledger{{Of: history[0].At.Release, At: ledger.Position{Published: 20250104, Release: 50}}}
	}
	seen := map[string]bool{}
	for range 1 + random.IntN(7) {
		o := observation()
		if key := fmt.Sprint(o.CellKey, o.At); !seen[key] {
			seen[key] = true
			said = append(said, o)
		}
	}
	return l, history, said
}
