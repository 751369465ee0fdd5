package schedule_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/etltest"
	"github.com/niengiam/niengiam/etl/schedule"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// loads is a scheduler's loads that tests let end.
type loads struct {
	entered chan etl.Order
	leave   chan struct{}
}

func newLoads() *loads { return &loads{make(chan etl.Order), make(chan struct{})} }

func (l *loads) load(ctx context.Context, order etl.Order) error {
	select {
	case l.entered <- order:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-l.leave:
	case <-ctx.Done():
	}
	return ctx.Err()
}

// text writes an order.
func text(o etl.Order) string {
	return fmt.Sprintf("%s by %s, due %s", o.Source, o.Actor, o.Due.UTC().Format(time.RFC3339))
}

// none expects that nothing is loaded now.
func (l *loads) none(t *testing.T, why string) {
	t.Helper()
	select {
	case order := <-l.entered:
		t.Errorf("%s: %+v", why, order)
	case <-time.After(50 * time.Millisecond):
	}
}

// A file that arrives during the load of its source is loaded afterwards, once, however
// many arrive.
func TestLoadsOnArrival(t *testing.T) {
	t.Parallel()
	clock, l := clockwork.NewFakeClockAt(time.Date(2025, 7, 1, 12, 0, 30, 0, time.UTC)), newLoads()
	arrivals := make(chan func(), 1)
	begin(t, schedule.Config{
		Sources: []*workspace.Source{{Code: "a", Schedule: &workspace.Schedule{OnArrival: true}}, scheduled(t, "b", "0 6 * * *", "UTC"), {Code: "c"}},
		Load:    l.load, Logger: etltest.NewJournal().Logger(),
		Arrivals: func(ctx context.Context, source *workspace.Source, arrived func()) {
			if source.Code != "a" {
				t.Errorf("the files of %s are watched", source.Code)
			}
			arrivals <- arrived
			<-ctx.Done()
		},
	}, clock)
	arrived := etltest.Receive(t, arrivals)
	l.none(t, "nothing has arrived")
	arrived()
	if got, want := text(etltest.Receive(t, l.entered)), text(etl.Order{Source: "a", Actor: etl.ByArrival, Due: clock.Now()}); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	arrived()
	arrived()
	l.none(t, "two loads of one source run")
	l.leave <- struct{}{}
	if got := etltest.Receive(t, l.entered); got.Actor != etl.ByArrival {
		t.Errorf("%+v", got)
	}
	l.leave <- struct{}{}
	l.none(t, "nothing more has arrived")
}

// A source that comes after another one is loaded when a load of that has ended, whichever
// program made it, and once for each.
func TestLoadsAfterAnother(t *testing.T) {
	t.Parallel()
	start := time.Date(2025, 7, 1, 12, 0, 30, 0, time.UTC)
	clock, l := clockwork.NewFakeClockAt(start), newLoads()
	var done, last atomic.Int64 // seconds after the start
	last.Store(-60)
	begin(t, schedule.Config{
		Sources: []*workspace.Source{{Code: "first"}, {Code: "second", Schedule: &workspace.Schedule{After: "first"}}},
		Load:    l.load, Logger: etltest.NewJournal().Logger(),
		Last: func(source string) (time.Time, bool) {
			return start.Add(time.Duration(last.Load()) * time.Second), source == "second"
		},
		Done: func(source string) (time.Time, bool) {
			return start.Add(time.Duration(done.Load()) * time.Second), source == "first" && done.Load() != 0
		},
	}, clock)
	look := func() {
		wait(t, clock, 1)
		clock.Advance(5 * time.Second)
	}
	look()
	l.none(t, "the first was never loaded")
	done.Store(3)
	look()
	if got, want := text(etltest.Receive(t, l.entered)), text(etl.Order{Source: "second", Actor: etl.ByAnother, Due: start.Add(3 * time.Second)}); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	last.Store(10)
	l.leave <- struct{}{}
	look()
	l.none(t, "it was loaded already")
}

// While a source is paused nothing of it is loaded but what a person asks for. What was due
// meanwhile is made once when it is resumed, by whatever program, and says when it was due.
func TestPausedSourcesWait(t *testing.T) {
	t.Parallel()
	clock, l, log := clockwork.NewFakeClockAt(time.Date(2025, 7, 1, 5, 59, 30, 0, time.UTC)), newLoads(), etltest.NewJournal()
	var paused atomic.Bool
	paused.Store(true)
	s := begin(t, schedule.Config{
		Sources: []*workspace.Source{scheduled(t, "a", "0 * * * *", "UTC")}, Load: l.load, Logger: log.Logger(),
		Paused: func(string) bool { return paused.Load() },
	}, clock)
	wait(t, clock, 2)
	clock.Advance(30 * time.Second)
	log.Await(t, "load put off")
	wait(t, clock, 2)
	clock.Advance(time.Hour)
	l.none(t, "a paused source was loaded")
	if err := s.Now("a", "An"); err != nil {
		t.Fatal(err)
	}
	if got, want := text(etltest.Receive(t, l.entered)), text(etl.Order{Source: "a", Actor: "An"}); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if err := s.Now("a", "An"); number.CodeOf(err) != etl.LoadRunning {
		t.Errorf("a second load of it: %v", err)
	}
	l.leave <- struct{}{}
	paused.Store(false)
	var resumed etl.Order
	for range 50 { // the load that ends now may be seen at the first look
		wait(t, clock, 2)
		clock.Advance(5 * time.Second)
		select {
		case resumed = <-l.entered:
		case <-time.After(200 * time.Millisecond):
			continue
		}
		break
	}
	if got, want := text(resumed), text(etl.Order{Source: "a", Actor: etl.BySchedule, Due: time.Date(2025, 7, 1, 6, 0, 0, 0, time.UTC)}); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	l.leave <- struct{}{}
	l.none(t, "what was due twice was made twice")
}
