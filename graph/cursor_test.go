package graph_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/niengiam/niengiam/graph"
)

// A cursor belongs to one list of one question; that of another is refused, and that of a
// list that is another one by now.
func TestCursorsBelongToTheirQuestion(t *testing.T) {
	d := open(t, graph.Config{})
	cursor := func(query, list string) string {
		var answer map[string]struct{ PageInfo struct{ EndCursor string } }
		if err := json.Unmarshal(d.ask(t, query).Data, &answer); err != nil {
			t.Fatal(err)
		}
		return answer[list].PageInfo.EndCursor
	}
	units := cursor(`{ units(level: "district", first: 2) { pageInfo { endCursor } } }`, "units")
	ranking := cursor(`{ ranking(indicator: "population", year: 2020, level: "district", first: 2) { pageInfo { endCursor } } }`, "ranking")
	const table = `table(indicators: ["population"], from: 2019, level: "district", first: 2, orderBy: {}, where: [{comparator: MORE_THAN, value: %s}]`
	ordered := cursor(`{ `+fmt.Sprintf(table, "1")+`) { pageInfo { endCursor } } }`, "table")
	releases := cursor(`{ releases(first: 1) { pageInfo { endCursor } } }`, "releases")
	d.publish(t, "2021-06-01", cell{"population", "883", 2020, "999", ""})
	for query, want := range map[string]string{
		`{ units(level: "district", first: 2, after: "` + units + `") { totalCount } }`:                                           "",
		`{ units(level: "commune", first: 2, after: "` + units + `") { totalCount } }`:                                            "BAD_CURSOR",
		`{ units(level: "district", first: 2, after: "` + ranking + `") { totalCount } }`:                                         "BAD_CURSOR",
		`{ ranking(indicator: "population", year: 2020, level: "district", first: 2, after: "` + ranking + `") { rankedCount } }`: "",
		`{ ranking(indicator: "population", year: 2019, level: "district", first: 2, after: "` + ranking + `") { rankedCount } }`: "BAD_CURSOR",
		`{ ` + fmt.Sprintf(table, "1.0") + `, after: "` + ordered + `") { totalCount } }`:                                         "",
		`{ ` + fmt.Sprintf(table, "2") + `, after: "` + ordered + `") { totalCount } }`:                                           "BAD_CURSOR",
		`{ table(indicators: ["population"], years: [2020], level: "district", first: 2, after: "Mg") { totalCount } }`:           "BAD_CURSOR",
	} {
		if got := d.ask(t, query); got.codes() != want {
			t.Errorf("%s: %s, want %s", query, got.codes(), want)
		}
	}
	got := d.ask(t, `{ releases(first: 1, after: "`+releases+`") { nodes { id } } }`)
	if after := string(got.Data); after == string(d.ask(t, `{ releases(first: 1) { nodes { id } } }`).Data) || len(got.Errors) > 0 {
		t.Errorf("after the newest of before come %s %v", after, got.Errors)
	}
}

// Releases are narrowed to a source and to days of publication; a cursor is one of that list.
func TestReleasesOfASource(t *testing.T) {
	d := open(t, graph.Config{})
	d.publish(t, "2021-06-01", cell{"population", "883", 2020, "999", ""})
	for arguments, want := range map[string]string{
		``:                     `{"releases":{"totalCount":3}}`,
		`(from: "2021-06-01")`: `{"releases":{"totalCount":1}}`,
		`(to: "2021-05-31")`:   `{"releases":{"totalCount":2}}`,
		`(from: "2021-03-13", to: "2021-05-01", source: "test")`: `{"releases":{"totalCount":1}}`,
	} {
		if got := d.ask(t, `{ releases`+arguments+` { totalCount } }`); string(got.Data) != want {
			t.Errorf("%s: %s %v", arguments, got.Data, got.Errors)
		}
	}
	for arguments, want := range map[string]string{
		`(source: "tets")`: "UNKNOWN_SOURCE", `(from: "2021-06-01", to: "2021-01-01")`: "BAD_ARGUMENT",
	} {
		if got := d.ask(t, `{ releases`+arguments+` { totalCount } }`); got.codes() != want {
			t.Errorf("%s: %s", arguments, got.codes())
		}
	}
}
