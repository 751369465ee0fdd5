package graph_test

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/niengiam/niengiam/graph"
)

// Series of several indicators, with both changes of each figure, are one round trip, a
// tile's too.
func TestSeriesWithChanges(t *testing.T) {
	t.Parallel()
	d := open(t, graph.Config{})
	var trips atomic.Int32
	d.before = func(context.Context) error { trips.Add(1); return nil }
	const points = `indicator { code } unit { code } points { figure { year } change { absolute verdict reason text } changeFromPrevious { absolute verdict reason en: text(language: EN) } }`
	got := d.ask(t, `{
		series(indicators: ["criterion-19-2", "population"], units: ["89"], from: 2019, to: 2020) {
			question { indicator { code } indicators { code } baseYear } years series { `+points+` } notes { code }
		}
		dashboard(code: "screen") { tiles { series { question { baseYear } series { `+points+` } } } }
	}`)
	if len(got.Errors) > 0 || trips.Load() != 1 {
		t.Errorf("%d round trips, %+v", trips.Load(), got.Errors)
	}
	golden(t, "series-with-changes", got.Data)
}
