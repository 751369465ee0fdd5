package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A tile of a saved question shows what the question itself answers, word for word, and
// goes with the dashboard where the question has variables for it.
func TestTilesOfSavedQuestions(t *testing.T) {
	t.Parallel()
	s := loaded(t)
	const (
		ranks = "rows { rank unit { code name } current { value status } change { percent verdict } text } rankedCount universeCount notes { code text }"
		held  = "met missed unknown rows { target { code statement } unit { code name } year actual gap result reason text } notes { code text }"
	)
	read := func(file string) string {
		t.Helper()
		content, err := os.ReadFile(filepath.Join(sample, "questions", file))
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	growth, targets := read("2-population-growth.graphql"), read("5-targets.graphql")
	for _, c := range []struct {
		name, question, field string
		variables             map[string]any
		dashboard, tile       string
		place                 int
	}{
		{"the five fastest", growth, "ranking", nil, `code: "population"`, ranks, 4},
		{"of another year and unit", growth, "ranking", map[string]any{"year": 2020, "baseYear": 2015, "within": "R4"}, `code: "population", year: 2020, baseYear: 2015, unit: "R4"`, ranks, 4},
		{"with values of its own", growth, "ranking", map[string]any{"within": "R6", "top": nil}, `code: "population"`, ranks, 5},
		{"with values of its own, of another year", growth, "ranking", map[string]any{"within": "R6", "top": nil, "year": 2015, "baseYear": 2012}, `code: "population", year: 2015, baseYear: 2012, unit: "R4"`, ranks, 5},
		{"targets", targets, "targets", nil, `code: "an-giang-2020"`, held, 4},
		{"targets of another year", targets, "targets", map[string]any{"year": 2018}, `code: "an-giang-2020", year: 2018`, held, 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := on(s, t)
			asked := s.replyWith(c.question, c.variables).at("data", c.field)
			shown := s.ask("{ dashboard("+c.dashboard+") { tiles { "+c.field+" { "+c.tile+" } } } }").at("dashboard", "tiles", c.place, c.field)
			for _, key := range []string{"rows", "notes"} {
				if got, want := text(t, shown.at(key).v), text(t, asked.at(key).v); got != want || len(got) < 10 && key == "rows" {
					t.Errorf("%s are\n%s on the dashboard, and of the question\n%s", key, got, want)
				}
			}
		})
	}
}

func text(t *testing.T, v any) string {
	t.Helper()
	content, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// What no tile can show is found by check, at the tile, with the place in the question.
// A question that nobody shows keeps nobody from loading; one that a dashboard shows does.
func TestTilesThatCannotBe(t *testing.T) {
	t.Parallel()
	with := func(t *testing.T, tile, question string) string {
		t.Helper()
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(sample)); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, "dashboards", "population.yaml")
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, append(content, "  - {question: "+tile+"}\n"...), 0o600); err != nil {
			t.Fatal(err)
		}
		if question != "" {
			if err := os.WriteFile(filepath.Join(dir, "questions", "9-new.graphql"), []byte("# Mới / New\n"+question), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	for name, c := range map[string]struct{ tile, question, code, says string }{
		"no tile shows it":     {"urban-and-rural", "", "QUESTION_NOT_A_TILE", "questions/7-urban-and-rural.graphql:5:3: no tile shows composition"},
		"its title has a year": {"criterion-19-2", "", "QUESTION_NOT_A_TILE", "questions/1-criterion-19-2.graphql:1:1: the title tells the year 2020"},
		"a name that is wrong": {"population-groth", "", "WORKSPACE_UNKNOWN_REFERENCE", "nearest: population-growth"},
		"a value that is none": {"population-growth, title: {vi: A, en: A}, variables: {top: five}", "", "QUESTION_VARIABLE", `"five" is not a whole number`},
		"a code that is none":  {"new", `{ targets(unit: "98", year: 2020) { met } }`, "WORKSPACE_UNKNOWN_REFERENCE", `no unit "98"`},
		"a question at fault":  {"new", `{ targets(unit: "89", year: "2020") { met } }`, "QUESTION_NOT_A_TILE", "questions/9-new.graphql: the question has faults of its own"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := with(t, c.tile, c.question)
			_, errs, exit := niengiam(t, "check", "--workspace", dir)
			if exit != 1 || !strings.Contains(errs, c.code+": dashboards/population.yaml:") || !strings.Contains(errs, c.says) {
				t.Errorf("exit code %d:\n%s", exit, errs)
			}
			if name == "a question at fault" {
				wants(t, "GRAPHQL_VALIDATION_FAILED", "questions/9-new.graphql:2:30", "check", "--workspace", dir)
				wants(t, c.code, "dashboards/population.yaml:", "load", "--workspace", dir, "--data", t.TempDir())
			}
		})
	}
	dir := with(t, "population-growth, title: {vi: A, en: A}", `{ targets(unit: "89", year: "2020") { met } }`)
	if out, errs, exit := niengiam(t, "load", "paddy", "--workspace", dir, "--data", t.TempDir()); exit != 0 {
		t.Errorf("exit code %d:\n%s%s", exit, out, errs)
	}
}
