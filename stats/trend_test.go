package stats_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

func TestTrendOfRandomValues(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 2))
		values := draw(r, 6+r.IntN(30), seed%3 == 0)
		for i := range values {
			values[i] += float64(i) * float64(seed%7) * 20
			if i > 0 && i < len(values)-1 && r.IntN(5) == 0 {
				values[i] = math.NaN()
			}
		}
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			got, err := publish(t, 1980, [][]float64{values}).Trend(t.Context(), query.Ask{Indicator: "heat", Unit: "u000"})
			if err != nil {
				t.Fatal(err)
			}
			var xs, ys []float64
			for i, value := range values {
				if !math.IsNaN(value) {
					xs, ys = append(xs, float64(i)), append(ys, value)
				}
			}
			if len(got.Points) != len(xs) || len(got.LeftOut) != len(values)-len(xs) {
				t.Fatalf("%d points and %d left out of %d", len(got.Points), len(got.LeftOut), len(values))
			}
			if len(xs) < 3 {
				return
			}
			checkKendall(t, got, xs, ys)
			checkLine(t, got, xs, ys)
			checkVolatility(t, got, xs, ys)
		})
	}
}

func checkKendall(t *testing.T, got *query.Trend, xs, ys []float64) {
	t.Helper()
	n, s := len(xs), 0
	var slopes []float64
	ties := map[float64]int{}
	for i := range ys {
		ties[ys[i]]++
		for j := i + 1; j < n; j++ {
			slopes = append(slopes, (ys[j]-ys[i])/(xs[j]-xs[i]))
			if ys[j] > ys[i] {
				s++
			} else if ys[j] < ys[i] {
				s--
			}
		}
	}
	slices.Sort(slopes)
	near(t, "Theil–Sen", got.TheilSen.Slope, typeSeven(slopes, 0.5))
	variance := float64(n * (n - 1) * (2*n + 5))
	for _, size := range ties {
		variance -= float64(size * (size - 1) * (2*size + 5))
	}
	variance /= 18
	near(t, "variance", got.MannKendall.Variance, variance)
	if *got.MannKendall.S != s {
		t.Errorf("S is %d, want %d", *got.MannKendall.S, s)
	}
	z := 0.0
	if s != 0 {
		z = (math.Abs(float64(s)) - 1) / math.Sqrt(variance) * math.Copysign(1, float64(s))
	}
	near(t, "z", got.MannKendall.Z, z)
	p := math.Erfc(math.Abs(z) / math.Sqrt2)
	m := int(math.Floor((float64(len(slopes)) - 1.9599639845400545*math.Sqrt(variance)) / 2))
	if exact := n < 10 && len(ties) == n; exact {
		p, m = countOrders(n, s)
	}
	near(t, "p", got.MannKendall.PValue, p)
	if m < 1 {
		if got.TheilSen.Lower.IsKnown() || got.TheilSen.Upper.IsKnown() {
			t.Error("the slope has limits, and should have none")
		}
	} else {
		near(t, "lower limit", got.TheilSen.Lower, slopes[m-1])
		near(t, "upper limit", got.TheilSen.Upper, slopes[len(slopes)-m])
	}
	want := query.NoClearTrend
	switch {
	case n < 5:
		want = query.Undecided
	case p <= 0.05 && s > 0:
		want = query.Rising
	case p <= 0.05:
		want = query.Falling
	}
	if got.Verdict != want {
		t.Errorf("the verdict is %s, want %s (p = %v)", got.Verdict, want, p)
	}
}

// countOrders goes through all orders of n values: the share of those with an
// |S| of |s| or more, and the place of the limits of a slope with 95 % confidence.
func countOrders(n, s int) (p float64, limit int) {
	var order []int
	used := make([]bool, n)
	wrongs := make([]int, n*n)
	far, all := 0, 0
	var place func(wrong int)
	place = func(wrong int) {
		if len(order) == n {
			all++
			wrongs[wrong]++
			if got := n*(n-1)/2 - 2*wrong; max(got, -got) >= max(s, -s) {
				far++
			}
			return
		}
		for next := range n {
			if used[next] {
				continue
			}
			added := 0
			for _, earlier := range order {
				if earlier > next {
					added++
				}
			}
			used[next], order = true, append(order, next)
			place(wrong + added)
			used[next], order = false, order[:len(order)-1]
		}
	}
	place(0)
	under := 0
	for wrongs[limit]+under <= all/40 { // the factorials from 5 on are multiples of 40
		under += wrongs[limit]
		limit++
	}
	return float64(far) / float64(all), limit
}

