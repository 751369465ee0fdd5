package etl

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/niengiam/niengiam/stats/ledger"
)

// feedPace is how often those who follow a run hear of one stage at most; what begins or
// ends a stage is never left out.
const feedPace = 100 * time.Millisecond

// Feed tells those who follow the runs of this program how far each is. Whoever is slow
// hears the latest and misses what was between; no run waits for anybody. Its zero value is
// ready for use, and it is safe for concurrent use.
type Feed struct {
	mu        sync.Mutex
	last      map[string]ledger.RunProgress // of each source that runs or waits
	followers map[*follower]bool
}

// follower is somebody who follows the runs of a source.
type follower struct {
	source string // "" for all
	events chan *ledger.RunProgress
}

// Follow returns the events of the runs of a source, "" for all sources, beginning with
// where they are now. The channel is closed when the context ends.
func (f *Feed) Follow(ctx context.Context, source string) <-chan *ledger.RunProgress {
	one := &follower{source, make(chan *ledger.RunProgress, 16)}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.followers == nil {
		f.followers = map[*follower]bool{}
	}
	f.followers[one] = true
	for _, p := range f.last {
		one.hear(p)
	}
	context.AfterFunc(ctx, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.followers, one)
		close(one.events)
	})
	return one.events
}

// Now returns how far the run of a source is, false where this program runs none.
func (f *Feed) Now(source string) (ledger.RunProgress, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p, runs := f.last[source]
	return p, runs
}

// tell tells all who follow.
func (f *Feed) tell(p ledger.RunProgress) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.last == nil {
		f.last = map[string]ledger.RunProgress{}
	}
	if f.last[p.Source] = p; p.IsLast() {
		delete(f.last, p.Source)
	}
	for one := range f.followers {
		one.hear(p)
	}
}

// forget ends what is known of a run that never began.
func (f *Feed) forget(source string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.last, source)
}

// hear takes an event. Where those before it were not taken yet, the oldest goes.
func (f *follower) hear(p ledger.RunProgress) {
	if f.source != "" && f.source != p.Source {
		return
	}
	for {
		select {
		case f.events <- &p:
			return
		default:
		}
		select {
		case <-f.events:
		default:
		}
	}
}

// teller makes events of what the stages of a run tell.
type teller struct {
	feed    *Feed
	told    func(ledger.RunProgress) // nil where nobody but the feed hears
	stage   func(stage string, took time.Duration)
	log     *slog.Logger
	now     func() time.Time
	current ledger.RunProgress
	began   time.Time // of the stage
}

// at tells where the run is: the rows that it has read by now, and those that it has not accepted.
func (t *teller) at(stage string, done, total, rows, rejects int) {
	now := t.now()
	if stage != t.current.Stage {
		t.ended(now)
		t.began = now
	} else if now.Sub(t.current.At) < feedPace && done < total {
		return
	}
	p := &t.current
	p.Stage, p.Done, p.Total, p.Rows, p.Rejects, p.At = stage, done, total, rows, rejects, now
	if took := now.Sub(p.StartedAt); took > 0 && rows > 0 {
		p.Rate = float64(rows) / took.Seconds()
	}
	t.tell()
}

// end tells how the run ended.
func (t *teller) end(run *ledger.Run) {
	t.ended(run.Ended)
	p := &t.current
	p.Outcome, p.Rows, p.Rejects, p.At = run.Outcome, run.Read, run.Rejected, run.Ended
	t.tell()
}

func (t *teller) tell() {
	if t.feed != nil {
		t.feed.tell(t.current)
	}
	if t.told != nil {
		t.told(t.current)
	}
}

// leave ends what was told of a run that never began.
func (t *teller) leave() {
	if t.feed != nil {
		t.feed.forget(t.current.Source)
	}
}

// ended notes how long the stage that ends has taken.
func (t *teller) ended(now time.Time) {
	if t.current.Stage == "" || t.began.IsZero() {
		return
	}
	took := now.Sub(t.began)
	t.log.Debug("stage ended", "source", t.current.Source, "run", t.current.Run, "stage", t.current.Stage, "seconds", took.Seconds(), "done", t.current.Done)
	if t.stage != nil {
		t.stage(t.current.Stage, took)
	}
}
