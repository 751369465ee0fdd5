package figure

import (
	"context"
	"slices"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// FindWithheld finds the cells that are withheld of some indicators in some years, and
// reads the observations for it in one round trip. Indicators that are not guarded cost
// nothing.
func FindWithheld(ctx context.Context, e *Engine, c *State, asked map[ledger.SeriesYear]bool) (map[ledger.SeriesYear]*Withheld, error) {
	found := map[ledger.SeriesYear]*Withheld{}
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
	of := map[ledger.SeriesYear][]ledger.Observation{}
	for _, o := range history {
		if o.At.Release <= c.Head {
			key := ledger.SeriesYear{Indicator: o.Indicator, Year: o.Year}
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
	asked := map[ledger.SeriesYear]bool{}
	for _, w := range wants {
		if e.Guards(w.Indicator) {
			for _, year := range w.Years {
				asked[ledger.SeriesYear{Indicator: w.Indicator.Code, Year: year}] = true
			}
		}
	}
	if len(asked) == 0 {
		return nil
	}
	found, err := FindWithheld(ctx, e, c, asked)
	if err != nil {
		return err
	}
	for i, w := range wants {
		if e.Guards(w.Indicator) {
			all[i].withheld = map[number.Year]*Withheld{}
			for _, year := range w.Years {
				all[i].withheld[year] = found[ledger.SeriesYear{Indicator: w.Indicator.Code, Year: year}]
			}
		}
	}
	return nil
}
