package query

import (
	"context"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// Comparison is how an indicator changed from a base year, for one unit or for
// each unit of a level.
type Comparison struct {
	// Question is the question as it was understood.
	Question *Question
	// Version says of which publications the answer is.
	Version
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

	facts *figure.Facts
	scope scope
}

// ComparisonRow is the change of one unit.
type ComparisonRow struct {
	// Unit is the unit, as it was in the year asked; of a former unit that no
	// longer exists, as it was in the base year.
	Unit *catalogue.Unit
	// Base and Current are its figures in the two years.
	Base, Current *figure.Figure
	// Change is the change from Base to Current.
	Change Change
	// Contribution is its part of the total's change; nil where there is no total
	// and for the total itself.
	Contribution *Contribution
}

// Text is the row in words: the current figure and how it changed.
func (r *ComparisonRow) Text(language number.Language) string {
	return r.Current.Text(language) + ", " + r.Change.Text(language)
}

// Compare answers how an indicator changed from a base year.
func (s *Service) Compare(ctx context.Context, ask Ask) (*Comparison, error) {
	r := &Resolver{State: s.State()}
	q, units := resolveComparison(r, ask)
	if err := r.Err(); err != nil {
		return nil, err
	}
	f, err := s.fetch(ctx, r.State, q, []number.Year{q.BaseYear, q.Year}, levelsBelow(r, units, q))
	if err != nil {
		return nil, err
	}
	units = units.applied(f, q, q.BaseYear, q.Year)
	answer := &Comparison{
		Question: q, Version: q.version, facts: f, scope: units,
		Rows: make([]*ComparisonRow, 0, len(units.units)), Former: []*ComparisonRow{}, LeftOut: []*LeftOut{},
	}
	if *q.Matched {
		match(answer)
	} else {
		answer.compare()
	}
	answer.contribute()
	divide(answer)
	notes := &NoteCollector{Catalogue: r.State, leftOut: len(answer.LeftOut)}
	for _, row := range answer.Rows {
		notes.Change(row.Change)
	}
	for _, row := range []*ComparisonRow{answer.Total, answer.Inside, answer.Outside} {
		if row != nil {
			notes.Change(row.Change)
		}
	}
	notes.notCarried(f, q, q.BaseYear, q.Year)
	answer.Notes, answer.Release = notes.All(), notes.Release()
	return answer, nil
}

// compare fills the rows, the former units and the total.
func (c *Comparison) compare() {
	q := c.Question
	units := c.scope.units
	c.Rows = slices.Grow(c.Rows, len(units))[:len(units)]
	figure.Spread(len(units), func(i int) { c.Rows[i] = compareUnits(c.facts, units[i], q) })
	for _, unit := range c.formerUnits() {
		c.Former = append(c.Former, compareUnits(c.facts, unit, q))
	}
	if c.scope.total != nil {
		c.Total = compareUnits(c.facts, c.scope.total, q)
	}
}

// formerUnits finds the units of the level that were a part of the total in the
// base year and are none now.
func (c *Comparison) formerUnits() []*catalogue.Unit {
	q, total := c.Question, c.scope.total
	if q.Level == nil {
		return nil
	}
	now := map[uint32]bool{}
	for _, unit := range c.scope.units {
		now[unit.Key()] = true
	}
	h := c.facts.At(q.Year)
	then := c.facts.At(q.BaseYear)
	var former []*catalogue.Unit
	for _, unit := range then.LevelWithin(q.Level.Code, total) {
		if now[unit.Key()] || !q.keeps(unit) || !c.facts.Applies(unit, q.BaseYear) {
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
	isPart := func(unit *catalogue.Unit, year number.Year) bool {
		at := c.facts.At(year).ByKey(unit.Key())
		return *c.Question.Matched || at != nil && at.Within(c.scope.total)
	}
	for _, row := range slices.Concat(c.Rows, c.Former) {
		row.Contribution = d.of(row.Change, isPart(row.Unit, c.Question.BaseYear), isPart(row.Unit, c.Question.Year))
	}
	c.Unexplained = d.rest()
}

func compareUnits(f *figure.Facts, unit *catalogue.Unit, q *Question) *ComparisonRow {
	change := changeOf(f, unit, q)
	return &ComparisonRow{Unit: unit, Base: change.base, Current: change.current, Change: change}
}

// changeOf makes the change of a unit with the choices of the question.
func changeOf(f *figure.Facts, unit *catalogue.Unit, q *Question) Change {
	change := Compare(f.Figure(unit, q.BaseYear), f.Figure(unit, q.Year))
	change.negative = *q.NegativeBase
	return change
}

// resolveComparison resolves a question about a change.
func resolveComparison(r *Resolver, ask Ask) (*Question, scope) {
	q := resolveChange(r, ask)
	q.Matched = &ask.Matched
	r.year("baseYear", q.BaseYear, q.Indicator, q.view, number.BaseYearWithoutData)
	if q.BaseYear == q.Year {
		r.Fault(&number.Error{Code: number.BadArgument, Where: "baseYear", Message: number.Say("the base year is the year asked"), Hint: number.Say("give another baseYear")})
	}
	return q, scopeOf(r, q, q.Year.Reference())
}

// resolveChange resolves what comparisons and rankings have in common; the base year
// is left unchecked.
func resolveChange(r *Resolver, ask Ask) *Question {
	q := &Question{Year: ask.Year, BaseYear: ask.BaseYear.BaseFor(ask.Year), NegativeBase: number.OrDefault(ask.NegativeBase, NoPercent)}
	q.Indicator = r.indicator(ask.Indicator)
	r.year("year", q.Year, q.Indicator, r.published(ask.Scope), number.UnknownYear)
	resolveUnits(r, q, ask, q.Year.Reference())
	q.view, q.version, q.AsOf = r.AsOf(ask.Scope)
	return q
}

// Churn returns the units behind the change of the unit asked for, or of the total.
// It is nil for what is no attainment, and where the units that report are not
// known one by one in both years: ChurnReason says which.
func (c *Comparison) Churn() *Churn {
	churn, _ := churnOf(c)
	return churn
}

// ChurnReason says why there is no churn; nil when there is one.
func (c *Comparison) ChurnReason() *number.Reason {
	_, reason := churnOf(c)
	return reason
}
