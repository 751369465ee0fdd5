package etl

import (
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
	context   []*catalogue.Unit // the units of the rows above, in a table of several levels, the highest first
}

// indexKey names the units of one level on one day.
type indexKey struct {
	day   number.Date
	level string
}

func newFinder(catalogue *catalogue.Calendar, aliases map[string][]string) *finder {
	return &finder{catalogue: catalogue, aliases: aliases, indexes: map[indexKey]*index{}, twins: zeroTwins(catalogue)}
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
	column := strings.Join(rule.CodeColumns(), " ")
	unit := f.catalogue.At(day).Unit(code)
	switch {
	case unit != nil && f.doubtful(code, rule):
		read.reject(column, code, LeadingZeros, number.Say("the codes of this column have lost their leading zeros: %q may also be %s", code, tell(f.longer(code, rule))))
		return nil
	case unit != nil && isOf(rule, unit.Level.Code):
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

// codeOf gives the code of a row: the cells of its columns, each filled up with zeros where
// the rule says how many digits it has.
func codeOf(t *table, r *layout.Row, rule *workspace.UnitRule) string {
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
