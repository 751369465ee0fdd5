package statstest

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// submit loads observations as a source does: what would change figures that
// readers could see is held, unless it is allowed:
//
//	submit pupils published 2020-02-18 [absolute 1] [relative 5]  2018  2019
//	  A                                                            3     4P
func submit(ctx context.Context, r *runner, s statement) error {
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
	s.words = a.words
	return r.load(ctx, s, func(ctx context.Context, at ledger.Position, observations []ledger.Observation) error {
		drafts, err := draft(ctx, r, observations, at.Release)
		if err != nil || len(drafts) == 0 {
			return err
		}
		if !ledger.MustWait(drafts, allowed) {
			return release(ctx, r, drafts)
		}
		cells := ledger.PendingCells(drafts)
		held := &ledger.Restatement{ID: at.Release, SourceCode: "script", Actor: "script", Digest: ledger.Digest(cells)}
		for _, d := range drafts {
			held.Added, held.Revised = held.Added+len(d.Observations)-len(d.Revisions), held.Revised+len(d.Revisions)
		}
		return r.store.Hold(ctx, held, cells)
	})
}

// draft holds observations against what is published.
func draft(ctx context.Context, r *runner, observations []ledger.Observation, first ledger.ReleaseID) ([]*ledger.Draft, error) {
	var indicators []string
	var years []number.Year
	for i := range observations {
		indicators, years = append(indicators, observations[i].Indicator), append(years, observations[i].Year)
	}
	history, err := r.store.History(ctx, indicators, years)
	if err != nil {
		return nil, err
	}
	return r.store.Catalogue().Ledger().Draft(observations, history, first), nil
}

// release publishes drafts.
func release(ctx context.Context, r *runner, drafts []*ledger.Draft) error {
	for _, d := range drafts {
		d.Release.SourceCode, d.Release.Actor = "script", "script"
		if err := r.store.Stage(ctx, d.Observations, d.Postings); err != nil {
			return err
		}
		if err := r.store.Publish(ctx, d.Release, nil, nil); err != nil {
			return err
		}
	}
	return nil
}

// decide approves or declines a restatement: approve 2, decline 2.
func decide(ctx context.Context, r *runner, words []string) error {
	id, ok := ledger.ParseReleaseID(words[len(words)-1])
	if !ok || len(words) != 2 {
		return fmt.Errorf("say which restatement")
	}
	if words[0] == "decline" {
		return r.store.Decide(ctx, ledger.Decision{Restatement: id, State: ledger.Declined, DecidedBy: "judge", Comment: "wrong"})
	}
	cells, err := r.store.HeldCells(ctx, id)
	if err != nil {
		return err
	}
	var observations []ledger.Observation
	for i := range cells {
		observations = append(observations, cells[i].Observation)
	}
	next, err := r.store.NextRelease(ctx)
	if err != nil {
		return err
	}
	drafts, err := draft(ctx, r, observations, next)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		d.Release.Restatement, d.Release.ApprovedBy, d.Release.Comment = id, "judge", "right"
	}
	return release(ctx, r, drafts)
}

// withdraw withdraws or restores a release from a day on: withdraw 2 since 2021-06-01.
func withdraw(ctx context.Context, r *runner, words []string) error {
	a := &arguments{words: slices.Clone(words[1:])}
	since, err := number.ParseDate(a.after("since"))
	if err != nil {
		return err
	}
	other, ok := ledger.ParseReleaseID(a.next())
	next, err := r.store.NextRelease(ctx)
	if err != nil || !ok {
		return fmt.Errorf("say which release: %w", err)
	}
	release := ledger.Release{ID: next, SourceCode: "script", Actor: "script", Comment: "wrong", Published: since}
	if words[0] == "withdraw" {
		release.Withdraws = other
	} else {
		release.Restores = other
	}
	var indicators []string
	var years []number.Year
	for _, cell := range r.store.Catalogue().Cells {
		indicators, years = append(indicators, cell.Indicator), append(years, cell.Year)
	}
	history, err := r.store.History(ctx, indicators, years)
	if err != nil {
		return err
	}
	d := r.store.Catalogue().Ledger().Withdraw(release, history)
	if err := r.store.Stage(ctx, nil, d.Postings); err != nil {
		return err
	}
	if err := r.store.Publish(ctx, d.Release, nil, nil); err != nil {
		return err
	}
	return a.end()
}

// revisions writes what was held, what a release changed, and what was revised:
//
//	pupils A 2019 97 → 83
func revisions(ctx context.Context, r *runner, verb string, a *arguments) ([]string, error) {
	lines := []string{}
	switch verb {
	case "restatements":
		all, err := r.store.Restatements(ctx)
		for _, held := range all {
			lines = append(lines, fmt.Sprintf("%d %s added %d revised %d", held.ID, held.State, held.Added, held.Revised))
		}
		return lines, err
	case "held":
		id, _ := ledger.ParseReleaseID(a.next())
		cells, err := r.store.HeldCells(ctx, id)
		for i := range cells {
			lines = append(lines, changed(catalogue.NewCellChange(r.store.Catalogue(), cells[i].Old, &cells[i].Observation)))
		}
		return lines, err
	case "changes":
		release := r.service.Release(a.next())
		if release == nil {
			return nil, fmt.Errorf("there is no such release")
		}
		page, err := r.service.Changes(ctx, release, query.Page{First: 1000})
		if err != nil {
			return nil, err
		}
		lines = append(lines, fmt.Sprintf("added %d revised %d removed %d", release.Added, release.Revised, release.Removed))
		for _, c := range page.Nodes {
			lines = append(lines, changed(*c))
		}
		return lines, nil
	}
	ask := query.Ask{}
	since := asOf(a.after("since"))
	scope(a, &ask)
	set, err := r.service.Revisions(ctx, *since, "", ask.Scope, query.Page{First: 1000})
	if err != nil {
		return nil, err
	}
	for _, c := range set.Nodes {
		lines = append(lines, changed(*c)+" by "+c.Release.ID.String())
	}
	return append(lines, set.Text(number.English)), nil
}

func changed(c catalogue.CellChange) string {
	side := func(value, denominator number.Value, status number.Status) string {
		switch {
		case status == "":
			return "none"
		case !value.IsKnown():
			return "… " + string(status)
		}
		return strings.TrimSuffix(quantity(value, denominator, number.Value{}, number.Value{})+" "+string(status), " A")
	}
	return strings.Join([]string{c.IndicatorCode, c.UnitCode, strconv.Itoa(int(c.Year)),
		side(c.Old, c.OldDenominator, c.OldStatus), "→", side(c.New, c.NewDenominator, c.NewStatus)}, " ")
}
