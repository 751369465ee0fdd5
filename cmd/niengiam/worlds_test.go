package main

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/graph"
)

// figures are the observations of the world of the comparison, beside which units change in
// 2021: A and B merge to F, C is split. In 2020 A is small, and C is suppressed with it, so
// that the two differ; E is no unit.
const figures = `code,year,cases,people,sick,published,note,source
A,2019,7001,90000,40,2020-03-01,,https://example.org/invented-2019
B,2019,8002,80000,50,2020-03-01,,https://example.org/invented-2019
C,2019,9003,70000,60,2020-03-01,,https://example.org/invented-2019
A,2020,%[1]d,91000,%[3]d,2021-03-01,%[1]d ca / %[1]d cases,https://example.org/invented-2020
B,2020,8123,81000,51,2021-03-01,,https://example.org/invented-2020
C,2020,%[2]d,71000,%[4]d,2021-03-01,trạm ghi %[2]d / the station wrote %[2]d,https://example.org/invented-2020
E,2020,%[1]d,1,1,2021-03-01,%[1]d ca / %[1]d cases,https://example.org/invented-2020
`

// newWorld writes a workspace in which A had so many cases and so many sick, and C so many
// that the totals stay.
func newWorld(t *testing.T, cases, sick int) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(invented)); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "cases.csv"), fmt.Sprintf(figures, cases, 6221-cases, sick, 64-sick))
	settings := read(t, filepath.Join(dir, "niengiam.yaml"))
	settings = strings.ReplaceAll(settings, "{indicator: {constant: cases}, value: {column: cases}}", `{indicator: {constant: cases}, value: {column: cases}}
      - {indicator: {constant: people}, value: {column: people}}
      - {indicator: {constant: sick}, value: {column: sick}, denominator: {column: people}}`)
	settings = strings.ReplaceAll(settings, "  targets: targets.yaml\n", "  targets: targets.yaml\n  crosswalks: [crosswalk.csv]\n")
	settings = regexp.MustCompile(`(?s)deliveries:.*?sources:`).ReplaceAllString(settings, "sources:")
	write(t, filepath.Join(dir, "niengiam.yaml"), settings)
	write(t, filepath.Join(dir, "indicators.yaml"), read(t, filepath.Join(dir, "indicators.yaml"))+`
  - code: people
    topic: invented
    kind: count
    name: {vi: Số dân giả định, en: Invented people}
    description: {vi: Không có thật, en: Not real}
    unit: {vi: người, en: person, en_plural: people}
    direction: neutral
    eligible: {level: district}
  - code: sick
    topic: invented
    kind: ratio
    name: {vi: Tỷ lệ giả định, en: Invented share}
    description: {vi: Không có thật, en: Not real}
    unit: {vi: người, en: person, en_plural: people}
    direction: lower
    eligible: {level: district}
    confidential_below: 5
  - code: cases-per-head
    topic: invented
    kind: derived
    formula: ratio
    parts: [cases, people]
    per: 1000
    name: {vi: Số ca trên 1.000 dân, en: "Cases per 1,000 people"}
    description: {vi: Không có thật, en: Not real}
    unit: {vi: "ca/1.000 dân", en: "case per 1,000 people", en_plural: "cases per 1,000 people"}
    direction: lower
`)
	write(t, filepath.Join(dir, "units.csv"), `code,level,kind,parent,name,name_en,valid_from,valid_to,opening,note
P,province,tinh,,Giả Định,Invented,,,baseline,
A,district,huyen,P,Một,One,,2021-07-01,baseline,
B,district,huyen,P,Hai,Two,,2021-07-01,baseline,
C,district,huyen,P,Ba,Three,,,baseline,
F,district,huyen,P,Sáu,Six,2021-07-01,,created,
`)
	write(t, filepath.Join(dir, "crosswalk.csv"), "date,from,to,extent,note\n2021-07-01,A,F,full,\n2021-07-01,B,F,full,\n")
	return dir
}

// worldArguments are those of the root fields, about an indicator and on units of a day;
// the other root fields are asked without any.
func worldArguments(indicator, scope string) map[string]string {
	all := map[string]string{
		"availability": `indicator: "%s", year: 2020, %s`,
		"briefing":     `unit: "P", year: 2020, since: {date: "2020-06-01"}, %s`,
		"comparison":   `indicator: "%s", year: 2020, level: "district", %s`,
		"composition":  `indicator: "%s", dimension: "none", year: 2020, %s`,
		"dashboard":    `code: "cases", %s`,
		"distribution": `indicator: "%s", year: 2020, level: "district", %s`,
		"figure":       `indicator: "%s", unit: "C", year: 2020, %s`,
		"indicator":    `code: "%s"`,
		"period":       `indicator: "%s", unit: "C", from: 2019, to: 2020, %s`,
		"provenance":   `figure: "%s/P/2020@2"`,
		"ranking":      `indicator: "%s", year: 2020, level: "district", orderBy: ABSOLUTE, top: 1, %s`,
		"release":      `id: "2"`,
		"revisions":    `since: {date: "2020-06-01"}, indicator: "%s"`,
		"scorecard":    `set: "none", year: 2020, %s`,
		"series":       `indicator: "%s", level: "district", %s`,
		"table":        `indicators: ["%s", "people"], level: "district", years: [2019, 2020], measures: [FIGURE, PERCENT, RANK], %s`,
		"targets":      `indicator: "%s", year: 2020, level: "district", goal: {comparator: AT_MOST, value: "5"}, %s`,
		"trend":        `indicator: "%s", unit: "C", %s`,
		"unit":         `code: "A", basis: {date: "2020-12-31"}`,
	}
	for field, arguments := range all {
		if strings.HasPrefix(arguments, "unit") || !strings.Contains(arguments, "\"%s\"") {
			arguments = strings.Replace(arguments, "%s", scope, 1)
		} else {
			arguments = strings.Replace(strings.Replace(arguments, "%s", indicator, 1), "%s", scope, 1)
		}
		all[field] = strings.TrimSuffix(strings.TrimSpace(arguments), ",")
	}
	return all
}

