package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// bankFile is a file in the layout of those that the World Bank publishes.
const bankFile = "testdata/worldbank/API_SP.POP.TOTL_DS2_en_csv_v2_5358404.csv"

// TestThreeCommandsToARanking goes from a file of the World Bank to a ranking: init, then
// the commands that it prints. The workspace has its names in English alone.
func TestThreeCommandsToARanking(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "my world")
	out, errs, code := niengiam(t, "init", bankFile, "--workspace", dir, "--data", filepath.Join(dir, ".niengiam"),
		"--publisher", "The World Bank", "--measure", "persons", "--aggregates", "ARB")
	if code != 0 {
		t.Fatalf("init: %s%s", out, errs)
	}
	var commands [][]string
	for _, line := range regexp.MustCompile(`(?m)^  niengiam (.+)$`).FindAllStringSubmatch(out, -1) {
		words := regexp.MustCompile(`'([^']*)'|(\S+)`).FindAllStringSubmatch(line[1], -1)
		command := make([]string, len(words))
		for i, word := range words {
			command[i] = word[1] + word[2]
		}
		commands = append(commands, command)
	}
	if len(commands) != 3 || commands[0][0] != "check" || commands[1][0] != "load" || commands[2][0] != "serve" {
		t.Fatalf("the commands that follow are %q in\n%s", commands, out)
	}
	checked, errs, code := niengiam(t, commands[0]...)
	if code != 0 || !strings.Contains(checked, "9 rows, 558 figures, 1 publications, 0 rejected") || !strings.Contains(checked, "texts lack Vietnamese: they are shown in English") {
		t.Errorf("check: %s%s", checked, errs)
	}
	if loaded, errs, code := niengiam(t, commands[1]...); code != 0 || !strings.Contains(loaded, "558") {
		t.Errorf("load: %s%s", loaded, errs)
	}
	s := serve(t, commands[2][1:]...)
	s.eventually(func() bool { return strings.Contains(s.printed(), "8. Aruba") })
	want := "Population, total, 2021\n  1. Bangladesh: 169,356,251 persons, up 1,935,300 persons from 2020\n  2. Argentina: 45,808,747 persons, up 431,984 persons from 2020\n"
	if ranking := s.printed(); !strings.Contains(ranking, want) || strings.Contains(ranking, "Arab World") {
		t.Errorf("the first ranking is\n%s", ranking)
	}
	oneLanguage(s)
}

// oneLanguage asks a workspace without Vietnamese in Vietnamese.
func oneLanguage(s *served) {
	s.t.Helper()
	answer := s.ask(`query @answer(language: VI) { untranslated english: untranslated(language: EN) levels { name }
		indicator(code: "sp-pop-totl") { name description unitOfMeasure } unit(code: "ARE") { name label fullName } }`)
	if lacking := fmt.Sprintf("%v %v", answer.at("untranslated").v, answer.at("english").v); lacking != "19 0" {
		s.t.Errorf("untranslated: %s", lacking)
	}
	for _, c := range []struct {
		path []any
		want string
	}{
		{[]any{"levels", 0, "name"}, "country"},
		{[]any{"indicator", "name"}, "Population, total"},
		{[]any{"indicator", "description"}, "Population, total (World Development Indicators)"},
		{[]any{"unit", "name"}, "United Arab Emirates"},
		{[]any{"unit", "label"}, "United Arab Emirates"},
		{[]any{"unit", "fullName"}, "United Arab Emirates Country"},
	} {
		if got := answer.at(c.path...).v; got != c.want {
			s.t.Errorf("%v is %v, want %q", c.path, got, c.want)
		}
	}
	const note = `briefing(unit: "BGD", year: 2021, language: `
	if notes := s.ask(`{ `+note+`VI) { notes { code text(language: VI) } } }`).at("briefing", "notes", 0); notes.at("code").v != "NAMES_IN_OTHER_LANGUAGE" || notes.at("text").v != "một số tên gọi và mô tả chỉ có bằng tiếng Anh" {
		s.t.Errorf("the briefing in Vietnamese does not say that names are English: %v", notes.v)
	}
	if notes := s.ask(`{ `+note+`EN) { notes { code } } }`).at("briefing", "notes").v.([]any); len(notes) != 0 {
		s.t.Errorf("the briefing in English says %v", notes)
	}
	for _, path := range []string{"/briefing?unit=BGD&year=2021", "/export/ranking.csv?notes=yes"} {
		status, body := s.get(path)
		if status != 200 || !strings.Contains(string(body), "Bangladesh") || !strings.Contains(string(body), "chỉ có bằng tiếng Anh") {
			s.t.Errorf("%s does not say that names are English: %d\n%.600s", path, status, body)
		}
	}
}

