package main

import (
	"fmt"
	"strings"
	"testing"
)

// TestOneStatementForAnOperation counts the statements of operations on the real
// engine, each as of a day of its own, so that nothing of it is remembered; asked
// again, all of it is.
func TestOneStatementForAnOperation(t *testing.T) {
	t.Parallel()
	s := serve(t, "--load", "--data", loadedData(t))
	ten := ""
	for i := range 10 {
		ten += fmt.Sprintf(`c%d: comparison(indicator: "population", year: %d, baseYear: %d, level: "province", scope: $s) { rows { text } total { text } } `, i, 2024-i/2, 2015-i%4)
	}
	for day, c := range []struct{ name, fields string }{
		{"ten comparisons", ten},
		{"a wide table", `table(indicators: ["population", "criterion-19-2", "ntm", "population-census"], level: "district", within: "89", years: [2019, 2020],
			measures: [FIGURE, PERCENT, RANK], scope: $s) { rows { unit { name } cells { text } } total { cells { value } } }`},
		{"a profile, a ranking and a list", `unit(code: "89", basis: {date: "2020-12-31"}) { profile(year: 2020, scope: $s) { rows { indicator { code } text rank universeCount } } }
			ranking(indicator: "population", year: 2024, level: "province", scope: $s) { rows { rank } } levels { code }`},
		{"coverage by weight", `figure(indicator: "population-districts", unit: "89", year: 2016, scope: $s) { coverage { byWeight { share reason } } }
			series(indicator: "poverty-rate", units: ["89"], scope: $s) { series { figures { coverage { byWeight { share reason } } } } }
			comparison(indicator: "poverty-rate", year: 2016, baseYear: 2014, level: "district", scope: $s) { rows { current { coverage { byWeight { share reason } } } } }
			ranking(indicator: "population-districts", year: 2016, level: "district", scope: $s) { rows { current { coverage { byWeight { share reason } } } } }
			table(indicators: ["population-districts", "poverty-rate"], level: "district", within: "89", years: [2016, 2019], scope: $s) { rows { cells { figure { coverage { byWeight { share reason } } } } } }
			unit(code: "89", basis: {date: "2016-12-31"}) { profile(year: 2016, scope: $s) { rows { current { coverage { byWeight { share reason } } } } } }
			trend(indicator: "poverty-rate", unit: "89", scope: $s) { points { coverage { byWeight { share reason } } } }`},
		{"a dashboard", `dashboard(code: "an-giang-2020", scope: $s) { tiles { kind comparison { rows { text } churn { kept } } series { series { figures { text } } }
			ranking { rows { rank } } targets { rows { result } } scorecard { rows { text } } refusals { code } } }`},
		{"every kind of question", `figure(indicator: "criterion-19-2", unit: "89", year: 2020, scope: $s) { text }
			series(indicator: "population", units: ["89"], scope: $s) { series { figures { text } } }
			trend(indicator: "population", unit: "89", scope: $s) { theilSen { slope } }
			distribution(indicator: "population", year: 2024, level: "province", scope: $s) { gini { value } }
			scorecard(set: "ntm-criteria", unit: "89", year: 2020, scope: $s) { rows { text } }
			matched: comparison(indicator: "ntm", year: 2020, unit: "89", matched: true, scope: $s) { rows { text } churn { gained { count } } }
			targets(unit: "89", year: 2020, scope: $s) { rows { result } }`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := on(s, t)
			query := "{ " + strings.ReplaceAll(c.fields, "$s", fmt.Sprintf(`{asOf: {date: "2026-01-%02d"}}`, day+1)) + " }"
			for _, want := range []string{"1", "0"} {
				answer := s.reply(query)
				if errs, failed := answer.v.(map[string]any)["errors"]; failed {
					t.Fatalf("%s: %v", query, errs)
				}
				answer.at("extensions", "statements").is(want)
			}
		})
	}
}
