package stats_test

import (
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

// divided is a province with districts whose every combination of sex and age is
// known, and of their sums some: what was not reported is to be found again.
type divided struct {
	*query.Service
	kind      catalogue.IndicatorKind
	districts []string
}

// divide makes a random province. A sum is reported exactly, as all that is below it
// adds up to, or not at all.
func divide(t *testing.T, r *rand.Rand, kind catalogue.IndicatorKind) divided {
	t.Helper()
	d := catalogue.Definitions{
		Topics: []*catalogue.Topic{{Code: "t"}}, Units: []catalogue.UnitVersion{version("P", "", "province", 0, 0)},
		Dimensions: []*catalogue.Dimension{dimension("sex", "f", "m"), dimension("age", "0", "15", "60")},
	}
	for _, code := range []string{"province", "district"} {
		d.Levels = append(d.Levels, &catalogue.Level{Code: code, Kinds: []*catalogue.Kind{{Code: code}}})
	}
	d.Indicators = []*catalogue.Indicator{{
		Code: "i", TopicCode: "t", Kind: kind, Direction: catalogue.HigherIsBetter, Absent: catalogue.Unreported,
		MinimumCoverage: number.Whole(decimal.NewFromInt(1)), Eligibility: catalogue.Eligibility{Level: "district"}, DimensionCodes: []string{"sex", "age"},
	}}
	world := divided{kind: kind}
	for i := range 1 + r.IntN(5) {
		code := fmt.Sprintf("D%d", i)
		world.districts = append(world.districts, code)
		d.Units = append(d.Units, version(code, "P", "district", 0, 0))
	}
	store := statstest.NewMemory()
	if err := store.Define(t.Context(), d, "1"); err != nil {
		t.Fatal(err)
	}
	var observations []ledger.Observation
	var postings []ledger.Posting
	for _, code := range world.districts {
		for breakdown, sum := range cellsOf(r) {
			if members := len(catalogue.ParseBreakdownKey(breakdown)); members < 2 && r.IntN(2) == 0 {
				continue // a sum that nobody reported
			}
			o := ledger.Observation{
				CellKey: ledger.CellKey{Indicator: "i", Unit: store.Catalogue().At(number.Year(2020).Reference()).Unit(code).Key(), Year: 2020, Breakdown: breakdown},
				Status:  number.Normal, At: ledger.Position{Published: number.NewDate(2021, 1, 1), Release: 1},
				Value: decimal.NewNullDecimal(decimal.NewFromInt(sum.value)),
			}
			if kind == catalogue.Ratio {
				o.Denominator = decimal.NewNullDecimal(decimal.NewFromInt(sum.whole))
			}
			observations, postings = append(observations, o), append(postings, ledger.Post(nil, o)...)
		}
	}
	if err := store.Stage(t.Context(), observations, postings); err != nil {
		t.Fatal(err)
	}
	if err := store.Publish(t.Context(), ledger.Release{ID: 1, Published: number.NewDate(2021, 1, 1)}, nil, nil); err != nil {
		t.Fatal(err)
	}
	world.Service = query.New(store)
	return world
}

type counts struct{ value, whole int64 }

// cellsOf returns every combination of a member or none of each dimension, with sums
// that are exact.
func cellsOf(r *rand.Rand) map[string]counts {
	cells := map[string]counts{}
	for _, sex := range []string{"f", "m"} {
		for _, age := range []string{"0", "15", "60"} {
			n := counts{r.Int64N(100), 100 + r.Int64N(100)}
			for _, key := range []string{
				"", catalogue.BreakdownKey(catalogue.MemberRef{Dimension: "sex", Member: sex}), catalogue.BreakdownKey(catalogue.MemberRef{Dimension: "age", Member: age}),
				catalogue.BreakdownKey(catalogue.MemberRef{Dimension: "sex", Member: sex}, catalogue.MemberRef{Dimension: "age", Member: age}),
			} {
				cells[key] = counts{cells[key].value + n.value, cells[key].whole + n.whole}
			}
		}
	}
	return cells
}

func dimension(code string, members ...string) *catalogue.Dimension {
	d := &catalogue.Dimension{Code: code, Names: number.Same(code)}
	for _, member := range members {
		d.Members = append(d.Members, &catalogue.DimensionMember{Code: member, Names: number.Same(member)})
	}
	return d
}

func (w divided) figure(t *testing.T, unit string, breakdown ...query.BreakdownAsk) *figure.Figure {
	t.Helper()
	f, err := w.Figure(t.Context(), query.Ask{Indicator: "i", Unit: unit, Year: 2020, Scope: &query.Scope{Breakdown: breakdown}})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Members sum to the total, those of each dimension to each member of the other, and
// several members to what they are asked for one by one; whatever was reported.
func TestMembersSumToTheTotal(t *testing.T) {
	sexes, ages := []string{"f", "m"}, []string{"0", "15", "60"}
	for _, kind := range []catalogue.IndicatorKind{catalogue.Count, catalogue.Amount, catalogue.Ratio} {
		t.Run(string(kind), func(t *testing.T) {
			for seed := range uint64(rounds) {
				r := rand.New(rand.NewPCG(seed, 2019))
				w := divide(t, r, kind)
				for _, unit := range append(w.districts, "P") {
					sex := func(members ...string) query.BreakdownAsk {
						return query.BreakdownAsk{Dimension: "sex", Members: members}
					}
					age := func(members ...string) query.BreakdownAsk {
						return query.BreakdownAsk{Dimension: "age", Members: members}
					}
					w.adds(t, unit, nil, sex, sexes)
					w.adds(t, unit, nil, age, ages)
					for _, member := range sexes {
						w.adds(t, unit, []query.BreakdownAsk{sex(member)}, age, ages)
					}
					for _, member := range ages {
						w.adds(t, unit, []query.BreakdownAsk{age(member)}, sex, sexes)
					}
				}
				if t.Failed() {
					t.Fatalf("seed %d", seed)
				}
			}
		})
	}
}

// adds reports whether the members of a dimension add up to what leaves it out.
func (w divided) adds(t *testing.T, unit string, of []query.BreakdownAsk, by func(...string) query.BreakdownAsk, members []string) {
	t.Helper()
	total := w.figure(t, unit, of...)
	together := w.figure(t, unit, append(slices.Clip(of), by(members...))...)
	value, denominator := new(big.Rat), new(big.Rat)
	for _, member := range members {
		part := w.figure(t, unit, append(slices.Clip(of), by(member))...)
		if reason := part.Reason(); reason != nil {
			t.Fatalf("%s: %s is %s", unit, part.ID(), *reason)
		}
		value.Add(value, amount(part))
		denominator.Add(denominator, whole(part))
	}
	for _, f := range []*figure.Figure{total, together} {
		if amount(f).Cmp(value) != 0 || whole(f).Cmp(denominator) != 0 || f.Coverage.Reported != f.Coverage.Expected {
			t.Errorf("%s is %s/%s (%d of %d), its members sum to %s/%s", f.ID(), f.Value, f.Denominator,
				f.Coverage.Reported, f.Coverage.Expected, value.RatString(), denominator.RatString())
		}
	}
}
