package etl

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
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
	// Load loads the source with a code, which was due at a time. Its context ends when
	// the scheduler is shut down.
	Load func(ctx context.Context, source string, due time.Time) error
	// Last returns when a source was loaded last, false where it never was; nil where
	// nobody knows. What was due since then and before the start is run at the start.
	Last func(source string) (time.Time, bool)
	// Logger logs loads that fail or are skipped.
	Logger *slog.Logger
	// Clock is the clock; nil for the real one.
	Clock clockwork.Clock
}

// Scheduler loads each source on its schedule, one at a time: a load that is due during
// another one waits for it, and one that is due again while it still waits or runs is
// skipped.
type Scheduler struct {
	config ScheduleConfig
	cron   gocron.Scheduler
	jobs   map[string]gocron.Job
	clocks map[string]*wallClock
	turn   chan struct{} // holds one token while a load runs

	mu     sync.Mutex
	missed map[string]time.Time // when a run was due that the program was not up for
	waits  waits
}

// NewScheduler makes a scheduler that does nothing until it is started.
func NewScheduler(config ScheduleConfig) (*Scheduler, error) {
	clock := config.Clock
	if clock == nil {
		clock = clockwork.NewRealClock()
	}
	config.Clock = clock
	s := &Scheduler{
		config: config, jobs: map[string]gocron.Job{}, clocks: map[string]*wallClock{}, turn: make(chan struct{}, 1),
		missed: map[string]time.Time{},
	}
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
		times, err := newWallClock(source.Schedule.Cron, source.Schedule.TimeZone)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("schedule %s: %w", source.Code, err), cron.Shutdown())
		}
		job, err := cron.NewJob(
			gocron.CronJob(source.Schedule.Cron, false),
			gocron.NewTask(s.run, source.Code),
			gocron.WithCronImplementation(times),
			gocron.WithName(source.Code),
			gocron.WithSingletonMode(gocron.LimitModeReschedule),
		)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("schedule %s: %w", source.Code, err), cron.Shutdown())
		}
		s.jobs[source.Code], s.clocks[source.Code] = job, times
	}
	return s, nil
}

// Start starts the schedules, and runs what was due while nobody watched the clock.
func (s *Scheduler) Start() {
	s.cron.Start()
	for _, source := range s.config.Sources {
		job, scheduled := s.jobs[source.Code]
		if !scheduled || s.config.Last == nil {
			continue
		}
		last, known := s.config.Last(source.Code)
		if !known {
			continue
		}
		due := s.clocks[source.Code].Next(last)
		if due.IsZero() || due.After(s.config.Clock.Now()) {
			continue
		}
		s.mu.Lock()
		s.missed[source.Code] = due
		s.mu.Unlock()
		log := s.config.Logger.With("source", source.Code, "due", due)
		log.Warn("scheduled run was missed, and starts late")
		if err := job.RunNow(); err != nil {
			log.Error("missed run cannot be started", "code", LoadFailed, "error", err)
		}
	}
}

// WaitingSince returns since when a scheduled run of a source waits for another one to
// end; false when none waits.
func (s *Scheduler) WaitingSince(source string) (time.Time, bool) { return s.waits.of(source) }

// begin takes the turn of a run that begins now. It returns when the run was due and
// what ends the turn, or false when the scheduler is shut down before.
func (s *Scheduler) begin(ctx context.Context, source string) (due time.Time, end func(), ok bool) {
	now := s.config.Clock.Now()
	due = now.Truncate(time.Minute) // the schedules know no seconds
	s.mu.Lock()
	if missed, late := s.missed[source]; late {
		due = missed
		delete(s.missed, source)
	}
	s.mu.Unlock()
	end = func() { <-s.turn }
	select {
	case s.turn <- struct{}{}:
		return due, end, true
	default:
	}
	s.config.Logger.Info("scheduled run waits for another one to end", "source", source)
	s.waits.set(source, now)
	defer s.waits.set(source, time.Time{})
	select {
	case s.turn <- struct{}{}:
		return due, end, true
	case <-ctx.Done():
		return due, nil, false
	}
}

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
	log := s.config.Logger.With("source", source)
	defer func() {
		if cause := recover(); cause != nil {
			log.Error("scheduled load panicked", "code", LoadFailed, "cause", cause, "stack", string(debug.Stack()))
		}
	}()
	due, end, ok := s.begin(ctx, source)
	if !ok {
		return
	}
	defer end()
	switch err := s.config.Load(ctx, source, due); {
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
