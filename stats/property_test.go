package stats_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

func TestContributionsSumToTheChange(t *testing.T) {
	told := 0
	each(t, func(t *testing.T, r *rand.Rand, w realm) {
		answer := w.compare(t, r.IntN(3) == 0)
		change := answer.Total.Change.Absolute()
		if w.kind == catalogue.Ratio || w.kind == catalogue.Attainment {
			change = answer.Total.Change.Points()
		}
		if !change.IsKnown() {
			return
		}
		sum := exact(answer.Unexplained.Value)
		for _, row := range slices.Concat(answer.Rows, answer.Former) {
			c := row.Contribution
			sum.Add(sum, exact(c.Value))
			if w.kind == catalogue.Count || !c.Value.IsKnown() {
				continue
			}
			told++
			if both := new(big.Rat).Add(exact(c.RateEffect), exact(c.MixEffect)); both.Cmp(exact(c.Value)) != 0 {
				t.Errorf("%s: rate %s and mix %s are not %s", row.Unit.Code, c.RateEffect, c.MixEffect, c.Value)
			}
			if mix := mixEffect(row, answer.Total); whole(row.Base).Sign() > 0 && whole(row.Current).Sign() > 0 && mix.Cmp(exact(c.MixEffect)) != 0 {
				t.Errorf("%s: the mix effect is %s, by its definition %s", row.Unit.Code, c.MixEffect, mix.FloatString(20))
			}
		}
		if sum.Cmp(exact(change)) != 0 {
			t.Errorf("the parts sum to %s, the whole is %s", sum.FloatString(20), change)
		}
	})
	if told < rounds {
		t.Errorf("only %d contributions to rates were looked at", told)
	}
}

// mixEffect is (w₁ − w₀) × ((r₀ + r₁) ÷ 2 − (R₀ + R₁) ÷ 2), word for word.
func mixEffect(row, total *query.ComparisonRow) *big.Rat {
	weight := func(part, total *figure.Figure) *big.Rat { return new(big.Rat).Quo(whole(part), whole(total)) }
	mean := func(a, b *figure.Figure) *big.Rat {
		sum := new(big.Rat).Add(exact(a.Measure()), exact(b.Measure()))
		return sum.Quo(sum, big.NewRat(2, 1))
	}
	grown := new(big.Rat).Sub(weight(row.Current, total.Current), weight(row.Base, total.Base))
	above := new(big.Rat).Sub(mean(row.Base, row.Current), mean(total.Base, total.Current))
	return grown.Mul(grown, above)
}

// Looked at from the other year, every contribution is the same with the other sign.
func TestContributionsAreSymmetric(t *testing.T) {
	each(t, func(t *testing.T, _ *rand.Rand, w realm) {
		there := w.compare(t, true)
		back, err := w.service(t).Compare(t.Context(), query.Ask{Indicator: "i", Year: 2019, BaseYear: 2020, Level: "district", Within: "P", Matched: true})
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range there.Rows {
			if other := back.Rows[i]; new(big.Rat).Neg(exact(other.Contribution.Value)).Cmp(exact(row.Contribution.Value)) != 0 {
				t.Errorf("%s: %s there, %s back", row.Unit.Code, row.Contribution.Value, other.Contribution.Value)
			}
		}
	})
}

// Like for like, the parts are the whole: nothing is left unexplained.
func TestMatchedPartsSumToTheWhole(t *testing.T) {
	each(t, func(t *testing.T, _ *rand.Rand, w realm) {
		answer := w.compare(t, true)
		value, of := new(big.Rat), new(big.Rat)
		for _, row := range answer.Rows {
			value.Add(value, amount(row.Current))
			of.Add(of, whole(row.Current))
		}
		total := answer.Total.Current
		if value.Cmp(amount(total)) != 0 || of.Cmp(whole(total)) != 0 {
			t.Errorf("rows sum to %s of %s, the total is %s of %s", value, of, amount(total), whole(total))
		}
		if rest := answer.Unexplained.Value; rest.IsKnown() && exact(rest).Sign() != 0 {
			t.Errorf("%s is unexplained", rest)
		}
	})
}

// The top and the others are the whole, whatever the top.
func TestTopAndOthersSumToTheWhole(t *testing.T) {
	each(t, func(t *testing.T, r *rand.Rand, w realm) {
		all := w.rank(t, query.Ask{})
		top := 1 + r.IntN(5)
		cut := w.rank(t, query.Ask{Top: &top})
		sum := func(rows []*query.RankingRow) *big.Rat {
			sum := new(big.Rat)
			for _, row := range rows {
				sum.Add(sum, amount(row.Current))
			}
			return sum
		}
		parts := sum(cut.Rows)
		if cut.Others != nil {
			parts.Add(parts, amount(cut.Others.Current))
		}
		if parts.Cmp(sum(all.Rows)) != 0 || len(cut.Rows)+cut.OthersCount != all.RankedCount {
			t.Errorf("top %d and others sum to %s, all to %s", top, parts, sum(all.Rows))
		}
	})
}

