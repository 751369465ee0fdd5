package ledger

import "github.com/niengiam/niengiam/stats/number"

// Correcting says what becomes of a load's corrections: of what changes a cell that its
// source had already published under the same day of publication. That was not known on
// that day, and so it counts from the day of its approval on, unless it mends a slip.
type Correcting struct {
	// Own reports whether a release is of the source that is loaded; without it nothing is
	// a correction.
	Own func(ReleaseID) bool
	// Day is the day on which the load is approved.
	Day number.Date
	// Slip says that figures were copied wrongly: what mends them counts from the day of
	// publication on, and older answers change.
	Slip bool
}

// corrects reports whether an observation says something else than what its source had
// last published of the cell under the same day, a day before today's.
func (c Correcting) corrects(visible []Observation, o *Observation) bool {
	said := c.said(visible, o.At.Published)
	return said != nil && o.At.Published < c.Day && !said.SameFigure(o)
}

// repeats reports whether an observation says what a correction of its source said last
// under the same day: a file that has it corrects nothing again.
func (c Correcting) repeats(visible []Observation, o *Observation) bool {
	said := c.said(visible, o.At.Published)
	return said != nil && said.Since != 0 && said.SameFigure(o)
}

// said is what the source had last published of a cell under a day; nil when nothing.
func (c Correcting) said(visible []Observation, published number.Date) *Observation {
	if c.Own == nil {
		return nil
	}
	for i := len(visible) - 1; i >= 0; i-- {
		if h := &visible[i]; h.At.Published == published && c.Own(h.At.Release) {
			return h
		}
	}
	return nil
}

// release makes the release of the statements of a day.
func (c Correcting) release(o statement, id ReleaseID) Release {
	r := Release{ID: id, Published: o.At.Published}
	if o.corrects {
		r.Corrects, r.Corrected = o.At.Published, c.Day
		if !c.Slip {
			r.Published = c.Day
		}
	}
	return r
}
