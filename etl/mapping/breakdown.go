package mapping

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// breakdown finds of which members an entry's figure is. What is not known exactly
// is a reject, and false.
func breakdown(source *workspace.Source, calendar *catalogue.Calendar, read *reading, e *entry) bool {
	if len(source.Breakdown) == 0 && len(e.measure.Breakdown) == 0 {
		return true // all of it
	}
	var members []catalogue.MemberRef
	for _, rule := range slices.Concat(source.Breakdown, e.measure.Breakdown) {
		text := rule.Constant
		if rule.Column != "" {
			text = read.cell(rule.Column)
		}
		if slices.ContainsFunc(rule.Total, func(word string) bool { return name.Fold(word) == name.Fold(text) }) {
			continue
		}
		member := member(calendar, read, &rule, text)
		if member == "" {
			return false
		}
		members = append(members, catalogue.MemberRef{Dimension: rule.Dimension, Member: member})
	}
	e.breakdown = catalogue.BreakdownKey(members...)
	if e.indicator.Has(e.breakdown) {
		return true
	}
	var has []string
	for _, d := range e.indicator.Breakdowns() {
		has = append(has, d.Code)
	}
	told := number.Say("it has none")
	if len(has) > 0 {
		told = number.Say("it has %s", strings.Join(has, ", "))
	}
	read.reject(e.place.Column, e.value, number.UnknownDimension, number.Say("%s has no breakdown %s: %s", e.indicator.Code, e.breakdown, told))
	return false
}

// member finds a member by its code or name, written as people write names; "" with
// a reject when there is none.
func member(calendar *catalogue.Calendar, read *reading, rule *workspace.BreakdownRule, text string) string {
	var known, names []string
	for _, member := range calendar.Dimension(rule.Dimension).Members {
		for _, written := range []string{member.Code, member.Names.VI, member.Names.EN} {
			if written == "" {
				continue // it has no name in that language
			}
			if name.Fold(written) == name.Fold(text) {
				return member.Code
			}
			known = append(known, written)
		}
		names = append(names, member.Names.In(number.Vietnamese))
	}
	if text == "" {
		read.reject(rule.Column, text, BlankCell, number.Say("a blank cell is no member of the dimension %s; `total` says which cells mean all of it", rule.Dimension))
		return ""
	}
	if nearest := name.Nearest(text, known); len(nearest) > 0 {
		read.reject(rule.Column, text, number.UnknownMember, number.Say("there is no member %q of the dimension %s; nearest: %s", text, rule.Dimension, strings.Join(nearest, ", ")))
		return ""
	}
	read.reject(rule.Column, text, number.UnknownMember, number.Say("there is no member %q of the dimension %s; its members are %s", text, rule.Dimension, strings.Join(names, ", ")))
	return ""
}
