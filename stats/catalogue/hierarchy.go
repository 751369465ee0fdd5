package catalogue

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// Hierarchy is the units of one day with their parents. An aggregate, a unit whose
// kind says so, is known by its code and has the figures that were reported for it; it lies
// within nothing, nothing lies within it, and it is none of the units of its level: it is
// neither ranked nor counted nor added up.
type Hierarchy struct {
	Levels  map[string]*Level
	byCode  map[string]*Unit
	byKey   map[uint32]*Unit
	byLevel map[string][]*Unit // by code, without aggregates
	Units   []*Unit            // of all levels from the top down, the aggregates of a level after its units

	aggregates map[string][]*Unit // by level, by code

	eligible map[string][]int // indicator → place of a unit → eligible units within it
	listed   [][]Listing      // index of a level → place of a unit → see listed
}

// newHierarchy puts the units of a day together, and counts once what questions ask
// of them.
func newHierarchy(c *Catalogue, past history, day number.Date) *Hierarchy {
	h := &Hierarchy{Levels: c.levels, byCode: map[string]*Unit{}, byKey: map[uint32]*Unit{}, byLevel: map[string][]*Unit{}, aggregates: map[string][]*Unit{}}
	parents := map[*Unit]string{}
	for i := range c.Units {
		version := &c.Units[i]
		if !version.Validity.Contains(day) {
			continue
		}
		level := c.levels[version.Level]
		unit := &Unit{
			Code: version.Code, Validity: c.lives[version.Key], Level: level,
			Kind: level.kind(version.Kind), key: version.Key, name: version.Names,
			history: past, version: version, day: day,
		}
		h.byCode[unit.Code], h.byKey[unit.key] = unit, unit
		if unit.Kind.Aggregate {
			h.aggregates[level.Code] = append(h.aggregates[level.Code], unit)
			continue
		}
		h.byLevel[level.Code] = append(h.byLevel[level.Code], unit)
		parents[unit] = version.Parent
	}
	for _, level := range c.Levels {
		slices.SortFunc(h.byLevel[level.Code], ByCode)
		for _, unit := range h.byLevel[level.Code] {
			unit.Place = len(h.Units)
			h.Units = append(h.Units, unit)
			if parent := h.byCode[parents[unit]]; parent != nil && !parent.Kind.Aggregate {
				unit.parent = parent
				parent.children = append(parent.children, unit)
			}
		}
		slices.SortFunc(h.aggregates[level.Code], ByCode)
		for _, unit := range h.aggregates[level.Code] {
			unit.Place = len(h.Units)
			h.Units = append(h.Units, unit)
		}
	}
	h.countEligible(c.Indicators)
	for _, level := range c.Levels {
		h.listed = append(h.listed, h.countListed(level))
	}
	return h
}

// Unit returns the unit that has a code on that day, nil when none has.
func (h *Hierarchy) Unit(code string) *Unit { return h.byCode[code] }

// ByKey returns the unit of a key, nil when it does not exist on that day.
func (h *Hierarchy) ByKey(key uint32) *Unit { return h.byKey[key] }

// Level lists the units of a level, by code.
func (h *Hierarchy) Level(code string) []*Unit { return h.byLevel[code] }

// Aggregates lists the aggregates of a level, by code.
func (h *Hierarchy) Aggregates(level string) []*Unit { return h.aggregates[level] }

// LevelWithin lists the units of a level that lie within a unit, by code; all
// of the level when within is nil.
func (h *Hierarchy) LevelWithin(code string, within *Unit) []*Unit {
	if within == nil {
		return h.byLevel[code]
	}
	var units []*Unit
	for _, unit := range h.byLevel[code] {
		if unit.Within(within) {
			units = append(units, unit)
		}
	}
	return units
}

// Common returns the lowest unit that all the units lie within, nil when there is none.
func (h *Hierarchy) Common(units []*Unit) *Unit {
	if len(units) == 0 {
		return nil
	}
	common := units[0].parent
	for _, unit := range units[1:] {
		for common != nil && !unit.Within(common) {
			common = common.parent
		}
	}
	return common
}

// Eligible counts the units within u (itself included) that are expected to
// have a value of the indicator.
func (h *Hierarchy) Eligible(indicator *Indicator, u *Unit) int {
	counts, at := h.eligible[indicator.Code], h.byKey[u.key]
	if counts == nil || at == nil {
		return 0
	}
	return counts[at.Place]
}

// countEligible counts for each indicator the units that are expected to have a value,
// once for all indicators with the same rule.
func (h *Hierarchy) countEligible(indicators []*Indicator) {
	h.eligible = make(map[string][]int, len(indicators))
	byRule := map[string][]int{}
	for _, indicator := range indicators {
		rule := indicator.Eligibility.Level + "\n" + strings.Join(indicator.Eligibility.Kinds, "\n")
		counts := byRule[rule]
		if counts == nil {
			counts = make([]int, len(h.Units))
			for _, unit := range h.byLevel[indicator.Eligibility.Level] {
				if !indicator.Eligibility.Accepts(unit) {
					continue
				}
				for at := unit; at != nil; at = at.parent {
					counts[at.Place]++
				}
			}
			byRule[rule] = counts
		}
		h.eligible[indicator.Code] = counts
	}
}

// Listing is the result of Hierarchy.ListedWithin. Where Listed is less than Expected,
// sums over the level are incomplete however many of its units report: a country of which
// one province's districts are listed is not known by its districts.
type Listing struct{ Expected, Listed int }

// ListedWithin counts, within u, the units that should have units of a level directly
// below them, and those that have some in the catalogue.
func (h *Hierarchy) ListedWithin(level *Level, u *Unit) Listing {
	if at := h.byKey[u.key]; at != nil {
		return h.listed[level.index][at.Place]
	}
	return Listing{}
}

// Lists reports whether units of a level are listed within a unit above it.
func (h *Hierarchy) Lists(level *Level, u *Unit) bool {
	return u.Level.index >= level.index || h.ListedWithin(level, u).Listed > 0
}

func (h *Hierarchy) countListed(level *Level) []Listing {
	counts := make([]Listing, len(h.Units))
	for _, unit := range h.Units {
		has := slices.ContainsFunc(unit.children, func(child *Unit) bool { return child.Level.index >= level.index })
		if unit.Level.index >= level.index || unit.Kind.Aggregate || !has && len(unit.children) > 0 {
			continue
		}
		for at := unit; at != nil; at = at.parent {
			counts[at.Place].Expected++
			if has {
				counts[at.Place].Listed++
			}
		}
	}
	return counts
}

// ByCode orders units by their codes, those of one code by their keys.
func ByCode(a, b *Unit) int {
	if a.Code < b.Code {
		return -1
	}
	if a.Code > b.Code {
		return 1
	}
	return int(a.key) - int(b.key)
}

// ReportingLevel is the index of the level that reports the indicator.
func (h *Hierarchy) ReportingLevel(indicator *Indicator) int {
	return h.Levels[indicator.Eligibility.Level].index
}