// Each wrong use of init has one fault with a code, and the answer to what is not clear may
// come from whoever runs it.
func TestInitFaults(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"no.csv"}, 1, "INIT_FILE"},
		{[]string{bankFile, "--measure", "persons"}, 1, "INIT_UNCLEAR"},
		{[]string{bankFile, "--code", "Land"}, 1, "INIT_COLUMN"},
		{[]string{bankFile, "--ask"}, 1, "no answer to: what is Population, total measured in"},
		{[]string{bankFile, "--measure", "persons", "--publisher", "The World Bank", "--published", "soon"}, 1, "INIT_OPTION"},
		{[]string{bankFile, "--kind", "register"}, 2, "--kind"},
	} {
		out, errs, code := niengiam(t, append([]string{"init", "--workspace", dir}, c.args...)...)
		if lines := strings.Count(errs, "niengiam: "); code != c.code || lines != 1 || !strings.Contains(errs, c.says) {
			t.Errorf("%v: exit %d\n%s%s", c.args, code, out, errs)
		}
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 0 {
		t.Errorf("files were written: %v, %v", files, err)
	}
	args := []string{"init", bankFile, "--workspace", dir, "--measure", "persons", "--publisher", "The World Bank"}
	if out, errs, code := niengiam(t, args...); code != 0 || !strings.Contains(out, "not told: which units are totals") {
		t.Errorf("init: %d\n%s%s", code, out, errs)
	}
	if _, errs, code := niengiam(t, args...); code != 1 || !strings.Contains(errs, "INIT_EXISTS") {
		t.Errorf("init over a workspace: %d\n%s", code, errs)
	}
}

// TestInferredSource puts a source into a workspace by what a file shows, and checks it: nothing
// is written without --write, and what is written passes check.
func TestInferredSource(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "catalogue"), os.DirFS("../../etl/testdata/catalogue")); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "niengiam.yaml")
	before := "workspace: test\ntitle: {en: Test}\ncatalogue:\n  levels: catalogue/levels_country.yaml\n  topics: catalogue/topics.yaml\n" +
		"  indicators: [catalogue/indicators.yaml]\n  units: [catalogue/units_country.csv]\n"
	for name, text := range map[string]string{path: before, filepath.Join(dir, "in.csv"): "Tỉnh,2019,Sơ bộ 2023\nCẢ NƯỚC,96484.0,100309.2\nTP. Hồ Chí Minh,9038.6,9456.7\n"} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{"infer", filepath.Join(dir, "in.csv"), "--workspace", dir, "--title", "Invented", "--publisher", "Nobody", "--published", "2024-03-12", "--indicator", "population"}
	out, errs, code := niengiam(t, args...)
	if code != 0 || !strings.Contains(out, "units: 2 of 2") || !strings.Contains(out, "2 rows, 4 figures, 0 rejected") || !strings.Contains(out, "Nothing was written") {
		t.Fatalf("infer: %d\n%s%s", code, out, errs)
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != before {
		t.Errorf("niengiam.yaml was changed: %v\n%s", err, content)
	}
	if out, errs, code := niengiam(t, append(args, "--write")...); code != 0 || !strings.Contains(out, "written: "+path) {
		t.Fatalf("infer --write: %d\n%s%s", code, out, errs)
	}
	if out, errs, code := niengiam(t, "check", "--workspace", dir); code != 0 || !strings.Contains(out, "invented: 2 rows, 4 figures, 1 publications, 0 rejected") {
		t.Errorf("check: %d\n%s%s", code, out, errs)
	}
	if _, errs, code := niengiam(t, append(args, "--write")...); code != 1 || !strings.Contains(errs, "give --source CODE") {
		t.Errorf("a second source of the same code: %d %s", code, errs)
	}
}
