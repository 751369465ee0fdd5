package warehouse_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/engine"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// small is a province P with districts A (communes a, a2) and B (commune b).
func small(codes ...string) catalogue.Definitions {
	d := catalogue.Definitions{Topics: []*catalogue.Topic{{Code: "t"}}}
	for _, code := range []string{"province", "district", "commune"} {
		d.Levels = append(d.Levels, &catalogue.Level{Code: code, Kinds: []*catalogue.Kind{{Code: "k"}}})
	}
	for _, code := range append(codes, "people") {
		d.Indicators = append(d.Indicators, &catalogue.Indicator{
			Code: code, TopicCode: "t", Kind: catalogue.Count, Eligibility: catalogue.Eligibility{Level: "commune"},
			MinimumCoverage: number.Whole(decimal.New(5, -1)),
		})
	}
	for _, line := range []string{"P province", "A district P", "B district P", "a commune A", "a2 commune A", "b commune B"} {
		words := append(strings.Fields(line), "")
		d.Units = append(d.Units, catalogue.UnitVersion{
			Code: words[0], Level: words[1], Kind: "k", Parent: words[2], Names: number.Same("Xã " + words[0]), Opening: catalogue.Baseline,
		})
	}
	return d
}

// cells makes observations of one indicator and year from texts; "..." is missing.
func cells(t *testing.T, w *warehouse.Warehouse, indicator string, year number.Year, texts map[string]string) []ledger.Observation {
	t.Helper()
	var all []ledger.Observation
	for code, text := range texts {
		unit := w.Catalogue().At(year.Reference()).Unit(code)
		if unit == nil {
			t.Fatalf("no unit %s in %d", code, year)
		}
		o := ledger.Observation{
			CellKey: ledger.CellKey{Indicator: indicator, Unit: unit.Key(), Year: year}, Status: number.Normal,
			Note: "note of " + code, Citation: "page 1", Place: ledger.Place{File: "data/it's.csv", Line: 3, Column: "v"},
		}
		if text == "..." {
			o.Status = number.Missing
		} else {
			o.Value = decimal.NewNullDecimal(decimal.RequireFromString(text))
		}
		all = append(all, o)
	}
	slices.SortFunc(all, func(a, b ledger.Observation) int { return int(a.Unit) - int(b.Unit) })
	return all
}

// load publishes one release on 1 March 2021 and gives its number.
func load(t *testing.T, w *warehouse.Warehouse, indicator string, year number.Year, texts map[string]string) ledger.ReleaseID {
	t.Helper()
	return loadOn(t, w, number.NewDate(2021, 3, 1), indicator, year, texts)
}

func loadOn(t *testing.T, w *warehouse.Warehouse, day number.Date, indicator string, year number.Year, texts map[string]string) ledger.ReleaseID {
	t.Helper()
	if err := w.Define(t.Context(), small(), "small"); err != nil {
		t.Fatal(err)
	}
	id, err := w.NextRelease(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	post(t, w, ledger.Position{Published: day, Release: id}, cells(t, w, indicator, year, texts))
	return id
}

// value writes what a slice knows of a unit: sums separated by +, nothing as "none".
func value(t *testing.T, w *warehouse.Warehouse, head ledger.ReleaseID, indicator string, year number.Year, level, unit string) string {
	t.Helper()
	return valueAt(t, w, ledger.View{Head: head}, indicator, year, level, unit)
}

func valueAt(t *testing.T, w *warehouse.Warehouse, view ledger.View, indicator string, year number.Year, level, unit string) string {
	t.Helper()
	got, err := w.Slices(t.Context(), []figure.SliceKey{{Indicator: indicator, Year: year, Level: level, View: view}})
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, sum := range got[0].Sums() {
		if sum.Unit == w.Catalogue().At(year.Reference()).Unit(unit).Key() {
			texts = append(texts, sum.Value.String())
		}
	}
	if texts == nil {
		return "none"
	}
	return strings.Join(texts, "+")
}

func want(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %s, want %s", what, got, want)
	}
}

