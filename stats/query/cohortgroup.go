package query

import (
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// The codes that stand in place of a unit's for the two sides of a cohort.
const (
	cohortCode = "cohort"
	restCode   = "rest"
)

// divide takes the units of the level apart: those of the cohort as one, and all
// others within the total as one.
func divide(c *Comparison) {
	cohort := c.Question.Cohort
	if cohort == nil {
		return
	}
	c.Inside = sideOf(c, cohortCode, cohort.Names, cohort.Has)
	c.Outside = sideOf(c, restCode, number.Text{VI: "Các đơn vị còn lại", EN: "The other units"}, func(u *catalogue.Unit) bool { return !cohort.Has(u) })
}

// sideOf makes one row of the units that are of a side: in each year of those to which
// the indicator applied then, or when units are matched of those with both figures.
func sideOf(c *Comparison, code string, names number.Text, is func(*catalogue.Unit) bool) *ComparisonRow {
	q := c.Question
	unit := catalogue.NewGroup(code, names, q.Level, c.scope.total)
	var bases, currents []*figure.Figure
	expected := func(year number.Year) int {
		h, count := c.facts.At(year), 0
		for _, member := range sideUnits(c, year, is) {
			count += h.Eligible(q.Indicator, member)
		}
		return count
	}
	if *q.Matched {
		for _, member := range sideUnits(c, q.Year, is) {
			pairs, _ := pairsOf(c, member)
			for _, p := range pairs {
				bases, currents = append(bases, p.base), append(currents, p.current)
			}
		}
	} else {
		bases, currents = sideFigures(c, q.BaseYear, is), sideFigures(c, q.Year, is)
	}
	change := Compare(
		figure.Together(c.facts, unit, q.BaseYear, bases, expected(q.BaseYear), sideUnits(c, q.BaseYear, is)...),
		figure.Together(c.facts, unit, q.Year, currents, expected(q.Year), sideUnits(c, q.Year, is)...),
	)
	change.negative, change.matched = *q.NegativeBase, *q.Matched
	return &ComparisonRow{Unit: unit, Base: change.base, Current: change.current, Change: change}
}

// sideUnits are the units of a side in a year.
func sideUnits(c *Comparison, year number.Year, is func(*catalogue.Unit) bool) []*catalogue.Unit {
	q, h := c.Question, c.facts.At(year)
	var units []*catalogue.Unit
	for _, unit := range h.LevelWithin(q.Level.Code, c.scope.total) {
		if is(unit) && q.keepsKind(unit) && h.Eligible(q.Indicator, unit) > 0 {
			units = append(units, unit)
		}
	}
	return units
}

// sideFigures are the figures of a side's units in a year.
func sideFigures(c *Comparison, year number.Year, is func(*catalogue.Unit) bool) []*figure.Figure {
	var figures []*figure.Figure
	for _, unit := range sideUnits(c, year, is) {
		figures = append(figures, c.facts.Figure(unit, year))
	}
	return figures
}
