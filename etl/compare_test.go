package etl

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// A comparison cell by cell, which drafts nothing of what repeats what is published and
// remembers what does not, finds what a draft of everything at once finds: of releases of
// several sources, withdrawals, corrections, other days of publication, dropped and refused
// figures, numbers that are written otherwise, and approximations.
func TestComparisonIsDraft(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(13, 17))
	changed, repeated := 0, 0
	for round := range 400 {
		world := inventCompared(random)
		want := world.atOnce()
		for _, again := range []bool{false, true} {
			got, few := world.cellByCell(t, again)
			if !slices.Equal(got, want) {
				t.Fatalf("round %d, compared again %v: cell by cell\n%s\nat once\n%s", round, again, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			changed, repeated = changed+few, repeated+len(world.said)-few
		}
	}
	if changed < 500 || repeated < 500 {
		t.Fatalf("%d figures changed and %d did not: that tries little", changed, repeated)
	}
}

// comparedWorld is what is published and what a load says; the releases with even numbers are
// of its source.
type comparedWorld struct {
	calendar      *catalogue.Calendar
	correcting    ledger.Correcting
	dropping      *ledger.Dropping
	history, said []ledger.Observation
	refused       map[ledger.CellKey][]ledger.PendingCell
}

func byCellAndDay(a, b ledger.Observation) int {
	return cmp.Or(a.CellKey.Compare(&b.CellKey), cmp.Compare(a.At.Published, b.At.Published), cmp.Compare(a.At.Release, b.At.Release))
}

func inventCompared(random *rand.Rand) *comparedWorld {
	w := &comparedWorld{refused: map[ledger.CellKey][]ledger.PendingCell{}}
	seen := map[string]bool{}
	observation := func(published number.Date) ledger.Observation {
		o := ledger.Observation{Status: number.Normal}
		o.Indicator, o.Unit, o.Year = []string{"a", "b"}[random.IntN(2)], uint32(1+random.IntN(3)), number.Year(2020+random.IntN(2))
		o.Breakdown = []string{"", "sex=f"}[random.IntN(2)]
		o.Value = decimal.NewNullDecimal(decimal.New(int64(1+random.IntN(2)), 0))
		if random.IntN(3) == 0 { // written otherwise
			o.Value.Decimal = o.Value.Decimal.Mul(decimal.New(100, -2))
		}
		if random.IntN(6) == 0 {
			o.Denominator = decimal.NewNullDecimal(decimal.New(7, 1))
		}
		if random.IntN(8) == 0 {
			o.Approximation = number.About
		}
		if random.IntN(12) == 0 {
			o.Status, o.Value = number.Missing, decimal.NullDecimal{}
		}
		o.Note, o.Citation = []string{"", "a note"}[random.IntN(2)], []string{"", "page 3"}[random.IntN(2)]
		o.Place = ledger.Place{File: []string{"whole.csv", "broken.csv"}[random.IntN(2)], Line: random.IntN(9), Column: "value"}
		o.At.Published = published
		return o
	}
	var releases []*ledger.Release
	days := 1 + random.IntN(3)
	withdrawn := ledger.ReleaseID(0)
	for id := range ledger.ReleaseID(random.IntN(7)) {
		r := &ledger.Release{ID: id + 1, Published: number.Date(20250101 + random.IntN(days))}
		releases = append(releases, r)
		switch {
		case withdrawn > 0 && random.IntN(2) == 0:
			r.Restores, r.Published = withdrawn, 20250106
			withdrawn = 0
			continue
		case id > 0 && withdrawn == 0 && random.IntN(4) == 0:
			withdrawn = 1 + ledger.ReleaseID(random.IntN(int(id)))
			r.Withdraws, r.Published = withdrawn, 20250104
			continue
		}
		for range random.IntN(30) {
			o := observation(r.Published)
			o.At.Release = r.ID
			if random.IntN(6) == 0 {
				o.Since = r.Published + 2
			}
			if key := fmt.Sprint(o.CellKey, r.ID); !seen[key] {
				seen[key], w.history = true, append(w.history, o)
			}
		}
	}
	slices.SortFunc(releases, func(a, b *ledger.Release) int {
		return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.ID, b.ID))
	})
	w.calendar = catalogue.NewCalendar(catalogue.NewCatalogue(catalogue.Definitions{}, ledger.Holdings{Head: 50, Releases: releases}))
	own := func(id ledger.ReleaseID) bool { return id%2 == 0 }
	w.correcting = ledger.Correcting{Day: 20250103 + number.Date(random.IntN(2)), Slip: random.IntN(4) == 0, Own: own}
	if random.IntN(4) > 0 {
		w.dropping = &ledger.Dropping{Ledger: w.calendar.Ledger(), Own: own, Today: w.correcting.Day, Whole: map[string]bool{"whole.csv": true}, Note: droppedNote}
	}
	say := func(o ledger.Observation) {
		if o.At.Release, o.Since = 0, 0; !seen[fmt.Sprint(o.CellKey, o.At)] {
			seen[fmt.Sprint(o.CellKey, o.At)], w.said = true, append(w.said, o)
			if random.IntN(60) == 0 {
				w.refused[o.CellKey] = append(w.refused[o.CellKey], ledger.PendingCell{Observation: o})
			}
		}
	}
	for _, o := range w.history { // mostly what was said before
		if random.IntN(5) > 0 {
			if random.IntN(10) == 0 {
				o.Value = decimal.NewNullDecimal(decimal.New(5, 0))
			}
			say(o)
		}
	}
	for range random.IntN(6) {
		say(observation(number.Date(20250101 + random.IntN(days+1))))
	}
	slices.SortStableFunc(w.said, byCellAndDay)
	slices.SortFunc(w.history, byCellAndDay)
	return w
}

