package figure

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// markRedrawn marks the figure of a year in which the territory of its unit changed:
// it breaks the series of the unit, because the code goes on and the land does not.
func markRedrawn(c *State, f *Figure) {
	if !f.View.Basis.IsOpen() {
		return // every year is on the same land
	}
	years := redrawnYears(c, f.Unit.Key())
	if len(years) == 0 {
		return
	}
	f.Redrawn = years
	f.Breaks = append(slices.Clip(f.Breaks), years...)
	slices.Sort(f.Breaks)
	f.Breaks = slices.Compact(f.Breaks)
	if slices.Contains(years, f.Year) && f.Measure().IsKnown() {
		f.StatusSet = f.StatusSet.With(number.Break)
	}
}

// redrawnYears lists the years in whose course the territory of a unit changed.
func redrawnYears(c *State, key uint32) []number.Year {
	return c.redraws()[key]
}

func findRedraws(c *State) map[uint32][]number.Year {
	found := map[uint32][]number.Year{}
	for _, day := range catalogue.TerritoryChangeDays(c.Calendar.Catalogue) {
		r := c.recastOf(day.DayBefore(), day)
		if r == nil {
			continue
		}
		for _, unit := range r.to.Units {
			if r.From.ByKey(unit.Key()) != nil && !r.same(unit) {
				found[unit.Key()] = append(found[unit.Key()], number.Year(day/10000))
			}
		}
	}
	return found
}
