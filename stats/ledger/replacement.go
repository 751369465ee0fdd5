package ledger

import (
	"math"

	"github.com/niengiam/niengiam/stats/number"
)

// Replacement is a published figure whose place another one of its cell took.
type Replacement struct {
	// Old is what had been published, New what stands in its place.
	Old, New Observation
	// On is the day since which New stands there: of a slip of copying the day on which
	// mending it was approved.
	On number.Date
}

// Replacement returns how the figure that a cell has at a position came to take the place
// of another number; nil where it never did. Only what stood at the end of a day counts as
// published: two releases of one day are one publication. The history is all observations
// of the cell, in order of publication; the zero position is the end of the ledger.
func (l Ledger) Replacement(history []Observation, at Position) *Replacement {
	if at == (Position{}) {
		at.Published = math.MaxInt32
	}
	var r Replacement
	stood := 0 // how many numbers stood one after the other
	all := positions(l, history, Position{})
	for i, p := range all {
		if at.Before(p) {
			break
		}
		if i+1 < len(all) && all[i+1].Published == p.Published && !at.Before(all[i+1]) {
			continue
		}
		o := l.Current(history, p)
		if o == nil || !o.Value.Valid || stood > 0 && o.sameNumber(&r.New) {
			continue
		}
		r.Old, r.New, r.On = r.New, *o, p.Published
		stood++
	}
	if current := l.Current(history, at); stood < 2 || current == nil || !current.sameNumber(&r.New) {
		return nil
	}
	return &r
}
