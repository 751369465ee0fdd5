package main

import (
	"os"
	"path/filepath"
	"strings"
)

// aSlipOverHTTP loads persons where thousands stood: a check of the source holds the load,
// and whoever decides is told the cell, the rule and the remedy; mended it needs nobody.
// With its findings a slip that is approved is published.
func aSlipOverHTTP(r *revising) {
	r.t.Helper()
	file, settings := filepath.Join(r.dir, "data/population.csv"), filepath.Join(r.dir, "niengiam.yaml")
	rows, err := os.ReadFile(file)
	if err != nil {
		r.t.Fatal(err)
	}
	yaml, err := os.ReadFile(settings)
	if err != nil {
		r.t.Fatal(err)
	}
	write := func(path, text string) {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			r.t.Fatal(err)
		}
	}
	const measures = "    measures:\n      - {indicator: {constant: population}, value: {column: population}}\n"
	write(settings, strings.Replace(string(yaml), measures, measures+"    checks: [magnitude: hold, coverage: off]\n", 1))
	r.run("published", "load", "population")
	write(file, string(rows)+"01,2025,8900123,A,2026-07-31,invented,\n")
	r.run("held: population has findings of its checks", "load", "population")
	r.run("MAGNITUDE_SLIP", "restatements")

	held := r.ask(`{ restatements(state: HELD) { id revised added findings { code severity rule value measured cells unitCode year used other remedy(language: EN)
		reasonText(language: EN) text(language: EN) place { file line column } } } jobs { sourceCode held { findings { code } } } }`)
	id := held.at("restatements", 0, "id").text()
	held.at("restatements", 0, "revised").is("0")
	found := held.at("restatements", 0, "findings", 0)
	for field, want := range map[string]string{
		"code": "MAGNITUDE_SLIP", "severity": "HOLD", "rule": "magnitude", "value": "8900123", "measured": "1000", "unitCode": "01", "year": "2025", "used": "8900123",
	} {
		found.at(field).is(want)
	}
	found.at("place", "file").is("data/population.csv")
	found.at("place", "column").is("population")
	for field, says := range map[string]string{"text": "1,000 times what was published before", "remedy": "unit of measure", "reasonText": "10, 100, 1,000"} {
		if text := found.at(field).text(); !strings.Contains(text, says) {
			r.t.Errorf("%s is %q, without %q", field, text, says)
		}
	}
	r.run("found: data/population.csv:", "restatements", id)

	write(file, string(rows)+"01,2025,8900.123,A,2026-07-31,invented,\n")
	r.run("published", "load", "population")
	r.eventually(func() bool {
		return r.ask(`{ restatements { id state } }`).at("restatements").find(id, "id").at("state").text() == "SUPERSEDED"
	})

	write(file, string(rows)+"01,2025,8900.123,A,2026-07-31,invented,\n01,2026,9000500,A,2027-07-31,invented,\n")
	r.run("held", "load", "population")
	next := r.ask(`{ restatements(state: HELD) { id } }`).at("restatements", 0, "id").text()
	release := r.ask(`mutation { approveRestatement(id: "`+next+`", actor: "An", comment: "counted in persons now") { releases } }`).at("approveRestatement", "releases", 0).text()
	published := r.ask(`{ release(id: "` + release + `") { findings { code severity value rule measured } } jobs { sourceCode findings { code value } } }`)
	published.at("release", "findings", 0, "code").is("MAGNITUDE_SLIP")
	published.at("release", "findings", 0, "value").is("9000500")
	published.at("jobs").find("population", "sourceCode").at("findings", 0, "value").is("9000500")
	r.run("MAGNITUDE_SLIP (hold): \"9000500\"", "releases", release)
}
