package stats_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/stats/statstest"
)

// rounds is how many random worlds each property is tried on.
const rounds = 100

// fact is a reported value; a denominator of 0 stands for none.
type fact struct {
	unit               string
	year               number.Year
	value, denominator int64
}

// realm is a province P with districts, some of which begin or end in 2020, and
// what was reported of one indicator.
type realm struct {
	kind  catalogue.IndicatorKind
	units []catalogue.UnitVersion
	facts []fact
}

// random makes a realm. Some districts lack figures, and sometimes the province
// reports for itself, too.
func random(r *rand.Rand, kind catalogue.IndicatorKind) realm {
	w := realm{kind: kind, units: []catalogue.UnitVersion{version("P", "", "province", 0, 0)}}
	value := func(unit string, year number.Year) {
		f := fact{unit, year, r.Int64N(20), 0}
		if kind != catalogue.Count {
			f.denominator = r.Int64N(30)
			f.value = min(f.value, f.denominator)
		}
		if r.IntN(8) > 0 {
			w.facts = append(w.facts, f)
		}
	}
	for i := range 3 + r.IntN(6) {
		code := fmt.Sprintf("D%d", i)
		from, to := number.Date(0), number.Date(0)
		switch r.IntN(8) {
		case 0:
			from = number.NewDate(2020, 5, 1)
		case 1:
			to = number.NewDate(2020, 5, 1)
		}
		w.units = append(w.units, version(code, "P", "district", from, to))
		if from.IsOpen() {
			value(code, 2019)
		}
		if to.IsOpen() {
			value(code, 2020)
		}
	}
	// There are always figures of both years, so that no question is refused.
	w.units = append(w.units, version("Z", "P", "district", 0, 0))
	w.facts = append(w.facts, fact{"Z", 2019, 3, 7}, fact{"Z", 2020, 4, 9})
	if r.IntN(4) == 0 {
		w.facts = append(w.facts, fact{"P", 2019, 40, 90}, fact{"P", 2020, 50, 101})
	}
	return w
}

func version(code, parent, level string, from, to number.Date) catalogue.UnitVersion {
	return catalogue.UnitVersion{
		Code: code, Parent: parent, Level: level, Kind: level, Names: number.Same(code), Opening: catalogue.Baseline,
		Validity: number.Validity{From: from, To: to},
	}
}

// service loads a realm into a store and asks of it.
func (w realm) service(t *testing.T) *query.Service {
	t.Helper()
	d := catalogue.Definitions{Topics: []*catalogue.Topic{{Code: "t"}}, Units: w.units}
	for _, code := range []string{"province", "district"} {
		d.Levels = append(d.Levels, &catalogue.Level{Code: code, Kinds: []*catalogue.Kind{{Code: code}}})
	}
	minimum, err := number.ParseFraction("1/100")
	if err != nil {
		t.Fatal(err)
	}
	d.Indicators = []*catalogue.Indicator{{
		Code: "i", TopicCode: "t", Kind: w.kind, Direction: catalogue.HigherIsBetter, Absent: catalogue.Unreported,
		Eligibility: catalogue.Eligibility{Level: "district"}, MinimumCoverage: minimum,
	}}
	store := statstest.NewMemory()
	if err := store.Define(t.Context(), d, "1"); err != nil {
		t.Fatal(err)
	}
	at := ledger.Position{Published: number.NewDate(2021, 1, 1), Release: 1}
	var observations []ledger.Observation
	var postings []ledger.Posting
	for _, f := range w.facts {
		unit := store.Catalogue().At(f.year.Reference()).Unit(f.unit)
		o := ledger.Observation{
			CellKey: ledger.CellKey{Indicator: "i", Unit: unit.Key(), Year: f.year}, Status: number.Normal, At: at,
			Value: decimal.NewNullDecimal(decimal.NewFromInt(f.value)),
		}
		if w.kind != catalogue.Count {
			o.Denominator = decimal.NewNullDecimal(decimal.NewFromInt(f.denominator))
		}
		observations, postings = append(observations, o), append(postings, ledger.Post(nil, o)...)
	}
	if err := store.Stage(t.Context(), observations, postings); err != nil {
		t.Fatal(err)
	}
	if err := store.Publish(t.Context(), ledger.Release{ID: 1, Published: at.Published}, nil, nil); err != nil {
		t.Fatal(err)
	}
	return query.New(store)
}

func (w realm) compare(t *testing.T, matched bool) *query.Comparison {
	t.Helper()
	answer, err := w.service(t).Compare(t.Context(), query.Ask{Indicator: "i", Year: 2020, Level: "district", Within: "P", Matched: matched})
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

func (w realm) rank(t *testing.T, ask query.Ask) *query.Ranking {
	t.Helper()
	ask.Indicator, ask.Year, ask.Level, ask.Within = "i", 2020, "district", "P"
	answer, err := w.service(t).Rank(t.Context(), ask)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// each tries a property on random realms of each kind that can be added up.
func each(t *testing.T, property func(t *testing.T, r *rand.Rand, w realm)) {
	for _, kind := range []catalogue.IndicatorKind{catalogue.Count, catalogue.Ratio, catalogue.Attainment, catalogue.Mean} {
		t.Run(string(kind), func(t *testing.T) {
			for seed := range uint64(rounds) {
				r := rand.New(rand.NewPCG(seed, 1955))
				w := random(r, kind)
				property(t, r, w)
				if t.Failed() {
					t.Fatalf("seed %d: %+v", seed, w)
				}
			}
		})
	}
}

// exact returns the number of a value as a quotient; 0 when it is none.
func exact(v number.Value) *big.Rat {
	number, known := v.Number()
	if !known {
		return new(big.Rat)
	}
	text, _ := number.MarshalText() // 1.5/3
	quotient := new(big.Rat).SetInt64(1)
	for i, part := range strings.Split(string(text), "/") {
		decimal, ok := new(big.Rat).SetString(part)
		if !ok {
			panic(string(text))
		}
		if i > 0 {
			decimal.Inv(decimal)
		}
		quotient.Mul(quotient, decimal)
	}
	return quotient
}

// amount is what figures of a kind are added up by: a mean by its weighted value.
func amount(f *figure.Figure) *big.Rat {
	if f.Indicator.Kind == catalogue.Mean {
		return new(big.Rat).Mul(exact(f.Value), exact(f.Weight))
	}
	return exact(f.Value)
}

// whole is what a figure is a part of or weighted by; 0 of a count.
func whole(f *figure.Figure) *big.Rat {
	if f.Indicator.Kind == catalogue.Mean {
		return exact(f.Weight)
	}
	return exact(f.Denominator)
}
