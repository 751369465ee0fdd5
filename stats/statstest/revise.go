package statstest

import (
	"cmp"
	"context"
	"slices"

	"github.com/niengiam/niengiam/stats"
)

// Hold keeps a restatement.
func (m *Memory) Hold(_ context.Context, r *stats.Restatement, cells []stats.HeldCell) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	own := *r
	own.State = stats.Held
	m.held = append(m.held, &own)
	m.heldCells[r.ID] = cells
	m.staged = max(m.staged, r.ID)
	return nil
}

// Restatements lists all, the latest first. A release that says that it was one
// tells of its approval.
func (m *Memory) Restatements(context.Context) ([]*stats.Restatement, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []*stats.Restatement
	for _, r := range m.held {
		own := *r
		for _, release := range m.catalogue.Releases {
			if release.Restatement == r.ID {
				own.State, own.DecidedBy, own.Comment = stats.Approved, release.ApprovedBy, release.Comment
				own.Releases = append(own.Releases, release.ID)
			}
		}
		all = append(all, &own)
	}
	stats.SortRestatements(all)
	return all, nil
}

// HeldCells gives what a restatement says.
func (m *Memory) HeldCells(_ context.Context, id stats.ReleaseID) ([]stats.HeldCell, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.heldCells[id], nil
}

// Decide keeps a decision.
func (m *Memory) Decide(_ context.Context, d stats.Decision) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.held {
		if r.ID == d.Restatement {
			r.Decision = d
		}
	}
	return nil
}

// states gives the current observation of each cell in a view, from what the
// releases said and what was withdrawn, without a look at the postings.
func (m *Memory) states(view stats.View) map[stats.CellKey]*stats.Observation {
	bound := stats.Position{Published: view.Published, Release: view.Release}
	sees := func(loaded stats.ReleaseID, at stats.Position) bool {
		return loaded <= view.Head && (bound == stats.Position{} || !bound.Before(at))
	}
	var ledger stats.Ledger
	for _, w := range m.catalogue.Ledger() {
		if sees(w.At.Release, w.At) {
			ledger = append(ledger, w)
		}
	}
	cells := map[stats.CellKey][]stats.Observation{}
	for _, o := range m.observations {
		if sees(o.At.Release, o.At) {
			cells[o.CellKey] = append(cells[o.CellKey], o)
		}
	}
	current := map[stats.CellKey]*stats.Observation{}
	for key, history := range cells {
		slices.SortFunc(history, func(a, b stats.Observation) int {
			return cmp.Or(cmp.Compare(a.At.Published, b.At.Published), cmp.Compare(a.At.Release, b.At.Release))
		})
		if o := ledger.Latest(history); o != nil {
			current[key] = o
		}
	}
	return current
}

// Changes gives what a release changed at its own place: the state up to it
// against the state before it.
func (m *Memory) Changes(_ context.Context, id stats.ReleaseID, offset, limit int) ([]stats.CellChange, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.catalogue.Releases {
		if r.ID == id {
			now := stats.View{Head: id, Published: r.Published, Release: id}
			then := stats.View{Head: id - 1, Published: r.Published, Release: id - 1}
			all := m.between(then, now, "", true)
			return all[min(offset, len(all)):min(offset+limit, len(all))], nil
		}
	}
	return nil, nil
}

// Revisions gives the cells that had a figure and have another one, or none.
func (m *Memory) Revisions(_ context.Context, then, now stats.View, indicator string, offset, limit int) ([]stats.CellChange, int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := m.between(then, now, indicator, false)
	return all[min(offset, len(all)):min(offset+limit, len(all))], len(all), nil
}

func (m *Memory) between(then, now stats.View, indicator string, added bool) []stats.CellChange {
	was, is := m.states(then), m.states(now)
	var keys []stats.CellKey
	for key, o := range was {
		if c := is[key]; c == nil || !c.Says(o) {
			keys = append(keys, key)
		}
	}
	for key := range is {
		if added && was[key] == nil {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b stats.CellKey) int {
		return cmp.Or(cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Year, b.Year), cmp.Compare(a.Unit, b.Unit))
	})
	var changes []stats.CellChange
	for _, key := range keys {
		if indicator == "" || key.Indicator == indicator {
			change := m.catalogue.ChangeOf(was[key], is[key])
			change.Release = m.changedBy(key, then, now)
			changes = append(changes, change)
		}
	}
	return changes
}

// changedBy gives the last release that posted to a cell what one view sees and
// an earlier one does not.
func (m *Memory) changedBy(key stats.CellKey, then, now stats.View) *stats.Release {
	var by *stats.Release
	for _, p := range m.postings {
		for _, r := range m.catalogue.Releases {
			if p.CellKey == key && r.ID == p.Loaded && visible(p, now) && !visible(p, then) && (by == nil || by.ID < r.ID) {
				by = r
			}
		}
	}
	return by
}
