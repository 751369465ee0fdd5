package stats

// The codes that stand in place of a unit's for the two sides of a cohort.
const (
	cohortCode = "cohort"
	restCode   = "rest"
)

// divide takes the units of the level apart: those of the cohort as one, and all
// others within the total as one.
func (c *Comparison) divide() {
	cohort := c.Question.Cohort
	if cohort == nil {
		return
	}
	c.Inside = c.side(cohortCode, cohort.Names, cohort.has)
	c.Outside = c.side(restCode, Text{VI: "Các đơn vị còn lại", EN: "The other units"}, func(u *Unit) bool { return !cohort.has(u) })
}

// side makes one row of the units that are of a side: in each year of those to which
// the indicator applied then, or when units are matched of those with both figures.
func (c *Comparison) side(code string, names Text, is func(*Unit) bool) *ComparisonRow {
	q := c.Question
	unit := newGroup(code, names, q.Level, c.scope.total)
	var bases, currents []*Figure
	expected := func(year Year) int {
		h, count := c.facts.at(year), 0
		for _, member := range c.sideUnits(year, is) {
			count += h.Eligible(q.Indicator, member)
		}
		return count
	}
	if *q.Matched {
		for _, member := range c.sideUnits(q.Year, is) {
			pairs, _ := c.pairs(member)
			for _, p := range pairs {
				bases, currents = append(bases, p.base), append(currents, p.current)
			}
		}
	} else {
		bases, currents = c.sideFigures(q.BaseYear, is), c.sideFigures(q.Year, is)
	}
	change := compare(
		c.facts.together(unit, q.BaseYear, bases, expected(q.BaseYear), c.sideUnits(q.BaseYear, is)...),
		c.facts.together(unit, q.Year, currents, expected(q.Year), c.sideUnits(q.Year, is)...),
	)
	change.negative, change.matched = *q.NegativeBase, *q.Matched
	return &ComparisonRow{Unit: unit, Base: change.base, Current: change.current, Change: change}
}

// sideUnits are the units of a side in a year.
func (c *Comparison) sideUnits(year Year, is func(*Unit) bool) []*Unit {
	q, h := c.Question, c.facts.at(year)
	var units []*Unit
	for _, unit := range h.LevelWithin(q.Level.Code, c.scope.total) {
		if is(unit) && q.keepsKind(unit) && h.Eligible(q.Indicator, unit) > 0 {
			units = append(units, unit)
		}
	}
	return units
}

// sideFigures are the figures of a side's units in a year.
func (c *Comparison) sideFigures(year Year, is func(*Unit) bool) []*Figure {
	var figures []*Figure
	for _, unit := range c.sideUnits(year, is) {
		figures = append(figures, c.facts.figure(unit, year))
	}
	return figures
}
