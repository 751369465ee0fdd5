package figure

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
)

// Frame is the units that the figures of a year are given for: those of the year's last
// day or, on a basis, those of its day, with the Recast that carries the year's units
// into them.
type Frame struct {
	*catalogue.Hierarchy
	Recast *Recast // nil where these are the year's own units
}

// MayApply reports whether a unit may have a figure: units that are expected to report
// lie within it, or, where the catalogue lists none of their level, it may report itself.
func (f Frame) MayApply(indicator *catalogue.Indicator, u *catalogue.Unit, view ledger.View) bool {
	if parts := indicator.Parts(); len(parts) > 0 {
		return !slices.ContainsFunc(parts, func(part *catalogue.Indicator) bool { return !f.MayApply(part, u, view) })
	}
	return f.Eligible(indicator, u) > 0 || !f.Lists(indicator.Level(), u) && indicator.ReportsAt(u.Level.Code, view)
}

// Eligible counts the units within u that are expected to have a value: on a basis
// those of the year that came to lie in it. A unit that nothing was carried into
// counts by what it is itself, so that it shows as one without a figure.
func (f Frame) Eligible(indicator *catalogue.Indicator, u *catalogue.Unit) int {
	if f.Recast == nil {
		return f.Hierarchy.Eligible(indicator, u)
	}
	c := f.Recast.PartsOf(u.Level, indicator.Level())
	if len(c.Parts[u.Key()]) == 0 {
		return f.Hierarchy.Eligible(indicator, u)
	}
	return c.eligible(f.Recast.From, indicator, u)
}
