package graph_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// One operation reads what it misses in one round trip, whatever its fields are
// and however they end.
func TestOneRoundTrip(t *testing.T) {
	figure := `figure(indicator: "population", unit: "883", year: 2020) { value }`
	ten := ""
	for i := range 10 {
		ten += fmt.Sprintf(` c%d: comparison(indicator: "population", year: 2020, baseYear: %d, unit: "%d") { rows { text } }`, i, 2019, 883+i)
	}
	for name, c := range map[string]struct {
		query string
		codes string
	}{
		"one":         {`{ ` + figure + ` }`, ""},
		"ten aliases": {`{ ` + ten + ` }`, ""},
		"different questions": {`{ ` + figure + ` ranking(indicator: "population", year: 2020, level: "district") { rows { rank } }
			series(indicator: "criterion-19-2", units: ["89"]) { series { figures { value } } }
			a: comparison(indicator: "criterion-19-2", year: 2020, unit: "89") { rows { text } } }`, ""},
		"a briefing":    {`{ briefing(unit: "89", year: 2020) { headlines { sentence { text } } } }`, ""},
		"two briefings": {`{ briefing(unit: "89", year: 2020) { notes { code } } b: briefing(unit: "883", year: 2020, language: EN) { charts { figures { value } } } ` + figure + ` }`, ""},
		"with lists":    {`{ units { nodes { code children { code } } } levels { code } indicators { totalCount } ` + figure + ` b: ` + figure + ` }`, ""},
		"introspection": {`{ __typename __schema { queryType { name } } __type(name: "Unit") { name } ` + figure + ` b: ` + figure + ` }`, ""},
		"directives":    {`{ ...F b: figure(indicator: "population", unit: "883", year: 2020) @include(if: false) { value } ... @skip(if: true) { c: ` + figure + ` } } fragment F on Query { ` + figure + ` d: ` + figure + ` }`, ""},
		"a refused one": {`{ ` + figure + ` b: figure(indicator: "x", unit: "883", year: 2020) { value } }`, "UNKNOWN_INDICATOR"},
		"bad arguments": {`{ ` + figure + ` units(basis: {date: "x"}) { totalCount } b: ` + figure + ` }`, "BAD_ARGUMENT"},
		"the same":      {`{ ` + figure + ` ` + figure + ` }`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, graph.Config{})
			var trips atomic.Int32
			d.before = func(context.Context) error { trips.Add(1); return nil }
			got := d.ask(t, c.query)
			if got.codes() != c.codes || trips.Load() != 1 {
				t.Errorf("%d round trips, want 1; %+v", trips.Load(), got.Errors)
			}
		})
	}
}

// However many ask, so many operations are executed at a time; each of the others gets its
// turn, or is told that its time is over.
func TestOperationsAtOnce(t *testing.T) {
	const bound = 8
	d := open(t, graph.Config{Timeout: time.Minute})
	most := int32(bound * runtime.GOMAXPROCS(0))
	var running, highest atomic.Int32
	full := make(chan struct{})
	fill := sync.OnceFunc(func() { close(full) })
	d.before = func(ctx context.Context) error {
		now := running.Add(1)
		defer running.Add(-1)
		for old := highest.Load(); now > old; old = highest.Load() {
			highest.CompareAndSwap(old, now)
		}
		if now == most {
			fill()
		}
		select {
		case <-full:
		case <-ctx.Done():
		}
		return ctx.Err()
	}
	var asking sync.WaitGroup
	for i := range 3 * most {
		asking.Go(func() {
			got := d.ask(t, fmt.Sprintf(`{ ranking(indicator: "population", year: 2020, level: "district", first: %d) { rows { rank } } }`, i+1))
			if got.codes() != "" {
				t.Errorf("question %d: %+v", i, got.Errors)
			}
		})
	}
	asking.Wait()
	if highest.Load() != most {
		t.Errorf("%d operations at once, want %d", highest.Load(), most)
	}
}

// When the round trip fails every question that waited for it says so.
func TestAFailedRoundTrip(t *testing.T) {
	d := open(t, graph.Config{})
	var trips atomic.Int32
	for name, before := range map[string]func(context.Context) error{
		"an error": func(context.Context) error { trips.Add(1); return errors.New("a fault") },
		"a panic":  func(context.Context) error { trips.Add(1); panic("a fault") },
	} {
		t.Run(name, func(t *testing.T) {
			trips.Store(0)
			d.before = before
			got := d.ask(t, `{ a: figure(indicator: "population", unit: "883", year: 2020) { value }
				b: figure(indicator: "population", unit: "883", year: 2019) { value } levels { code } }`)
			if got.codes() != "INTERNAL INTERNAL" || trips.Load() != 1 || !strings.Contains(d.log.String(), "a fault") {
				t.Errorf("%d round trips, %+v", trips.Load(), got.Errors)
			}
		})
	}
}

