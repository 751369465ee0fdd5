package query

import (
	"context"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
)

// Availability is the levels at which an indicator has figures of a year.
type Availability struct {
	// Question is the question as it was understood, its year filled in.
	Question *Question
	// Version says of which publications the answer is.
	Version
	// Levels are those that had units then to which the indicator applies, from the
	// widest down.
	Levels []*LevelAvailability
}

// LevelAvailability is how many units of a level have a figure.
type LevelAvailability struct {
	// Level is the level.
	Level *catalogue.Level
	// Count is the number of its units that have a figure, UniverseCount that of all
	// to which the indicator applies.
	Count, UniverseCount int
	// Total is the figure of the unit that all of them lie within; nil when they have
	// none in common.
	Total *figure.Figure

	ranked []*catalogue.Unit
}

// Leading are the first so many units as they rank by their figures, best first.
func (l *LevelAvailability) Leading(first int) ([]*catalogue.Unit, error) {
	if err := (list.Page{First: first}).Check(); err != nil {
		return nil, err
	}
	return l.ranked[:min(first, len(l.ranked))], nil
}

// Availability answers at which levels an indicator has figures of a year: of the last
// one that has any where none is asked.
func (s *Service) Availability(ctx context.Context, ask Ask) (*Availability, error) {
	r := &Resolver{State: s.State()}
	q, levels := resolveAvailability(r, ask)
	if err := r.Err(); err != nil {
		return nil, err
	}
	var all []*catalogue.Level
	for _, units := range levels {
		all = append(all, units.levels()...)
	}
	f, err := s.fetch(ctx, r.State, q, []number.Year{q.Year}, number.Distinct(all))
	if err != nil {
		return nil, err
	}
	answer := &Availability{Question: q, Version: q.version, Levels: make([]*LevelAvailability, 0, len(levels))}
	for _, units := range levels {
		if units = units.applied(f, q, q.Year); len(units.units) > 0 {
			answer.Levels = append(answer.Levels, available(f, units, q))
			for _, unit := range units.units {
				answer.know(r.State, f.Figure(unit, q.Year))
			}
		}
	}
	return answer, nil
}

// available counts the units that have a figure.
func available(f *figure.Facts, units scope, q *Question) *LevelAvailability {
	level := &LevelAvailability{Level: units.units[0].Level, UniverseCount: len(units.units)}
	rows := make([]*RankingRow, len(units.units))
	for i, unit := range units.units {
		rows[i] = &RankingRow{Unit: unit, Current: f.Figure(unit, q.Year)}
	}
	order := byFigure(q.Indicator.Direction)
	sorted, _ := order.sort(rows, order.of)
	level.Count = len(sorted)
	level.ranked = make([]*catalogue.Unit, len(sorted))
	for i, k := range sorted {
		level.ranked[i] = k.row.Unit
	}
	if units.total != nil {
		level.Total = f.Figure(units.total, q.Year)
	}
	return level
}

// resolveAvailability resolves a question about all levels, and the units of each. A level
// that cannot be asked for is left out; where none can be, what is wrong at the level
// that reports the indicator is told. What was never published is nowhere.
func resolveAvailability(r *Resolver, ask Ask) (*Question, []scope) {
	q := &Question{Indicator: r.indicator(ask.Indicator), Year: ask.Year}
	q.view, q.version, q.AsOf = r.AsOf(ask.Scope)
	if len(r.faults) > 0 {
		return nil, nil
	}
	if q.Year == 0 {
		years := q.Indicator.YearsIn(q.view.View)
		if len(years) == 0 {
			return q, nil
		}
		q.Year = years[len(years)-1]
	}
	var levels []scope
	var faults []error
	for _, level := range r.Levels {
		at := &Resolver{State: r.State}
		of, units := resolveDistribution(at, Ask{Indicator: ask.Indicator, Year: q.Year, Level: level.Code, Within: ask.Within, Scope: ask.Scope})
		switch {
		case len(at.faults) == 0:
			of.Level = nil
			q, levels = of, append(levels, units)
		case faults == nil || level == of.Indicator.Level():
			faults = at.faults
		}
	}
	if len(levels) == 0 {
		r.faults = faults
	}
	return q, levels
}
