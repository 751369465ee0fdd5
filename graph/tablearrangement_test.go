package graph_test

import (
	"testing"

	"github.com/niengiam/niengiam/graph"
)

// A table of a range of years tells its order, its conditions and what they left out.
func TestTableInOrder(t *testing.T) {
	t.Parallel()
	d := open(t, graph.Config{})
	got := d.ask(t, `{
		table(indicators: ["population"], from: 2019, to: 2020, level: "district", measures: [FIGURE, PERCENT], first: 3,
			orderBy: {measure: PERCENT, direction: ASCENDING}, where: [{year: 2019, comparator: AT_LEAST, value: 100}, {measure: PERCENT, comparator: LESS_THAN, value: "1.5"}]) {
			question { years orderBy { column { year measure } direction } where { column { indicator { code } year } comparator value } }
			totalCount universeCount unknownCount rows { unit { code } cells { text } } notes { code text }
		}
		wrong: table(indicators: ["population"], years: [2020], level: "district", orderBy: {year: 2019}) { totalCount }
	}`)
	if got.codes() != "BAD_ARGUMENT" {
		t.Error(got.codes())
	}
	golden(t, "table-in-order", got.Data)
}
