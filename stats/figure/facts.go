package figure

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// Facts are the slices from which the figures of one indicator in an answer are made.
type Facts struct {
	Catalogue *State
	Indicator *catalogue.Indicator
	View      Viewpoint
	frames    map[number.Year]Frame
	Breakdown []*catalogue.Breakdown
	Cells     []string // of the breakdown; the total is ""
	slices    map[SliceKey]*Slice
	withheld  map[number.Year]*Withheld // nil where nothing is withheld from the caller
	scale     *Scale                    // what the units are weighed by; nil where nobody asks
	gaps      map[gapKey]*registerGaps  // what is missing from a register; nil for what is none
	parts     []*Facts                  // of a derived indicator, those of its parts
}

// Request lists the years and levels of one indicator to read.
type Request struct {
	Indicator *catalogue.Indicator
	Breakdown []*catalogue.Breakdown
	Years     []number.Year
	Levels    []*catalogue.Level
}

// newFacts makes facts that have no slices yet.
func newFacts(c *State, view Viewpoint, w Request) *Facts {
	f := &Facts{
		Catalogue: c, Indicator: w.Indicator, View: view, Breakdown: w.Breakdown, Cells: catalogue.CellsOf(w.Breakdown),
		slices: make(map[SliceKey]*Slice, len(w.Years)*len(w.Levels)),
	}
	f.settle(w.Years)
	return f
}

// keys lists the slices that the figures may be made of: those of the breakdown's
// cells and, for a cell that members may stand for, theirs.
func (f *Facts) keys(w Request) []SliceKey {
	var keys []SliceKey
	if w.Indicator.IsDerived() {
		return nil // nothing is reported of it
	}
	if w.Indicator.IsRegister() && len(w.Years) > 0 {
		keys = registerKeys(f, w, keys)
	}
	for _, year := range w.Years {
		cells := slices.Clone(f.Cells)
		for _, cell := range f.Cells {
			cells = append(cells, f.Indicator.Below(year, cell, f.View.View)...)
		}
		cells = number.Distinct(cells)
		keys = statedKeys(f, year, w.Levels, cells, keys)
		for _, level := range w.Levels {
			keys = keysOf(f, year, level, cells, keys)
		}
		if f.scale != nil { // who of those that report did
			for _, cell := range cells {
				keys = append(keys, f.key(year, f.Indicator.Level(), cell))
			}
		}
	}
	return keys
}

func (f *Facts) key(year number.Year, level *catalogue.Level, cell string) SliceKey {
	return SliceKey{Indicator: f.Indicator.Code, Year: year, Level: level.Code, Breakdown: cell, View: f.View.View}
}

// Figure makes the figure of a unit for a year, on the hierarchy of that year or
// of the basis. A unit that did not exist then has no figure, because the question
// does not apply to it.
func (f *Facts) Figure(unit *catalogue.Unit, year number.Year) *Figure {
	if len(f.parts) > 0 {
		return derive(f, unit, year)
	}
	h := f.At(year)
	then := h.ByKey(unit.Key())
	if then == nil {
		return &Figure{
			Indicator: f.Indicator, Breakdown: f.Breakdown, Unit: unit, Year: year, Cells: f.Cells, View: f.View, Origin: OriginNone,
			Value: number.None(number.NotApplicable), Denominator: number.None(number.NotApplicable), Rate: number.None(number.NotApplicable), Weight: number.None(number.NotApplicable),
			Coverage: Coverage{Reporters: NewExpectedReporters(f, year, NoReporters)}, made: newUnitSet(h.Hierarchy, nil),
		}
	}
	figure := cellFigure(f, h, then, year, f.Cells[0])
	if len(f.Cells) > 1 {
		parts := []*Figure{figure}
		for _, cell := range f.Cells[1:] {
			parts = append(parts, cellFigure(f, h, then, year, cell))
		}
		figure = addMembers(f, then, year, parts)
	}
	figure.Breakdown = f.Breakdown
	return figure
}

// Applies reports whether the indicator applies to a unit in a year: units that are
// expected to report lie within it, or, where the catalogue lists none of their level, it
// has reported itself.
func (f *Facts) Applies(unit *catalogue.Unit, year number.Year) bool {
	if len(f.parts) > 0 {
		return !slices.ContainsFunc(f.parts, func(part *Facts) bool { return !part.Applies(unit, year) })
	}
	h := f.At(year)
	then := h.ByKey(unit.Key())
	if then == nil || h.Eligible(f.Indicator, then) > 0 {
		return then != nil
	}
	return !h.Lists(f.Indicator.Level(), then) && f.Figure(then, year).Measure().IsKnown()
}

// At returns the units for figures of a year.
func (f *Facts) At(year number.Year) Frame {
	if h, settled := f.frames[year]; settled {
		return h
	}
	return f.Catalogue.Frame(f.View.Basis, year.Reference())
}

// settle finds the units of the years that an answer needs.
func (f *Facts) settle(years []number.Year) {
	f.frames = make(map[number.Year]Frame, len(years))
	for _, year := range years {
		f.frames[year] = f.Catalogue.Frame(f.View.Basis, year.Reference())
	}
}

// hide withholds the figure of a cell where it must be.
func hide(f *Facts, figure *Figure, cell string) {
	w := f.withheld[figure.Year]
	if w == nil {
		return
	}
	figure.Guarded = true
	if !figure.Value.IsKnown() && !figure.Measure().IsKnown() {
		figure.RollUp = nil
		return // there is nothing to withhold
	}
	if w.hides(figure.Unit.Key(), cell, figure.amount()) {
		figure.suppress()
	}
	if r := figure.RollUp; r != nil {
		below := Figure{Indicator: f.Indicator, Value: r.Value, Denominator: r.Denominator, Rate: r.Rate, Weight: r.Weight}
		if a := below.amount(); a == nil || isSensitive(w.indicator, *a) {
			figure.RollUp = nil
		}
	}
}
