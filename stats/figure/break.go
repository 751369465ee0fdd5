package figure

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// breaksOf lists the years in which the series of a figure breaks, in the
// figure's view and on the hierarchy of its year: those of the unit's own
// observations and, where the figure is rolled up, those of the units below.
func breaksOf(c *catalogue.Catalogue, f *Figure, h *catalogue.Hierarchy) []number.Year {
	postings := c.BreaksOf(f.Indicator.Code)
	if len(postings) == 0 {
		return nil
	}
	net := map[ledger.CellKey]int8{}
	for i := range postings {
		p := &postings[i]
		if p.Breakdown == f.Cells[0] && f.View.Reaches(p.Loaded, p.At) && f.standsOn(h.ByKey(p.Unit)) {
			net[p.CellKey] += p.Sign
		}
	}
	var years []number.Year
	for cell, count := range net {
		if count > 0 {
			years = append(years, cell.Year)
		}
	}
	slices.Sort(years)
	return slices.Compact(years)
}

// standsOn reports whether the figure stands on the observations of a unit.
func (f *Figure) standsOn(unit *catalogue.Unit) bool {
	switch {
	case unit == nil:
		return false
	case f.Origin == OriginReported:
		return unit.Key() == f.Unit.Key()
	}
	return unit.Within(f.Unit)
}
