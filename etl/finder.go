package etl

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// finder finds units by code or name as they were on a day: 31 December of a year, or the
// day on whose units a source states its figures.
type finder struct {
	catalogue *catalogue.Calendar
	indexes   map[indexKey]*index
	twins     map[string][]twin // code without its leading zeros → codes that end like this
	lost      map[string]bool   // columns of the table being read whose codes have lost their zeros
}

// indexKey names the units of one level on one day.
type indexKey struct {
	day   number.Date
	level string
}

// index finds the units of one level and day by folded name. kinds are the
// folded words for the level's kinds.
type index struct {
	units  []*catalogue.Unit
	byName map[string][]*catalogue.Unit
	kinds  []kindWord
}

type kindWord struct{ code, folded string }

func newFinder(catalogue *catalogue.Calendar) *finder {
	return &finder{catalogue: catalogue, indexes: map[indexKey]*index{}, twins: zeroTwins(catalogue)}
}

// find gives the unit that a row is for. Anything but exactly one is a reject of
// the row, and nil.
func (f *finder) find(read *reading, rule *workspace.UnitRule, day number.Date) *catalogue.Unit {
	if rule.Name == "" {
		return f.findCode(read, rule, day)
	}
	var within *catalogue.Unit
	if rule.Within != nil {
		if within = f.find(read, rule.Within, day); within == nil {
			return nil
		}
	}
	return f.findName(read, rule, day, within)
}

func (f *finder) findCode(read *reading, rule *workspace.UnitRule, day number.Date) *catalogue.Unit {
	code := rule.Constant
	if rule.Column != "" {
		code = read.cell(rule.Column)
	}
	unit := f.catalogue.At(day).Unit(code)
	switch {
	case unit != nil && f.doubtful(code, rule):
		read.reject(rule.Column, code, LeadingZeros, number.Say("the codes of this column have lost their leading zeros: %q may also be %s", code, tell(f.longer(code, rule))))
		return nil
	case unit != nil && isOf(rule, unit.Level.Code):
		return unit
	case f.fits(code, rule): // on another day
	case len(f.twinsOf(code, rule)) > 0:
		read.reject(rule.Column, code, LeadingZeros, number.Say("there is no unit %q of that kind; with other leading zeros it is %s", code, tell(f.twinsOf(code, rule))))
		return nil
	case unit != nil:
		read.reject(rule.Column, code, WrongLevel, number.Say("%s (%s) is of the level %s, the codes of the source are of the level %s",
			unit.FullName(number.Vietnamese), code, unit.Level.Code, strings.Join(rule.Levels, ", ")))
		return nil
	}
	if f.catalogue.Knows(code) {
		read.reject(rule.Column, code, NotEligible, number.Say("the unit %s did not exist on %s", code, onDay(day)))
		return nil
	}
	var known []string
	for _, version := range f.catalogue.Units {
		known = append(known, version.Code)
	}
	read.reject(rule.Column, code, number.UnknownUnit, number.Say("there is no unit %q%s", code, suggestion(name.Nearest(code, known))))
	return nil
}

// findName looks a name up without the word of its kind. The word is of use only
// where several units share the name: the town Cai Lậy and the district Cai Lậy.
func (f *finder) findName(read *reading, rule *workspace.UnitRule, day number.Date, within *catalogue.Unit) *catalogue.Unit {
	text := read.cell(rule.Name)
	all := f.index(day, rule.Level)
	folded := name.Fold(text)
	found := among(all.byName[folded], within, "")
	for _, kind := range all.kinds {
		rest, ok := name.CutPrefix(folded, kind.folded)
		if !ok {
			continue
		}
		named := among(all.byName[rest], within, "")
		if len(named) > 1 {
			if ofKind := among(named, within, kind.code); len(ofKind) > 0 {
				named = ofKind
			}
		}
		found = merge(found, named)
	}
	where := func(nearest number.Message) number.Message {
		if within != nil {
			return number.Say("in %s (%s) of the level %s on %s%s", within.FullName(number.Vietnamese), within.Code, rule.Level, onDay(day), nearest)
		}
		return number.Say("of the level %s on %s%s", rule.Level, onDay(day), nearest)
	}
	switch len(found) {
	case 1:
		return found[0]
	case 0:
		var known []string
		for _, unit := range among(all.units, within, "") {
			known = append(known, unit.Name(number.Vietnamese))
		}
		for _, kind := range all.kinds {
			if rest, ok := name.CutPrefix(folded, kind.folded); ok {
				folded = rest
				break
			}
		}
		read.reject(rule.Name, text, number.UnknownUnit, number.Say("there is no unit %q %s", text, where(suggestion(name.Nearest(folded, known)))))
	default:
		var codes []string
		for _, unit := range found {
			codes = append(codes, unit.FullName(number.Vietnamese)+" "+unit.Code)
		}
		read.reject(rule.Name, text, AmbiguousUnit, number.Say("several units %s have this name: %s", where(number.Message{}), strings.Join(codes, ", ")))
	}
	return nil
}

// index gives the index of a level and day.
func (f *finder) index(day number.Date, level string) *index {
	key := indexKey{day, level}
	if known, ok := f.indexes[key]; ok {
		return known
	}
	h := f.catalogue.At(day)
	made := &index{units: slices.Concat(h.Level(level), h.Aggregates(level)), byName: map[string][]*catalogue.Unit{}}
	for _, unit := range made.units {
		folded := name.Fold(unit.Name(number.Vietnamese))
		made.byName[folded] = append(made.byName[folded], unit)
	}
	for _, kind := range f.catalogue.Level(level).Kinds {
		made.kinds = append(made.kinds, kindWord{kind.Code, name.Fold(kind.Name(number.Vietnamese))})
	}
	f.indexes[key] = made
	return made
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
func merge(units, more []*catalogue.Unit) []*catalogue.Unit {
	for _, unit := range more {
		known := false
		for _, other := range units {
			known = known || other.Key() == unit.Key()
		}
		if !known {
			units = append(units, unit)
		}
	}
	return units
}

// onDay writes a day: the last of a year as 31 December 2019, any other as 2020-07-01.
func onDay(day number.Date) any {
	if year := number.Year(day / 10000); day == year.Reference() {
		return number.Say("31 December %d", year)
	}
	return day
}

// suggestion is the end of a sentence about something unknown.
func suggestion(nearest []string) number.Message {
	if len(nearest) == 0 {
		return number.Message{}
	}
	return number.Say("; nearest: %s", strings.Join(nearest, ", "))
}
