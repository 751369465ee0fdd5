package etl

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
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
func withoutRefused(ctx context.Context, l *load, book ledger.Ledger, said, history []ledger.Observation) ([]*ledger.Draft, error) {
	drafts := book.Draft(said, history, l.after+1)
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
		l.Logger.Info("load leaves out what was refused", "source", l.source.Code, "cells", left)
		return book.Draft(kept, history, l.after+1), nil
	}
	return drafts, nil
}

// hold keeps the load as a restatement, unless it is kept already.
func hold(ctx context.Context, l *load, drafts []*draft) error {
	cells := ledger.PendingCells(plain(drafts))
	r := &ledger.Restatement{
		SourceCode: l.source.Code, Run: l.run.ID, Actor: l.run.Actor, HeldSince: l.Now(), Digest: ledger.Digest(cells),
	}
	for _, d := range drafts {
		r.Revised += len(d.Revisions)
		r.Files = append(r.Files, d.Release.Files...)
		r.Findings, r.Rejects = append(r.Findings, d.findings...), append(r.Rejects, d.rejects...)
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
	l.Logger.Warn("load held: it would change published figures", "source", r.SourceCode, "restatement", r.ID,
		"revised", r.Revised, "added", r.Added, "next", fmt.Sprintf("niengiam restatements %s", r.ID))
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
		d := ledger.Decision{
			Restatement: r.ID, State: ledger.Superseded, DecidedBy: l.run.Actor, Comment: ledger.NewerLoad, Decided: l.Now(), Successor: successor,
		}
		if err := l.Sink.Decide(ctx, d); err != nil {
			return fmt.Errorf("record that restatement %s was superseded: %w", r.ID, err)
		}
	}
	return nil
}

// Restatement gives one restatement.
func (p *Pipeline) Restatement(ctx context.Context, id string) (*ledger.Restatement, error) {
	all, err := p.Sink.Restatements(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		if r.ID.String() == id {
			return r, nil
		}
	}
	return nil, &number.Error{
		Code: UnknownRestatement, Where: "restatement", Message: number.Say("there is no restatement %q", id),
		Hint: number.Say("niengiam restatements lists them"),
	}
}

// Differences lists what a restatement says, and of which cells readers see
// something else.
func (p *Pipeline) Differences(ctx context.Context, id ledger.ReleaseID) ([]*catalogue.CellChange, error) {
	cells, err := p.Sink.HeldCells(ctx, id)
	if err != nil {
		return nil, err
	}
	changes := make([]*catalogue.CellChange, len(cells))
	for i := range cells {
		change := catalogue.NewCellChange(p.Sink.Catalogue(), cells[i].Old, &cells[i].Observation)
		changes[i] = &change
	}
	return changes, nil
}

// Approve publishes a restatement: all its releases at once, compared with what is
// published by now. One that was refused can be approved still.
func (p *Pipeline) Approve(ctx context.Context, id, judge, reason string) (*ledger.Restatement, error) {
	return decide(ctx, p, id, judge, reason, p.approve, ledger.Pending, ledger.Declined)
}

// Refuse keeps a restatement from being published. What it would have revised is
// left out of later loads of its source that say the same.
func (p *Pipeline) Refuse(ctx context.Context, id, judge, reason string) (*ledger.Restatement, error) {
	return decide(ctx, p, id, judge, reason, p.refuse, ledger.Pending)
}

func decide(ctx context.Context, p *Pipeline, id, judge, reason string, act func(context.Context, *ledger.Restatement) error, from ...ledger.RestatementState) (*ledger.Restatement, error) {
	if err := signed(judge, reason); err != nil {
		return nil, err
	}
	release, err := acquire(ctx, p.LockFile, p.Wait)
	if err != nil {
		return nil, err
	}
	defer release()
	r, err := p.Restatement(ctx, id)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(from, r.State) {
		return nil, &number.Error{
			Code: RestatementDecided, Where: "restatement",
			Message: number.Say("restatement %s is %s already (%q: %q)", r.ID, decided(r.State), r.DecidedBy, r.Decision.Comment),
		}
	}
	r.DecidedBy, r.Decision.Comment, r.Decided = judge, reason, p.Now()
	if err := act(ctx, r); err != nil {
		return nil, err
	}
	p.Logger.Info("restatement decided", "restatement", r.ID, "source", r.SourceCode, "judge", judge, "reason", reason)
	return p.Restatement(ctx, id)
}

// decided says what became of a restatement.
func decided(state ledger.RestatementState) number.Message {
	switch state {
	case ledger.Approved:
		return number.Say("approved")
	case ledger.Declined:
		return number.Say("refused")
	default:
		return number.Say("superseded")
	}
}

// signed refuses a decision without an actor or a comment.
func signed(actor, comment string) error {
	for _, given := range []struct{ where, text string }{{"actor", actor}, {"comment", comment}} {
		if strings.TrimSpace(given.text) == "" {
			return &number.Error{Code: CommentMissing, Where: given.where, Message: number.Say("a decision has an actor and a comment, and the %s is empty", given.where)}
		}
	}
	return nil
}

func (p *Pipeline) refuse(ctx context.Context, r *ledger.Restatement) error {
	return p.Sink.Decide(ctx, ledger.Decision{Restatement: r.ID, State: ledger.Declined, DecidedBy: r.DecidedBy, Comment: r.Decision.Comment, Decided: r.Decided})
}

func (p *Pipeline) approve(ctx context.Context, r *ledger.Restatement) error {
	held, err := p.Sink.HeldCells(ctx, r.ID)
	if err != nil {
		return err
	}
	said := make([]ledger.Observation, len(held))
	var indicators []string
	var years []number.Year
	for i := range held {
		said[i] = held[i].Observation
		indicators, years = append(indicators, said[i].Indicator), append(years, said[i].Year)
	}
	slices.Sort(indicators)
	slices.Sort(years)
	if err := p.Sink.Refresh(ctx); err != nil {
		return err
	}
	catalogue := p.Sink.Catalogue()
	history, err := p.Sink.History(ctx, slices.Compact(indicators), slices.Compact(years))
	if err != nil {
		return err
	}
	after := catalogue.Head
	var drafts []*draft
	for _, d := range catalogue.Ledger().Draft(said, history, after+1) {
		d.Release.SourceCode, d.Release.Actor = r.SourceCode, r.Actor
		d.Release.Restatement, d.Release.ApprovedBy, d.Release.Comment = r.ID, r.DecidedBy, r.Decision.Comment
		drafts = append(drafts, &draft{Draft: d})
	}
	if len(drafts) == 0 { // what is published says it all by now
		return p.Sink.Decide(ctx, ledger.Decision{Restatement: r.ID, State: ledger.Approved, DecidedBy: r.DecidedBy, Comment: r.Decision.Comment, Decided: r.Decided})
	}
	last := drafts[len(drafts)-1]
	for _, d := range drafts {
		for _, f := range r.Files {
			names := func(o ledger.Observation) bool { return o.Place.File == f.Path }
			if slices.ContainsFunc(d.Observations, names) && !slices.Contains(d.Release.Files, f) {
				d.Release.Files = append(d.Release.Files, f)
			}
		}
	}
	last.findings, last.rejects = r.Findings, r.Rejects
	last.Release.Rejected = countRows(r.Rejects)
	return publishPipeline(ctx, p, after, drafts, func(string, int, int) {})
}
