package figure

import (
	"context"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/suppression"
)

// maxWithheld is the cap on the withheld cells that a catalogue remembers.
const maxWithheld = 2_000_000

// Withheld is which cells of an indicator in one year callers without the right do
// not see. It is the same for every question and every view of the releases, so
// that no two answers can be held against each other.
type Withheld struct {
	indicator  *catalogue.Indicator
	cells      map[withheldCell]bool
	everything bool
}

type withheldCell struct {
	unit      uint32
	breakdown string
}

// WithheldKey names what is withheld of an indicator in a year.
type WithheldKey struct {
	Indicator string
	Year      number.Year
}

// hides reports whether an amount of a cell is withheld. What is not counted cannot be
// judged, and a zero is shown.
func (w *Withheld) hides(unit uint32, breakdown string, a *amount) bool {
	if w.everything || a == nil {
		return true
	}
	class, _ := classify(w.indicator, *a)
	return class != suppression.Zero && w.cells[withheldCell{unit, breakdown}]
}

// WithheldOf finds what is withheld of some indicators in some years, and reads what it
// takes in one round trip. Indicators that are not guarded cost nothing.
func WithheldOf(ctx context.Context, e *Engine, c *State, asked map[WithheldKey]bool) (map[WithheldKey]*Withheld, error) {
	found := map[WithheldKey]*Withheld{}
	var indicators []string
	var years []number.Year
	for key := range asked {
		if w := c.withheldBefore(key); w != nil {
			found[key] = w
			continue
		}
		indicators, years = append(indicators, key.Indicator), append(years, key.Year)
	}
	if len(indicators) == 0 {
		return found, nil
	}
	slices.Sort(indicators)
	slices.Sort(years)
	history, err := e.Source.History(ctx, slices.Compact(indicators), slices.Compact(years))
	if err != nil {
		return nil, err
	}
	of := map[WithheldKey][]ledger.Observation{}
	for _, o := range history {
		if o.At.Release <= c.Head {
			key := WithheldKey{o.Indicator, o.Year}
			of[key] = append(of[key], o)
		}
	}
	for key := range asked {
		if found[key] == nil {
			found[key] = c.withhold(key, of[key])
		}
	}
	return found, nil
}

// guard finds what is withheld from the caller of the facts that an answer is made of.
func guard(ctx context.Context, e *Engine, c *State, all []*Facts, wants []Request) error {
	asked := map[WithheldKey]bool{}
	for _, w := range wants {
		if e.Guards(w.Indicator) {
			for _, year := range w.Years {
				asked[WithheldKey{w.Indicator.Code, year}] = true
			}
		}
	}
	if len(asked) == 0 {
		return nil
	}
	found, err := WithheldOf(ctx, e, c, asked)
	if err != nil {
		return err
	}
	for i, w := range wants {
		if e.Guards(w.Indicator) {
			all[i].withheld = map[number.Year]*Withheld{}
			for _, year := range w.Years {
				all[i].withheld[year] = found[WithheldKey{w.Indicator.Code, year}]
			}
		}
	}
	return nil
}

// hide withholds the figure of a cell where it must be.
func hide(f *Facts, figure *Figure, cell string) {
	w := f.withheld[figure.Year]
	if w == nil {
		return
	}
	figure.Guarded = true
	if !figure.Value.IsKnown() && !figure.Measure().IsKnown() {
		figure.RollUp = nil
		return // there is nothing to withhold
	}
	if w.hides(figure.Unit.Key(), cell, figure.amount()) {
		figure.suppress()
	}
	if r := figure.RollUp; r != nil {
		below := Figure{Indicator: f.Indicator, Value: r.Value, Denominator: r.Denominator, Rate: r.Rate, Weight: r.Weight}
		if a := below.amount(); a == nil || tellsOfFew(w.indicator, *a) {
			figure.RollUp = nil
		}
	}
}
