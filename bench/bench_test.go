package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// everything is each row that must be measured of a set, in the order of the table.
var everything = []string{
	"repeated: niengiam", "repeated: bare gqlgen, the same bytes", "repeated: niengiam, gzip", "repeated: bare gqlgen, flat",
	"repeated: plain gqlgen + ClickHouse", "repeated: expert SQL",
	"repeated comparison: niengiam", "repeated comparison: bare gqlgen, the same bytes",
	"new on slices in memory: niengiam", "new on slices in memory: bare gqlgen, the same bytes",
	"new on slices in memory: plain gqlgen + ClickHouse", "new on slices in memory: expert SQL",
	"dashboard of 12 tiles: niengiam", "dashboard of 12 tiles: bare gqlgen, the same bytes",
	"first: niengiam", "first: plain gqlgen + ClickHouse", "first: expert SQL",
}

// judged is a part of each verdict that must be there.
var judged = []string{
	"repeated ÷ bare gqlgen of equal payload", "repeated ÷ flat bare gqlgen", "repeated comparison ÷ bare gqlgen", "repeated with gzip",
	"new on slices in memory ÷ bare gqlgen", "first ÷ expert SQL", "first ÷ plain gqlgen", "dashboard of 12 tiles ÷ one bare question",
	"growth of a first question", "start to first right answer ÷ that of the sample", "memory of the program within", "disk, niengiam",
}

// TestRunMeasuresEverything runs all of it on few facts, with the real program and the other
// servers. That answers are right is what the exit code says; how fast they were does not matter.
func TestRunMeasuresEverything(t *testing.T) {
	dir := t.TempDir()
	program, bare := filepath.Join(dir, "niengiam"), filepath.Join(dir, "bench-bare")
	for _, command := range []*exec.Cmd{
		exec.CommandContext(t.Context(), "go", "build", "-o", program, "../cmd/niengiam"),
		exec.CommandContext(t.Context(), "bare/build", bare),
	} {
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
	}
	library, err := filepath.Abs("../node_modules")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(library); err != nil {
		t.Fatalf("there is no engine: make setup (%v)", err)
	}
	var out, errs bytes.Buffer
	code := run([]string{
		"-keep", filepath.Join(dir, "sets"), "-program", program, "-bare", bare, "-workspace", "../examples/angiang", "-json",
		"-indicators", "20", "-growth", "7e3,14e3", "-duration", "20ms", "-once", "4", "-passes", "2", "-clients", "2", "-crowd", "10", "-crowd-time", "50ms", "-communes", "0.05",
	}, &out, &errs)
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, &errs)
	}
	var got report
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	for _, row := range got.Rows {
		if row.Requests < row.Clients || row.PerSecond <= 0 || row.P50 <= 0 || row.P50 > row.P95 || row.P95 > row.P99 {
			t.Errorf("impossible: %+v", row)
		}
	}
	for _, rows := range []int{11, 700} {
		var measured []string
		for _, row := range got.Rows {
			if strings.Contains(row.Set, fmt.Sprintf(" %d rows", rows)) {
				measured = append(measured, row.Mode+": "+row.Way)
			}
		}
		measured = measured[:min(len(measured), len(everything))] // those of growth follow
		if !slices.Equal(measured, everything) {
			t.Errorf("of %d rows was measured %q, want %q", rows, measured, everything)
		}
	}
	var table bytes.Buffer
	if err := got.write(&table); err != nil {
		t.Fatal(err)
	}
	for _, text := range append(judged, "all answers were right", "synthetic", "load averages") {
		if !strings.Contains(table.String(), text) {
			t.Errorf("the table has no %q:\n%s", text, &table)
		}
	}
}

