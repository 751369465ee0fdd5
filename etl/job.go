package etl

import (
	"context"
	"fmt"
	"time"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
)

// jobReading is what jobs are made of, read once for all of them.
type jobReading struct {
	*ReleaseManager
	runs   []*ledger.Run
	pauses []*ledger.Pause
	held   []*ledger.Restatement
}

func readJobs(ctx context.Context, m *ReleaseManager) (r jobReading, err error) {
	r.ReleaseManager = m
	if r.runs, err = m.Sink.LastRuns(ctx); err != nil {
		return r, fmt.Errorf("read the runs: %w", err)
	}
	if r.pauses, err = m.Sink.Pauses(ctx); err != nil {
		return r, fmt.Errorf("read what is paused: %w", err)
	}
	if r.held, err = m.Sink.Restatements(ctx); err != nil {
		return r, fmt.Errorf("read the restatements: %w", err)
	}
	return r, nil
}

// job is the state of one source.
func (r jobReading) job(source *workspace.Source) *ledger.Job {
	job := &ledger.Job{
		SourceCode: source.Code, Titles: source.Title, Publishers: source.Publisher, Findings: []*ledger.Finding{}, Held: []*ledger.Restatement{},
		ScheduleTexts: r.Workspace.ScheduleText(source), WaitingSince: r.waitingSince(source.Code), Upcoming: []time.Time{},
		TimeZone: r.Workspace.Zone(source.Code).String(),
	}
	if source.Schedule != nil {
		job.Schedule = source.Schedule.Cron
	}
	for _, pause := range r.pauses {
		if pause.Source == source.Code && source.Schedule != nil {
			job.Paused = pause
		}
	}
	if r.Upcoming != nil && job.Paused == nil {
		if times := r.Upcoming(source.Code, ledger.UpcomingTimes); len(times) > 0 {
			job.Next, job.Upcoming = &times[0], times
		}
	}
	for _, run := range r.runs {
		if run.Source == source.Code {
			job.LastRun = run
		}
	}
	if r.Feed != nil {
		if progress, runs := r.Feed.Now(source.Code); runs {
			job.Running = &progress
		}
	}
	catalogue := r.Sink.Catalogue()
	for _, f := range catalogue.Holdings.Findings {
		if release := catalogue.Release(f.Release); release != nil && release.SourceCode == source.Code {
			job.Findings = append(job.Findings, f)
		}
	}
	for _, held := range r.held {
		if held.SourceCode == source.Code && held.State == ledger.Pending {
			job.Held = append(job.Held, held)
		}
	}
	return job
}
