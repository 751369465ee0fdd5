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
	// Former are the units of the level that were a part of the total in the base
	// year and are none in the year asked, by code: they ended, lie within another
	// unit or are no longer eligible. Empty when one unit was asked for and when
	// units are matched.
	Former []*ComparisonRow
	// Total is the unit that the rows lie within; nil when one unit was asked for.
	// When units are matched it is the roll-up of the rows.
	Total *ComparisonRow
	// Inside and Outside are the units of the question's cohort taken as one, and
	// all other units of the level within the total; nil without a cohort.
	Inside, Outside *ComparisonRow
	// Unexplained is what the contributions of Rows and Former leave of the
	// total's change; nil without a total.
	Unexplained *Contribution
	// LeftOut are the units that are not compared because they have no figures of
	// both years; empty unless units are matched.
	LeftOut []*LeftOut
	// Notes are warnings about the answer.
	Notes []*Note

	facts *facts
	scope scope
}

// ComparisonRow is the change of one unit.
type ComparisonRow struct {
	// Unit is the unit, as it was in the year asked; of a former unit that no
	// longer exists, as it was in the base year.
	Unit *Unit
	// Base and Current are its figures in the two years.
	Base, Current *Figure
	// Change is the change from Base to Current.
	Change Change
	// Contribution is its part of the total's change; nil where there is no total
	// and for the total itself.
	Contribution *Contribution
}

// Text is the row in words: the current figure and how it changed.
func (r *ComparisonRow) Text(language Language) string {
	return r.Current.Text(language) + ", " + r.Change.Text(language)
}

// Compare answers how an indicator changed from a base year.
func (s *Service) Compare(ctx context.Context, ask Ask) (*Comparison, error) {
	r := &resolver{State: s.state()}
	q, units := r.comparison(ask)
	if err := r.err(); err != nil {
		return nil, err
	}
	f, err := s.fetch(ctx, r.State, q, []Year{q.BaseYear, q.Year}, r.below(units, q))
	if err != nil {
		return nil, err
	}
	answer := &Comparison{
		Question: q, Release: q.release, facts: f, scope: units,
		Rows: make([]*ComparisonRow, 0, len(units.units)), Former: []*ComparisonRow{}, LeftOut: []*LeftOut{},
	}
	if *q.Matched {
		answer.match()
	} else {
		answer.compare()
	}
	answer.contribute()
	answer.divide()
	notes := &noter{catalogue: r.State, leftOut: len(answer.LeftOut)}
	for _, row := range answer.Rows {
		notes.change(row.Change)
	}
	for _, row := range []*ComparisonRow{answer.Total, answer.Inside, answer.Outside} {
		if row != nil {
			notes.change(row.Change)
		}
	}
	notes.losses(f, q, q.BaseYear, q.Year)
	answer.Notes = notes.all()
	return answer, nil
}

// compare fills the rows, the former units and the total.
func (c *Comparison) compare() {
	q := c.Question
	for _, unit := range c.scope.units {
		c.Rows = append(c.Rows, c.facts.compare(unit, q))
	}
	for _, unit := range c.formerUnits() {
		c.Former = append(c.Former, c.facts.compare(unit, q))
	}
	if c.scope.total != nil {
		c.Total = c.facts.compare(c.scope.total, q)
	}
}

// formerUnits finds the units of the level that were a part of the total in the
// base year and are none now.
func (c *Comparison) formerUnits() []*Unit {
	q, total := c.Question, c.scope.total
	if q.Level == nil {
		return nil
	}
	now := map[uint32]bool{}
	for _, unit := range c.scope.units {
		now[unit.Key()] = true
	}
	h := c.facts.at(q.Year)
	then := c.facts.at(q.BaseYear)
	var former []*Unit
	for _, unit := range then.LevelWithin(q.Level.Code, total) {
		if now[unit.Key()] || !q.keeps(unit) || then.Eligible(q.Indicator, unit) == 0 {
			continue
		}
		if still := h.ByKey(unit.Key()); still != nil {
			unit = still
		}
		former = append(former, unit)
	}
	return former
}

// contribute parts the total's change among the rows and the former units.
func (c *Comparison) contribute() {
	if c.Total == nil {
		return
	}
	d := decompose(c.Total.Change)
	isPart := func(unit *Unit, year Year) bool {
		at := c.facts.at(year).ByKey(unit.Key())
		return *c.Question.Matched || at != nil && at.Within(c.scope.total)
	}
	for _, row := range slices.Concat(c.Rows, c.Former) {
		row.Contribution = d.of(row.Change, isPart(row.Unit, c.Question.BaseYear), isPart(row.Unit, c.Question.Year))
	}
	c.Unexplained = d.rest()
}

func (f *facts) compare(unit *Unit, q *Question) *ComparisonRow {
	change := f.change(unit, q)
	return &ComparisonRow{Unit: unit, Base: change.base, Current: change.current, Change: change}
}

// change makes the change of a unit as the question wants it told.
func (f *facts) change(unit *Unit, q *Question) Change {
	change := compare(f.figure(unit, q.BaseYear), f.figure(unit, q.Year))
	change.negative = *q.NegativeBase
	return change
}

// comparison resolves a question about a change.
func (r *resolver) comparison(ask Ask) (*Question, scope) {
	q := r.changing(ask)
	q.Matched = &ask.Matched
	r.year("baseYear", q.BaseYear, q.Indicator, q.view.View, BaseYearWithoutData)
	if q.BaseYear == q.Year {
		r.fault(&Error{Code: BadArgument, Where: "baseYear", Message: Say("the base year is the year asked"), Hint: Say("give another baseYear")})
	}
	return q, r.scope(q, q.Year.Reference())
}

// changing resolves what comparisons and rankings have in common; the base year
// is left unchecked.
func (r *resolver) changing(ask Ask) *Question {
	q := &Question{Year: ask.Year, BaseYear: ask.BaseYear, NegativeBase: or(ask.NegativeBase, NoPercent)}
	if q.BaseYear == 0 {
		q.BaseYear = DefaultBaseYear
	}
	q.Indicator = r.indicator(ask.Indicator)
	r.year("year", q.Year, q.Indicator, r.published(ask.Scope), UnknownYear)
	r.target(q, ask, q.Year.Reference())
	q.view, q.release, q.AsOf = r.asOf(ask.Scope)
	return q
}
