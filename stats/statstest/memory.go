package statstest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Memory is a Store in memory. It is slow, small and plain, so that it can be read as the
// definition of a slice.
type Memory struct {
	mu sync.Mutex
	book
	keys      map[catalogue.UnitIdentity]uint32
	staged    ledger.ReleaseID
	held      []*ledger.Restatement
	heldCells map[ledger.ReleaseID][]ledger.PendingCell
}

// NewMemory returns an empty store.
func NewMemory() *Memory {
	return &Memory{
		book:      book{catalogue: catalogue.NewCalendar(catalogue.NewCatalogue(catalogue.Definitions{}, ledger.Holdings{}))},
		keys:      map[catalogue.UnitIdentity]uint32{},
		heldCells: map[ledger.ReleaseID][]ledger.PendingCell{},
	}
}

// Catalogue returns the current definitions and holdings.
func (m *Memory) Catalogue() *catalogue.Calendar {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.catalogue
}

// Define makes the definitions the current ones.
func (m *Memory) Define(_ context.Context, definitions catalogue.Definitions, _ string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	maps.Copy(m.keys, definitions.AssignKeys(m.keys))
	m.catalogue = catalogue.NewCalendar(catalogue.NewCatalogue(definitions, m.catalogue.Holdings))
	return nil
}

// History returns the visible observations of the indicators and years.
func (m *Memory) History(_ context.Context, indicators []string, years []number.Year) ([]ledger.Observation, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var found []ledger.Observation
	for _, o := range m.observations {
		if slices.Contains(indicators, o.Indicator) && slices.Contains(years, o.Year) && o.At.Release <= m.catalogue.Head {
			found = append(found, o)
		}
	}
	slices.SortStableFunc(found, func(a, b ledger.Observation) int {
		if a.At.Before(b.At) {
			return -1
		}
		return 1
	})
	return found, nil
}

// NextRelease returns the number after the last one and reserves it.
func (m *Memory) NextRelease(context.Context) (ledger.ReleaseID, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.staged = max(m.staged, m.catalogue.Head) + 1
	return m.staged, nil
}

// Stage keeps observations and postings.
func (m *Memory) Stage(_ context.Context, observations []ledger.Observation, postings []ledger.Posting) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.observations = append(m.observations, observations...)
	m.postings = append(m.postings, postings...)
	for _, o := range observations {
		m.staged = max(m.staged, o.At.Release)
	}
	return nil
}

// Publish makes a release visible.
func (m *Memory) Publish(_ context.Context, release ledger.Release, findings []ledger.Finding, _ []ledger.Reject) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	h := m.catalogue.Holdings
	h.Head = release.ID
	h.Releases = append(slices.Clone(h.Releases), &release)
	slices.SortFunc(h.Releases, func(a, b *ledger.Release) int {
		if (ledger.Position{Published: a.Published, Release: a.ID}).Before(ledger.Position{Published: b.Published, Release: b.ID}) {
			return -1
		}
		return 1
	})
	for i := range findings {
		h.Findings = append(h.Findings, &findings[i])
	}
	h.Breaks, h.Cells, h.Mended = nil, nil, mended(&m.book, h)
	for _, p := range m.postings {
		if p.Status == number.Break && p.Loaded <= h.Head {
			h.Breaks = append(h.Breaks, p)
		}
	}
	for _, o := range m.observations {
		if level := m.levelOf(o.Unit, catalogue.DayOf(o.Year, o.Breakdown)); level != nil && o.At.Release <= h.Head {
			h.Cells = append(h.Cells, ledger.Holding{Indicator: o.Indicator, Year: o.Year, Level: level.Code, Breakdown: o.Breakdown, Count: 1, First: o.At.Release, Since: o.From()})
		}
	}
	for _, p := range m.postings {
		if level := m.levelOf(p.Unit, catalogue.DayOf(p.Year, p.Breakdown)); level != nil && p.Sign < 0 && p.Loaded <= h.Head {
			h.Cells = append(h.Cells, ledger.Holding{
				Indicator: p.Indicator, Year: p.Year, Level: level.Code, Breakdown: p.Breakdown, First: p.Loaded, Since: p.At,
				Reversals: 1, FirstReversal: p.Loaded, ReversedSince: p.At,
			})
		}
	}
	h.Revised = m.revised(&h)
	m.catalogue = catalogue.NewCalendar(catalogue.NewCatalogue(m.catalogue.Definitions, h))
	return nil
}