func TestDefine(t *testing.T) {
	t.Parallel()
	cfg := warehousetest.Config(t)
	w := warehousetest.Open(t, cfg)
	define := func(d catalogue.Definitions, checksum string) {
		t.Helper()
		if err := w.Define(t.Context(), d, checksum); err != nil {
			t.Fatal(err)
		}
	}
	define(small(), "1")
	first := w.Catalogue()
	define(small("other"), "1")
	if w.Catalogue() != first {
		t.Error("the same checksum made another catalogue")
	}
	more := small()
	more.Units = append([]catalogue.UnitVersion{{Code: "0", Level: "district", Kind: "k", Parent: "P", Opening: catalogue.Baseline}}, more.Units...)
	last := len(more.Units) - 1 // b: its code goes to another territory
	more.Units[last].Validity.To = number.NewDate(2020, 7, 1)
	more.Units = append(more.Units, catalogue.UnitVersion{
		Code: "b", Level: "commune", Kind: "k", Parent: "A", Opening: catalogue.Replaced, Validity: number.Validity{From: number.NewDate(2020, 7, 1)},
	})
	define(more, "2")
	then, now := first.At(number.NewDate(2019, 12, 31)), w.Catalogue().At(number.NewDate(2020, 12, 31))
	for _, code := range []string{"P", "A", "B", "a", "a2"} {
		if then.Unit(code).Key() != now.Unit(code).Key() {
			t.Errorf("%s had key %d and has %d", code, then.Unit(code).Key(), now.Unit(code).Key())
		}
	}
	if then.Unit("b").Key() == now.Unit("b").Key() {
		t.Error("another territory has the key of the one before it")
	}
	want(t, "partitions of place", one(t, w, "SELECT groupUniqArray(catalogue) FROM place"), "[2]")

	again := warehousetest.Open(t, cfg)
	if got := again.Catalogue(); len(got.Units) != len(more.Units) || got.Indicator("people").MinimumCoverage.Decimal().String() != "0.5" {
		t.Errorf("read again: %d units, %v", len(got.Units), got.Indicator("people"))
	}
	deep := small()
	for i := range 40 {
		deep.Levels = append(deep.Levels, &catalogue.Level{Code: fmt.Sprint(i)})
	}
	wantCode(t, w.Define(t.Context(), deep, "3"), warehouse.CatalogueTooLarge)
}

