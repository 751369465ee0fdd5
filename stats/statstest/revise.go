package statstest

import (
	"cmp"
	"context"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
)

// Hold keeps a restatement.
func (m *Memory) Hold(_ context.Context, r *ledger.Restatement, cells []ledger.PendingCell) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	own := *r
	own.State = ledger.Pending
	m.held = append(m.held, &own)
	m.heldCells[r.ID] = cells
	m.staged = max(m.staged, r.ID)
	return nil
}

// Restatements lists all, the latest first. A release that says that it was one
// tells of its approval.
func (m *Memory) Restatements(context.Context) ([]*ledger.Restatement, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []*ledger.Restatement
	for _, r := range m.held {
		own := *r
		for _, release := range m.catalogue.Releases {
			if release.Restatement == r.ID {
				own.State, own.DecidedBy, own.Comment = ledger.Approved, release.ApprovedBy, release.Comment
				own.Releases = append(own.Releases, release.ID)
			}
		}
		all = append(all, &own)
	}
	ledger.SortRestatements(all)
	return all, nil
}

// HeldCells returns what a restatement says.
func (m *Memory) HeldCells(_ context.Context, id ledger.ReleaseID) ([]ledger.PendingCell, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.heldCells[id], nil
}

// Decide keeps a decision.
func (m *Memory) Decide(_ context.Context, d ledger.Decision) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.held {
		if r.ID == d.Restatement {
			r.Decision = d
		}
	}
	return nil
}

// states returns the current observation of each cell in a view, from what the
// releases said and what was withdrawn, without a look at the postings.
func states(m *Memory, view ledger.View) map[ledger.CellKey]*ledger.Observation {
	bound := ledger.Position{Published: view.Published, Release: view.Release}
	sees := func(loaded ledger.ReleaseID, at ledger.Position) bool {
		return loaded <= view.Head && (bound == ledger.Position{} || !bound.Before(at))
	}
	var book ledger.Ledger
	for _, w := range m.catalogue.Ledger() {
		if sees(w.At.Release, w.At) {
			book = append(book, w)
		}
	}
	cells := map[ledger.CellKey][]ledger.Observation{}
	for _, o := range m.observations {
		if sees(o.At.Release, o.At) {
			cells[o.CellKey] = append(cells[o.CellKey], o)
		}
	}
	current := map[ledger.CellKey]*ledger.Observation{}
	for key, history := range cells {
		slices.SortFunc(history, func(a, b ledger.Observation) int {
			return cmp.Or(cmp.Compare(a.At.Published, b.At.Published), cmp.Compare(a.At.Release, b.At.Release))
		})
		if o := book.Latest(history); o != nil {
			current[key] = o
		}
	}
	return current
}

// Changes returns what a release changed at its own place: the state up to it
// against the state before it.
func (m *Memory) Changes(_ context.Context, id ledger.ReleaseID, offset, limit int) ([]catalogue.CellChange, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.catalogue.Releases {
		if r.ID == id {
			now := ledger.View{Head: id, Published: r.Published, Release: id}
			then := ledger.View{Head: id - 1, Published: r.Published, Release: id - 1}
			all := betweenMemory(m, then, now, "", true)
			return all[min(offset, len(all)):min(offset+limit, len(all))], nil
		}
	}
	return nil, nil
}

// Revisions returns the cells that had a figure and have another one, or none.
func (m *Memory) Revisions(_ context.Context, then, now ledger.View, indicator string, offset, limit int) ([]catalogue.CellChange, int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := betweenMemory(m, then, now, indicator, false)
	return all[min(offset, len(all)):min(offset+limit, len(all))], len(all), nil
}

func betweenMemory(m *Memory, then, now ledger.View, indicator string, added bool) []catalogue.CellChange {
	was, is := states(m, then), states(m, now)
	var keys []ledger.CellKey
	for key, o := range was {
		if c := is[key]; c == nil || !c.SameFigure(o) {
			keys = append(keys, key)
		}
	}
	for key := range is {
		if added && was[key] == nil {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b ledger.CellKey) int {
		return cmp.Or(cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Year, b.Year), cmp.Compare(a.Unit, b.Unit))
	})
	var changes []catalogue.CellChange
	for _, key := range keys {
		if indicator == "" || key.Indicator == indicator {
			change := catalogue.NewCellChange(m.catalogue, was[key], is[key])
			change.Release = changedBy(m, key, then, now)
			changes = append(changes, change)
		}
	}
	return changes
}

// changedBy returns the last release that posted to a cell what one view sees and
// an earlier one does not.
func changedBy(m *Memory, key ledger.CellKey, then, now ledger.View) *ledger.Release {
	var by *ledger.Release
	for _, p := range m.postings {
		for _, r := range m.catalogue.Releases {
			if p.CellKey == key && r.ID == p.Loaded && visible(p, now) && !visible(p, then) && (by == nil || by.ID < r.ID) {
				by = r
			}
		}
	}
	return by
}
