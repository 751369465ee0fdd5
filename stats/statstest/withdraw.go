package statstest

import (
	"context"
	"fmt"
	"slices"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// withdraw withdraws or restores a release from a day on: withdraw 2 since 2021-06-01.
func withdraw(ctx context.Context, in *session, words []string) error {
	a := &arguments{words: slices.Clone(words[1:])}
	since, err := number.ParseDate(a.after("since"))
	if err != nil {
		return err
	}
	other, ok := ledger.ParseReleaseID(a.next())
	next, err := in.store.NextRelease(ctx)
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
	for _, cell := range in.store.Catalogue().Cells {
		indicators, years = append(indicators, cell.Indicator), append(years, cell.Year)
	}
	history, err := in.store.History(ctx, indicators, years)
	if err != nil {
		return err
	}
	d := in.store.Catalogue().Ledger().Withdraw(release, history)
	if err := in.store.Stage(ctx, nil, d.Postings); err != nil {
		return err
	}
	if err := in.store.Publish(ctx, d.Release, nil, nil); err != nil {
		return err
	}
	return a.end()
}
