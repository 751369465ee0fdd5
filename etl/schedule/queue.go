package schedule

import (
	"context"
	"runtime/debug"
	"sync"
	"time"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/stats/number"
)

// queue makes the loads that nobody waits for: one at a time, and of each source one at
// most. A load that is due during that of another source waits for it. One that is due
// while its own source waits or loads is left out where the clock asks for it, and comes
// once more afterwards where a file arrived meanwhile.
type queue struct {
	config Config
	turn   chan struct{} // holds one token while a load runs
	loads  sync.WaitGroup

	mu    sync.Mutex
	ended bool                 // nothing begins any more
	busy  map[string]bool      // the sources that wait or load
	again map[string]etl.Order // what is made when the load of its source is over
	late  map[string]etl.Order // what was due while its source was paused
	since map[string]time.Time // when sources began to wait for their turn
}

func newQueue(config Config) *queue {
	return &queue{
		config: config, turn: make(chan struct{}, 1), busy: map[string]bool{}, again: map[string]etl.Order{}, late: map[string]etl.Order{},
		since: map[string]time.Time{},
	}
}

// start makes a load in the background.
func (q *queue) start(ctx context.Context, order etl.Order) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.ended {
		q.loads.Go(func() { q.run(ctx, order) })
	}
}

// run makes a load, and whatever came due of its source meanwhile. Whatever goes wrong is
// logged and ends with this load.
func (q *queue) run(ctx context.Context, order etl.Order) {
	if q.putOff(order) || !q.occupy(order) {
		return
	}
	q.inTurn(ctx, order)
	if next, more := q.leave(order.Source); more {
		q.start(ctx, next)
	}
}

// leave ends the load of a source, and returns what came due meanwhile.
func (q *queue) leave(source string) (next etl.Order, more bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	next, more = q.again[source]
	delete(q.again, source)
	delete(q.busy, source)
	return next, more
}

// claim occupies a source for a load that a person asks for; false where it waits or loads.
func (q *queue) claim(source string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.busy[source] || q.ended {
		return false
	}
	q.busy[source] = true
	return true
}

// putOff keeps what is due of a paused source until it is resumed; of several only the
// first. What a person asks for is done all the same.
func (q *queue) putOff(order etl.Order) bool {
	if order.Due.IsZero() || q.config.Paused == nil || !q.config.Paused(order.Source) {
		return false
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if _, known := q.late[order.Source]; !known {
		q.late[order.Source] = order
		q.config.Logger.Info("load put off: the source is paused", "source", order.Source, "due", order.Due)
	}
	return true
}

// resume starts what was put off of sources that are paused no more.
func (q *queue) resume(ctx context.Context) {
	q.mu.Lock()
	var waiting []etl.Order
	for _, order := range q.late {
		if !q.busy[order.Source] { // else it comes when that load is over
			waiting = append(waiting, order)
		}
	}
	q.mu.Unlock()
	for _, order := range waiting {
		if q.config.Paused(order.Source) {
			continue
		}
		q.mu.Lock()
		delete(q.late, order.Source)
		q.mu.Unlock()
		q.config.Logger.Warn("run that was put off starts late: the source was resumed", "source", order.Source, "due", order.Due)
		q.start(ctx, order)
	}
}

// occupy takes a source for a load; false where another one of it waits or runs.
func (q *queue) occupy(order etl.Order) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.busy[order.Source] {
		q.busy[order.Source] = true
		return true
	}
	switch order.Actor {
	case etl.ByArrival:
		q.again[order.Source] = order
	case etl.BySchedule:
		q.config.Logger.Warn("scheduled load skipped: the one before has not ended", "source", order.Source)
	}
	return false
}

// inTurn waits until no other load runs and makes one.
func (q *queue) inTurn(ctx context.Context, order etl.Order) {
	log := q.config.Logger.With("source", order.Source, "by", order.Actor)
	defer func() {
		if cause := recover(); cause != nil {
			log.Error("load panicked", "code", etl.LoadFailed, "cause", cause, "stack", string(debug.Stack()))
		}
	}()
	if !q.begin(ctx, order.Source) {
		return
	}
	defer func() { <-q.turn }()
	switch err := q.config.Load(ctx, order); {
	case err == nil:
	case number.CodeOf(err) == etl.LoadRunning:
		log.Warn("load skipped", "code", etl.LoadRunning, "error", err)
	default:
		log.Error("load failed", "code", number.CodeOf(err), "error", err)
	}
}

// begin takes the turn; false when the program stops before.
func (q *queue) begin(ctx context.Context, source string) bool {
	select {
	case q.turn <- struct{}{}:
		return true
	default:
	}
	q.config.Logger.Info("scheduled run waits for another one to end", "source", source)
	q.wait(source, true)
	defer q.wait(source, false)
	select {
	case q.turn <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

// wait notes since when a source waits for its turn, or that it waits no more.
func (q *queue) wait(source string, waits bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if waits {
		q.since[source] = q.config.Clock.Now()
	} else {
		delete(q.since, source)
	}
}

// waitingSince returns since when a source waits for its turn; false when it does not.
func (q *queue) waitingSince(source string) (since time.Time, waits bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	since, waits = q.since[source]
	return since, waits
}

// end waits until what was started has ended, at most so long.
func (q *queue) end(most time.Duration) {
	q.mu.Lock()
	q.ended = true
	q.mu.Unlock()
	over := make(chan struct{})
	go func() {
		q.loads.Wait()
		close(over)
	}()
	select {
	case <-over:
	case <-time.After(most):
		q.config.Logger.Error("a load does not stop", "code", etl.LoadFailed, "waited", most)
	}
}
