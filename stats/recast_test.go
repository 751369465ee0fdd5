package stats_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/stats/statstest"
)

// land is a country of two provinces whose communes are merged and split in 2013 and
// in 2025, never across a province, and the figures of 2010.
type land struct {
	definitions catalogue.Definitions
	values      map[string]fact // by commune of 2010
	kind        catalogue.IndicatorKind
}

func randomLand(t *testing.T, r *rand.Rand, kind catalogue.IndicatorKind) land {
	t.Helper()
	l := land{values: map[string]fact{}, kind: kind}
	d := &l.definitions
	d.Topics = []*catalogue.Topic{{Code: "t"}}
	for _, code := range []string{"country", "province", "commune"} {
		d.Levels = append(d.Levels, &catalogue.Level{Code: code, Kinds: []*catalogue.Kind{{Code: code}}})
	}
	d.Indicators = []*catalogue.Indicator{{
		Code: "i", TopicCode: "t", Kind: kind, Direction: catalogue.HigherIsBetter, Absent: catalogue.Unreported,
		Eligibility: catalogue.Eligibility{Level: "commune"}, Recast: catalogue.RecastShare,
	}}
	d.Units = append(d.Units, version("C", "", "country", 0, 0))
	first, second := number.NewDate(2013, 7, 20), number.NewDate(2025, 7, 1)
	for p := range 2 {
		province := fmt.Sprintf("P%d", p)
		d.Units = append(d.Units, version(province, "C", "province", 0, 0))
		old := l.generation(province, "a", 3+r.IntN(4), 0, first)
		middle := l.generation(province, "b", 1+r.IntN(4), first, second)
		last := l.generation(province, "c", 1+r.IntN(4), second, 0)
		for _, code := range old {
			f := fact{code, 2010, r.Int64N(50), 0}
			if kind != catalogue.Count {
				f.denominator = 1 + r.Int64N(50)
				f.value = min(f.value, f.denominator)
			}
			if kind == catalogue.Attainment {
				f.value, f.denominator = f.value%2, 1
			}
			l.values[code] = f
		}
		l.carry(t, r, first, old, middle)
		l.carry(t, r, second, middle, last)
	}
	return l
}

func (l *land) generation(province, letter string, count int, from, to number.Date) []string {
	var codes []string
	for i := range count {
		code := fmt.Sprintf("%s%s%d", province, letter, i)
		codes = append(codes, code)
		l.definitions.Units = append(l.definitions.Units, version(code, province, "commune", from, to))
	}
	return codes
}

// carry makes rows: each unit goes whole to one, or in two parts to two.
func (l *land) carry(t *testing.T, r *rand.Rand, day number.Date, from, to []string) {
	t.Helper()
	for _, code := range from {
		a := r.IntN(len(to))
		if len(to) == 1 || r.IntN(3) > 0 {
			l.definitions.Crosswalk = append(l.definitions.Crosswalk, catalogue.Carry{Date: day, From: code, To: to[a]})
			continue
		}
		of := 2 + r.IntN(9)
		part := 1 + r.IntN(of-1)
		for i, share := range []int{part, of - part} {
			fraction, err := number.ParseFraction(fmt.Sprintf("%d/%d", share, of))
			if err != nil {
				t.Fatal(err)
			}
			l.definitions.Crosswalk = append(l.definitions.Crosswalk, catalogue.Carry{Date: day, From: code, To: to[(a+i)%len(to)], Partial: true, Share: fraction})
		}
	}
}

func (l *land) service(t *testing.T) *query.Service {
	t.Helper()
	store := statstest.NewMemory()
	if err := store.Define(t.Context(), l.definitions, "1"); err != nil {
		t.Fatal(err)
	}
	at := ledger.Position{Published: number.NewDate(2011, 1, 1), Release: 1}
	var observations []ledger.Observation
	var postings []ledger.Posting
	for _, f := range l.values {
		unit := store.Catalogue().At(f.year.Reference()).Unit(f.unit)
		o := ledger.Observation{
			CellKey: ledger.CellKey{Indicator: "i", Unit: unit.Key(), Year: f.year}, Status: number.Normal, At: at,
			Value: decimal.NewNullDecimal(decimal.NewFromInt(f.value)),
		}
		if f.denominator > 0 {
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

// on asks for all units of a level on the units of a day; open is as reported.
func on(t *testing.T, s *query.Service, level string, day number.Date) map[string]*figure.Figure {
	t.Helper()
	scope := &query.Scope{}
	if !day.IsOpen() {
		scope.Basis = &figure.Basis{Date: &day}
	}
	answer, err := s.Series(t.Context(), query.Ask{Indicator: "i", Level: level, Scope: scope})
	if err != nil {
		t.Fatal(err)
	}
	figures := map[string]*figure.Figure{}
	for _, series := range answer.Series {
		figures[series.Unit.Code] = series.Figures[0]
	}
	return figures
}

func eachLand(t *testing.T, property func(t *testing.T, l land)) {
	for _, kind := range []catalogue.IndicatorKind{catalogue.Count, catalogue.Ratio, catalogue.Attainment, catalogue.Mean} {
		t.Run(string(kind), func(t *testing.T) {
			for seed := range uint64(rounds) {
				l := randomLand(t, rand.New(rand.NewPCG(seed, 2025)), kind)
				property(t, l)
				if t.Failed() {
					t.Fatalf("seed %d", seed)
				}
			}
		})
	}
}

// Carrying communes to the units of a day and summing them to the province is the
// same as summing them first, whatever the shares: nothing is lost or made.
func TestRecastingAndSummingCommute(t *testing.T) {
	days := []number.Date{number.NewDate(2013, 7, 20), number.NewDate(2020, 1, 1), number.NewDate(2025, 7, 1)}
	parts := 0
	eachLand(t, func(t *testing.T, l land) {
		s := l.service(t)
		reported := on(t, s, "province", 0)
		for _, day := range days {
			carried := on(t, s, "province", day)
			value, of := map[string]*big.Rat{}, map[string]*big.Rat{}
			for _, f := range on(t, s, "commune", day) {
				province := f.Unit.Parent().Code
				if value[province] == nil {
					value[province], of[province] = new(big.Rat), new(big.Rat)
				}
				value[province].Add(value[province], amount(f))
				of[province].Add(of[province], whole(f))
				if f.StatusSet.Has(number.Estimated) {
					parts++
				}
			}
			for code, before := range reported {
				if amount(carried[code]).Cmp(amount(before)) != 0 || whole(carried[code]).Cmp(whole(before)) != 0 {
					t.Errorf("%s on %s: the province has %s, as reported %s", code, day, carried[code].Value, before.Value)
				}
				if value[code].Cmp(amount(before)) != 0 || of[code].Cmp(whole(before)) != 0 {
					t.Errorf("%s on %s: the communes sum to %s of %s, as reported %s of %s", code, day, value[code], of[code], amount(before), whole(before))
				}
			}
		}
	})
	if parts < rounds {
		t.Errorf("only %d estimated figures were looked at", parts)
	}
}

// On the units of its own year a figure is what it is as reported, to the letter.
func TestOwnBasisIsIdentity(t *testing.T) {
	eachLand(t, func(t *testing.T, l land) {
		s := l.service(t)
		own := on(t, s, "commune", number.NewDate(2010, 12, 31))
		for code, f := range on(t, s, "commune", 0) {
			same := own[code]
			if same == nil || same.Value.String() != f.Value.String() || same.StatusSet != f.StatusSet || same.Origin != f.Origin || same.Coverage != f.Coverage {
				t.Errorf("%s: %+v on its own basis, %+v as reported", code, same, f)
			}
		}
	})
}
