package stats_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/estimate"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/stats/statstest"
)

// The tests of this package that recompute what the answers say do it with plain
// loops over float64, straight from the definitions, and share no code with them.

// publish makes a Service over one amount with the units u000, u001, … of one
// level and a value for each unit and year; NaN is no value.
func publish(t *testing.T, first number.Year, values [][]float64) *query.Service {
	t.Helper()
	store := statstest.NewMemory()
	d := catalogue.Definitions{
		Levels: []*catalogue.Level{{Code: "district", Kinds: []*catalogue.Kind{{Code: "district"}}}},
		Topics: []*catalogue.Topic{{Code: "topic"}},
		Indicators: []*catalogue.Indicator{{
			Code: "heat", TopicCode: "topic", Kind: catalogue.Amount, Direction: catalogue.Neutral, Absent: catalogue.Unreported,
			Eligibility: catalogue.Eligibility{Level: "district"},
		}},
	}
	for i := range values {
		d.Units = append(d.Units, catalogue.UnitVersion{Code: fmt.Sprintf("u%03d", i), Level: "district", Kind: "district", Opening: catalogue.Baseline})
	}
	if err := store.Define(t.Context(), d, "1"); err != nil {
		t.Fatal(err)
	}
	at := ledger.Position{Published: number.NewDate(2021, 1, 1), Release: 1}
	var observations []ledger.Observation
	var postings []ledger.Posting
	for i, row := range values {
		for k, value := range row {
			if math.IsNaN(value) {
				continue
			}
			year := first + number.Year(k)
			unit := store.Catalogue().At(year.Reference()).Unit(fmt.Sprintf("u%03d", i))
			o := ledger.Observation{
				CellKey: ledger.CellKey{Indicator: "heat", Unit: unit.Key(), Year: year},
				Value:   decimal.NewNullDecimal(decimal.NewFromFloat(value)), Status: number.Normal, At: at,
			}
			observations, postings = append(observations, o), append(postings, ledger.Post(nil, o)...)
		}
	}
	if err := store.Stage(t.Context(), observations, postings); err != nil {
		t.Fatal(err)
	}
	if err := store.Publish(t.Context(), ledger.Release{ID: 1, SourceCode: "test", Published: at.Published}, nil, nil); err != nil {
		t.Fatal(err)
	}
	return query.New(store)
}

// draw returns random values with two digits after the point. With few, they are
// whole and have ties.
func draw(r *rand.Rand, n int, few bool) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = math.Round(r.Float64()*100_000) / 100
		if few {
			values[i] = float64(r.IntN(5))
		}
	}
	return values
}

// near holds a number against its recomputed value, to 1e-12 of it.
func near(t *testing.T, what string, got number.Value, want float64) {
	t.Helper()
	d, known := got.Decimal()
	if !known {
		t.Errorf("%s is %s, want %v", what, got, want)
		return
	}
	if g := d.InexactFloat64(); math.Abs(g-want) > 1e-12*math.Max(1, math.Abs(want)) {
		t.Errorf("%s is %v, want %v", what, g, want)
	}
}

func TestDistributionOfRandomValues(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		values := draw(r, 2+r.IntN(60), seed%3 == 0)
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			rows := make([][]float64, len(values))
			for i, value := range values {
				rows[i] = []float64{value}
			}
			shares := []float64{0, 0.05, 0.3, 0.999, 1}
			ask := query.Ask{Indicator: "heat", Year: 2020, Level: "district"}
			for _, share := range shares {
				ask.Quantiles = append(ask.Quantiles, number.Exactly(decimal.NewFromFloat(share)))
			}
			got, err := publish(t, 2020, rows).Distribution(t.Context(), ask)
			if err != nil {
				t.Fatal(err)
			}
			sorted := slices.Sorted(slices.Values(values))
			near(t, "min", got.Min, sorted[0])
			near(t, "max", got.Max, sorted[len(sorted)-1])
			near(t, "first quartile", got.FirstQuartile, typeSeven(sorted, 0.25))
			near(t, "median", got.Median, typeSeven(sorted, 0.5))
			near(t, "third quartile", got.ThirdQuartile, typeSeven(sorted, 0.75))
			for i, share := range shares {
				near(t, fmt.Sprintf("quantile %v", share), got.Quantiles[i].Value, typeSeven(sorted, share))
			}
			sum, n := 0.0, float64(len(values))
			for _, x := range values {
				sum += x
			}
			mean, squares, differences := sum/n, 0.0, 0.0
			for _, x := range values {
				squares += (x - mean) * (x - mean)
				for _, y := range values {
					differences += math.Abs(x - y)
				}
			}
			deviation := math.Sqrt(squares / (n - 1))
			near(t, "mean", got.Mean, mean)
			near(t, "standard deviation", got.StandardDeviation.Value, deviation)
			if mean == 0 {
				return
			}
			near(t, "coefficient of variation", got.CoefficientOfVariation.Value, deviation/mean*100)
			near(t, "Gini", got.Gini.Value, differences/(2*n*n*mean)) // half the relative mean difference
			checkOutliers(t, got, values, sorted)
			checkHistogram(t, got.Histogram, sorted)
		})
	}
}

