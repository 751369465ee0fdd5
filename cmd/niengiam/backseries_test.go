package main

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// withBackSeries is the sample with one more source, a publisher's own back series: its
// columns of the unit, the year, the value and the day on whose units it is, and its rows.
func withBackSeries(t *testing.T, columns [4]string, rows string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(sample)); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	settings, err := os.ReadFile(filepath.Join(dir, "niengiam.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	write("niengiam.yaml", strings.Replace(string(settings), "\nsources:\n", `
sources:
  - code: back-series
    title: {vi: "Dân số theo 34 tỉnh", en: "Population by the 34 provinces"}
    publisher: {vi: "Cục Thống kê", en: "National Statistics Office"}
    files: [data/back.csv]
    unit: {column: `+columns[0]+`, level: province}
    year: {column: `+columns[1]+`}
    published: {constant: 2025-11-06}
    basis: {column: `+columns[3]+`}
    measures:
      - {indicator: {constant: population}, value: {column: `+columns[2]+`}}
`, 1))
	write("data/back.csv", rows)
	return dir
}

// A publisher's own back series, years before the reform on the provinces after it, is
// loaded as what it is: nothing as reported, the figure on its basis, and a note where what
// the crosswalk carries there differs.
func TestBackSeries(t *testing.T) {
	t.Parallel()
	dir := withBackSeries(t, [4]string{"code", "year", "population", "units_of"}, "code,year,population,units_of\n91,2019,3600.5,2025-07-01\n")
	s := serve(t, "--workspace", dir, "--load")
	answer := func(scope string) tree {
		t.Helper()
		return s.ask(`{ figure(indicator: "population", unit: "91", year: 2019` + scope + `) { id value origin statedOn }
			series(indicator: "population", units: ["91"], from: 2019, to: 2019` + scope + `) { notes { code text(language: EN) } } }`)
	}
	const basis = `, scope: {basis: {date: "2025-07-01"}}`
	reported, carried := answer(""), answer(strings.Replace(basis, "{basis", `{asOf: {date: "2025-11-05"}, basis`, 1))
	reported.at("figure", "origin").is("REPORTED")
	carried.at("figure", "origin").is("COMPUTED")
	stated := answer(basis)
	stated.at("figure", "value").is("3600.5")
	stated.at("figure", "origin").is("REPORTED")
	stated.at("figure", "statedOn").is("2025-07-01")
	if own := reported.at("figure", "value").text(); own == "3600.5" || own == carried.at("figure", "value").text() {
		t.Errorf("as reported the figure is %s", own)
	}
	note := stated.at("series", "notes").find("RECONCILIATION", "code").at("text").text()
	if !strings.Contains(note, "was reported on the units of 1 July 2025") || !strings.Contains(note, "carried there make") {
		t.Errorf("the note says %q", note)
	}
	behind := s.ask(`{ provenance(figure: "`+stated.at("figure", "id").text()+`") { nodes { unit { code } year basis place { file line } } } }`).at("provenance", "nodes")
	behind.at(0, "basis").is("2025-07-01")
	behind.at(0, "unit", "code").is("91")
	behind.at(0, "place", "file").is("data/back.csv")
	id := ""
	releases := s.ask(`{ releases { nodes { id sourceCode changes { nodes { unitCode basis text(language: EN) } } } } }`).at("releases", "nodes")
	for i := 0; id == ""; i++ {
		if releases.at(i, "sourceCode").text() == "back-series" {
			id = releases.at(i, "id").text()
			releases.at(i, "changes", "nodes", 0, "basis").is("2025-07-01")
			releases.at(i, "changes", "nodes", 0, "unitCode").is("91")
		}
	}
}

// What was published is given back with the day that it was stated on: loaded again it is
// what it was. Readers with SQL find it beside what was reported, not among it, and a file on
// the basis names its source.
func TestBackSeriesIsGivenBack(t *testing.T) {
	t.Parallel()
	s := serve(t, "--workspace", withBackSeries(t, [4]string{"code", "year", "population", "units_of"},
		"code,year,population,units_of\n91,2019,3600.5,2025-07-01\n89,2005,2100.1,\n91,2018,…,2025-07-01\n"), "--load")
	whole := func(s *served) string {
		t.Helper()
		const basis = `scope: {basis: {date: "2025-07-01"}}`
		return s.ask(`{ a: figure(indicator: "population", unit: "91", year: 2019, ` + basis + `) { value status statedOn }
			b: figure(indicator: "population", unit: "89", year: 2005) { value status statedOn }
			c: figure(indicator: "population", unit: "91", year: 2018, ` + basis + `) { value status statedOn } }`).text()
	}
	first := whole(s)
	if !strings.Contains(first, "3600.5") || !strings.Contains(first, "2100.1") {
		t.Fatalf("%s", first)
	}
	id := ""
	for _, release := range s.ask(`{ releases { nodes { id sourceCode } } }`).at("releases", "nodes").list() {
		if release.at("sourceCode").text() == "back-series" {
			id = release.at("id").text()
		}
	}
	given := "/export/-.csv?notes=no&query=" + url.QueryEscape(`{ release(id: "`+id+`") { changes { nodes { unitCode year new basis } } } }`)
	_, rows := s.get(given)
	again := serve(t, "--workspace", withBackSeries(t, [4]string{"unitCode", "year", "new", "basis"}, string(rows)), "--load")
	if second := whole(again); second != first {
		t.Errorf("%s\nloaded again is\n%s\n%s", rows, second, first)
	}
	for view, want := range map[string]string{
		"published WHERE release = " + id:                                     "2005 89 \n",
		"published_observation WHERE release = " + id:                         "2005 89 \n",
		"published_stated WHERE stated_on = '2025-07-01' AND release = " + id: "2018 91 \n2019 91 \n",
	} {
		out, errs, code := niengiam(t, "sql", "--format", "csv", "--data", s.data, "--", "SELECT concat(toString(year), ' ', unit, ' ', breakdown) AS told FROM "+view+" ORDER BY told")
		if got := strings.NewReplacer("told\n", "", "\"", "").Replace(out); code != 0 || got != want {
			t.Errorf("%s: %d %q %s", view, code, got, errs)
		}
	}
	const file = `{ series(indicator: "population", units: ["91"], from: 2019, to: 2019, scope: {basis: {date: "2025-07-01"}}) { series { figures { value } } } }`
	if _, body := s.get("/export/-.csv?query=" + url.QueryEscape(file)); !strings.Contains(string(body), "Dân số theo 34 tỉnh") {
		t.Errorf("the file does not name its source: %s", body)
	}
}
