package query

import (
	"context"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// SeriesSet is the figures of an indicator over years, for one or several units.
type SeriesSet struct {
	// Question is the question as it was understood.
	Question *Question
	// Release is the last publication that the answer knows; nil when there was none.
	Release *ledger.Release
	// Years are the years of every series, ascending.
	Years []number.Year
	// Series are the units, in the order asked or by code.
	Series []*Series
	// Notes are warnings about the answer.
	Notes []*Note
}

// Series is the figures of one unit over the years.
type Series struct {
	// Unit is the unit, as it was in the last of the years in which it existed.
	Unit *catalogue.Unit
	// Figures has one figure for each year of the set.
	Figures []*figure.Figure
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

// Series answers how an indicator developed over the years.
func (s *Service) Series(ctx context.Context, ask Ask) (*SeriesSet, error) {
	r := &Resolver{State: s.State()}
	q, units, years := resolveSeries(r, ask)
	if err := r.Err(); err != nil {
		return nil, err
	}
	var levels []*catalogue.Level
	for _, unit := range units {
		levels = append(levels, unit.Level)
	}
	f, err := s.fetch(ctx, r.State, q, years, levels)
	if err != nil {
		return nil, err
	}
	answer := &SeriesSet{Question: q, Release: q.release, Years: years, Series: []*Series{}}
	notes := &NoteCollector{Catalogue: r.State}
	for _, unit := range units {
		series := &Series{Unit: unit}
		for _, year := range years {
			figure := f.Figure(unit, year)
			series.Figures = append(series.Figures, figure)
			notes.figure(figure)
		}
		answer.Series = append(answer.Series, series)
	}
	notes.notCarried(f, q, years...)
	answer.Notes = notes.All()
	return answer, nil
}

// resolveSeries resolves a question about a series: its units and its years, which are
// all between the bounds that have data.
func resolveSeries(r *Resolver, ask Ask) (*Question, []*catalogue.Unit, []number.Year) {
	q := &Question{From: ask.From, To: ask.To}
	q.Indicator = r.indicator(ask.Indicator)
	q.view, q.release, q.AsOf = r.AsOf(ask.Scope)
	var years []number.Year
	if q.Indicator != nil {
		years = resolveSpan(r, q)
	}
	if len(years) == 0 {
		return q, nil, nil
	}
	day := years[len(years)-1].Reference()
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
		return q, q.Units, years
	}
	resolveUnits(r, q, Ask{Level: ask.Level, Within: ask.Within, Scope: ask.Scope}, day)
	units := scopeOf(r, q, day).units
	if cells := len(units) * len(years); cells > maxUnits {
		r.Fault(&number.Error{
			Code: number.TooMany, Where: "level",
			Message: number.Say("%d units × %d years are more than the %d figures that one answer can have", len(units), len(years), maxUnits),
			Hint:    number.Say("narrow the question with within, from and to"),
		})
	}
	return q, units, years
}

// resolveSpan returns the years of a series: from the first to the last with data within
// the bounds, none left out.
func resolveSpan(r *Resolver, q *Question) []number.Year {
	known := q.Indicator.YearsOn(q.view.Basis, q.view.View)
	if len(known) == 0 {
		r.year("from", max(q.From, number.FirstYear), q.Indicator, q.view, number.UnknownYear)
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
			Message: number.Say("%s has no figures from %d to %d", q.Indicator.Code, q.From, q.To),
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
