package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// replayed are questions of every kind, over all sources of the sample that were
// revised; %s is the scope.
var replayed = []string{
	`{ figure(indicator: "criterion-19-2", unit: "89", year: 2019, %s) { id value denominator rate status reason text(language: EN) origin coverage { reported expected } } }`,
	`{ figure(indicator: "ntm", unit: "89", year: 2018, %s) { id value denominator status reason rollUp { value } coverage { reported expected } } }`,
	`{ figure(indicator: "population-census", unit: "89", year: 2019, %s) { id value reason rollUp { value } } }`,
	`{ comparison(indicator: "ntm-advanced", unit: "89", year: 2020, baseYear: 2019, %s) { question { asOf } release { id loaded published }
		rows { base { id text } current { id text } change { absolute points percent text verdict } } churn { gained { count } lost { count } } notes { code text } } }`,
	`{ comparison(indicator: "ntm", level: "district", within: "89", year: 2020, baseYear: 2018, matched: true, %s) { rows { unit { code } base { id text } current { id text } change { points verdict } text } total { text } notes { code text } } }`,
	`{ series(indicator: "ntm", units: ["89", "894"], %s) { series { unit { code } figures { id year value status } } notes { code text } } }`,
	`{ ranking(indicator: "ntm", level: "district", within: "89", year: 2020, baseYear: 2019, %s) { rankedCount universeCount rows { rank baseRank movement current { id value } } unranked { unit { code } reason } notes { code text } } }`,
	`{ ranking(indicator: "poor-households", level: "district", within: "89", year: 2016, top: 3, %s) { rows { rank current { id value } } others { current { value } } } }`,
	`{ trend(indicator: "poverty-rate", unit: "89", %s) { points { year value } theilSen { slope } verdict notes { code text } } }`,
	`{ firstLook(indicator: "ntm", %s) { view count question { year baseYear unit { code } units { code } level { code } } release { id } } }`,
	`{ availability(indicator: "ntm", within: "89", %s) { question { year } levels { level { code } count universeCount leading { code } total { id value } } } }`,
	`{ distribution(indicator: "population-census", level: "district", within: "89", year: 2019, %s) { median gini { value } notes { code text } } }`,
	`{ table(indicators: ["ntm", "ntm-advanced", "criterion-19-2", "paddy-area"], units: ["89"], years: [2018, 2019, 2020], measures: [FIGURE, PERCENT, POINTS, RANK], %s) { rows { cells { value text } } notes { code } } }`,
	`{ composition(indicator: "population-census", dimension: "residence", level: "district", within: "89", year: 2019, %s) { rows { whole { value } parts { figure { id value reason } } unstated } notes { code text } } }`,
	`{ scorecard(set: "ntm-criteria", unit: "89", year: 2020, %s) { rows { text score { met { code } } summary { meetingAll } } notes { code text } } }`,
	`{ targets(unit: "89", year: 2020, %s) { met missed onTrack offTrack unknown rows { target { code } current { id } actual gap expected paceNeeded result text } notes { code text } } }`,
	`{ period(indicator: "outreach-sessions", unit: "89", from: 2018, to: 2020, %s) { value reason missingYears figures { id value } notes { code text } } }`,
	`{ unit(code: "89", basis: {date: "2020-12-31"}) { profile(year: 2020, %s) { rows { indicator { code } current { id value } base { id value } change { text } rank movement text } } } }`,
	`{ briefing(unit: "89", year: 2020, %s) { headlines { sentence { text footnotes } } improved { sentence { text } } fellBack { sentence { text } } targets { sentence { text } } rankings { sentence { text } } footnotes { number citation } notes { code text } } }`,
}

// republished is a copy of the sample whose files are written as they stood on a day,
// with a server on it.
type republished struct {
	*served
	dir   string
	files map[string][][]string
}

func republish(t *testing.T) *republished {
	t.Helper()
	r := &republished{dir: t.TempDir(), files: map[string][][]string{}}
	if err := os.CopyFS(r.dir, os.DirFS(sample)); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(r.dir, "data/*.csv"))
	if err != nil || len(names) == 0 {
		t.Fatalf("%d files: %v", len(names), err)
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if r.files[name], err = csv.NewReader(strings.NewReader(string(content))).ReadAll(); err != nil {
			t.Fatal(err)
		}
	}
	r.served = serve(t, "--workspace", r.dir, "--release-management", "decide")
	return r
}

