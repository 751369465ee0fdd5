package statstest

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
)

// book is all that was written to a Memory: definitions, observations and postings,
// published or not.
type book struct {
	catalogue    *catalogue.Calendar
	observations []ledger.Observation
	postings     []ledger.Posting
}

// visible reports whether a view sees a posting.
func visible(p ledger.Posting, view ledger.View) bool {
	bound := ledger.Position{Published: view.Published, Release: view.Release}
	return p.Loaded <= view.Head && (bound == ledger.Position{} || !bound.Before(p.At))
}

// mended lists the observations of the cells in which releases mended copying slips.
func mended(b *book, h ledger.Holdings) []ledger.Observation {
	cells := map[ledger.CellKey]bool{}
	for _, o := range b.observations {
		if slices.ContainsFunc(h.Releases, func(r *ledger.Release) bool { return r.ID == o.At.Release && r.MendsSlips() }) {
			cells[o.CellKey] = true
		}
	}
	var all []ledger.Observation
	for _, o := range b.observations {
		if cells[o.CellKey] && o.At.Release <= h.Head {
			all = append(all, o)
		}
	}
	slices.SortFunc(all, func(a, b ledger.Observation) int {
		if a.At.Before(b.At) {
			return -1
		}
		return 1
	})
	return all
}
