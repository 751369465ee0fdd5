package figure

import (
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// cellFigure makes the figure of one cell of a unit. A cell without a figure of its own,
// reported or rolled up, is the sum over the members of the first dimension all of
// whose members have one, if need be such a sum themselves.
func cellFigure(f *Facts, h Frame, unit *catalogue.Unit, year number.Year, cell string) *Figure {
	figure := ownFigure(f, h, unit, year, cell)
	reason := figure.Reason()
	if reason == nil || *reason != number.MissingValue && *reason != number.CoverageLow {
		return figure
	}
	for _, d := range f.Indicator.Completions(year, cell, f.View.View) {
		var parts []*Figure
		for _, part := range d.Divide(cell) {
			parts = append(parts, cellFigure(f, h, unit, year, part))
		}
		if whole := addMembers(f, unit, year, parts); whole.Measure().IsKnown() {
			whole.Cells = membersWritten(d, cell, parts)
			whole.Completed = d
			return whole
		} else if why := *whole.Reason(); why == number.CoverageLow && *figure.Reason() == number.MissingValue {
			figure.Value, figure.Rate, figure.Coverage = whole.Value, whole.Rate, whole.Coverage // withheld, which is not missing
		}
	}
	return figure
}

// membersWritten writes a sum over all members of the dimension: with a * for them where each
// has a figure of its own, else as the cells that it is made of.
func membersWritten(d *catalogue.Dimension, cell string, parts []*Figure) []string {
	var cells []string
	own := true
	for _, part := range parts {
		cells = append(cells, part.Cells...)
		own = own && part.Completed == nil
	}
	if own {
		return []string{d.Whole(cell)}
	}
	return cells
}

// ownFigure makes the figure of a cell from the cell's own observations: on a basis from
// those that were stated on it, where there are any.
func ownFigure(f *Facts, h Frame, unit *catalogue.Unit, year number.Year, cell string) *Figure {
	figure := carriedFigure(f, h, unit, year, cell)
	if f.View.Basis.IsOpen() {
		return figure
	}
	return preferStated(f, h, figure, cell)
}

// carriedFigure makes the figure of a cell from what was reported on the year's own units.
func carriedFigure(f *Facts, h Frame, unit *catalogue.Unit, year number.Year, cell string) *Figure {
	if h.Recast != nil {
		return recastFigure(f, h, unit, year, cell)
	}
	key := f.key(year, unit.Level, cell)
	figure := figureOf(h.Hierarchy, key, f.slices[key], f.Indicator, unit, f.gaps[gapKey{year, cell}])
	figure.View = f.View
	countReporters(f, figure, h.Hierarchy, unit, cell)
	setCell(f, figure, cell)
	figure.Breaks = breaksOf(f.Catalogue.Calendar.Catalogue, figure, h.Hierarchy)
	markRedrawn(f.Catalogue, figure)
	hide(f, figure, cell)
	return figure
}

// setCell sets the cell that a figure is of.
func setCell(f *Facts, figure *Figure, cell string) {
	if figure.Cells, figure.Breakdown = f.Cells, f.Breakdown; len(f.Cells) > 1 || f.Cells[0] != cell {
		figure.Cells, figure.Breakdown = []string{cell}, f.Indicator.BreakdownOf(cell)
	}
}

// addMembers makes one figure of those of several members of a unit: a sum, or a ratio or
// mean of sums. One that is missing leaves the whole missing, for its reason.
func addMembers(f *Facts, unit *catalogue.Unit, year number.Year, parts []*Figure) *Figure {
	sum := &Figure{
		Indicator: f.Indicator, Unit: unit, Year: year, View: f.View, Origin: OriginNone, Eligible: parts[0].Eligible, Members: parts,
		Denominator: number.None(number.NotApplicable), Weight: number.None(number.NotApplicable),
	}
	for _, part := range parts {
		sum.Cells = append(sum.Cells, part.Cells...)
		sum.Breaks = append(sum.Breaks, part.Breaks...)
		sum.StatusSet |= part.StatusSet
		sum.Recasting, sum.Redrawn = max(sum.Recasting, part.Recasting), part.Redrawn
		sum.notKnown = max(sum.notKnown, part.notKnown)
	}
	total := gathered{coverage: coverageOfAll(parts)}
	if f.scale != nil {
		total.coverage.Reporters = NewExpectedReporters(f, year, func() (expected, reported []ReportingUnit) { return reportersOfAll(parts) })
	}
	for _, part := range parts {
		if why := part.Measure(); !why.IsKnown() {
			sum.Value, sum.Rate, sum.Coverage = why, why, total.coverage
			if !f.Indicator.HasRate() {
				sum.Rate = number.None(number.NotAPercentage)
			}
			return sum
		}
		covered, reporters := total.coverage, total.reporters
		total.take(part)
		total.coverage = covered
		if reporters == part.Reporters {
			total.reporters = reporters // the same units
		}
	}
	rolled := total.rollUp(f.Indicator)
	sum.Reporters, sum.Latest, sum.Approximations = total.reporters, total.latest, rolled.Approximations
	sum.Value, sum.Denominator, sum.Rate, sum.Weight, sum.Coverage = rolled.Value, rolled.Denominator, rolled.Rate, rolled.Weight, rolled.Coverage
	if sum.Value.IsKnown() {
		sum.Origin = OriginComputed
	} else {
		sum.StatusSet |= number.Statuses(number.Missing)
	}
	return sum
}

// coverageOfAll counts the units that have figures of all members: exactly where
// they are the same units, else as many as is sure from how many have each.
func coverageOfAll(parts []*Figure) Coverage {
	first, same, reported, lacking := parts[0], true, true, 0
	for _, part := range parts {
		same = same && part.Origin == first.Origin && part.Reporters == first.Reporters && part.Coverage.equals(first.Coverage)
		reported = reported && part.Origin == OriginReported
		if part.Origin != OriginReported {
			lacking += part.Coverage.Expected - part.Coverage.Reported
		}
	}
	if same || reported {
		return first.Coverage
	}
	return Coverage{Expected: first.Eligible, Reported: max(first.Eligible-lacking, 0)}
}
