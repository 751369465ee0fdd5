package stats

import (
	"fmt"
	"hash/fnv"
)

// together makes one figure of those of several units in one year, by the rules
// of a roll-up: a sum, or a ratio or mean of sums; withheld when too few of the
// expected eligible units stand behind it, and where one of them is suppressed. The figure belongs to a unit in name;
// its ID tells of which units it was made. Among are the units within which the
// eligible ones are expected.
func (f *facts) together(unit *Unit, year Year, parts []*Figure, expected int, among ...*Unit) *Figure {
	sum := &Figure{
		Indicator: f.indicator, Breakdown: f.breakdown, Unit: unit, Year: year, cells: f.cells, view: f.view, Origin: OriginNone, eligible: expected,
	}
	hash, suppressed := fnv.New64a(), false
	total := gathered{coverage: Coverage{Expected: expected}}
	for _, part := range parts {
		_, _ = hash.Write([]byte(part.Unit.Code + "\n")) // a hash takes everything
		suppressed = suppressed || part.isSuppressed()
		if part.Measure().IsKnown() {
			total.take(part)
			sum.StatusSet |= part.StatusSet
			sum.recasting = max(sum.recasting, part.recasting)
			sum.breaks = append(sum.breaks, part.breaks...)
		}
	}
	if f.scale != nil {
		total.coverage.electorate = f.electorate(year, func() (expected, reported []stander) { return f.rollOfUnits(year, among, parts) })
	}
	rolled := total.rollUp(f.indicator)
	sum.Value, sum.Denominator, sum.Rate, sum.Weight = rolled.Value, rolled.Denominator, rolled.Rate, rolled.Weight
	sum.reporters, sum.Coverage, sum.parts = total.reporters, rolled.Coverage, fmt.Sprintf(":%d-%x", len(parts), hash.Sum64())
	if sum.Value.IsKnown() {
		sum.Origin = OriginComputed
	} else {
		sum.StatusSet = Statuses(Missing)
	}
	if suppressed { // what some units add up to tells of each of them
		sum.suppress()
		sum.Origin = OriginNone
	}
	return sum
}

// take adds a figure that has a measure.
func (g *gathered) take(f *Figure) {
	s, why := stakeOf(f, true)
	if !why.IsKnown() {
		g.bare++
	}
	g.value, g.weighted, g.denominator = g.value.Add(s.value), g.weighted.Add(s.value), g.denominator.Add(s.whole)
	g.coverage.Reported += f.standsFor()
	g.reporters += f.reporters
}

// standsFor counts the eligible units whose values are in a figure: all of them
// where the unit reported for itself.
func (f *Figure) standsFor() int {
	if f.Origin == OriginReported {
		return max(f.eligible, 1)
	}
	return f.Coverage.Reported
}
