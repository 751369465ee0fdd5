package schedule_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/etltest"
	"github.com/niengiam/niengiam/etl/schedule"
	"github.com/niengiam/niengiam/etl/workspace"
)

func scheduled(t *testing.T, code, cron, zone string) *workspace.Source {
	t.Helper()
	location, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	return &workspace.Source{Code: code, Schedule: &workspace.Schedule{Cron: cron, TimeZone: location}}
}

// begin makes and starts a scheduler on a clock that stands until it is moved.
func begin(t *testing.T, config schedule.Config, clock *clockwork.FakeClock) *schedule.Scheduler {
	t.Helper()
	config.Clock = clock
	s, err := schedule.New(config)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() {
		if err := s.Shutdown(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func wait(t *testing.T, clock *clockwork.FakeClock, timers int) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	if err := clock.BlockUntilContext(ctx, timers); err != nil {
		t.Fatal(err)
	}
}

// TestScheduleTimeZone: 06:00 in Ho Chi Minh City is 23:00 UTC of the day before.
func TestScheduleTimeZone(t *testing.T) {
	clock := clockwork.NewFakeClockAt(time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC))
	loaded := make(chan string, 10)
	s := begin(t, schedule.Config{
		Sources: []*workspace.Source{scheduled(t, "daily", "0 6 * * *", "Asia/Ho_Chi_Minh"), {Code: "by-hand"}},
		Load:    func(_ context.Context, order etl.Order) error { loaded <- order.Source; return nil },
		Logger:  etltest.NewJournal().Logger(),
	}, clock)
	due := time.Date(2025, 7, 1, 23, 0, 0, 0, time.UTC)
	if next, ok := s.Next("daily"); !ok || !next.Equal(due) {
		t.Errorf("next is %v %v, want %v", next, ok, due)
	}
	if _, ok := s.Next("by-hand"); ok {
		t.Error("a source without a schedule has a next run")
	}
	wait(t, clock, 1)
	clock.Advance(due.Sub(clock.Now()))
	if got := etltest.Receive(t, loaded); got != "daily" {
		t.Errorf("loaded %q", got)
	}
}

// TestScheduleOneAtATime: two sources due at once run one after the other, and a
// source that is due again while it runs is skipped with a line in the log.
func TestScheduleOneAtATime(t *testing.T) {
	clock := clockwork.NewFakeClockAt(time.Date(2025, 7, 1, 12, 0, 30, 0, time.UTC))
	log, entered, leave := etltest.NewJournal(), make(chan string), make(chan struct{})
	begin(t, schedule.Config{
		Sources: []*workspace.Source{scheduled(t, "a", "* * * * *", "UTC"), scheduled(t, "b", "* * * * *", "UTC")},
		Load: func(_ context.Context, order etl.Order) error {
			entered <- order.Source
			<-leave
			return nil
		},
		Logger: log.Logger(),
	}, clock)
	wait(t, clock, 2)
	clock.Advance(30 * time.Second)
	first := etltest.Receive(t, entered)
	select {
	case second := <-entered:
		t.Fatalf("%q runs while %q does", second, first)
	case <-time.After(50 * time.Millisecond):
	}
	wait(t, clock, 2)
	clock.Advance(time.Minute)
	log.Await(t, "source="+first)
	log.Await(t, "skipped")
	leave <- struct{}{}
	if second := etltest.Receive(t, entered); second == first {
		t.Errorf("%q ran twice before the other did once", first)
	}
	close(leave)
	go func() {
		for range entered { // whatever else comes due before the end
		}
	}()
}

// TestScheduleSurvives: neither an error nor a panic of one load ends the schedule.
func TestScheduleSurvives(t *testing.T) {
	clock := clockwork.NewFakeClockAt(time.Date(2025, 7, 1, 12, 0, 30, 0, time.UTC))
	log, runs := etltest.NewJournal(), 0
	done := make(chan int, 10)
	begin(t, schedule.Config{
		Sources: []*workspace.Source{scheduled(t, "a", "* * * * *", "UTC")},
		Load: func(context.Context, etl.Order) error {
			runs++
			done <- runs
			switch runs {
			case 1:
				panic("out of luck")
			case 2:
				return errors.New("out of order")
			}
			return nil
		},
		Logger: log.Logger(),
	}, clock)
	wait(t, clock, 1)
	clock.Advance(30 * time.Second)
	if got := etltest.Receive(t, done); got != 1 {
		t.Errorf("run %d, want 1", got)
	}
	log.Await(t, "out of luck")
	for want := 2; want <= 3; want++ {
		if got := nextRun(t, clock, done); got != want {
			t.Errorf("run %d, want %d", got, want)
		}
	}
	log.Await(t, "out of order")
}

// nextRun lets minutes pass until the next load runs: one that comes due while
// the load before it is still ending is skipped.
func nextRun(t *testing.T, clock *clockwork.FakeClock, done <-chan int) int {
	t.Helper()
	for range 50 {
		wait(t, clock, 1)
		clock.Advance(time.Minute)
		select {
		case run := <-done:
			return run
		case <-time.After(200 * time.Millisecond):
		}
	}
	t.Fatal("no load ran in 50 minutes")
	return 0
}

// TestScheduleShutdown: a load that runs is told to stop.
func TestScheduleShutdown(t *testing.T) {
	clock := clockwork.NewFakeClockAt(time.Date(2025, 7, 1, 12, 0, 30, 0, time.UTC))
	entered, stopped := make(chan struct{}), make(chan error, 1)
	s, err := schedule.New(schedule.Config{
		Sources: []*workspace.Source{scheduled(t, "a", "* * * * *", "UTC")},
		Load: func(ctx context.Context, _ etl.Order) error {
			close(entered)
			<-ctx.Done()
			stopped <- ctx.Err()
			return ctx.Err()
		},
		Logger: etltest.NewJournal().Logger(),
		Clock:  clock,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	wait(t, clock, 1)
	clock.Advance(30 * time.Second)
	etltest.Receive(t, entered)
	if err := s.Shutdown(); err != nil {
		t.Error(err)
	}
	if err := etltest.Receive(t, stopped); !errors.Is(err, context.Canceled) {
		t.Errorf("the load ended with %v", err)
	}
}

// TestScheduleMissed: what was due while the program was down runs once at the start, and
// is told when it was due. What was not due in that time, and what was never loaded, waits.
func TestScheduleMissed(t *testing.T) {
	start := time.Date(2025, 7, 1, 12, 0, 30, 0, time.UTC)
	clock, log := clockwork.NewFakeClockAt(start), etltest.NewJournal()
	type run struct {
		source string
		due    time.Time
	}
	runs := make(chan run, 10)
	begin(t, schedule.Config{
		Sources: []*workspace.Source{
			scheduled(t, "missed", "0 6 * * *", "UTC"), scheduled(t, "in-time", "0 6 * * *", "UTC"),
			scheduled(t, "never", "0 6 * * *", "UTC"), {Code: "by-hand"},
		},
		Load: func(_ context.Context, order etl.Order) error { runs <- run{order.Source, order.Due}; return nil },
		Last: func(source string) (time.Time, bool) {
			last := map[string]time.Time{
				"missed": time.Date(2025, 6, 28, 6, 0, 1, 0, time.UTC), "in-time": time.Date(2025, 7, 1, 6, 0, 1, 0, time.UTC), "by-hand": {},
			}
			at, known := last[source]
			return at, known
		},
		Logger: log.Logger(),
	}, clock)
	if got, want := etltest.Receive(t, runs), (run{"missed", time.Date(2025, 6, 29, 6, 0, 0, 0, time.UTC)}); got != want {
		t.Errorf("at the start %v runs, want %v", got, want)
	}
	log.Await(t, "was missed")
	select {
	case got := <-runs:
		t.Errorf("%v runs at the start, too", got)
	case <-time.After(50 * time.Millisecond):
	}
	wait(t, clock, 3)
	clock.Advance(18 * time.Hour)
	for range 3 {
		if got, want := etltest.Receive(t, runs).due, time.Date(2025, 7, 2, 6, 0, 0, 0, time.UTC); !got.Equal(want) {
			t.Errorf("the next run was due at %v, want %v", got, want)
		}
	}
}

// TestScheduleWaits: a run that waits for another one says since when.
func TestScheduleWaits(t *testing.T) {
	clock := clockwork.NewFakeClockAt(time.Date(2025, 7, 1, 12, 0, 30, 0, time.UTC))
	log, entered, leave := etltest.NewJournal(), make(chan string), make(chan struct{})
	s := begin(t, schedule.Config{
		Sources: []*workspace.Source{scheduled(t, "a", "1 12 * * *", "UTC"), scheduled(t, "b", "1 12 * * *", "UTC")},
		Load: func(_ context.Context, order etl.Order) error {
			entered <- order.Source
			<-leave
			return nil
		},
		Logger: log.Logger(),
	}, clock)
	wait(t, clock, 2)
	clock.Advance(30 * time.Second)
	first := etltest.Receive(t, entered)
	second := map[string]string{"a": "b", "b": "a"}[first]
	log.Await(t, "waits for another one")
	if _, waits := s.WaitingSince(first); waits {
		t.Errorf("%s runs and is said to wait", first)
	}
	if since, waits := s.WaitingSince(second); !waits || !since.Equal(clock.Now()) {
		t.Errorf("%s waits since %v %v, want %v", second, since, waits, clock.Now())
	}
	leave <- struct{}{}
	if got := etltest.Receive(t, entered); got != second {
		t.Errorf("%s runs, want %s", got, second)
	}
	if _, waits := s.WaitingSince(second); waits {
		t.Errorf("%s runs and is said to wait", second)
	}
	close(leave)
}
