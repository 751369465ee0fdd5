package etl

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/niengiam/niengiam/stats/briefing"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// ReleaseManager lists loads and their results, and records decisions about releases.
type ReleaseManager struct {
	*Pipeline
	// Next returns when a source is loaded next, false if it has no schedule; nil if
	// nothing is scheduled.
	Next func(source string) (time.Time, bool)
	// Waiting returns since when a scheduled load of a source waits for its turn; nil if
	// nothing is scheduled.
	Waiting func(source string) (time.Time, bool)
	// Sent lists the briefings that are sent by schedule; nil where none is.
	Sent func() ([]*briefing.Delivery, error)
}

// Deliveries lists the briefings that are sent by schedule.
func (m *ReleaseManager) Deliveries(context.Context) ([]*briefing.Delivery, error) {
	if m.Sent == nil {
		return []*briefing.Delivery{}, nil
	}
	return m.Sent()
}

// Jobs lists the sources of the workspace, each with its last run.
func (m *ReleaseManager) Jobs(ctx context.Context) ([]*ledger.Job, error) {
	runs, err := m.Sink.LastRuns(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the runs: %w", err)
	}
	held, err := m.Sink.Restatements(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the restatements: %w", err)
	}
	catalogue := m.Sink.Catalogue()
	jobs := make([]*ledger.Job, len(m.Workspace.Sources))
	for i, source := range m.Workspace.Sources {
		job := &ledger.Job{SourceCode: source.Code, Titles: source.Title, Publishers: source.Publisher, Findings: []*ledger.Finding{}, Held: []*ledger.Restatement{}}
		if source.Schedule != nil {
			job.Schedule, job.TimeZone = source.Schedule.Cron, source.Schedule.TimeZone.String()
		}
		if m.Next != nil {
			if next, ok := m.Next(source.Code); ok {
				job.Next = &next
			}
		}
		job.WaitingSince = m.waitingSince(source.Code)
		if at := slices.IndexFunc(runs, func(run *ledger.Run) bool { return run.Source == source.Code }); at >= 0 {
			job.LastRun = runs[at]
		}
		for _, f := range catalogue.Holdings.Findings {
			if r := catalogue.Release(f.Release); r != nil && r.SourceCode == source.Code {
				job.Findings = append(job.Findings, f)
			}
		}
		for _, r := range held {
			if r.SourceCode == source.Code && r.State == ledger.Pending {
				job.Held = append(job.Held, r)
			}
		}
		jobs[i] = job
	}
	return jobs, nil
}

// waitingSince is since when a load of a source waits for another one, nil when none does.
func (m *ReleaseManager) waitingSince(source string) *time.Time {
	since, waits := m.waits.of(source)
	if !waits && m.Waiting != nil {
		since, waits = m.Waiting(source)
	}
	if !waits {
		return nil
	}
	return &since
}

// Runs lists the runs of a source, the latest first.
func (m *ReleaseManager) Runs(ctx context.Context, source string, p query.Page) (*query.RunConnection, error) {
	count, err := m.Sink.CountRuns(ctx, source)
	if err != nil {
		return nil, err
	}
	return query.Paged("runs-"+source, p, count, func(offset, limit int) ([]*ledger.Run, error) {
		return m.Sink.Runs(ctx, source, offset, limit)
	})
}

// Restatements lists the restatements, the latest first.
func (m *ReleaseManager) Restatements(ctx context.Context) ([]*ledger.Restatement, error) {
	return m.Sink.Restatements(ctx)
}

// RunRejects lists rows that a run did not accept, by file and line.
func (m *ReleaseManager) RunRejects(ctx context.Context, run *ledger.Run, p query.Page) (*query.RejectConnection, error) {
	count, err := m.Sink.CountRunRejects(ctx, run)
	if err != nil {
		return nil, err
	}
	return query.Paged("run-rejects-"+run.ID, p, count, func(offset, limit int) ([]*ledger.Reject, error) {
		rejects, err := m.Sink.RunRejects(ctx, run, offset, limit)
		return query.Pointers(rejects), err
	})
}

// Restatement returns the restatement with a number.
func (m *ReleaseManager) Restatement(ctx context.Context, id string) (*ledger.Restatement, error) {
	return findRestatement(ctx, m.Config, id)
}

// Differences lists the cells that a restatement would change, each with what readers
// see now and what they would see.
func (m *ReleaseManager) Differences(ctx context.Context, id ledger.ReleaseID) ([]*catalogue.CellChange, error) {
	cells, err := m.Sink.HeldCells(ctx, id)
	if err != nil {
		return nil, err
	}
	changes := make([]*catalogue.CellChange, len(cells))
	for i := range cells {
		change := catalogue.NewCellChange(m.Sink.Catalogue(), cells[i].Old, &cells[i].Observation)
		changes[i] = &change
	}
	return changes, nil
}

// Approve publishes a restatement: all its releases at once, compared with what is
// published by now. One that was refused can still be approved. What it corrects under a
// day of publication that its source had used before counts from today or, where that
// mends copying slips, from that day.
func (m *ReleaseManager) Approve(ctx context.Context, id, judge, reason string, slip bool) (*ledger.Restatement, error) {
	act := func(ctx context.Context, c Config, r *ledger.Restatement) error {
		r.Slip = slip
		return approve(ctx, c, r)
	}
	return decide(ctx, m.Config, id, judge, reason, act, ledger.Pending, ledger.Declined)
}

// Refuse rejects a restatement, so that it is not published. What it would have revised
// is left out of later loads of its source that say the same.
func (m *ReleaseManager) Refuse(ctx context.Context, id, judge, reason string) (*ledger.Restatement, error) {
	return decide(ctx, m.Config, id, judge, reason, decline, ledger.Pending)
}

// Withdraw reverses a release from a day on (nil: today): its figures are removed and
// those before it count again, beneath whatever was published after it. Answers as of
// earlier days stay as they were. The withdrawal is a release of its own, which is
// returned.
func (m *ReleaseManager) Withdraw(ctx context.Context, release string, since *number.Date, by, reason string) (*ledger.Release, error) {
	return reverse(ctx, m.Config, release, since, by, reason, false)
}

// Restore makes a withdrawn release count again, from a day on (nil: today).
func (m *ReleaseManager) Restore(ctx context.Context, release string, since *number.Date, by, reason string) (*ledger.Release, error) {
	return reverse(ctx, m.Config, release, since, by, reason, true)
}
