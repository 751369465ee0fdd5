package stats

import (
	"context"
	"slices"
)

// Comparison is how an indicator changed from a base year, for one unit or for
// each unit of a level.
type Comparison struct {
	// Question is the question as it was understood.
	Question *Question
	// Release is the last publication that the answer knows; nil when there was none.
	Release *Release
	// Rows are the units, by code.
	Rows []*ComparisonRow
	// Total is the unit that the rows lie within; nil when one unit was asked for.
	Total *ComparisonRow
	// Notes are warnings about the answer.
	Notes []*Note
}

// ComparisonRow is the change of one unit.
type ComparisonRow struct {
	// Unit is the unit, as it was in the year asked.
	Unit *Unit
	// Base and Current are its figures in the two years.
	Base, Current *Figure
	// Change is the change from Base to Current.
	Change Change
}

// Text is the row in words: the current figure and how it changed.
func (r *ComparisonRow) Text(language Language) string {
	return r.Current.Text(language) + ", " + r.Change.Text(language)
}

// Compare answers how an indicator changed from a base year.
func (s *Service) Compare(ctx context.Context, ask Ask) (*Comparison, error) {
	r := &resolver{Catalogue: s.Catalogue()}
	q, units := r.comparison(ask)
	if err := r.err(); err != nil {
		return nil, err
	}
	f, err := s.fetch(ctx, r.Catalogue, q.Indicator, q.view, []Year{q.BaseYear, q.Year}, units.levels())
	if err != nil {
		return nil, err
	}
	answer := &Comparison{Question: q, Release: q.release, Rows: make([]*ComparisonRow, 0, len(units.units))}
	for _, unit := range units.units {
		answer.Rows = append(answer.Rows, f.compare(unit, q))
	}
	rows := answer.Rows
	if units.total != nil {
		answer.Total = f.compare(units.total, q)
		rows = append(slices.Clip(rows), answer.Total)
	}
	notes := &noter{catalogue: r.Catalogue}
	for _, row := range rows {
		notes.change(row.Change)
	}
	answer.Notes = notes.all()
	return answer, nil
}

func (f *facts) compare(unit *Unit, q *Question) *ComparisonRow {
	base, current := f.figure(unit, q.BaseYear), f.figure(unit, q.Year)
	return &ComparisonRow{Unit: unit, Base: base, Current: current, Change: compare(base, current)}
}

// comparison resolves a question about a change.
func (r *resolver) comparison(ask Ask) (*Question, scope) {
	q := r.changing(ask)
	r.year("baseYear", q.BaseYear, q.Indicator, BaseYearWithoutData)
	if q.BaseYear == q.Year {
		r.fault(&Error{Code: BadArgument, Where: "baseYear", Message: "the base year is the year asked", Hint: "give another baseYear"})
	}
	return q, r.scope(q, q.Year.Reference())
}

// changing resolves what comparisons and rankings have in common; the base year
// is left unchecked.
func (r *resolver) changing(ask Ask) *Question {
	q := &Question{Year: ask.Year, BaseYear: ask.BaseYear}
	if q.BaseYear == 0 {
		q.BaseYear = DefaultBaseYear
	}
	q.Indicator = r.indicator(ask.Indicator)
	r.year("year", q.Year, q.Indicator, UnknownYear)
	r.target(q, ask, q.Year.Reference())
	q.view, q.release, q.AsOf = r.asOf(ask.Scope)
	return q
}
