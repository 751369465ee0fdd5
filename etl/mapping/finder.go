package mapping

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/layout"
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
	aliases   map[string][]string
	folded    map[string]string           // names that were read, folded as places: a row is looked up once a year
	codes     map[codeKey]*catalogue.Unit // those of codes that are without doubt
	recent    [64]foundCode               // those of the rows just read, by year
	days      map[number.Date]*catalogue.Hierarchy
	found     map[nameKey][]*catalogue.Unit // those of names
	zeros     bool                          // a unit has a code that begins with a zero
	context   []*catalogue.Unit             // the units of the rows above, in a table of several levels, the highest first
}

// indexKey names the units of one level on one day.
type indexKey struct {
	day   number.Date
	level string
}

// codeKey and nameKey are what a unit is found by.
type codeKey struct {
	rule *workspace.UnitRule
	code string
	day  number.Date
}

// foundCode is the unit that was found by a code.
type foundCode struct {
	codeKey
	unit *catalogue.Unit
}

type nameKey struct {
	rule   *workspace.UnitRule
	folded string
	day    number.Date
	within *catalogue.Unit
}

func newFinder(c *catalogue.Calendar, aliases map[string][]string) *finder {
	f := &finder{catalogue: c, aliases: aliases, folded: map[string]string{}, indexes: map[indexKey]*index{}, twins: zeroTwins(c)}
	f.days, f.found = map[number.Date]*catalogue.Hierarchy{}, map[nameKey][]*catalogue.Unit{}
	f.zeros = slices.ContainsFunc(c.Units, func(version catalogue.UnitVersion) bool { return strings.HasPrefix(version.Code, "0") })
	f.begin()
	return f
}

// begin begins a table.
func (f *finder) begin() {
	f.lost, f.context, f.codes = map[string]bool{}, nil, map[codeKey]*catalogue.Unit{}
	clear(f.recent[:])
}

// at is the hierarchy of a day.
func (f *finder) at(day number.Date) *catalogue.Hierarchy {
	h, known := f.days[day]
	if !known {
		h = f.catalogue.At(day)
		f.days[day] = h
	}
	return h
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
	code := codeOf(read.table, read.row, rule)
	key := codeKey{rule, code, day}
	last := &f.recent[int(day/10000)%len(f.recent)] // a wide row asks for each of its years
	if last.codeKey == key {
		return last.unit
	}
	if unit := f.codes[key]; unit != nil {
		*last = foundCode{codeKey{rule, strings.Clone(code), day}, unit}
		return unit
	}
	column := strings.Join(rule.CodeColumns(), " ")
	unit := f.at(day).Unit(code)
	switch {
	case unit != nil && f.doubtful(code, rule):
		read.reject(column, code, LeadingZeros, number.Say("the codes of this column have lost their leading zeros: %q may also be %s", code, tell(f.longer(code, rule))))
		return nil
	case unit != nil && isOf(rule, unit.Level.Code):
		key.code = strings.Clone(code) // not the line that it stands in
		f.codes[key] = unit
		return unit
	case f.fits(code, rule): // on another day
	case len(f.twinsOf(code, rule)) > 0:
		read.reject(column, code, LeadingZeros, number.Say("there is no unit %q of that kind; with other leading zeros it is %s", code, tell(f.twinsOf(code, rule))))
		return nil
	case unit != nil:
		read.reject(column, code, WrongLevel, number.Say("%s (%s) is of the level %s, the codes of the source are of the level %s",
			unit.FullName(number.Vietnamese), code, unit.Level.Code, strings.Join(rule.Levels, ", ")))
		return nil
	}
	if f.catalogue.Knows(code) {
		read.reject(column, code, NotEligible, number.Say("the unit %s did not exist on %s", code, onDay(day)))
		return nil
	}
	var known []string
	for _, version := range f.catalogue.Units {
		known = append(known, version.Code)
	}
	read.reject(column, code, number.UnknownUnit, number.Say("there is no unit %q%s", code, suggestion(name.Nearest(code, known))))
	return nil
}

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

// findName looks a name up: as it is written, as an alias, and, only where nobody has it
// that way, without what may stand around it.
func (f *finder) findName(read *reading, rule *workspace.UnitRule, day number.Date, within *catalogue.Unit) *catalogue.Unit {
	key := nameKey{rule, f.fold(read.cell(rule.Name)), day, within}
	found, known := f.found[key]
	if !known {
		found = f.search(key.folded, rule, day, within)
		f.found[key] = found
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

// fold folds a name once.
func (f *finder) fold(text string) string {
	folded, known := f.folded[text]
	if !known {
		text = strings.Clone(text) // not the part of the file that it stands in
		folded = name.Place(text)
		f.folded[text] = folded
	}
	return folded
}

// search finds the units that a folded name may be of, in the way that comes first in order.
func (f *finder) search(folded string, rule *workspace.UnitRule, day number.Date, within *catalogue.Unit) []*catalogue.Unit {
	for _, reading := range append([]string{folded}, name.Readings(folded)...) {
		if found := f.named(reading, rule, day, within); len(found) > 0 {
			return found
		}
	}
	return f.twice(folded, rule, day, within)
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

// codeOf gives the code of a row: the cells of its columns, each filled up with zeros where
// the rule says how many digits it has.
func codeOf(t *table, r *layout.Row, rule *workspace.UnitRule) string {
	if rule.Column != "" && len(rule.Pad) == 0 {
		return t.cell(r, rule.Column)
	}
	columns := rule.CodeColumns()
	if len(columns) == 0 {
		return rule.Constant
	}
	var code strings.Builder
	for i, column := range columns {
		cell := t.cell(r, column)
		if i < len(rule.Pad) && onlyDigits(cell) && cell != "" {
			code.WriteString(strings.Repeat("0", max(0, rule.Pad[i]-len(cell))))
		}
		code.WriteString(cell)
	}
	return code.String()
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
