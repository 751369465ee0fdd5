package statstest

import (
	"context"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// submit loads observations as a source does: what would change figures that
// readers could see is held, unless it is allowed:
//
//	submit pupils published 2020-02-18 [absolute 1] [relative 5] [on 2020-03-01]  2018  2019
//	  A                                                                          3     4P
//
// On a later day than that of its publication it may correct what it said before.
func submit(ctx context.Context, in *session, s statement) error {
	a := &arguments{words: slices.Clone(s.words)}
	var allowed ledger.Allowance
	for word, bound := range map[string]*decimal.NullDecimal{"absolute": &allowed.Absolute, "relative": &allowed.Relative} {
		if text := a.after(word); text != "" {
			n, err := num(text)
			if err != nil {
				return err
			}
			*bound = n
		}
	}
	correcting, err := correctingOn(in, a)
	if err != nil {
		return err
	}
	s.words = a.words
	return load(ctx, in, s, func(ctx context.Context, in *session, at ledger.Position, observations []ledger.Observation) error {
		drafts, err := draft(ctx, in, observations, at.Release, correcting)
		if err != nil || len(drafts) == 0 {
			return err
		}
		if err := validate(ctx, in, drafts); err != nil {
			return err
		}
		if in.found(ledger.Stop) {
			return nil
		}
		if !ledger.MustWait(drafts, allowed) && !in.found(ledger.Hold) {
			return release(ctx, in, drafts)
		}
		cells := ledger.PendingCells(drafts)
		held := &ledger.Restatement{ID: at.Release, SourceCode: "script", Actor: "script", Digest: ledger.Digest(cells)}
		for _, d := range drafts {
			held.Added, held.Revised = held.Added+len(d.Observations)-len(d.Revisions), held.Revised+len(d.Revisions)
			if d.Release.Corrects != 0 {
				held.Corrections += len(d.Observations)
			}
		}
		return in.store.Hold(ctx, held, cells)
	})
}

// correctingOn reads the day on which something is loaded or approved: on 2020-03-01. All
// that submit loads is of one source, and what load publishes is of it too.
func correctingOn(in *session, a *arguments) (ledger.Correcting, error) {
	day, err := number.ParseDate(a.after("on"))
	return ledger.Correcting{Day: day, Own: func(id ledger.ReleaseID) bool {
		r := in.store.Catalogue().Release(id)
		return r != nil && r.SourceCode == "script"
	}}, err
}

// draft holds observations against what is published.
func draft(ctx context.Context, in *session, observations []ledger.Observation, first ledger.ReleaseID, correcting ledger.Correcting) ([]*ledger.Draft, error) {
	var indicators []string
	var years []number.Year
	for i := range observations {
		indicators, years = append(indicators, observations[i].Indicator), append(years, observations[i].Year)
	}
	history, err := in.store.History(ctx, indicators, years)
	if err != nil {
		return nil, err
	}
	return in.store.Catalogue().Ledger().Draft(observations, history, first, correcting), nil
}

// release publishes drafts.
func release(ctx context.Context, in *session, drafts []*ledger.Draft) error {
	for _, d := range drafts {
		d.Release.SourceCode, d.Release.Actor = "script", "script"
		if err := in.store.Stage(ctx, d.Observations, d.Postings); err != nil {
			return err
		}
		if err := in.store.Publish(ctx, d.Release, nil, nil); err != nil {
			return err
		}
	}
	return nil
}

// decide approves or declines a restatement: approve 2 [on 2020-03-01] [slip], decline 2.
func decide(ctx context.Context, in *session, words []string) error {
	a := &arguments{words: slices.Clone(words[1:])}
	correcting, err := correctingOn(in, a)
	if err != nil {
		return err
	}
	correcting.Slip = a.has("slip")
	id, ok := ledger.ParseReleaseID(a.next())
	if !ok || a.end() != nil {
		return fmt.Errorf("say which restatement")
	}
	if words[0] == "decline" {
		return in.store.Decide(ctx, ledger.Decision{Restatement: id, State: ledger.Declined, DecidedBy: "judge", Comment: "wrong"})
	}
	cells, err := in.store.HeldCells(ctx, id)
	if err != nil {
		return err
	}
	var observations []ledger.Observation
	for i := range cells {
		observations = append(observations, cells[i].Observation)
	}
	next, err := in.store.NextRelease(ctx)
	if err != nil {
		return err
	}
	drafts, err := draft(ctx, in, observations, next, correcting)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		d.Release.Restatement, d.Release.ApprovedBy, d.Release.Comment = id, "judge", "right"
	}
	return release(ctx, in, drafts)
}