// ofCell lists those of a cell.
func ofCell(all []ledger.Observation, key ledger.CellKey) []ledger.Observation {
	return slices.DeleteFunc(slices.Clone(all), func(o ledger.Observation) bool { return o.CellKey != key })
}

// toldNew tells what is new.
func toldNew(lines []string, o, old *ledger.Observation, postings []ledger.Posting) []string {
	line := fmt.Sprintf("%+v", *o)
	if old != nil {
		line += fmt.Sprintf(" in place of %+v", *old)
	}
	for _, p := range postings {
		lines = append(lines, fmt.Sprintf("%+v", p))
	}
	return append(lines, line)
}

// atOnce drafts everything at once.
func (w *comparedWorld) atOnce() []string {
	cells := map[ledger.CellKey]bool{}
	var said []ledger.Observation
	for _, o := range slices.Concat(w.said, w.history) {
		if cells[o.CellKey] {
			continue
		}
		cells[o.CellKey] = true
		of, history := ofCell(w.said, o.CellKey), ofCell(w.history, o.CellKey)
		if w.dropping != nil && len(history) > 0 {
			if o, dropped := w.dropping.Row(of, history); dropped {
				of = append(of, o)
			}
		}
		said = append(said, slices.DeleteFunc(of, func(o ledger.Observation) bool {
			return slices.ContainsFunc(w.refused[o.CellKey], func(cell ledger.PendingCell) bool { return cell.Repeats(&o) })
		})...)
	}
	var lines []string
	for _, d := range w.calendar.Ledger().Draft(said, w.history, 100, w.correcting) {
		lines = append(lines, fmt.Sprintf("%+v", d.Release))
		revisions := d.Revisions
		for i := range d.Observations {
			var old *ledger.Observation
			if len(revisions) > 0 && revisions[0].New.CellKey == d.Observations[i].CellKey {
				old, revisions = &revisions[0].Old, revisions[1:]
			}
			postings := d.Postings
			if i > 0 {
				postings = nil // they are listed once
			}
			lines = toldNew(lines, &d.Observations[i], old, postings)
		}
	}
	slices.Sort(lines)
	return lines
}

// refusals gives what was refused, by cell, each valid until the next one.
func (w *comparedWorld) refusals(context.Context) iter.Seq2[*ledger.PendingCell, error] {
	var cells []ledger.PendingCell
	for _, refused := range w.refused {
		cells = append(cells, refused...)
	}
	slices.SortFunc(cells, func(a, b ledger.PendingCell) int { return a.CellKey.Compare(&b.CellKey) })
	return func(yield func(*ledger.PendingCell, error) bool) {
		var reused ledger.PendingCell
		for _, reused = range cells {
			if !yield(&reused, nil) {
				return
			}
		}
	}
}

// cellByCell compares as a load does, and returns also how many figures are new.
func (w *comparedWorld) cellByCell(t *testing.T, again bool) (lines []string, few int) {
	t.Helper()
	c := &comparison{
		calendar: w.calendar, correcting: w.correcting, dropping: w.dropping, refused: w.refusals, added: 1000, atOnce: 3,
		said: func(each func(said []ledger.Observation, seq []uint64) error) error {
			for at := 0; at < len(w.said); {
				of := ofCell(w.said, w.said[at].CellKey)
				if err := each(of, make([]uint64, len(of))); err != nil {
					return err
				}
				at += len(of)
			}
			return nil
		},
		published: func(context.Context) iter.Seq2[*ledger.Observation, error] {
			return func(yield func(*ledger.Observation, error) bool) {
				var reused ledger.Observation // valid until the next one
				for _, reused = range w.history {
					if !yield(&reused, nil) {
						return
					}
				}
			}
		},
	}
	found, err := changesOf(t.Context(), c, 99, ledger.Allowance{}, func(*compared) {})
	if err != nil {
		t.Fatal(err)
	}
	if again {
		err = found.close()
	}
	for _, d := range found.drafts {
		lines = append(lines, fmt.Sprintf("%+v", d.Release))
	}
	if err == nil {
		err = found.entries(t.Context(), func(e *ledger.Entry) error {
			few++
			lines = toldNew(lines, &e.Observation, e.Old, e.Postings)
			return nil
		})
	}
	if err != nil || found.close() != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	return lines, few
}