// Ranks do not depend on the order in which figures were loaded.
func TestRanksDoNotDependOnOrder(t *testing.T) {
	each(t, func(t *testing.T, r *rand.Rand, w realm) {
		before := standings(w.rank(t, query.Ask{OrderBy: catalogue.ByPercent}))
		w.facts = slices.Clone(w.facts)
		r.Shuffle(len(w.facts), func(i, j int) { w.facts[i], w.facts[j] = w.facts[j], w.facts[i] })
		if after := standings(w.rank(t, query.Ask{OrderBy: catalogue.ByPercent})); before != after {
			t.Errorf("ranks were %s, and in another order of loading %s", before, after)
		}
	})
}

func standings(answer *query.Ranking) string {
	text := ""
	for _, row := range answer.Rows {
		text += fmt.Sprintf(" %d %s %s", *row.Rank, row.Unit.Code, row.Change.Percent())
	}
	for _, row := range answer.Unranked {
		text += " - " + row.Unit.Code
	}
	return text
}

// Whatever the missing figures turn out to be, every unit's rank lies within what
// was told to be possible.
func TestPossibleRanks(t *testing.T) {
	each(t, func(t *testing.T, r *rand.Rand, w realm) {
		ties := []query.Ties{query.Competition, query.Dense}[r.IntN(2)]
		direction := []catalogue.Direction{catalogue.HigherIsBetter, catalogue.LowerIsBetter}[r.IntN(2)]
		ask := query.Ask{Ties: ties, Direction: direction}
		before := w.rank(t, ask)
		known := w
		known.facts = slices.Clone(w.facts)
		for _, row := range before.Unranked {
			if *row.Reason == number.MissingValue { // as much, or nothing, or all
				f := fact{row.Unit.Code, 2020, []int64{0, r.Int64N(20), 30}[r.IntN(3)], 30}
				known.facts = append(known.facts, f)
			}
		}
		ranks := map[string]int{}
		for _, row := range known.rank(t, ask).Rows {
			ranks[row.Unit.Code] = *row.Rank
		}
		for _, row := range slices.Concat(before.Rows, before.Unranked) {
			rank, ranked := ranks[row.Unit.Code]
			if !ranked && row.BestRank == nil {
				continue
			}
			if !ranked || row.BestRank == nil || rank < *row.BestRank || rank > *row.WorstRank {
				t.Errorf("%s has rank %d (%v); told were %v", row.Unit.Code, rank, ranked, row)
			}
		}
	})
}

// A figure of the whole does not change when a unit is split into two that sum to it.
func TestSplittingAUnitChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, r *rand.Rand, w realm) {
		whole := w.compare(t, false).Total
		split := realm{kind: w.kind, units: append(slices.Clone(w.units), version("Z2", "P", "district", 0, 0))}
		for _, f := range w.facts {
			if f.unit == "Z" {
				part := fact{"Z2", f.year, r.Int64N(f.value + 1), r.Int64N(f.denominator + 1)}
				f.denominator -= part.denominator
				if w.kind == catalogue.Mean { // both parts have the mean of the whole
					part.value = f.value
				} else {
					f.value -= part.value
				}
				split.facts = append(split.facts, part)
			}
			split.facts = append(split.facts, f)
		}
		parts := split.compare(t, false).Total
		for _, pair := range [][2]*figure.Figure{{whole.Base, parts.Base}, {whole.Current, parts.Current}} {
			if pair[0].Value.String() != pair[1].Value.String() || pair[0].Measure().String() != pair[1].Measure().String() {
				t.Errorf("%d: %s (%s) as a whole, %s (%s) in parts", pair[0].Year, pair[0].Value, pair[0].Measure(), pair[1].Value, pair[1].Measure())
			}
		}
	})
}

// What gained, lost, came and went is just the change of the sum over the units.
func TestChurnSumsToTheChange(t *testing.T) {
	looked := 0
	for seed := range uint64(rounds) {
		r := rand.New(rand.NewPCG(seed, 1))
		w := random(r, catalogue.Attainment)
		w.facts = slices.DeleteFunc(w.facts, func(f fact) bool { return f.unit == "P" })
		for i := range w.facts {
			w.facts[i].value, w.facts[i].denominator = r.Int64N(2), 1
		}
		answer := w.compare(t, false)
		churn, total := answer.Churn(), answer.Total.Change.Absolute()
		if churn == nil || !total.IsKnown() {
			continue
		}
		looked++
		change := int64(0)
		for _, group := range []*query.ChurnGroup{churn.Gained, churn.Lost, churn.New, churn.Gone, churn.Unjudged} {
			change += int64(group.MetCurrent - group.MetBase)
		}
		if exact(total).Cmp(big.NewRat(change, 1)) != 0 {
			t.Fatalf("seed %d: the groups add up to %d, the change is %s: %+v", seed, change, total, w)
		}
	}
	if looked < rounds/2 {
		t.Errorf("only %d were looked at", looked)
	}
}
