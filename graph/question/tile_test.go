package question_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/graph/question"
	"github.com/niengiam/niengiam/stats/number"
)

const heading = "# Câu / Question\n"

// values are what a dashboard gives to variables.
type values = map[string][]string

// A tile asks what the question asks: constants and defaults stay, the dashboard's
// variables are left out.
func TestTile(t *testing.T) {
	for name, c := range map[string]struct {
		query, want string
		given       values
	}{
		"a headline": {
			query: `query q($year: Int! = 2020, $baseYear: Int! = 2018, $unit: ID! = "89") {
				comparison(indicator: "ntm", unit: $unit, year: $year, baseYear: $baseYear) { rows { text } } }`,
			want: `{"kind":"HEADLINE","indicator":"ntm"}`,
		},
		"the year before, which stays whatever the year": {
			query: `{ comparison(indicator: "ntm", unit: "89", year: 2020, baseYear: PREVIOUS) { rows { text } } }`,
			want:  `{"kind":"HEADLINE","indicator":"ntm","units":["89"],"year":2020,"base_year":-1}`,
		},
		"a base year of its own type is the dashboard's": {
			query: `query q($year: Int! = 2020, $baseYear: BaseYear! = PREVIOUS) { comparison(indicator: "ntm", unit: "89", year: $year, baseYear: $baseYear) { rows { text } } }`,
			want:  `{"kind":"HEADLINE","indicator":"ntm","units":["89"]}`,
		},
		"the year before under variables": {
			query: `query q($year: Int! = 2020, $baseYear: BaseYear! = 2018) { comparison(indicator: "ntm", unit: "89", year: $year, baseYear: $baseYear) { rows { text } } }`,
			given: values{"baseYear": {"PREVIOUS"}},
			want:  `{"kind":"HEADLINE","indicator":"ntm","units":["89"],"base_year":-1}`,
		},
		"constants stay, and the base year of the schema": {
			query: `{ comparison(indicator: "ntm", unit: 89, year: 2020) { rows { text } } }`,
			want:  `{"kind":"HEADLINE","indicator":"ntm","units":["89"],"year":2020,"base_year":2019}`,
		},
		"who gained and who lost, in a fragment and under an alias": {
			query: `query q($unit: ID) { one: comparison(indicator: "ntm", unit: $unit, year: 2020, baseYear: 2015) { ...F } }
				fragment F on Comparison { ... on Comparison { behind: churn { kept } } }`,
			want: `{"kind":"CHURN","indicator":"ntm","year":2020,"base_year":2015}`,
		},
		"what is said as it is left out is nothing": {
			query: `{ comparison(indicator: "ntm", unit: "89", year: 2020, level: null, matched: false, negativeBase: NONE, scope: null) { rows { text } } }`,
			want:  `{"kind":"HEADLINE","indicator":"ntm","units":["89"],"year":2020,"base_year":2019}`,
		},
		"a trend of some units": {
			query: `query q($from: Int = 2011, $year: Int) { series(indicator: "population", units: ["R6", "89"], from: $from, to: $year) { years } }`,
			want:  `{"kind":"TREND","indicator":"population","units":["R6","89"],"from":2011}`,
		},
		"a trend of the dashboard's unit, from the first year": {
			query: `query q($unit: ID! = "89") { series(indicator: "population", units: [$unit], to: 2024) { years } }`,
			want:  `{"kind":"TREND","indicator":"population","year":2024}`,
		},
		"one unit instead of a list": {
			query: `{ series(indicator: "population", units: "89", to: 2024) { years } }`,
			want:  `{"kind":"TREND","indicator":"population","units":["89"],"year":2024}`,
		},
		"a ranking of the whole level stays one": {
			query: `query q($year: Int! = 2024, $order: RankingOrder! = PERCENT) {
				ranking(indicator: "population", level: "province", year: $year, orderBy: $order, top: 5, ties: COMPETITION) { rows { rank } } }`,
			want: `{"kind":"RANKING","indicator":"population","by":"province","everywhere":true,"base_year":2019,"order_by":"PERCENT","top":5}`,
		},
		"a ranking within the dashboard's unit": {
			query: `query q($within: ID) { ranking(indicator: "population", level: "province", within: $within, year: 2024, orderBy: GAP, target: "t") { rows { rank } } }`,
			want:  `{"kind":"RANKING","indicator":"population","target":"t","by":"province","year":2024,"base_year":2019,"order_by":"GAP"}`,
		},
		"a variable of another name has its default, null too": {
			query: `query q($region: ID, $top: Int, $base: Int) {
				ranking(indicator: "population", level: "province", within: $region, year: 2024, baseYear: $base, top: $top) { rows { rank } } }`,
			want: `{"kind":"RANKING","indicator":"population","by":"province","everywhere":true,"year":2024,"base_year":2019,"order_by":"VALUE"}`,
		},
		"what is given stays, whatever the dashboard is asked": {
			query: `query q($year: Int! = 2024, $within: ID = "R6", $top: Int) {
				ranking(indicator: "population", level: "province", within: $within, year: $year, top: $top) { rows { rank } } }`,
			given: values{"year": {"2020"}, "within": nil, "top": {"3"}},
			want:  `{"kind":"RANKING","indicator":"population","by":"province","everywhere":true,"year":2020,"base_year":2019,"order_by":"VALUE","top":3}`,
		},
		"targets": {
			query: `query q($year: Int! = 2020, $unit: ID! = "89") { targets(indicator: "ntm", unit: $unit, year: $year, target: "t") { met } }`,
			want:  `{"kind":"TARGETS","indicator":"ntm","target":"t"}`,
		},
		"a scorecard": {
			query: `query q($within: ID = "89") { scorecard(set: "s", level: "district", within: $within, year: 2020) { rows { text } } }`,
			want:  `{"kind":"SCORECARD","set":"s","by":"district","year":2020,"base_year":2019}`,
		},
		"a table of the dashboard's years": {
			query: `query q($year: Int! = 2020, $baseYear: Int! = 2019, $measures: [TableMeasure!]! = [FIGURE, RANK]) {
				table(indicators: ["a", "b"], level: "district", within: "89", years: [$baseYear, $year], baseYear: $baseYear, measures: $measures) { totalCount } }`,
			want: `{"kind":"TABLE","indicators":["a","b"],"by":"district","within":"89","measures":["FIGURE","RANK"]}`,
		},
		"a table of its own years": {
			query: `query q($years: [Int!]! = [2019, 2024], $m: [TableMeasure!]! = FIGURE) {
				table(indicators: "a", units: ["89", "R6"], years: $years, measures: $m) { totalCount } }`,
			given: values{"m": {"FIGURE", "PERCENT"}},
			want:  `{"kind":"TABLE","indicators":["a"],"units":["89","R6"],"year":2024,"base_year":2019,"measures":["FIGURE","PERCENT"]}`,
		},
		"what only the answer takes is no matter": {
			query: `query q($year: Int! = 2020, $language: Language! = EN) { comparison(indicator: "ntm", unit: "89", year: $year) { rows { text(language: $language) } } }`,
			want:  `{"kind":"HEADLINE","indicator":"ntm","units":["89"],"base_year":2019}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			questions, err := read(t, map[string]string{"1-q.graphql": heading + c.query})
			if err != nil {
				t.Fatal(err)
			}
			tile, err := question.Set(questions).Tile("q", number.Text{}, c.given)
			if err != nil {
				t.Fatal(err)
			}
			if tile.Titles != (number.Text{VI: "Câu", EN: "Question"}) {
				t.Errorf("the title is %+v", tile.Titles)
			}
			got, err := json.Marshal(tile)
			if err != nil {
				t.Fatal(err)
			}
			if text := strings.Replace(string(got), `"title":{"vi":"Câu","en":"Question"},`, "", 1); text != c.want {
				t.Errorf("the tile is\n%s, want\n%s", text, c.want)
			}
		})
	}
}

// What no tile can show is a fault at its place in the file, or at the variable that is
// given, and never left out.
func TestNoTile(t *testing.T) {
	const (
		start = "query q($year: Int! = 2020, $unit: ID! = \"89\", $within: ID, $top: Int) {\n"
		all   = "  a: targets(unit: $unit, year: $year) { met }\n  b: ranking(indicator: \"i\", level: \"l\", within: $within, year: 2020, top: $top) { rankedCount }\n}"
	)
	for name, c := range map[string]struct {
		query string
		given values
		want  string
	}{
		"several things":           {start + all, nil, "questions/q.graphql:4:3 the question asks 2 things"},
		"a fragment":               {"{ ...F }\nfragment F on Query { targets(unit: \"89\", year: 2020) { met } }", nil, "questions/q.graphql:2:6 what is asked stands in a fragment"},
		"a directive":              {"query q($is: Boolean! = true) { targets(unit: \"89\", year: 2020) @include(if: $is) { met } }", nil, "questions/q.graphql:2:66 what is asked depends on @include"},
		"another field":            {"{\n  trend(indicator: \"i\", unit: \"89\") { points { year } }\n}", nil, "questions/q.graphql:3:3 no tile shows trend"},
		"a breakdown":              {"{ composition(indicator: \"i\", dimension: \"sex\", level: \"l\", year: 2019) { rows { unit { code } } } }", nil, "questions/q.graphql:2:3 no tile shows composition"},
		"a scope":                  {"{ targets(unit: \"89\", year: 2020, scope: {kinds: [\"xa\"]}) { met } }", nil, "questions/q.graphql:2:35 a tile of targets has no scope"},
		"an empty scope":           {"{ targets(unit: \"89\", year: 2020, scope: {}) { met } }", nil, "questions/q.graphql:2:35 a tile of targets has no scope"},
		"like for like":            {"{ comparison(indicator: \"i\", unit: \"89\", year: 2020, matched: true) { rows { text } } }", nil, "questions/q.graphql:2:54 a tile of comparison has no matched"},
		"several units":            {"{ comparison(indicator: \"i\", level: \"l\", year: 2020) { rows { text } } }", nil, "questions/q.graphql:2:30 a tile of comparison has no level"},
		"other ties":               {"{ ranking(indicator: \"i\", level: \"l\", year: 2020, ties: DENSE) { rankedCount } }", nil, "questions/q.graphql:2:51 a tile of ranking has no ties"},
		"another end first":        {"{ ranking(indicator: \"i\", level: \"l\", year: 2020, direction: LOWER) { rankedCount } }", nil, "questions/q.graphql:2:51 a tile of ranking has no direction"},
		"a goal":                   {"{ targets(unit: \"89\", year: 2020, indicator: \"i\", goal: {comparator: AT_LEAST, value: 80}) { met } }", nil, "questions/q.graphql:2:51 a tile of targets has no goal"},
		"a page":                   {"{ table(indicators: [\"i\"], level: \"l\", years: [2019, 2020], first: 3) { totalCount } }", nil, "questions/q.graphql:2:61 a tile of table has no first"},
		"no unit":                  {"{ comparison(indicator: \"i\", year: 2020) { rows { text } } }", nil, "questions/q.graphql:2:3 the question does not say of which unit"},
		"targets of all units":     {"{ targets(year: 2020) { met } }", nil, "questions/q.graphql:2:3 the question does not say of which unit"},
		"neither units nor by":     {"{ series(indicator: \"i\", to: 2020) { years } }", nil, "questions/q.graphql:2:3 the question does not say of which units"},
		"units and by":             {"query q($unit: ID!= \"89\") { series(indicator: \"i\", units: [$unit], level: \"l\", to: 2020) { years } }", nil, "questions/q.graphql:2:29 the question names units and a level"},
		"within nothing":           {"query q($within: ID) { scorecard(set: \"s\", unit: \"89\", within: $within, year: 2020) { rows { text } } }", nil, "questions/q.graphql:2:24 within narrows level"},
		"an empty list":            {"{ series(indicator: \"i\", units: [], to: 2020) { years } }", nil, "questions/q.graphql:2:26 units: no unit is named"},
		"an empty code":            {"{ series(indicator: \"\", units: [\"89\"], to: 2020) { years } }", nil, "questions/q.graphql:2:10 indicator: it is empty"},
		"a table of nothing":       {"{ table(indicators: [], level: \"l\", years: [2019, 2020]) { totalCount } }", nil, "questions/q.graphql:2:9 indicators: no indicator is named"},
		"units of two":             {"query q($unit: ID!= \"89\") { series(indicator: \"i\", units: [$unit, \"R6\"], to: 2020) { years } }", nil, "questions/q.graphql:2:52 units: some are named beside the dashboard's"},
		"targets of the last year": {"{ targets(unit: \"89\") { met } }", nil, "questions/q.graphql:2:3 year: the question leaves the year"},
		"a trend to the last year": {"{ series(indicator: \"i\", units: [\"89\"]) { years } }", nil, "questions/q.graphql:2:3 to: the question leaves the year"},
		"no year":                  {"{ targets(unit: \"89\", year: 20200) { met } }", nil, "questions/q.graphql:2:23 year: 20200 is not a year from 1800 to 2200"},
		"the year as another":      {"query q($year: Int! = 2020) { series(indicator: \"i\", units: [\"89\"], from: $year, to: 2020) { years } }", nil, "questions/q.graphql:2:69 from: $year is the dashboard's"},
		"the years crossed":        {"query q($year: Int! = 2020) { comparison(indicator: \"i\", unit: \"89\", year: 2021, baseYear: $year) { rows { text } } }", nil, "questions/q.graphql:2:82 baseYear: $year is the dashboard's and stands only for its year"},
		"the year as a top":        {"query q($year: Int) { ranking(indicator: \"i\", level: \"l\", year: 2020, top: $year) { rankedCount } }", nil, "questions/q.graphql:2:71 top: $year is the dashboard's"},
		"the unit as an indicator": {"query q($unit: ID! = \"i\") { targets(indicator: $unit, unit: \"89\", year: 2020) { met } }", nil, "questions/q.graphql:2:37 indicator: $unit is the dashboard's"},
		"top of none":              {"{ ranking(indicator: \"i\", level: \"l\", year: 2020, top: 0) { rankedCount } }", nil, "questions/q.graphql:2:51 top: 0 is not a whole number from 1 to 1000"},
		"one year in a table":      {"{ table(indicators: [\"i\"], level: \"l\", years: [2020]) { totalCount } }", nil, "questions/q.graphql:2:40 years: a tile shows the base year"},
		"another first year":       {"{ table(indicators: [\"i\"], level: \"l\", years: [2015, 2020]) { totalCount } }", nil, "questions/q.graphql:2:40 years: a tile shows the base year"},
		"a value of no variable":   {"query q($year: Int! = 2020) { targets(unit: \"89\", year: $year) { met } }", values{"yaer": {"2020"}}, "yaer the question has no variable \"yaer\"; nearest: year"},
		"a value of another kind":  {"query q($year: Int! = 2020) { targets(unit: \"89\", year: $year) { met } }", values{"year": {"now"}}, "year $year: \"now\" is not a whole number"},
		"two values":               {"query q($year: Int! = 2020) { targets(unit: \"89\", year: $year) { met } }", values{"year": {"2019", "2020"}}, "year $year: it is given 2 times"},
		"null":                     {"query q($year: Int! = 2020) { targets(unit: \"89\", year: $year) { met } }", values{"year": nil}, "year $year cannot be null, it is Int!"},
		"null where none may be":   {"query q($base: Int) { comparison(indicator: \"i\", unit: \"89\", year: 2020, baseYear: $base) { rows { text } } }", values{"base": nil}, "questions/q.graphql:2:74 baseYear: it cannot be null"},
		"a word of no enum":        {"query q($order: RankingOrder! = VALUE) { ranking(indicator: \"i\", level: \"l\", year: 2020, orderBy: $order) { rankedCount } }", values{"order": {"percent"}}, "order $order: \"percent\" is none of its values"},
		"a value without effect":   {"query q($l: Language! = EN) { comparison(indicator: \"i\", unit: \"89\", year: 2020) { rows { text(language: $l) } } }", values{"l": {"VI"}}, "l $l is no part of what the tile asks"},
	} {
		t.Run(name, func(t *testing.T) {
			questions, err := read(t, map[string]string{"q.graphql": heading + c.query})
			if err != nil {
				t.Fatal(err)
			}
			_, err = question.Set(questions).Tile("q", number.Same("own"), c.given)
			faults := number.Errors(err)
			if len(faults) != 1 {
				t.Fatalf("%d faults: %v", len(faults), err)
			}
			if got := strings.Replace(faults[0].Error(), ": ", " ", 1); !strings.HasPrefix(got, c.want) {
				t.Errorf("got %s\nwant %s", got, c.want)
			}
			if code := faults[0].Code; (code == question.BadVariable) != slices.Contains(slices.Collect(maps.Keys(c.given)), faults[0].Where) || code != question.BadVariable && code != question.NotATile {
				t.Errorf("the code is %s", code)
			}
		})
	}
}

// A literal of another kind is a fault of the question itself, and its tile says so
// rather than that there is none.
func TestTileOfAFaultyQuestion(t *testing.T) {
	for name, query := range map[string]string{
		"a text as a year": `{ targets(unit: "89", year: "2020") { met } }`,
		"too long a year":  `{ targets(unit: "89", year: 99999999999999999999) { met } }`,
		"half a year":      `{ targets(unit: "89", year: 2020.5) { met } }`,
		"an unknown word":  `{ ranking(indicator: "i", level: "l", year: 2020, orderBy: PERCENTS) { rankedCount } }`,
		"null":             `{ scorecard(set: null, year: 2020) { rows { text } } }`,
		"no GraphQL":       `{`,
	} {
		t.Run(name, func(t *testing.T) {
			questions, err := read(t, map[string]string{"1-q.graphql": heading + query, "2-whole.graphql": heading + `{ targets(unit: "89", year: 2020) { met } }`})
			if err == nil {
				t.Fatal("the question has no fault")
			}
			set := question.Set(questions)
			if _, err := set.Tile("q", number.Text{}, nil); number.CodeOf(err) != question.NotATile || !strings.Contains(err.Error(), "questions/1-q.graphql: the question has faults of its own") {
				t.Error(err)
			}
			if _, err := set.Tile("whole", number.Text{}, nil); err != nil {
				t.Error(err)
			}
			if codes := strings.Join(set.Codes(), " "); codes != "q whole" {
				t.Error(codes)
			}
			if _, err := set.Tile("hole", number.Text{}, nil); number.CodeOf(err) != question.NotATile || !strings.Contains(err.Error(), "nearest: whole") {
				t.Error(err)
			}
		})
	}
}

// A title that tells a year would be wrong above the figures of another.
func TestTitleOfATile(t *testing.T) {
	questions, err := read(t, map[string]string{"q.graphql": `# Chỉ tiêu năm 2020 / Targets of 2020
query q($year: Int! = 2020, $unit: ID! = "2020") { targets(unit: $unit, year: $year) { met } }`})
	if err != nil {
		t.Fatal(err)
	}
	set := question.Set(questions)
	if _, err := set.Tile("q", number.Text{}, nil); number.CodeOf(err) != question.NotATile || !strings.Contains(err.Error(), "questions/q.graphql:1:1: the title tells the year 2020") {
		t.Error(err)
	}
	if tile, err := set.Tile("q", number.Text{}, values{"year": {"2020"}}); err != nil || tile.Titles.EN != "Targets of 2020" {
		t.Error(tile, err)
	}
	if tile, err := set.Tile("q", number.Same("own"), nil); err != nil || tile.Titles.EN != "own" {
		t.Error(tile, err)
	}
}
