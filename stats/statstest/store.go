// Package statstest runs the scripts that say what numbers mean, on any store
// that keeps observations: the one in memory that it brings along, and the real
// warehouse. docs/numbers.md points from each rule to its scripts.
package statstest

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Store is a source that can also be written to, as a load writes to it.
type Store interface {
	figure.Source
	// Define makes the definitions the present ones, giving a key to each new unit.
	Define(ctx context.Context, definitions catalogue.Definitions, checksum string) error
	// NextRelease returns a number that no release has.
	NextRelease(ctx context.Context) (ledger.ReleaseID, error)
	// Stage writes observations and their postings, which nobody reads yet.
	Stage(ctx context.Context, observations []ledger.Observation, postings []ledger.Posting) error
	// Publish makes a staged release visible.
	Publish(ctx context.Context, release ledger.Release, findings []ledger.Finding, rejects []ledger.Reject) error
	// Hold keeps a restatement, of which nothing is visible; Restatements lists all,
	// the latest first; HeldCells gives what one says; Decide keeps a decision.
	Hold(ctx context.Context, r *ledger.Restatement, cells []ledger.PendingCell) error
	Restatements(ctx context.Context) ([]*ledger.Restatement, error)
	HeldCells(ctx context.Context, id ledger.ReleaseID) ([]ledger.PendingCell, error)
	Decide(ctx context.Context, d ledger.Decision) error
}

// Memory is a Store in memory: slow, small and plain, so that it can be read
// as the meaning of a slice.
type Memory struct {
	mu           sync.Mutex
	catalogue    *catalogue.Calendar
	keys         map[catalogue.UnitIdentity]uint32
	observations []ledger.Observation
	postings     []ledger.Posting
	staged       ledger.ReleaseID
	held         []*ledger.Restatement
	heldCells    map[ledger.ReleaseID][]ledger.PendingCell
}

// NewMemory makes an empty store.
func NewMemory() *Memory {
	return &Memory{
		catalogue: catalogue.NewCalendar(catalogue.NewCatalogue(catalogue.Definitions{}, ledger.Holdings{})),
		keys:      map[catalogue.UnitIdentity]uint32{},
		heldCells: map[ledger.ReleaseID][]ledger.PendingCell{},
	}
}

// Catalogue returns the present definitions and holdings.
func (m *Memory) Catalogue() *catalogue.Calendar {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.catalogue
}

// Define makes the definitions the present ones.
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

// NextRelease takes the number after the last one.
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
	h.Breaks, h.Cells = nil, nil
	for _, p := range m.postings {
		if p.Status == number.Break && p.Loaded <= h.Head {
			h.Breaks = append(h.Breaks, p)
		}
	}
	for _, o := range m.observations {
		if level := m.levelOf(o.Unit, o.Year); level != nil && o.At.Release <= h.Head {
			h.Cells = append(h.Cells, ledger.Holding{Indicator: o.Indicator, Year: o.Year, Level: level.Code, Breakdown: o.Breakdown, Count: 1, First: o.At.Release, Since: o.At})
		}
	}
	m.catalogue = catalogue.NewCalendar(catalogue.NewCatalogue(m.catalogue.Definitions, h))
	return nil
}

func (m *Memory) levelOf(unit uint32, year number.Year) *catalogue.Level {
	if u := m.catalogue.At(year.Reference()).ByKey(unit); u != nil {
		return u.Level
	}
	return nil
}

// Rejects are not kept by this store.
func (m *Memory) Rejects(context.Context, ledger.ReleaseID, int, int) ([]ledger.Reject, error) {
	return nil, nil
}

// Slices sums the postings of each key.
func (m *Memory) Slices(_ context.Context, keys []figure.SliceKey) ([]*figure.Slice, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := make([]*figure.Slice, len(keys))
	for i, key := range keys {
		all[i] = figure.NewSlice(m.sums(key))
	}
	return all, nil
}

// fact is the net of the postings of one unit in one year.
type fact struct {
	unit               *catalogue.Unit
	count, notKnown    int
	bare               int
	value, denominator decimal.Decimal
	weighted           decimal.Decimal
	statuses           number.StatusSet
	year               number.Year
}

