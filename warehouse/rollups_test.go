package warehouse_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"testing"

	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/memory"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/statstest"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// rolling is the configuration of a database with roll-ups from the first posting on.
func rolling(t *testing.T) warehouse.Config {
	t.Helper()
	cfg := warehousetest.Borrow(t)
	cfg.RolledUpBeyond = -1
	return cfg
}

// TestScriptsOnRollUps runs the scripts that say what numbers mean where whatever can be read from
// roll-ups is.
func TestScriptsOnRollUps(t *testing.T) {
	statstest.RunOnly(t, os.DirFS(scripts), statstest.Distinct(t, os.DirFS(scripts)), func(t *testing.T) statstest.Store {
		return warehousetest.Open(t, rolling(t))
	})
}

// TestRollUpsAgainstPostings makes up units that move and are defined anew, publications in any order, some of
// which replace, are withdrawn or come to nothing, and asks for every slice of every view from roll-ups and from postings.
func TestRollUpsAgainstPostings(t *testing.T) {
	t.Parallel()
	r := &rolled{madeUp: &madeUp{Rand: rand.New(rand.NewPCG(1, 2))}}
	cfg := rolling(t)
	r.summed = warehousetest.Open(t, cfg)
	cfg.RolledUpBeyond = math.MaxInt
	r.posted = warehousetest.Open(t, cfg)
	r.define(t)
	steps := []func(*testing.T){r.publish, r.publish, r.fail, r.withdraw, r.define}
	for n := range 16 {
		if n < 3 {
			r.publish(t)
		} else {
			steps[r.IntN(len(steps))](t)
		}
		r.compare(t, "after step "+fmt.Sprint(n))
	}
	if err := r.summed.RollUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.compare(t, "after all was summed anew")
	if r.read < 6 {
		t.Errorf("roll-ups were read after %d steps only", r.read)
	}
	if r.found < 100 {
		t.Errorf("%d slices were read ahead only", r.found)
	}
	r.proveReading(t)
}

// rolled is a made-up world in a database that two programs have opened.
type rolled struct {
	*madeUp
	summed, posted *warehouse.Warehouse
	read, defined  int
	found          int // slices that were read ahead
}

