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
	first, err := c.Sink.Claim(ctx, len(drafts))
	if err != nil {
		return fmt.Errorf("number the releases: %w", err)
	}
	renumber(drafts, after+1, first)
	if err := stage(ctx, c, drafts, tell); err != nil {
		return err
	}
	publications := make([]ledger.PendingRelease, len(drafts))
	for i, d := range drafts {
		publications[i] = d.publication()
		publications[i].Release.Loaded = c.Now()
	}
	tell(ledger.StagePublish, 0, len(drafts))
	if err := c.Sink.PublishAll(context.WithoutCancel(ctx), after, publications); err != nil {
		return fmt.Errorf("publish release %s: %w", first, err)
	}
	return nil
}

// stage writes the drafts where nobody reads them yet.
func stage(ctx context.Context, c Config, drafts []*draft, tell Progress) error {
	staged, total := 0, 0
	for _, d := range drafts {
		total += len(d.Observations)
	}
	for _, d := range drafts {
		for at := 0; at < max(len(d.Observations), len(d.Postings)); at += batch {
			if err := ctx.Err(); err != nil {
				return err
			}
			tell(ledger.StageStage, staged, total)
			observations, postings := part(d.Observations, at), part(d.Postings, at)
			if err := c.Sink.Stage(ctx, observations, postings); err != nil {
				return fmt.Errorf("stage release %s: %w", d.Release.ID, err)
			}
			staged += len(observations)
		}
	}
	return ctx.Err()
}

// part gives the batch of a list that begins at a place; none behind its end.
func part[T any](list []T, at int) []T {
	return list[min(at, len(list)):min(at+batch, len(list))]
}

// publish writes the drafts where nobody reads them yet, and then makes all of
// them visible at once, even when the load is cancelled meanwhile.
func publish(ctx context.Context, l *load, drafts []*draft) error {
	l.run.Outcome = ledger.Unchanged
	if len(drafts) == 0 {
		return nil
	}
	if err := publishDrafts(ctx, l.Config, l.after, drafts, l.tell); err != nil {
		return err
	}
	for _, d := range drafts {
		l.run.Releases = append(l.run.Releases, d.Release.ID)
		l.run.Added += len(d.Observations)
	}
	l.run.Outcome = ledger.Published
	return nil
}
