package etl

import (
	"context"
	"fmt"
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

// withoutRefused drafts the observations, and leaves out what was refused before:
// a load that says nothing but what a refused one said makes no draft, and of any
// other the revisions that were refused are left out.
func withoutRefused(ctx context.Context, l *load, catalogue *catalogue.Calendar, said, history []ledger.Observation) ([]*ledger.Draft, error) {
	book, correcting := catalogue.Ledger(), correcting(l.Config, catalogue, l.source.Code)
	drafts := book.Draft(said, history, l.after+1, correcting)
	if err := restatements(ctx, l); err != nil || len(l.known) == 0 || len(drafts) == 0 {
		return drafts, err
	}
	digest := ledger.Digest(ledger.PendingCells(drafts))
	var refused []ledger.PendingCell
	for _, r := range l.known {
		if r.State != ledger.Declined {
			continue
		}
		if r.Digest == digest {
			l.Logger.Info("load says what was refused", "source", l.source.Code, "restatement", r.ID)
			l.leftOut = r.Revised + r.Added
			return nil, nil
		}
		cells, err := l.Sink.HeldCells(ctx, r.ID)
		if err != nil {
			return nil, fmt.Errorf("read restatement %s: %w", r.ID, err)
		}
		refused = append(refused, slices.DeleteFunc(cells, func(c ledger.PendingCell) bool { return c.Old == nil })...)
	}
	byCell := map[ledger.CellKey][]ledger.PendingCell{}
	for _, c := range refused {
		byCell[c.CellKey] = append(byCell[c.CellKey], c)
	}
	kept := slices.DeleteFunc(slices.Clone(said), func(o ledger.Observation) bool {
		return slices.ContainsFunc(byCell[o.CellKey], func(c ledger.PendingCell) bool { return c.Repeats(&o) })
	})
	if left := len(said) - len(kept); left > 0 {
		l.leftOut = left
		l.Logger.Info("load leaves out what was refused", "source", l.source.Code, "cells", left)
		return book.Draft(kept, history, l.after+1, correcting), nil
	}
	return drafts, nil
}

// correcting says what is a correction of a source that is approved today.
func correcting(c Config, catalogue *catalogue.Calendar, source string) ledger.Correcting {
	return ledger.Correcting{Day: today(c), Own: func(id ledger.ReleaseID) bool {
		release := catalogue.Release(id)
		return release != nil && release.SourceCode == source
	}}
}

// hold keeps the load as a restatement, unless it is kept already.
func hold(ctx context.Context, l *load, drafts []*draft) error {
	cells := ledger.PendingCells(plain(drafts))
	l.tell(ledger.StageHold, 0, len(cells))
	r := &ledger.Restatement{
		SourceCode: l.source.Code, Run: l.run.ID, Actor: l.run.Actor, HeldSince: l.Now(), Digest: ledger.Digest(cells),
	}
	for _, d := range drafts {
		r.Revised += len(d.Revisions)
		if d.Release.Corrects != 0 {
			r.Corrections += len(d.Observations)
		}
		r.Files = append(r.Files, d.Release.Files...)
		r.Findings, r.Rejects = append(r.Findings, d.findings...), append(r.Rejects, stored(d.rejects)...)
	}
	r.Added = len(cells) - r.Revised
	for _, known := range l.known {
		if known.State == ledger.Pending && known.Digest == r.Digest {
			l.run.Outcome = ledger.Waiting
			return supersede(ctx, l, known.ID)
		}
	}
	var err error
	if r.ID, err = l.Sink.Claim(ctx, 1); err != nil {
		return fmt.Errorf("number the restatement: %w", err)
	}
	if err := l.Sink.Hold(ctx, r, cells); err != nil {
		return fmt.Errorf("hold the restatement: %w", err)
	}
	l.run.Outcome = ledger.Waiting
	l.Logger.Warn("load held: it awaits approval", "source", r.SourceCode, "restatement", r.ID,
		"revised", r.Revised, "added", r.Added, "findings", len(r.Findings), "next", fmt.Sprintf("niengiam restatements %s", r.ID))
	return supersede(ctx, l, r.ID)
}

// supersede records that the load took the place of what its source had held.
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
