package workspace_test

import (
	"errors"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// questions stand for saved questions of which tiles can be made.
type questions map[string]catalogue.TileTemplate

func (q questions) Codes() []string {
	var codes []string
	for code := range q {
		codes = append(codes, code)
	}
	return codes
}

// errUncoded is a fault that has no code.
var errUncoded = errors.New("out of order")

// Tile has faults where the variables torn and faulty are given; else its tile tells what the
// others are.
func (q questions) Tile(code string, title number.Text, variables map[string][]string) (*catalogue.TileTemplate, error) {
	tile := q[code]
	if tile.Titles = title; title == (number.Text{}) {
		tile.Titles = number.Same(code)
	}
	if units, is := variables["units"]; is {
		tile.UnitCodes = units
	}
	if within, is := variables["within"]; is {
		tile.Everywhere = within == nil
	}
	if _, is := variables["torn"]; is {
		return nil, errUncoded
	}
	if _, is := variables["faulty"]; is {
		return nil, errors.Join(
			&number.Error{Code: "ONE", Where: "faulty", Message: number.EnglishOnly("is no number"), Hint: number.EnglishOnly("give one")},
			&number.Error{Code: "TWO", Where: "questions/growth.graphql:3:5", Message: number.EnglishOnly("a tile has no such thing"), Nearest: []string{"this"}},
		)
	}
	return &tile, nil
}

// screenOf is a workspace whose first tile is another one.
func screenOf(t *testing.T, tile string) string {
	t.Helper()
	dir := whole(t)
	edit(t, filepath.Join(dir, "dashboards/screen.yaml"), "{kind: headline, title: {vi: Một, en: One}, indicator: criterion}", tile)
	return dir
}

func TestTileOfASavedQuestion(t *testing.T) {
	saved := questions{"growth": {Kind: catalogue.TrendTile, IndicatorCode: "households", From: 2015}}
	for tile, want := range map[string]catalogue.TileTemplate{
		"{question: growth}": {Kind: catalogue.TrendTile, Titles: number.Same("growth"), IndicatorCode: "households", From: 2015},
		`{question: growth, title: {vi: Tăng, en: Growth}, variables: {within: null, units: ["886", 890]}}`: {
			Kind: catalogue.TrendTile, Titles: number.Text{VI: "Tăng", EN: "Growth"}, IndicatorCode: "households", From: 2015,
			Everywhere: true, UnitCodes: []string{"886", "890"},
		},
		`{question: growth, variables: {within: "89", units: "886"}}`: {
			Kind: catalogue.TrendTile, Titles: number.Same("growth"), IndicatorCode: "households", From: 2015, UnitCodes: []string{"886"},
		},
	} {
		w, err := workspace.Read(screenOf(t, tile), saved)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.Definitions.Dashboards[0].Tiles[0]; !reflect.DeepEqual(*got, want) {
			t.Errorf("%s is %+v, want %+v", tile, *got, want)
		}
	}
}

// Whatever keeps a tile from being made of a saved question, and whatever the question
// names that the workspace has not, is a fault of the dashboard, at its line.
func TestTileOfASavedQuestionFaults(t *testing.T) {
	const at = " dashboards/screen.yaml:8"
	saved := questions{
		"growth": {Kind: catalogue.TrendTile, IndicatorCode: "households"},
		"churn":  {Kind: catalogue.ChurnTile, IndicatorCode: "households"},
		"gap":    {Kind: catalogue.RankingTile, IndicatorCode: "criterion", By: "district", OrderBy: catalogue.ByGap},
		"lost": {Kind: catalogue.TableTile, IndicatorCode: "criterium", IndicatorCodes: []string{"incme"}, SetCode: "standrad", TargetCode: "eigthy",
			By: "distrikt", WithinCode: "98", UnitCodes: []string{"891"}},
	}
	for name, c := range map[string]struct{ tile, want, says string }{
		"unknown":                {"{question: grwth}", "WORKSPACE_UNKNOWN_REFERENCE" + at, `no saved question "grwth"; nearest: growth`},
		"nothing":                {"{question: }", "WORKSPACE_MISSING_KEY" + at, `"question"`},
		"a kind, too":            {"{question: growth, kind: trend}", "WORKSPACE_BAD_VALUE" + at, `a tile of a saved question has no "kind"; it takes question, title, variables`},
		"variables without it":   {"{kind: headline, title: {vi: A, en: B}, indicator: criterion, variables: {top: 3}}", "WORKSPACE_BAD_VALUE" + at, `no "variables"`},
		"an empty title":         {"{question: growth, title: {vi: ''}}", "WORKSPACE_MISSING_TEXT" + at, "neither language"},
		"variables of no name":   {"{question: growth, variables: [3]}", "WORKSPACE_BAD_VALUE" + at, "keys with values"},
		"a variable of many":     {"{question: growth, variables: {units: {a: b}}}", "WORKSPACE_BAD_VALUE" + at, "one value"},
		"a variable twice":       {"{question: growth, variables: {units: a, units: b}}", "WORKSPACE_DUPLICATE_KEY" + at, "twice"},
		"a variable at fault":    {"{question: growth, variables: {units: a, faulty: b}}", "ONE" + at + ":54", "is no number; give one"},
		"no tile":                {"{question: growth, variables: {faulty: b}}", "TWO" + at + ":16", `the saved question "growth" is no tile: questions/growth.graphql:3:5: a tile has no such thing; nearest: this`},
		"an unknown indicator":   {"{question: lost}", "WORKSPACE_UNKNOWN_REFERENCE" + at, "nearest: criterion"},
		"an unknown indicator 2": {"{question: lost}", "WORKSPACE_UNKNOWN_REFERENCE" + at, "nearest: income"},
		"an unknown set":         {"{question: lost}", "WORKSPACE_UNKNOWN_REFERENCE" + at, "nearest: standard"},
		"an unknown target":      {"{question: lost}", "WORKSPACE_UNKNOWN_REFERENCE" + at, "nearest: eighty"},
		"an unknown level":       {"{question: lost}", "WORKSPACE_UNKNOWN_REFERENCE" + at, "nearest: district"},
		"an unknown within":      {"{question: lost}", "WORKSPACE_UNKNOWN_REFERENCE" + at, `no unit "98"`},
		"an unknown unit":        {"{question: lost}", "WORKSPACE_UNKNOWN_REFERENCE" + at, `no unit "891"`},
		"churn of a count":       {"{question: churn}", "WORKSPACE_BAD_VALUE" + at, "no attainment"},
		"the gap to nothing":     {"{question: gap}", "WORKSPACE_BAD_VALUE" + at, "target"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := workspace.Read(screenOf(t, c.tile), saved)
			holds(t, err, c.want, c.says)
		})
	}
	if _, err := workspace.Read(screenOf(t, "{question: growth}"), nil); number.CodeOf(err) != workspace.UnknownReference {
		t.Errorf("without saved questions: %v", err)
	}
	if _, err := workspace.Read(screenOf(t, "{question: growth, variables: {torn: 1}}"), saved); !errors.Is(err, errUncoded) {
		t.Errorf("a fault without a code: %v", err)
	}
}
