package query

import (
	"fmt"
	"slices"

	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// mendedFigures remembers, for one answer, in which figures slips of copying were mended.
type mendedFigures map[mendedIn]*figure.Replaced

// mendedIn is where slips are looked for once: an indicator in a view.
type mendedIn struct {
	indicator string
	view      ledger.View
}

// within lists the mended observations that a figure is made of.
func (m *mendedFigures) within(c *figure.State, f *figure.Figure) []*ledger.Replacement {
	if *m == nil {
		*m = mendedFigures{}
	}
	at := mendedIn{f.Indicator.Code, f.View.View}
	mended, known := (*m)[at]
	if !known {
		mended = figure.NewReplaced(c, c.MendedIn(at.indicator, at.view))
		(*m)[at] = mended
	}
	return mended.Within(c, f)
}

// told says which slips were mended in what a figure is made of, and when; empty where none
// was. What is withheld from the caller is told without its values.
func (m *mendedFigures) told(c *figure.State, f *figure.Figure) number.Text {
	all := m.within(c, f)
	if len(all) == 0 {
		return number.Text{}
	}
	last := slices.MaxFunc(all, byDay)
	unit := unitOf(c, last)
	if len(all) > 1 || unit == nil || f.Guarded {
		count := number.CountText("%s số liệu chép sai", "%s figures that had been copied wrongly", len(all))
		return number.Text{
			VI: fmt.Sprintf("%s, năm %d: đã sửa %s, lần cuối ngày %s", f.Unit.FullName(number.Vietnamese), f.Year, count.VI, last.On.In(number.Vietnamese)),
			EN: fmt.Sprintf("%s, %d: corrected: %s, the last on %s", f.Unit.FullName(number.English), f.Year, count.EN, last.On.In(number.English)),
		}
	}
	return number.Text{
		VI: fmt.Sprintf("%s, năm %d: ngày %s đã sửa số chép sai: %s → %s", unit.FullName(number.Vietnamese), last.New.Year, last.On.In(number.Vietnamese),
			printed(f.Indicator, &last.Old, number.Vietnamese), printed(f.Indicator, &last.New, number.Vietnamese)),
		EN: fmt.Sprintf("%s, %d: corrected on %s what had been copied wrongly: %s → %s", unit.FullName(number.English), last.New.Year, last.On.In(number.English),
			printed(f.Indicator, &last.Old, number.English), printed(f.Indicator, &last.New, number.English)),
	}
}
