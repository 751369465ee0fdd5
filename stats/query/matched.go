package query

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// LeftOut is a unit that a like-for-like comparison leaves out.
type LeftOut struct {
	// Unit is the unit, as it was in the year asked, or in the base year where it
	// is no more.
	Unit *catalogue.Unit
	// Reason says which figure it lacks, or why the two do not measure the same.
	Reason number.Reason
}

// pair is the figures of one unit that has those of both years.
type pair struct{ base, current *figure.Figure }

// match fills the rows and the total from the units that have figures of both
// years, like for like. A unit that reported for itself in both years is one of
// them; of any other the units below it are looked at, down to the level that
// reports.
func match(c *Comparison) {
	var all []pair
	for _, unit := range c.scope.units {
		pairs, left := pairsOf(c, unit)
		all, c.LeftOut = append(all, pairs...), append(c.LeftOut, left...)
		switch {
		case len(pairs) == 1 && pairs[0].current.Unit.Key() == unit.Key():
			c.Rows = append(c.Rows, matchedRow(c, unit, pairs[0]))
		case len(pairs) > 0:
			c.Rows = append(c.Rows, matchedRow(c, unit, sumOfPairs(c, unit, pairs)))
		case c.Question.Unit != nil:
			c.Rows = append(c.Rows, matchedRow(c, unit, pair{withoutMatch(c, unit, c.Question.BaseYear), withoutMatch(c, unit, c.Question.Year)}))
		}
	}
	leaveOutFormer(c)
	if cohort := c.Question.Cohort; cohort != nil { // the total stays the whole
		for _, unit := range groupUnits(c, c.Question.Year, func(u *catalogue.Unit) bool { return !cohort.Has(u) }) {
			pairs, _ := pairsOf(c, unit)
			all = append(all, pairs...)
		}
	}
	if c.scope.total != nil {
		c.Total = matchedRow(c, c.scope.total, sumOfPairs(c, c.scope.total, all))
	}
}

func matchedRow(c *Comparison, unit *catalogue.Unit, p pair) *ComparisonRow {
	change := Compare(p.base, p.current)
	change.negative, change.matched = *c.Question.NegativeBase, true
	return &ComparisonRow{Unit: unit, Base: p.base, Current: p.current, Change: change}
}

// withoutMatch is the figure of a unit none of whose parts can be matched.
func withoutMatch(c *Comparison, unit *catalogue.Unit, year number.Year) *figure.Figure {
	none := figure.Combine(c.facts, unit, year, nil, 0)
	none.Value = number.None(number.NotComparable)
	none.SetRate()
	return none
}

// pairsOf finds the units with figures of both years within a unit, itself first.
func pairsOf(c *Comparison, unit *catalogue.Unit) ([]pair, []*LeftOut) {
	f, q := c.facts, c.Question
	p := pair{f.Figure(unit, q.BaseYear), f.Figure(unit, q.Year)}
	change := Compare(p.base, p.current)
	reports := unit.Level.Index() >= f.Catalogue.Level(q.Indicator.Eligibility.Level).Index()
	why := firstReason(p.base.Measure(), p.current.Measure())
	switch {
	case why.IsKnown() && reports:
		return []pair{p}, nil
	case why.IsKnown() && p.base.Origin == figure.OriginReported && p.current.Origin == figure.OriginReported && !change.eligibleDiffers():
		return []pair{p}, nil
	case why.IsKnown():
		why = number.None(number.NotComparable)
	}
	self := []*LeftOut{{Unit: unit, Reason: *why.Reason()}}
	if reports {
		return nil, self
	}
	then, now := f.At(q.BaseYear), f.At(q.Year)
	var pairs []pair
	var left []*LeftOut
	for _, child := range unit.Children() {
		before := then.ByKey(child.Key())
		if now.Eligible(q.Indicator, child) == 0 && (before == nil || then.Eligible(q.Indicator, before) == 0) {
			continue
		}
		more, without := pairsOf(c, child)
		pairs, left = append(pairs, more...), append(left, without...)
	}
	if len(pairs) == 0 && !slices.ContainsFunc(left, func(l *LeftOut) bool { return hasFigure(c, l) }) {
		return nil, self // nothing is known of what is below it: it is left out as a whole
	}
	return pairs, left
}

// hasFigure reports whether a unit that is left out has a figure of either year.
func hasFigure(c *Comparison, l *LeftOut) bool {
	return c.facts.Figure(l.Unit, c.Question.BaseYear).Measure().IsKnown() || c.facts.Figure(l.Unit, c.Question.Year).Measure().IsKnown()
}

// sumOfPairs makes one pair of figures of several.
func sumOfPairs(c *Comparison, unit *catalogue.Unit, pairs []pair) pair {
	bases, currents := make([]*figure.Figure, len(pairs)), make([]*figure.Figure, len(pairs))
	for i, p := range pairs {
		bases[i], currents[i] = p.base, p.current
	}
	return pair{
		figure.Combine(c.facts, unit, c.Question.BaseYear, bases, expectedOf(c, unit, c.Question.BaseYear), unit),
		figure.Combine(c.facts, unit, c.Question.Year, currents, expectedOf(c, unit, c.Question.Year), unit),
	}
}

// expectedOf counts the eligible units within a unit in a year.
func expectedOf(c *Comparison, unit *catalogue.Unit, year number.Year) int {
	h := c.facts.At(year)
	if then := h.ByKey(unit.Key()); then != nil {
		return h.Eligible(c.Question.Indicator, then)
	}
	return 0
}

// leaveOutFormer lists the reporting units of the base year that are none of the
// units looked at: they ended, are no longer eligible or lie within another unit.
func leaveOutFormer(c *Comparison) {
	q := c.Question
	now := c.facts.At(q.Year)
	level := q.Indicator.Eligibility.Level
	seen := map[uint32]bool{}
	for _, left := range c.LeftOut {
		seen[left.Unit.Key()] = true
	}
	for _, unit := range eligibleIn(c.facts, q.BaseYear, around(c)) {
		if seen[unit.Key()] || q.Level != nil && q.Level.Code == level && !q.keeps(unit) {
			continue
		}
		still := now.ByKey(unit.Key())
		gone := still == nil || now.Eligible(q.Indicator, still) == 0 || around(c) != nil && !still.Within(around(c))
		if gone && c.facts.Figure(unit, q.BaseYear).Measure().IsKnown() {
			c.LeftOut = append(c.LeftOut, &LeftOut{Unit: unit, Reason: number.NotApplicable})
		}
	}
	slices.SortStableFunc(c.LeftOut, func(a, b *LeftOut) int { return catalogue.ByCode(a.Unit, b.Unit) })
}

// around is the unit that the question is about as a whole: the one asked for or
// the total; nil where the rows have none in common.
func around(c *Comparison) *catalogue.Unit {
	if c.Question.Unit != nil {
		return c.Question.Unit
	}
	return c.scope.total
}

// levelsBelow lists the levels of a comparison's slices: those of its units and total;
// for churn the level that reports, and where units are matched all levels in between.
func levelsBelow(r *Resolver, s scope, q *Question) []*catalogue.Level {
	levels := s.levels()
	if q.Indicator.Kind != catalogue.Attainment && !*q.Matched {
		return levels
	}
	lowest := r.State.Level(q.Indicator.Eligibility.Level)
	top := lowest.Index()
	if *q.Matched && len(s.units) > 0 {
		top = min(top, s.units[0].Level.Index())
	}
	return append(levels, r.Levels[top:lowest.Index()+1]...)
}
