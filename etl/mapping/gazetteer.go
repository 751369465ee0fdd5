package mapping

import (
	"slices"
	"strings"
	"sync"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// gazetteer has the units of a catalogue by their names, and those whose codes are alike. It is
// safe for concurrent use: finders share it, for it costs much to make.
type gazetteer struct {
	catalogue *catalogue.Calendar
	aliases   map[string][]string
	twins     map[string][]twin // code without its leading zeros → codes that end like this
	zeros     bool              // a unit has a code that begins with a zero

	mu      sync.RWMutex
	indexes map[indexKey]*index
	found   map[nameKey][]*catalogue.Unit // those of names
}

func newGazetteer(c *catalogue.Calendar, aliases map[string][]string) *gazetteer {
	g := &gazetteer{catalogue: c, aliases: aliases, twins: zeroTwins(c), indexes: map[indexKey]*index{}, found: map[nameKey][]*catalogue.Unit{}}
	g.zeros = slices.ContainsFunc(c.Units, func(version catalogue.UnitVersion) bool { return strings.HasPrefix(version.Code, "0") })
	return g
}

// indexKey names the units of one level while they stay the same.
type indexKey struct {
	hierarchy *catalogue.Hierarchy
	level     string
}

// index gives the index of a level.
func (g *gazetteer) index(h *catalogue.Hierarchy, level string) *index {
	return catalogue.Cached(&g.mu, g.indexes, indexKey{h, level}, func() *index { return newIndex(g.catalogue, h, level) })
}

// newIndex makes the index of a level.
func newIndex(c *catalogue.Calendar, h *catalogue.Hierarchy, level string) *index {
	made := &index{units: slices.Concat(h.Level(level), h.Aggregates(level)), byName: map[string][]*catalogue.Unit{}, unmarked: map[string][]*catalogue.Unit{}}
	for _, unit := range made.units {
		folded := name.Place(unit.Name(number.Vietnamese))
		made.byName[folded] = append(made.byName[folded], unit)
		for _, bare := range []string{name.WithoutMarks(folded), name.WithoutMarks(name.Place(unit.Name(number.English)))} {
			made.unmarked[bare] = merge(made.unmarked[bare], unit)
		}
	}
	for _, kind := range c.Level(level).Kinds {
		word := name.Place(kind.Name(number.Vietnamese))
		words := append([]string{word, name.Place(kind.Abbreviation.VI), name.Place(kind.Name(number.English))}, name.Abbreviations(word)...)
		for _, word := range words {
			if word != "" {
				made.kinds = append(made.kinds, kindWord{kind.Code, word})
			}
		}
	}
	// Of two words that begin alike the longer one comes first: thị trấn before thị.
	slices.SortStableFunc(made.kinds, func(a, b kindWord) int { return len(b.folded) - len(a.folded) })
	return made
}

// twin is a code that differs from the one of a row by its leading zeros alone.
type twin struct{ code, level, name string }

func (t twin) told() string { return t.code + " (" + t.name + ")" }

// zeroTwins lists the codes of units, of whatever day, by what is left of them without
// leading zeros.
func zeroTwins(c *catalogue.Calendar) map[string][]twin {
	twins := map[string][]twin{}
	for i := range c.Units {
		version := &c.Units[i]
		bare := withoutZeros(version.Code)
		known := func(other twin) bool { return other.code == version.Code }
		if !slices.ContainsFunc(twins[bare], known) {
			twins[bare] = append(twins[bare], twin{version.Code, version.Level, version.Names.In(number.Vietnamese)})
		}
	}
	return twins
}

func withoutZeros(code string) string { return strings.TrimLeft(code, "0") }

// twinsOf lists the units of the rule's levels that a code would fit with other leading
// zeros.
func (g *gazetteer) twinsOf(code string, rule *workspace.UnitRule) []twin {
	if withoutZeros(code) == "" {
		return nil
	}
	var others []twin
	for _, t := range g.twins[withoutZeros(code)] {
		if t.code != code && isOf(rule, t.level) {
			others = append(others, t)
		}
	}
	return others
}

// isOf reports whether codes of a rule may be of a level.
func isOf(rule *workspace.UnitRule, level string) bool {
	return len(rule.Levels) == 0 || slices.Contains(rule.Levels, level)
}

// longer lists the twins of a code that have more zeros.
func (g *gazetteer) longer(code string, rule *workspace.UnitRule) []twin {
	return slices.DeleteFunc(g.twinsOf(code, rule), func(t twin) bool { return len(t.code) < len(code) })
}

// fits reports whether a code is that of a unit of the rule's levels on any day.
func (g *gazetteer) fits(code string, rule *workspace.UnitRule) bool {
	return slices.ContainsFunc(g.catalogue.LevelsOf(code), func(level string) bool { return isOf(rule, level) })
}

func tell(twins []twin) string {
	told := make([]string, min(len(twins), mostNamed))
	for i := range told {
		told[i] = twins[i].told()
	}
	return strings.Join(told, ", ")
}

// nameKey is what units are found by.
type nameKey struct {
	rule      *workspace.UnitRule
	folded    string
	hierarchy *catalogue.Hierarchy
	within    *catalogue.Unit
}

// units finds the units that a name may be of, once.
func (g *gazetteer) units(key nameKey) []*catalogue.Unit {
	g.mu.RLock()
	found, known := g.found[key]
	g.mu.RUnlock()
	if !known { // two who ask at the same time find the same
		found = g.search(key.folded, key.rule, key.hierarchy, key.within)
		g.mu.Lock()
		g.found[key] = found
		g.mu.Unlock()
	}
	return found
}

// search finds the units that a folded name may be of, in the way that comes first in order.
func (g *gazetteer) search(folded string, rule *workspace.UnitRule, h *catalogue.Hierarchy, within *catalogue.Unit) []*catalogue.Unit {
	for _, reading := range append([]string{folded}, name.Readings(folded)...) {
		if found := g.named(reading, rule, h, within); len(found) > 0 {
			return found
		}
	}
	return g.twice(folded, rule, h, within)
}

// named finds the units of a rule's levels that have a folded name.
func (g *gazetteer) named(folded string, rule *workspace.UnitRule, h *catalogue.Hierarchy, within *catalogue.Unit) []*catalogue.Unit {
	var found []*catalogue.Unit
	for _, level := range rule.NameLevels() {
		x := g.index(h, level)
		found = merge(found, x.lookup(folded, within, x.byName)...)
		for _, code := range g.aliases[folded] {
			if unit := h.Unit(code); unit != nil && unit.Level.Code == level && (within == nil || unit.Within(within)) {
				found = merge(found, unit)
			}
		}
	}
	if len(found) > 0 || !rule.WithoutMarks {
		return found
	}
	for _, level := range rule.NameLevels() {
		x := g.index(h, level)
		found = merge(found, x.lookup(name.WithoutMarks(folded), within, x.unmarked)...)
	}
	return found
}

// twice finds the unit whose name a cell has in two languages, as yearbooks print it: Huyện An
// Phú An Phu district. Behind the name stands the same one without marks, or its English one.
func (g *gazetteer) twice(folded string, rule *workspace.UnitRule, h *catalogue.Hierarchy, within *catalogue.Unit) []*catalogue.Unit {
	words := strings.Fields(folded)
	var found []*catalogue.Unit
	for at := 1; at < len(words); at++ {
		first, second := strings.Join(words[:at], " "), strings.Join(words[at:], " ")
		for _, readings := range append([]string{first}, name.Readings(first)...) {
			for _, unit := range g.named(readings, rule, h, within) {
				vi, en := name.Place(unit.Name(number.Vietnamese)), name.Place(unit.Name(number.English))
				for _, again := range []string{name.WithoutMarks(vi), en, name.WithoutMarks(en)} {
					if rest, ok := strings.CutPrefix(second, again); ok && (rest == "" || rest[0] == ' ' && isEnglishKind(rest[1:])) {
						found = merge(found, unit)
					}
				}
			}
		}
	}
	return found
}
