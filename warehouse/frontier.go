package warehouse

import (
	"slices"

	"github.com/niengiam/niengiam/stats"
)

// decision is what a register says of a unit from a year on.
type decision struct {
	year stats.Year
	sums
}

// enforce fills the tables of registers: who is bound by which decision in each
// year asked for, summed to all units above.
func (q *question) enforce() {
	for _, key := range q.keys {
		at := cells{series{key.Indicator, key.Year}, ""}
		if key.Breakdown != "" || q.decisions[key.Indicator] == nil || q.tables[at] != nil {
			continue
		}
		t := table{}
		indicator, h := q.now.catalogue.Indicator(key.Indicator), q.now.catalogue.At(key.Year.Reference())
		for key, decisions := range q.decisions[key.Indicator] {
			unit := h.ByKey(key)
			if unit == nil {
				continue
			}
			fact, found := inForce(decisions, at.year, unit, indicator, h)
			if !found {
				continue
			}
			for above := unit; above != nil; above = above.Parent() {
				spot := spot{above.Key(), unit.Level.Index()}
				if t[spot] == nil {
					t[spot] = &sums{}
				}
				t[spot].add(fact)
			}
		}
		q.tables[at] = t
	}
}

// inForce gives the decision that binds a unit in a year: for a unit that the
// register is about the latest one until then, for any other that of the year.
func inForce(decisions []decision, year stats.Year, unit *stats.Unit, indicator *stats.Indicator, h *stats.Hierarchy) (sums, bool) {
	carried := unit.Level.Code == indicator.Eligibility.Level && h.Eligible(indicator, unit) > 0
	var latest decision
	found := false
	for _, d := range decisions {
		if d.year == year || carried && d.year < year && (!found || latest.year < d.year) {
			latest, found = d, true
		}
		if d.year == year {
			break
		}
	}
	return latest.sums, found
}

// sums gives what a slice knows. A unit with a value of its own stands for all
// that lies within it: whatever a slice's unit has from below such a unit is
// taken out of its sum.
func (q *question) sums(key stats.SliceKey) []stats.Sum {
	indicator, level := q.now.catalogue.Indicator(key.Indicator), q.now.catalogue.Level(key.Level)
	t := q.tables[cells{series{key.Indicator, key.Year}, key.Breakdown}]
	if indicator == nil || level == nil || len(t) == 0 {
		return nil
	}
	top, leaf := level.Index(), indicator.Level().Index()
	own := map[spot]*sums{} // of this slice
	var between []uint32    // units with a value of their own, below the slice's level
	for at, s := range t {
		switch unit := q.now.levels[at.unit]; {
		case unit == top:
			kept := *s
			own[at] = &kept
		case unit > top && unit == at.from && s.known() > 0:
			between = append(between, at.unit)
		}
	}
	members := q.cover(own, between, t, key.Year, top, leaf)
	list := make([]stats.Sum, 0, len(own))
	for at, s := range own {
		if s.total() == 0 {
			continue
		}
		slices.Sort(members[at])
		list = append(list, stats.Sum{
			Unit: at.unit, From: at.from,
			Count: int(s.known()), NotKnown: int(s.total() - s.known()), Bare: int(s.bare()),
			Value: s.value, Denominator: s.denominator, Weighted: s.weighted, Statuses: s.statuses(), Reporters: uint64(s.reporters), Members: members[at],
		})
	}
	return list
}

// cover takes out of the slice's sums what lies below units with values of
// their own, and lists those units where they speak for others.
func (q *question) cover(own map[spot]*sums, between []uint32, t table, year stats.Year, top, leaf int) map[spot][]uint32 {
	if len(between) == 0 {
		return nil
	}
	members := map[spot][]uint32{}
	speaks := make(map[uint32]bool, len(between))
	for _, key := range between {
		speaks[key] = true
	}
	h := q.now.catalogue.At(year.Reference())
	for _, key := range between {
		above := highest(h, key, speaks, top)
		if above == nil {
			continue
		}
		level := q.now.levels[key]
		for from := level + 1; from < len(q.now.definitions.Levels); from++ {
			covered, sum := t[spot{key, from}], own[spot{above.Key(), from}]
			if covered != nil && sum != nil {
				sum.sub(*covered)
			}
		}
		if level < leaf {
			at := spot{above.Key(), level}
			members[at] = append(members[at], key)
		}
	}
	return members
}

// highest gives the unit of the slice's level that a unit lies within; nil when
// there is none or when a unit between the two speaks already.
func highest(h *stats.Hierarchy, key uint32, speaks map[uint32]bool, top int) *stats.Unit {
	unit := h.ByKey(key)
	if unit == nil {
		return nil
	}
	for above := unit.Parent(); above != nil && above.Level.Index() >= top; above = above.Parent() {
		if above.Level.Index() == top {
			return above
		}
		if speaks[above.Key()] {
			return nil
		}
	}
	return nil
}
