package stats_test

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/stats/statstest"
)

// reports are the values of indicators in 2010, by unit.
type reports map[string]map[string]int64

// published returns a store that has them.
func published(t *testing.T, d catalogue.Definitions, all reports) *statstest.Memory {
	t.Helper()
	store := statstest.NewMemory()
	if err := store.Define(t.Context(), d, "1"); err != nil {
		t.Fatal(err)
	}
	at := ledger.Position{Published: number.NewDate(2011, 1, 1), Release: 1}
	var observations []ledger.Observation
	var postings []ledger.Posting
	for code, units := range all {
		for unit, value := range units {
			o := ledger.Observation{
				CellKey: ledger.CellKey{Indicator: code, Unit: store.Catalogue().At(number.Year(2010).Reference()).Unit(unit).Key(), Year: 2010},
				Status:  number.Normal, At: at, Value: decimal.NewNullDecimal(decimal.NewFromInt(value)),
			}
			if store.Catalogue().Indicator(code).Kind != catalogue.Count {
				o.Denominator = decimal.NewNullDecimal(decimal.NewFromInt(1))
			}
			observations, postings = append(observations, o), append(postings, ledger.Post(nil, o)...)
		}
	}
	if err := store.Stage(t.Context(), observations, postings); err != nil {
		t.Fatal(err)
	}
	if err := store.Publish(t.Context(), ledger.Release{ID: 1, Published: at.Published}, nil, nil); err != nil {
		t.Fatal(err)
	}
	return store
}

// weighing adds what the units of "i" weigh: one each ("ones"), and "people".
func weighing(d *catalogue.Definitions, by, level string) {
	d.Indicators[0].CoverageWeightCode = by
	d.Indicators[0].MinimumCoverage = number.Fraction{}
	for _, code := range []string{"ones", "people"} {
		d.Indicators = append(d.Indicators, &catalogue.Indicator{
			Code: code, TopicCode: "t", Kind: catalogue.Count, Absent: catalogue.Unreported, Eligibility: catalogue.Eligibility{Level: level},
		})
	}
}

// weigh asks for the figures of units on the units of a day, weighed.
func weigh(t *testing.T, s *query.Service, level string, basis number.Date) []*figure.Figure {
	t.Helper()
	scope := &query.Scope{ByWeight: true}
	if !basis.IsOpen() {
		scope.Basis = &figure.Basis{Date: &basis}
	}
	answer, err := s.Series(t.Context(), query.Ask{Indicator: "i", Level: level, Scope: scope})
	if err != nil {
		t.Fatal(err)
	}
	figures := make([]*figure.Figure, len(answer.Series))
	for i, series := range answer.Series {
		figures[i] = series.Figures[0]
	}
	return figures
}

