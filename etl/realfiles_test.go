//go:build realfiles

package etl

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// mostMappingLines is how long the mapping of a file may be, from its code on.
const mostMappingLines = 25

// The real files of the folder NIENGIAM_FILES (see CONTRIBUTING.md), each by a mapping that an
// officer can write: how many figures it gives, what is rejected, and some of the figures.
func TestRealFiles(t *testing.T) {
	for _, c := range []struct {
		mapping, file, units string
		facts, rejects       int
		figures              string // indicator unit year value status
	}{
		{"gso", "formats/gso_population_by_province_2011_2024.jsonstat.json", "country", 70 * 14, 0, "population VN 2011 88145.825 A; population R6 2019 17282.5 A"},
		{"galicia", "formats/galicia.jsonstat2.json", "abroad", 4 * 2, 1, "residents ES15 2001 1096027 A; residents ES36 2011 954877 A"},
		{"dogs", "formats/TUX01.px", "abroad", 11 * 33, 0, "dogs GL8 1990 1735 A; dogs GL9 2022 576 A"},
		{"labour", "formats/SOXATI4.px", "abroad", 6, 0, "labour-force GL 2016 53191 A"},
		{"estonia", "formats/estonia_county_population_bom.csv", "abroad", 15 * 28, 2, "residents EE37 1990 607158 A"},
		{"sdmx1", "formats/sdmx_example_01.csv", "abroad", 0, 2, ""},
		{"sdmx4", "formats/sdmx_example_04_semicolon.csv", "abroad", 0, 2, ""},
		{"quangngai", "formats/quang_ngai_2016_t211_preschool_classes_by_district.csv", "vietnam", 14 * 6, 0, "preschool-classes 522 2015 328 A; preschool-classes[ownership=non-public] 528 2016 0 A"},
		{"preschools", "formats/an_giang_2015_preschools.csv", "country", 4 * 5, 0, "preschools 89 2011 196 A; preschool-classes 89 2011 1962 A; preschool-classes[ownership=public] 89 2015 1641 A"},
		{"vinhphuc", "formats/vinh_phuc_2022_t235_classes.csv", "vietnam", 3 * 5, 0, "primary-classes 26 2018 3417 A; secondary-classes[ownership=non-public] 26 2022 4 A"},
		{"papi", "formats/papi_2011_2016_by_province.xlsx", "country", 63*6 - 2, 0, "governance 01 2011 5.76248 A; governance 96 2016 4.6055173874 A"},
		{"yearbook2002", "formats/gso_yearbook_2002_tcvn3.xls", "country", 13, 0, "population VN 1990 66016.7 A; population VN 2001 78685.8 A"},
		{"danang", "formats/da_nang_2022_safety.csv", "vietnam", 2 * 5, 0, "accidents 48 2018 96 A; road-deaths 48 2022 56 P"},
		{"poverty", "formats/an_giang_poverty_2013_2015_partial.csv", "country", 4 * 6, 3, "poor-households 883 2013 1054 A; poverty-rate 886 2015 17.71 A"},
	} {
		t.Run(c.mapping, func(t *testing.T) {
			w := realWorkspace(t, c.mapping, c.file, c.units)
			result, err := examineSource(t.Context(), w, w.Sources[0], bounds{})
			if err != nil {
				t.Fatal(err)
			}
			for i, r := range result.Rejects {
				if i < 12 && (c.rejects == 0 || testing.Verbose()) {
					t.Logf("%s %q %s %s", placeOf(r.Place), r.Value, r.Reason, r.DetailText(number.English))
				}
			}
			if result.Facts != c.facts || len(result.Rejects) != c.rejects {
				t.Errorf("%d figures and %d rejects, want %d and %d", result.Facts, len(result.Rejects), c.facts, c.rejects)
			}
			var got strings.Builder
			for _, f := range listed(t, result) {
				fmt.Fprintf(&got, "%s %s %d %s %s\n", named(f.Indicator, f.Breakdown), f.unitCode, f.Year, optional(f.Value), f.Status)
			}
			for figure := range strings.SplitSeq(c.figures, "; ") {
				if !strings.Contains(got.String(), figure) {
					t.Errorf("%s is not among\n%.2000s", figure, got.String())
				}
			}
		})
	}
}

