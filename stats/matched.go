package stats

import "slices"

// LeftOut is a unit that a like-for-like comparison leaves out.
type LeftOut struct {
	// Unit is the unit, as it was in the year asked, or in the base year where it
	// is no more.
	Unit *Unit
	// Reason says which figure it lacks, or why the two do not measure the same.
	Reason Reason
}

// pair is the figures of one unit that has those of both years.
type pair struct{ base, current *Figure }

// match fills the rows and the total from the units that have figures of both
// years, like for like. A unit that reported for itself in both years is one of
// them; of any other the units below it are looked at, down to the level that
// reports.
func (c *Comparison) match() {
	var all []pair
	for _, unit := range c.scope.units {
		pairs, left := c.pairs(unit)
		all, c.LeftOut = append(all, pairs...), append(c.LeftOut, left...)
		switch {
		case len(pairs) == 1 && pairs[0].current.Unit.Key() == unit.Key():
			c.Rows = append(c.Rows, c.matchedRow(unit, pairs[0]))
		case len(pairs) > 0:
			c.Rows = append(c.Rows, c.matchedRow(unit, c.sum(unit, pairs)))
		case c.Question.Unit != nil:
			c.Rows = append(c.Rows, c.matchedRow(unit, pair{c.without(unit, c.Question.BaseYear), c.without(unit, c.Question.Year)}))
		}
	}
	c.leaveOutFormer()
	if cohort := c.Question.Cohort; cohort != nil { // the total stays the whole
		for _, unit := range c.sideUnits(c.Question.Year, func(u *Unit) bool { return !cohort.has(u) }) {
			pairs, _ := c.pairs(unit)
			all = append(all, pairs...)
		}
	}
	if c.scope.total != nil {
		c.Total = c.matchedRow(c.scope.total, c.sum(c.scope.total, all))
	}
}

func (c *Comparison) matchedRow(unit *Unit, p pair) *ComparisonRow {
	change := compare(p.base, p.current)
	change.negative, change.matched = *c.Question.NegativeBase, true
	return &ComparisonRow{Unit: unit, Base: p.base, Current: p.current, Change: change}
}

// without is the figure of a unit none of whose parts can be matched.
func (c *Comparison) without(unit *Unit, year Year) *Figure {
	none := c.facts.together(unit, year, nil, 0)
	none.Value = None(NotComparable)
	none.setRate()
	return none
}

// pairs finds the units with figures of both years within a unit, itself first.
func (c *Comparison) pairs(unit *Unit) ([]pair, []*LeftOut) {
	f, q := c.facts, c.Question
	p := pair{f.figure(unit, q.BaseYear), f.figure(unit, q.Year)}
	change := compare(p.base, p.current)
	reports := unit.Level.Index() >= f.catalogue.Level(q.Indicator.Eligibility.Level).Index()
	why := both(p.base.Measure(), p.current.Measure())
	switch {
	case why.IsKnown() && reports:
		return []pair{p}, nil
	case why.IsKnown() && p.base.Origin == OriginReported && p.current.Origin == OriginReported && !change.eligibleDiffers():
		return []pair{p}, nil
	case why.IsKnown():
		why = None(NotComparable)
	}
	self := []*LeftOut{{Unit: unit, Reason: *why.Reason()}}
	if reports {
		return nil, self
	}
	then, now := f.at(q.BaseYear), f.at(q.Year)
	var pairs []pair
	var left []*LeftOut
	for _, child := range unit.Children() {
		before := then.ByKey(child.Key())
		if now.Eligible(q.Indicator, child) == 0 && (before == nil || then.Eligible(q.Indicator, before) == 0) {
			continue
		}
		more, without := c.pairs(child)
		pairs, left = append(pairs, more...), append(left, without...)
	}
	if len(pairs) == 0 && !slices.ContainsFunc(left, func(l *LeftOut) bool { return c.hasFigure(l) }) {
		return nil, self // nothing is known of what is below it: it is left out as a whole
	}
	return pairs, left
}

// hasFigure tells whether a unit that is left out has a figure of either year.
func (c *Comparison) hasFigure(l *LeftOut) bool {
	return c.facts.figure(l.Unit, c.Question.BaseYear).Measure().IsKnown() || c.facts.figure(l.Unit, c.Question.Year).Measure().IsKnown()
}

// sum makes one pair of figures of several.
func (c *Comparison) sum(unit *Unit, pairs []pair) pair {
	bases, currents := make([]*Figure, len(pairs)), make([]*Figure, len(pairs))
	for i, p := range pairs {
		bases[i], currents[i] = p.base, p.current
	}
	return pair{
		c.facts.together(unit, c.Question.BaseYear, bases, c.expected(unit, c.Question.BaseYear), unit),
		c.facts.together(unit, c.Question.Year, currents, c.expected(unit, c.Question.Year), unit),
	}
}

// expected counts the eligible units within a unit in a year.
func (c *Comparison) expected(unit *Unit, year Year) int {
	h := c.facts.at(year)
	if then := h.ByKey(unit.Key()); then != nil {
		return h.Eligible(c.Question.Indicator, then)
	}
	return 0
}

// leaveOutFormer lists the reporting units of the base year that are none of the
// units looked at: they ended, are no longer eligible or lie within another unit.
func (c *Comparison) leaveOutFormer() {
	q := c.Question
	now := c.facts.at(q.Year)
	level := q.Indicator.Eligibility.Level
	seen := map[uint32]bool{}
	for _, left := range c.LeftOut {
		seen[left.Unit.Key()] = true
	}
	for _, unit := range c.facts.eligible(q.BaseYear, c.around()) {
		if seen[unit.Key()] || q.Level != nil && q.Level.Code == level && !q.keeps(unit) {
			continue
		}
		still := now.ByKey(unit.Key())
		gone := still == nil || now.Eligible(q.Indicator, still) == 0 || c.around() != nil && !still.Within(c.around())
		if gone && c.facts.figure(unit, q.BaseYear).Measure().IsKnown() {
			c.LeftOut = append(c.LeftOut, &LeftOut{Unit: unit, Reason: NotApplicable})
		}
	}
	slices.SortStableFunc(c.LeftOut, func(a, b *LeftOut) int { return byCode(a.Unit, b.Unit) })
}

// around is the unit that the question is about as a whole: the one asked for or
// the total; nil where the rows have none in common.
func (c *Comparison) around() *Unit {
	if c.Question.Unit != nil {
		return c.Question.Unit
	}
	return c.scope.total
}

// below lists the levels of a comparison's slices: those of its units and total;
// for churn the level that reports, and where units are matched all levels in between.
func (r *resolver) below(s scope, q *Question) []*Level {
	levels := s.levels()
	if q.Indicator.Kind != Attainment && !*q.Matched {
		return levels
	}
	lowest := r.State.Level(q.Indicator.Eligibility.Level)
	top := lowest.Index()
	if *q.Matched && len(s.units) > 0 {
		top = min(top, s.units[0].Level.Index())
	}
	return append(levels, r.Levels[top:lowest.Index()+1]...)
}
