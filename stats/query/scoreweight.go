package query

import (
	"context"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// fetchScores gets the facts of a scorecard's criteria and, where coverage is to be
// weighed, those of the weights of the units that are scored, on the same basis.
func fetchScores(ctx context.Context, s *Service, c *figure.State, q *ScorecardQuestion, wants []figure.Request, years []number.Year) ([]*figure.Facts, *figure.Scale, error) {
	if !q.view.ByWeight {
		all, err := s.FetchAll(ctx, c, q.view, wants)
		return all, nil, err
	}
	by := q.Set.CoverageWeight()
	if by != nil {
		wants = append(wants, figure.Request{Indicator: by, Years: years, Levels: []*catalogue.Level{q.Set.Level()}})
	}
	all, err := s.FetchAll(ctx, c, q.view, wants)
	if by == nil || err != nil {
		return all, &figure.Scale{}, err
	}
	criteria := len(all) - 1
	return all[:criteria], figure.NewScale(all[criteria]), nil
}

// expectedIn returns the units that a summary counts, and those of which every criterion
// is known.
func expectedIn(s *scoring, members []*catalogue.Unit) *figure.ExpectedReporters {
	if s.scale == nil {
		return nil
	}
	return &figure.ExpectedReporters{Scale: s.scale, Year: s.year, List: func() (expected, reported []figure.ReportingUnit) {
		for _, member := range members {
			expected = append(expected, figure.ReportingUnit{Unit: member})
			if len(s.scores[member.Key()].Unknown) == 0 {
				reported = append(reported, figure.ReportingUnit{Unit: member})
			}
		}
		return expected, reported
	}}
}
