package query

import (
	"context"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// SeriesSet is the figures of one or several indicators over years, for one or several
// units.
type SeriesSet struct {
	// Question is the question as it was understood.
	Question *Question
	// Version says of which publications the answer is.
	Version
	// Years are the years of every series, ascending.
	Years []number.Year
	// Series are, for each indicator in the order asked, the units, in the order asked or
	// by code.
	Series []*Series
	// Notes are warnings about the answer.
	Notes []*Note
}

// Series is the figures of one indicator and unit over the years.
type Series struct {
	// Indicator is what the figures are of.
	Indicator *catalogue.Indicator
	// Unit is the unit, as it was in the last of the years in which it existed.
	Unit *catalogue.Unit
	// Figures has one figure for each year of the set.
	Figures []*figure.Figure
	// Points are the figures with their changes; empty unless the scope asks for changes.
	Points []*SeriesPoint
}

// SeriesPoint is one figure of a series with how it changed.
type SeriesPoint struct {
	// Figure is the figure.
	Figure *figure.Figure
	// Change is the change from the base year; nil in the base year itself.
	Change *Change
	// ChangeFromPrevious is the change from the year before, whether or not that is among
	// the years of the set.
	ChangeFromPrevious Change
}

// Breaks are the years in which the series breaks, after its first figure.
func (s *Series) Breaks() []*SeriesBreak {
	breaks := []*SeriesBreak{}
	seen := map[number.Year]bool{}
	for _, f := range s.Figures {
		for _, year := range f.Breaks {
			if s.Figures[0].Year < year && year <= f.Year && !seen[year] {
				seen[year] = true
				breaks = append(breaks, breakOf(f, year))
			}
		}
	}
	slices.SortFunc(breaks, func(a, b *SeriesBreak) int { return int(a.Year - b.Year) })
	return breaks
}

// Series answers how indicators developed over the years.
func (s *Service) Series(ctx context.Context, ask Ask) (*SeriesSet, error) {
	r := &Resolver{State: s.State()}
	p := resolveSeries(r, ask)
	if err := r.Err(); err != nil {
		return nil, err
	}
	wants := make([]figure.Request, len(p.parts))
	for at, part := range p.parts {
		wants[at] = figure.Request{Indicator: part.Indicator, Breakdown: part.Breakdown, Years: p.read()}
		for _, unit := range part.units {
			wants[at].Levels = append(wants[at].Levels, unit.Level)
		}
	}
	facts, err := s.FetchAll(ctx, r.State, p.view, wants)
	if err != nil {
		return nil, err
	}
	answer := &SeriesSet{Question: p.Question, Version: p.version, Years: p.years, Series: []*Series{}}
	notes := &NoteCollector{Catalogue: r.State}
	for at, part := range p.parts {
		for _, unit := range part.units {
			answer.Series = append(answer.Series, p.series(facts[at], unit, notes))
		}
		notes.notCarried(facts[at], p.Question, p.years...)
	}
	if p.changes && p.BaseYear != 0 && !slices.ContainsFunc(p.parts, func(part seriesPart) bool { return p.view.HasYear(part.Indicator, p.BaseYear) }) {
		notes.baseYears = []number.Year{p.BaseYear}
	}
	answer.Notes, answer.Release = notes.All(), notes.Release()
	return answer, nil
}

// seriesPlan is a question about series before any figure of it is known.
type seriesPlan struct {
	*Question
	parts   []seriesPart
	years   []number.Year
	base    number.Year // as asked
	changes bool
}

// seriesPart is one indicator of a question, with the units that have a series of it.
type seriesPart struct {
	Indicator *catalogue.Indicator
	Breakdown []*catalogue.Breakdown
	units     []*catalogue.Unit
}

// read lists the years whose figures are needed: those of the series, and what their
// changes are measured from.
func (p *seriesPlan) read() []number.Year {
	if !p.changes {
		return p.years
	}
	return number.Distinct(append(slices.Clone(p.years), p.years[0]-1, p.base.BaseFor(p.years[0])))
}

// series makes the series of a unit.
func (p *seriesPlan) series(f *figure.Facts, unit *catalogue.Unit, notes *NoteCollector) *Series {
	series := &Series{Indicator: f.Indicator, Unit: unit, Points: []*SeriesPoint{}}
	for _, year := range p.years {
		current := f.Figure(unit, year)
		series.Figures = append(series.Figures, current)
		notes.figure(current)
		if !p.changes {
			continue
		}
		point := &SeriesPoint{Figure: current, ChangeFromPrevious: Compare(f.Figure(unit, year-1), current)}
		notes.Change(point.ChangeFromPrevious)
		if base := p.base.BaseFor(year); base != year {
			change := Compare(f.Figure(unit, base), current)
			point.Change = &change
			notes.Change(change)
		}
		series.Points = append(series.Points, point)
	}
	return series
}

// resolveSeries resolves a question about series: its indicators, their units and the
// years, which are all between the bounds that have data.
func resolveSeries(r *Resolver, ask Ask) *seriesPlan {
	q := &Question{From: ask.From, To: ask.To}
	p := &seriesPlan{Question: q, base: ask.BaseYear, changes: ask.Scope != nil && ask.Scope.Changes}
	resolveSeriesIndicators(r, q, ask)
	q.view, q.version, q.AsOf = r.AsOf(ask.Scope)
	if p.changes && p.base != number.PreviousYear {
		q.BaseYear = p.base.BaseFor(0)
		r.CalendarYear("baseYear", q.BaseYear)
	}
	if len(q.Indicators) == 0 {
		return p
	}
	if p.years = resolveSpan(r, q, q.Indicators...); len(p.years) == 0 {
		return p
	}
	day := p.years[len(p.years)-1].Reference()
	switch {
	case len(ask.Units) > 0 && ask.Level != "":
		r.Fault(&number.Error{Code: number.BadArgument, Where: "level", Message: number.Say("both units and level are given"), Hint: number.Say("give units for some units, or level for each unit of one")})
	case len(ask.Units) > 0:
		for _, code := range ask.Units {
			if unit := r.Unit("units", code, r.On(ask.Scope, day)); unit != nil {
				q.Units = append(q.Units, unit)
			}
		}
		Narrow(r, q, ask)
	default:
		resolveUnits(r, q, Ask{Level: ask.Level, Within: ask.Within, Scope: ask.Scope}, day)
	}
	p.resolveParts(r, ask, day)
	return p
}

// resolveSeriesIndicators resolves the one indicator or the several that are asked about.
func resolveSeriesIndicators(r *Resolver, q *Question, ask Ask) {
	fault := func(message number.Message) {
		r.Fault(&number.Error{Code: number.BadArgument, Where: "indicators", Message: message, Hint: number.Say("give indicator for one, or indicators for several")})
	}
	switch {
	case ask.Indicator != "" && ask.Indicators != nil:
		fault(number.Say("both indicator and indicators are given"))
	case ask.Indicator != "":
		if q.Indicator = r.indicator(ask.Indicator); q.Indicator != nil {
			q.Indicators = []*catalogue.Indicator{q.Indicator}
		}
	case len(ask.Indicators) == 0:
		fault(number.Say("no indicator is named"))
	case len(ask.Indicators) > maxSeriesIndicators:
		r.Fault(&number.Error{
			Code: number.TooMany, Where: "indicators", Message: number.Say("%d indicators are more than the %d of one answer", len(ask.Indicators), maxSeriesIndicators),
			Hint: number.Say("ask for fewer indicators"),
		})
	default:
		for _, code := range ask.Indicators {
			if i := r.indicatorAt("indicators", code); i != nil && !slices.Contains(q.Indicators, i) {
				q.Indicators = append(q.Indicators, i)
			}
		}
	}
}

// maxSeriesIndicators is the cap on the indicators of one answer.
const maxSeriesIndicators = 50

// resolveParts finds the units of each indicator, and its members.
func (p *seriesPlan) resolveParts(r *Resolver, ask Ask, day number.Date) {
	cells := 0
	for _, i := range p.Indicators {
		part := seriesPart{Indicator: i, Breakdown: p.Breakdown, units: p.Units}
		if p.Indicator == nil {
			part.Breakdown = resolveBreakdowns(r, ask.Scope, i)
			p.Breakdown = part.Breakdown
			r.publishedFor("level", i, p.Level)
		}
		if p.Level != nil {
			one := *p.Question
			one.Indicator = i
			part.units = scopeOf(r, &one, day).units
		}
		cells += len(part.units) * len(p.years)
		p.parts = append(p.parts, part)
	}
	if cells > maxUnits {
		r.Fault(&number.Error{
			Code: number.TooMany, Where: "level",
			Message: number.Say("%d units × %d years are more than the %d figures that one answer can have", cells/len(p.years), len(p.years), maxUnits),
			Hint:    number.Say("narrow the question with within, from and to"),
		})
	}
}

// resolveSpan returns the years of series: from the first to the last with data of any of
// the indicators within the bounds, none left out.
func resolveSpan(r *Resolver, q *Question, indicators ...*catalogue.Indicator) []number.Year {
	var known []number.Year
	for _, i := range indicators {
		known = append(known, i.YearsOn(q.view.Basis, q.view.View)...)
	}
	slices.Sort(known)
	known = slices.Compact(known)
	if len(known) == 0 {
		r.year("from", max(q.From, number.FirstYear), indicators[0], q.view, number.UnknownYear)
		return nil
	}
	if q.From == 0 {
		q.From = known[0]
	}
	if q.To == 0 {
		q.To = known[len(known)-1]
	}
	from, to := max(q.From, known[0]), min(q.To, known[len(known)-1])
	if from > to {
		r.Fault(&number.Error{
			Code: number.UnknownYear, Where: "from",
			Message: number.Say("%s has no figures from %d to %d", codesOf(indicators), q.From, q.To),
			Hint:    number.Say("it has figures for %s", spans(known)),
		})
		return nil
	}
	if to-from >= catalogue.MaxYears {
		r.Fault(&number.Error{Code: number.TooMany, Where: "from", Message: number.Say("%d years are more than the %d of one series", to-from+1, catalogue.MaxYears), Hint: number.Say("narrow from and to")})
		return nil
	}
	var years []number.Year
	for year := from; year <= to; year++ {
		years = append(years, year)
	}
	return years
}

// codesOf lists the codes of indicators.
func codesOf(indicators []*catalogue.Indicator) string {
	codes := make([]string, len(indicators))
	for at, i := range indicators {
		codes[at] = i.Code
	}
	return strings.Join(codes, ", ")
}
