package ledger

import (
	"slices"

	"github.com/niengiam/niengiam/stats/number"
)

// Dropping finds published figures of a source whose rows its files no longer have.
type Dropping struct {
	// Ledger is that of what is published, Own reports whether a release is of the source.
	Ledger Ledger
	Own    func(ReleaseID) bool
	// Today is the day of the load, Whole has the files that were read whole, Note is what is
	// said of a figure whose row is gone.
	Today number.Date
	Whole map[string]bool
	Note  string
}

// Row makes an observation of today for a cell whose published figure the
// files no longer have: the last that they still say of the cell, else what
// another source said before, else that it is not known. Missing is not zero, and
// what a file leaves out is reversed only when that is approved: it changes what
// readers could see.
//
// A file that has rejects drops nothing, because the row may be one that
// could not be read; nor does a file that is not among those loaded now.
func (d *Dropping) Row(said, history []Observation) (o Observation, dropped bool) {
	current := d.Ledger.Latest(history)
	if current == nil || !d.Whole[current.Place.File] || !d.Own(current.At.Release) {
		return o, false
	}
	var still *Observation
	for i := range said {
		if still == nil || still.At.Published <= said[i].At.Published {
			still = &said[i]
		}
	}
	if still != nil && still.At.Published >= current.At.Published {
		return o, false
	}
	return d.replacement(history, current, still), true
}

// replacement makes the observation that replaces one whose row was dropped.
func (d *Dropping) replacement(cell []Observation, current, still *Observation) Observation {
	o := Observation{CellKey: current.CellKey, Status: number.Missing, Note: d.Note, Place: Place{File: current.Place.File}}
	others := slices.DeleteFunc(slices.Clone(cell), func(o Observation) bool { return d.Own(o.At.Release) })
	if other := d.Ledger.Latest(others); still == nil && other != nil {
		still = other
	}
	if still != nil {
		o = *still
	}
	o.At, o.Since = Position{Published: max(d.Today, current.At.Published)}, 0
	return o
}
