package etl

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// droppedNote is the note of a figure whose row is no longer in its file.
const droppedNote = "dòng này không còn trong tệp nguồn / the row is no longer in its file"

// droppedRows makes an observation of today for each cell whose published figure the
// files no longer have: the last that they still say of the cell, else what
// another source said before, else that it is not known. Missing is not zero, and
// what a file leaves out is reversed only when that is approved: it changes what
// readers could see.
//
// A file that has rejects drops nothing, because the row may be one that
// could not be read; nor does a file that is not among those loaded now.
func droppedRows(l *load, catalogue *catalogue.Calendar, said, history []ledger.Observation, files []ledger.File) []ledger.Observation {
	whole := map[string]bool{}
	for _, f := range files {
		whole[f.Path] = true
	}
	for _, r := range l.rejects {
		whole[r.Place.File] = false
	}
	last := map[ledger.CellKey]*ledger.Observation{}
	for i := range said {
		o := &said[i]
		if known := last[o.CellKey]; known == nil || known.At.Published <= o.At.Published {
			last[o.CellKey] = o
		}
	}
	book := catalogue.Ledger()
	var taken []ledger.Observation
	for cell := range cells(history) {
		current := book.Latest(cell)
		if current == nil || !whole[current.Place.File] || !own(l, catalogue, current) {
			continue
		}
		still := last[current.CellKey]
		if still != nil && still.At.Published >= current.At.Published {
			continue
		}
		taken = append(taken, replacement(l, catalogue, book, cell, current, still))
	}
	return taken
}

// replacement makes the observation that replaces one whose row was dropped.
func replacement(l *load, catalogue *catalogue.Calendar, book ledger.Ledger, cell []ledger.Observation, current, still *ledger.Observation) ledger.Observation {
	o := ledger.Observation{CellKey: current.CellKey, Status: number.Missing, Note: droppedNote, Place: ledger.Place{File: current.Place.File}}
	others := slices.DeleteFunc(slices.Clone(cell), func(o ledger.Observation) bool { return own(l, catalogue, &o) })
	if other := book.Latest(others); still == nil && other != nil {
		still = other
	}
	if still != nil {
		o = *still
	}
	o.At, o.Since = ledger.Position{Published: max(today(l.Config), current.At.Published)}, 0
	return o
}

// own reports whether the source of the load has published an observation.
func own(l *load, catalogue *catalogue.Calendar, o *ledger.Observation) bool {
	return correcting(l.Config, catalogue, l.source.Code).Own(o.At.Release)
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

// cells parts a history, which comes cell by cell or day by day, into cells.
func cells(history []ledger.Observation) func(yield func([]ledger.Observation) bool) {
	var order []ledger.CellKey
	byCell := map[ledger.CellKey][]ledger.Observation{}
	for _, o := range history {
		if byCell[o.CellKey] == nil {
			order = append(order, o.CellKey)
		}
		byCell[o.CellKey] = append(byCell[o.CellKey], o)
	}
	return func(yield func([]ledger.Observation) bool) {
		for _, key := range order {
			if !yield(byCell[key]) {
				return
			}
		}
	}
}
