package etl

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
)

// restatements reads those of the load's source.
func restatements(ctx context.Context, l *load) error {
	all, err := l.Sink.Restatements(ctx)
	if err != nil {
		return fmt.Errorf("read the restatements: %w", err)
	}
	l.known = slices.DeleteFunc(all, func(r *ledger.Restatement) bool { return r.SourceCode != l.source.Code })
	return nil
}

// changesOfLoad finds what a load changes, and checks that.
func changesOfLoad(ctx context.Context, l *load, c *comparison, facts *facts) (*changes, error) {
	checking := newChecking(l, c.calendar)
	found, err := changesOf(ctx, c, l.after, l.source.Auto, checking.cell)
	if err != nil {
		return nil, err
	}
	if err := checking.finish(l, found, facts); err != nil {
		return nil, errors.Join(err, found.close())
	}
	return found, nil
}

// finish gives the drafts what they have of the load, and what the checks found.
func (c *checking) finish(l *load, found *changes, facts *facts) (err error) {
	for _, d := range found.drafts {
		d.Release.SourceCode, d.Release.Actor = l.source.Code, l.run.Actor
	}
	c.end()
	found.findings, err = c.quoted(facts)
	return err
}

// withoutRefused finds what a load changes, and leaves out what was refused before:
// a load that says nothing but what a refused one said changes nothing, and of any
// other the revisions that were refused are left out.
func withoutRefused(ctx context.Context, l *load, c *comparison, facts *facts) (*changes, error) {
	found, err := changesOfLoad(ctx, l, c, facts)
	if err != nil {
		return nil, err
	}
	same := false
	if err = restatements(ctx, l); err == nil && found.cells > 0 {
		same, err = refusedBefore(ctx, l, found)
	}
	if err == nil && !same && c.refused == nil {
		return found, nil
	}
	if err = errors.Join(err, found.close()); err != nil || same {
		return &changes{comparison: c}, err
	}
	kept, err := changesOfLoad(ctx, l, c, facts)
	if err == nil && c.leftOut > 0 {
		l.leftOut = c.leftOut
		l.Logger.Info("load leaves out what was refused", "source", l.source.Code, "cells", c.leftOut)
	}
	return kept, err
}

// refusedBefore finds which revisions were refused, and reports whether the load says nothing
// else.
func refusedBefore(ctx context.Context, l *load, found *changes) (same bool, err error) {
	digest := ""
	var refused []ledger.ReleaseID
	for _, r := range l.known {
		if r.State != ledger.Declined {
			continue
		}
		if digest == "" {
			if digest, err = found.digest(ctx); err != nil {
				return false, err
			}
		}
		if r.Digest == digest {
			l.Logger.Info("load says what was refused", "source", l.source.Code, "restatement", r.ID)
			l.leftOut = r.Revised + r.Added
			return true, nil
		}
		if r.Revised > 0 {
			refused = append(refused, r.ID)
		}
	}
	if len(refused) > 0 {
		found.comparison.refused = func(ctx context.Context) iter.Seq2[*ledger.PendingCell, error] {
			return l.Sink.HeldRevisions(ctx, refused)
		}
	}
	return false, nil
}

// correcting says what is a correction of a source that is approved today.
func correcting(c Config, catalogue *catalogue.Calendar, source string) ledger.Correcting {
	return ledger.Correcting{Day: today(c), Own: func(id ledger.ReleaseID) bool {
		release := catalogue.Release(id)
		return release != nil && release.SourceCode == source
	}}
}

// hold keeps the load as a restatement, unless it is kept already.
func hold(ctx context.Context, l *load, c *changes) error {
	l.tell(ledger.StageHold, 0, c.cells)
	digest, err := c.digest(ctx)
	if err != nil {
		return err
	}
	r := &ledger.Restatement{SourceCode: l.source.Code, Run: l.run.ID, Actor: l.run.Actor, HeldSince: l.Now(), Digest: digest}
	r.Revised, r.Corrections = c.revised, c.corrected
	for _, d := range c.drafts {
		r.Files = append(r.Files, d.Release.Files...)
		r.Findings, r.Rejects = append(r.Findings, d.findings...), append(r.Rejects, stored(d.rejects)...)
	}
	r.Added = c.cells - r.Revised
	for _, known := range l.known {
		if known.State == ledger.Pending && known.Digest == r.Digest {
			l.run.Outcome = ledger.Waiting
			return supersede(context.WithoutCancel(ctx), l, known.ID)
		}
	}
	if r.ID, err = l.Sink.Claim(ctx, 1); err != nil {
		return fmt.Errorf("number the restatement: %w", err)
	}
	l.tell(ledger.StageHold, 0, c.cells)
	if err := l.Sink.HoldAll(ctx, r, c.pending(ctx)); err != nil {
		return fmt.Errorf("hold the restatement: %w", err)
	}
	l.tell(ledger.StageHold, c.cells, c.cells)
	l.run.Outcome = ledger.Waiting
	l.Logger.Warn("load held: it awaits approval", "source", r.SourceCode, "restatement", r.ID,
		"revised", r.Revised, "added", r.Added, "findings", len(r.Findings), "next", fmt.Sprintf("niengiam restatements %s", r.ID))
	return supersede(context.WithoutCancel(ctx), l, r.ID)
}

// supersede records that the load took the place of what its source had held. What was
// published or held is so: it is recorded also when the load is cancelled meanwhile.
func supersede(ctx context.Context, l *load, successor ledger.ReleaseID) error {
	if l.known == nil {
		if err := restatements(ctx, l); err != nil {
			return err
		}
	}
	for _, r := range l.known {
		if r.State != ledger.Pending || r.ID == successor {
			continue
		}
		if other, err := ofOtherYears(ctx, l, r); err != nil || other {
			if err != nil {
				return err
			}
			continue
		}
		d := ledger.Decision{
			Restatement: r.ID, State: ledger.Superseded, DecidedBy: l.run.Actor, Comment: ledger.NewerLoad, Decided: l.Now(), Successor: successor,
		}
		if err := l.Sink.Decide(ctx, d); err != nil {
			return fmt.Errorf("record that restatement %s was superseded: %w", r.ID, err)
		}
	}
	return nil
}
