package ledger

import (
	"maps"
	"slices"
)

// Draft is a release that is not published yet.
type Draft struct {
	// Release is the release as it will be; its number is preliminary until
	// Renumber.
	Release Release
	// Observations are what it says, Postings what that means for the ledger.
	Observations []Observation
	Postings     []Posting
	// Revisions are the cells in which it changes what readers could see before.
	Revisions []Revision
}

// Revision is a cell in which a load changes what readers could see before.
type Revision struct {
	// Old is what they see at that point in the order of publications, New what
	// they would see.
	Old, New Observation
}

// PendingRelease is a release to be published, with what comes with it.
type PendingRelease struct {
	// Release is the release; Loaded may be left to who publishes it.
	Release Release
	// Findings are what readers of its figures should know, Rejects the rows of its
	// files that it leaves out.
	Findings []Finding
	Rejects  []Reject
}

// Draft compares observations with what is published and returns the draft of a release
// for each day of publication that says something new, the oldest first, numbered from
// first. Observations have the day of their publication and no release.
//
// A load may publish one cell on several days. It revises the cell only where it changes
// what was visible before the load; a day before all that was known of the cell adds to
// it. What corrects a day of publication is a release of its own.
func (l Ledger) Draft(observations, history []Observation, first ReleaseID, c Correcting) []*Draft {
	visible := map[CellKey][]Observation{}
	for _, o := range history {
		visible[o.CellKey] = append(visible[o.CellKey], o)
	}
	cells := maps.Clone(visible)
	statements := make([]statement, len(observations))
	for i, o := range observations {
		statements[i] = statement{o, c.corrects(visible[o.CellKey], &o)}
	}
	slices.SortStableFunc(statements, func(a, b statement) int { return a.compare(&b) })
	var drafts []*Draft
	var current *Draft
	for i, o := range statements {
		if i == 0 || statements[i-1].At.Published != o.At.Published || statements[i-1].corrects != o.corrects {
			current = &Draft{Release: c.release(o, first+ReleaseID(len(drafts)))}
		}
		o.At.Release = current.Release.ID
		if o.corrects && !c.Slip {
			o.Since = c.Day
		}
		if c.repeats(visible[o.CellKey], &o.Observation) {
			continue
		}
		if current.enter(l, visible[o.CellKey], cells, o.Observation) && len(current.Observations) == 1 {
			drafts = append(drafts, current)
		}
	}
	return drafts
}

// statement is an observation of a load; corrects reports whether it changes what its
// source had published under the same day.
type statement struct {
	Observation
	corrects bool
}

// rank puts what a day adds before what corrects the day.
func (s *statement) rank() int {
	if s.corrects {
		return 1
	}
	return 0
}

// enter adds an observation to the draft and to the history of its cell, unless it says
// nothing new.
func (d *Draft) enter(l Ledger, visible []Observation, cells map[CellKey][]Observation, o Observation) bool {
	e, enters := l.enter(visible, cells[o.CellKey], o)
	if !enters {
		return false
	}
	d.Release.count(e.Postings)
	if e.Old != nil {
		d.Revisions = append(d.Revisions, Revision{Old: *e.Old, New: o})
	}
	cells[o.CellKey] = insert(cells[o.CellKey], o)
	d.Observations = append(d.Observations, o)
	d.Postings = append(d.Postings, e.Postings...)
	return true
}

// enter makes an entry of an observation; false where it says nothing new. Visible is what
// readers see of the cell, known also what the load says of it before. A correction of what a
// later publication has replaced already is entered though no answer of today changes: the
// next load must know that it was made.
func (l Ledger) enter(visible, known []Observation, o Observation) (Entry, bool) {
	if wasWithdrawn(l, visible, &o) {
		return Entry{}, false
	}
	e := Entry{Observation: o, Postings: l.Post(known, o)}
	if len(e.Postings) == 0 && o.Since == 0 {
		return Entry{}, false
	}
	if len(visible) > 0 {
		dated := o
		dated.Since = 0 // whether it must wait does not depend on what is decided then
		e.Old = l.Revises(visible, dated)
	}
	return e, true
}

// wasWithdrawn reports whether an observation repeats what was withdrawn, of the
// same day of publication: a file that still has it does not bring it back.
func wasWithdrawn(l Ledger, visible []Observation, o *Observation) bool {
	return slices.ContainsFunc(visible, func(h Observation) bool {
		return h.At.Published == o.At.Published && h.SameFigure(o) && l.Withdrawn(h.At.Release)
	})
}

// Withdraw returns the draft of a release that withdraws or restores another one; release
// says which, since when and why. The history is all that is visible of the cells of the
// other release.
func (l Ledger) Withdraw(release Release, history []Observation) *Draft {
	d := &Draft{Release: release}
	w := l.Withdrawing(&d.Release)
	cells := map[CellKey][]Observation{}
	var all []CellKey
	for _, o := range history {
		if cells[o.CellKey] == nil {
			all = append(all, o.CellKey)
		}
		cells[o.CellKey] = append(cells[o.CellKey], o)
	}
	for _, key := range all {
		d.Postings = append(d.Postings, w.Cell(cells[key])...)
	}
	return d
}
