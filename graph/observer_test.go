package graph_test

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/stats/number"
)

// watcher counts requests and keeps what it was told of the last one.
type watcher struct {
	requests atomic.Int64
	said     string
}

func (w *watcher) Answered(door, kind string, took time.Duration, statements int64, codes []number.Code) {
	w.requests.Add(1)
	if len(codes) > 0 || took <= 0 {
		w.said = fmt.Sprint(door, " ", kind, " ", statements >= 0, " ", codes)
		return
	}
	w.said = door + " " + kind
}

// Each request is told once, by what it asks for and never by what its caller wrote.
func TestAnObserverIsToldOfEachRequest(t *testing.T) {
	w := &watcher{}
	d := open(t, graph.Config{Observer: w, MaxDepth: 8})
	var said []string
	for _, question := range []string{
		`query Secret { mine: indicators { totalCount } }`,
		`{ indicators { totalCount } __typename }`,
		`{ indicators { totalCount } levels { code } }`,
		`{ ...all } fragment all on Query { indicators { totalCount } }`,
		`{ ... on Query { indicators { totalCount } } }`,
		`{ __schema { queryType { name } } }`,
		`{ a: comparison(indicator: "x", year: 2020) { rows { text } } b: comparison(indicator: "y", year: 2020) { rows { text } } }`,
		`{ indicators { nodes { denominator { denominator { denominator { denominator { denominator { denominator { code } } } } } } } } }`,
		`{ indicators { nothing } }`,
	} {
		d.ask(t, question)
		said = append(said, w.said)
	}
	want := []string{
		"graphql indicators", "graphql indicators", "graphql several", "graphql indicators", "graphql indicators", "graphql introspection",
		"graphql comparison true [UNKNOWN_INDICATOR BAD_ARGUMENT]", "graphql indicators false [TOO_DEEP]", "graphql  false [GRAPHQL_VALIDATION_FAILED]",
	}
	if !slices.Equal(said, want) {
		t.Errorf("said\n%q, want\n%q", said, want)
	}
	if w.requests.Load() != int64(len(want)) {
		t.Errorf("told of %d requests, want %d", w.requests.Load(), len(want))
	}
}
