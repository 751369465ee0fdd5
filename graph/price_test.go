package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/niengiam/niengiam/graph"
)

// The price of an operation is about the number of fields in its answer.
func TestPrice(t *testing.T) {
	d := open(t, graph.Config{})
	for query, want := range map[string]int{
		`{ levels { code } }`: 13,
		`{ units(first: 50) { nodes { code name } totalCount } }`:                                                                                                                 1 + 2 + 1 + 50*3 + 1,
		`{ comparison(indicator: "population", year: 2020, level: "district") { rows { unit { code } } } }`:                                                                       1 + 2*11 + 1 + 11*3,
		`{ comparison(indicator: "population", year: 2020, unit: "883") { rows { unit { code } } } }`:                                                                             1 + 2 + 1 + 3,
		`{ ranking(indicator: "criterion-19-2", year: 2020, level: "commune", within: "883") { universeCount } }`:                                                                 1 + 2*11 + 1,
		`{ ranking(indicator: "population", year: 2020, level: "district", top: 3, first: 2, after: "Mg") { rows { rank } } }`:                                                    1 + 2*2 + 1 + 2*2,
		`{ ranking(indicator: "population", year: 2020, level: "district") { rows { rank } ...U } } fragment U on Ranking { unranked { rank reason } }`:                           1 + 2*11 + 1 + 1 + 11*3,
		`{ ranking(indicator: "population", year: 2020, level: "district", top: 3) { rows { rank } } }`:                                                                           1 + 2*3 + 1 + 3*2,
		`{ series(indicator: "population", units: ["883", "884"]) { series { figures { value } } } }`:                                                                             1 + 2*2*2 + 1 + 2*(1+1+2*2),
		`{ distribution(indicator: "population", year: 2020, level: "district", quantiles: ["0.1", "0.5"]) { mean quantiles { value } histogram { count } missing { reason } } }`: 1 + 2*11 + 1 + 1 + 2*2 + 1 + 50*2 + 1 + 11*2,
		`{ availability(indicator: "population") { levels { count leading(first: 3) { code } } } }`:                                                                               1 + 2*(1+11+119) + 1 + 5*(1+1+1+3*2),
		`{ trend(indicator: "population", unit: "883") { verdict points { value } projection { years { value } } } }`:                                                             1 + 2*2 + 1 + 1 + 2*2 + 1 + 1 + 5*2,
		`{ unit(code: "883") { profile(year: 2020) { rows { rank } } } }`:                                                                                                         1 + 2 + (1 + 2*2*20) + 1 + 2*2,
		`{ table(indicators: ["population", "x"], level: "district", years: [2019, 2020], measures: [FIGURE, RANK]) { columns { year } rows { cells { value } } } }`:              1 + 2*11*8 + 1 + 8*2 + 1 + 11*(1+1+8*2),
		`{ table(indicators: ["population"], level: "district", years: [2020], first: 3) { rows { cells { value } } } }`:                                                          1 + 2*3 + 1 + 3*(1+1+2),
		`{ scorecard(set: "none", year: 2020, level: "district") { rows { unit { code } criteria { state } } } }`:                                                                 1 + 2*11 + 1 + 11*(1+2+1+20*2),
		`{ a: levels { ...F } b: levels { ...F } } fragment F on Level { code }`:                                                                                                  26,
		`{ releases(first: 100) { nodes { changes(first: 1) { totalCount } } } }`:                                                                                                 1 + 2 + 1 + 100*(1+1+1) + 2*10_000,
		`query($first: Int! = 7) { releases(first: $first) { nodes { id } } }`:                                                                                                    1 + 2 + 1 + 7*2,
		`{ comparison(indicator: "population", year: 99999, level: "nowhere") { rows { unit { code } } } }`:                                                                       1 + 2 + 1 + 3,
		`{ units(first: 1000000000) { nodes { parent { parent { parent { children { children { code } } } } } } totalCount }}`:                                                    0,
		`{ period(indicator: "population", unit: "883", from: 2018, to: 2020) { value figures { value } } }`:                                                                      1 + 2*3 + 1 + 1 + 3*2,
		`{ comparison(indicator: "criterion-19-2", year: 2020, unit: "883") { churn { gained { count units { code } } } leftOut { reason } } }`:                                   1 + 2 + 1 + 1 + 1 + 1 + 11*2 + 1 + 11*2,
	} {
		if got := d.ask(t, query); want > 0 && got.Extensions.Price != want {
			t.Errorf("%s: the price is %d, want %d (%s)", query, got.Extensions.Price, want, got.codes())
		}
	}
}

