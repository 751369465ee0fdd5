package stats

// cell makes the figure of one cell of a unit. A cell without a figure of its own,
// reported or rolled up, is the sum over the members of the first dimension all of
// whose members have one, if need be such a sum themselves.
func (f *facts) cell(h frame, unit *Unit, year Year, cell string) *Figure {
	figure := f.own(h, unit, year, cell)
	reason := figure.Reason()
	if reason == nil || *reason != MissingValue && *reason != CoverageLow {
		return figure
	}
	for _, d := range f.indicator.completions(year, cell, f.view.View) {
		var parts []*Figure
		for _, part := range d.divide(cell) {
			parts = append(parts, f.cell(h, unit, year, part))
		}
		if whole := f.add(unit, year, parts); whole.Measure().IsKnown() {
			whole.cells = d.written(cell, parts)
			whole.completed = d
			return whole
		} else if why := *whole.Reason(); why == CoverageLow && *figure.Reason() == MissingValue {
			figure.Value, figure.Rate, figure.Coverage = whole.Value, whole.Rate, whole.Coverage // withheld, which is not missing
		}
	}
	return figure
}

// written writes a sum over all members of the dimension: with a * for them where each
// has a figure of its own, else as the cells that it is made of.
func (d *Dimension) written(cell string, parts []*Figure) []string {
	var cells []string
	own := true
	for _, part := range parts {
		cells = append(cells, part.cells...)
		own = own && part.completed == nil
	}
	if own {
		return []string{d.whole(cell)}
	}
	return cells
}

// own makes the figure of a cell from the cell's own observations.
func (f *facts) own(h frame, unit *Unit, year Year, cell string) *Figure {
	if h.recast != nil {
		return f.recast(h, unit, year, cell)
	}
	key := f.key(year, unit.Level, cell)
	figure := h.figure(key, f.slices[key], f.indicator, unit)
	figure.view = f.view
	f.attend(figure, h.Hierarchy, unit, cell)
	f.isOf(figure, cell)
	figure.breaks = f.catalogue.breaksOf(figure, h.Hierarchy)
	f.catalogue.redrawn(figure)
	f.hide(figure, cell)
	return figure
}

// isOf tells a figure of which cell it is.
func (f *facts) isOf(figure *Figure, cell string) {
	if figure.cells, figure.Breakdown = f.cells, f.breakdown; len(f.cells) > 1 || f.cells[0] != cell {
		figure.cells, figure.Breakdown = []string{cell}, f.indicator.BreakdownOf(cell)
	}
}

// add makes one figure of those of several members of a unit: a sum, or a ratio or
// mean of sums. One that is missing leaves the whole missing, for its reason.
func (f *facts) add(unit *Unit, year Year, parts []*Figure) *Figure {
	sum := &Figure{
		Indicator: f.indicator, Unit: unit, Year: year, view: f.view, Origin: OriginNone, eligible: parts[0].eligible, members: parts,
		Denominator: None(NotApplicable), Weight: None(NotApplicable),
	}
	for _, part := range parts {
		sum.cells = append(sum.cells, part.cells...)
		sum.breaks = append(sum.breaks, part.breaks...)
		sum.StatusSet |= part.StatusSet
		sum.recasting, sum.redrawn = max(sum.recasting, part.recasting), part.redrawn
		sum.notKnown = max(sum.notKnown, part.notKnown)
	}
	total := gathered{coverage: coverageOfAll(parts)}
	if f.scale != nil {
		total.coverage.electorate = f.electorate(year, func() (expected, reported []stander) { return rollOfAll(parts) })
	}
	for _, part := range parts {
		if why := part.Measure(); !why.IsKnown() {
			sum.Value, sum.Rate, sum.Coverage = why, why, total.coverage
			if !f.indicator.Kind.IsPercentage() {
				sum.Rate = None(NotAPercentage)
			}
			return sum
		}
		covered, reporters := total.coverage, total.reporters
		total.take(part)
		total.coverage = covered
		if reporters == part.reporters {
			total.reporters = reporters // the same units
		}
	}
	rolled := total.rollUp(f.indicator)
	sum.reporters = total.reporters
	sum.Value, sum.Denominator, sum.Rate, sum.Weight, sum.Coverage = rolled.Value, rolled.Denominator, rolled.Rate, rolled.Weight, rolled.Coverage
	if sum.Value.IsKnown() {
		sum.Origin = OriginComputed
	} else {
		sum.StatusSet |= Statuses(Missing)
	}
	return sum
}

// coverageOfAll counts the units that have figures of all members: exactly where
// they are the same units, else as many as is sure from how many have each.
func coverageOfAll(parts []*Figure) Coverage {
	first, same, reported, lacking := parts[0], true, true, 0
	for _, part := range parts {
		same = same && part.Origin == first.Origin && part.reporters == first.reporters && part.Coverage.equals(first.Coverage)
		reported = reported && part.Origin == OriginReported
		if part.Origin != OriginReported {
			lacking += part.Coverage.Expected - part.Coverage.Reported
		}
	}
	if same || reported {
		return first.Coverage
	}
	return Coverage{Expected: first.eligible, Reported: max(first.eligible-lacking, 0)}
}
