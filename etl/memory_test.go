package etl_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/niengiam/niengiam/stats"
)

// memory is a warehouse in memory that keeps everything it is given and shows
// only what is published, as the contract of a sink asks.
type memory struct {
	mu           sync.Mutex
	catalogue    *stats.Catalogue
	checksum     string
	keys         map[stats.UnitIdentity]uint32
	staged       map[stats.ReleaseID]bool
	observations []stats.Observation
	postings     []stats.Posting
	releases     []stats.Release
	findings     []*stats.Finding
	rejects      map[stats.ReleaseID][]stats.Reject
	runs         map[string]stats.Run
	runRejects   map[string][]stats.Reject

	failStage, failPublish error
	onStage                func()
}

func newMemory() *memory {
	return &memory{
		catalogue: stats.NewCatalogue(stats.Definitions{}, stats.Holdings{}), keys: map[stats.UnitIdentity]uint32{},
		staged: map[stats.ReleaseID]bool{}, rejects: map[stats.ReleaseID][]stats.Reject{},
		runs: map[string]stats.Run{}, runRejects: map[string][]stats.Reject{},
	}
}

func (m *memory) Catalogue() *stats.Catalogue {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.catalogue
}

func (m *memory) Define(_ context.Context, definitions stats.Definitions, checksum string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if checksum != m.checksum {
		maps.Copy(m.keys, definitions.AssignKeys(m.keys))
		m.catalogue, m.checksum = stats.NewCatalogue(definitions, m.catalogue.Holdings), checksum
	}
	return nil
}

func (m *memory) LastSnapshot(_ context.Context, source string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	last := stats.Run{}
	for _, run := range m.runs {
		whole := run.Outcome == stats.Published || run.Outcome == stats.Unchanged
		if run.Source == source && whole && run.ID > last.ID {
			last = run
		}
	}
	return last.Snapshot, nil
}

func (m *memory) visible(release stats.ReleaseID) bool {
	return slices.ContainsFunc(m.releases, func(r stats.Release) bool { return r.ID == release })
}

func (m *memory) History(ctx context.Context, indicators []string, years []stats.Year) ([]stats.Observation, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var history []stats.Observation
	for _, o := range m.observations {
		if m.visible(o.At.Release) && slices.Contains(indicators, o.Indicator) && slices.Contains(years, o.Year) {
			history = append(history, o)
		}
	}
	slices.SortStableFunc(history, func(a, b stats.Observation) int {
		if a.At.Before(b.At) {
			return -1
		}
		return 1
	})
	return history, ctx.Err()
}

func (m *memory) NextRelease(context.Context) (stats.ReleaseID, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	next := stats.ReleaseID(1)
	for id := range m.staged {
		next = max(next, id+1)
	}
	return next, nil
}

func (m *memory) Stage(ctx context.Context, observations []stats.Observation, postings []stats.Posting) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.onStage != nil {
		m.onStage()
	}
	m.observations = append(m.observations, observations...)
	m.postings = append(m.postings, postings...)
	for _, o := range observations {
		m.staged[o.At.Release] = true
	}
	if m.failStage != nil {
		return m.failStage // after half of it was written
	}
	return ctx.Err()
}

func (m *memory) Publish(_ context.Context, release stats.Release, findings []stats.Finding, rejects []stats.Reject) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.failPublish != nil {
		return m.failPublish
	}
	if m.visible(release.ID) {
		return fmt.Errorf("release %s is published already", release.ID)
	}
	m.releases = append(m.releases, release)
	for _, f := range findings {
		m.findings = append(m.findings, &f)
	}
	m.rejects[release.ID] = rejects
	m.catalogue = stats.NewCatalogue(m.catalogue.Definitions, stats.Holdings{Findings: m.findings})
	return nil
}

func (m *memory) StartRun(ctx context.Context, run stats.Run) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.runs[run.ID] = run
	return ctx.Err()
}

func (m *memory) EndRun(ctx context.Context, run stats.Run, rejects []stats.Reject) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, started := m.runs[run.ID]; !started {
		return fmt.Errorf("the run %s never started", run.ID)
	}
	m.runs[run.ID], m.runRejects[run.ID] = run, rejects
	return ctx.Err()
}

// current gives what a reader sees of a cell: the last visible observation, which
// must be what the visible postings sum to.
func (m *memory) current(t *testing.T, indicator, unit string, year stats.Year) string {
	t.Helper()
	key := stats.CellKey{Indicator: indicator, Unit: m.catalogue.At(year.Reference()).Unit(unit).Key(), Year: year}
	var last *stats.Observation
	for i, o := range m.observations {
		if o.CellKey == key && m.visible(o.At.Release) && (last == nil || last.At.Before(o.At)) {
			last = &m.observations[i]
		}
	}
	sum, count := stats.Exactly(stats.Fraction{}.Decimal()), 0
	total, _ := sum.Decimal()
	for _, p := range m.postings {
		if p.CellKey == key && m.visible(p.Loaded) {
			count += int(p.Sign)
			if p.Value.Valid && p.Sign > 0 {
				total = total.Add(p.Value.Decimal)
			} else if p.Value.Valid {
				total = total.Sub(p.Value.Decimal)
			}
		}
	}
	switch {
	case last == nil && count == 0:
		return "none"
	case last == nil || count != 1:
		t.Fatalf("%v has %d postings in force, and its last observation is %v", key, count, last)
	case !last.Value.Valid:
		return "missing"
	case !last.Value.Decimal.Equal(total):
		t.Fatalf("%v is %s by its last observation and %s by its postings", key, last.Value.Decimal, total)
	}
	return last.Value.Decimal.String()
}
