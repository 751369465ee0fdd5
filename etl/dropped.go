package etl

import (
	"slices"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// droppedNote is the note of a figure whose row is no longer in its file.
const droppedNote = "dòng này không còn trong tệp nguồn / the row is no longer in its file"

// dropping finds published figures of a source whose rows its files no longer have.
type dropping struct {
	book  ledger.Ledger
	own   func(ledger.ReleaseID) bool // whether a release is of the source
	today number.Date
	whole map[string]bool // the files without rejects
}

// row makes an observation of today for a cell whose published figure the
// files no longer have: the last that they still say of the cell, else what
// another source said before, else that it is not known. Missing is not zero, and
// what a file leaves out is reversed only when that is approved: it changes what
// readers could see.
//
// A file that has rejects drops nothing, because the row may be one that
// could not be read; nor does a file that is not among those loaded now.
func (d *dropping) row(said, history []ledger.Observation) (o ledger.Observation, dropped bool) {
	current := d.book.Latest(history)
	if current == nil || !d.whole[current.Place.File] || !d.own(current.At.Release) {
		return o, false
	}
	var still *ledger.Observation
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
func (d *dropping) replacement(cell []ledger.Observation, current, still *ledger.Observation) ledger.Observation {
	o := ledger.Observation{CellKey: current.CellKey, Status: number.Missing, Note: droppedNote, Place: ledger.Place{File: current.Place.File}}
	others := slices.DeleteFunc(slices.Clone(cell), func(o ledger.Observation) bool { return d.own(o.At.Release) })
	if other := d.book.Latest(others); still == nil && other != nil {
		still = other
	}
	if still != nil {
		o = *still
	}
	o.At, o.Since = ledger.Position{Published: max(d.today, current.At.Published)}, 0
	return o
}

// wholeFiles are the files without rejects.
func wholeFiles(l *load, files []ledger.File) map[string]bool {
	whole := map[string]bool{}
	for _, f := range files {
		whole[f.Path] = true
	}
	for _, r := range l.rejects {
		whole[r.Place.File] = false
	}
	return whole
}

// today is the day in the time zone of the workspace.
func today(c Config) number.Date {
	now := c.Now()
	if c.Workspace != nil && c.Workspace.TimeZone != nil {
		now = now.In(c.Workspace.TimeZone)
	}
	year, month, day := now.Date()
	return number.NewDate(year, int(month), day)
}