// TestWrongAnswersAreSeen changes an answer that is right in each way that would make it wrong.
func TestWrongAnswersAreSeen(t *testing.T) {
	q := question{order: percent}
	row := func(rank int, code, name string, before, after int64) line {
		b, a := decimal.NewFromInt(before), decimal.NewFromInt(after)
		return line{code, name, b, a, a.Sub(b), (float64(after)/float64(before) - 1) * 100, rank}
	}
	right := func() []line {
		return []line{row(1, "a", "A", 10, 20), row(2, "b", "B", 10, 15), row(2, "c", "C", 20, 30)}
	}
	if err := agree(q, right(), right(), false); err != nil {
		t.Fatal(err)
	}
	wrongs := map[string]func(lines []line) []line{
		"a row is missing":   func(lines []line) []line { return lines[1:] },
		"a row is twice":     func(lines []line) []line { return append(lines[:2], lines[1]) },
		"a figure":           func(lines []line) []line { lines[0].after = decimal.NewFromInt(21); return lines },
		"a change":           func(lines []line) []line { lines[0].absolute = decimal.NewFromInt(11); return lines },
		"a percentage":       func(lines []line) []line { lines[0].percent += 1e-6; return lines },
		"a name":             func(lines []line) []line { lines[0].name = "B"; return lines },
		"the order":          func(lines []line) []line { slices.Reverse(lines); return lines },
		"ranks of the order": func(lines []line) []line { lines[0].rank, lines[1].rank = 2, 1; return lines },
		"a tie that is none": func(lines []line) []line { lines[1].rank = 1; return lines },
	}
	for what, change := range wrongs {
		if agree(q, change(right()), right(), false) == nil {
			t.Errorf("an answer was taken for right in which %s was wrong", what)
		}
	}
	for _, refused := range []string{"", `{"data":null}`, `{"errors":[{}],"data":{"ranking":{"rows":[]}}}`, `{"data":{"ranking":{"rows":[{"base":{"value":null}}]}}}`} {
		if _, err := nestedLines([]byte(refused)); err == nil {
			t.Errorf("%s was taken for an answer", refused)
		}
	}
}

// TestNoQuestionIsAskedTwice where each has to be the first of its kind.
func TestNoQuestionIsAskedTwice(t *testing.T) {
	for _, indicators := range []int{20, 37, 200} {
		s := shapes(indicators, 1)[0]
		type slice struct{ indicator, year int }
		seen := map[slice]bool{}
		for _, q := range append(repeated(s), warming(s)...) {
			seen[slice{q.indicator, q.year}], seen[slice{q.indicator, q.base}] = true, true
		}
		met := map[int]bool{}
		for n := range firstQuestions(indicators) {
			q := first(s, n)
			for _, year := range []int{q.year, q.base} {
				if year < firstYear || year > lastYear || q.indicator >= indicators || seen[slice{q.indicator, year}] {
					t.Fatalf("%d indicators: first question %d, %+v, is none", indicators, n, q)
				}
				seen[slice{q.indicator, year}] = true
			}
			met[q.indicator] = met[q.indicator] || n < firstOf(indicators)
			if alone := len(met) == n+1; alone != (n < firstOf(indicators)) || !met[q.indicator] {
				t.Fatalf("%d indicators: first question %d, %+v, is in the wrong half", indicators, n, q)
			}
		}
		asked := map[question]bool{}
		for n := range 20_000 {
			q := renewed(s, n)
			if asked[q] || q.base == q.year || q.base < firstYear || q.base > lastYear || q.top < s.districts || !seen[slice{q.indicator, q.base}] || !seen[slice{q.indicator, q.year}] {
				t.Fatalf("%d indicators: new question %d, %+v, is none", indicators, n, q)
			}
			asked[q] = true
		}
	}
}

func TestFlagsThatCannotBe(t *testing.T) {
	for _, args := range [][]string{{"-clients", "0"}, {"-clients", "x"}, {"-only", "real"}, {"-indicators", "3"}, {"-once", "2000"}, {"-fast"}} {
		var errs bytes.Buffer
		if code := run(args, &errs, &errs); code != 2 {
			t.Errorf("%q: exit code %d", args, code)
		}
	}
}

// TestTheOthersHaveOurVersions holds the module of the other servers to the libraries of the project.
func TestTheOthersHaveOurVersions(t *testing.T) {
	versions := func(file string) map[string]string {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]string{}
		for text := range strings.Lines(string(text)) {
			if fields := strings.Fields(text); len(fields) >= 2 && strings.HasPrefix(fields[1], "v") {
				found[fields[0]] = fields[1]
			}
		}
		return found
	}
	ours, theirs := versions("../go.mod"), versions("bare/go.mod")
	for module, version := range theirs {
		if ours[module] != version {
			t.Errorf("%s is %s here and %s in bare/go.mod", module, ours[module], version)
		}
	}
	if len(theirs) == 0 {
		t.Error("bare/go.mod has no modules")
	}
}
