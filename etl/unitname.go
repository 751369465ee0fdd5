package etl

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// index finds the units of one level and day by name, folded as places. kinds are the words
// for the level's kinds, and what is written for them in short.
type index struct {
	units            []*catalogue.Unit
	byName, unmarked map[string][]*catalogue.Unit
	kinds            []kindWord
}

type kindWord struct{ code, folded string }

// index gives the index of a level and day.
func (f *finder) index(day number.Date, level string) *index {
	key := indexKey{day, level}
	if known, ok := f.indexes[key]; ok {
		return known
	}
	h := f.catalogue.At(day)
	made := &index{units: slices.Concat(h.Level(level), h.Aggregates(level)), byName: map[string][]*catalogue.Unit{}, unmarked: map[string][]*catalogue.Unit{}}
	for _, unit := range made.units {
		folded := name.Place(unit.Name(number.Vietnamese))
		made.byName[folded] = append(made.byName[folded], unit)
		for _, bare := range []string{name.WithoutMarks(folded), name.WithoutMarks(name.Place(unit.Name(number.English)))} {
			made.unmarked[bare] = merge(made.unmarked[bare], unit)
		}
	}
	for _, kind := range f.catalogue.Level(level).Kinds {
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
	f.indexes[key] = made
	return made
}

// lookup finds the units that have a folded name, or have it behind the word of their kind.
// The word is of use only where several units share the name: the town Cai Lậy and the
// district Cai Lậy.
func (x *index) lookup(folded string, within *catalogue.Unit, names map[string][]*catalogue.Unit) []*catalogue.Unit {
	found := among(names[folded], within, "")
	for _, kind := range x.kinds {
		rest, ok := name.CutPrefix(folded, kind.folded)
		if !ok {
			continue
		}
		named := among(names[rest], within, "")
		if len(named) > 1 {
			if ofKind := among(named, within, kind.code); len(ofKind) > 0 {
				named = ofKind
			}
		}
		found = merge(found, named...)
	}
	return found
}

// findName looks a name up: as it is written, as an alias, and, only where nobody has it
// that way, without what may stand around it.
func (f *finder) findName(read *reading, rule *workspace.UnitRule, day number.Date, within *catalogue.Unit) *catalogue.Unit {
	text := read.cell(rule.Name)
	folded := name.Place(text)
	found := f.named(folded, rule, day, within)
	for _, reading := range name.Readings(folded) {
		if len(found) > 0 {
			break
		}
		found = f.named(reading, rule, day, within)
	}
	if len(found) == 0 {
		found = f.twice(folded, rule, day, within)
	}
	if len(found) > 1 {
		found = f.nearby(found)
	}
	if len(found) == 1 {
		f.enter(found[0], rule)
		return found[0]
	}
	f.unnamed(read, rule, day, within, found)
	return nil
}

// named finds the units of a rule's levels that have a folded name.
func (f *finder) named(folded string, rule *workspace.UnitRule, day number.Date, within *catalogue.Unit) []*catalogue.Unit {
	var found []*catalogue.Unit
	for _, level := range rule.NameLevels() {
		x := f.index(day, level)
		found = merge(found, x.lookup(folded, within, x.byName)...)
		for _, code := range f.aliases[folded] {
			if unit := f.catalogue.At(day).Unit(code); unit != nil && unit.Level.Code == level && (within == nil || unit.Within(within)) {
				found = merge(found, unit)
			}
		}
	}
	if len(found) > 0 || !rule.WithoutMarks {
		return found
	}
	for _, level := range rule.NameLevels() {
		x := f.index(day, level)
		found = merge(found, x.lookup(name.WithoutMarks(folded), within, x.unmarked)...)
	}
	return found
}

// twice finds the unit whose name a cell has in two languages, as yearbooks print it: Huyện An
// Phú An Phu district. Behind the name stands the same one without marks, or its English one.
func (f *finder) twice(folded string, rule *workspace.UnitRule, day number.Date, within *catalogue.Unit) []*catalogue.Unit {
	words := strings.Fields(folded)
	var found []*catalogue.Unit
	for at := 1; at < len(words); at++ {
		first, second := strings.Join(words[:at], " "), strings.Join(words[at:], " ")
		for _, readings := range append([]string{first}, name.Readings(first)...) {
			for _, unit := range f.named(readings, rule, day, within) {
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

// isEnglishKind reports whether words are those that English has for kinds of units.
func isEnglishKind(words string) bool {
	known := []string{"city", "province", "town", "township", "urban", "district", "ward", "commune"}
	return !slices.ContainsFunc(strings.Fields(words), func(word string) bool { return !slices.Contains(known, word) })
}

// nearby picks of several units that share a name those that lie in the unit of the nearest
// row above that is of a higher level, where a table has several levels in one column.
func (f *finder) nearby(found []*catalogue.Unit) []*catalogue.Unit {
	for _, above := range slices.Backward(f.context) {
		var inside []*catalogue.Unit
		for _, unit := range found {
			if unit.Key() != above.Key() && unit.Within(above) {
				inside = append(inside, unit)
			}
		}
		if len(inside) > 0 {
			return inside
		}
	}
	return found
}

// enter notes a unit that a row was for, so that the rows below it are looked for in it.
func (f *finder) enter(unit *catalogue.Unit, rule *workspace.UnitRule) {
	if len(rule.Levels) == 0 {
		return
	}
	f.context = slices.DeleteFunc(f.context, func(other *catalogue.Unit) bool { return other.Level.Index() >= unit.Level.Index() })
	f.context = append(f.context, unit)
}

// unnamed makes a reject of a name that no unit has, or several have.
func (f *finder) unnamed(read *reading, rule *workspace.UnitRule, day number.Date, within *catalogue.Unit, found []*catalogue.Unit) {
	text, levels := read.cell(rule.Name), strings.Join(rule.NameLevels(), ", ")
	where := func(nearest number.Message) number.Message {
		if within != nil {
			return number.Say("in %s (%s) of the level %s on %s%s", within.FullName(number.Vietnamese), within.Code, levels, onDay(day), nearest)
		}
		return number.Say("of the level %s on %s%s", levels, onDay(day), nearest)
	}
	if len(found) > 0 {
		var codes []string
		for _, unit := range found {
			codes = append(codes, unit.FullName(number.Vietnamese)+" "+unit.Code)
		}
		read.reject(rule.Name, text, AmbiguousUnit, number.Say("several units %s have this name: %s", where(number.Message{}), strings.Join(codes, ", ")))
		return
	}
	folded := name.Place(text)
	var known []string
	for _, level := range rule.NameLevels() {
		x := f.index(day, level)
		for _, unit := range among(x.units, within, "") {
			known = append(known, unit.Name(number.Vietnamese))
		}
		for _, kind := range x.kinds {
			if rest, ok := name.CutPrefix(folded, kind.folded); ok {
				folded = rest
				break
			}
		}
	}
	read.reject(rule.Name, text, number.UnknownUnit, number.Say("there is no unit %q %s", text, where(suggestion(name.Nearest(folded, known)))))
}

// among keeps the units that lie within one and are of a kind; nil and "" keep all.
func among(units []*catalogue.Unit, within *catalogue.Unit, kind string) []*catalogue.Unit {
	var kept []*catalogue.Unit
	for _, unit := range units {
		if (within == nil || unit.Within(within)) && (kind == "" || unit.Kind.Code == kind) {
			kept = append(kept, unit)
		}
	}
	return kept
}

// merge adds the units that are not there yet.
func merge(units []*catalogue.Unit, more ...*catalogue.Unit) []*catalogue.Unit {
	for _, unit := range more {
		if !slices.ContainsFunc(units, func(other *catalogue.Unit) bool { return other.Key() == unit.Key() }) {
			units = append(units, unit)
		}
	}
	return units
}
