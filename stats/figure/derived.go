package figure

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// partFacts adds the facts of the parts of derived indicators, which are read in the same
// round trip: a derived figure is made of theirs.
func partFacts(c *State, view Viewpoint, all []*Facts, wants []Request) ([]*Facts, []Request) {
	for i := 0; i < len(wants); i++ { // parts may be derived, too
		for _, part := range wants[i].Indicator.Parts() {
			w := wants[i]
			if w.Indicator = part; view.ByWeight {
				w.Levels = append(slices.Clip(w.Levels), wants[i].Indicator.Level()) // whose units are weighed
			}
			of := newFacts(c, view, w)
			all[i].parts = append(all[i].parts, of)
			all, wants = append(all, of), append(wants, w)
		}
	}
	return all, wants
}

// derive makes the figure of a derived indicator of those of its parts, each as it was
// reported or rolled up. It is withheld where one of them is, and where they do not stand
// for the same units: a number of some communes is not divided by one of all.
func derive(f *Facts, unit *catalogue.Unit, year number.Year) *Figure {
	d := &Figure{
		Indicator: f.Indicator, Breakdown: f.Breakdown, Unit: unit, Year: year, Cells: f.Cells, View: f.View, Origin: OriginNone,
		Denominator: number.None(number.NotApplicable), Weight: number.None(number.NotApplicable),
	}
	suppressed, approximations := false, number.ApproximationSet(0)
	for _, of := range f.parts {
		part := of.Figure(unit, year)
		d.Parts = append(d.Parts, part)
		d.StatusSet |= part.StatusSet
		d.Latest = d.Latest.Later(part.Latest)
		approximations |= part.Approximations
		d.Breaks = append(d.Breaks, part.Breaks...)
		d.Recasting, d.Guarded = max(d.Recasting, part.Recasting), d.Guarded || part.Guarded
		suppressed = suppressed || part.IsSuppressed()
	}
	first := d.Parts[0]
	d.Unit, d.Redrawn, d.Reporters, d.Coverage = first.Unit, first.Redrawn, first.Reporters, coverageOfParts(d.Parts)
	slices.Sort(d.Breaks)
	d.Breaks = slices.Compact(d.Breaks)
	if h := f.At(year); h.ByKey(unit.Key()) != nil {
		d.Eligible = h.Eligible(f.Indicator, d.Unit)
	}
	d.compose()
	d.Approximations = approximated(f.Indicator.Derivation.Formula, approximations)
	if d.Value.IsKnown() {
		d.Origin = OriginComputed
		if d.StatusSet &^= number.Statuses(number.Missing); d.StatusSet == 0 {
			d.StatusSet = number.Statuses(number.Normal)
		}
	} else {
		d.StatusSet |= number.Statuses(number.Missing)
	}
	if suppressed { // with the other part it would tell of the one that is withheld
		d.suppress()
		d.Origin = OriginNone
	}
	return d
}

// compose makes value, denominator and rate of the parts.
func (f *Figure) compose() {
	formula := f.Indicator.Derivation.Formula
	values := make([]number.Fraction, len(f.Parts))
	why := number.Known(number.Fraction{})
	for i, part := range f.Parts {
		value, known := part.Value.Number()
		if values[i] = value; !known && (why.IsKnown() || *part.Value.Reason() == number.NotApplicable) {
			why = part.Value
		}
	}
	if why.IsKnown() && !f.fits(formula, values) {
		why = number.None(number.PartsDiffer)
	}
	switch {
	case !why.IsKnown():
		f.Value = number.None(*why.Reason())
	case formula.IsQuotient():
		f.Value, f.Denominator = f.Parts[0].Value, f.Parts[1].Value
	case formula == catalogue.FormulaDifference:
		f.Value = number.Known(values[0].Sub(values[1]))
	default:
		f.Value = number.Known(number.Sum(values))
	}
	if formula.IsQuotient() && !why.IsKnown() {
		f.Denominator = f.Value
	}
	f.SetRate()
}

// fits reports whether the parts may be put together: they stand for the same units, and
// of a share the first is a part of the second.
func (f *Figure) fits(formula catalogue.Formula, values []number.Fraction) bool {
	for _, part := range f.Parts[1:] {
		if !f.Parts[0].OfSameUnits(part) {
			return false
		}
	}
	return formula != catalogue.FormulaShare || values[0].Sign() >= 0 && values[0].Cmp(values[1]) <= 0
}

// approximated is how exact what is made of approximate parts is: a lower bound of one part
// of a sum is one of the sum, but not of a difference or quotient.
func approximated(formula catalogue.Formula, parts number.ApproximationSet) number.ApproximationSet {
	if parts != 0 && formula != catalogue.FormulaSum {
		return number.Approximations(number.About)
	}
	return parts.Together()
}

// coverageOfParts is the coverage of the part that covers the least: one that was reported
// by the unit itself covers all.
func coverageOfParts(parts []*Figure) Coverage {
	least := parts[0]
	for _, part := range parts[1:] {
		switch {
		case part.Origin == OriginReported:
		case least.Origin == OriginReported, part.Coverage.Reported*least.Coverage.Expected < least.Coverage.Reported*part.Coverage.Expected:
			least = part
		}
	}
	return least.Coverage
}
