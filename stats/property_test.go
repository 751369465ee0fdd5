package stats_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats"
	"github.com/niengiam/niengiam/stats/statstest"
)

// rounds is how many random worlds each property is tried on.
const rounds = 200

// fact is a reported value; a denominator of 0 stands for none.
type fact struct {
	unit               string
	year               stats.Year
	value, denominator int64
}

// realm is a province P with districts, some of which begin or end in 2020, and
// what was reported of one indicator.
type realm struct {
	kind  stats.IndicatorKind
	units []stats.UnitVersion
	facts []fact
}

// random makes a realm. Some districts lack figures, and sometimes the province
// reports for itself, too.
func random(r *rand.Rand, kind stats.IndicatorKind) realm {
	w := realm{kind: kind, units: []stats.UnitVersion{version("P", "", "province", 0, 0)}}
	value := func(unit string, year stats.Year) {
		f := fact{unit, year, r.Int64N(20), 0}
		if kind != stats.Count {
			f.denominator = r.Int64N(30)
			f.value = min(f.value, f.denominator)
		}
		if r.IntN(8) > 0 {
			w.facts = append(w.facts, f)
		}
	}
	for i := range 3 + r.IntN(6) {
		code := fmt.Sprintf("D%d", i)
		from, to := stats.Date(0), stats.Date(0)
		switch r.IntN(8) {
		case 0:
			from = stats.NewDate(2020, 5, 1)
		case 1:
			to = stats.NewDate(2020, 5, 1)
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

func version(code, parent, level string, from, to stats.Date) stats.UnitVersion {
	return stats.UnitVersion{
		Code: code, Parent: parent, Level: level, Kind: level, Names: stats.Same(code), Opening: stats.Baseline,
		Validity: stats.Validity{From: from, To: to},
	}
}

// service loads a realm into a store and asks of it.
func (w realm) service(t *testing.T) *stats.Service {
	t.Helper()
	d := stats.Definitions{Topics: []*stats.Topic{{Code: "t"}}, Units: w.units}
	for _, code := range []string{"province", "district"} {
		d.Levels = append(d.Levels, &stats.Level{Code: code, Kinds: []*stats.Kind{{Code: code}}})
	}
	minimum, err := stats.ParseFraction("1/100")
	if err != nil {
		t.Fatal(err)
	}
	d.Indicators = []*stats.Indicator{{
		Code: "i", TopicCode: "t", Kind: w.kind, Direction: stats.HigherIsBetter, Absent: stats.Unreported,
		Eligibility: stats.Eligibility{Level: "district"}, MinimumCoverage: minimum,
	}}
	store := statstest.NewMemory()
	if err := store.Define(t.Context(), d, "1"); err != nil {
		t.Fatal(err)
	}
	at := stats.Position{Published: stats.NewDate(2021, 1, 1), Release: 1}
	var observations []stats.Observation
	var postings []stats.Posting
	for _, f := range w.facts {
		unit := store.Catalogue().At(f.year.Reference()).Unit(f.unit)
		o := stats.Observation{
			CellKey: stats.CellKey{Indicator: "i", Unit: unit.Key(), Year: f.year}, Status: stats.Normal, At: at,
			Value: decimal.NewNullDecimal(decimal.NewFromInt(f.value)),
		}
		if w.kind != stats.Count {
			o.Denominator = decimal.NewNullDecimal(decimal.NewFromInt(f.denominator))
		}
		observations, postings = append(observations, o), append(postings, stats.Post(nil, o)...)
	}
	if err := store.Stage(t.Context(), observations, postings); err != nil {
		t.Fatal(err)
	}
	if err := store.Publish(t.Context(), stats.Release{ID: 1, Published: at.Published}, nil, nil); err != nil {
		t.Fatal(err)
	}
	return stats.New(store)
}

func (w realm) compare(t *testing.T, matched bool) *stats.Comparison {
	t.Helper()
	answer, err := w.service(t).Compare(t.Context(), stats.Ask{Indicator: "i", Year: 2020, By: "district", Within: "P", Matched: matched})
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

func (w realm) rank(t *testing.T, ask stats.Ask) *stats.Ranking {
	t.Helper()
	ask.Indicator, ask.Year, ask.By, ask.Within = "i", 2020, "district", "P"
	answer, err := w.service(t).Rank(t.Context(), ask)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// each tries a property on random realms of each kind that can be added up.
func each(t *testing.T, property func(t *testing.T, r *rand.Rand, w realm)) {
	for _, kind := range []stats.IndicatorKind{stats.Count, stats.Ratio, stats.Attainment} {
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

// exact gives the number of a value as a quotient; 0 when it is none.
func exact(v stats.Value) *big.Rat {
	number, known := v.Number()
	if !known {
		return new(big.Rat)
	}
	text, _ := number.MarshalText()
	rat, ok := new(big.Rat).SetString(string(text))
	if !ok { // a quotient of decimals with points
		panic(string(text))
	}
	return rat
}

func TestContributionsSumToTheChange(t *testing.T) {
	told := 0
	each(t, func(t *testing.T, r *rand.Rand, w realm) {
		answer := w.compare(t, r.IntN(3) == 0)
		change := answer.Total.Change.Absolute()
		if w.kind != stats.Count {
			change = answer.Total.Change.Points()
		}
		if !change.IsKnown() {
			return
		}
		sum := exact(answer.Unexplained.Value)
		for _, row := range slices.Concat(answer.Rows, answer.Former) {
			c := row.Contribution
			sum.Add(sum, exact(c.Value))
			if w.kind == stats.Count || !c.Value.IsKnown() {
				continue
			}
			told++
			if both := new(big.Rat).Add(exact(c.RateEffect), exact(c.MixEffect)); both.Cmp(exact(c.Value)) != 0 {
				t.Errorf("%s: rate %s and mix %s are not %s", row.Unit.Code, c.RateEffect, c.MixEffect, c.Value)
			}
			if mix := mixEffect(row, answer.Total); row.Base.Rate.IsKnown() && row.Current.Rate.IsKnown() && mix.Cmp(exact(c.MixEffect)) != 0 {
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
func mixEffect(row, total *stats.ComparisonRow) *big.Rat {
	weight := func(part, whole *stats.Figure) *big.Rat {
		return new(big.Rat).Quo(exact(part.Denominator), exact(whole.Denominator))
	}
	mean := func(a, b *stats.Figure) *big.Rat {
		sum := new(big.Rat).Add(exact(a.Rate), exact(b.Rate))
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
		back, err := w.service(t).Compare(t.Context(), stats.Ask{Indicator: "i", Year: 2019, BaseYear: 2020, By: "district", Within: "P", Matched: true})
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
		value, denominator := new(big.Rat), new(big.Rat)
		for _, row := range answer.Rows {
			value.Add(value, exact(row.Current.Value))
			denominator.Add(denominator, exact(row.Current.Denominator))
		}
		total := answer.Total.Current
		if value.Cmp(exact(total.Value)) != 0 || denominator.Cmp(exact(total.Denominator)) != 0 {
			t.Errorf("rows sum to %s of %s, the total is %s of %s", value, denominator, total.Value, total.Denominator)
		}
		if rest := answer.Unexplained.Value; rest.IsKnown() && exact(rest).Sign() != 0 {
			t.Errorf("%s is unexplained", rest)
		}
	})
}

// The top and the others are the whole, whatever the top.
func TestTopAndOthersSumToTheWhole(t *testing.T) {
	each(t, func(t *testing.T, r *rand.Rand, w realm) {
		all := w.rank(t, stats.Ask{})
		top := 1 + r.IntN(5)
		cut := w.rank(t, stats.Ask{Top: &top})
		sum := func(rows []*stats.RankingRow) *big.Rat {
			sum := new(big.Rat)
			for _, row := range rows {
				sum.Add(sum, exact(row.Figure.Value))
			}
			return sum
		}
		parts := sum(cut.Rows)
		if cut.Others != nil {
			parts.Add(parts, exact(cut.Others.Figure.Value))
		}
		if parts.Cmp(sum(all.Rows)) != 0 || len(cut.Rows)+cut.OthersCount != all.RankedCount {
			t.Errorf("top %d and others sum to %s, all to %s", top, parts, sum(all.Rows))
		}
	})
}

// Ranks do not depend on the order in which figures were loaded.
func TestRanksDoNotDependOnOrder(t *testing.T) {
	each(t, func(t *testing.T, r *rand.Rand, w realm) {
		before := standings(w.rank(t, stats.Ask{OrderBy: stats.ByPercent}))
		w.facts = slices.Clone(w.facts)
		r.Shuffle(len(w.facts), func(i, j int) { w.facts[i], w.facts[j] = w.facts[j], w.facts[i] })
		if after := standings(w.rank(t, stats.Ask{OrderBy: stats.ByPercent})); before != after {
			t.Errorf("ranks were %s, and in another order of loading %s", before, after)
		}
	})
}

func standings(answer *stats.Ranking) string {
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
		ties := []stats.Ties{stats.Competition, stats.Dense}[r.IntN(2)]
		direction := []stats.Direction{stats.HigherIsBetter, stats.LowerIsBetter}[r.IntN(2)]
		ask := stats.Ask{Ties: ties, Direction: direction}
		before := w.rank(t, ask)
		known := w
		known.facts = slices.Clone(w.facts)
		for _, row := range before.Unranked {
			if *row.Reason == stats.MissingValue { // as much, or nothing, or all
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
				f.value, f.denominator = f.value-part.value, f.denominator-part.denominator
				split.facts = append(split.facts, part)
			}
			split.facts = append(split.facts, f)
		}
		parts := split.compare(t, false).Total
		for _, pair := range [][2]*stats.Figure{{whole.Base, parts.Base}, {whole.Current, parts.Current}} {
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
		w := random(r, stats.Attainment)
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
		for _, group := range []*stats.ChurnGroup{churn.Gained, churn.Lost, churn.New, churn.Gone, churn.Unjudged} {
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
