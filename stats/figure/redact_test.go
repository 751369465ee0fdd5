package figure_test

import (
	"testing"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// defined is a source that has a catalogue and no figures.
type defined struct {
	figure.Source
	calendar *catalogue.Calendar
}

func (d defined) Catalogue() *catalogue.Calendar { return d.calendar }

// The version of a fetched file can be a checksum of confidential numbers: with it one could
// try which they are. Where it was fetched tells none.
func TestRunsTellNoVersionWhileAnythingIsConfidential(t *testing.T) {
	t.Parallel()
	for threshold, want := range map[int]ledger.Run{
		0: {Error: number.Text{EN: "row 3"}, Fetched: []ledger.Fetched{{File: "f", Address: "a", Version: "v"}}},
		3: {Error: number.Same(string(number.Suppressed)), Fetched: []ledger.Fetched{{File: "f", Address: "a"}}},
	} {
		indicators := []*catalogue.Indicator{{Code: "cases", Kind: catalogue.Count, Threshold: threshold}}
		engine := figure.NewEngine(defined{calendar: catalogue.NewCalendar(catalogue.NewCatalogue(catalogue.Definitions{Indicators: indicators}, ledger.Holdings{}))})
		kept := &ledger.Run{Error: number.Text{EN: "row 3"}, Fetched: []ledger.Fetched{{File: "f", Address: "a", Version: "v"}}}
		runs := []*ledger.Run{kept}
		engine.RedactRuns(runs)
		if got := runs[0]; got.Error != want.Error || len(got.Fetched) != 1 || got.Fetched[0] != want.Fetched[0] {
			t.Errorf("below %d: %+v, want %+v", threshold, got, want)
		}
		if kept.Fetched[0].Version != "v" {
			t.Error("the record itself was changed")
		}
	}
}
