package figure

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// NewExpectedReporters returns the units whose reports count towards a coverage; nil
// unless coverage by weight was asked for.
func NewExpectedReporters(f *Facts, year number.Year, list func() (expected, reported []ReportingUnit)) *ExpectedReporters {
	if f.scale == nil {
		return nil
	}
	return &ExpectedReporters{f.scale, year, list}
}

// countReporters sets the expected reporters of the coverages of a figure of a year's own
// unit.
func countReporters(f *Facts, figure *Figure, h *catalogue.Hierarchy, unit *catalogue.Unit, cell string) {
	if f.scale == nil {
		return
	}
	below := NewExpectedReporters(f, figure.Year, func() (expected, reported []ReportingUnit) { return reportersOf(f, h, unit, figure.Year, cell) })
	if figure.Origin != OriginReported {
		figure.Coverage.Reporters = below
		return
	}
	itself := []ReportingUnit{{Unit: unit}}
	figure.Coverage.Reporters = NewExpectedReporters(f, figure.Year, func() (expected, reported []ReportingUnit) { return itself, itself })
	if figure.RollUp != nil {
		figure.RollUp.Coverage.Reporters = below
	}
}

// reportersOf lists the eligible units within a unit of the year and those whose value is
// in what they add up to, as gather counts them.
func reportersOf(f *Facts, h *catalogue.Hierarchy, unit *catalogue.Unit, year number.Year, cell string) (expected, reported []ReportingUnit) {
	slice, reports := f.slices[f.key(year, unit.Level, cell)], f.slices[f.key(year, f.Indicator.Level(), cell)]
	leaf := h.ReportingLevel(f.Indicator)
	_, parts := split(slice.of(unit.Key(), nil), unit.Level.Index())
	overriding := map[uint32]bool{}
	for _, part := range parts {
		for _, member := range part.Members {
			overriding[member] = true
			if u := h.ByKey(member); u != nil && !h.Lists(f.Indicator.Level(), u) { // it counts as one
				expected, reported = append(expected, ReportingUnit{Unit: u}), append(reported, ReportingUnit{Unit: u})
			}
		}
	}
	silent := speaksBySilence(f.Indicator, slice, year) && !f.gaps[gapKey{year, cell}].missing(unit).IsPositive()
	var space [2]Sum
	visit(f, unit, func(u *catalogue.Unit) {
		expected = append(expected, ReportingUnit{Unit: u})
		own, _ := split(reports.of(u.Key(), space[:0]), leaf)
		overridden := false
		for at := u.Parent(); at != nil && at.Within(unit) && !overridden; at = at.Parent() {
			overridden = overriding[at.Key()]
		}
		if overridden || own.Count > 0 || silent && own.NotKnown == 0 {
			reported = append(reported, ReportingUnit{Unit: u})
		}
	})
	return expected, reported
}

// visit goes through the eligible units within a unit.
func visit(f *Facts, unit *catalogue.Unit, see func(*catalogue.Unit)) {
	switch {
	case f.Indicator.Eligibility.Accepts(unit):
		see(unit)
	case unit.Level.Index() < f.Indicator.Level().Index():
		for _, child := range unit.Children() {
			visit(f, child, see)
		}
	}
}

// eligibleWithin lists the eligible units within a unit in a year: on a basis those
// of the year that came to lie in it, and the parts of those that were split.
func eligibleWithin(f *Facts, unit *catalogue.Unit, year number.Year) []ReportingUnit {
	h := f.At(year)
	then := h.ByKey(unit.Key())
	if then == nil {
		return nil
	}
	if h.Recast == nil {
		return unitsWithin(f, then, nil)
	}
	var all []ReportingUnit
	parts := h.Recast.PartsOf(then.Level, f.Indicator.Level()).Parts[then.Key()]
	for _, p := range parts {
		all = append(all, unitsWithin(f, p.Unit, p)...)
	}
	if len(parts) == 0 {
		all = unitsWithin(f, then, nil) // nothing was carried into it
	}
	return all
}

// unitsWithin lists the eligible units within a unit of the year, or within a part of it.
func unitsWithin(f *Facts, unit *catalogue.Unit, p *Part) []ReportingUnit {
	var all []ReportingUnit
	visit(f, unit, func(u *catalogue.Unit) { all = append(all, ReportingUnit{Unit: u}) })
	return takeShares(f, all, p)
}

// takeShares takes as much of each unit as a part is of its own.
func takeShares(f *Facts, all []ReportingUnit, p *Part) []ReportingUnit {
	if p == nil || p.whole() {
		return all
	}
	share, known := shareOfPart(f, p)
	for i := range all {
		all[i].share, all[i].shareUnknown = share, !known
	}
	return all
}

// reportersOfParts lists the eligible units of the year that came to lie in a unit of
// the basis, and those whose value is in its figure, as merge counts them.
func reportersOfParts(m *merger, parts []*Part) (expected, reported []ReportingUnit) {
	f, h := m.facts, m.frame.Recast.From
	expected = eligibleWithin(f, m.figure.Unit, m.year)
	switch {
	case m.total.coverage.Reported == 0:
		return expected, nil
	case m.judged:
		return expected, expected
	}
	for _, p := range parts {
		if _, known := shareOfPart(f, p); !known {
			continue
		}
		all, behind := reportersOf(f, h, p.Unit, m.year, m.cell)
		if own, _ := split(f.slices[f.key(m.year, p.Unit.Level, m.cell)].of(p.Unit.Key(), nil), p.Unit.Level.Index()); own.Count > 0 {
			behind = all // it speaks for all of them
		}
		reported = append(reported, takeShares(f, behind, p)...)
	}
	return expected, reported
}

// reportersOfAll lists the units that have figures of all members: those of the parts
// that lack some.
func reportersOfAll(parts []*Figure) (expected, reported []ReportingUnit) {
	expected, reported = parts[0].Coverage.Reporters.List()
	lacks := len(reported) < len(expected)
	for _, part := range parts[1:] {
		all, behind := part.Coverage.Reporters.List()
		switch {
		case len(behind) == len(all): // it stands for all of them
		case !lacks:
			expected, reported, lacks = all, behind, true
		default:
			reported = slices.DeleteFunc(slices.Clone(reported), func(s ReportingUnit) bool {
				return !slices.ContainsFunc(behind, func(other ReportingUnit) bool { return other.Unit == s.Unit })
			})
		}
	}
	return expected, reported
}

// reportersOfUnits lists the eligible units within some, and those that stand behind the
// figures that were taken together.
func reportersOfUnits(f *Facts, year number.Year, units []*catalogue.Unit, parts []*Figure) (expected, reported []ReportingUnit) {
	for _, unit := range units {
		expected = append(expected, eligibleWithin(f, unit, year)...)
	}
	for _, part := range parts {
		if !part.Measure().IsKnown() {
			continue
		}
		all, behind := part.Coverage.Reporters.List()
		if len(behind) == len(all) { // it stands for all within its unit
			behind = eligibleWithin(f, part.Unit, year)
		}
		reported = append(reported, behind...)
	}
	return expected, reported
}
