package graph_test

import (
	"testing"

	"github.com/niengiam/niengiam/graph"
)

// Units are ranked within each parent; a level that is none above is refused.
func TestRankWithin(t *testing.T) {
	t.Parallel()
	d := open(t, graph.Config{})
	got := d.ask(t, `{
		ranking(indicator: "population", year: 2020, level: "district", rankWithin: "province", top: 2) {
			question { rankWithin { code } } rankedCount groups { unit { code } rankedCount universeCount mean } rows { rank parent { code } unit { code } } othersCount
		}
		wrong: ranking(indicator: "population", year: 2020, level: "district", rankWithin: "commune") { rankedCount }
	}`)
	if got.codes() != "BAD_ARGUMENT" {
		t.Error(got.codes())
	}
	golden(t, "rank-within", got.Data)
}