func (m *Memory) sums(key figure.SliceKey) []figure.Sum {
	h := m.catalogue.At(key.Year.Reference())
	indicator, level := m.catalogue.Indicator(key.Indicator), m.catalogue.Level(key.Level)
	facts := m.facts(key, indicator, h)
	leaf := m.catalogue.Level(indicator.Eligibility.Level).Index()
	type group struct {
		unit uint32
		from int
	}
	sums := map[group]*figure.Sum{}
	for _, f := range facts {
		at := ancestor(f.unit, level)
		if at == nil || covered(f.unit, at, facts) {
			continue
		}
		g := group{at.Key(), f.unit.Level.Index()}
		if sums[g] == nil {
			sums[g] = &figure.Sum{Unit: g.unit, From: g.from}
		}
		sum := sums[g]
		sum.Count, sum.NotKnown, sum.Bare = sum.Count+f.count, sum.NotKnown+f.notKnown, sum.Bare+f.bare
		sum.Value, sum.Denominator = sum.Value.Add(f.value), sum.Denominator.Add(f.denominator)
		if indicator.Kind == catalogue.Mean {
			sum.Weighted = sum.Weighted.Add(f.weighted)
		}
		sum.Statuses |= f.statuses
		if f.count > 0 != indicator.IsRegister() {
			sum.Reporters += figure.Fingerprint(f.unit.Key())
		}
		if f.count > 0 && level.Index() < g.from && g.from < leaf {
			sum.Members = append(sum.Members, f.unit.Key())
		}
	}
	var list []figure.Sum
	for _, sum := range sums {
		list = append(list, *sum)
	}
	return list
}

// facts nets the postings that a view sees, by unit. In a register the latest
// year up to the key's speaks for a unit of the level that reports, if the unit
// is still one to which the indicator applies.
func (m *Memory) facts(key figure.SliceKey, indicator *catalogue.Indicator, h *catalogue.Hierarchy) map[uint32]*fact {
	type cell struct {
		unit uint32
		year number.Year
	}
	cells := map[cell]*fact{}
	byStatus := map[cell]map[number.Status]int{}
	for _, p := range m.postings {
		if p.Indicator != key.Indicator || p.Breakdown != key.Breakdown || p.Year > key.Year || !visible(p, key.View) {
			continue
		}
		unit := h.ByKey(p.Unit)
		if unit == nil {
			continue
		}
		decision := indicator.IsRegister() && unit.Level.Code == indicator.Eligibility.Level && h.Eligible(indicator, unit) > 0
		if p.Year != key.Year && !decision {
			continue
		}
		c := cell{p.Unit, p.Year}
		if cells[c] == nil {
			cells[c], byStatus[c] = &fact{unit: unit, year: p.Year}, map[number.Status]int{}
		}
		cells[c].post(p)
		byStatus[c][p.Status] += int(p.Sign)
	}
	facts := map[uint32]*fact{}
	for c, f := range cells {
		if f.count+f.notKnown == 0 {
			continue
		}
		for status, n := range byStatus[c] {
			if n > 0 {
				f.statuses = f.statuses.With(status)
			}
		}
		if earlier := facts[c.unit]; earlier == nil || earlier.year < f.year {
			facts[c.unit] = f
		}
	}
	return facts
}

func (f *fact) post(p ledger.Posting) {
	sign := decimal.NewFromInt(int64(p.Sign))
	if !p.Value.Valid {
		f.notKnown += int(p.Sign)
		return
	}
	f.count += int(p.Sign)
	f.value = f.value.Add(p.Value.Decimal.Mul(sign))
	if !p.Denominator.Valid {
		f.bare += int(p.Sign)
		return
	}
	f.denominator = f.denominator.Add(p.Denominator.Decimal.Mul(sign))
	f.weighted = f.weighted.Add(p.Value.Decimal.Mul(p.Denominator.Decimal).Mul(sign))
}

func visible(p ledger.Posting, view ledger.View) bool {
	bound := ledger.Position{Published: view.Published, Release: view.Release}
	return p.Loaded <= view.Head && (bound == ledger.Position{} || !bound.Before(p.At))
}

func ancestor(u *catalogue.Unit, level *catalogue.Level) *catalogue.Unit {
	for at := u; at != nil; at = at.Parent() {
		if at.Level.Code == level.Code {
			return at
		}
	}
	return nil
}

// covered reports whether a unit strictly between u and top has a value of its own.
func covered(u, top *catalogue.Unit, facts map[uint32]*fact) bool {
	if u == top {
		return false
	}
	for at := u.Parent(); at != nil && at != top; at = at.Parent() {
		if f := facts[at.Key()]; f != nil && f.count > 0 {
			return true
		}
	}
	return false
}
