// Package schedule says when sources are loaded: at the times of a schedule, when files arrive,
// after another source, or because a person asks. Loads themselves are a matter of package etl.
package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/go-co-op/gocron/v2"
	"github.com/google/uuid"
	"github.com/jonboulle/clockwork"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

const (
	// stopTime is how long a shutdown waits for a load that is told to stop.
	stopTime = 30 * time.Second
	// lookPace is how often a scheduler looks for what other programs did: loaded a source
	// that another one comes after, or resumed one.
	lookPace = 5 * time.Second
)

// Config is what a scheduler needs.
type Config struct {
	// Sources are the sources; those without a schedule are loaded when a person asks for it.
	Sources []*workspace.Source
	// Load carries out an order. Its context ends when the scheduler is shut down.
	Load func(ctx context.Context, order etl.Order) error
	// Last returns when a source was loaded last, false where it never was; nil where
	// nobody knows. What was due since then and before the start is run at the start.
	Last func(source string) (time.Time, bool)
	// Done returns when the last load of a source ended that did not fail and is not held,
	// false where there is none; nil where no source comes after another.
	Done func(source string) (time.Time, bool)
	// Arrivals calls arrived each time that a file of a source has arrived or changed, until
	// the context ends, and once at the start, for what arrived before; nil where no
	// source is loaded on arrival.
	Arrivals func(ctx context.Context, source *workspace.Source, arrived func())
	// Paused reports whether the schedule of a source is paused; nil where none can be.
	Paused func(source string) bool
	// Logger logs loads that fail or are skipped.
	Logger *slog.Logger
	// Clock is the clock; nil for the real one.
	Clock clockwork.Clock
}

// Scheduler loads each source when its schedule says so, one at a time.
type Scheduler struct {
	config Config
	cron   gocron.Scheduler
	jobs   map[string]gocron.Job
	clocks map[string]*wallClock
	queue  *queue
	ctx    context.Context //nolint:containedctx // of the loads that it starts, from New to Shutdown
	stop   context.CancelFunc
}

// New makes a scheduler that does nothing until it is started.
func New(config Config) (*Scheduler, error) {
	if config.Clock == nil {
		config.Clock = clockwork.NewRealClock()
	}
	s := &Scheduler{config: config, jobs: map[string]gocron.Job{}, clocks: map[string]*wallClock{}, queue: newQueue(config)}
	s.ctx, s.stop = context.WithCancel(context.Background())
	cron, err := gocron.NewScheduler(
		gocron.WithClock(config.Clock),
		gocron.WithStopTimeout(stopTime),
		gocron.WithMonitor(skips{config.Logger}),
	)
	if err != nil {
		return nil, fmt.Errorf("make the scheduler: %w", err)
	}
	s.cron = cron
	for _, source := range config.Sources {
		if source.Schedule == nil || source.Schedule.Cron == "" {
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
	look := s.config.Paused != nil
	for _, source := range s.config.Sources {
		s.catchUp(source.Code)
		if source.Schedule == nil {
			continue
		}
		look = look || source.Schedule.After != ""
		if source.Schedule.OnArrival && s.config.Arrivals != nil {
			s.queue.loads.Go(func() {
				s.config.Arrivals(s.ctx, source, func() {
					s.queue.start(s.ctx, etl.Order{Source: source.Code, Actor: etl.ByArrival, Due: s.config.Clock.Now()})
				})
			})
		}
	}
	if look {
		s.queue.loads.Go(s.look)
	}
}

// catchUp starts the run of a source that was due since its last load, if any.
func (s *Scheduler) catchUp(source string) {
	clock, scheduled := s.clocks[source]
	if !scheduled || s.config.Last == nil {
		return
	}
	last, known := s.config.Last(source)
	if !known {
		return
	}
	due := clock.Next(last)
	if due.IsZero() || due.After(s.config.Clock.Now()) {
		return
	}
	s.config.Logger.Warn("scheduled run was missed, and starts late", "source", source, "due", due)
	s.queue.start(s.ctx, etl.Order{Source: source, Actor: etl.BySchedule, Due: due})
}

// look looks from time to time, until the scheduler is shut down, for sources that were
// resumed, and for those whose turn has come after another one.
func (s *Scheduler) look() {
	ticker := s.config.Clock.NewTicker(lookPace)
	defer ticker.Stop()
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-ticker.Chan():
		}
		if s.config.Paused != nil {
			s.queue.resume(s.ctx)
		}
		for _, source := range s.config.Sources {
			if due, is := s.follows(source); is {
				s.queue.start(s.ctx, etl.Order{Source: source.Code, Actor: etl.ByAnother, Due: due})
			}
		}
	}
}

// follows returns when the source that another one comes after was loaded, where that is
// later than its own last load.
func (s *Scheduler) follows(source *workspace.Source) (time.Time, bool) {
	if source.Schedule == nil || source.Schedule.After == "" || s.config.Done == nil || s.config.Last == nil {
		return time.Time{}, false
	}
	done, known := s.config.Done(source.Schedule.After)
	last, loaded := s.config.Last(source.Code)
	return done, known && (!loaded || last.Before(done))
}

// WaitingSince returns since when a run of a source waits for another one to end; false
// when none waits.
func (s *Scheduler) WaitingSince(source string) (time.Time, bool) {
	return s.queue.waitingSince(source)
}

// Now starts a load of a source that a person asks for, and fails with LOAD_RUNNING where
// one of it waits or runs. It does not wait for the load.
func (s *Scheduler) Now(source, actor string) error {
	if !s.queue.claim(source) {
		return &number.Error{
			Code: etl.LoadRunning, Where: "id", Message: number.Say("a load of %q waits or runs already", source),
			Hint: number.Say("one load runs at a time; try again when it has ended"),
		}
	}
	s.queue.loads.Go(func() {
		s.queue.inTurn(s.ctx, etl.Order{Source: source, Actor: actor})
		if next, more := s.queue.leave(source); more {
			s.queue.start(s.ctx, next)
		}
	})
	return nil
}

// Shutdown stops a running load and waits for it to end.
func (s *Scheduler) Shutdown() error {
	s.stop()
	err := s.cron.Shutdown()
	s.queue.end(stopTime)
	return err
}

// Next returns when a source is loaded next; false if it has no times or the scheduler was
// not started.
func (s *Scheduler) Next(source string) (time.Time, bool) {
	job, ok := s.jobs[source]
	if !ok {
		return time.Time{}, false
	}
	at, err := job.NextRun()
	return at, err == nil && !at.IsZero()
}

// Upcoming returns the next times at which a source is loaded, so many of them; none if it has
// no times or the scheduler was not started.
func (s *Scheduler) Upcoming(source string, count int) []time.Time {
	next, ok := s.Next(source)
	if !ok {
		return nil
	}
	times := []time.Time{next}
	for len(times) < count {
		if next = s.clocks[source].Next(next); next.IsZero() {
			break
		}
		times = append(times, next)
	}
	return times
}

// run loads a source whose time has come.
func (s *Scheduler) run(ctx context.Context, source string) {
	due := s.config.Clock.Now().Truncate(time.Minute) // the schedules know no seconds
	s.queue.run(ctx, etl.Order{Source: source, Actor: etl.BySchedule, Due: due})
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
