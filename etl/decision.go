package etl

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// decide checks that a decision can be taken about a restatement, takes it and logs it.
func decide(ctx context.Context, c Config, id, judge, reason string, act func(context.Context, Config, *ledger.Restatement) error, from ...ledger.RestatementState) (*ledger.Restatement, error) {
	if err := signed(judge, reason); err != nil {
		return nil, err
	}
	lease, err := enter(ctx, c)
	if err != nil {
		return nil, err
	}
	defer lease.Release()
	ctx, stop := lease.Context(ctx)
	defer stop()
	r, err := findRestatement(ctx, c, id)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(from, r.State) {
		return nil, &number.Error{
			Code: RestatementDecided, Where: "restatement",
			Message: number.Say("restatement %s is %s already (%q: %q)", r.ID, decided(r.State), r.DecidedBy, r.Decision.Comment),
		}
	}
	r.DecidedBy, r.Decision.Comment, r.Decided = judge, reason, c.Now()
	if err := act(ctx, c, r); err != nil {
		return nil, ofLoad(because(ctx, err))
	}
	c.Logger.Info("restatement decided", "restatement", r.ID, "source", r.SourceCode, "judge", judge, "reason", reason)
	return findRestatement(ctx, c, id)
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

// signed refuses a decision without a name or a reason.
func signed(judge, reason string) error {
	for _, given := range []struct{ where, text string }{{"actor", judge}, {"comment", reason}} {
		if strings.TrimSpace(given.text) == "" {
			return &number.Error{Code: CommentMissing, Where: given.where, Message: number.Say("a decision has an actor and a comment, and the %s is empty", given.where)}
		}
	}
	return nil
}

// approve publishes what a restatement holds, compared with what is published by now.
func approve(ctx context.Context, c Config, r *ledger.Restatement) (err error) {
	if err := c.Sink.Refresh(ctx); err != nil {
		return err
	}
	after := c.Sink.Catalogue().Head
	found, err := changesOf(ctx, heldAgain(ctx, c, r), after, ledger.Allowance{}, func(*compared) {})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, found.close()) }()
	if len(found.drafts) == 0 { // what is published says it all by now
		return c.Sink.Decide(ctx, ledger.Decision{Restatement: r.ID, State: ledger.Approved, DecidedBy: r.DecidedBy, Comment: r.Decision.Comment, Decided: r.Decided})
	}
	corrects := false
	for _, d := range found.drafts {
		corrects = corrects || d.Release.Corrects != 0
		d.Release.SourceCode, d.Release.Actor = r.SourceCode, r.Actor
		d.Release.Restatement, d.Release.ApprovedBy, d.Release.Comment = r.ID, r.DecidedBy, r.Decision.Comment
		for _, f := range r.Files {
			if d.files[f.Path] && !slices.Contains(d.Release.Files, f) {
				d.Release.Files = append(d.Release.Files, f)
			}
		}
	}
	if r.Slip && !corrects {
		return &number.Error{
			Code: NothingToMend, Where: "copyingSlip", Message: number.Say("restatement %s changes nothing that its source had published under the same day before", r.ID),
			Hint: number.Say("approve it without a copying slip"),
		}
	}
	last := found.drafts[len(found.drafts)-1]
	last.findings, last.rejects = r.Findings, restored(r.Rejects)
	last.Release.Rejected = countRows(last.rejects)
	return publishAll(ctx, c, after, found.drafts, func(first ledger.ReleaseID) blocks {
		found.renumber(after+1, first)
		return found.blocks(ctx)
	}, c.tell)
}

// heldAgain compares what a restatement holds with what is published.
func heldAgain(ctx context.Context, c Config, r *ledger.Restatement) *comparison {
	calendar := c.Sink.Catalogue()
	again := &comparison{
		calendar: calendar, correcting: correcting(c, calendar, r.SourceCode), expected: r.Added + r.Revised,
		said: saidBefore(c.Sink.Held(ctx, r.ID)),
		published: func(ctx context.Context) iter.Seq2[*ledger.Observation, error] {
			return c.Sink.HeldHistory(ctx, r.ID)
		},
	}
	again.correcting.Slip = r.Slip
	return again
}

// decline records that a restatement was refused.
func decline(ctx context.Context, c Config, r *ledger.Restatement) error {
	return c.Sink.Decide(ctx, ledger.Decision{Restatement: r.ID, State: ledger.Declined, DecidedBy: r.DecidedBy, Comment: r.Decision.Comment, Decided: r.Decided})
}

// findRestatement finds the restatement with a number.
func findRestatement(ctx context.Context, c Config, id string) (*ledger.Restatement, error) {
	all, err := c.Sink.Restatements(ctx)
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