// A table, however wide, is one round trip, and so are several.
func TestTable(t *testing.T) {
	d := open(t, graph.Config{})
	var trips atomic.Int32
	d.before = func(context.Context) error { trips.Add(1); return nil }
	got := d.ask(t, `{
		table(indicators: ["population", "criterion-19-2"], level: "district", years: [2019, 2020], measures: [FIGURE, PERCENT, RANK], first: 2) {
			question { years measures indicators { code } level { code } baseYear } columns { indicator { code } year measure baseYear name unitOfMeasure }
			rows { unit { code } cells { value reason status text en: text(language: EN) } } total { unit { code } cells { value reason } }
			totalCount pageInfo { hasNextPage endCursor } notes { code } }
		wide: table(indicators: ["population"], units: ["884"], years: [2020, 2019]) { rows { cells { value figure { id } } } }
	}`)
	if len(got.Errors) > 0 || trips.Load() != 1 {
		t.Errorf("%d round trips, %+v", trips.Load(), got.Errors)
	}
	golden(t, "table", got.Data)
}

// Profiles of one level take one round trip, however many there are: slices are of
// all units of a level. Those of another level take one more, and profiles of
// units named at the root are read together with everything else there.
func TestProfiles(t *testing.T) {
	profile := `profile(year: 2020) { unit { code } rows { indicator { code } current { value } change { percent } rank rankedCount universeCount baseRank movement text } notes { code } }`
	for query, want := range map[string]int32{
		`{ unit(code: "884") { code ` + profile + ` } }`:                                                                                                          1,
		`{ units(level: "district") { nodes { ` + profile + ` } } }`:                                                                                              1,
		`{ units(level: "district") { nodes { ` + profile + ` parent { ` + profile + ` } } } }`:                                                                   2,
		`{ a: unit(code: "89") { ` + profile + ` } b: unit(code: "883") { ` + profile + ` } figure(indicator: "population", unit: "883", year: 2019) { value } }`: 1,
		`{ ranking(indicator: "population", year: 2020, level: "district") { rows { unit { ` + profile + ` } } } }`:                                               2,
	} {
		d := open(t, graph.Config{})
		var trips atomic.Int32
		d.before = func(context.Context) error { trips.Add(1); return nil }
		got := d.ask(t, query)
		if len(got.Errors) > 0 || trips.Load() > want {
			t.Errorf("%s: %d round trips, want %d at most; %+v", query, trips.Load(), want, got.Errors)
		}
		if strings.HasPrefix(query, `{ unit(`) {
			golden(t, "profile", got.Data)
		}
	}
}

// Changes counts how often changes were read.
func (w *world) Changes(ctx context.Context, releases []ledger.ReleaseID, offset, limit int) ([]catalogue.CellChange, error) {
	w.changesRead.Add(1)
	return w.Memory.Changes(ctx, releases, offset, limit)
}

// The changes of listed releases are read together, those of equal pages with one statement.
func TestChangesOfAList(t *testing.T) {
	d := open(t, graph.Config{})
	for i := range 30 {
		d.publish(t, "2021-06-01", cell{"population", "883", number.Year(1990 + i), "7", ""})
	}
	var first struct {
		Release struct {
			Changes struct{ PageInfo struct{ EndCursor string } }
		}
	}
	if err := json.Unmarshal(d.ask(t, `{ release(id: "1") { changes(first: 1) { pageInfo { endCursor } } } }`).Data, &first); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		query, answer, codes string
		reads                int32
	}{
		"one page of each": {`{ releases(first: 32) { nodes { changes(first: 1) { totalCount nodes { year new } } } } }`,
			`{"changes":{"totalCount":22,"nodes":[{"year":2019,"new":"100"}]}},{"changes":{"totalCount":3,"nodes":[{"year":2018,"new":"78"}]}}]}}`, "", 1},
		"two pages": {`{ releases(first: 32) { nodes { a: changes(first: 1) { totalCount } b: changes(first: 1, after: "` + first.Release.Changes.PageInfo.EndCursor + `") { nodes { new } } } } }`,
			`{"a":{"totalCount":22},"b":{"nodes":[{"new":"107"}]}},{"a":{"totalCount":3},"b":{"nodes":[{"new":"83"}]}}]}}`, "", 2},
		"releases of a list in each of a list": {`{ releases(first: 32) { nodes { changes(first: 1) { nodes { release { changes(first: 2) { totalCount } } } } } } }`,
			`{"changes":{"nodes":[{"release":{"changes":{"totalCount":22}}}]}},{"changes":{"nodes":[{"release":{"changes":{"totalCount":3}}}]}}]}}`, "", 2},
		"releases of the figures of rows": {`{ comparison(indicator: "population", year: 2020, level: "district") { rows { current { release { changes(first: 1) { totalCount } } } base { release { changes(first: 1) { totalCount } } } } } }`,
			`{"current":{"release":{"changes":{"totalCount":22}}},"base":{"release":{"changes":{"totalCount":22}}}}]}}`, "", 2},
		"no cursor": {`{ release(id: "1") { changes(first: 1, after: "") { totalCount } } }`, `{"release":null}`, "BAD_CURSOR", 0},
	} {
		t.Run(name, func(t *testing.T) {
			d.changesRead.Store(0)
			got := d.ask(t, c.query)
			if !strings.HasSuffix(string(got.Data), c.answer) || got.codes() != c.codes || d.changesRead.Load() != c.reads {
				t.Errorf("%s, %q, %d reads", got.Data, got.codes(), d.changesRead.Load())
			}
		})
	}
}
