package main

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/warehouse/engine"
)

func TestMain(m *testing.M) {
	engine.Main() // does not return in the engine's child process
	os.Exit(m.Run())
}

// everything is each row that must be measured, in the order of the table.
var everything = []string{
	"growth, bare SQL", "comparison, first time", "ranking, first time",
	"comparison, in memory", "comparison, bare gqlgen", "ranking, in memory", "ranking, bare gqlgen",
}

// TestRunMeasuresEverything runs all of it on few facts. That answers are right
// is what the exit code says; how fast they were does not matter.
func TestRunMeasuresEverything(t *testing.T) {
	var out, errs bytes.Buffer
	code := run([]string{"-facts", "20000", "-duration", "50ms", "-workspace", "../examples/angiang", "-json"}, &out, &errs)
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, &errs)
	}
	var got report
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	var want, measured []string
	for _, set := range []string{"sample 1: ", "sample 8: ", "synthetic 1: ", "synthetic 8: "} {
		for _, row := range everything {
			want = append(want, set+row)
		}
	}
	for _, row := range got.Rows {
		if row.Requests < row.Clients || row.PerSecond <= 0 || row.P50 <= 0 || row.P50 > row.P95 || row.P95 > row.P99 {
			t.Errorf("impossible: %+v", row)
		}
		measured = append(measured, strings.Join([]string{row.Set, " ", string(rune('0' + row.Clients)), ": ", row.Kind, ", ", row.Way}, ""))
	}
	if !slices.Equal(measured, want) {
		t.Errorf("measured %q, want %q", measured, want)
	}
	if len(got.Ratios) != 2*2*2*2 || got.Machine.Cores < 1 || got.Machine.ClickHouse == "" {
		t.Errorf("%d ratios on %+v", len(got.Ratios), got.Machine)
	}
	var table bytes.Buffer
	if err := got.write(&table); err != nil {
		t.Fatal(err)
	}
	for _, row := range append(got.Sets, "bare SQL", "bare gqlgen", "first time ÷ bare SQL", "all answers were right") {
		if !strings.Contains(table.String(), row) {
			t.Errorf("the table has no %q:\n%s", row, &table)
		}
	}
}

// TestWrongAnswersAreSeen holds answers that are not the right ones against them.
func TestWrongAnswersAreSeen(t *testing.T) {
	s := &set{
		pool:    []question{{indicator: "synthetic-001", year: 2020, base: 2019}},
		answers: map[string][][]byte{ranking: {[]byte(`{"data":{"ranking":{}}`)}},
	}
	for _, answer := range []string{"", `{"data":null}`, `{"errors":[],"data":{"ranking":{}}}`} {
		if judge(s, ranking, 0, []byte(answer), nil) == nil {
			t.Errorf("%q was taken for right", answer)
		}
	}
	if err := judge(s, ranking, 0, []byte(`{"data":{"ranking":{}},"extensions":{}}`), nil); err != nil {
		t.Error(err)
	}
}

func TestFlagsThatCannotBe(t *testing.T) {
	for _, args := range [][]string{{"-clients", "0"}, {"-clients", "x"}, {"-only", "real"}, {"-fast"}} {
		var errs bytes.Buffer
		if code := run(args, &errs, &errs); code != 2 {
			t.Errorf("%q: exit code %d", args, code)
		}
	}
}
