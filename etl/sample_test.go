package etl_test

import (
	"testing"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// questions stands for the saved questions of the sample, which are none of this room:
// each is the same tile.
type questions struct{}

func (questions) Codes() []string { return []string{"population-growth", "targets"} }

func (questions) Tile(string, number.Text, map[string][]string) (*catalogue.TileTemplate, error) {
	return &catalogue.TileTemplate{Kind: catalogue.TargetsTile}, nil
}

// TestSample reads every file of the workspace that the project is shipped with.
func TestSample(t *testing.T) {
	w, err := workspace.Read("../examples/angiang", questions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range w.Sources {
		result, err := etl.Examine(t.Context(), w, source)
		if err != nil {
			t.Errorf("%s: %v", source.Code, err)
			continue
		}
		for _, reject := range result.Rejects {
			t.Errorf("%s:%d %s %q: %s %s", reject.Place.File, reject.Place.Line, reject.Place.Column, reject.Value, reject.Reason, reject.Detail)
		}
		if result.Facts == 0 {
			t.Errorf("%s has no fact", source.Code)
		}
		t.Logf("%s: %d rows, %d facts, %d findings, %d releases", source.Code, result.Read, result.Facts, len(result.Findings), result.Releases)
	}
}