func (r *rolled) define(t *testing.T) {
	r.defined++
	if err := r.summed.Define(t.Context(), r.definitions(), fmt.Sprint("made up ", r.defined)); err != nil {
		t.Fatal(err)
	}
	if r.IntN(2) == 0 {
		if err := r.summed.RollUp(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func (r *rolled) publish(t *testing.T) { r.load(t, []statstest.Store{r.summed}) }

// fail stages a release and sums it, and then it cannot be published, as where the program dies. Its
// number is given up, or tried again with more.
func (r *rolled) fail(t *testing.T) {
	id, err := r.summed.NextRelease(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := ledger.Position{Published: number.NewDate(2022, 2, 1+r.IntN(3)), Release: id}
	head := r.summed.Catalogue().Head
	release := []ledger.PendingRelease{{Release: ledger.Release{ID: id, SourceCode: "made up", Published: at.Published, Actor: "test"}}}
	some := func(level string) (all []ledger.Observation) {
		for _, unit := range r.summed.Catalogue().At(20201231).Level(level) {
			all = append(all, r.observation(ledger.CellKey{Indicator: "count", Unit: unit.Key(), Year: 2020}, at))
		}
		return all
	}
	stage(t, r.summed, at, some("commune"))
	wantCode(t, r.summed.PublishAll(t.Context(), head+7, release), "RELEASE_TAKEN")
	r.compare(t, "while a release is staged")
	if r.IntN(2) == 0 {
		stage(t, r.summed, at, some("district"))
		if err := r.summed.PublishAll(t.Context(), head, release); err != nil {
			t.Fatal(err)
		}
	}
}

func (r *rolled) withdraw(t *testing.T) {
	c := r.summed.Catalogue()
	of := c.Releases[r.IntN(len(c.Releases))]
	if of.Withdraws != 0 || c.Ledger().Withdrawn(of.ID) {
		return
	}
	id, err := r.summed.NextRelease(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, i := range c.Indicators {
		codes = append(codes, i.Code)
	}
	history, err := r.summed.History(t.Context(), codes, []number.Year{2018, 2019, 2020, 2021, 2022})
	if err != nil {
		t.Fatal(err)
	}
	draft := c.Ledger().Withdraw(ledger.Release{ID: id, SourceCode: "made up", Published: number.NewDate(2022, 4, 1), Actor: "test", Withdraws: of.ID}, history)
	if err := r.summed.Stage(t.Context(), nil, draft.Postings); err != nil {
		t.Fatal(err)
	}
	if err := r.summed.Publish(t.Context(), draft.Release, nil, nil); err != nil {
		t.Fatal(err)
	}
}

// compare asks for all slices of all views, level by level: where communes are asked for too, postings are read.
func (r *rolled) compare(t *testing.T, when string) {
	t.Helper()
	if err := r.posted.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := r.posted.Catalogue()
	views := []ledger.View{{Head: c.Head}, {Head: c.Head / 2}, {Head: c.Head, Published: number.NewDate(2022, 2, 2), Release: c.Head / 2}}
	full := 0
	for _, level := range c.Levels {
		var keys []figure.SliceKey
		for _, i := range c.Indicators {
			for year := number.Year(2018); year <= 2022; year++ {
				for _, view := range views {
					keys = append(keys, figure.SliceKey{Indicator: i.Code, Year: year, Level: level.Code, View: view})
				}
			}
		}
		got, err := r.summed.Slices(t.Context(), keys)
		if err != nil {
			t.Fatal(err)
		}
		want, err := r.posted.Slices(t.Context(), keys)
		if err != nil {
			t.Fatal(err)
		}
		ahead := r.ahead(t, keys)
		for i, key := range keys {
			if !reflect.DeepEqual(got[i].Sums(), want[i].Sums()) {
				t.Fatalf("%s: %+v\n from roll-ups %s\nfrom postings %s", when, key, plain(got[i]), plain(want[i]))
			}
			if !reflect.DeepEqual(ahead[i].Sums(), want[i].Sums()) {
				t.Fatalf("%s: %+v\n   read ahead %s\nfrom postings %s", when, key, plain(ahead[i]), plain(want[i]))
			}
			full += got[i].Len()
		}
	}
	if full == 0 {
		t.Fatalf("%s: no slice has anything", when)
	}
	if r.summed.ReadsRollUps() {
		r.read++
	}
}

// ahead reads the slices of some keys after those of 2020 were asked for, one by one: what is read beside
// them is asked no more.
func (r *rolled) ahead(t *testing.T, keys []figure.SliceKey) []*figure.Slice {
	t.Helper()
	remembered, err := memory.New(r.summed, 0)
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, key := range keys {
		if key.Year == 2020 {
			asked++
			if _, err := remembered.Slices(t.Context(), []figure.SliceKey{key}); err != nil {
				t.Fatal(err)
			}
		}
	}
	before := remembered.Usage()
	read, err := remembered.Slices(t.Context(), keys)
	if err != nil {
		t.Fatal(err)
	}
	r.found += int(remembered.Usage().Hits-before.Hits) - asked
	return read
}

// proveReading removes the postings of what roll-ups have: nothing changes but for communes.
func (r *rolled) proveReading(t *testing.T) {
	t.Helper()
	c := r.summed.Catalogue()
	var keys []figure.SliceKey
	for _, code := range []string{"count", "d'éc\\ount"} {
		for _, level := range []string{"country", "province", "district"} {
			keys = append(keys, figure.SliceKey{Indicator: code, Year: 2020, Level: level, View: ledger.View{Head: c.Head}})
		}
	}
	want, err := r.summed.Slices(t.Context(), keys)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.summed.Run(t.Context(), "TRUNCATE TABLE posting"); err != nil {
		t.Fatal(err)
	}
	for i, key := range keys {
		got, err := r.summed.Slices(t.Context(), keys[i:i+1])
		if err != nil {
			t.Fatal(err)
		}
		if want[i].Len() == 0 || plain(got[0]) != plain(want[i]) {
			t.Errorf("%+v is not read from roll-ups: %s", key, plain(got[0]))
		}
	}
}

// TestRollUpsThatAreNotWholeAreNotRead breaks roll-ups in each way that could be thought of; the figures
// stay right, and the roll-ups are mended.
func TestRollUpsThatAreNotWholeAreNotRead(t *testing.T) {
	t.Parallel()
	// That a part of one generation is lost stays unseen: parts are guarded by checksums.
	for name, sql := range map[string]string{
		"dropped by another program": "ALTER TABLE rollup_series DROP PARTITION ALL",
		"of another hierarchy":       "ALTER TABLE rollup_mark UPDATE hierarchy = hierarchy + 1 WHERE 1 SETTINGS mutations_sync = 1",
		"without a release":          "ALTER TABLE rollup_mark DELETE WHERE release = 1 SETTINGS mutations_sync = 1",
		"followed by a void one":     "INSERT INTO rollup_mark (generation, release) SELECT max(generation) + 1, 0 FROM rollup_mark",
		"summed, and not marked":     "INSERT INTO rollup_series SELECT * REPLACE (2 AS loaded) FROM rollup_series",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := rolling(t)
			w := warehousetest.Open(t, cfg)
			load(t, w, "people", 2019, map[string]string{"a": "7", "a2": "5", "b": "8"})
			if !w.ReadsRollUps() {
				t.Fatal("there are no roll-ups")
			}
			if err := w.Run(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
			for _, program := range []*warehouse.Warehouse{w, warehousetest.Open(t, cfg)} {
				want(t, "district A", value(t, program, 1, "people", 2019, "district", "A"), "12")
				want(t, "the province", value(t, program, 1, "people", 2019, "province", "P"), "20")
			}
			load(t, w, "people", 2020, map[string]string{"a": "9"})
			for _, program := range []*warehouse.Warehouse{w, warehousetest.Open(t, cfg)} {
				want(t, "district A in the next year", value(t, program, 2, "people", 2020, "district", "A"), "9")
				want(t, "the province as before", value(t, program, 2, "people", 2019, "province", "P"), "20")
			}
			again := warehousetest.Open(t, cfg)
			if err := again.RollUp(t.Context()); err != nil {
				t.Fatal(err)
			}
			if name != "dropped by another program" && !again.ReadsRollUps() {
				t.Error("the roll-ups were not made anew")
			}
			want(t, "the province at last", value(t, again, 2, "people", 2019, "province", "P"), "20")
			if got := one(t, again, "SELECT count() FROM (SELECT generation FROM rollup_series GROUP BY generation)"); got != "1" {
				t.Errorf("%s generations are kept", got)
			}
		})
	}
}

// TestRollUpsOfAGivenUpReleaseAreNotSeen sums a release that is never published, as where the program
// dies, and publishes the next one into the same generation.
func TestRollUpsOfAGivenUpReleaseAreNotSeen(t *testing.T) {
	t.Parallel()
	w := warehousetest.Open(t, rolling(t))
	first := load(t, w, "people", 2019, map[string]string{"a": "7", "a2": "5", "b": "8"})
	given, err := w.NextRelease(t.Context())
	if err != nil || given != 2 {
		t.Fatal(given, err)
	}
	if err := w.Run(t.Context(), "INSERT INTO rollup_series SELECT * REPLACE (2 AS loaded) FROM rollup_series"); err != nil {
		t.Fatal(err)
	}
	last := load(t, w, "people", 2020, map[string]string{"a": "9"})
	if !w.ReadsRollUps() || given != 2 || last != 3 {
		t.Fatalf("release %d after %d did not join the roll-ups", last, given)
	}
	for _, head := range []ledger.ReleaseID{first, last} {
		want(t, fmt.Sprintf("district A as of release %d", head), value(t, w, head, "people", 2019, "district", "A"), "12")
	}
}

// TestRollUpsOfLevelsThatPay keeps none of a level whose units are hardly fewer than those that report.
func TestRollUpsOfLevelsThatPay(t *testing.T) {
	t.Parallel()
	cfg := warehousetest.Borrow(t)
	cfg.RolledUpBeyond = 3
	w := warehousetest.Open(t, cfg)
	d := small()
	for _, code := range []string{"c", "d"} {
		own := d.Units[len(d.Units)-1]
		own.Code = code
		d.Units = append(d.Units, own)
	}
	if err := w.Define(t.Context(), d, "five communes"); err != nil {
		t.Fatal(err)
	}
	cellsOf := func(year number.Year) []ledger.Observation {
		return cells(t, w, "people", year, map[string]string{"a": "7", "a2": "5", "b": "8", "c": "2", "d": "1"})
	}
	post(t, w, ledger.Position{Published: number.NewDate(2021, 3, 1), Release: 1}, slices.Clip(cellsOf(2020)))
	if got := one(t, w, "SELECT groupUniqArray(level) FROM rollup_series"); got != "[0]" {
		t.Errorf("levels %s are kept, want that of the province alone", got)
	}
	want(t, "district A", value(t, w, 1, "people", 2020, "district", "A"), "12")
	want(t, "the province", value(t, w, 1, "people", 2020, "province", "P"), "23")
}
