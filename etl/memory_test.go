package etl_test

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// memory is a warehouse in memory that keeps everything it is given and shows
// only what is published, as the contract of a sink asks.
type memory struct {
	mu           sync.Mutex
	catalogue    *catalogue.Calendar
	checksum     string
	keys         map[catalogue.UnitIdentity]uint32
	staged       map[ledger.ReleaseID]bool
	observations []ledger.Observation
	postings     []ledger.Posting
	releases     []ledger.Release
	findings     []*ledger.Finding
	rejects      map[ledger.ReleaseID][]ledger.Reject
	runs         map[string]ledger.Run
	runRejects   map[string][]ledger.Reject
	claimed      ledger.ReleaseID
	held         []*ledger.Restatement
	heldCells    map[ledger.ReleaseID][]ledger.PendingCell
	pauses       []ledger.Pause

	failStage, failPublish error
	onStage                func()
}

func newMemory() *memory {
	return &memory{
		catalogue: catalogue.NewCalendar(catalogue.NewCatalogue(catalogue.Definitions{}, ledger.Holdings{})), keys: map[catalogue.UnitIdentity]uint32{},
		staged: map[ledger.ReleaseID]bool{}, rejects: map[ledger.ReleaseID][]ledger.Reject{},
		runs: map[string]ledger.Run{}, runRejects: map[string][]ledger.Reject{},
		heldCells: map[ledger.ReleaseID][]ledger.PendingCell{},
	}
}

func (m *memory) Catalogue() *catalogue.Calendar {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.catalogue
}

func (m *memory) Define(_ context.Context, definitions catalogue.Definitions, checksum string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if checksum != m.checksum {
		maps.Copy(m.keys, definitions.AssignKeys(m.keys))
		m.catalogue, m.checksum = catalogue.NewCalendar(catalogue.NewCatalogue(definitions, m.catalogue.Holdings)), checksum
	}
	return nil
}

func (m *memory) CatalogueWith(_ context.Context, definitions catalogue.Definitions, checksum string) (*catalogue.Calendar, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if checksum == m.checksum {
		return m.catalogue, nil
	}
	definitions.AssignKeys(m.keys)
	return catalogue.NewCalendar(catalogue.NewCatalogue(definitions, m.catalogue.Holdings)), nil
}

func (m *memory) Recover(context.Context) (time.Time, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.observations = slices.DeleteFunc(m.observations, func(o ledger.Observation) bool { return !m.visible(o.At.Release) })
	m.postings = slices.DeleteFunc(m.postings, func(p ledger.Posting) bool { return !m.visible(p.Loaded) })
	return time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC), nil
}

func (m *memory) LastSnapshot(_ context.Context, source string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	last := ledger.Run{}
	for _, run := range m.runs {
		whole := run.Outcome == ledger.Published || run.Outcome == ledger.Unchanged || run.Outcome == ledger.Waiting
		if run.Source == source && whole && run.ID > last.ID {
			last = run
		}
	}
	for _, r := range m.releases {
		if r.Withdraws != 0 && !last.Ended.After(r.Loaded) {
			return "", nil
		}
	}
	return last.Snapshot, nil
}

func (m *memory) visible(release ledger.ReleaseID) bool {
	return slices.ContainsFunc(m.releases, func(r ledger.Release) bool { return r.ID == release })
}

func (m *memory) History(ctx context.Context, indicators []string, years []number.Year) ([]ledger.Observation, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var history []ledger.Observation
	for _, o := range m.observations {
		if m.visible(o.At.Release) && slices.Contains(indicators, o.Indicator) && slices.Contains(years, o.Year) {
			history = append(history, o)
		}
	}
	slices.SortStableFunc(history, func(a, b ledger.Observation) int {
		if a.At.Before(b.At) {
			return -1
		}
		return 1
	})
	return history, ctx.Err()
}

