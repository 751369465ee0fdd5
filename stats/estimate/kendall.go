package estimate

import (
	"math"
	"math/big"

	"github.com/shopspring/decimal"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/niengiam/niengiam/stats/number"
)

// TestMethod says where the probability of a test comes from.
type TestMethod string

// The methods.
const (
	ExactTest  TestMethod = "EXACT"  // from the count of all orders of the values
	NormalTest TestMethod = "NORMAL" // from the normal distribution that S approaches
)

// MannKendall is the test of Mann and Kendall for a monotonic trend.
type MannKendall struct {
	// S is the number of pairs of years of which the later has more, less that
	// of which it has less; nil when there are too few years.
	S *int
	// Variance is that of S where there is no trend, corrected for ties.
	Variance number.Value
	// Z is S with its correction for continuity ÷ the root of its variance.
	Z number.Value
	// PValue is the two-sided probability, 0 to 1, of an S at least as far from 0 where
	// there is no trend.
	PValue number.Value
	// Method says where PValue comes from.
	Method *TestMethod
}

// Reason says why there is no test; nil when there is one.
func (k MannKendall) Reason() *number.Reason { return k.PValue.Reason() }

// TheilSen is the slope of Theil and Sen.
type TheilSen struct {
	// Slope is the median of the slopes of all pairs of years, in the unit of the
	// measure a year.
	Slope number.Value
	// Lower and Upper are its limits with a confidence of 95 %; none when the
	// years are too few for that confidence.
	Lower, Upper number.Value
}

// Reason says why there is no slope; nil when there is one.
func (s TheilSen) Reason() *number.Reason { return s.Slope.Reason() }

// KendallTest tests for a trend: Mann, “Nonparametric Tests Against Trend”,
// Econometrica 13 (1945), 245–259; Kendall, Rank Correlation Methods, 4th ed.
// (1975), with the correction for ties and for continuity as in Gilbert,
// Statistical Methods for Environmental Pollution Monitoring (1987), 16.4. For
// under ten years without ties the probability is exact.
func KendallTest(p Path) MannKendall {
	n := len(p.values)
	if n < minPoints {
		return MannKendall{Variance: p.none(), Z: p.none(), PValue: p.none()}
	}
	s := 0
	for i := range p.values {
		for j := range i {
			s += p.values[i].Cmp(p.values[j])
		}
	}
	variance, ties := varianceOfS(p)
	z := decimal.Zero
	if s != 0 {
		step := number.IntRat(abs(s) - 1)
		z = number.Root(number.FromRat(number.QuoRat(number.MulRat(step, step), variance))).Mul(decimal.NewFromInt(int64(s / abs(s))))
	}
	test, method := MannKendall{S: &s, Variance: number.Known(number.FromRat(variance)), Z: number.Exactly(z)}, NormalTest
	test.PValue = number.Exactly(number.Measured(2 * distuv.UnitNormal.CDF(-z.Abs().InexactFloat64())))
	if n < FewPoints && !ties {
		method = ExactTest
		test.PValue = number.Known(exactP(n, s))
	}
	test.Method = &method
	return test
}

// varianceOfS is [n(n − 1)(2n + 5) − Σ t(t − 1)(2t + 5)] ÷ 18, where t are the
// sizes of the groups of equal values.
func varianceOfS(p Path) (variance *big.Rat, ties bool) {
	term := func(n int) int { return n * (n - 1) * (2*n + 5) }
	sorted, _ := number.Ascending(p.values)
	sum := term(len(sorted))
	for from := 0; from < len(sorted); {
		to := from + 1
		for to < len(sorted) && sorted[to].Cmp(sorted[from]) == 0 {
			to++
		}
		ties = ties || to-from > 1
		sum -= term(to - from)
		from = to
	}
	return number.QuoRat(number.IntRat(sum), number.IntRat(18)), ties
}

// inversions counts the orders of n different values by the number of their
// pairs in descending order; n is under FewPoints.
func inversions(n int) []int64 {
	counts := []int64{1}
	for length := 2; length <= n; length++ {
		longer := make([]int64, len(counts)+length-1)
		for i, count := range counts {
			for added := range length {
				longer[i+added] += count
			}
		}
		counts = longer
	}
	return counts
}

// exactP is the share of all orders of n values whose |S| is at least |s|.
func exactP(n, s int) number.Fraction {
	counts := inversions(n)
	pairs := len(counts) - 1
	var far, all int64
	for wrong, count := range counts {
		all += count
		if abs(pairs-2*wrong) >= abs(s) {
			far += count
		}
	}
	p, _ := number.Divide(decimal.NewFromInt(far), decimal.NewFromInt(all))
	return p
}

func abs(n int) int { return max(n, -n) }

// MedianSlope is the median slope: Theil, “A rank-invariant method of linear and
// polynomial regression analysis”, Proceedings of the KNAW 53 (1950); Sen,
// “Estimates of the Regression Coefficient Based on Kendall's Tau”, Journal of
// the American Statistical Association 63 (1968), 1379–1389. Its limits are the
// M-th slopes from either end.
func MedianSlope(p Path, test MannKendall) TheilSen {
	if len(p.values) < minPoints {
		return TheilSen{Slope: p.none(), Lower: p.none(), Upper: p.none()}
	}
	var slopes []number.Fraction
	for i := range p.values {
		for j := range i {
			rise := p.values[i].Sub(p.values[j])
			slopes = append(slopes, rise.Over(number.Whole(decimal.NewFromInt(int64(p.years[i]-p.years[j])))))
		}
	}
	slopes, _ = number.Ascending(slopes)
	answer := TheilSen{Slope: number.Known(median(slopes)), Lower: p.none(), Upper: p.none()}
	if m := limitOf(p, len(slopes), test); m > 0 {
		answer.Lower, answer.Upper = number.Known(slopes[m-1]), number.Known(slopes[len(slopes)-m])
	}
	return answer
}

// limitOf is the place M of the limits among the sorted slopes: exactly the last
// with P(fewer than M wrong pairs) ≤ 2.5 % where the test is exact, else ⌊(pairs −
// z·√variance) ÷ 2⌋; Hollander, Wolfe and Chicken, Nonparametric Statistical
// Methods, 3rd ed. (2014), 9.3.
func limitOf(p Path, pairs int, test MannKendall) int {
	if *test.Method == NormalTest {
		variance, _ := test.Variance.Fraction().Rat().Float64()
		return int(math.Floor((float64(pairs) - distuv.UnitNormal.Quantile(0.975)*math.Sqrt(variance)) / 2))
	}
	var all, under int64
	counts := inversions(len(p.values))
	for _, count := range counts {
		all += count
	}
	m := 0
	for 40*(under+counts[m]) <= all {
		under += counts[m]
		m++
	}
	return m
}