// Where every unit weighs one, coverage by weight is coverage by units: of communes
// that report themselves or for whom a district speaks, in a register or not.
func TestUnitsThatWeighOneAreCounted(t *testing.T) {
	partial := 0
	for seed := range uint64(5 * rounds) {
		r := rand.New(rand.NewPCG(seed, 19))
		d := catalogue.Definitions{Topics: []*catalogue.Topic{{Code: "t"}}}
		for _, code := range []string{"country", "province", "district", "commune"} {
			d.Levels = append(d.Levels, &catalogue.Level{Code: code, Kinds: []*catalogue.Kind{{Code: code}, {Code: "ward"}}})
		}
		kind := []catalogue.IndicatorKind{catalogue.Count, catalogue.Attainment, catalogue.Mean}[r.IntN(3)]
		d.Indicators = []*catalogue.Indicator{{
			Code: "i", TopicCode: "t", Kind: kind, Absent: catalogue.Unreported, Eligibility: catalogue.Eligibility{Level: "commune", Kinds: []string{"commune"}},
		}}
		if kind == catalogue.Attainment && r.IntN(2) == 0 {
			d.Indicators[0].Absent = catalogue.NotMet
		}
		weighing(&d, "ones", "commune")
		all := reports{"i": {}, "ones": {}}
		d.Units = append(d.Units, version("C", "", "country", 0, 0))
		for p := range 2 {
			province := fmt.Sprintf("P%d", p)
			d.Units = append(d.Units, version(province, "C", "province", 0, 0))
			for i := range 1 + r.IntN(3) {
				district := fmt.Sprintf("%sD%d", province, i)
				d.Units = append(d.Units, version(district, province, "district", 0, 0))
				if kind == catalogue.Count && r.IntN(4) == 0 {
					all["i"][district] = 1
				}
				communes := r.IntN(5)
				if communes == 0 {
					all["ones"][district] = 1 // it counts as one itself, if it reports
				}
				for j := range communes {
					u := version(fmt.Sprintf("%sC%d", district, j), district, "commune", 0, 0)
					all["ones"][u.Code] = 1
					if r.IntN(5) == 0 {
						u.Kind = "ward"
					} else if r.IntN(3) > 0 {
						all["i"][u.Code] = r.Int64N(2)
					}
					d.Units = append(d.Units, u)
				}
			}
		}
		all["i"]["P0D0C9"] = 1 // there is always one
		all["ones"]["P0D0C9"] = 1
		d.Units = append(d.Units, version("P0D0C9", "P0D0", "commune", 0, 0))
		s := query.New(published(t, d, all))
		for _, level := range []string{"country", "province", "district", "commune"} {
			for _, f := range weigh(t, s, level, 0) {
				if f.Origin == figure.OriginReported {
					continue // it stands for itself
				}
				w := f.Coverage.ByWeight()
				if got, want := fmt.Sprint(w.Reported, w.Expected), fmt.Sprint(f.Coverage.Reported, f.Coverage.Expected); got != want {
					t.Fatalf("seed %d: %s weighs %s, counts %s", seed, f.Unit.Code, got, want)
				}
				if 0 < f.Coverage.Reported && f.Coverage.Reported < f.Coverage.Expected {
					partial++
				}
			}
		}
	}
	if partial < rounds {
		t.Errorf("only %d figures of some of their units were looked at", partial)
	}
}

// However communes are merged and split, what they weigh is neither lost nor made:
// those of a province weigh on any day what they did as reported, those that
// reported and those that did not.
func TestWeightsAreCarriedWhole(t *testing.T) {
	estimated := 0
	for seed := range uint64(rounds) {
		r := rand.New(rand.NewPCG(seed, 1789))
		l := randomLand(t, r, catalogue.Count)
		weighing(&l.definitions, "people", "commune")
		all := reports{"i": {"P0a0": 1}, "people": {}}
		for code := range l.values {
			all["people"][code] = r.Int64N(1000)
			if r.IntN(3) > 0 {
				all["i"][code] = r.Int64N(9)
			}
		}
		s := query.New(published(t, l.definitions, all))
		for _, before := range weigh(t, s, "province", 0) {
			expected, reported := new(big.Rat), new(big.Rat)
			for code, people := range all["people"] {
				if code[:2] != before.Unit.Code {
					continue
				}
				expected.Add(expected, big.NewRat(people, 1))
				if _, has := all["i"][code]; has {
					reported.Add(reported, big.NewRat(people, 1))
				}
			}
			same := func(name string, e, r *big.Rat) {
				if e.Cmp(expected) != 0 || r.Cmp(reported) != 0 {
					t.Fatalf("seed %d: %s %s weighs %s of %s, want %s of %s", seed, before.Unit.Code, name, r, e, reported, expected)
				}
			}
			w := before.Coverage.ByWeight()
			same("as reported", exact(w.Expected), exact(w.Reported))
			for _, day := range []number.Date{number.NewDate(2013, 7, 20), number.NewDate(2025, 7, 1)} {
				provinces := weigh(t, s, "province", day)
				at := slices.IndexFunc(provinces, func(f *figure.Figure) bool { return f.Unit.Code == before.Unit.Code })
				w := provinces[at].Coverage.ByWeight()
				same("on "+day.String(), exact(w.Expected), exact(w.Reported))
				e, r := new(big.Rat), new(big.Rat)
				for _, f := range weigh(t, s, "commune", day) {
					if f.Unit.Parent().Code == before.Unit.Code && f.Coverage.Expected > 0 {
						w := f.Coverage.ByWeight()
						e.Add(e, exact(w.Expected))
						r.Add(r, exact(w.Reported))
					}
					if f.StatusSet.Has(number.Estimated) {
						estimated++
					}
				}
				same("by its communes of "+day.String(), e, r)
			}
		}
	}
	if estimated < rounds {
		t.Errorf("only %d estimated figures were looked at", estimated)
	}
}

