package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"
)

// measure gives the rows of a mode for so many clients at once. The subjects take turns, so
// that whatever the machine does besides meets all of them.
func measure(ctx context.Context, m mode, o *options, clients int) (rows []row, err error) {
	passes := make([][]pass, len(m.subjects))
	for _, s := range m.subjects {
		if m.name == firstTime || m.name == otherYear {
			continue // whoever is asked beforehand is not asked for the first time
		}
		if _, err := turn(ctx, s, clients, o.duration/5, m.most); err != nil {
			return nil, err
		}
	}
	for n := range o.passes {
		for i := range m.subjects {
			at := (i + n) % len(m.subjects) // nobody always follows the same one
			p, err := turn(ctx, m.subjects[at], clients, o.duration, m.most)
			if err != nil {
				return nil, err
			}
			passes[at] = append(passes[at], p)
		}
	}
	for i, s := range m.subjects {
		rows = append(rows, newRow(s.set.shape.String(), m.name, s.way, clients, s.bytes, passes[i]))
	}
	return rows, nil
}

// turn lets so many clients ask one subject at once, for a time or so many questions, over
// connections that are there beforehand. What was answered is checked afterwards, when nobody is
// measured.
func turn(ctx context.Context, s *subject, clients int, d time.Duration, most int) (p pass, err error) {
	var askers []asker
	var leaves []func() error
	defer func() {
		for _, leave := range leaves {
			err = errors.Join(err, leave())
		}
	}()
	for range clients {
		ask, leave, err := s.open(ctx)
		if err != nil {
			return p, err
		}
		askers, leaves = append(askers, ask), append(leaves, leave)
	}
	if p, err = race(ctx, s, askers, d, most); err != nil {
		return p, fmt.Errorf("%s, %s: %w", s.set.shape, s.way, err)
	}
	return p, s.settle(ctx)
}

// race lets all ask at once.
func race(ctx context.Context, s *subject, askers []asker, d time.Duration, most int) (pass, error) {
	runtime.GC() // nobody pays for what the one before left
	latencies, faults := make([][]time.Duration, len(askers)), make([]error, len(askers))
	var group sync.WaitGroup
	var left sync.Mutex
	limited := most > 0
	more := func() bool {
		left.Lock()
		defer left.Unlock()
		most--
		return !limited || most >= 0
	}
	program, engine := s.cost()
	begin := time.Now()
	for i, ask := range askers {
		group.Go(func() {
			for faults[i] == nil && more() {
				q, body, err := s.take()
				asked := time.Now()
				var got answer
				if err == nil {
					got, err = ask(q, body)
				}
				now := time.Now()
				latencies[i] = append(latencies[i], now.Sub(asked))
				if faults[i] = errors.Join(err, ctx.Err()); err == nil {
					s.note(q, got)
				}
				if !limited && now.Sub(begin) >= d {
					return
				}
			}
		})
	}
	group.Wait()
	elapsed := time.Since(begin)
	after, engineAfter := s.cost()
	if err := errors.Join(faults...); err != nil {
		return pass{}, err
	}
	all := slices.Concat(latencies...)
	slices.Sort(all)
	at := func(share float64) float64 { return milliseconds(all[int(share*float64(len(all)-1))]) }
	return pass{
		requests: len(all), perSecond: float64(len(all)) / elapsed.Seconds(), p50: at(0.50), p95: at(0.95), p99: at(0.99),
		program: milliseconds(after-program) / float64(len(all)), engine: milliseconds(engineAfter-engine) / float64(len(all)),
	}, nil
}
