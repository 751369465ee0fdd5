package query

import (
	"fmt"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// mendedFigures remembers, for one answer, in which figures slips of copying were mended.
type mendedFigures map[mendedIn]map[uint32][]*ledger.Mended

// mendedIn is where slips are looked for once: an indicator in a view.
type mendedIn struct {
	indicator string
	view      ledger.View
}

// of lists the mended observations of an indicator in a view, by their unit and by each unit
// that they lie in.
func (m *mendedFigures) of(c *figure.State, at mendedIn) map[uint32][]*ledger.Mended {
	if *m == nil {
		*m = mendedFigures{}
	}
	byUnit, known := (*m)[at]
	if known {
		return byUnit
	}
	byUnit = map[uint32][]*ledger.Mended{}
	for _, mended := range c.MendedIn(at.indicator, at.view) {
		for u := c.At(catalogue.DayOf(mended.New.Year, mended.New.Breakdown)).ByKey(mended.New.Unit); u != nil; u = u.Parent() {
			byUnit[u.Key()] = append(byUnit[u.Key()], mended)
		}
	}
	(*m)[at] = byUnit
	return byUnit
}

// within lists the mended observations that a figure is made of: its unit's own and, where
// it was not reported, those below.
func (m *mendedFigures) within(c *figure.State, f *figure.Figure) []*ledger.Mended {
	byUnit := m.of(c, mendedIn{f.Indicator.Code, f.View.View})
	if len(byUnit) == 0 {
		return nil
	}
	keys := []uint32{f.Unit.Key()}
	if h := c.Frame(f.View.Basis, f.Year.Reference()); h.Recast != nil && f.Stated.IsOpen() {
		keys = nil
		for _, p := range h.Recast.PartsOf(f.Unit.Level, f.Indicator.Level()).Parts[f.Unit.Key()] {
			keys = append(keys, p.Unit.Key())
		}
	}
	var all []*ledger.Mended
	for _, key := range keys {
		for _, mended := range byUnit[key] {
			o := &mended.New
			counts := o.Year == f.Year || f.Indicator.IsRegister() && o.Year < f.Year
			used := o.Unit == key || f.Origin != figure.OriginReported
			day, breakdown := catalogue.BasisOf(o.Breakdown)
			if counts && used && day == f.Stated && slices.Contains(f.Cells, breakdown) {
				all = append(all, mended)
			}
		}
	}
	return all
}

// told says which slips were mended in what a figure is made of, and when; empty where none
// was. What is withheld from the caller is told without its values.
func (m *mendedFigures) told(c *figure.State, f *figure.Figure) number.Text {
	all := m.within(c, f)
	if len(all) == 0 {
		return number.Text{}
	}
	last := slices.MaxFunc(all, func(a, b *ledger.Mended) int { return int(a.Corrected) - int(b.Corrected) })
	unit := c.At(catalogue.DayOf(last.New.Year, last.New.Breakdown)).ByKey(last.New.Unit)
	if len(all) > 1 || unit == nil || f.Guarded {
		count := number.CountText("%s số liệu chép sai", "%s figures that had been copied wrongly", len(all))
		return number.Text{
			VI: fmt.Sprintf("%s, năm %d: đã sửa %s, lần cuối ngày %s", f.Unit.FullName(number.Vietnamese), f.Year, count.VI, last.Corrected.Slashed()),
			EN: fmt.Sprintf("%s, %d: corrected: %s, the last on %s", f.Unit.FullName(number.English), f.Year, count.EN, last.Corrected),
		}
	}
	printed := func(o *ledger.Observation, language number.Language) string {
		return f.Indicator.Printed(f.Indicator.Kind.Written(o), language)
	}
	return number.Text{
		VI: fmt.Sprintf("%s, năm %d: ngày %s đã sửa số chép sai: %s → %s", unit.FullName(number.Vietnamese), last.New.Year, last.Corrected.Slashed(),
			printed(&last.Old, number.Vietnamese), printed(&last.New, number.Vietnamese)),
		EN: fmt.Sprintf("%s, %d: corrected on %s what had been copied wrongly: %s → %s", unit.FullName(number.English), last.New.Year, last.Corrected,
			printed(&last.Old, number.English), printed(&last.New, number.English)),
	}
}
