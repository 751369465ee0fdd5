package statstest

import (
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
