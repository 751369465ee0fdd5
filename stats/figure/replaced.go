package figure

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
)

// Replaced are observations that took the place of others, by their unit and by each unit
// that it lies in.
type Replaced struct {
	byUnit map[uint32][]*ledger.Replacement
}

// NewReplaced indexes replacements.
func NewReplaced(c *State, all []*ledger.Replacement) *Replaced {
	r := &Replaced{byUnit: map[uint32][]*ledger.Replacement{}}
	for _, replacement := range all {
		o := &replacement.New
		for u := c.At(catalogue.DayOf(o.Year, o.Breakdown)).ByKey(o.Unit); u != nil; u = u.Parent() {
			r.byUnit[u.Key()] = append(r.byUnit[u.Key()], replacement)
		}
	}
	return r
}

// Within lists the replacements that a figure is made of: its unit's own and, where it was
// not reported, those below.
func (r *Replaced) Within(c *State, f *Figure) []*ledger.Replacement {
	if len(r.byUnit) == 0 {
		return nil
	}
	keys := []uint32{f.Unit.Key()}
	if h := c.Frame(f.View.Basis, f.Year.Reference()); h.Recast != nil && f.Stated.IsOpen() {
		keys = nil
		for _, p := range h.Recast.PartsOf(f.Unit.Level, f.Indicator.Level()).Parts[f.Unit.Key()] {
			keys = append(keys, p.Unit.Key())
		}
	}
	var all []*ledger.Replacement
	for _, key := range keys {
		for _, replacement := range r.byUnit[key] {
			o := &replacement.New
			counts := o.Year == f.Year || o.Year < f.Year && f.Indicator.IsRegister() && isDecision(c, f.Indicator, o)
			used := o.Unit == key || f.Origin != OriginReported
			day, breakdown := catalogue.BasisOf(o.Breakdown)
			if counts && used && day == f.Stated && slices.Contains(f.Cells, breakdown) {
				all = append(all, replacement)
			}
		}
	}
	return all
}

// isDecision reports whether an observation of a register is a decision about a unit, which
// holds for the years after it; a unit above may have reported for its own year.
func isDecision(c *State, i *catalogue.Indicator, o *ledger.Observation) bool {
	unit := c.At(catalogue.DayOf(o.Year, o.Breakdown)).ByKey(o.Unit)
	return unit != nil && unit.Level.Code == i.Eligibility.Level
}