// reading counts the slices that are read.
type reading struct {
	figure.Source
	keys int
}

func (r *reading) Slices(ctx context.Context, keys []figure.SliceKey) ([]*figure.Slice, error) {
	r.keys += len(keys)
	return r.Source.Slices(ctx, keys)
}

// Nobody who does not ask pays: a question without weights reads the slices that it
// always did.
func TestWeightsAreReadWhenAsked(t *testing.T) {
	d := catalogue.Definitions{
		Topics: []*catalogue.Topic{{Code: "t"}},
		Units:  []catalogue.UnitVersion{version("P", "", "province", 0, 0), version("A", "P", "district", 0, 0), version("B", "P", "district", 0, 0)},
		Indicators: []*catalogue.Indicator{{
			Code: "i", TopicCode: "t", Kind: catalogue.Count, Absent: catalogue.Unreported, Eligibility: catalogue.Eligibility{Level: "district"},
		}},
	}
	for _, code := range []string{"province", "district"} {
		d.Levels = append(d.Levels, &catalogue.Level{Code: code, Kinds: []*catalogue.Kind{{Code: code}}})
	}
	weighing(&d, "people", "district")
	source := &reading{Source: published(t, d, reports{"i": {"A": 1}, "people": {"A": 3, "B": 4}})}
	s := query.New(source)
	for _, c := range []struct {
		byWeight bool
		want     int
	}{{false, 1}, {true, 4}} {
		source.keys = 0
		f, err := s.Figure(t.Context(), query.Ask{Indicator: "i", Unit: "P", Year: 2010, Scope: &query.Scope{ByWeight: c.byWeight}})
		if err != nil || source.keys != c.want {
			t.Errorf("%d slices were read, want %d; %v", source.keys, c.want, err)
		}
		if asked := f.Coverage.ByWeight() != nil; asked != c.byWeight {
			t.Errorf("weighed: %t", asked)
		}
	}
}

// What is more than one answer can weigh is refused before anything is read.
func TestTooManyToWeigh(t *testing.T) {
	d := catalogue.Definitions{
		Topics: []*catalogue.Topic{{Code: "t"}},
		Levels: []*catalogue.Level{{Code: "country", Kinds: []*catalogue.Kind{{Code: "country"}}}, {Code: "commune", Kinds: []*catalogue.Kind{{Code: "commune"}}}},
		Units:  []catalogue.UnitVersion{version("C", "", "country", 0, 0)},
		Indicators: []*catalogue.Indicator{{
			Code: "i", TopicCode: "t", Kind: catalogue.Count, Absent: catalogue.Unreported, Eligibility: catalogue.Eligibility{Level: "commune"},
		}},
	}
	for i := range 10_001 {
		d.Units = append(d.Units, version(fmt.Sprintf("C%d", i), "C", "commune", 0, 0))
	}
	weighing(&d, "people", "commune")
	source := &reading{Source: published(t, d, reports{"i": {"C1": 1}})}
	ask := query.TableAsk{Indicators: []string{"i"}, Units: []string{"C"}}
	for year := range number.Year(100) {
		ask.Years = append(ask.Years, 1911+year)
	}
	if _, err := query.New(source).Table(t.Context(), ask); err != nil {
		t.Fatal(err)
	}
	source.keys, ask.Scope = 0, &query.Scope{ByWeight: true}
	_, err := query.New(source).Table(t.Context(), ask)
	if faults := number.Errors(err); len(faults) != 1 || faults[0].Code != number.TooMany || faults[0].Where != "byWeight" || source.keys > 0 {
		t.Errorf("%v, %d slices were read", err, source.keys)
	}
}