func typeSeven(sorted []float64, p float64) float64 {
	h := float64(len(sorted)-1)*p + 1e-12 // for a place that falls short of a whole number
	j := int(h)
	if j+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[j] + (float64(len(sorted)-1)*p-float64(j))*(sorted[j+1]-sorted[j])
}

func checkOutliers(t *testing.T, got *query.Distribution, values, sorted []float64) {
	t.Helper()
	middle, mean := typeSeven(sorted, 0.5), 0.0
	var distances []float64
	for _, x := range values {
		distances = append(distances, math.Abs(x-middle))
		mean += math.Abs(x-middle) / float64(len(values))
	}
	slices.Sort(distances)
	mad := typeSeven(distances, 0.5)
	near(t, "median distance", got.MedianAbsoluteDeviation, mad)
	scores := map[string]float64{}
	for i, x := range values {
		score := 0.6745 * (x - middle) / mad
		if mad == 0 {
			score = (x - middle) / (1.253314 * mean)
		}
		if math.Abs(score) > 3.5 {
			scores[fmt.Sprintf("u%03d", i)] = score
		}
	}
	if len(scores) != len(got.Outliers) {
		t.Fatalf("%d outliers, want %d", len(got.Outliers), len(scores))
	}
	last := math.Inf(1)
	for _, o := range got.Outliers {
		near(t, "score of "+o.Unit.Code, o.Score, scores[o.Unit.Code])
		if size := math.Abs(scores[o.Unit.Code]); size > last*(1+1e-12) {
			t.Errorf("%s is farther than the one before", o.Unit.Code)
		} else {
			last = size
		}
	}
}

// checkHistogram holds the width against the rule and counts again.
func checkHistogram(t *testing.T, bins []*estimate.Bin, sorted []float64) {
	t.Helper()
	number := func(v number.Value) float64 {
		d, _ := v.Decimal()
		return d.InexactFloat64()
	}
	low, high := sorted[0], sorted[len(sorted)-1]
	width := number(bins[0].To) - number(bins[0].From)
	if low == high {
		if len(bins) != 1 || width != 0 || bins[0].Count != len(sorted) {
			t.Errorf("equal values have %d bins", len(bins))
		}
		return
	}
	target := 2 * (typeSeven(sorted, 0.75) - typeSeven(sorted, 0.25)) / math.Cbrt(float64(len(sorted)))
	if target == 0 {
		target = (high - low) / (math.Ceil(math.Log2(float64(len(sorted)))) + 1)
	}
	nice := math.Pow(10, math.Floor(math.Log10(target)))
	for _, step := range []float64{5, 2, 1} {
		if step*nice <= target*(1+1e-12) {
			nice *= step
			break
		}
	}
	if bins := math.Ceil(high/nice) - math.Floor(low/nice); bins <= 50 && math.Abs(width-nice) > 1e-9*nice {
		t.Errorf("the width is %v, want %v (at most %v)", width, nice, target)
	}
	if len(bins) > 50 || number(bins[0].From) > low || number(bins[0].To) <= low || number(bins[len(bins)-1].To) < high {
		t.Errorf("%d bins from %s to %s do not hold %v to %v", len(bins), bins[0].From, bins[len(bins)-1].To, low, high)
	}
	for i, bin := range bins {
		count := 0
		for _, x := range sorted {
			if x >= number(bin.From) && (x < number(bin.To) || i == len(bins)-1) {
				count++
			}
		}
		if count != bin.Count {
			t.Errorf("bin %s to %s has %d, want %d", bin.From, bin.To, bin.Count, count)
		}
	}
}

// A value far out does not make thousands of bins.
func TestHistogramIsBounded(t *testing.T) {
	rows := [][]float64{{1001}}
	for x := range 7 {
		rows = append(rows, []float64{float64(x + 1)})
	}
	got, err := publish(t, 2020, rows).Distribution(t.Context(), query.Ask{Indicator: "heat", Year: 2020, Level: "district"})
	if err != nil {
		t.Fatal(err)
	}
	// 2 fits the rule, but would make 501 bins; 20 makes 51, 50 makes 21.
	if len(got.Histogram) != 21 || got.Histogram[0].To.String() != "50" || got.Histogram[0].Count != 7 || got.Histogram[20].Count != 1 {
		t.Errorf("%d bins, the first to %s", len(got.Histogram), got.Histogram[0].To)
	}
}
