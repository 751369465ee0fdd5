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
// day on whose units a source states its figures. It remembers what it found, and serves one
// goroutine.
type finder struct {
	*gazetteer
	lost    map[string]bool   // columns of the table being read whose codes have lost their zeros
	folded  map[string]string // names that were read, folded as places: a row is looked up once a year
	recent  [64]foundCode     // those of the rows just read, by year
	days    map[number.Date]*catalogue.Hierarchy
	context []*catalogue.Unit // the units of the rows above, in a table of several levels, the highest first
}

// codeKey is what a unit is found by.
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

func newFinder(g *gazetteer) *finder {
	f := &finder{gazetteer: g, folded: map[string]string{}, days: map[number.Date]*catalogue.Hierarchy{}}
	f.begin(nil)
	return f
}

// begin begins a table, some of whose columns of codes have lost their zeros.
func (f *finder) begin(lost map[string]bool) {
	f.lost, f.context = lost, nil
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
	unit := f.at(day).Unit(code)
	if unit != nil && isOf(rule, unit.Level.Code) && !f.doubtful(code, rule) {
		*last = foundCode{codeKey{rule, unit.Code, day}, unit} // not the line that it stands in
		return unit
	}
	f.uncoded(read, rule, code, day, unit)
	return nil
}

// uncoded makes a reject of a code that no unit of the rule has, or one that may be another's.
func (f *finder) uncoded(read *reading, rule *workspace.UnitRule, code string, day number.Date, unit *catalogue.Unit) {
	column := strings.Join(rule.CodeColumns(), " ")
	switch {
	case unit != nil && f.doubtful(code, rule):
		read.reject(column, code, LeadingZeros, number.Say("the codes of this column have lost their leading zeros: %q may also be %s", code, tell(f.longer(code, rule))))
		return
	case f.fits(code, rule): // on another day
	case len(f.twinsOf(code, rule)) > 0:
		read.reject(column, code, LeadingZeros, number.Say("there is no unit %q of that kind; with other leading zeros it is %s", code, tell(f.twinsOf(code, rule))))
		return
	case unit != nil:
		read.reject(column, code, WrongLevel, number.Say("%s (%s) is of the level %s, the codes of the source are of the level %s",
			unit.FullName(number.Vietnamese), code, unit.Level.Code, strings.Join(rule.Levels, ", ")))
		return
	}
	if f.catalogue.Knows(code) {
		read.reject(column, code, NotEligible, number.Say("the unit %s did not exist on %s", code, onDay(day)))
		return
	}
	var known []string
	for _, version := range f.catalogue.Units {
		known = append(known, version.Code)
	}
	read.reject(column, code, number.UnknownUnit, number.Say("there is no unit %q%s", code, suggestion(name.Nearest(code, known))))
}

// findName looks a name up: as it is written, as an alias, and, only where nobody has it
// that way, without what may stand around it.
func (f *finder) findName(read *reading, rule *workspace.UnitRule, day number.Date, within *catalogue.Unit) *catalogue.Unit {
	found := f.units(nameKey{rule, f.fold(read.cell(rule.Name)), f.at(day), within})
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

// followsRows reports whether units are looked for near those of the rows above, so that rows must be
// mapped one after the other: nearby looks at what enter noted.
func followsRows(rule *workspace.UnitRule) bool {
	for ; rule != nil; rule = rule.Within {
		if rule.Name != "" && len(rule.Levels) > 0 {
			return true
		}
	}
	return false
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
		x := f.index(f.at(day), level)
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

// doubtful reports whether a code of a column that has lost zeros fits another unit, too.
func (f *finder) doubtful(code string, rule *workspace.UnitRule) bool {
	return f.lost[rule.Column] && len(f.longer(code, rule)) > 0
}