func TestLimits(t *testing.T) {
	d := open(t, graph.Config{MaxComplexity: 1000, MaxDepth: 6, MaxRootFields: 3, MaxTokens: 400})
	doubling := `{ unit(code: "89") { ...F0 } }`
	for i := range 20 {
		doubling += fmt.Sprintf(" fragment F%d on Unit { a%d: fullName ...F%d b%d: fullName ...F%d }", i, i, i+1, i, i+1)
	}
	doubling += ` fragment F20 on Unit { code }`
	aliases := ""
	for i := range 30 {
		aliases += fmt.Sprintf("a%d: changes(first: 1) { totalCount } ", i)
	}
	for name, c := range map[string]struct{ query, code, says string }{
		"too dear": {`{ units(first: 999) { nodes { code name } } }`, "TOO_DEAR", "the price of the operation is 3001; the limit is 1000"},
		"dear by units": {`{ comparison(indicator: "criterion-19-2", year: 2020, level: "commune") { rows { unit { code name fullName } current { value rate } base { value } } } }`,
			"TOO_DEAR", "1430"},
		"dear by aliases":    {`{ a: units { nodes { code name } } b: units { nodes { code name } } c: units { nodes { code name level { code } } } }`, "TOO_DEAR", "1112"},
		"dear statements":    {`{ releases(first: 2) { nodes { ` + aliases + `} } }`, "TOO_DEAR", "the price of the operation is 600126; the limit is 1000"},
		"dear introspection": {`{ __schema { types { fields { args { name } } } } }`, "TOO_DEAR", "limit"},
		"too deep":           {`{ unit(code: "883") { parent { parent { parent { parent { parent { code } } } } } } }`, "TOO_DEEP", "7 fields deep; the limit is 6"},
		"too many":           {`{ a: levels { code } b: levels { code } ...F } fragment F on Query { c: levels { code } d: levels { code } }`, "TOO_MANY_FIELDS", "3"},
		"too long":           {"{ levels { " + strings.Repeat("code ", 400) + "} }", "GRAPHQL_PARSE_FAILED", "token limit"},
		"deferred":           {`{ units { ... @defer { totalCount } } }`, "NOT_SUPPORTED", "@defer"},
		"doubling fragments": {doubling, "TOO_COMPLEX", "repeats fields too often"},
	} {
		t.Run(name, func(t *testing.T) {
			started := time.Now()
			got := d.ask(t, c.query)
			if got.status != 400 || got.codes() != c.code || !strings.Contains(got.Errors[0].Message, c.says) {
				t.Errorf("%d %+v", got.status, got.Errors)
			}
			if took := time.Since(started); took > time.Second {
				t.Errorf("refusing took %s", took)
			}
		})
	}
	if got := d.ask(t, `{ __type(name: "Unit") { name fields { name type { ofType { ofType { ofType { name } } } } } } }`); len(got.Errors) > 0 {
		t.Errorf("introspection: %+v", got.Errors)
	}
}

// What GraphiQL asks on its start passes the default limits.
func TestIntrospection(t *testing.T) {
	d := open(t, graph.Config{})
	reference := `kind name` + strings.Repeat(` ofType { kind name`, 9) + strings.Repeat(` }`, 9)
	got := d.ask(t, `query IntrospectionQuery { __schema { queryType { name kind } mutationType { name } subscriptionType { name }
		types { ...FullType } directives { name description locations args(includeDeprecated: true) { ...InputValue } } } }
		fragment FullType on __Type { kind name description specifiedByURL
			fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
			inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef }
			enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
		fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
		fragment TypeRef on __Type { `+reference+` }`)
	if len(got.Errors) > 0 || !strings.Contains(string(got.Data), `"ComparisonRow"`) {
		t.Errorf("%d %+v", got.status, got.Errors)
	}
	t.Logf("the price of an introspection is %d", got.Extensions.Price)
}
