package etl

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// diffLoad is diff for a load that publishes: where it is certain before the cells are compared
// that all they say is new, and under which numbers it will be published, they are staged while
// they are compared. The changes are to be closed.
func diffLoad(ctx context.Context, l *load, result *Result, files []ledger.File) (*changes, error) {
	c, err := against(ctx, l, result.facts, files)
	if err != nil {
		return nil, err
	}
	days, certain, err := newDays(ctx, l, c, result)
	if err != nil {
		return nil, err
	}
	if !certain {
		return withoutRefused(ctx, l, c, result.facts)
	}
	return stageAhead(ctx, l, c, result, days)
}

// newDays lists the days of publication of a load of which it is certain that it publishes a
// release for each of them and nothing else: nothing is published of what it says, nothing of it
// was refused before, no check can hold or stop it, and some cell is stated first under each day.
func newDays(ctx context.Context, l *load, c *comparison, result *Result) (days []number.Date, certain bool, err error) {
	if l.years != (catalogue.Years{}) || c.expected > 0 || len(result.days) == 0 {
		return nil, false, nil
	}
	for published, first := range result.days {
		if !first {
			return nil, false, nil
		}
		days = append(days, published)
	}
	plan := l.source.Plan(l.Workspace.Checks)
	for series := range result.facts.series {
		if plan.Decides(result.facts.codes[series>>yearBits]) {
			return nil, false, nil
		}
	}
	if err := restatements(ctx, l); err != nil {
		return nil, false, err
	}
	if slices.ContainsFunc(l.known, func(r *ledger.Restatement) bool { return r.State == ledger.Declined }) {
		return nil, false, nil
	}
	for _, err := range c.published(ctx) { // what is counted as published is not all that ever was
		if err != nil {
			err = fmt.Errorf("read what is published: %w", err)
		}
		return nil, false, err
	}
	slices.Sort(days)
	return days, true, nil
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
