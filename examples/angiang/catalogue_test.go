package angiang_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The denominators of the reported counts are the communes of the list of units.
func TestReportedDenominatorsAreTheUnitsOfTheYear(t *testing.T) {
	all := units(t)
	for _, r := range read(t, "data/ntm_reports.csv") {
		if r["standing"] == "conflicting" || r["indicator"] == "ntm-advanced-aimed" { // of the communes aimed at
			continue
		}
		year, err := strconv.Atoi(r["year"])
		if err != nil {
			t.Fatal(err)
		}
		level, kind := "commune", "xa"
		if r["indicator"] == "ntm-district" {
			level, kind = "district", ""
		}
		v := valid(all, year)
		if r["code"] != "89" {
			v = slices.DeleteFunc(v, func(u row) bool { return u["parent"] != r["code"] })
		}
		if n := count(v, level, kind); strconv.Itoa(n) != r["eligible"] {
			t.Errorf("%s of %s in %s: %s eligible, the list has %d", r["indicator"], r["code"], r["year"], r["eligible"], n)
		}
	}
}

func TestCohortsAreUnitsOfTheirYear(t *testing.T) {
	text, err := os.ReadFile("catalogue/cohorts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]string{}
	for _, u := range valid(units(t), 2020) {
		kinds[u["code"]] = u["kind"]
	}
	cohorts, planned := map[string][]string{}, map[string]int{}
	cohort := regexp.MustCompile(`(?s)- code: ([a-z]\S+)\n.*?units:(.*?)\n    source:`)
	for _, m := range cohort.FindAllStringSubmatch(string(text), -1) {
		for _, unit := range regexp.MustCompile(`"(\d+)"(?:, planned: (\d+))?`).FindAllStringSubmatch(m[2], -1) {
			want := "xa"
			if strings.HasPrefix(m[1], "pilot-districts") {
				want = "huyen"
			}
			if kinds[unit[1]] != want {
				t.Errorf("%s: %s is %q in 2020", m[1], unit[1], kinds[unit[1]])
			}
			cohorts[m[1]] = append(cohorts[m[1]], unit[1])
			planned[unit[2]]++
		}
	}
	for code, members := range cohorts {
		if slices.Sort(members); len(slices.Compact(slices.Clone(members))) != len(members) {
			t.Errorf("%s names a unit twice", code)
		}
	}
	if n := len(cohorts["pilot-communes-2021-2025"]); n != 28 {
		t.Errorf("%d pilot communes, want 28", n)
	}
	if want := map[string]int{"": 2, "2021": 11, "2022": 10, "2023": 4, "2024": 2, "2025": 1}; !maps.Equal(planned, want) {
		t.Errorf("planned years are %v, want %v", planned, want)
	}
	if n := len(cohorts["pilot-districts-2021-2025"]); n != 2 {
		t.Errorf("%d pilot districts, want 2", n)
	}
}

// Every row has a source and a date of publication; no cell stands twice in one
// release, and a conflicting row stands beside a used one.
func TestRowsAreSourcedAndUnique(t *testing.T) {
	files, err := filepath.Glob("data/*.csv")
	if err != nil || len(files) != 14 {
		t.Fatalf("%d data files, %v", len(files), err)
	}
	date := regexp.MustCompile(`^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`)
	for _, file := range files {
		seen, used, conflicting := map[string]bool{}, map[string]bool{}, []string{}
		for i, r := range read(t, file) {
			if !strings.Contains(r["source"], "://") || !date.MatchString(r["published"]) {
				t.Errorf("%s:%d: source %q, published %q", file, i+2, r["source"], r["published"])
			}
			cell := strings.Join([]string{r["code"], r["district"], r["commune"], r["indicator"], r["year"], r["sex"], r["residence"], r["level"], r["kind"]}, "|")
			if r["standing"] == "conflicting" {
				conflicting = append(conflicting, cell)
				continue
			}
			used[cell] = true
			if key := cell + "|" + r["published"]; seen[key] {
				t.Errorf("%s:%d: %s twice", file, i+2, key)
			} else {
				seen[key] = true
			}
		}
		for _, cell := range conflicting {
			if !used[cell] {
				t.Errorf("%s: %s conflicts with nothing", file, cell)
			}
		}
	}
}
