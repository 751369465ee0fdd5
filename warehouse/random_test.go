package warehouse_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/statstest"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// TestAgainstMemory makes up units that move, observations at every level and
// publications in any order, and asks the warehouse and the plain store in
// memory for the same slices.
func TestAgainstMemory(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w := &madeUp{Rand: rand.New(rand.NewPCG(seed, 1))}
			stores := []statstest.Store{warehousetest.Lend(t), statstest.NewMemory()}
			definitions := w.definitions()
			for _, store := range stores {
				if err := store.Define(t.Context(), definitions, "made up"); err != nil {
					t.Fatal(err)
				}
			}
			for range 12 {
				w.load(t, stores)
			}
			keys := w.keys(stores[0].Catalogue())
			got, err := stores[0].Slices(t.Context(), keys)
			if err != nil {
				t.Fatal(err)
			}
			want, err := stores[1].Slices(t.Context(), keys)
			if err != nil {
				t.Fatal(err)
			}
			full := 0
			for i, key := range keys {
				if !reflect.DeepEqual(plain(got[i]), plain(want[i])) {
					t.Fatalf("%+v\n got %s\nwant %s", key, plain(got[i]), plain(want[i]))
				}
				if got[i].Len() > 0 {
					full++
				}
			}
			if full < len(keys)/4 {
				t.Fatalf("only %d of %d slices have facts", full, len(keys))
			}
		})
	}
}

// plain writes a slice with members in any order alike.
func plain(s *figure.Slice) string {
	text := ""
	for _, sum := range s.Sums() {
		members := map[uint32]bool{}
		for _, key := range sum.Members {
			members[key] = true
		}
		text += fmt.Sprintf("\n  %d from %d: %d known %d not %d bare %s / %s, %s %v %v", sum.Unit, sum.From, sum.Count, sum.NotKnown,
			sum.Bare, sum.Value, sum.Denominator, sum.Weighted, sum.Statuses.All(), members)
	}
	return text
}

// madeUp invents a world.
type madeUp struct {
	*rand.Rand
}

func (m *madeUp) definitions() catalogue.Definitions {
	d := catalogue.Definitions{Topics: []*catalogue.Topic{{Code: "t"}}}
	for _, code := range []string{"country", "province", "district", "commune"} {
		d.Levels = append(d.Levels, &catalogue.Level{Code: code, Kinds: []*catalogue.Kind{{Code: "one"}, {Code: "two"}}})
	}
	for i, i2 := range []catalogue.Indicator{
		{Code: "count", Eligibility: catalogue.Eligibility{Level: "commune"}},
		{Code: "d'éc\\ount", Eligibility: catalogue.Eligibility{Level: "district"}},
		{Code: "register", Absent: catalogue.NotMet, Eligibility: catalogue.Eligibility{Level: "commune", Kinds: []string{"one"}}},
		{Code: "register-2", Absent: catalogue.NotMet, Eligibility: catalogue.Eligibility{Level: "district"}},
		{Code: "mean", Eligibility: catalogue.Eligibility{Level: "commune"}},
	} {
		i2.Kind, i2.TopicCode = catalogue.Count, d.Topics[0].Code
		switch i {
		case 2:
			i2.Kind = catalogue.Attainment
		case 4:
			i2.Kind = catalogue.Mean
		}
		d.Indicators = append(d.Indicators, &i2)
	}
	d.Units = append(d.Units, catalogue.UnitVersion{Code: "C", Level: "country", Kind: "one", Opening: catalogue.Baseline})
	for _, tier := range []struct {
		level, letter, above string
		count, parents       int
	}{{"province", "P", "C", 2, 1}, {"district", "D", "P", 5, 2}, {"commune", "U", "D", 20, 5}} {
		for n := range tier.count {
			d.Units = append(d.Units, m.life(tier.level, fmt.Sprintf("%s%d", tier.letter, n), func() string {
				if tier.above == "C" {
					return "C"
				}
				return fmt.Sprintf("%s%d", tier.above, m.IntN(tier.parents))
			})...)
		}
	}
	return d
}

