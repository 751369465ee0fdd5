package warehouse

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// enforce fills the tables of registers: who is bound by which decision in each
// year asked for.
func enforce(q *question) {
	for _, key := range q.keys {
		decisions := q.decisions[key.Indicator]
		if decisions == nil || key.Breakdown != "" {
			continue
		}
		t := q.table(cells{series{key.Indicator, key.Year}, ""})
		if len(t.parts) > 0 {
			continue
		}
		for unit, decisions := range decisions {
			if unit := t.units.ByKey(unit); unit != nil {
				if fact, found := inForce(decisions, key.Year, unit, t.indicator, t.units); found {
					t.add(part{unit, unit.Level.Index(), fact})
				}
			}
		}
	}
}

// inForce gives the decision that binds a unit in a year: for a unit that the
// register is about the latest one until then, for any other that of the year.
func inForce(decisions []decision, year number.Year, unit *catalogue.Unit, indicator *catalogue.Indicator, h *catalogue.Hierarchy) (sums, bool) {
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

// sumUp gives what a slice knows. A unit with a value of its own stands for all
// that lies within it: what a slice's unit has from below such a unit is no part
// of its sum.
func sumUp(q *question, key figure.SliceKey) []figure.Sum {
	t, level := q.tables[cells{series{key.Indicator, key.Year}, key.Breakdown}], q.now.catalogue.Level(key.Level)
	if t == nil || level == nil {
		return nil
	}
	speaks := overridingUnits(t, level.Index())
	leaf := t.indicator.Level().Index()
	room := min(len(t.parts), len(t.units.Level(key.Level)))
	own, places := make([]whole, 0, room), make(map[spot]int, room)
	for i := range t.parts {
		p := &t.parts[i]
		above := counted(p, level.Index(), speaks)
		if above == nil {
			continue
		}
		at := spot{above.Key(), p.from}
		place, found := places[at]
		if !found {
			place = len(own)
			places[at], own = place, append(own, whole{spot: at})
		}
		own[place].add(&p.sums)
		if isOwn(p) && p.from > level.Index() && p.from < leaf && p.known() > 0 {
			own[place].members = append(own[place].members, p.unit.Key())
		}
	}
	return toSums(own)
}

// spot is a unit, and the index of the level of the facts summed to it.
type spot struct {
	unit uint32
	from int
}

// whole is what the parts of a unit of a slice add up to.
type whole struct {
	spot
	sums
	members []uint32
}

func toSums(all []whole) []figure.Sum {
	list := make([]figure.Sum, 0, len(all))
	for i := range all {
		if s := &all[i]; s.total() != 0 {
			slices.Sort(s.members)
			list = append(list, figure.Sum{
				Unit: s.unit, From: s.from,
				Count: int(s.known()), NotKnown: int(s.total() - s.known()), Bare: int(s.bare()),
				Value: s.value.decimal(), Denominator: s.denominator.decimal(), Weighted: s.weighted,
				Statuses: s.statuses(), Approximations: approximationsIn(s.approximations), Reporters: uint64(s.reporters), Latest: placed(s.latest), Members: s.members,
			})
		}
	}
	return list
}

// overridingUnits returns the units below a level that have a value of their own and may have
// facts below them, which those of the deepest level that has any cannot.
func overridingUnits(t *table, top int) map[*catalogue.Unit]bool {
	var speaks map[*catalogue.Unit]bool
	for i := range t.parts {
		if p := &t.parts[i]; p.from > top && p.from < t.deepest && isOwn(p) && p.known() > 0 {
			if speaks == nil {
				speaks = map[*catalogue.Unit]bool{}
			}
			speaks[p.unit] = true
		}
	}
	return speaks
}

// counted gives the unit of a level that a part is counted for; nil when it lies
// within none, or when a unit between the two overrides it.
func counted(p *part, top int, speaks map[*catalogue.Unit]bool) *catalogue.Unit {
	above := p.unit
	for above != nil && above.Level.Index() > top {
		if speaks != nil && speaks[above] && !(isOwn(p) && above == p.unit) {
			return nil
		}
		above = above.Parent()
	}
	if above == nil || above.Level.Index() != top {
		return nil
	}
	return above
}

// isOwn reports whether the part is the unit's own observation.
func isOwn(p *part) bool { return p.from == p.unit.Level.Index() }
