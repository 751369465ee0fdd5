package query

import (
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// The codes that stand in place of a unit's for the two groups of a cohort.
const (
	cohortCode = "cohort"
	restCode   = "rest"
)

// divide makes the rows Inside, of the units of the cohort, and Outside, of all other
// units of the level within the total.
func divide(c *Comparison) {
	cohort := c.Question.Cohort
	if cohort == nil {
		return
	}
	c.Inside = groupRow(c, cohortCode, cohort.Names, cohort.Has)
	c.Outside = groupRow(c, restCode, number.Text{VI: "Các đơn vị còn lại", EN: "The other units"}, func(u *catalogue.Unit) bool { return !cohort.Has(u) })
}

// groupRow makes one row of the units that are of a group: in each year of those to which
// the indicator applied then, or when units are matched of those with both figures.
func groupRow(c *Comparison, code string, names number.Text, is func(*catalogue.Unit) bool) *ComparisonRow {
	q := c.Question
	unit := catalogue.NewGroup(code, names, q.Level, c.scope.total)
	var bases, currents []*figure.Figure
	expected := func(year number.Year) int {
		h, count := c.facts.At(year), 0
		for _, member := range groupUnits(c, year, is) {
			count += max(h.Eligible(q.Indicator, member), 1)
		}
		return count
	}
	if *q.Matched {
		for _, member := range groupUnits(c, q.Year, is) {
			pairs, _ := pairsOf(c, member)
			for _, p := range pairs {
				bases, currents = append(bases, p.base), append(currents, p.current)
			}
		}
	} else {
		bases, currents = groupFigures(c, q.BaseYear, is), groupFigures(c, q.Year, is)
	}
	change := Compare(
		figure.Combine(c.facts, unit, q.BaseYear, bases, expected(q.BaseYear), groupUnits(c, q.BaseYear, is)...),
		figure.Combine(c.facts, unit, q.Year, currents, expected(q.Year), groupUnits(c, q.Year, is)...),
	)
	change.negative, change.matched = *q.NegativeBase, *q.Matched
	return &ComparisonRow{Unit: unit, Base: change.base, Current: change.current, Change: change}
}

// groupUnits are the units of a group in a year.
func groupUnits(c *Comparison, year number.Year, is func(*catalogue.Unit) bool) []*catalogue.Unit {
	q, h := c.Question, c.facts.At(year)
	var units []*catalogue.Unit
	for _, unit := range h.LevelWithin(q.Level.Code, c.scope.total) {
		if is(unit) && q.keepsKind(unit) && c.facts.Applies(unit, year) {
			units = append(units, unit)
		}
	}
	return units
}

// groupFigures are the figures of a group's units in a year.
func groupFigures(c *Comparison, year number.Year, is func(*catalogue.Unit) bool) []*figure.Figure {
	var figures []*figure.Figure
	for _, unit := range groupUnits(c, year, is) {
		figures = append(figures, c.facts.Figure(unit, year))
	}
	return figures
}
