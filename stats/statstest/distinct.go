package statstest

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Distinct names the scripts of a folder that use a store in a way in which none before
// uses it. Answers are computed from what a store gives by the same code whatever the store,
// so that of two scripts which use it alike one says as much of the store as both.
func Distinct(t *testing.T, scripts fs.FS) []string {
	t.Helper()
	seen := map[string]bool{}
	var distinct []string
	for _, name := range names(t, scripts) {
		w := &witness{Store: NewMemory(), uses: map[string]bool{}, kinds: map[string]bool{}}
		if err := play(t.Context(), scripts, name, w, func(statement, []string) {}); err != nil {
			t.Fatal(err)
		}
		before := len(seen)
		maps.Copy(seen, w.uses)
		if len(seen) > before {
			distinct = append(distinct, name)
		}
	}
	return distinct
}

// witness notes in which ways a store is used: what is asked of it, each together with what
// kinds of releases and of lives of units it holds then.
type witness struct {
	Store
	uses  map[string]bool
	kinds map[string]bool // of the releases, and of the lives of units
}

func (w *witness) use(way string, of ...any) {
	w.uses[fmt.Sprint(way, of, slices.Sorted(maps.Keys(w.kinds)))] = true
}

// reach says how far back a view looks.
func (w *witness) reach(v ledger.View) string {
	return fmt.Sprint(v.Head < w.Catalogue().Head, v.Published.IsOpen(), v.Release == 0)
}

func (w *witness) kindOf(indicator string) string {
	i := w.Catalogue().Indicator(indicator)
	return fmt.Sprint(i.Kind, i.Over, i.Absent, i.Eligibility.Kinds != nil, i.IsRegister())
}

// above counts the levels from that of the eligible units to that of a slice.
func (w *witness) above(key figure.SliceKey) int {
	at := func(level string) int {
		return slices.IndexFunc(w.Catalogue().Levels, func(l *catalogue.Level) bool { return l.Code == level })
	}
	return at(w.Catalogue().Indicator(key.Indicator).Eligibility.Level) - at(key.Level)
}

// dimensions leaves the members out of a breakdown.
func dimensions(breakdown string) string {
	day, members := catalogue.BasisOf(breakdown)
	return fmt.Sprint(strings.Count(members, "="), day.IsOpen())
}

// Define notes how units live: how they begin, and whether they end or change.
func (w *witness) Define(ctx context.Context, definitions catalogue.Definitions, checksum string) error {
	stretches := map[string]int{}
	for _, unit := range definitions.Units {
		stretches[unit.Code]++
		w.kinds[fmt.Sprint("life ", unit.Opening, unit.Validity.To.IsOpen(), stretches[unit.Code] > 1)] = true
	}
	for _, carry := range definitions.Crosswalk {
		w.kinds[fmt.Sprint("carry ", carry.Partial)] = true
	}
	return w.Store.Define(ctx, definitions, checksum)
}

// Slices notes of each key what sort of slice it names.
func (w *witness) Slices(ctx context.Context, keys []figure.SliceKey) ([]*figure.Slice, error) {
	for _, key := range keys {
		w.use("slice", w.kindOf(key.Indicator), w.above(key), dimensions(key.Breakdown), w.reach(key.View))
	}
	return w.Store.Slices(ctx, keys)
}

// History notes how much is asked for.
func (w *witness) History(ctx context.Context, indicators []string, years []number.Year) ([]ledger.Observation, error) {
	w.use("history", len(indicators) > 1, len(years) > 1)
	return w.Store.History(ctx, indicators, years)
}

// Changes notes that changes of releases are asked for.
func (w *witness) Changes(ctx context.Context, releases []ledger.ReleaseID, offset, limit int) ([]catalogue.CellChange, error) {
	w.use("changes", len(releases) > 1, offset > 0)
	return w.Store.Changes(ctx, releases, offset, limit)
}

// Revisions notes between what views changes are asked for.
func (w *witness) Revisions(ctx context.Context, then, now ledger.View, indicator string, offset, limit int) ([]catalogue.CellChange, int, error) {
	w.use("revisions", w.reach(then), w.reach(now), indicator == "", offset > 0)
	return w.Store.Revisions(ctx, then, now, indicator, offset, limit)
}

// Stage notes what sorts of observations and postings are written.
func (w *witness) Stage(ctx context.Context, observations []ledger.Observation, postings []ledger.Posting) error {
	for _, o := range observations {
		w.use("observation", w.kindOf(o.Indicator), dimensions(o.Breakdown), o.Status, o.Approximation, o.Value.Valid, o.Value.Decimal.Sign(), o.Value.Decimal.Exponent() < 0, o.Denominator.Valid, o.Since.IsOpen())
	}
	for _, p := range postings {
		w.use("posting", w.kindOf(p.Indicator), p.Sign, p.Status)
	}
	return w.Store.Stage(ctx, observations, postings)
}

// Publish notes what kind of release it is: what comes after meets it.
func (w *witness) Publish(ctx context.Context, r ledger.Release, findings []ledger.Finding, rejects []ledger.Reject) error {
	for _, f := range findings {
		w.use("finding", f.Code)
	}
	w.use("publish", len(rejects) > 0)
	w.kinds[fmt.Sprint("release ", r.Withdraws > 0, r.Restores > 0, r.Restatement > 0, r.Corrects.IsOpen(), r.Corrected.IsOpen(), r.MendsSlips())] = true
	return w.Store.Publish(ctx, r, findings, rejects)
}

// Hold notes that a restatement waits.
func (w *witness) Hold(ctx context.Context, r *ledger.Restatement, cells []ledger.PendingCell) error {
	w.use("hold", len(cells) > 1)
	return w.Store.Hold(ctx, r, cells)
}

// Decide notes what is decided.
func (w *witness) Decide(ctx context.Context, d ledger.Decision) error {
	w.use("decide", d.State)
	return w.Store.Decide(ctx, d)
}