// Each real file of text has a broken twin: one thing in it is changed, and exactly what a
// reader would call wrong is told.
func TestBrokenTwins(t *testing.T) {
	for _, c := range []struct {
		mapping, file, units string
		old, broken          string
		told                 []string // codes of rejects, or of the fault of the file
	}{
		{"gso", "formats/gso_population_by_province_2011_2024.jsonstat.json", "country", `"Vinh Phuc"`, `"Vinh Phuoc"`, []string{"UNKNOWN_UNIT 14"}},
		{"gso", "formats/gso_population_by_province_2011_2024.jsonstat.json", "country", `88145.825`, `"88,145"`, []string{"NOT_A_NUMBER 1"}},
		{"gso", "formats/gso_population_by_province_2011_2024.jsonstat.json", "country", `"size":[70,14,3]`, `"size":[70,14,4]`, []string{"FILE_MALFORMED 1"}},
		{"galicia", "formats/galicia.jsonstat2.json", "abroad", "1096027", "1096127", []string{"TOTAL_DIFFERS 2"}},
		{"dogs", "formats/TUX01.px", "abroad", "28449 28526", "28448 28526", []string{"TOTAL_DIFFERS 1"}},
		{"dogs", "formats/TUX01.px", "abroad", "28449 28526", "28449", []string{"FILE_MALFORMED 1"}},
		{"labour", "formats/SOXATI4.px", "abroad", "DATA=", "DATE=", []string{"FILE_MALFORMED 1"}},
		{"estonia", "formats/estonia_county_population_bom.csv", "abroad", `"Hiiu county"`, `"Hiu county"`, []string{"TOTAL_DIFFERS 0", "UNKNOWN_UNIT 30"}},
		{"sdmx1", "formats/sdmx_example_01.csv", "abroad", "2014-01", "2014", []string{"BAD_YEAR 1"}},
		{"quangngai", "formats/quang_ngai_2016_t211_preschool_classes_by_district.csv", "vietnam", "TP. Quảng Ngãi;328", "TP. Quảng Ngãi;382", []string{"TOTAL_DIFFERS 2"}},
		{"quangngai", "formats/quang_ngai_2016_t211_preschool_classes_by_district.csv", "vietnam", "Huyện Ba Tơ;141", "Huyện Ba Tư;141", []string{"UNKNOWN_UNIT 1"}},
		{"preschools", "formats/an_giang_2015_preschools.csv", "country", "1,962", "19,62", []string{"NOT_A_NUMBER 1"}},
		{"vinhphuc", "formats/vinh_phuc_2022_t235_classes.csv", "vietnam", "3.417;3.572", "3.417;3.57", []string{"NOT_A_NUMBER 1"}},
		{"danang", "formats/da_nang_2022_safety.csv", "vietnam", "Sơ bộ 2022", "Xấp xỉ 2022", []string{"BAD_YEAR 1"}},
		{"poverty", "formats/an_giang_poverty_2013_2015_partial.csv", "country", "An Phu district", "Chau Phu district", []string{"TOTAL_DIFFERS 3", "UNKNOWN_UNIT 1"}},
	} {
		t.Run(c.mapping+" "+c.broken, func(t *testing.T) {
			w := realWorkspace(t, c.mapping, c.file, c.units)
			path := filepath.Join(w.Dir, "in"+path.Ext(c.file))
			content, err := os.ReadFile(path)
			if err != nil || !strings.Contains(string(content), c.old) {
				t.Fatalf("the file has no %q: %v", c.old, err)
			}
			times := 1
			if c.mapping == "estonia" {
				times = -1
			}
			if err := os.WriteFile(path, []byte(strings.Replace(string(content), c.old, c.broken, times)), 0o644); err != nil {
				t.Fatal(err)
			}
			counts := map[number.Code]int{}
			result, err := Examine(t.Context(), w, w.Sources[0])
			for _, fault := range number.Errors(err) {
				counts[fault.Code]++
			}
			for _, r := range result.Rejects {
				counts[r.Reason]++
			}
			for _, told := range c.told {
				code, count, _ := strings.Cut(told, " ")
				if got := fmt.Sprint(counts[number.Code(code)]); got != count {
					t.Errorf("%s is told %s times, want %s: %v %v", code, got, count, counts, err)
				}
			}
		})
	}
}

