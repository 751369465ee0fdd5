package workspace_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// Every key of a tile arrives where the question is made of it.
func TestDashboard(t *testing.T) {
	w, err := workspace.Read(whole(t), nil)
	if err != nil || len(w.Definitions.Dashboards) != 1 {
		t.Fatal(err)
	}
	d := w.Definitions.Dashboards[0]
	if d.Code != "screen" || d.Titles.EN != "Screen" || d.Descriptions.VI != "Mọi loại ô" || d.UnitCode != "89" || d.Year != 2020 || d.BaseYear != 2018 {
		t.Errorf("%+v", d)
	}
	text := func(vi, en string) number.Text { return number.Text{VI: vi, EN: en} }
	want := []*catalogue.TileTemplate{
		{Kind: catalogue.HeadlineTile, Titles: text("Một", "One"), IndicatorCode: "criterion"},
		{Kind: catalogue.TrendTile, Titles: text("Hai", "Two"), IndicatorCode: "households", UnitCodes: []string{"886", "890"}, From: 2015},
		{Kind: catalogue.RankingTile, Titles: text("Ba", "Three"), IndicatorCode: "criterion", By: "district", OrderBy: catalogue.ByPoints, Top: 5},
		{Kind: catalogue.TargetsTile, Titles: text("Bốn", "Four"), TargetCode: "eighty"},
		{Kind: catalogue.ScorecardTile, Titles: text("Năm", "Five"), SetCode: "standard", By: "district"},
		{Kind: catalogue.ChurnTile, Titles: text("Sáu", "Six"), IndicatorCode: "criterion", BaseYear: 2015},
		{Kind: catalogue.TableTile, Titles: text("Bảy", "Seven"), IndicatorCodes: []string{"households", "income"}, By: "district",
			Measures: []catalogue.TableMeasure{catalogue.ShowFigure, catalogue.ShowPercent}},
	}
	for i, tile := range d.Tiles {
		if !reflect.DeepEqual(tile, want[i]) {
			t.Errorf("%+v, want %+v", tile, want[i])
		}
	}
}

// Without a base year it is that of every question.
func TestDashboardDefaults(t *testing.T) {
	dir := whole(t)
	edit(t, filepath.Join(dir, "dashboards/screen.yaml"), "base_year: 2018\n", "")
	w, err := workspace.Read(dir, nil)
	if err != nil || w.Definitions.Dashboards[0].BaseYear != number.DefaultBaseYear {
		t.Error(err)
	}
}

// The base year may be the year before the year shown, whichever that is.
func TestDashboardYearBefore(t *testing.T) {
	dir := whole(t)
	edit(t, filepath.Join(dir, "dashboards/screen.yaml"), "base_year: 2018\n", "base_year: previous\n")
	w, err := workspace.Read(dir, nil)
	if err != nil || w.Definitions.Dashboards[0].BaseYear != number.PreviousYear {
		t.Error(err)
	}
}

