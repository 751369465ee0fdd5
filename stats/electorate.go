package stats

import (
	"math/big"
	"slices"
)

// electorate is the units that a coverage counts.
type electorate struct {
	scale *scale
	year  Year
	// roll gives the units that are expected, and those of them that stand behind
	// the figure. It costs nothing until somebody asks.
	roll func() (expected, reported []stander)
}

// stander is a unit that is expected to report.
type stander struct {
	unit  *Unit    // as it was in the year
	share *big.Rat // the part of it that counts, on a basis; nil for all of it
	torn  bool     // a part of it counts, and nothing says which
}

// electorate is the units that a coverage counts; nil where nobody asks.
func (f *facts) electorate(year Year, roll func() (expected, reported []stander)) *electorate {
	if f.scale == nil {
		return nil
	}
	return &electorate{f.scale, year, roll}
}

// attend tells the coverages of a figure of a year's own unit whom they count.
func (f *facts) attend(figure *Figure, h *Hierarchy, unit *Unit, cell string) {
	if f.scale == nil {
		return
	}
	below := f.electorate(figure.Year, func() (expected, reported []stander) { return f.roll(h, unit, figure.Year, cell) })
	if figure.Origin != OriginReported {
		figure.Coverage.electorate = below
		return
	}
	itself := []stander{{unit: unit}}
	figure.Coverage.electorate = f.electorate(figure.Year, func() (expected, reported []stander) { return itself, itself })
	if figure.RollUp != nil {
		figure.RollUp.Coverage.electorate = below
	}
}

// roll lists the eligible units within a unit of the year and those whose value is
// in what they add up to, as gather counts them.
func (f *facts) roll(h *Hierarchy, unit *Unit, year Year, cell string) (expected, reported []stander) {
	slice, reports := f.slices[f.key(year, unit.Level, cell)], f.slices[f.key(year, f.indicator.Level(), cell)]
	leaf := h.leaf(f.indicator)
	_, parts := split(slice.of(unit.Key(), nil), unit.Level.Index())
	speaks := map[uint32]bool{}
	for _, part := range parts {
		for _, member := range part.Members {
			speaks[member] = true
		}
	}
	silent := f.indicator.IsRegister() && slice.hasFrom(leaf)
	var space [2]Sum
	f.visit(unit, func(u *Unit) {
		expected = append(expected, stander{unit: u})
		own, _ := split(reports.of(u.Key(), space[:0]), leaf)
		spoken := false
		for at := u.Parent(); at != nil && at.Within(unit) && !spoken; at = at.Parent() {
			spoken = speaks[at.Key()]
		}
		if spoken || own.Count > 0 || silent && own.NotKnown == 0 {
			reported = append(reported, stander{unit: u})
		}
	})
	return expected, reported
}

// visit goes through the eligible units within a unit.
func (f *facts) visit(unit *Unit, see func(*Unit)) {
	switch {
	case f.indicator.Eligibility.accepts(unit):
		see(unit)
	case unit.Level.Index() < f.indicator.Level().Index():
		for _, child := range unit.Children() {
			f.visit(child, see)
		}
	}
}

// eligibleWithin lists the eligible units within a unit in a year: on a basis those
// of the year that came to lie in it, and the parts of those that were split.
func (f *facts) eligibleWithin(unit *Unit, year Year) []stander {
	h := f.at(year)
	then := h.ByKey(unit.Key())
	if then == nil {
		return nil
	}
	if h.recast == nil {
		return f.within(then, nil)
	}
	var all []stander
	pieces := h.recast.carry(then.Level, f.indicator.Level()).pieces[then.Key()]
	for _, p := range pieces {
		all = append(all, f.within(p.unit, p)...)
	}
	if len(pieces) == 0 {
		all = f.within(then, nil) // nothing was carried into it
	}
	return all
}

// within lists the eligible units within a unit of the year, or within a piece of it.
func (f *facts) within(unit *Unit, p *piece) []stander {
	var all []stander
	f.visit(unit, func(u *Unit) { all = append(all, stander{unit: u}) })
	return f.parts(all, p)
}

// parts takes as much of each unit as a piece is of its own.
func (f *facts) parts(all []stander, p *piece) []stander {
	if p == nil || p.whole() {
		return all
	}
	share, known := f.share(p)
	for i := range all {
		all[i].share, all[i].torn = share, !known
	}
	return all
}

// rollOfPieces lists the eligible units of the year that came to lie in a unit of
// the basis, and those whose value is in its figure, as merge counts them.
func (m *merger) rollOfPieces(pieces []*piece) (expected, reported []stander) {
	f, h := m.facts, m.frame.recast.from
	expected = f.eligibleWithin(m.figure.Unit, m.year)
	switch {
	case m.total.coverage.Reported == 0:
		return expected, nil
	case m.judged:
		return expected, expected
	}
	for _, p := range pieces {
		if _, known := f.share(p); !known {
			continue
		}
		all, behind := f.roll(h, p.unit, m.year, m.cell)
		if own, _ := split(f.slices[f.key(m.year, p.unit.Level, m.cell)].of(p.unit.Key(), nil), p.unit.Level.Index()); own.Count > 0 {
			behind = all // it speaks for all of them
		}
		reported = append(reported, f.parts(behind, p)...)
	}
	return expected, reported
}

// rollOfAll lists the units that have figures of all members: those of the parts
// that lack some.
func rollOfAll(parts []*Figure) (expected, reported []stander) {
	expected, reported = parts[0].Coverage.electorate.roll()
	lacks := len(reported) < len(expected)
	for _, part := range parts[1:] {
		all, behind := part.Coverage.electorate.roll()
		switch {
		case len(behind) == len(all): // it stands for all of them
		case !lacks:
			expected, reported, lacks = all, behind, true
		default:
			reported = slices.DeleteFunc(slices.Clone(reported), func(s stander) bool {
				return !slices.ContainsFunc(behind, func(other stander) bool { return other.unit == s.unit })
			})
		}
	}
	return expected, reported
}

// rollOfUnits lists the eligible units within some, and those that stand behind the
// figures that were taken together.
func (f *facts) rollOfUnits(year Year, units []*Unit, parts []*Figure) (expected, reported []stander) {
	for _, unit := range units {
		expected = append(expected, f.eligibleWithin(unit, year)...)
	}
	for _, part := range parts {
		if !part.Measure().IsKnown() {
			continue
		}
		all, behind := part.Coverage.electorate.roll()
		if len(behind) == len(all) { // it stands for all within its unit
			behind = f.eligibleWithin(part.Unit, year)
		}
		reported = append(reported, behind...)
	}
	return expected, reported
}

// nobody is the electorate of a figure that no unit is expected to stand behind.
func nobody() (expected, reported []stander) { return nil, nil }