func checkLine(t *testing.T, got *query.Trend, xs, ys []float64) {
	t.Helper()
	n := float64(len(xs))
	meanX, meanY := 0.0, 0.0
	for i := range xs {
		meanX, meanY = meanX+xs[i]/n, meanY+ys[i]/n
	}
	sxx, sxy, syy := 0.0, 0.0, 0.0
	for i := range xs {
		sxx += (xs[i] - meanX) * (xs[i] - meanX)
		sxy += (xs[i] - meanX) * (ys[i] - meanY)
		syy += (ys[i] - meanY) * (ys[i] - meanY)
	}
	slope := sxy / sxx
	start := meanY - slope*meanX
	errors := 0.0
	for i := range xs {
		off := ys[i] - start - slope*xs[i]
		errors += off * off
	}
	near(t, "slope", got.LinearFit.Slope, slope)
	near(t, "intercept", got.LinearFit.Intercept, start)
	near(t, "R²", got.LinearFit.RSquared, 1-errors/syy)
	alpha, beta := stat.LinearRegression(xs, ys, nil, false) // a second opinion
	near(t, "gonum's slope", got.LinearFit.Slope, beta)
	near(t, "gonum's intercept", got.LinearFit.Intercept, alpha)
	near(t, "gonum's R²", got.LinearFit.RSquared, stat.RSquared(xs, ys, nil, alpha, beta))
	if len(xs) < 6 {
		if reason := got.Projection.Reason(); len(got.Projection.Years) > 0 || reason == nil || *reason != number.TooFewValues {
			t.Error("there is a projection from too few years")
		}
		return
	}
	if len(got.Projection.Years) != 3 {
		t.Fatalf("%d years are projected", len(got.Projection.Years))
	}
	quantile := student(len(xs) - 2)
	for i, year := range got.Projection.Years {
		x := xs[len(xs)-1] + 1 + float64(i)
		margin := quantile * math.Sqrt(errors/(n-2)) * math.Sqrt(1+1/n+(x-meanX)*(x-meanX)/sxx)
		near(t, "projection", year.Value, start+slope*x)
		near(t, "lower end", year.Lower, start+slope*x-margin)
		near(t, "upper end", year.Upper, start+slope*x+margin)
	}
}

// student is the quantile 0.975 of Student's distribution, found by halving, with
// the sums of Abramowitz and Stegun (1964), 26.7.3 and 26.7.4.
func student(freedom int) float64 {
	between := func(x float64) float64 { // P(|t| ≤ x)
		angle := math.Atan(x / math.Sqrt(float64(freedom)))
		cos, sin := math.Cos(angle), math.Sin(angle)
		term, sum, from := 1.0, 1.0, 2
		if freedom%2 == 1 {
			term, sum, from = cos, cos, 3
		}
		for k := from; k < freedom-1; k += 2 {
			term *= cos * cos * float64(k-1) / float64(k)
			sum += term
		}
		switch {
		case freedom == 1:
			return 2 / math.Pi * angle
		case freedom%2 == 1:
			return 2 / math.Pi * (angle + sin*sum)
		}
		return sin * sum
	}
	low, high := 0.0, 100.0
	for range 100 {
		if middle := (low + high) / 2; between(middle) < 0.95 {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

func checkVolatility(t *testing.T, got *query.Trend, xs, ys []float64) {
	t.Helper()
	var changes []float64
	for i := 1; i < len(xs); i++ {
		if xs[i] != xs[i-1]+1 {
			continue
		}
		if ys[i-1] == 0 {
			if reason := got.Volatility.Reason(); reason == nil || *reason != number.BaseZero {
				t.Errorf("the volatility over a zero is %s", got.Volatility.Value)
			}
			return
		}
		changes = append(changes, (ys[i]/ys[i-1]-1)*100)
	}
	if len(changes) < 2 {
		return
	}
	mean, squares := 0.0, 0.0
	for _, change := range changes {
		mean += change / float64(len(changes))
	}
	for _, change := range changes {
		squares += (change - mean) * (change - mean)
	}
	near(t, "volatility", got.Volatility.Value, math.Sqrt(squares/float64(len(changes)-1)))
}

// A shift in noise is found where it is, and its probability is Pettitt's.
func TestSuggestedBreakOfRandomValues(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 3))
		values := draw(r, 20, false)
		for i := 12; i < len(values); i++ {
			values[i] += 2000
		}
		got, err := publish(t, 2000, [][]float64{values}).Trend(t.Context(), query.Ask{Indicator: "heat", Unit: "u000"})
		if err != nil {
			t.Fatal(err)
		}
		most, at := 0.0, 0
		for k := 1; k < len(values); k++ {
			u := 0.0
			for i, x := range values {
				for j, y := range values {
					if i < k && j >= k && x != y {
						u += math.Copysign(1, y-x)
					}
				}
			}
			if math.Abs(u) > most {
				most, at = math.Abs(u), k
			}
		}
		if len(got.Breaks) != 1 || got.Breaks[0].Year != number.Year(2000+at) || got.Breaks[0].Kind != query.SuggestedBreak || at < 10 || at > 14 {
			t.Fatalf("seed %d: %d breaks, want one in %d", seed, len(got.Breaks), 2000+at)
		}
		near(t, "p", got.Breaks[0].PValue, 2*math.Exp(-6*most*most/(8000+400)))
	}
}
