package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// invented is a workspace of invented numbers with a confidential indicator.
const invented = "testdata/synthetic-small-numbers"

// suppressedQuestion asks what could tell of the small number of A, 4, and of that of
// C, 6217, from which it could be computed back.
const suppressedQuestion = `{
  indicator(code: "cases") { confidentialBelow }
  comparison(indicator: "cases", year: 2020, level: "district") {
    rows { unit { code } current { id value status reason text } change { absolute percent index text } contribution { value } }
    total { current { value } }
    unexplained { value }
    notes { code text }
  }
  ranking(indicator: "cases", year: 2020, level: "district", top: 1) {
    rows { unit { code } current { value } share } others { current { value } share }
    unranked { unit { code } reason current { value } }
  }
  series(indicator: "cases", level: "district") { series { figures { value } } }
  period(indicator: "cases", unit: "A", from: 2019, to: 2020) { value reason text }
  firstLook(indicator: "cases") { view count question { year baseYear unit { code } units { code } } }
  availability(indicator: "cases", year: 2020) { levels { count universeCount leading { code } total { value } } }
  distribution(indicator: "cases", year: 2020, level: "district") { min max mean median }
  trend(indicator: "cases", unit: "C") { points { value } }
  provenance(figure: "cases/P/2020@2") { nodes { unit { code } value status note } }
  releases { nodes { changes { nodes { unitCode old new } } rejects { nodes { value detail } } findings { used other } } }
}`

func TestSmallNumbersAreSuppressed(t *testing.T) {
	t.Parallel()
	s := serve(t, "--load", "--workspace", invented, "--release-management", "view")
	if _, told := s.upload("1", "invented", "cases.csv", "code,year,cases,published,note,source\nA,2020,4,2021-03-01,,\n"); !strings.Contains(told, "NOT_ALLOWED") || strings.Contains(told, "outcome") {
		t.Errorf("by sending files one can try which number a cell has: %s", told)
	}
	answer := s.ask(suppressedQuestion)
	body, err := json.Marshal(answer.v)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"6217", `"4"`, `"3"`} {
		if strings.Contains(string(body), secret) {
			t.Errorf("%s is told: %s", secret, body)
		}
	}
	row := answer.at("comparison", "rows", 0)
	if got := row.at("current", "reason").text() + " " + row.at("current", "status").text(); got != "SUPPRESSED C" {
		t.Errorf("A is %s", got)
	}
	if got := answer.at("comparison", "total", "current", "value").text(); got != "14344" {
		t.Errorf("the total is %s", got)
	}
	if out, _, code := niengiam(t, "sql", "SELECT count() AS seen FROM published", "--format", "csv", "--data", s.data); code != 0 || !strings.Contains(out, "\n0\n") {
		t.Errorf("the view has observations of a confidential indicator: %s", out)
	}
}

// The error of a run can quote a row: it is not told either.
func TestErrorsOfRunsAreSuppressed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(invented)); err != nil {
		t.Fatal(err)
	}
	s := serve(t, "--load", "--workspace", dir)
	if err := os.WriteFile(filepath.Join(dir, "cases.csv"), []byte("unit,6217\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, code := niengiam(t, "load", "--workspace", dir, "--data", s.data); code == 0 {
		t.Fatal("a file without its columns was loaded")
	}
	job := s.ask(`{ jobs { lastRun { outcome error } runs(first: 1) { nodes { outcome error } } } }`).at("jobs", 0)
	for _, run := range []tree{job.at("lastRun"), job.at("runs", "nodes", 0)} {
		run.at("outcome").is("failed")
		run.at("error").is("SUPPRESSED")
	}
}

func TestWhoMaySeeSmallNumbers(t *testing.T) {
	t.Parallel()
	s := serve(t, "--load", "--workspace", invented, "--caller-confidential")
	rows := s.ask(suppressedQuestion).at("comparison", "rows")
	if got := rows.at(0, "current", "value").text() + " " + rows.at(2, "current", "value").text(); got != "4 6217" {
		t.Errorf("A and C are %s", got)
	}
}
