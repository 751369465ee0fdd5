package etl

import (
	"context"
	"fmt"
	"slices"

	"github.com/niengiam/niengiam/stats"
)

// misfits holds the members of the cells that drafts change against the figures that
// they divide, as they stand once the drafts are published beside what is.
func (l *load) misfits(ctx context.Context, catalogue *stats.Calendar, drafts []*draft) ([]finding, error) {
	var changed []stats.Observation
	var indicators []string
	var years []stats.Year
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
		return nil, fmt.Errorf("read what members are held against: %w", err)
	}
	return findMisfits(catalogue, changed, history), nil
}

func findMisfits(catalogue *stats.Calendar, observations, history []stats.Observation) []finding {
	var findings []finding
	for _, m := range catalogue.Misfits(observations, history) {
		findings = append(findings, finding{Finding: m.Finding, published: m.Published})
	}
	return findings
}
