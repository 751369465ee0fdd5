package graph_test

import (
	"strings"
	"testing"

	"github.com/niengiam/niengiam/graph"
)

// What cannot be read as a scalar is the caller's fault, with a code and a place, written in
// the question or as a variable: of every scalar of the schema in one of its arguments.
func TestValuesThatAreNoneOfTheirScalar(t *testing.T) {
	t.Parallel()
	d := open(t, graph.Config{})
	wrong := []string{`"x"`, `true`, `-5`, `1.5`, `"2020-13-45"`, `9999999999999999999999`, `{a: 1}`, `["x"]`, `""`}
	for scalar, question := range map[string]string{
		"Time":     `figure(indicator: "population", unit: "89", year: 2020, scope: {asOf: {loaded: $v}}) { value }`,
		"Date":     `figure(indicator: "population", unit: "89", year: 2020, scope: {asOf: {date: $v}}) { value }`,
		"ID":       `figure(indicator: "population", unit: $v, year: 2020) { value }`,
		"release":  `figure(indicator: "population", unit: "89", year: 2020, scope: {asOf: {release: $v}}) { value }`,
		"Int":      `figure(indicator: "population", unit: "89", year: $v) { value }`,
		"BaseYear": `comparison(indicator: "population", unit: "89", year: 2020, baseYear: $v) { rows { text } }`,
		"Decimal":  `targets(indicator: "criterion-19-2", unit: "89", year: 2020, goal: {comparator: AT_LEAST, value: $v}) { rows { text } }`,
		"Boolean":  `comparison(indicator: "population", unit: "89", year: 2020, matched: $v) { rows { text } }`,
		"String":   `units(search: $v) { totalCount }`,
	} {
		for _, value := range wrong {
			got := d.ask(t, "{ "+strings.ReplaceAll(question, "$v", value)+" }")
			if codes := got.codes(); strings.Contains(codes, "INTERNAL") {
				t.Errorf("%s of %s is told as %s", value, scalar, codes)
			}
		}
	}
}

// A number that is written in a question keeps its digits, of which a float64 has 17. (An answer
// writes sixteen of those after the point.)
func TestNumbersKeepTheirDigits(t *testing.T) {
	t.Parallel()
	d := open(t, graph.Config{})
	got := d.ask(t, `{ targets(indicator: "criterion-19-2", unit: "89", year: 2020, goal: {comparator: AT_LEAST, value: 80123456.1234567890123456}) { rows { target { value } } } }`)
	if !strings.Contains(string(got.Data), `"80123456.1234567890123456"`) {
		t.Errorf("%s %s", got.Data, got.codes())
	}
}
