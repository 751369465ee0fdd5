package stats

import "slices"

// facts are the slices that one answer is made of.
type facts struct {
	catalogue *State
	indicator *Indicator
	view      viewpoint
	frames    map[Year]frame
	breakdown []*Breakdown
	cells     []string // of the breakdown; the total is ""
	slices    map[SliceKey]*Slice
	withheld  map[Year]*withheld // nil where nothing is withheld from the caller
	scale     *scale             // what the units are weighed by; nil where nobody asks
}

// want is what an answer needs of one indicator.
type want struct {
	indicator *Indicator
	breakdown []*Breakdown
	years     []Year
	levels    []*Level
}

// newFacts makes facts that have no slices yet.
func newFacts(c *State, view viewpoint, w want) *facts {
	f := &facts{
		catalogue: c, indicator: w.indicator, view: view, breakdown: w.breakdown, cells: cellsOf(w.breakdown),
		slices: make(map[SliceKey]*Slice, len(w.years)*len(w.levels)),
	}
	f.settle(w.years)
	return f
}

// keys lists the slices that the figures may be made of: those of the breakdown's
// cells and, for a cell that members may stand for, theirs.
func (f *facts) keys(w want) []SliceKey {
	var keys []SliceKey
	for _, year := range w.years {
		cells := slices.Clone(f.cells)
		for _, cell := range f.cells {
			cells = append(cells, f.indicator.below(year, cell, f.view.View)...)
		}
		cells = distinct(cells)
		for _, level := range w.levels {
			keys = f.keysOf(year, level, cells, keys)
		}
		if f.scale != nil { // who of those that report did
			for _, cell := range cells {
				keys = append(keys, f.key(year, f.indicator.Level(), cell))
			}
		}
	}
	return keys
}

func (f *facts) key(year Year, level *Level, cell string) SliceKey {
	return SliceKey{Indicator: f.indicator.Code, Year: year, Level: level.Code, Breakdown: cell, View: f.view.View}
}

// figure makes the figure of a unit for a year, on the hierarchy of that year or
// of the basis. A unit that did not exist then has no figure, because the question
// does not apply to it.
func (f *facts) figure(unit *Unit, year Year) *Figure {
	h := f.at(year)
	then := h.ByKey(unit.Key())
	if then == nil {
		return &Figure{
			Indicator: f.indicator, Breakdown: f.breakdown, Unit: unit, Year: year, cells: f.cells, view: f.view, Origin: OriginNone,
			Value: None(NotApplicable), Denominator: None(NotApplicable), Rate: None(NotApplicable), Weight: None(NotApplicable),
			Coverage: Coverage{electorate: f.electorate(year, nobody)},
		}
	}
	parts := make([]*Figure, len(f.cells))
	for i, cell := range f.cells {
		parts[i] = f.cell(h, then, year, cell)
	}
	figure := parts[0]
	if len(parts) > 1 {
		figure = f.add(then, year, parts)
	}
	figure.Breakdown = f.breakdown
	return figure
}
