package etl

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/go-co-op/gocron/v2"
	"github.com/google/uuid"
	"github.com/jonboulle/clockwork"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// stopTime is how long a shutdown waits for a load that is told to stop.
const stopTime = 30 * time.Second

// ScheduleConfig is what a scheduler needs.
type ScheduleConfig struct {
	// Sources are the sources; those without a schedule are not loaded.
	Sources []*workspace.Source
	// Load loads the source with a code. Its context ends when the scheduler is shut down.
	Load func(ctx context.Context, source string) error
	// Logger logs loads that fail or are skipped.
	Logger *slog.Logger
	// Clock is the clock; nil for the real one.
	Clock clockwork.Clock
}

// Scheduler loads each source on its schedule, one at a time: a load that is due during
// another one waits for it, and one that is due again while it still waits or runs is
// skipped.
type Scheduler struct {
	cron   gocron.Scheduler
	jobs   map[string]gocron.Job
	turn   chan struct{} // holds one token while a load runs
	load   func(ctx context.Context, source string) error
	logger *slog.Logger
}

// NewScheduler makes a scheduler that does nothing until it is started.
func NewScheduler(config ScheduleConfig) (*Scheduler, error) {
	clock := config.Clock
	if clock == nil {
		clock = clockwork.NewRealClock()
	}
	s := &Scheduler{jobs: map[string]gocron.Job{}, turn: make(chan struct{}, 1), load: config.Load, logger: config.Logger}
	cron, err := gocron.NewScheduler(
		gocron.WithClock(clock),
		gocron.WithStopTimeout(stopTime),
		gocron.WithMonitor(skips{config.Logger}),
	)
	if err != nil {
		return nil, fmt.Errorf("make the scheduler: %w", err)
	}
	s.cron = cron
	for _, source := range config.Sources {
		if source.Schedule == nil {
			continue
		}
		expression := fmt.Sprintf("CRON_TZ=%s %s", source.Schedule.TimeZone, source.Schedule.Cron)
		job, err := cron.NewJob(
			gocron.CronJob(expression, false),
			gocron.NewTask(s.run, source.Code),
			gocron.WithName(source.Code),
			gocron.WithSingletonMode(gocron.LimitModeReschedule),
		)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("schedule %s: %w", source.Code, err), cron.Shutdown())
		}
		s.jobs[source.Code] = job
	}
	return s, nil
}

// Start starts the schedules.
func (s *Scheduler) Start() { s.cron.Start() }

// Shutdown stops a running load and waits for it to end.
func (s *Scheduler) Shutdown() error { return s.cron.Shutdown() }

// Next returns when a source is loaded next; false if it has no schedule or the
// scheduler was not started.
func (s *Scheduler) Next(source string) (time.Time, bool) {
	job, ok := s.jobs[source]
	if !ok {
		return time.Time{}, false
	}
	at, err := job.NextRun()
	return at, err == nil && !at.IsZero()
}

// Last returns when the scheduler last started to load a source; false if it has not yet.
func (s *Scheduler) Last(source string) (time.Time, bool) {
	job, ok := s.jobs[source]
	if !ok {
		return time.Time{}, false
	}
	at, err := job.LastRunStartedAt()
	return at, err == nil && !at.IsZero()
}

// run loads one source. Whatever goes wrong is logged and ends with this run; the
// next one comes when it is due.
func (s *Scheduler) run(ctx context.Context, source string) {
	log := s.logger.With("source", source)
	defer func() {
		if cause := recover(); cause != nil {
			log.Error("scheduled load panicked", "code", LoadFailed, "cause", cause, "stack", string(debug.Stack()))
		}
	}()
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return
	}
	switch err := s.load(ctx, source); {
	case err == nil:
	case number.CodeOf(err) == LoadRunning:
		log.Warn("scheduled load skipped", "code", LoadRunning, "error", err)
	default:
		log.Error("scheduled load failed", "code", number.CodeOf(err), "error", err)
	}
}

// skips logs the runs that gocron leaves out because the one before still runs.
type skips struct{ logger *slog.Logger }

// IncrementJob is called after each run with its status.
func (m skips) IncrementJob(_ uuid.UUID, source string, _ []string, status gocron.JobStatus) {
	if status == gocron.SingletonRescheduled || status == gocron.Skip {
		m.logger.Warn("scheduled load skipped: the one before has not ended", "source", source)
	}
}

// RecordJobTiming does nothing: the record of runs has the times.
func (skips) RecordJobTiming(time.Time, time.Time, uuid.UUID, string, []string) {}