func TestReleases(t *testing.T) {
	t.Parallel()
	w := warehousetest.Start(t)
	first := load(t, w, "people", 2020, map[string]string{"a": "1", "a2": "2"})
	want(t, "published", value(t, w, first, "people", 2020, "district", "A"), "3")

	staged, err := w.NextRelease(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	stage(t, w, ledger.Position{Published: number.NewDate(2021, 4, 1), Release: staged}, cells(t, w, "people", 2020, map[string]string{"a": "100"}))
	want(t, "staged", value(t, w, first, "people", 2020, "district", "A"), "3")
	want(t, "staged, asked for beyond the head", value(t, w, 99, "people", 2020, "district", "A"), "3")
	if history, err := w.History(t.Context(), []string{"people"}, []number.Year{2020}); err != nil || len(history) != 2 {
		t.Errorf("history has %d observations, %v", len(history), err)
	}

	revised := loadOn(t, w, number.NewDate(2021, 5, 1), "people", 2020, map[string]string{"a": "10"})
	if revised != staged+1 {
		t.Errorf("release %d after staged %d", revised, staged)
	}
	want(t, "given up and passed by", value(t, w, revised, "people", 2020, "district", "A"), "12")
	want(t, "as of the first", value(t, w, first, "people", 2020, "district", "A"), "3")

	late := loadOn(t, w, number.NewDate(2021, 1, 1), "people", 2020, map[string]string{"a": "7", "b": "5"})
	want(t, "an older publication does not replace a newer one", value(t, w, late, "people", 2020, "district", "A"), "12")
	want(t, "but fills what had none", value(t, w, late, "people", 2020, "district", "B"), "5")
	january := ledger.View{Head: late, Published: number.NewDate(2021, 2, 1), Release: late}
	want(t, "and is what January knew", valueAt(t, w, january, "people", 2020, "district", "A"), "7")
	april := ledger.View{Head: late, Published: number.NewDate(2021, 4, 1), Release: late}
	want(t, "until March", valueAt(t, w, april, "people", 2020, "district", "A"), "3")
	want(t, "as was answered before it was loaded", value(t, w, revised, "people", 2020, "district", "B"), "none")

	history, err := w.History(t.Context(), []string{"people"}, []number.Year{2020})
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, o := range history {
		order = append(order, fmt.Sprintf("%d:%d", o.Unit, o.At.Release))
	}
	want(t, "history", strings.Join(order, " "), "4:4 4:1 4:3 5:1 6:4")
	if o := history[0]; o.Note != "note of a" || o.Place != (ledger.Place{File: "data/it's.csv", Line: 3, Column: "v"}) || o.Citation != "page 1" || o.Status != number.Normal {
		t.Errorf("origin is %+v", o)
	}
	want(t, "holdings", fmt.Sprint(w.Catalogue().Cells), "[{people 2020 commune  3 1 {2021-01-01 4} 2 3 {2021-03-01 1}}]")

	wantCode(t, w.Publish(t.Context(), ledger.Release{ID: staged}, nil, nil), warehouse.ReleaseTaken)
	if err := w.Stage(t.Context(), nil, nil); err != nil {
		t.Errorf("staging nothing: %v", err)
	}
}

func TestOutOfRange(t *testing.T) {
	t.Parallel()
	w := warehousetest.Start(t)
	load(t, w, "people", 2020, map[string]string{"a": "0.0000000001", "b": "-9999999999999999999999.9999999999"})
	want(t, "smallest", value(t, w, 1, "people", 2020, "commune", "a"), "0.0000000001")
	want(t, "largest", value(t, w, 1, "people", 2020, "province", "P"), "-9999999999999999999999.9999999998")
	for _, number := range []string{"0.00000000001", "10000000000000000000000", "1e40", "1e-40"} {
		o := cells(t, w, "people", 2021, map[string]string{"b": "1"})
		o[0].Denominator = decimal.NewNullDecimal(decimal.RequireFromString(number))
		err := w.Stage(t.Context(), o, nil)
		wantCode(t, err, warehouse.ValueOutOfRange)
		if !strings.Contains(err.Error(), "data/it's.csv:3") {
			t.Errorf("%v does not say where", err)
		}
	}
}

// TestOneStatement asks for several indicators, years and levels, registers
// among them.
func TestOneStatement(t *testing.T) {
	t.Parallel()
	w := warehousetest.Start(t)
	d := small("register", `q'uo\te`)
	d.Indicators[0].Absent = catalogue.NotMet
	if err := w.Define(t.Context(), d, "small"); err != nil {
		t.Fatal(err)
	}
	load(t, w, "people", 2020, map[string]string{"a": "1", "A": "5", "b": "2"})
	load(t, w, "register", 2018, map[string]string{"a": "1"})
	load(t, w, `q'uo\te`, 2019, map[string]string{"a": "4"})
	var keys []figure.SliceKey
	for _, indicator := range []string{"people", "register", `q'uo\te`, "unknown"} {
		for _, year := range []number.Year{2019, 2020} {
			for _, level := range []string{"province", "district", "commune", "unknown"} {
				keys = append(keys, figure.SliceKey{Indicator: indicator, Year: year, Level: level, View: ledger.View{Head: 3}})
			}
		}
	}
	ctx, cost := figure.WithCost(t.Context())
	got, err := w.Slices(ctx, keys)
	if err != nil {
		t.Fatal(err)
	}
	if n := cost.Statements.Load(); n != 1 {
		t.Errorf("%d statements, want 1", n)
	}
	if n := cost.RowsRead.Load(); n == 0 {
		t.Error("no rows were read")
	}
	answers := map[string]string{
		"people 2020 province": "5+2", "people 2020 district": "5+1+2", "people 2020 commune": "1+2",
		"register 2019 province": "1", "register 2019 district": "1", "register 2019 commune": "1",
		"register 2020 province": "1", "register 2020 district": "1", "register 2020 commune": "1",
		`q'uo\te 2019 province`: "4", `q'uo\te 2019 district`: "4", `q'uo\te 2019 commune`: "4",
	}
	for i, key := range keys {
		var values []string
		for _, sum := range got[i].Sums() {
			values = append(values, sum.Value.String())
		}
		question := fmt.Sprintf("%s %d %s", key.Indicator, key.Year, key.Level)
		want(t, question, strings.Join(values, "+"), answers[question])
	}
	for _, sum := range got[slices.Index(keys, figure.SliceKey{Indicator: "people", Year: 2020, Level: "province", View: ledger.View{Head: 3}})].Sums() {
		if sum.From == 1 && (len(sum.Members) != 1 || sum.Members[0] != w.Catalogue().At(20201231).Unit("A").Key()) {
			t.Errorf("members are %v", sum.Members)
		}
	}
}

// TestReleasesAreSeenUnderLoad sees what was published elsewhere, and whether ClickHouse
// answers, while questions have taken every connection that there is for them.
func TestReleasesAreSeenUnderLoad(t *testing.T) {
	t.Parallel()
	cfg := warehousetest.Config(t)
	busy, options := cfg, cfg.Options
	busy.Options = func() *clickhouse.Options {
		o := options()
		o.MaxOpenConns, o.MaxIdleConns = 1, 1
		return o
	}
	serve, loader := warehousetest.Open(t, busy), warehousetest.Open(t, cfg)
	taken, err := serve.Query(t.Context(), "SELECT number FROM system.numbers SETTINGS max_rows_to_read = 0", 0)
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	waiting, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := serve.History(waiting, []string{"people"}, []number.Year{2020}); err == nil {
		t.Fatal("there is a connection left for questions: this test shows nothing")
	}
	id := load(t, loader, "people", 2020, map[string]string{"a": "1"})
	if err := serve.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if head := serve.Catalogue().Head; head != id {
		t.Errorf("the last release is %d, want %d", head, id)
	}
	if err := serve.Ready(t.Context()); err != nil {
		t.Error(err)
	}
}

// mortal gives a warehouse on an engine of the test's own, which may be killed.
func mortal(t *testing.T) (*engine.Engine, *warehouse.Warehouse) {
	t.Helper()
	e := engine.New(engine.Config{Dir: t.TempDir(), WaitLimit: time.Minute}) // a busy machine takes long to start one
	if err := e.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return e, warehousetest.Open(t, warehouse.Config{Options: e.Options})
}

// TestEngineDies kills an engine of its own: a question put to the dying one is answered
// or has one clear error, and once the death is known the next is answered again.
func TestEngineDies(t *testing.T) {
	e, w := mortal(t)
	id := load(t, w, "people", 2020, map[string]string{"a": "1"})
	pid := e.PID()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	// Every idle connection leads to the dead until the engine knows, so more than one
	// question may meet it.
	for known := false; !known; {
		known = e.PID() != pid
		_, err := w.Slices(t.Context(), []figure.SliceKey{{Indicator: "people", Year: 2020, Level: "district", View: ledger.View{Head: id}}})
		if err != nil {
			wantCode(t, err, "ENGINE_DOWN")
		}
	}
	want(t, "the next question", value(t, w, id, "people", 2020, "district", "A"), "1")
	if err := w.Ready(t.Context()); err != nil {
		t.Error(err)
	}
}