// until loads what was published up to a day, and approves what is held.
func (r *republished) until(day string) {
	r.t.Helper()
	var sources []string
	for name, rows := range r.files {
		column := slices.Index(rows[0], "published")
		kept := [][]string{rows[0]}
		for _, row := range rows[1:] {
			if row[column] <= day {
				kept = append(kept, row)
			}
		}
		if len(kept) > 1 {
			sources = append(sources, strings.ReplaceAll(strings.TrimSuffix(filepath.Base(name), ".csv"), "_", "-"))
		}
		var text strings.Builder
		if err := csv.NewWriter(&text).WriteAll(kept); err != nil {
			r.t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text.String()), 0o644); err != nil {
			r.t.Fatal(err)
		}
	}
	out, errs, code := niengiam(r.t, append(append([]string{"load"}, sources...), "--workspace", r.dir, "--data", r.data)...)
	if code != 0 {
		r.t.Fatalf("%s: exit %d\n%s%s", day, code, out, errs)
	}
	for _, held := range r.ask(`{ restatements(state: HELD) { id } }`).at("restatements").list() {
		r.ask(`mutation { approveRestatement(id: "` + held.at("id").text() + `", actor: "An", comment: "` + day + `") { state } }`)
	}
}

// aDashboard is the question for all that a dashboard shows; %s is its code, then the scope.
const aDashboard = `{ dashboard(code: %q, %%s) { question { year baseYear asOf template { title years } } release { id published } tiles { kind title
	comparison { rows { base { id text } current { id text } change { text verdict } text } churn { gained { count units { code } } lost { count units { code } } kept never } churnReason notes { code text } }
	series { years series { unit { code } figures { id value status reason } } notes { code text } }
	ranking { question { year baseYear } rankedCount universeCount rows { rank movement unit { code } current { id value } change { percent } } unranked { unit { code } reason } total { current { id } } notes { code text } }
	targets { rows { target { code } unit { code } current { id } result ahead text } notes { code text } }
	scorecard { rows { unit { code } text } total { text } notes { code text } }
	table { rows { unit { code } cells { value text } } notes { code text } }
	refusals { code message hint where nearest } } } }`

// questions are those that are replayed: one of every kind, and every dashboard.
func (r *republished) questions() []string {
	r.t.Helper()
	all := slices.Clone(replayed)
	for _, dashboard := range r.ask(`{ dashboards { code } }`).at("dashboards").list() {
		all = append(all, fmt.Sprintf(aDashboard, dashboard.at("code").text()))
	}
	if len(all) == len(replayed) {
		r.t.Fatal("the sample has no dashboard")
	}
	return all
}

// record asks all questions as of a day, and where the first figure comes from, and
// downloads an answer as a file; byte for byte.
func (r *republished) record(day string) map[string]string {
	r.t.Helper()
	answers := map[string]string{}
	keep := func(question string, answer any) {
		text, err := json.Marshal(answer)
		if err != nil {
			r.t.Fatal(err)
		}
		answers[question] = string(text)
	}
	for _, question := range r.questions() {
		reply := r.reply(fmt.Sprintf(question, `scope: {asOf: {date: "`+day+`"}}`))
		if errs, failed := reply.v.(map[string]any)["errors"]; failed {
			if code := reply.at("errors", 0, "extensions", "code").text(); code != "UNKNOWN_YEAR" && code != "NO_FIGURES" {
				r.t.Fatalf("%s: %v", question, errs)
			}
			keep(question, errs) // a refusal too stays as it was
			continue
		}
		keep(question, reply.at("data").v)
	}
	var first struct{ Figure struct{ ID string } }
	if err := json.Unmarshal([]byte(answers[replayed[1]]), &first); err != nil || first.Figure.ID == "" {
		r.t.Fatalf("%v: %s", err, answers[replayed[1]])
	}
	const provenance = `{ provenance(figure: %q) { totalCount nodes { unit { code } year value status note place { file line } release { id } } } }`
	keep("provenance", r.ask(fmt.Sprintf(provenance, first.Figure.ID)).v)
	query := fmt.Sprintf(replayed[5], `scope: {asOf: {date: "`+day+`"}}`)
	status, body := r.get("/export/-.csv?notes=no&query=" + url.QueryEscape(query))
	keep("a file", fmt.Sprint(status, string(body)))
	return answers
}

// What every question was answered as of a day, it is answered for ever: the sample
// is published again, day by day, with all its revisions, and what was recorded on
// each day is asked again after each later one.
func TestAnswersOfAllDaysAreReplayed(t *testing.T) {
	t.Parallel()
	r := republish(t)
	recorded := map[string]map[string]string{}
	var days []string
	for _, day := range []string{"2018-11-30", "2019-12-31", "2020-11-30", "2021-03-12", "2021-03-14", "2022-04-08", "2025-12-31"} {
		r.until(day)
		recorded[day], days = r.record(day), append(days, day)
		for _, before := range days {
			for question, now := range r.record(before) {
				if now != recorded[before][question] {
					t.Errorf("on %s, as of %s: %s\n is answered with %s\n and was answered with %s", day, before, question, now, recorded[before][question])
				}
			}
		}
	}
	for i := 1; i < len(days); i++ {
		same := 0
		for question, answer := range recorded[days[i]] {
			if answer == recorded[days[i-1]][question] {
				same++
			}
		}
		if same == len(recorded[days[i]]) {
			t.Errorf("nothing differs between %s and %s: the days prove nothing", days[i-1], days[i])
		}
	}
}