// life is a unit's: it may move, change its kind, end, or hand on its code.
func (m *madeUp) life(level, code string, parent func() string) []catalogue.UnitVersion {
	kind := func() string { return []string{"one", "two"}[m.IntN(2)] }
	v := catalogue.UnitVersion{Code: code, Level: level, Kind: kind(), Parent: parent(), Opening: catalogue.Baseline}
	versions := []catalogue.UnitVersion{v}
	for year := 2018; year < 2022; year++ {
		last := &versions[len(versions)-1]
		day := number.NewDate(year, 1+m.IntN(12), 1)
		switch m.IntN(8) {
		case 0:
			last.Validity.To = day
			next := catalogue.UnitVersion{Code: code, Level: level, Kind: kind(), Parent: parent(), Opening: catalogue.Changed, Validity: number.Validity{From: day}}
			versions = append(versions, next)
		case 1:
			last.Validity.To = day
			next := catalogue.UnitVersion{Code: code, Level: level, Kind: kind(), Parent: parent(), Opening: catalogue.Replaced, Validity: number.Validity{From: day}}
			versions = append(versions, next)
		}
	}
	if m.IntN(8) == 0 {
		versions[len(versions)-1].Validity.To = number.NewDate(2021, 12, 31)
	}
	return versions
}

// load publishes one release to all stores, newest day last or not.
func (m *madeUp) load(t *testing.T, stores []statstest.Store) {
	c := stores[0].Catalogue()
	id, err := stores[0].NextRelease(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := ledger.Position{Published: number.NewDate(2022, 1+m.IntN(3), 1+m.IntN(3)), Release: id}
	var observations []ledger.Observation
	for _, i := range c.Indicators {
		for year := number.Year(2018); year <= 2022; year++ {
			for _, level := range c.Levels {
				for _, unit := range c.At(year.Reference()).Level(level.Code) {
					if chance := map[string]int{"commune": 3, "district": 9, "province": 12, "country": 12}[level.Code]; m.IntN(chance) > 0 {
						continue
					}
					observations = append(observations, m.observation(ledger.CellKey{Indicator: i.Code, Unit: unit.Key(), Year: year}, at))
				}
			}
		}
	}
	for _, store := range stores {
		post(t, store, at, observations)
	}
}

func (m *madeUp) observation(key ledger.CellKey, at ledger.Position) ledger.Observation {
	o := ledger.Observation{CellKey: key, At: at, Status: number.Precedence()[m.IntN(6)]}
	if o.Status == number.Missing {
		return o
	}
	o.Value = decimal.NewNullDecimal(decimal.New(int64(m.IntN(2000)-500), -int32(m.IntN(4))))
	if m.IntN(3) > 0 {
		o.Denominator = decimal.NewNullDecimal(decimal.New(int64(m.IntN(2000)), 0))
	}
	return o
}

// keys asks for everything, in several views at once.
func (m *madeUp) keys(c *catalogue.Calendar) []figure.SliceKey {
	views := []ledger.View{{Head: c.Head}, {Head: c.Head / 2}, {Head: c.Head, Published: number.NewDate(2022, 2, 2), Release: c.Head / 2}, {}}
	var keys []figure.SliceKey
	for _, view := range views {
		for _, i := range c.Indicators {
			for year := number.Year(2017); year <= 2023; year++ {
				for _, level := range c.Levels {
					keys = append(keys, figure.SliceKey{Indicator: i.Code, Year: year, Level: level.Code, View: view})
				}
			}
		}
	}
	m.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	return keys[:len(keys)*3/4]
}

// post stages and publishes observations as a load does.
func post(t *testing.T, store statstest.Store, at ledger.Position, observations []ledger.Observation) {
	t.Helper()
	stage(t, store, at, observations)
	release := ledger.Release{ID: at.Release, SourceCode: "made up", Published: at.Published, Actor: "test", Added: len(observations)}
	if err := store.Publish(t.Context(), release, nil, nil); err != nil {
		t.Fatal(err)
	}
}

func stage(t *testing.T, store statstest.Store, at ledger.Position, observations []ledger.Observation) {
	t.Helper()
	var indicators []string
	var years []number.Year
	for _, o := range observations {
		indicators, years = append(indicators, o.Indicator), append(years, o.Year)
	}
	all, err := store.History(t.Context(), indicators, years)
	if err != nil {
		t.Fatal(err)
	}
	history := map[ledger.CellKey][]ledger.Observation{}
	for _, o := range all {
		history[o.CellKey] = append(history[o.CellKey], o)
	}
	var postings []ledger.Posting
	for i := range observations {
		observations[i].At = at
		postings = append(postings, ledger.Post(history[observations[i].CellKey], observations[i])...)
	}
	if err := store.Stage(t.Context(), observations, postings); err != nil {
		t.Fatal(err)
	}
}
