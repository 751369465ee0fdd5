package figure

import (
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// statedKeys adds the slices of what was stated on the units of a day, for figures on a
// basis; as reported nothing of it counts.
func statedKeys(f *Facts, year number.Year, levels []*catalogue.Level, cells []string, keys []SliceKey) []SliceKey {
	if f.View.Basis.IsOpen() {
		return keys
	}
	for _, cell := range cells {
		for _, day := range f.Indicator.StatedOn(year, cell, f.View.View) {
			for _, level := range levels {
				keys = append(keys, f.key(year, level, catalogue.OnBasis(day, cell)))
			}
		}
	}
	return keys
}

// preferStated chooses between a figure that the crosswalk carries to the basis and what its
// publisher stated of the very unit there, which is preferred and reconciled with the other.
// What the units below stated stands where nothing else is known. Where small numbers are
// withheld nothing was stated: such figures are not loaded.
func preferStated(f *Facts, h Frame, carried *Figure, cell string) *Figure {
	for _, day := range f.Indicator.StatedOn(carried.Year, cell, f.View.View) {
		stated := statedFigure(f, h, carried, day, cell)
		switch {
		case stated == nil || f.withheld[carried.Year] != nil:
		case stated.Origin == OriginReported:
			if carried.Value.IsKnown() {
				stated.Carried = carried
			}
			return stated
		case !carried.Measure().IsKnown() && stated.Measure().IsKnown():
			return stated
		}
	}
	return carried
}

// statedFigure makes the figure that was stated of a unit on the units of a day; nil where
// the unit was another one on that day, or nothing is known of it.
func statedFigure(f *Facts, h Frame, of *Figure, day number.Date, cell string) *Figure {
	unit := f.Catalogue.StatedUnit(day, f.View.Basis, of.Unit)
	if unit == nil {
		return nil
	}
	key := f.key(of.Year, unit.Level, catalogue.OnBasis(day, cell))
	then := f.Catalogue.At(day)
	stated := figureOf(then, key, f.slices[key], f.Indicator, unit, nil)
	if !stated.Measure().IsKnown() {
		return nil
	}
	stated.Cells = []string{key.Breakdown}
	stated.Breaks = breaksOf(f.Catalogue.Calendar.Catalogue, stated, then)
	setCell(f, stated, cell)
	stated.Unit, stated.View, stated.Stated, stated.statedUnit = of.Unit, f.View, day, unit
	if h.Recast != nil {
		stated.Recasting = Untouched // it is of these very units
	}
	itself := []ReportingUnit{{Unit: of.Unit}}
	stated.Coverage.Reporters = NewExpectedReporters(f, of.Year, func() (expected, reported []ReportingUnit) { return itself, itself })
	if stated.Origin != OriginReported {
		stated.Coverage.Reporters = NewExpectedReporters(f, of.Year, NoReporters)
	}
	return stated
}
