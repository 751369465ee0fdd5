package etl

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/niengiam/niengiam/stats/briefing"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/query"
)

// ReleaseManager lists the loads and their results, and takes decisions about releases.
type ReleaseManager struct {
	*Pipeline
	// Next returns when a source is loaded next, false when it has no schedule; nil
	// when nothing is scheduled.
	Next func(source string) (time.Time, bool)
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

// Jobs lists the sources of the workspace with how each was loaded last.
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

// Restatements lists the restatements, the latest first.
func (m *ReleaseManager) Restatements(ctx context.Context) ([]*ledger.Restatement, error) {
	return m.Sink.Restatements(ctx)
}

// RunRejects lists rows that a run did not accept, by file and line.
func (m *ReleaseManager) RunRejects(ctx context.Context, run *ledger.Run, p query.Page) (*query.RejectConnection, error) {
	return query.Paged(p, run.Rejected, func(offset, limit int) ([]ledger.Reject, error) {
		return m.Sink.RunRejects(ctx, run, offset, limit)
	})
}