func (m *memory) HeldHistory(ctx context.Context, id ledger.ReleaseID) iter.Seq2[*ledger.Observation, error] {
	var indicators []string
	var years []number.Year
	for _, cell := range m.heldCells[id] {
		indicators, years = append(indicators, cell.Indicator), append(years, cell.Year)
	}
	return func(yield func(*ledger.Observation, error) bool) {
		for o, err := range m.Published(ctx, indicators, years) {
			held := func(cell ledger.PendingCell) bool { return cell.CellKey == o.CellKey }
			if (err != nil || slices.ContainsFunc(m.heldCells[id], held)) && !yield(o, err) {
				return
			}
		}
	}
}

func (m *memory) Published(ctx context.Context, indicators []string, years []number.Year) iter.Seq2[*ledger.Observation, error] {
	history, err := m.History(ctx, indicators, years)
	slices.SortStableFunc(history, func(a, b ledger.Observation) int { return a.CellKey.Compare(&b.CellKey) })
	return given(history, err)
}

func (m *memory) Refresh(context.Context) error { return nil }

func (m *memory) Stated(_ context.Context, releases []ledger.ReleaseID) (indicators []string, years []number.Year, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, o := range m.observations {
		if m.visible(o.At.Release) && slices.Contains(releases, o.At.Release) {
			indicators, years = append(indicators, o.Indicator), append(years, o.Year)
		}
	}
	return indicators, years, nil
}

func (m *memory) Claim(_ context.Context, count int) (ledger.ReleaseID, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	first := m.claimed + 1
	for id := range m.staged {
		first = max(first, id+1)
	}
	m.claimed = first + ledger.ReleaseID(count) - 1
	return first, nil
}

func (m *memory) StageAll(ctx context.Context, blocks iter.Seq2[*ledger.Block, error]) error {
	for block, err := range blocks {
		if err == nil {
			err = m.Stage(ctx, block.Observations, block.Postings)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) Stage(ctx context.Context, observations []ledger.Observation, postings []ledger.Posting) error {
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

func (m *memory) PublishAll(_ context.Context, after ledger.ReleaseID, all []ledger.PendingRelease) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.failPublish != nil {
		return m.failPublish
	}
	if after != m.catalogue.Head || m.visible(all[0].Release.ID) {
		return fmt.Errorf("release %s cannot be published after %s", all[0].Release.ID, m.catalogue.Head)
	}
	var visible []*ledger.Release
	for _, p := range all {
		m.releases = append(m.releases, p.Release)
		for _, f := range p.Findings {
			m.findings = append(m.findings, &f)
		}
		m.rejects[p.Release.ID] = p.Rejects
	}
	for i := range m.releases {
		visible = append(visible, &m.releases[i])
	}
	slices.SortFunc(visible, func(a, b *ledger.Release) int {
		return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.ID, b.ID))
	})
	head := all[len(all)-1].Release.ID
	m.catalogue = catalogue.NewCalendar(catalogue.NewCatalogue(m.catalogue.Definitions, ledger.Holdings{Head: head, Releases: visible, Findings: m.findings}))
	return nil
}

func (m *memory) HoldAll(_ context.Context, r *ledger.Restatement, all iter.Seq2[*ledger.PendingCell, error]) error {
	cells, err := kept(all)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	own := *r
	own.State = ledger.Pending
	m.held, m.heldCells[r.ID] = append(m.held, &own), cells
	return nil
}

func (m *memory) Restatements(context.Context) ([]*ledger.Restatement, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []*ledger.Restatement
	for _, r := range m.held {
		own := *r
		for _, release := range m.releases {
			if release.Restatement == r.ID {
				own.State, own.DecidedBy, own.Decision.Comment = ledger.Approved, release.ApprovedBy, release.Comment
				own.Slip = own.Slip || release.MendsSlips()
				own.Releases = append(own.Releases, release.ID)
			}
		}
		all = append(all, &own)
	}
	ledger.SortRestatements(all)
	return all, nil
}

func (m *memory) HeldCells(_ context.Context, id ledger.ReleaseID) ([]ledger.PendingCell, error) {
	return slices.Clone(m.heldCells[id]), nil
}

