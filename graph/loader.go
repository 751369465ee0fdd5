package graph

import (
	"context"
	"errors"
	"sync"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/query"
)

// loaders read the lists that nested fields ask for, in one operation.
type loaders struct {
	changes     *loader[*ledger.Release, *catalogue.CellChange]
	rejects     *loader[*ledger.Release, *ledger.Reject]
	runs        *loader[*ledger.Job, *ledger.Run]
	runRejects  *loader[*ledger.Run, *ledger.Reject]
	differences *loader[*ledger.Restatement, *catalogue.CellChange]
}

func newLoaders(stats *query.Service, approvals approvals) *loaders {
	return &loaders{
		changes: newLoader(func(ctx context.Context, of []*ledger.Release, p list.Page) ([]*query.CellChangeConnection, []error) {
			pages, err := stats.ChangesOf(ctx, of, p)
			return pages, repeat(err, len(of))
		}),
		rejects: newLoader(stats.RejectsOf),
		runs: newLoader(func(ctx context.Context, of []*ledger.Job, p list.Page) ([]*query.RunConnection, []error) {
			return approvals.runs(ctx, stats, of, p)
		}),
		runRejects: newLoader(func(ctx context.Context, of []*ledger.Run, p list.Page) ([]*query.RejectConnection, []error) {
			return approvals.rejects(ctx, stats, of, p)
		}),
		differences: newLoader(func(ctx context.Context, of []*ledger.Restatement, p list.Page) ([]*query.CellChangeConnection, []error) {
			return approvals.differences(ctx, stats, of, p)
		}),
	}
}

// batchOf returns the pages that were read together with one; nil when no loader read it.
func (l *loaders) batchOf(page any) []any {
	for _, batches := range []func(any) []any{l.changes.batchOf, l.runs.batchOf, l.differences.batchOf} {
		if batch := batches(page); batch != nil {
			return batch
		}
	}
	return nil
}

// loader reads a page of a list of an object. The first object of which a page is asked
// reads those of all objects in the lists around it (siblings), with as many statements as
// for one; what was read is kept for as long as the operation lasts. The executor works on
// sixteen entries of a list at a time, so that to wait for the others would not do.
type loader[O comparable, N any] struct {
	read func(ctx context.Context, of []O, p list.Page) ([]*list.Connection[N], []error)

	mu      sync.Mutex
	known   map[request[O]]*loaded[O, N]
	batches map[*list.Connection[N]][]any
}

// request asks for a page of the list of an object.
type request[O comparable] struct {
	of    O
	first int
	next  bool // not the first page, but the one after the cursor after
	after string
}

// loaded is a page while it is read, and afterwards.
type loaded[O comparable, N any] struct {
	of   O
	done chan struct{}
	page *list.Connection[N]
	err  error
}

// errNotLoaded is what the others are told when whoever read for them broke off.
var errNotLoaded = errors.New("graph: the pages were not read")

func newLoader[O comparable, N any](read func(ctx context.Context, of []O, p list.Page) ([]*list.Connection[N], []error)) *loader[O, N] {
	return &loader[O, N]{read: read, known: map[request[O]]*loaded[O, N]{}, batches: map[*list.Connection[N]][]any{}}
}

// load returns a page of the list of an object, which the field that is being resolved
// asks for.
func (l *loader[O, N]) load(ctx context.Context, r *Resolver, of O, p list.Page) (*list.Connection[N], error) {
	key := request[O]{of, p.First, p.After != nil, orEmpty(p.After)}
	asked, mine := l.join(ctx, r, key)
	if len(mine) > 0 {
		l.fetch(ctx, mine, p)
	}
	select {
	case <-asked.done:
		return asked.page, asked.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// join returns the page, and which ones whoever asks has to read: none where another does.
func (l *loader[O, N]) join(ctx context.Context, r *Resolver, key request[O]) (asked *loaded[O, N], mine []*loaded[O, N]) {
	l.mu.Lock()
	asked = l.known[key]
	l.mu.Unlock()
	if asked != nil {
		return asked, nil
	}
	objects := append([]O{key.of}, siblings[O](ctx, r)...)
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, of := range objects {
		own := key
		own.of = of
		if l.known[own] == nil {
			l.known[own] = &loaded[O, N]{of: of, done: make(chan struct{}), err: errNotLoaded}
			mine = append(mine, l.known[own])
		}
	}
	return l.known[key], mine
}

// fetch reads pages, for all who wait for them.
func (l *loader[O, N]) fetch(ctx context.Context, mine []*loaded[O, N], p list.Page) {
	objects := make([]O, len(mine))
	for i, page := range mine {
		objects[i] = page.of
	}
	defer func() { // also when the source panics
		for _, page := range mine {
			close(page.done)
		}
	}()
	pages, errs := l.read(ctx, objects, p)
	l.mu.Lock()
	defer l.mu.Unlock()
	var batch []any
	for i, asked := range mine {
		if asked.err = errs[i]; asked.err == nil {
			asked.page = pages[i]
			batch = append(batch, pages[i])
		}
	}
	for _, asked := range mine {
		if asked.page != nil {
			l.batches[asked.page] = batch
		}
	}
}

// batchOf returns the pages that were read together with one; nil where it is no page of
// this loader.
func (l *loader[O, N]) batchOf(page any) []any {
	known, ok := page.(*list.Connection[N])
	if !ok {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.batches[known]
}

// repeat returns an error for each of so many.
func repeat(err error, count int) []error {
	all := make([]error, count)
	for i := range all {
		all[i] = err
	}
	return all
}
