package stats

import (
	"context"
	"slices"
)

// SeriesSet is the figures of an indicator over years, for one or several units.
type SeriesSet struct {
	// Question is the question as it was understood.
	Question *Question
	// Release is the last publication that the answer knows; nil when there was none.
	Release *Release
	// Years are the years of every series, ascending.
	Years []Year
	// Series are the units, in the order asked or by code.
	Series []*Series
	// Notes are warnings about the answer.
	Notes []*Note
}

// Series is the figures of one unit over the years.
type Series struct {
	// Unit is the unit, as it was in the last of the years in which it existed.
	Unit *Unit
	// Figures has one figure for each year of the set.
	Figures []*Figure
}

// Breaks are the years in which the series breaks, after its first figure.
func (s *Series) Breaks() []*SeriesBreak {
	breaks := []*SeriesBreak{}
	seen := map[Year]bool{}
	for _, f := range s.Figures {
		for _, year := range f.breaks {
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
	r := &resolver{State: s.state()}
	q, units, years := r.series(ask)
	if err := r.err(); err != nil {
		return nil, err
	}
	var levels []*Level
	for _, unit := range units {
		levels = append(levels, unit.Level)
	}
	f, err := s.fetch(ctx, r.State, q, years, levels)
	if err != nil {
		return nil, err
	}
	answer := &SeriesSet{Question: q, Release: q.release, Years: years, Series: []*Series{}}
	notes := &noter{catalogue: r.State}
	for _, unit := range units {
		series := &Series{Unit: unit}
		for _, year := range years {
			figure := f.figure(unit, year)
			series.Figures = append(series.Figures, figure)
			notes.figure(figure)
		}
		answer.Series = append(answer.Series, series)
	}
	notes.losses(f, q, years...)
	answer.Notes = notes.all()
	return answer, nil
}

// series resolves a question about a series: its units and its years, which are
// all between the bounds that have data.
func (r *resolver) series(ask Ask) (*Question, []*Unit, []Year) {
	q := &Question{From: ask.From, To: ask.To}
	q.Indicator = r.indicator(ask.Indicator)
	q.view, q.release, q.AsOf = r.asOf(ask.Scope)
	var years []Year
	if q.Indicator != nil {
		years = r.span(q)
	}
	if len(years) == 0 {
		return q, nil, nil
	}
	day := years[len(years)-1].Reference()
	switch {
	case len(ask.Units) > 0 && ask.Level != "":
		r.fault(&Error{Code: BadArgument, Where: "level", Message: Say("both units and level are given"), Hint: Say("give units for some units, or level for each unit of one")})
	case len(ask.Units) > 0:
		for _, code := range ask.Units {
			if unit := r.unit("units", code, r.on(ask.Scope, day)); unit != nil {
				q.Units = append(q.Units, unit)
			}
		}
		r.narrow(q, ask)
		return q, q.Units, years
	}
	r.target(q, Ask{Level: ask.Level, Within: ask.Within, Scope: ask.Scope}, day)
	units := r.scope(q, day).units
	if cells := len(units) * len(years); cells > maxUnits {
		r.fault(&Error{
			Code: TooMany, Where: "level",
			Message: Say("%d units × %d years are more than the %d figures that one answer can have", len(units), len(years), maxUnits),
			Hint:    Say("narrow the question with within, from and to"),
		})
	}
	return q, units, years
}

// span gives the years of a series: from the first to the last with data within
// the bounds, none left out.
func (r *resolver) span(q *Question) []Year {
	known := q.Indicator.yearsIn(q.view.View)
	if len(known) == 0 {
		r.year("from", max(q.From, FirstYear), q.Indicator, q.view.View, UnknownYear)
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
		r.fault(&Error{
			Code: UnknownYear, Where: "from",
			Message: Say("%s has no figures from %d to %d", q.Indicator.Code, q.From, q.To),
			Hint:    Say("it has figures for %s", spans(known)),
		})
		return nil
	}
	if to-from >= maxYears {
		r.fault(&Error{Code: TooMany, Where: "from", Message: Say("%d years are more than the %d of one series", to-from+1, maxYears), Hint: Say("narrow from and to")})
		return nil
	}
	var years []Year
	for year := from; year <= to; year++ {
		years = append(years, year)
	}
	return years
}