// passing is what differs between any two runs of the program: moments, identifiers of
// runs, ports and what an answer took.
var passing = regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?Z?|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}|127\.0\.0\.1:\d+|"(milliseconds|rowsRead|statements|seconds|rate)":[0-9.]+`)

// Whoever may not see what is suppressed cannot tell two worlds apart that differ in nothing
// else: every door gives the same answers to the same questions.
func TestTwoWorlds(t *testing.T) {
	t.Parallel()
	var told [2]map[string]string
	t.Run("ask", func(t *testing.T) {
		for i, small := range []int{4, 3} {
			t.Run(fmt.Sprint(small), func(t *testing.T) {
				t.Parallel()
				bi := newTool(t)
				s := serve(t, append([]string{"--load", "--release-management", "view", "--workspace", newWorld(t, small, small)}, bi.args()...)...)
				told[i] = s.everyDoor(bi)
			})
		}
	})
	if len(told[0]) < 300 || len(told[0]) != len(told[1]) {
		t.Fatalf("%d and %d answers", len(told[0]), len(told[1]))
	}
	suppressed := 0
	for _, door := range slices.Sorted(maps.Keys(told[0])) {
		one, other := told[0][door], told[1][door]
		if one != other {
			at := 0
			for at < min(len(one), len(other)) && one[at] == other[at] {
				at++
			}
			t.Errorf("%s tells the worlds apart: %q and %q", door, one[max(0, at-80):min(len(one), at+80)], other[max(0, at-80):min(len(other), at+80)])
		}
		if strings.Contains(one, "SUPPRESSED") {
			suppressed++
		}
	}
	if suppressed < 60 {
		t.Errorf("%d answers say that something is suppressed: the worlds were not asked about it", suppressed)
	}
}

// everyDoor asks all that can be asked, and returns the answers by what was asked.
func (s *served) everyDoor(bi tool) map[string]string {
	s.t.Helper()
	told := map[string]string{}
	tell := func(door string, answer []byte) { told[door] = passing.ReplaceAllString(string(answer), "~") }
	for _, indicator := range []string{"cases", "sick", "cases-per-head"} {
		s.everyList(indicator, ``, tell)
	}
	s.everyList("cases", `scope: {basis: {date: "2022-01-01"}}`, tell) // by the crosswalk
	for _, file := range s.exports() {
		response := s.request(http.MethodGet, file.address, "")
		body, err := io.ReadAll(response.Body)
		if err != nil {
			s.t.Fatal(err)
		}
		switch file.format {
		case "xlsx":
			body = []byte(unzipped(s.t, body) + sheets(s.t, body))
		case "parquet", "arrow": // their rows are those of the CSV: TestNoDoorTellsSmallNumbers
			body = regexp.MustCompile(`\{"workspace"[[:print:]\x80-\x{10FFFF}]*`).Find(body)
		}
		response.Header.Del("Date")
		response.Header.Del("Content-Length") // has the digits of the milliseconds in it
		response.Header.Del("Etag")           // is made of the moments of loading, too: TestETagsTellNoValues
		tell(file.address, fmt.Appendf(nil, "%d %v %s", response.StatusCode, response.Header, body))
	}
	for _, address := range []string{"unit=P&year=2020", "unit=A&year=2020&lang=en", "unit=C&year=2020&since=2020-06-01", "unit=P&year=2020&asOf=2021-03-01"} {
		_, page := s.get("/briefing?" + address)
		tell("the page of "+address, page)
		_, docx := s.get("/briefing.docx?" + address)
		tell("the document of "+address, []byte(unzipped(s.t, docx)))
		tell("the PDF of "+address, []byte(external(s.t, "pdftotext", "-raw", s.saved("/briefing.pdf?"+address), "-")))
	}
	tell("the dashboard", []byte(s.screen()))
	for _, view := range []string{"published_observation", "published_indicator", "published_unit"} {
		_, rows := bi.ask("SELECT * FROM " + view + " ORDER BY ALL FORMAT JSONEachRow")
		tell("SQL "+view, []byte(rows))
	}
	return told
}

// everyList asks for all that each list of the schema has, about an indicator.
func (s *served) everyList(indicator, scope string, tell func(door string, answer []byte)) {
	s.t.Helper()
	n := nester{graph.Schema()}
	arguments := worldArguments(indicator, scope)
	ask := func(question string) {
		response := s.asked(question)
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			s.t.Fatal(err)
		}
		tell(question, body)
	}
	for _, list := range n.lists() {
		if !strings.Contains(arguments[list.path[0]], indicator) && (indicator != "cases" || scope != "") || scope != "" && len(list.path) > 2 {
			continue // it was asked before
		}
		ask(n.question(list, arguments[list.path[0]], 20, false))
	}
	for _, field := range n.schema.Query.Fields {
		if of := n.schema.Types[field.Type.Name()]; of.Kind == ast.Object && field.Type.Elem == nil && !strings.HasPrefix(field.Name, "__") {
			written := ""
			if arguments[field.Name] != "" {
				written = "(" + arguments[field.Name] + ")"
			}
			ask("{ " + field.Name + written + " {" + n.fields(of) + " } }")
		}
	}
}
