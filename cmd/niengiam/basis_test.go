package main

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// contains checks that a text has a part.
func contains(text tree, part string) {
	text.t.Helper()
	if !strings.Contains(text.text(), part) {
		text.t.Errorf("%q says nothing of %q", text.text(), part)
	}
}

// number reads a decimal of an answer.
func num(t *testing.T, text string) decimal.Decimal {
	t.Helper()
	d, err := decimal.NewFromString(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// answer6: districts ended on 1 July 2025, and the provinces of before are carried
// into the 34 of after, exactly.
func answer6(s *served) {
	fault := s.reply(`{ ranking(indicator: "population-census", level: "district", year: 2026) { rankedCount } }`).at("errors").find("level", "extensions", "where")
	fault.at("extensions", "code").is("BAD_ARGUMENT")
	contains(fault.at("message"), "2026-12-31")
	contains(fault.at("extensions", "hint"), "ended on 2025-07-01")

	const fields = `rankedCount universeCount question { basis { kind date } } notes { code text }
		rows { rank unit { code name } base { value } current { value status } change { percent verdict } } unranked { unit { code } }`
	ranking := s.ask(`{ ranking(indicator: "population", level: "province", year: 2024, orderBy: PERCENT, scope: {basis: {date: "2025-07-01"}}) { ` + fields + ` } }`).at("ranking")
	ranking.at("rankedCount").is("34")
	ranking.at("universeCount").is("34")
	ranking.at("question", "basis", "kind").is("UNITS_OF_DATE")
	ranking.at("question", "basis", "date").is("2025-07-01")
	contains(ranking.at("notes").find("UNITS_OF_ANOTHER_DATE", "code").at("text"), "1/7/2025")
	ranking.at("notes").find("PROVISIONAL_FIGURES", "code")
	for _, row := range ranking.at("rows").list() {
		row.at("change", "verdict").is("RECAST_EXACT")
		row.at("current", "status").is("P")
	}
	ranking.at("rows", 0, "unit", "name").is("Bắc Ninh")
	rounded(s.t, ranking.at("rows", 0, "change", "percent"), 4, "10.0404")
	anGiang := ranking.at("rows").find("91", "unit", "code")
	anGiang.at("rank").is("32")
	anGiang.at("base", "value").is("3631.1")
	anGiang.at("current", "value").is("3679.237")
	rounded(s.t, anGiang.at("change", "percent"), 4, "1.3257")

	// As reported the code 91 was Kiên Giang's: another unit.
	s.ask(`{ unit(code: "91", basis: {date: "2024-12-31"}) { name successors { date changes unit { code name } } } }`).
		at("unit", "successors", 0, "unit", "name").is("An Giang")
	steps := s.ask(`{ unit(code: "91", basis: {date: "2025-07-01"}) { name predecessors { date changes share unit { code name } } } }`).at("unit", "predecessors")
	steps.find("89", "unit", "code").at("share").is("1")
	steps.find("91", "unit", "code").at("changes", 0).is("MERGED")
}

// answer6Series is the whole national series on the 34 provinces, first and last
// year: they sum to the country as they did.
func answer6Series(s *served) {
	set := s.ask(`{ series(indicator: "population", level: "province", scope: {basis: {date: "2025-07-01"}}) { years series { unit { code } breaks { year } figures { value } } } }`).at("series")
	set.at("years", 0).is("2011")
	set.at("years", 13).is("2024")
	if n := len(set.at("series").list()); n != 34 {
		s.t.Fatalf("%d provinces, want 34", n)
	}
	for place, year := range map[int]string{0: "2011", 13: "2024"} {
		sum := num(s.t, "0")
		for _, series := range set.at("series").list() {
			sum = sum.Add(num(s.t, series.at("figures", place, "value").text()))
		}
		country := s.ask(`{ figure(indicator: "population", unit: "VN", year: `+year+`) { value } }`).at("figure", "value")
		rounded(s.t, country, 3, sum.StringFixed(3)) // the table's own country differs from its provinces in the tenth decimal
	}
}

// answer6Levels: the levels and units of a date.
func answer6Levels(s *served) {
	levels := s.ask(`{ before: levels(basis: {date: "2025-06-30"}) { code } after: levels(basis: {date: "2025-07-01"}) { code } all: levels { code } }`)
	if before, after, all := levels.at("before").list(), levels.at("after").list(), levels.at("all").list(); len(before) != 5 || len(after) != 3 || len(all) != 5 {
		s.t.Errorf("%d levels before, %d after, %d at all; want 5, 3 and 5", len(before), len(after), len(all))
	}
	s.ask(`{ units(level: "commune", within: "91", basis: {date: "2025-07-01"}) { totalCount } }`).at("units", "totalCount").is("102")
	s.ask(`{ units(level: "commune", within: "89", basis: {date: "2024-12-31"}) { totalCount } }`).at("units", "totalCount").is("156")
	s.ask(`{ units(level: "commune", within: "89", basis: {date: "2025-06-30"}) { totalCount } }`).at("units", "totalCount").is("155")
	fault := s.refused(`{ units(basis: {date: "1999-01-01"}) { totalCount } }`)
	fault.at("extensions", "code").is("BASIS_UNKNOWN")
}
