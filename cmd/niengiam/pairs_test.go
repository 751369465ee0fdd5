package main

import (
	"fmt"
	"testing"
)

// pairs puts each two adjacent years of each indicator side by side, for all units of all
// levels, and counts those whose change is told. None joins figures of a different reach
// without a verdict that says so.
func pairs(s *served) {
	joined, different := 0, 0
	indicators := s.ask(`{ indicators(first: 1000) { nodes { code kind years } } }`).at("indicators", "nodes").list()
	for _, indicator := range indicators {
		code := indicator.at("code").text()
		for _, year := range indicator.at("years").list() {
			levels := s.reply(fmt.Sprintf(`{ availability(indicator: %q, year: %s) { levels { level { code } } } }`, code, year.text())).at("data", "availability", "levels").list()
			for _, level := range levels {
				by := level.at("level", "code").text()
				one, other := joinedIn(s, code, by, year.text())
				joined, different = joined+one, different+other
			}
		}
	}
	if len(indicators) < 30 || joined < 1000 || different < 1 {
		s.t.Errorf("%d indicators, %d changes, %d of them of a different reach: too few to prove anything", len(indicators), joined, different)
	}
}

// joinedIn looks at the changes of one level from the year before, and counts them and
// those whose two figures have a different reach.
func joinedIn(s *served, indicator, level, year string) (joined, different int) {
	const sides = `{ value origin statuses atLeast coverage { reported expected } rollUp { reconciled atLeast } }`
	answer := s.reply(fmt.Sprintf(`{ comparison(indicator: %q, level: %q, year: %s, baseYear: %d) {
		rows { unit { code } base %s current %s change { absolute reason verdict } } } }`, indicator, level, year, atoi(s.t, year)-1, sides, sides)).at("data", "comparison")
	if answer.v == nil {
		return 0, 0 // nothing is known of the year before, or the level had no units
	}
	for _, row := range answer.at("rows").list() {
		base, current, change := row.at("base"), row.at("current"), row.at("change")
		if change.at("absolute").v == nil {
			continue
		}
		joined++
		where := fmt.Sprintf("%s of %s, %s", indicator, row.at("unit", "code").text(), year)
		if base.at("atLeast").v != nil || current.at("atLeast").v != nil {
			s.t.Errorf("%s: a bound is compared", where)
		}
		if base.at("origin").text() == current.at("origin").text() {
			continue
		}
		reported, computed := base, current
		if current.at("origin").text() == "REPORTED" {
			reported, computed = current, base
		}
		if rollUp := reported.at("rollUp"); rollUp.v != nil && rollUp.at("atLeast").v != nil {
			s.t.Errorf("%s: a report is compared with the register that it exceeds", where)
		}
		partial := computed.at("coverage", "reported").text() != computed.at("coverage", "expected").text()
		disagrees := reported.at("rollUp").v != nil && reported.at("rollUp", "reconciled").text() == "false"
		if !partial && !disagrees {
			continue
		}
		different++
		if verdict := change.at("verdict").text(); verdict != "COVERAGE_DIFFERS" && verdict != "BREAK" {
			s.t.Errorf("%s: a report and a computed figure of a different reach are told as %s", where, verdict)
		}
	}
	return joined, different
}

func atoi(t *testing.T, text string) int {
	t.Helper()
	var n int
	if _, err := fmt.Sscan(text, &n); err != nil {
		t.Fatalf("%q is no number", text)
	}
	return n
}