// revised lists the observations of the cells that have a reversal, by cell.
func (m *Memory) revised(h *ledger.Holdings) []ledger.Observation {
	reversed := map[ledger.CellKey]bool{}
	for _, p := range m.postings {
		reversed[p.CellKey] = reversed[p.CellKey] || p.Sign < 0 && p.Loaded <= h.Head
	}
	few := h.FewReversals()
	var found []ledger.Observation
	for _, o := range m.observations {
		if reversed[o.CellKey] && o.At.Release <= h.Head && slices.Contains(few, ledger.SeriesYear{Indicator: o.Indicator, Year: o.Year}) {
			found = append(found, o)
		}
	}
	slices.SortStableFunc(found, func(a, b ledger.Observation) int {
		return cmp.Or(cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Year, b.Year), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Breakdown, b.Breakdown),
			cmp.Compare(a.At.Published, b.At.Published), cmp.Compare(a.At.Release, b.At.Release))
	})
	return found
}

func (m *Memory) levelOf(unit uint32, day number.Date) *catalogue.Level {
	if u := m.catalogue.At(day).ByKey(unit); u != nil {
		return u.Level
	}
	return nil
}

// Rejects returns nothing: this store keeps no rejects.
func (m *Memory) Rejects(_ context.Context, releases []ledger.ReleaseID, _, _ int) ([]ledger.Excerpt[ledger.Reject], error) {
	return make([]ledger.Excerpt[ledger.Reject], len(releases)), nil
}

// Slices sums the postings of each key.
func (m *Memory) Slices(_ context.Context, keys []figure.SliceKey) ([]*figure.Slice, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := make([]*figure.Slice, len(keys))
	for i, key := range keys {
		all[i] = figure.NewSlice(sums(&m.book, key))
	}
	return all, nil
}

// Hold stores a restatement.
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

// Restatements lists all, the latest first. One that a release names was approved.
func (m *Memory) Restatements(context.Context) ([]*ledger.Restatement, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []*ledger.Restatement
	for _, r := range m.held {
		own := *r
		for _, release := range m.catalogue.Releases {
			if release.Restatement == r.ID {
				own.State, own.DecidedBy, own.Comment = ledger.Approved, release.ApprovedBy, release.Comment
				own.Slip = own.Slip || release.MendsSlips()
				own.Releases = append(own.Releases, release.ID)
			}
		}
		all = append(all, &own)
	}
	ledger.SortRestatements(all)
	return all, nil
}

// HeldCells returns the cells of a restatement.
func (m *Memory) HeldCells(_ context.Context, id ledger.ReleaseID) ([]ledger.PendingCell, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.heldCells[id], nil
}

// Decide stores a decision.
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

// Changes returns the cells that a release changed: it compares the state up to it, in
// order of publication, with the state before it.
func (m *Memory) Changes(_ context.Context, releases []ledger.ReleaseID, offset, limit int) ([]catalogue.CellChange, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var changes []catalogue.CellChange
	for _, id := range releases {
		r := m.catalogue.Release(id)
		if r == nil {
			continue
		}
		now := ledger.View{Head: id, Published: r.Published, Release: id}
		then := ledger.View{Head: id - 1, Published: r.Published, Release: id - 1}
		all := differences(&m.book, then, now, "", true)
		changes = append(changes, all[min(offset, len(all)):min(offset+limit, len(all))]...)
	}
	return changes, nil
}

// Revisions returns the cells that had a figure in the view then and have another one, or
// none, in the view now.
func (m *Memory) Revisions(_ context.Context, then, now ledger.View, indicator string, offset, limit int) ([]catalogue.CellChange, int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := differences(&m.book, then, now, indicator, false)
	return all[min(offset, len(all)):min(offset+limit, len(all))], len(all), nil
}