// Every fault of a dashboard is found, with its file and line.
func TestDashboardFaults(t *testing.T) {
	const file = "dashboards/screen.yaml"
	for _, c := range []struct{ name, old, new, want, says string }{
		{"no code", "code: screen\n", "", "WORKSPACE_MISSING_KEY " + file + ":1", `"code"`},
		{"bad code", "code: screen", "code: Màn hình", "WORKSPACE_BAD_VALUE " + file + ":1", "lower-case"},
		{"no title", "title: {vi: Màn hình, en: Screen}\n", "", "WORKSPACE_MISSING_KEY " + file + ":1", `"title"`},
		{"title of no language", "vi: Màn hình, en: Screen", `vi: ""`, "WORKSPACE_MISSING_TEXT " + file + ":2", "neither language"},
		{"unknown unit", `unit: "89"`, `unit: "98"`, "WORKSPACE_UNKNOWN_REFERENCE " + file + ":4", `no unit "98"`},
		{"no unit", "unit: \"89\"\n", "", "WORKSPACE_MISSING_KEY " + file + ":1", `"unit"`},
		{"no year", "year: 2020\n", "", "WORKSPACE_MISSING_KEY " + file + ":1", `"year"`},
		{"year", "year: 2020", "year: this", "WORKSPACE_BAD_VALUE " + file + ":5", "whole number"},
		{"year and base year", "base_year: 2018", "base_year: 2020", "WORKSPACE_BAD_VALUE " + file + ":6", "2020"},
		{"unknown key", "base_year: 2018", "base: 2018", "WORKSPACE_UNKNOWN_KEY " + file + ":6", "base_year"},
		{"no kind", "{kind: headline, ", "{", "WORKSPACE_MISSING_KEY " + file + ":8", `"kind"`},
		{"unknown kind", "kind: headline", "kind: headlines", "WORKSPACE_BAD_VALUE " + file + ":8", "nearest: headline"},
		{"tile without title", "title: {vi: Một, en: One}, ", "", "WORKSPACE_MISSING_KEY " + file + ":8", `"title"`},
		{"tile without question", "vi: Một, en: One}, indicator: criterion}", "vi: Một, en: One}}", "WORKSPACE_MISSING_KEY " + file + ":8", `"indicator"`},
		{"unknown indicator", "One}, indicator: criterion", "One}, indicator: criterium", "WORKSPACE_UNKNOWN_REFERENCE " + file + ":8", "nearest: criterion"},
		{"key of another kind", "One}, indicator: criterion", "One}, indicator: criterion, top: 3", "WORKSPACE_BAD_VALUE " + file + ":8", "it takes indicator, unit"},
		{"unknown unit of a tile", `"886", "890"`, `"886", "891"`, "WORKSPACE_UNKNOWN_REFERENCE " + file + ":9", "891"},
		{"unit twice", `"886", "890"`, `"886", "886"`, "WORKSPACE_DUPLICATE_CODE " + file + ":9", "twice"},
		{"units and by", "from: 2015", "by: district", "WORKSPACE_BAD_VALUE " + file + ":9", "both units and by"},
		{"from", "from: 2015", "from: x", "WORKSPACE_BAD_VALUE " + file + ":9", "whole number"},
		{"unknown level", "by: district, order_by", "by: distrikt, order_by", "WORKSPACE_UNKNOWN_REFERENCE " + file + ":10", "nearest: district"},
		{"ranking of nobody", "by: district, order_by", "order_by", "WORKSPACE_MISSING_KEY " + file + ":10", `"by"`},
		{"order", "order_by: points", "order_by: point", "WORKSPACE_BAD_VALUE " + file + ":10", "nearest: points"},
		{"order by the gap to nothing", "order_by: points", "order_by: gap", "WORKSPACE_BAD_VALUE " + file + ":10", "target"},
		{"top", "top: 5", "top: 0", "WORKSPACE_BAD_VALUE " + file + ":10", "from 1"},
		{"within nothing", "target: eighty", "target: eighty, unit: \"890\", within: \"89\"", "WORKSPACE_BAD_VALUE " + file + ":11", "within"},
		{"unknown target", "target: eighty", "target: eigthy", "WORKSPACE_UNKNOWN_REFERENCE " + file + ":11", "nearest: eighty"},
		{"unknown set", "set: standard", "set: standrad", "WORKSPACE_UNKNOWN_REFERENCE " + file + ":12", "nearest: standard"},
		{"churn of a count", "Six}, indicator: criterion", "Six}, indicator: households", "WORKSPACE_BAD_VALUE " + file + ":13", "no attainment"},
		{"table of nothing", "[households, income]", "[]", "WORKSPACE_MISSING_KEY " + file + ":14", "at least one"},
		{"measure", "[figure, percent]", "[figure, procent]", "WORKSPACE_BAD_VALUE " + file + ":14", "nearest: percent"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := whole(t)
			edit(t, filepath.Join(dir, file), c.old, c.new)
			_, err := workspace.Read(dir, nil)
			holds(t, err, c.want, c.says)
		})
	}
}

func TestDashboardsAsAWhole(t *testing.T) {
	for _, c := range []struct{ name, old, new, want, says string }{
		{"a file that is not there", "dashboards/screen.yaml", "dashboards/scren.yaml", "WORKSPACE_FILE_MISSING niengiam.yaml:60", "scren.yaml"},
		{"a file outside", "dashboards/screen.yaml", "../screen.yaml", "WORKSPACE_FILE_OUTSIDE niengiam.yaml:60", "leaves"},
		{"a code twice", "[dashboards/screen.yaml]", "[dashboards/screen.yaml, dashboards/screen.yaml]", "WORKSPACE_DUPLICATE_CODE dashboards/screen.yaml:1", "twice"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := whole(t)
			edit(t, filepath.Join(dir, "niengiam.yaml"), c.old, c.new)
			_, err := workspace.Read(dir, nil)
			holds(t, err, c.want, c.says)
		})
	}
	for name, tiles := range map[string]string{
		"WORKSPACE_MISSING_KEY at least one": "[]",
		"WORKSPACE_BAD_VALUE 21 tiles":       "[" + strings.Repeat("{kind: headline, title: {vi: A, en: B}, indicator: criterion}, ", 21) + "]",
	} {
		t.Run(name, func(t *testing.T) {
			dir := whole(t)
			file := filepath.Join(dir, "dashboards/screen.yaml")
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			head, _, _ := strings.Cut(string(content), "tiles:")
			if err := os.WriteFile(file, []byte(head+"tiles: "+tiles+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err = workspace.Read(dir, nil)
			code, says, _ := strings.Cut(name, " ")
			holds(t, err, code+" dashboards/screen.yaml:7", says)
		})
	}
}

// holds checks that an error has a fault of a code at a place that says something.
func holds(t *testing.T, err error, want, says string) {
	t.Helper()
	code, place, _ := strings.Cut(want, " ")
	var all []string
	for _, fault := range number.Errors(err) {
		if string(fault.Code) == code && (fault.Where == place || strings.HasPrefix(fault.Where, place+":")) && strings.Contains(fault.Error(), says) {
			return
		}
		all = append(all, fmt.Sprintf("%s %s", fault.Code, fault))
	}
	t.Errorf("want %s %q, got\n%s", want, says, strings.Join(all, "\n"))
}
