package etl

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// batch is how many observations or postings are staged at once.
const batch = 8_000

// blocks are what a load stages, a part at a time.
type blocks = iter.Seq2[*ledger.Block, error]

// publishAll claims numbers for drafts, writes what they enter where nobody reads it yet, and
// makes all of it visible at once. numbered gives that, with the numbers that were claimed.
func publishAll(ctx context.Context, c Config, after ledger.ReleaseID, drafts []*draft, numbered func(first ledger.ReleaseID) blocks, tell Progress) error {
	first, err := c.Sink.Claim(ctx, len(drafts))
	if err != nil {
		return fmt.Errorf("number the releases: %w", err)
	}
	if err := stage(ctx, c, numbered(first), tell); err != nil {
		return fmt.Errorf("stage release %s: %w", first, err)
	}
	return reveal(ctx, c, after, drafts, tell)
}

// reveal makes what was staged of drafts visible at once.
func reveal(ctx context.Context, c Config, after ledger.ReleaseID, drafts []*draft, tell Progress) error {
	publications := make([]ledger.PendingRelease, len(drafts))
	for i, d := range drafts {
		publications[i] = d.publication()
		publications[i].Release.Loaded = c.Now()
	}
	tell(ledger.StagePublish, 0, len(drafts))
	if err := c.Sink.PublishAll(context.WithoutCancel(ctx), after, publications); err != nil {
		return fmt.Errorf("publish release %s: %w", drafts[0].Release.ID, err)
	}
	tell(ledger.StagePublish, len(drafts), len(drafts))
	return nil
}

// stage writes blocks where nobody reads them yet.
func stage(ctx context.Context, c Config, all blocks, tell Progress) error {
	staged := 0
	err := c.Sink.StageAll(ctx, func(yield func(*ledger.Block, error) bool) {
		for block, err := range all {
			if err == nil {
				err = ctx.Err()
			}
			tell(ledger.StageStage, staged, staged)
			if !yield(block, err) || err != nil {
				return
			}
			staged += len(block.Observations)
		}
	})
	if err != nil {
		return err
	}
	tell(ledger.StageStage, staged, staged)
	return ctx.Err()
}

// stageAhead compares the cells of a load of which all is new, and stages them as it goes, under
// the numbers of the releases of some days. It ends as a stage that comes after does: with all of
// it staged, or with an error and rows that nobody reads.
func stageAhead(ctx context.Context, l *load, c *comparison, result *Result, days []number.Date) (*changes, error) {
	first, err := l.Sink.Claim(ctx, len(days))
	if err != nil {
		return nil, fmt.Errorf("number the releases: %w", err)
	}
	numbers := ledger.NumberDays(days, first)
	c.published = func(context.Context) iter.Seq2[*ledger.Observation, error] {
		return func(func(*ledger.Observation, error) bool) {} // nothing: that was looked for
	}
	checking := newChecking(l, c.calendar)
	found := newTally(c, l.source.Auto, checking.cell)
	var drafting *ledger.Drafting
	all := blocksOf(ctx, func(ctx context.Context, each func(e *ledger.Entry) error) (err error) {
		drafting, err = c.compare(ctx, func(cell *compared) error {
			found.cell(cell)
			for i := range cell.entries {
				e := &cell.entries[i]
				if _, planned := numbers[e.At.Release]; !planned {
					return fmt.Errorf("%s of unit %d in %d is not of a day that the load has", e.Indicator, e.Unit, e.Year)
				}
				numbers.Enter(e)
				if err := each(e); err != nil {
					return err
				}
			}
			return nil
		})
		return err
	})
	if err := stage(ctx, l.Config, all, l.tellOf(result.Facts)); err != nil {
		return nil, fmt.Errorf("stage release %s: %w", first, err)
	}
	found.draft(drafting.Releases(), first)
	if !maps.Equal(found.numbers, numbers) {
		return nil, fmt.Errorf("stage release %s: it has other days than the load", first)
	}
	found.staged = true
	return found.changes, checking.finish(l, found.changes, result.facts)
}

// publish writes what changes where nobody reads it yet, and then makes all of it
// visible at once, even when the load is cancelled meanwhile.
func publish(ctx context.Context, l *load, c *changes) error {
	l.run.Outcome = ledger.Unchanged
	if len(c.drafts) == 0 {
		return nil
	}
	var err error
	if c.staged {
		err = reveal(ctx, l.Config, l.after, c.drafts, l.tell)
	} else {
		err = publishAll(ctx, l.Config, l.after, c.drafts, func(first ledger.ReleaseID) blocks {
			c.renumber(l.after+1, first)
			return c.blocks(ctx)
		}, l.tellOf(c.cells))
	}
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

// tellOf tells how many of so many cells are staged.
func (l *load) tellOf(cells int) Progress {
	return func(stage string, done, total int) {
		if stage == ledger.StageStage {
			total = cells
		}
		l.tell(stage, done, total)
	}
}

// entering gives entries one after the other, each valid until the next one.
type entering = func(ctx context.Context, each func(e *ledger.Entry) error) error

// blocks gives what changes a part at a time.
func (c *changes) blocks(ctx context.Context) blocks { return blocksOf(ctx, c.entries) }

// blocksOf gives entries a part at a time, while the next ones are made.
func blocksOf(ctx context.Context, entries entering) blocks {
	return inParts(ctx, func(ctx context.Context, block *ledger.Block, give func(*ledger.Block) (*ledger.Block, error)) error {
		err := entries(ctx, func(e *ledger.Entry) (err error) {
			if len(block.Observations) == batch/8 { // there are many: room for all of them at once
				block.Observations, block.Postings = slices.Grow(block.Observations, batch-batch/8), slices.Grow(block.Postings, batch-batch/8)
			}
			block.Observations, block.Postings = append(block.Observations, e.Observation), append(block.Postings, e.Postings...)
			if len(block.Observations) < batch {
				return nil
			}
			if block, err = give(block); err == nil {
				block.Observations, block.Postings = block.Observations[:0], block.Postings[:0]
			}
			return err
		})
		if err == nil && len(block.Observations) > 0 {
			_, err = give(block)
		}
		return err
	})
}
