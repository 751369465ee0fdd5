// Package kept keeps answers as the bytes that they are sent as, under all that they depend
// on, so that a question that is asked again costs a look-up and a copy. It knows neither
// GraphQL nor statistics: whoever uses it says what an answer depends on, and what state of
// the data it is of. An answer is given for the state that it was made in and for no other.
//
// kept.go has all answers, flight.go one that is being made, answer.go one that was and how it is
// sent, encoding.go its compressed forms, question.go what a request was found to ask, key.go
// what both are kept under.
package kept

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"weak"

	"github.com/maypok86/otter/v2"
)

const (
	// share is which part of the memory a single answer may take.
	share = 16
	// requestShare is which part of it is for the requests that were read before.
	requestShare = 8
	// mostAhead is how many questions are asked again when the data are of a new state.
	mostAhead = 32
)

// Answers keeps answers that were made in states of type S. It is safe for concurrent use.
type Answers[S any] struct {
	answers  *otter.Cache[Key, *entry[S]]
	requests *otter.Cache[Key, *Question]
	largest  int // bytes of an answer
	current  atomic.Pointer[S]
	hits     atomic.Uint64
	misses   atomic.Uint64

	mu      sync.Mutex
	last    weak.Pointer[S] // the state before
	flights map[flightKey[S]]*flight
	ahead   []due
}

// entry is an answer with the state that it was made in.
type entry[S any] struct {
	*Answer
	state *S
	asked atomic.Uint64
	size  uint32
	again func(context.Context)
}

// Usage is what is kept, and how often that was of use.
type Usage struct {
	// Answers are those kept now, Bytes what they and the known requests take, MaxBytes
	// what they may take.
	Answers         int
	Bytes, MaxBytes uint64
	// Hits counts the answers that were given from memory or were made for somebody who
	// asked the same at the same time, Misses those that were made, from the start of the program.
	Hits, Misses uint64
}

// New makes Answers that take about limit bytes.
func New[S any](limit uint64) (*Answers[S], error) {
	a := &Answers[S]{largest: int(limit / share), flights: map[flightKey[S]]*flight{}}
	var err error
	a.requests, err = otter.New(&otter.Options[Key, *Question]{
		MaximumWeight: max(limit/requestShare, 1),
		Weigher:       func(Key, *Question) uint32 { return requestSize },
	})
	if err != nil {
		return nil, err
	}
	a.answers, err = otter.New(&otter.Options[Key, *entry[S]]{
		MaximumWeight: max(limit-limit/requestShare, 1),
		Weigher:       func(_ Key, e *entry[S]) uint32 { return e.size },
	})
	return a, err
}

// requestSize is about what a known request takes, in bytes.
const requestSize = 320

// Usage returns what is kept at this moment.
func (a *Answers[S]) Usage() Usage {
	a.answers.CleanUp() // what was kept last is weighed later otherwise
	a.requests.CleanUp()
	return Usage{
		Answers: a.answers.EstimatedSize(), Bytes: a.answers.WeightedSize() + a.requests.WeightedSize(),
		MaxBytes: a.answers.GetMaximum() + a.requests.GetMaximum(), Hits: a.hits.Load(), Misses: a.misses.Load(),
	}
}

// Known returns what a request asks that was read before; nil for one that was not.
func (a *Answers[S]) Known(request Key) *Question {
	question, _ := a.requests.GetIfPresent(request)
	return question
}

// Know remembers what a request asks.
func (a *Answers[S]) Know(request Key, question *Question) { a.requests.Set(request, question) }

// Get returns the answer of a state, the present one; nil where none is kept.
func (a *Answers[S]) Get(state *S, key Key) *Answer {
	a.Renew(state)
	e, kept := a.answers.GetIfPresent(key)
	if !kept || e.state != state {
		return nil
	}
	a.hits.Add(1)
	e.asked.Add(1)
	return e.Answer
}

// Put keeps an answer that was made in a state, unless it is too large or the state is the
// present one no more. again asks it anew, nil where nobody should; it holds on to about
// extra bytes.
func (a *Answers[S]) Put(state *S, key Key, answer *Answer, again func(context.Context), extra int) {
	size := answer.size() + extra
	if size > a.largest || a.current.Load() != state {
		return
	}
	a.answers.Set(key, &entry[S]{Answer: answer, state: state, size: uint32(size), again: again})
	if a.current.Load() != state { // which was renewed between the two
		a.answers.Invalidate(key)
	}
}

// Renew takes note of the present state. Answers of another one go, and those that were asked
// most are due to be asked ahead.
func (a *Answers[S]) Renew(state *S) {
	if a.current.Load() == state {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.current.Load() == state || a.last == weak.Make(state) { // of a request that came before the present one
		return
	}
	a.last = weak.Make(a.current.Load())
	a.current.Store(state)
	a.ahead = most(a.answers, a.ahead)
	a.answers.InvalidateAll()
}

// due is a question that is to be asked ahead.
type due struct {
	key   Key
	asked uint64
	again func(context.Context)
}

// most lists what was asked most, and then what was due before and is not answered yet.
func most[S any](answers *otter.Cache[Key, *entry[S]], before []due) []due {
	var all []due
	for key, e := range answers.All() {
		if asked := e.asked.Load(); asked > 0 && e.again != nil {
			all = append(all, due{key, asked, e.again})
		}
	}
	slices.SortFunc(all, func(a, b due) int { return int(b.asked) - int(a.asked) })
	for _, d := range before {
		if !slices.ContainsFunc(all, func(other due) bool { return other.key == d.key }) {
			all = append(all, d)
		}
	}
	return slices.Clone(all[:min(len(all), mostAhead)])
}

// Due returns what asks the next question that is to be asked ahead; nil where there is none.
// Those that somebody asked meanwhile are left out.
func (a *Answers[S]) Due() func(context.Context) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for len(a.ahead) > 0 {
		next := a.ahead[0]
		a.ahead = a.ahead[1:]
		if _, answered := a.answers.GetEntryQuietly(next.key); !answered {
			return next.again
		}
	}
	return nil
}

// Once returns the answer of a state. Where others ask the same at the same time one of them
// makes it, and the others wait for it: ask makes it, and returns nil where they must not have
// what was made. made tells whether this caller made it. When the one who makes it leaves, another
// takes over; what cannot be shared each makes for itself.
func (a *Answers[S]) Once(ctx context.Context, state *S, key Key, ask func() *Answer) (answer *Answer, made bool) {
	for {
		if answer := a.Get(state, key); answer != nil {
			return answer, false
		}
		f, first := a.join(flightKey[S]{state, key})
		if first {
			a.misses.Add(1)
			return lead(ctx, a, flightKey[S]{state, key}, f, ask), true
		}
		select {
		case <-f.done:
		case <-ctx.Done(): // it says so itself
			return ask(), true
		}
		switch {
		case f.answer != nil:
			a.hits.Add(1)
			return f.answer, false
		case !f.left:
			a.misses.Add(1)
			return ask(), true
		}
	}
}

// join returns what is being made, and whether this caller is the one to make it.
func (a *Answers[S]) join(key flightKey[S]) (f *flight, first bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if f = a.flights[key]; f != nil {
		return f, false
	}
	f = &flight{done: make(chan struct{}), left: true}
	a.flights[key] = f
	return f, true
}
