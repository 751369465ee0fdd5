package graph_test

import (
	"fmt"
	"testing"

	"github.com/niengiam/niengiam/graph"
)

// A base year is a number, the word PREVIOUS, or a variable of either type.
func TestBaseYear(t *testing.T) {
	t.Parallel()
	d := open(t, graph.Config{})
	for name, c := range map[string]struct {
		head, base string
		value      any
	}{
		"a number":                 {"", "2019", nil},
		"the year before":          {"", "PREVIOUS", nil},
		"a variable":               {"query q($b: BaseYear!)", "$b", "PREVIOUS"},
		"a variable, a number":     {"query q($b: BaseYear!)", "$b", 2019},
		"a variable of type Int":   {"query q($b: Int!)", "$b", 2019},
		"with a default":           {"query q($b: BaseYear = PREVIOUS)", "$b", nil},
		"an Int with a default":    {"query q($b: Int! = 2019)", "$b", nil},
		"an Int that is not given": {"query q($b: Int)", "$b", nil},
	} {
		t.Run(name, func(t *testing.T) {
			query := c.head + fmt.Sprintf(`{ comparison(indicator: "criterion-19-2", year: 2020, unit: "89", baseYear: %s) { question { baseYear } rows { change { absolute } } } }`, c.base)
			var got reply
			if c.value == nil {
				got = d.ask(t, query)
			} else {
				got = d.ask(t, query, "b", c.value)
			}
			if string(got.Data) != `{"comparison":{"question":{"baseYear":2019},"rows":[{"change":{"absolute":"14"}}]}}` {
				t.Errorf("%s %v", got.Data, got.Errors)
			}
		})
	}
	for name, query := range map[string]string{
		"a word":        `{ comparison(indicator: "criterion-19-2", year: 2020, unit: "89", baseYear: NEXT) { rows { text } } }`,
		"half a year":   `{ comparison(indicator: "criterion-19-2", year: 2020, unit: "89", baseYear: 2019.5) { rows { text } } }`,
		"its own year":  `{ comparison(indicator: "criterion-19-2", year: 2019, unit: "89", baseYear: 2019) { rows { text } } }`,
		"another place": `query q($b: BaseYear! = 2019) { comparison(indicator: "criterion-19-2", year: $b, unit: "89") { rows { text } } }`,
	} {
		t.Run(name, func(t *testing.T) {
			if got := d.ask(t, query); len(got.Errors) != 1 {
				t.Errorf("%s %v", got.Data, got.Errors)
			}
		})
	}
}

// A table has a year before for each of its years, a dashboard for each of its tiles.
func TestYearBefore(t *testing.T) {
	t.Parallel()
	d := open(t, graph.Config{})
	got := d.ask(t, `{
		table(indicators: ["criterion-19-2"], units: ["89"], years: [2019, 2020], measures: [FIGURE, ABSOLUTE], baseYear: PREVIOUS) {
			question { baseYear } columns { year measure baseYear } rows { cells { value } }
		}
		dashboard(code: "screen", baseYear: PREVIOUS) { question { year baseYear } tiles { comparison { question { year baseYear } } } }
	}`)
	golden(t, "year-before", got.Data)
}
