package workspace_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// crossed is a whole workspace with units of 1 July 2025 and the rows of a crosswalk.
func crossed(t *testing.T, settings string, rows ...string) string {
	t.Helper()
	dir := whole(t)
	add := func(name, content string) {
		file, err := os.OpenFile(filepath.Join(dir, name), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.WriteString(content); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}
	add("units.csv", "91,province,tinh,,An Giang,An Giang,2025-07-01,,created,\n"+
		"30340,commune,xa,91,An Phú,An Phu,2025-07-01,,replaced,\n30341,commune,xa,91,Nhơn Hội,Nhon Hoi,2025-07-01,,created,\n"+
		"92,province,tinh,,Cà Mau,Ca Mau,2025-07-01,,created,\n30342,commune,xa,92,Đất Mũi,Dat Mui,2025-07-01,,created,\n")
	add("crosswalk.csv", "date,from,to,extent,share,by\n"+strings.Join(rows, "\n")+"\n")
	edit(t, filepath.Join(dir, "niengiam.yaml"), "  cohorts: cohorts.yaml", "  crosswalks: ["+settings+"]\n  cohorts: cohorts.yaml")
	return dir
}

func TestCrosswalk(t *testing.T) {
	w, err := workspace.Read(crossed(t, "crosswalk.csv", "2025-07-01,89,91,full,,", "2025-07-01,30340,30340,partial,1/3,area", "2025-07-01,30340,30341,partial,2/3,area", "2025-07-01,30520,30341,full,,"), nil)
	if err != nil {
		t.Fatal(err)
	}
	rows := w.Definitions.Crosswalk
	if len(rows) != 4 || rows[0].Partial || !rows[1].Partial || rows[1].By != "area" || rows[1].Share.Decimal().StringFixed(4) != "0.3333" {
		t.Errorf("read %+v", rows)
	}
	w, err = workspace.Read(crossed(t, "{file: crosswalk.csv, weights: {indicator: households, year: 2025}}", "2025-07-01,30340,30340,partial,,", "2025-07-01,30340,30341,partial,,"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if rows := w.Definitions.Crosswalk; rows[1].Weights == nil || *rows[1].Weights != (catalogue.Weights{IndicatorCode: "households", Year: 2025}) {
		t.Errorf("read %+v", rows)
	}
}

func TestCrosswalkFaults(t *testing.T) {
	for name, c := range map[string]struct {
		settings string
		rows     []string
		want     string
		says     string
	}{
		"shares":           {"crosswalk.csv", []string{"2025-07-01,30340,30340,partial,0.4,", "2025-07-01,30340,30341,partial,0.5,"}, "WORKSPACE_CROSSWALK crosswalk.csv:2", "sum to 0.9, not to 1"},
		"one share":        {"crosswalk.csv", []string{"2025-07-01,30340,30340,partial,0.4,", "2025-07-01,30340,30341,partial,,"}, "WORKSPACE_CROSSWALK crosswalk.csv:2", "1 of the 2 parts"},
		"no rest":          {"crosswalk.csv", []string{"2025-07-01,30340,30340,partial,,"}, "WORKSPACE_CROSSWALK crosswalk.csv:2", "the rest"},
		"whole and more":   {"crosswalk.csv", []string{"2025-07-01,30340,30340,full,,", "2025-07-01,30340,30341,full,,"}, "WORKSPACE_CROSSWALK crosswalk.csv:2", "elsewhere"},
		"twice":            {"crosswalk.csv", []string{"2025-07-01,30340,30340,partial,,", "2025-07-01,30340,30340,partial,,"}, "WORKSPACE_DUPLICATE_CODE crosswalk.csv:3", "twice"},
		"share of a whole": {"crosswalk.csv", []string{"2025-07-01,30340,30340,full,0.5,"}, "WORKSPACE_CROSSWALK crosswalk.csv:2", "whole"},
		"share over one":   {"crosswalk.csv", []string{"2025-07-01,30340,30340,partial,1.5,", "2025-07-01,30340,30341,partial,-0.5,"}, "WORKSPACE_BAD_VALUE crosswalk.csv:2", "between 0 and 1"},
		"unknown from":     {"crosswalk.csv", []string{"2025-07-01,30349,30341,full,,"}, "WORKSPACE_UNKNOWN_REFERENCE crosswalk.csv:2", "before 2025-07-01"},
		"unknown to":       {"crosswalk.csv", []string{"2025-07-01,30340,30520,full,,"}, "WORKSPACE_UNKNOWN_REFERENCE crosswalk.csv:2", "on 2025-07-01"},
		"levels":           {"crosswalk.csv", []string{"2025-07-01,30340,91,full,,"}, "WORKSPACE_CROSSWALK crosswalk.csv:2", "level"},
		"no day":           {"crosswalk.csv", []string{",30340,30341,full,,"}, "WORKSPACE_MISSING_KEY crosswalk.csv:2", "no day"},
		"extent":           {"crosswalk.csv", []string{"2025-07-01,30340,30341,half,,"}, "WORKSPACE_BAD_VALUE crosswalk.csv:2", "half"},
		"by":               {"crosswalk.csv", []string{"2025-07-01,30340,30341,full,,votes"}, "WORKSPACE_BAD_VALUE crosswalk.csv:2", "votes"},
		"elsewhere":        {"crosswalk.csv", []string{"2025-07-01,89,91,full,,", "2025-07-01,30520,30342,full,,"}, "WORKSPACE_CROSSWALK crosswalk.csv:3", "30520 is carried into 30342, which lies in 92 on 2025-07-01; but 89, in which 30520 lay, is carried into 91 (crosswalk.csv:2"},
		"a part elsewhere": {"crosswalk.csv", []string{"2025-07-01,30340,30340,partial,,", "2025-07-01,30340,30342,partial,,", "2025-07-01,89,91,full,,"}, "WORKSPACE_CROSSWALK crosswalk.csv:3", "is carried into 91 (crosswalk.csv:4"},
		"goes on":          {"crosswalk.csv", []string{"2023-04-10,890,886,full,,"}, "WORKSPACE_CROSSWALK crosswalk.csv:2", "goes on"},
		"weights":          {"{file: crosswalk.csv, weights: {indicator: poverty-rate, year: 2025}}", []string{"2025-07-01,30340,30341,full,,"}, "WORKSPACE_BAD_VALUE niengiam.yaml:9", "neither a count"},
		"both":             {"{file: crosswalk.csv, weights: {indicator: households, year: 2025}}", []string{"2025-07-01,30340,30340,partial,0.5,", "2025-07-01,30340,30341,partial,0.5,"}, "WORKSPACE_CROSSWALK crosswalk.csv:2", "follow households"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := workspace.Read(crossed(t, c.settings, c.rows...), nil)
			if err == nil {
				t.Fatal("it was read")
			}
			code, place, _ := strings.Cut(c.want, " ")
			for _, e := range number.Errors(err) {
				if string(e.Code) == code && strings.HasPrefix(e.Where, place) && strings.Contains(e.Message.String(), c.says) {
					return
				}
			}
			t.Errorf("got %v, want %s that says %q", err, c.want, c.says)
		})
	}
}

// TestCrosswalkOfParts reads rows of units that go to one of several that the unit above
// them is divided among: they contradict nothing.
func TestCrosswalkOfParts(t *testing.T) {
	w, err := workspace.Read(crossed(t, "crosswalk.csv", "2025-07-01,89,91,partial,,", "2025-07-01,89,92,partial,,", "2025-07-01,30520,30342,full,,", "2025-07-01,30340,30341,full,,"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if rows := w.Definitions.Crosswalk; len(rows) != 4 {
		t.Errorf("read %+v", rows)
	}
}