func (m *memory) Held(_ context.Context, id ledger.ReleaseID) iter.Seq2[*ledger.PendingCell, error] {
	return given(byCell(slices.Clone(m.heldCells[id])), nil)
}

func (m *memory) HeldRevisions(_ context.Context, ids []ledger.ReleaseID) iter.Seq2[*ledger.PendingCell, error] {
	var held []ledger.PendingCell
	for _, id := range ids {
		held = append(held, m.heldCells[id]...)
	}
	return given(byCell(slices.DeleteFunc(held, func(c ledger.PendingCell) bool { return c.Old == nil })), nil)
}

func (m *memory) HeldExcerpts(_ context.Context, ids []ledger.ReleaseID, offset, limit int) ([]ledger.Excerpt[ledger.PendingCell], error) {
	var all []ledger.Excerpt[ledger.PendingCell]
	for _, id := range ids {
		all = append(all, excerpt(m.heldCells[id], offset, limit))
	}
	return all, nil
}

func (m *memory) Decide(_ context.Context, d ledger.Decision) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.held {
		if r.ID == d.Restatement {
			r.Decision = d
		}
	}
	return nil
}

func (m *memory) StartRun(ctx context.Context, run ledger.Run) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.runs[run.ID] = run
	return ctx.Err()
}

func (m *memory) EndRun(ctx context.Context, run ledger.Run, rejects []ledger.Reject) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, started := m.runs[run.ID]; !started {
		return fmt.Errorf("the run %s never started", run.ID)
	}
	m.runs[run.ID], m.runRejects[run.ID] = run, rejects
	return ctx.Err()
}

func (m *memory) LastRuns(context.Context) ([]*ledger.Run, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	last := map[string]*ledger.Run{}
	for _, run := range m.runs {
		if known := last[run.Source]; known == nil || known.ID < run.ID {
			last[run.Source] = &run
		}
	}
	return slices.Collect(maps.Values(last)), nil
}

func (m *memory) Runs(_ context.Context, sources []string, offset, limit int) ([]ledger.Excerpt[*ledger.Run], error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []ledger.Excerpt[*ledger.Run]
	for _, source := range sources {
		runs := []*ledger.Run{}
		for _, run := range m.runs {
			if run.Source == source {
				runs = append(runs, &run)
			}
		}
		slices.SortFunc(runs, func(a, b *ledger.Run) int { return cmp.Compare(b.ID, a.ID) })
		all = append(all, excerpt(runs, offset, limit))
	}
	return all, nil
}

func (m *memory) rejectsOf(run *ledger.Run) []ledger.Reject {
	m.mu.Lock()
	defer m.mu.Unlock()
	examined := m.runs[run.Examiner()]
	rejects := m.runRejects[examined.ID]
	for _, id := range examined.Releases {
		rejects = append(rejects, m.rejects[id]...)
	}
	return rejects
}

func (m *memory) RunRejects(_ context.Context, runs []*ledger.Run, offset, limit int) ([]ledger.Excerpt[ledger.Reject], error) {
	var all []ledger.Excerpt[ledger.Reject]
	for _, run := range runs {
		all = append(all, excerpt(m.rejectsOf(run), offset, limit))
	}
	return all, nil
}

// current gives what a reader sees of a cell: the last visible observation, which
// must be what the visible postings sum to.
func (m *memory) current(t *testing.T, indicator, unit string, year number.Year) string {
	t.Helper()
	key := ledger.CellKey{Indicator: indicator, Unit: m.catalogue.At(year.Reference()).Unit(unit).Key(), Year: year}
	var history []ledger.Observation
	for _, o := range m.observations {
		if o.CellKey == key && m.visible(o.At.Release) {
			history = append(history, o)
		}
	}
	slices.SortFunc(history, func(a, b ledger.Observation) int {
		return cmp.Or(cmp.Compare(a.At.Published, b.At.Published), cmp.Compare(a.At.Release, b.At.Release))
	})
	last := m.catalogue.Ledger().Latest(history)
	sum, count := number.Exactly(number.Fraction{}.Decimal()), 0
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
