package sheet_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"

	"github.com/niengiam/niengiam/graph/gen"
	"github.com/niengiam/niengiam/graph/sheet"
	"github.com/niengiam/niengiam/stats/number"
)

// operation reads a question against the real schema.
func operation(t *testing.T, query string) *graphql.OperationContext {
	t.Helper()
	schema := gen.NewExecutableSchema(gen.Config{})
	ctx := graphql.StartOperationTrace(context.Background())
	op, faults := executor.New(schema).CreateOperationContext(ctx, &graphql.RawParams{Query: query})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return op
}

func book(t *testing.T, query string) (*sheet.Book, *number.Error) {
	t.Helper()
	return sheet.Of(gen.NewExecutableSchema(gen.Config{}).Schema(), operation(t, query))
}

// printed writes all tables of an answer: a line of headings, a line for each row;
// "-" is where nothing is.
func printed(t *testing.T, b *sheet.Book, data string) string {
	t.Helper()
	abouts, err := b.Read([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, s := range b.Sheets {
		var about *sheet.About
		for _, a := range abouts {
			if a.Root == s.Root {
				about = a
			}
		}
		out.WriteString("# " + s.Name + "\n")
		var names []string
		for _, c := range s.Columns(about) {
			names = append(names, c.Name)
		}
		out.WriteString(strings.Join(names, "|") + "\n")
		for row, err := range s.Rows([]byte(data), about) {
			if err != nil {
				t.Fatal(err)
			}
			var cells []string
			for _, c := range row {
				if !c.Known {
					c.Text = "-"
				}
				cells = append(cells, c.Text)
			}
			out.WriteString(strings.Join(cells, "|") + "\n")
		}
	}
	for _, about := range abouts {
		for _, fact := range about.Facts {
			out.WriteString("= " + about.Root + "." + fact.Name + " " + fact.Value + "\n")
		}
	}
	return strings.TrimSpace(out.String())
}

// The rule of the package, case by case: a question, its answer, its tables.
func TestTablesOfAnAnswer(t *testing.T) {
	for name, c := range map[string]struct{ query, data, want string }{
		"rows with objects in them": {
			`{ ranking(indicator: "p", year: 2020, level: "d") { rankedCount rows { rank unit { code name } current { value } } total { current { value } } notes { code } question { year } release { id } } }`,
			`{"ranking":{"rankedCount":2,"rows":[{"rank":1,"unit":{"code":"893","name":"Chợ Mới"},"current":{"value":"307981"}},{"rank":2,"unit":{"code":"883","name":"Long Xuyên"},"current":{"value":null}}],"total":{"current":{"value":"9007199254740993.5"}},"notes":[{"code":"X"}],"question":{"year":2020},"release":{"id":"1"}}}`,
			"# ranking.rows\nrank|unit.code|unit.name|current.value\n1|893|Chợ Mới|307981\n2|883|Long Xuyên|-\n= ranking.rankedCount 2\n= ranking.total.current.value 9007199254740993.5",
		},
		"a list in a list repeats what surrounds it": {
			`{ series(indicator: "p", level: "d") { years series { unit { code } figures { year value } } } }`,
			`{"series":{"years":[2019,2020],"series":[{"unit":{"code":"a"},"figures":[{"year":2019,"value":"1"},{"year":2020,"value":"2"}]},{"unit":{"code":"b"},"figures":[]}]}}`,
			"# series.series.figures\nunit.code|figures.year|figures.value\na|2019|1\na|2020|2\nb|-|-\n= series.years 2019; 2020",
		},
		"three lists in each other": {
			`{ levels { code kinds { code } } scorecard(set: "s", year: 2020) { rows { unit { code } criteria { criterion { code indicator { code topic { code } } } current { year statuses } } } } }`,
			`{"levels":[{"code":"xa","kinds":[{"code":"k1"},{"code":"k2"}]}],"scorecard":{"rows":[{"unit":{"code":"1"},"criteria":[{"criterion":{"code":"19","indicator":null},"current":{"year":2020,"statuses":["P","A"]}}]}]}}`,
			"# levels.kinds\ncode|kinds.code\nxa|k1\nxa|k2\n# scorecard.rows.criteria\nunit.code|criteria.criterion.code|criteria.criterion.indicator.code|criteria.criterion.indicator.topic.code|criteria.current.year|criteria.current.statuses\n1|19|-|-|2020|P; A",
		},
		"lists side by side are tables of their own": {
			`{ comparison(indicator: "p", year: 2020, level: "d") { rows { unit { code } } leftOut { unit { code } reason } churn { kept gained { count units { code } } lost { units { code } } } } }`,
			`{"comparison":{"rows":[{"unit":{"code":"a"}}],"leftOut":[],"churn":{"kept":81,"gained":{"count":1,"units":[{"code":"b"}]},"lost":{"units":[]}}}}`,
			"# comparison.rows\nunit.code\na\n# comparison.leftOut\nunit.code|reason\n# comparison.churn.gained.units\ncode\nb\n# comparison.churn.lost.units\ncode\n= comparison.churn.kept 81\n= comparison.churn.gained.count 1",
		},
		"several lists in a list": {
			`{ cohorts { code units { code } plan { rows { planned } } } }`,
			`{"cohorts":[{"code":"c","units":[{"code":"1"},{"code":"2"}],"plan":{"rows":[{"planned":2021}]}}]}`,
			"# cohorts\ncode\nc\n# cohorts.units\ncode|units.code\nc|1\nc|2\n# cohorts.plan.rows\ncode|plan.rows.planned\nc|2021",
		},
		"an answer without a list is one row": {
			`{ a: figure(indicator: "p", unit: "89", year: 2020) { value unit { vi: name en: name(language: EN) } coverage { expected } } }`,
			`{"a":{"value":"97","unit":{"vi":"An Giang","en":"An Giang"},"coverage":{"expected":119}}}`,
			"# a\nvalue|unit.vi|unit.en|coverage.expected\n97|An Giang|An Giang|119",
		},
		"nothing there": {
			`{ unit(code: "0") { code } cohort(code: "0") { code units { code } } }`,
			`{"unit":null,"cohort":null}`,
			"# unit\ncode\n# cohort.units\ncode",
		},
		"fragments and what is skipped": {
			`query q($no: Boolean! = false) { ranking(indicator: "p", year: 2020, level: "d") { ...R __typename rows @include(if: true) { text @include(if: $no) } } } fragment R on Ranking { rows { rank } }`,
			`{"ranking":{"__typename":"Ranking","rows":[{"rank":1}]}}`,
			"# ranking.rows\nrank\n1",
		},
		"the cells of a table stand side by side": {
			`{ table(indicators: ["p"], level: "d", years: [2019, 2020]) { rows { unit { code } cells { value } } columns { year } totalCount } }`,
			`{"table":{"rows":[{"unit":{"code":"a"},"cells":[{"value":"1"},{"value":null}]}],"columns":[],"totalCount":1,"_about_columns":[{"name":"Dân số 2019","indicator":{"code":"p"},"measure":"FIGURE"},{"name":"Dân số 2020","indicator":{"code":"p"},"measure":"FIGURE"}]}}`,
			"# table.rows\nunit.code|Dân số 2019|Dân số 2020\na|1|-\n= table.totalCount 1",
		},
		"cells of several fields, columns of one name": {
			`{ table(indicators: ["p", "q"], level: "d", years: [2019]) { rows { cells { value text } } } }`,
			`{"table":{"rows":[{"cells":[{"value":"1","text":"x"},{"value":"2","text":"y"}]}],"_about_columns":[{"name":"A","indicator":{"code":"p"},"measure":"FIGURE"},{"name":"A","indicator":{"code":"q"},"measure":"FIGURE"}]}}`,
			"# table.rows\nA.value|A.text|A.value (2)|A.text (2)\n1|x|2|y",
		},
	} {
		t.Run(name, func(t *testing.T) {
			b, fault := book(t, c.query)
			if fault != nil {
				t.Fatal(fault)
			}
			if got := printed(t, b, c.data); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestWhatIsNoTable(t *testing.T) {
	for query, code := range map[string]number.Code{
		`{ __typename }`: sheet.NotATable,
		`{ ranking(indicator: "p", year: 2020, level: "d") { notes { text } question { year } } }`: sheet.NotATable,
		`{ __schema { types { name } } }`: sheet.NotATable,
	} {
		if _, fault := book(t, query); fault == nil || fault.Code != code || fault.Hint.IsEmpty() {
			t.Errorf("%s: %v", query, fault)
		}
	}
	b, _ := book(t, `{ levels { code } cohorts { code } }`)
	if _, fault := b.One(""); fault == nil || fault.Code != sheet.SeveralTables || strings.Join(fault.Nearest, " ") != "levels cohorts" {
		t.Errorf("%v", fault)
	}
	if _, fault := b.One("kinds"); fault == nil || fault.Code != sheet.UnknownTable {
		t.Errorf("%v", fault)
	}
	if one, fault := b.One("cohorts"); fault != nil || one.Name != "cohorts" {
		t.Errorf("%v", fault)
	}
}

func TestColumnsHaveTheirKinds(t *testing.T) {
	b, fault := book(t, `{ releases { nodes { id published loaded added files { bytes } } } units { nodes { code validFrom } } ranking(indicator: "p", year: 2020, level: "d") { rows { rank current { value status statuses rollUp { reconciled } } } } }`)
	if fault != nil {
		t.Fatal(fault)
	}
	want := map[string]sheet.Kind{
		"id": sheet.Text, "published": sheet.Date, "loaded": sheet.Moment, "added": sheet.Integer, "files.bytes": sheet.Integer, "code": sheet.Text,
		"validFrom": sheet.Date, "rank": sheet.Integer, "current.value": sheet.Decimal, "current.status": sheet.Text, "current.statuses": sheet.Text,
		"current.rollUp.reconciled": sheet.Boolean,
	}
	seen := 0
	for _, s := range b.Sheets {
		for _, c := range s.Columns(nil) {
			seen++
			if c.Kind != want[c.Name] || c.Description == "" {
				t.Errorf("%s is %s, want %s (%q)", c.Name, c.Kind, want[c.Name], c.Description)
			}
		}
	}
	if seen != len(want) {
		t.Errorf("%d columns, want %d", seen, len(want))
	}
}

// What is said beside the tables is asked of the answers that have it, and of the
// request's own copy of the question alone.
func TestExtend(t *testing.T) {
	op := operation(t, `{ a: ranking(indicator: "p", year: 2020, level: "d") { rows { rank } } levels { code } }`)
	before := len(op.Doc.Operations[0].SelectionSet)
	schema := gen.NewExecutableSchema(gen.Config{}).Schema()
	if err := sheet.Extend(schema, op); err != nil {
		t.Fatal(err)
	}
	if len(op.Doc.Operations[0].SelectionSet) != before {
		t.Error("the document was changed")
	}
	var keys []string
	for _, root := range graphql.CollectFields(op, op.Operation.SelectionSet, nil) {
		for _, field := range graphql.CollectFields(op, root.Selections, nil) {
			keys = append(keys, root.Alias+"."+field.Alias)
		}
	}
	if got := strings.Join(keys, " "); got != "a.rows a._about_release a._about_notes a._about_question levels.code" {
		t.Error(got)
	}
	b, fault := sheet.Of(schema, op)
	if fault != nil {
		t.Fatal(fault)
	}
	abouts, err := b.Read([]byte(`{"a":{"rows":[{"rank":1}],"_about_release":{"id":"7","sourceCode":"s","published":"2021-03-12","loaded":"2026-01-31T07:00:00Z"},` +
		`"_about_notes":[{"code":"UNITS_DIFFER","year":2020,"citations":["x"],"vi":"v","en":"e"}],"_about_question":{"indicator":{"code":"p"},"year":2020,"baseYear":2019}}}`))
	if err != nil || len(abouts) != 1 {
		t.Fatal(abouts, err)
	}
	a := abouts[0]
	if a.Release.ID != "7" || a.Notes[0].VI != "v" || len(a.Years) != 2 || a.Years[0] != 2019 || strings.Join(a.Indicators, " ") != "p" {
		t.Errorf("%+v", a)
	}
}

// What figures an answer is about is known of every kind of answer, so that a file
// can say where they come from.
func TestWhatAnAnswerIsAbout(t *testing.T) {
	for name, c := range map[string]struct{ query, added, data, want string }{
		"targets": {
			`{ r: targets { met rows { actual } } }`, "_about_release _about_notes _about_question _about_rows",
			`{"r":{"rows":[],"_about_question":{"asOf":"2020-12-31"},"_about_rows":[{"target":{"indicator":{"code":"b"}},"year":2020,"base":{"year":2019}},{"target":{"indicator":{"code":"a"}},"year":2021,"base":null}]}}`,
			"a b [2019 2020 2021] 2020-12-31",
		},
		"a table against the year before": {
			`{ r: table(indicators: ["b"], level: "d", from: 2018, baseYear: PREVIOUS) { totalCount } }`, "_about_release _about_notes _about_question _about_columns",
			`{"r":{"totalCount":1,"_about_question":{"indicators":[{"code":"b"}],"years":[2018,2020],"baseYear":"PREVIOUS"},"_about_columns":[]}}`,
			"b [2017 2018 2019 2020] ",
		},
		"a scorecard": {
			`{ r: scorecard(set: "s", year: 2020) { rows { unit { code } } } }`, "_about_release _about_notes _about_question",
			`{"r":{"rows":[],"_about_question":{"set":{"criteria":[{"indicator":null,"parts":[{"indicator":{"code":"c"}}]},{"indicator":{"code":"a"},"parts":[]}]},"year":2020,"baseYear":2019}}}`,
			"a c [2019 2020] ",
		},
		"a table": {
			`{ r: table(indicators: ["p"], level: "d", years: [2019]) { rows { cells { value } } } }`, "_about_release _about_notes _about_question _about_columns",
			`{"r":{"rows":[],"_about_question":{"indicators":[{"code":"p"}],"years":[2020,2019]},"_about_columns":[]}}`, "p [2019 2020] ",
		},
		"a figure": {
			`{ r: figure(indicator: "p", unit: "89", year: 2020, scope: {asOf: {date: "2021-01-01"}}) { value } }`, "_about_release",
			`{"r":{"value":"1"}}`, "p [2020] 2021-01-01",
		},
		"units": {`{ r: units { nodes { code } } }`, "", `{"r":{"nodes":[]}}`, " [] "},
	} {
		t.Run(name, func(t *testing.T) {
			op := operation(t, c.query)
			schema := gen.NewExecutableSchema(gen.Config{}).Schema()
			b, fault := sheet.Of(schema, op)
			if fault != nil {
				t.Fatal(fault)
			}
			if err := sheet.Extend(schema, op); err != nil {
				t.Fatal(err)
			}
			var added []string
			for _, field := range graphql.CollectFields(op, graphql.CollectFields(op, op.Operation.SelectionSet, nil)[0].Selections, nil) {
				if strings.HasPrefix(field.Alias, "_about_") {
					added = append(added, field.Alias)
				}
			}
			if got := strings.Join(added, " "); got != c.added {
				t.Errorf("added %s, want %s", got, c.added)
			}
			abouts, err := b.Read([]byte(c.data))
			if err != nil || len(abouts) != 1 {
				t.Fatal(abouts, err)
			}
			day := ""
			if abouts[0].AsOf != nil {
				day = abouts[0].AsOf.String()
			}
			if got := fmt.Sprint(strings.Join(abouts[0].Indicators, " "), " ", abouts[0].Years, " ", day); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
