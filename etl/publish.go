package etl

import (
	"context"
	"fmt"

	"github.com/niengiam/niengiam/stats/ledger"
)

// batch is how many observations or postings are staged at once.
const batch = 50_000

// publishDrafts stages and publishes drafts that were numbered from after + 1 on.
func publishDrafts(ctx context.Context, c Config, after ledger.ReleaseID, drafts []*draft, tell Progress) error {
	return publishAll(ctx, c, after, drafts, func(first ledger.ReleaseID, into *staging) error {
		renumber(drafts, after+1, first)
		for _, d := range drafts {
			for at := 0; at < max(len(d.Observations), len(d.Postings)); at += batch {
				if err := into.add(ctx, part(d.Observations, at), part(d.Postings, at)); err != nil {
					return err
				}
			}
		}
		return nil
	}, tell)
}

// publishAll claims numbers for drafts, lets stage write what they enter where nobody reads it
// yet, and makes all of it visible at once.
func publishAll(ctx context.Context, c Config, after ledger.ReleaseID, drafts []*draft, stage func(first ledger.ReleaseID, into *staging) error, tell Progress) error {
	first, err := c.Sink.Claim(ctx, len(drafts))
	if err != nil {
		return fmt.Errorf("number the releases: %w", err)
	}
	into := &staging{sink: c.Sink, tell: tell}
	if err := stage(first, into); err != nil {
		return fmt.Errorf("stage release %s: %w", first, err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	publications := make([]ledger.PendingRelease, len(drafts))
	for i, d := range drafts {
		publications[i] = d.publication()
		publications[i].Release.Loaded = c.Now()
	}
	tell("publish", 0, len(drafts))
	if err := c.Sink.PublishAll(context.WithoutCancel(ctx), after, publications); err != nil {
		return fmt.Errorf("publish release %s: %w", first, err)
	}
	return nil
}

// staging writes observations and postings where nobody reads them yet.
type staging struct {
	sink   Sink
	tell   Progress
	staged int
	total  int // 0 where nobody knows
}

func (s *staging) add(ctx context.Context, observations []ledger.Observation, postings []ledger.Posting) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.tell("stage", s.staged, max(s.total, s.staged))
	s.staged += len(observations)
	return s.sink.Stage(ctx, observations, postings)
}

// part gives the batch of a list that begins at a place; none behind its end.
func part[T any](list []T, at int) []T {
	return list[min(at, len(list)):min(at+batch, len(list))]
}

// publish writes what changes where nobody reads it yet, and then makes all of it
// visible at once, even when the load is cancelled meanwhile.
func publish(ctx context.Context, l *load, c *changes) error {
	l.run.Outcome = ledger.Unchanged
	if len(c.drafts) == 0 {
		return nil
	}
	err := publishAll(ctx, l.Config, l.after, c.drafts, func(first ledger.ReleaseID, into *staging) error {
		c.renumber(l.after+1, first)
		into.total = c.cells
		return c.stage(ctx, into)
	}, l.tell)
	if err != nil {
		return err
	}
	for _, d := range c.drafts {
		l.run.Releases = append(l.run.Releases, d.Release.ID)
	}
	l.run.Added += c.cells
	l.run.Outcome = ledger.Published
	return nil
}

// stage writes what changes, while a goroutine of its own compares the next cells.
func (c *changes) stage(ctx context.Context, into *staging) error {
	type block struct {
		observations []ledger.Observation
		postings     []ledger.Posting
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	blocks, free, ended := make(chan *block, 1), make(chan *block, 2), make(chan error, 1)
	for range cap(free) {
		free <- &block{}
	}
	go func() {
		var err error
		defer func() {
			if cause := recover(); cause != nil {
				err = fmt.Errorf("panic: %v", cause)
			}
			ended <- err
			close(blocks)
		}()
		b := <-free
		give := func() error {
			select {
			case blocks <- b:
			case <-ctx.Done():
				return ctx.Err()
			}
			select {
			case b = <-free:
				b.observations, b.postings = b.observations[:0], b.postings[:0]
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		err = c.entries(ctx, func(e *ledger.Entry) error {
			b.observations, b.postings = append(b.observations, e.Observation), append(b.postings, e.Postings...)
			if len(b.observations) < batch {
				return nil
			}
			return give()
		})
		if err == nil && len(b.observations) > 0 {
			err = give()
		}
	}()
	defer func() {
		stop()
		for range blocks { // what compares is let go, and is over then
			continue
		}
	}()
	for b := range blocks {
		if err := into.add(ctx, b.observations, b.postings); err != nil {
			return err
		}
		free <- b
	}
	return <-ended
}