// Answer 9: the file of the statistics office gives every figure of the sample's population.
func TestOfficeFileGivesTheSample(t *testing.T) {
	own := realWorkspace(t, "gso", "formats/gso_population_by_province_2011_2024.jsonstat.json", "country")
	office, err := examineSource(t.Context(), own, own.Sources[0], bounds{})
	if err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Read("../examples/angiang", anyQuestions{})
	if err != nil {
		t.Fatal(err)
	}
	sample, err := examineSource(t.Context(), w, w.Source("population"), bounds{})
	if err != nil {
		t.Fatal(err)
	}
	figures := func(facts []fact) map[string]string {
		all := map[string]string{}
		for _, f := range facts {
			all[fmt.Sprintf("%s %d", f.unitCode, f.Year)] = fmt.Sprintf("%s %s", optional(f.Value), f.Status)
		}
		return all
	}
	got, want := figures(listed(t, office)), figures(listed(t, sample))
	if len(got) != 980 || !maps.Equal(got, want) {
		t.Errorf("%d figures, %d in the sample", len(got), len(want))
		for key, figure := range want {
			if got[key] != figure {
				t.Errorf("%s is %s, in the sample %s", key, got[key], figure)
			}
		}
	}
}

// anyQuestions stands for the saved questions of the sample, which are none of this room.
type anyQuestions struct{}

func (anyQuestions) Codes() []string { return []string{"population-growth", "targets"} }

func (anyQuestions) Tile(string, number.Text, map[string][]string) (*catalogue.TileTemplate, error) {
	return &catalogue.TileTemplate{Kind: catalogue.TargetsTile}, nil
}

// realWorkspace makes a workspace of a mapping, its file and a list of units.
func realWorkspace(t *testing.T, mapping, file, units string) *workspace.Workspace {
	t.Helper()
	read := func(path string) []byte {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	rules := read("testdata/real/" + mapping + ".yaml")
	if lines := strings.Count(string(rules), "\n"); lines > mostMappingLines {
		t.Errorf("the mapping has %d lines, over %d", lines, mostMappingLines)
	}
	lists := map[string][]string{
		"country": {"../examples/angiang/catalogue/units_country.csv", "../examples/angiang/catalogue/units_angiang.csv"},
		"abroad":  {"testdata/real/units_abroad.csv"}, "vietnam": {"testdata/real/units_vietnam.csv"},
	}[units]
	dir := t.TempDir()
	write := func(name string, content []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var named []string
	for i, list := range lists {
		named = append(named, fmt.Sprintf("units%d.csv", i))
		write(named[i], read(list))
	}
	write("levels.yaml", read("../examples/angiang/catalogue/levels.yaml"))
	write("topics.yaml", read("testdata/catalogue/topics.yaml"))
	write("indicators.yaml", read("testdata/real/indicators.yaml"))
	write("dimensions.yaml", read("testdata/real/dimensions.yaml"))
	write("in"+path.Ext(file), read(filepath.Join(os.Getenv("NIENGIAM_FILES"), filepath.FromSlash(file))))
	write(workspace.Filename, []byte(fmt.Sprintf(`workspace: test
title: {en: Test}
catalogue:
  levels: levels.yaml
  topics: topics.yaml
  dimensions: dimensions.yaml
  indicators: [indicators.yaml]
  units: [%s]
sources:
%s`, strings.Join(named, ", "), rules)))
	w, err := workspace.Read(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// listed lists the facts of a result.
func listed(t *testing.T, result Result) []fact {
	t.Helper()
	facts, err := result.facts.all()
	if err = errors.Join(err, result.facts.close()); err != nil {
		t.Fatal(err)
	}
	return facts
}
