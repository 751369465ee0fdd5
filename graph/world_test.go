package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/stats/statstest"
)

// world is a store with the worked example in it — criterion 19.2 of the
// province 89, and a population of its eleven districts — whose slices can be
// made to fail.
type world struct {
	*statstest.Memory
	mu     sync.Mutex
	slices map[figure.SliceKey]*figure.Slice
	before func(ctx context.Context) error
	// restless is called whenever somebody asks for the catalogue, but not from itself.
	restless func()
	busy     bool
	// changesRead is how often the changes of releases were read.
	changesRead atomic.Int32
}

// Catalogue returns the present catalogue, which may have changed by being asked for.
func (w *world) Catalogue() *catalogue.Calendar {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.restless != nil && !w.busy {
		w.busy = true
		w.restless()
		w.busy = false
	}
	return w.Memory.Catalogue()
}

// Slices returns slices from memory, after whatever a test wants to happen.
func (w *world) Slices(ctx context.Context, keys []figure.SliceKey) ([]*figure.Slice, error) {
	if w.before != nil {
		if err := w.before(ctx); err != nil {
			return nil, err
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	found := make([]*figure.Slice, len(keys))
	for i, key := range keys {
		if w.slices[key] == nil {
			made, err := w.Memory.Slices(ctx, []figure.SliceKey{key})
			if err != nil {
				return nil, err
			}
			w.slices[key] = made[0]
		}
		found[i] = w.slices[key]
	}
	return found, nil
}

func newWorld(t testing.TB, communes int) *world {
	t.Helper()
	w := &world{Memory: statstest.NewMemory(), slices: map[figure.SliceKey]*figure.Slice{}}
	d := catalogue.Definitions{
		Levels: []*catalogue.Level{
			level("province", "tỉnh", "province", "tinh", "Tỉnh", "Province"),
			level("district", "huyện", "district", "huyen", "Huyện", "District"),
			level("commune", "xã", "commune", "xa", "Xã", "Commune"),
		},
		Topics:     []*catalogue.Topic{{Code: "ntm", Names: number.Text{VI: "Nông thôn mới", EN: "New rural areas"}}},
		Indicators: []*catalogue.Indicator{indicator("criterion-19-2", catalogue.Attainment, "commune"), indicator("population", catalogue.Amount, "district")},
		Units:      []catalogue.UnitVersion{unit("89", "", "province", "tinh", "An Giang")},
	}
	d.Dashboards = []*catalogue.DashboardTemplate{screen(), district()}
	for i := range 11 {
		d.Units = append(d.Units, unit(fmt.Sprint(883+i), "89", "district", "huyen", fmt.Sprintf("Huyện số %d", i)))
	}
	for i := range communes {
		d.Units = append(d.Units, unit(fmt.Sprint(30280+i), fmt.Sprint(883+i%11), "commune", "xa", fmt.Sprintf("Xã số %d", i)))
	}
	if err := w.Define(t.Context(), d, "1"); err != nil {
		t.Fatal(err)
	}
	w.publish(t, "2021-03-12",
		cell{"criterion-19-2", "89", 2019, "83", "119"}, cell{"criterion-19-2", "89", 2020, "97", "119"},
		cell{"criterion-19-2", "89", 2018, "78", "119"},
	)
	var cells []cell
	for i := range 11 {
		cells = append(cells,
			cell{"population", fmt.Sprint(883 + i), 2019, fmt.Sprint(100 + 7*i), ""},
			cell{"population", fmt.Sprint(883 + i), 2020, fmt.Sprintf("%d.5", 103+6*i), ""},
		)
	}
	w.publish(t, "2021-05-01", cells...)
	return w
}

func level(code, vi, en, kind, kindVI, kindEN string) *catalogue.Level {
	return &catalogue.Level{
		Code: code, Noun: catalogue.Noun{VI: vi, EN: en, ENPlural: en + "s"},
		Kinds: []*catalogue.Kind{{Code: kind, Names: number.Text{VI: kindVI, EN: kindEN}}},
	}
}

func indicator(code string, kind catalogue.IndicatorKind, level string) *catalogue.Indicator {
	return &catalogue.Indicator{
		Code: code, TopicCode: "ntm", Kind: kind, Direction: catalogue.HigherIsBetter, Absent: catalogue.Unreported, Decimals: 1,
		Eligibility: catalogue.Eligibility{Level: level}, Noun: catalogue.Noun{VI: "xã", EN: "commune", ENPlural: "communes"},
		Names: number.Same(code), Descriptions: number.Same(code),
	}
}

func unit(code, parent, level, kind, name string) catalogue.UnitVersion {
	return catalogue.UnitVersion{Code: code, Parent: parent, Level: level, Kind: kind, Names: number.Same(name), Opening: catalogue.Baseline}
}

type cell struct {
	indicator, unit    string
	year               number.Year
	value, denominator string
}

// publish makes cells visible as one release.
func (w *world) publish(t testing.TB, day string, cells ...cell) {
	t.Helper()
	published, err := number.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	id, err := w.NextRelease(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := ledger.Position{Published: published, Release: id}
	var observations []ledger.Observation
	var postings []ledger.Posting
	for _, c := range cells {
		u := w.Memory.Catalogue().At(c.year.Reference()).Unit(c.unit)
		o := ledger.Observation{Status: number.Normal, At: at, CellKey: ledger.CellKey{Indicator: c.indicator, Unit: u.Key(), Year: c.year}}
		o.Value = decimal.NewNullDecimal(decimal.RequireFromString(c.value))
		if c.denominator != "" {
			o.Denominator = decimal.NewNullDecimal(decimal.RequireFromString(c.denominator))
		}
		all, err := w.History(t.Context(), []string{c.indicator}, []number.Year{c.year})
		if err != nil {
			t.Fatal(err)
		}
		var history []ledger.Observation
		for _, h := range all {
			if h.CellKey == o.CellKey {
				history = append(history, h)
			}
		}
		observations, postings = append(observations, o), append(postings, ledger.Post(history, o)...)
	}
	if err := w.Stage(t.Context(), observations, postings); err != nil {
		t.Fatal(err)
	}
	release := ledger.Release{ID: id, SourceCode: "test", Published: published, Actor: "test", Added: len(cells)}
	if err := w.Publish(t.Context(), release, nil, nil); err != nil {
		t.Fatal(err)
	}
}

// door is a Server with what it logged.
type door struct {
	*graph.Server
	*world
	log *bytes.Buffer
}

func open(t testing.TB, config graph.Config) *door {
	t.Helper()
	d := &door{world: newWorld(t, 119), log: &bytes.Buffer{}}
	config.Stats = query.New(d.world)
	config.Logger = slog.New(slog.NewTextHandler(d.log, nil))
	d.Server = graph.New(config)
	return d
}

// reply is an answer as a caller reads it.
type reply struct {
	status int
	header http.Header
	Data   json.RawMessage
	Errors []struct {
		Message    string
		Path       []any
		Extensions struct {
			Code, Where, Hint, ID string
			Nearest               []string
			VI                    struct{ Message, Hint string }
		}
	}
	Extensions struct {
		Milliseconds *float64
		RowsRead     *int64
		Price        int
	}
}

func (r reply) codes() string {
	var codes []string
	for _, e := range r.Errors {
		codes = append(codes, e.Extensions.Code)
	}
	return strings.Join(codes, " ")
}

// do sends any request; the answer must be JSON whatever was sent.
func (d *door) do(t testing.TB, r *http.Request) reply {
	t.Helper()
	recorder := httptest.NewRecorder()
	d.ServeHTTP(recorder, r)
	got := reply{status: recorder.Code, header: recorder.Header()}
	if err := json.Unmarshal(recorder.Body.Bytes(), &got); err != nil {
		t.Fatalf("%v in %s", err, recorder.Body)
	}
	return got
}

// post sends a body.
func (d *door) post(t testing.TB, body io.Reader) reply {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/graphql", body)
	r.Header.Set("Content-Type", "application/json")
	return d.do(t, r)
}

// ask sends a query with variables in pairs.
func (d *door) ask(t testing.TB, query string, variables ...any) reply {
	t.Helper()
	named := map[string]any{}
	for i := 0; i+1 < len(variables); i += 2 {
		named[variables[i].(string)] = variables[i+1]
	}
	body, err := json.Marshal(map[string]any{"query": query, "variables": named})
	if err != nil {
		t.Fatal(err)
	}
	return d.post(t, bytes.NewReader(body))
}
