package figure

import (
	"context"
	"errors"
	"sync"
)

// Gathering lets the questions of one operation, which are asked at the same
// time, read their slices together: it waits until every question is either over
// or waiting for slices, and then reads all that are missing in one round trip.
// Nothing is timed or guessed. A question that asks once is answered by the first
// round trip; what a question asks after that, having seen an answer, is gathered
// for the next. Slices are kept for as long as the operation lasts, so that none
// is read twice.
//
// It relies on all announced questions being begun without waiting for one
// another, and on each being ended (Enter's second result). A context that ends
// ends every wait.
type Gathering struct {
	Source

	mu        sync.Mutex
	announced int // announced questions that have not begun
	running   int // neither over nor waiting; those to come included
	reading   bool
	next      *batch // what is waited for and not being read yet; nil when nothing is
	known     map[SliceKey]*Slice
}

// participant is one question. Parts of it may ask at the same time.
type participant struct {
	gathering *Gathering
	waiting   int
	over      bool
}

// participantKey is the key of a context's participant in a gathering: a question that gathers
// questions of its own has one in each.
type participantKey struct{ gathering *Gathering }

// batch is what is read in one round trip.
type batch struct {
	keys    []SliceKey
	wanted  map[SliceKey]bool
	waiters map[*waiter]bool
	ready   chan struct{} // gets one token once the batch may be read: who takes it reads for all
	done    chan struct{}
	err     error
}

type waiter struct{ participant *participant }

// errNotRead is what the others are told when whoever read for them broke off.
var errNotRead = errors.New("stats: the slices were not read")

// Enter begins a question, which is asked with the context that it gives. The
// question must be ended when its answer is complete, whatever became of it.
func (g *Gathering) Enter(ctx context.Context) (asking context.Context, end func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.announced > 0 {
		g.announced--
	} else {
		g.running++
	}
	s := &participant{gathering: g}
	return context.WithValue(ctx, participantKey{g}, s), func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		if s.over {
			return
		}
		s.over = true
		if s.waiting == 0 {
			g.running--
		}
		g.start()
	}
}

// Slices returns the slices of the keys, read together with those that the other
// questions ask for. Outside of a question it reads at once.
func (g *Gathering) Slices(ctx context.Context, keys []SliceKey) ([]*Slice, error) {
	s, _ := ctx.Value(participantKey{g}).(*participant)
	if s == nil {
		return g.Source.Slices(ctx, keys)
	}
	if w, a := g.join(s, keys); w != nil {
		select {
		case <-w.ready:
			g.read(ctx, w)
		case <-w.done:
		case <-ctx.Done():
			g.leave(w, a)
			return nil, context.Cause(ctx)
		}
		if w.err != nil {
			return nil, w.err
		}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	found := make([]*Slice, len(keys))
	for i, key := range keys {
		found[i] = g.known[key]
	}
	return found, nil
}

// join adds the keys that are missing to the next batch; nil when none is.
func (g *Gathering) join(s *participant, keys []SliceKey) (*batch, *waiter) {
	g.mu.Lock()
	defer g.mu.Unlock()
	missing := false
	for _, key := range keys {
		missing = missing || g.known[key] == nil
	}
	if !missing {
		return nil, nil
	}
	if g.next == nil {
		g.next = &batch{
			wanted: map[SliceKey]bool{}, waiters: map[*waiter]bool{}, ready: make(chan struct{}, 1), done: make(chan struct{}),
		}
	}
	w, a := g.next, &waiter{s}
	for _, key := range keys {
		if !w.wanted[key] {
			w.wanted[key] = true
			w.keys = append(w.keys, key)
		}
	}
	w.waiters[a] = true
	if s.waiting++; s.waiting == 1 && !s.over {
		g.running--
	}
	g.start()
	return w, a
}

// start lets the next batch be read when nobody can add to it.
func (g *Gathering) start() {
	if g.running == 0 && !g.reading && g.next != nil {
		g.reading = true
		g.next.ready <- struct{}{}
		g.next = nil
	}
}

// read reads a batch for all who wait for it.
func (g *Gathering) read(ctx context.Context, w *batch) {
	var keys []SliceKey
	g.mu.Lock()
	for _, key := range w.keys { // the batch before may have brought some
		if g.known[key] == nil {
			keys = append(keys, key)
		}
	}
	g.mu.Unlock()
	var got []*Slice
	w.err = errNotRead
	defer func() { g.finish(w, keys, got) }() // also when the source panics
	if len(keys) > 0 {
		got, w.err = g.Source.Slices(ctx, keys)
		return
	}
	w.err = nil
}

// finish returns all who wait for a batch what was read. From then on they count as
// running again, although they have yet to wake.
func (g *Gathering) finish(w *batch, keys []SliceKey, got []*Slice) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i, slice := range got {
		g.known[keys[i]] = slice
	}
	for a := range w.waiters {
		g.resume(a.participant)
	}
	g.reading = false
	close(w.done)
	g.start()
}

func (g *Gathering) resume(s *participant) {
	if s.waiting--; s.waiting == 0 && !s.over {
		g.running++
	}
}

// leave takes a waiter out of a batch. When it was the last one of a batch that nobody
// reads yet, nobody will.
func (g *Gathering) leave(w *batch, a *waiter) {
	g.mu.Lock()
	defer g.mu.Unlock()
	select {
	case <-w.done:
		return
	default:
	}
	delete(w.waiters, a)
	g.resume(a.participant)
	if len(w.waiters) > 0 {
		return
	}
	if g.next == w {
		g.next = nil
		return
	}
	select {
	case <-w.ready:
		g.reading = false
		g.start()
	default:
	}
}
