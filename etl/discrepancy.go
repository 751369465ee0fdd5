package etl

import (
	"context"
	"fmt"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// discrepancies checks the members of the cells that drafts change against the figures that
// they divide, as they stand once the drafts are published beside what is.
func discrepancies(ctx context.Context, l *load, catalogue *catalogue.Calendar, drafts []*draft) ([]finding, error) {
	var changed []ledger.Observation
	var indicators []string
	var years []number.Year
	for _, d := range drafts {
		for _, o := range d.Observations {
			if i := catalogue.Indicator(o.Indicator); i != nil && len(i.Breakdowns()) > 0 {
				changed, indicators, years = append(changed, o), append(indicators, o.Indicator), append(years, o.Year)
			}
		}
	}
	if len(changed) == 0 {
		return nil, nil
	}
	slices.Sort(indicators)
	slices.Sort(years)
	history, err := l.Sink.History(ctx, slices.Compact(indicators), slices.Compact(years))
	if err != nil {
		return nil, fmt.Errorf("read the figures that members divide: %w", err)
	}
	return findDiscrepancies(catalogue, changed, history), nil
}

func findDiscrepancies(catalogue *catalogue.Calendar, observations, history []ledger.Observation) []finding {
	var findings []finding
	for _, m := range figure.Discrepancies(catalogue, observations, history) {
		findings = append(findings, finding{Finding: m.Finding, published: m.Published})
	}
	return findings
}
