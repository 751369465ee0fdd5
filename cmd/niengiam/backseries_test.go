package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A publisher's own back series, years before the reform on the provinces after it, is
// loaded as what it is: nothing as reported, the figure on its basis, and a note where what
// the crosswalk carries there differs.
func TestBackSeries(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
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
    unit: {column: code, level: province}
    year: {column: year}
    published: {constant: 2025-11-06}
    basis: {column: units_of}
    measures:
      - {indicator: {constant: population}, value: {column: population}}
`, 1))
	write("data/back.csv", "code,year,population,units_of\n91,2019,3600.5,2025-07-01\n")
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
	if !strings.Contains(note, "was reported on the units of 2025-07-01") || !strings.Contains(note, "carried there make") {
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
