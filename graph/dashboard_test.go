package graph_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// screen is a dashboard with a tile of every kind, and one whose indicator there is not.
func screen() *catalogue.DashboardTemplate {
	return &catalogue.DashboardTemplate{
		Code: "screen", Titles: number.Text{VI: "Màn hình", EN: "Screen"}, UnitCode: "89", Year: 2020, BaseYear: 2019,
		Tiles: []*catalogue.TileTemplate{
			{Kind: catalogue.HeadlineTile, Titles: number.Same("one"), IndicatorCode: "criterion-19-2"},
			{Kind: catalogue.TrendTile, Titles: number.Same("two"), IndicatorCode: "criterion-19-2"},
			{Kind: catalogue.RankingTile, Titles: number.Same("three"), IndicatorCode: "population", By: "district", OrderBy: catalogue.ByPercent, Top: 3},
			{Kind: catalogue.TargetsTile, Titles: number.Same("four")},
			{Kind: catalogue.ChurnTile, Titles: number.Same("five"), IndicatorCode: "criterion-19-2", BaseYear: 2018},
			{Kind: catalogue.TableTile, Titles: number.Same("six"), IndicatorCodes: []string{"population"}, By: "district"},
			{Kind: catalogue.ScorecardTile, Titles: number.Same("seven"), SetCode: "none", By: "district"},
			{Kind: catalogue.HeadlineTile, Titles: number.Same("eight"), IndicatorCode: "population", Year: 2019, BaseYear: 2018},
		},
	}
}

// district is about one district, among all of its level.
func district() *catalogue.DashboardTemplate {
	return &catalogue.DashboardTemplate{
		Code: "district", Titles: number.Same("District"), UnitCode: "883", Year: 2020, BaseYear: 2019,
		Tiles: []*catalogue.TileTemplate{
			{Kind: catalogue.RankingTile, Titles: number.Same("one"), IndicatorCode: "population", By: "district", Everywhere: true},
			{Kind: catalogue.TableTile, Titles: number.Same("two"), IndicatorCodes: []string{"population"}, By: "district", Everywhere: true},
		},
	}
}

const everyTile = `question { template { code title(language: EN) years } unit { name } year baseYear asOf basis { kind } } release { id }
	tiles { kind title comparison { question { year baseYear } rows { text } churnReason } series { years series { figures { text } } }
		ranking { question { within { code } orderBy } rows { rank unit { code } } othersCount } targets { rows { result } } table { totalCount columns { year } } scorecard { rows { text } }
		refusals { code message en: message(language: EN) where nearest hint todo: hint(language: EN) } }`

// A dashboard is one round trip. What its address leaves out is its own, and a tile
// keeps its own year; a refused one says so in both languages and the others remain.
func TestDashboard(t *testing.T) {
	d := open(t, graph.Config{})
	var trips atomic.Int32
	d.before = func(context.Context) error { trips.Add(1); return nil }
	got := d.ask(t, `{ dashboards { code title description year baseYear } dashboard(code: "screen") { `+everyTile+` } }`)
	if len(got.Errors) > 0 || trips.Load() != 1 {
		t.Errorf("%d round trips, %+v", trips.Load(), got.Errors)
	}
	golden(t, "dashboard", got.Data)
}

// The address of the screen may name other years and another unit.
func TestDashboardOfAnother(t *testing.T) {
	d := open(t, graph.Config{})
	got := d.ask(t, `{ dashboard(code: "screen", year: 2019, baseYear: 2018, unit: "883", scope: {asOf: {date: "2021-12-31"}}) {
		question { unit { code } year baseYear asOf } tiles { kind comparison { question { unit { code } year baseYear } } series { years } } } }`)
	var answer struct {
		Dashboard struct {
			Question struct {
				Unit           struct{ Code string }
				Year, BaseYear int
				AsOf           string
			}
			Tiles []struct {
				Comparison *struct {
					Question struct {
						Unit           struct{ Code string }
						Year, BaseYear int
					}
				}
				Series *struct{ Years []int }
			}
		}
	}
	if err := json.Unmarshal(got.Data, &answer); err != nil || len(got.Errors) > 0 {
		t.Fatalf("%v %+v", err, got.Errors)
	}
	q, tiles := answer.Dashboard.Question, answer.Dashboard.Tiles
	if q.Unit.Code != "883" || q.Year != 2019 || q.BaseYear != 2018 || q.AsOf != "2021-12-31" {
		t.Errorf("%+v", q)
	}
	if first := tiles[0].Comparison.Question; first.Unit.Code != "883" || first.Year != 2019 || first.BaseYear != 2018 {
		t.Errorf("%+v", first)
	}
	if years := tiles[1].Series.Years; years[len(years)-1] != 2019 {
		t.Errorf("a trend up to %v", years)
	}
}

