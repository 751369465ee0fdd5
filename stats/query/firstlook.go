package query

import (
	"context"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// FirstLookView is a view of an indicator that a page can open with.
type FirstLookView string

// The views.
const (
	FirstLookChart   FirstLookView = "CHART"   // figures of units over years
	FirstLookRanking FirstLookView = "RANKING" // units of a level in one year
)

// FirstLook is what to show of an indicator first, chosen by the figures that it has.
type FirstLook struct {
	// Question is what to ask: the unit in focus, its year and base year (0 where there
	// is nothing to compare with), the level, and the units of a chart.
	Question *Question
	// Version says of which publications the answer is.
	Version
	// View is the view with the most to show, Count the number of figures that it draws.
	View  FirstLookView
	Count int
}

const (
	// firstLookLines is how many lines a chart opens with at most: few enough to be told
	// apart beside one or two that are added.
	firstLookLines = 6
	// lineFigures is how many figures make a line; two dots are none.
	lineFigures = 3
)

// FirstLook answers what to show of an indicator first.
func (s *Service) FirstLook(ctx context.Context, ask Ask) (*FirstLook, error) {
	r := &Resolver{State: s.State()}
	q, levels := resolveFirstLook(r, ask)
	if err := r.Err(); err != nil {
		return nil, err
	}
	answer := &FirstLook{Question: q, Version: q.version, View: FirstLookChart}
	if len(levels) == 0 {
		return answer, nil
	}
	wants := make([]figure.Request, len(levels))
	for at, level := range levels {
		wants[at] = figure.Request{Indicator: q.Indicator, Breakdown: q.Breakdown, Years: level.years, Levels: level.levels()}
	}
	facts, err := s.FetchAll(ctx, r.State, q.view, wants)
	if err != nil {
		return nil, err
	}
	var found []*levelLook
	for at, level := range levels {
		found = append(found, lookAt(facts[at], q, level))
	}
	best := bestLevel(found, q.Indicator)
	answer.take(best, ask.Year)
	for _, line := range best.all() {
		for _, year := range line.known {
			answer.know(r.State, best.facts.Figure(line.unit, year))
		}
	}
	return answer, nil
}

// take fills the question in from what was found best, with the year that was asked.
func (o *FirstLook) take(best *levelLook, year number.Year) {
	q := o.Question
	q.Level, q.Units = best.level, []*catalogue.Unit{}
	o.View, o.Count = best.view()
	focus, lines := best.focus()
	if focus == nil {
		return
	}
	q.Unit = focus.unit
	for _, line := range lines {
		q.Units = append(q.Units, line.unit)
	}
	switch {
	case year != 0:
		q.Year = year
	case o.View == FirstLookRanking:
		q.Year = best.rankedYear
	case len(focus.known) > 0:
		q.Year = focus.known[len(focus.known)-1]
	}
	q.BaseYear = focus.baseOf(q.Year)
}

// firstLookLevel is a level that can be asked for, its units of the latest year in which it
// can, and the years to look at.
type firstLookLevel struct {
	scope
	level *catalogue.Level
	years []number.Year
}

// resolveFirstLook resolves a question what to show first. Of the levels, those that cannot be
// asked for are left out, unless one was named.
func resolveFirstLook(r *Resolver, ask Ask) (*Question, []firstLookLevel) {
	q := &Question{Indicator: r.indicator(ask.Indicator), Year: ask.Year, Units: []*catalogue.Unit{}}
	if ask.Year != 0 {
		r.CalendarYear("year", ask.Year)
	}
	q.view, q.version, q.AsOf = r.AsOf(ask.Scope)
	if len(r.faults) > 0 {
		return q, nil
	}
	years := spanOf(q.Indicator.YearsOn(q.view.Basis, q.view.View))
	if len(years) == 0 {
		return q, nil
	}
	if ask.Unit != "" {
		if unit := r.Unit("unit", ask.Unit, r.On(ask.Scope, number.OrDefault(ask.Year, years[len(years)-1]).Reference())); unit != nil {
			q.Unit = unit
			q.Breakdown = resolveBreakdowns(r, ask.Scope, q.Indicator)
			return q, []firstLookLevel{{scope: scope{units: []*catalogue.Unit{unit}}, level: unit.Level, years: years}}
		}
		return q, nil
	}
	asked := r.Levels
	if ask.Level != "" {
		level := r.level("level", ask.Level)
		if level == nil {
			return q, nil
		}
		asked = []*catalogue.Level{level}
	}
	return q, levelsToShow(r, q, ask, asked, years)
}

// levelsToShow finds the units of each level in the latest year in which the level can be
// asked for, the year asked before all others.
func levelsToShow(r *Resolver, q *Question, ask Ask, levels []*catalogue.Level, years []number.Year) []firstLookLevel {
	latest := slices.Clone(years)
	slices.Reverse(latest)
	if slices.Contains(years, ask.Year) {
		latest = append([]number.Year{ask.Year}, latest...)
	}
	var open []firstLookLevel
	var faults []error
	for _, level := range levels {
		for _, year := range latest {
			at := &Resolver{State: r.State}
			of, units := resolveDistribution(at, Ask{Indicator: ask.Indicator, Year: year, Level: level.Code, Within: ask.Within, Scope: ask.Scope})
			if len(at.faults) == 0 {
				q.Within, q.Kinds, q.Cohort, q.Breakdown = of.Within, of.Kinds, of.Cohort, of.Breakdown
				fit := max(maxUnits/len(units.units), 1)
				open = append(open, firstLookLevel{units, level, years[max(len(years)-fit, 0):]})
				break
			}
			if faults == nil || level == of.Indicator.Level() {
				faults = at.faults
			}
		}
	}
	if len(open) == 0 {
		r.faults = faults
	}
	return open
}

// spanOf lists all years from the first known to the last, the last hundred where there are
// more: a register has figures of years in which nothing was decided.
func spanOf(known []number.Year) []number.Year {
	if len(known) == 0 {
		return nil
	}
	var years []number.Year
	last := known[len(known)-1]
	for year := max(known[0], last-catalogue.MaxYears+1); year <= last; year++ {
		years = append(years, year)
	}
	return years
}
