package figure

import (
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// Combine makes one figure of those of several units in one year, by the rules of a
// roll-up: a sum, or a ratio or mean of sums. It is withheld when too few of the expected
// eligible units stand behind it, and when one of the figures is suppressed. The unit
// only names the result; its ID says of which units it was made. Among are the units
// within which eligible ones are expected.
func Combine(f *Facts, unit *catalogue.Unit, year number.Year, parts []*Figure, expected int, among ...*catalogue.Unit) *Figure {
	sum := &Figure{
		Indicator: f.Indicator, Breakdown: f.Breakdown, Unit: unit, Year: year, Cells: f.Cells, View: f.View, Origin: OriginNone, Eligible: expected,
	}
	suppressed := false
	total := gathered{coverage: Coverage{Expected: expected}}
	for _, part := range parts {
		suppressed = suppressed || part.IsSuppressed()
		if least, bounded := part.AtLeast.Decimal(); bounded && !part.Value.IsKnown() {
			most, _ := part.AtMost.Decimal()
			total.value, total.missing = plus(total.value, least), plus(total.missing, most.Sub(least))
			total.coverage.Reported += part.Coverage.Reported
			sum.Recasting = max(sum.Recasting, part.Recasting)
		}
		if part.Measure().IsKnown() {
			total.take(part)
			sum.StatusSet |= part.StatusSet
			sum.Recasting = max(sum.Recasting, part.Recasting)
			sum.Breaks = append(sum.Breaks, part.Breaks...)
		}
	}
	if f.scale != nil {
		total.coverage.Reporters = NewExpectedReporters(f, year, func() (expected, reported []ReportingUnit) { return reportersOfUnits(f, year, among, parts) })
	}
	rolled := total.rollUp(f.Indicator)
	sum.AtLeast, sum.AtMost, sum.Approximations = rolled.AtLeast, rolled.AtMost, rolled.Approximations
	sum.Value, sum.Denominator, sum.Rate, sum.Weight = rolled.Value, rolled.Denominator, rolled.Rate, rolled.Weight
	sum.Latest = total.latest
	sum.Reporters, sum.Coverage, sum.made = total.reporters, rolled.Coverage, newUnitSet(f.At(year).Hierarchy, parts)
	if sum.Value.IsKnown() {
		sum.Origin = OriginComputed
	} else {
		sum.StatusSet = number.Statuses(number.Missing)
	}
	if suppressed { // what some units add up to tells of each of them
		sum.suppress()
		sum.Origin = OriginNone
	}
	return sum
}