// A tile whose units lie everywhere is not narrowed to the unit of the dashboard, and is
// priced as it is answered.
func TestTileOfUnitsEverywhere(t *testing.T) {
	d := open(t, graph.Config{})
	got := d.ask(t, `{ dashboard(code: "district") { question { unit { code } } tiles { ranking { rankedCount question { within { code } } rows { rank } } table { totalCount } } } }`)
	const all = `"ranking":{"rankedCount":11,"question":{"within":null},"rows":[{"rank":1}`
	if text := string(got.Data); len(got.Errors) > 0 || !strings.Contains(text, all) || !strings.Contains(text, `"table":{"totalCount":11}`) || !strings.Contains(text, `"unit":{"code":"883"}`) {
		t.Errorf("%s %+v", text, got.Errors)
	}
	got = d.ask(t, `{ dashboard(code: "district") { tiles { ranking { rows { rank } } } } }`)
	if want := 1 + 2 + 1 + 1 + (1 + 2*11 + 1 + 11*2); got.Extensions.Price != want {
		t.Errorf("the price is %d, want %d", got.Extensions.Price, want)
	}
}

// The years that are offered as of a day are those that had figures then.
func TestYearsOfADashboard(t *testing.T) {
	d := open(t, graph.Config{})
	for scope, want := range map[string]string{
		"": `{"years":[2018,2019,2020]}`, `, scope: {asOf: {date: "2021-03-12"}}`: `{"years":[2018,2019,2020]}`, `, scope: {asOf: {date: "2021-03-11"}}`: `{"years":[]}`,
	} {
		got := d.ask(t, `{ dashboard(code: "screen"`+scope+`) { question { template { years } } } }`)
		if text := string(got.Data); !strings.Contains(text, want) {
			t.Errorf("%s: %s, want %s", scope, text, want)
		}
	}
}

// What is wrong with the dashboard itself is a fault of the whole, with the nearest name.
func TestDashboardRefused(t *testing.T) {
	d := open(t, graph.Config{})
	for query, want := range map[string]string{
		`{ dashboard(code: "sceen") { tiles { kind } } }`:                                                                 "UNKNOWN_DASHBOARD",
		`{ dashboard(code: "screen", unit: "1") { tiles { kind } } }`:                                                     "UNKNOWN_UNIT",
		`{ dashboard(code: "screen", year: 99) { tiles { kind } } }`:                                                      "UNKNOWN_YEAR",
		`{ dashboard(code: "screen", baseYear: 99) { tiles { kind } } }`:                                                  "UNKNOWN_YEAR",
		`{ dashboard(code: "screen", scope: {asOf: {release: "77"}}) { tiles { kind } } }`:                                "UNKNOWN_RELEASE",
		`{ dashboard(code: "screen", scope: {kinds: ["xa"]}) { tiles { kind } } }`:                                        "BAD_ARGUMENT",
		`{ dashboard(code: "screen", scope: {breakdown: [{dimension: "sex", members: ["female"]}]}) { tiles { kind } } }`: "BAD_ARGUMENT",
	} {
		got := d.ask(t, query)
		if !strings.Contains(got.codes(), want) {
			t.Errorf("%s: %+v", query, got.Errors)
		}
		if want == "UNKNOWN_DASHBOARD" && strings.Join(got.Errors[0].Extensions.Nearest, " ") != "screen" {
			t.Errorf("%+v", got.Errors)
		}
	}
}

// When the engine is down no tile pretends that its question was refused.
func TestDashboardWithoutAnEngine(t *testing.T) {
	d := open(t, graph.Config{})
	d.before = func(context.Context) error { return errors.New("down") }
	got := d.ask(t, `{ dashboard(code: "screen") { tiles { kind refusals { code } } } }`)
	if strings.ReplaceAll(got.codes(), " INTERNAL", "") != "INTERNAL" {
		t.Errorf("%+v", got.Errors)
	}
}

// Each answer of a tile is priced once for each tile of its kind, by its size.
func TestPriceOfADashboard(t *testing.T) {
	d := open(t, graph.Config{})
	for query, want := range map[string]int{
		`{ dashboard(code: "screen") { tiles { kind } } }`:                                    1 + 2 + 1 + 1 + 8,
		`{ dashboard(code: "screen") { tiles { ranking { rows { rank } } } } }`:               1 + 2 + 1 + 1 + (1 + 2*11 + 1 + 11*2),
		`{ dashboard(code: "screen") { tiles { comparison { rows { text } } } } }`:            1 + 2 + 1 + 1 + 3*(1+2+1+2),
		`{ dashboard(code: "screen") { tiles { table { rows { cells { text } } } } } }`:       1 + 2 + 1 + 1 + (1 + 2*11*2 + 1 + 11*(1+1+2*2)),
		`{ dashboard(code: "screen") { tiles { series { series { figures { value } } } } } }`: 1 + 2 + 1 + 1 + (1 + 2*3 + 1 + 1 + 1 + 3*2),
		`{ dashboard(code: "none") { tiles { ranking { rows { rank } } } } }`:                 1 + 2 + 1 + 1,
	} {
		if got := d.ask(t, query); got.Extensions.Price != want && !strings.Contains(query, "none") {
			t.Errorf("%s: the price is %d, want %d (%s)", query, got.Extensions.Price, want, got.codes())
		}
	}
}
