package stats

import (
	"math"
	"math/big"

	"gonum.org/v1/gonum/stat/distuv"
)

// LinearFit is the line of least squares through the figures of some years.
type LinearFit struct {
	// Slope is in the unit of the measure a year.
	Slope Value
	// Intercept is the height of the line in the year OriginYear, the first of the trend.
	Intercept  Value
	OriginYear Year
	// RSquared is the share of the variance that the line explains, 0 to 1; none
	// where nothing varies.
	RSquared Value
}

// Reason says why there is no line; nil when there is one.
func (l LinearFit) Reason() *Reason { return l.Slope.Reason() }

// line is a fit in exact arithmetic, with years counted from the first. It is
// nil for too few years.
type line struct {
	origin, last     Year
	n                int
	meanX, meanY     *big.Rat
	xx, yy, errors   *big.Rat // Σ(x − x̄)², Σ(y − ȳ)², Σ(y − ŷ)²
	slope, intercept *big.Rat
}

// line fits a line by ordinary least squares: slope Sxy ÷ Sxx through the point
// of the means; Draper and Smith, Applied Regression Analysis, 3rd ed. (1998), 1.2.
func (p path) line() *line {
	n := len(p.values)
	if n < minPoints {
		return nil
	}
	x := func(i int) *big.Rat { return whole(int(p.years[i] - p.years[0])) }
	sumX, sumY := new(big.Rat), new(big.Rat)
	values := make([]*big.Rat, n)
	for i, value := range p.values {
		values[i] = value.rat()
		sumX.Add(sumX, x(i))
		sumY.Add(sumY, values[i])
	}
	l := &line{
		origin: p.years[0], last: p.years[n-1], n: n, meanX: ratio(sumX, whole(n)), meanY: ratio(sumY, whole(n)),
		xx: new(big.Rat), yy: new(big.Rat),
	}
	xy := new(big.Rat)
	for i, value := range values {
		dx, dy := minusOf(x(i), l.meanX), minusOf(value, l.meanY)
		l.xx.Add(l.xx, product(dx, dx))
		l.yy.Add(l.yy, product(dy, dy))
		xy.Add(xy, product(dx, dy))
	}
	l.slope = ratio(xy, l.xx)
	l.intercept = minusOf(l.meanY, product(l.slope, l.meanX))
	l.errors = minusOf(l.yy, product(l.slope, xy))
	return l
}

// fit gives the line as it is told; R² = 1 − Σ(y − ŷ)² ÷ Σ(y − ȳ)².
func (l *line) fit() LinearFit {
	if l == nil {
		few := None(TooFewValues)
		return LinearFit{Slope: few, Intercept: few, RSquared: few}
	}
	fit := LinearFit{
		Slope: Known(fromRat(l.slope)), Intercept: Known(fromRat(l.intercept)), OriginYear: l.origin,
		RSquared: None(NotApplicable),
	}
	if l.yy.Sign() > 0 {
		fit.RSquared = Known(fromRat(minusOf(whole(1), ratio(l.errors, l.yy))))
	}
	return fit
}

// at gives the height of the line and its 95 % prediction interval, ŷ ± t·s·√(1 +
// 1/n + (x − x̄)² ÷ Sxx) with s² = Σ(y − ŷ)² ÷ (n − 2) and t the quantile of
// Student's distribution with n − 2 degrees of freedom; Draper and Smith, 3.1.
func (l *line) at(year Year) (value, lower, upper Fraction) {
	x := whole(int(year - l.origin))
	distance := minusOf(x, l.meanX)
	spread := sumOf(whole(1), sumOf(ratio(whole(1), whole(l.n)), ratio(product(distance, distance), l.xx)))
	variance := product(spread, ratio(l.errors, whole(l.n-2)))
	deviation, _ := variance.Float64()
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(l.n - 2)}.Quantile(0.975)
	margin := Whole(measured(t * math.Sqrt(deviation)))
	value = fromRat(sumOf(l.intercept, product(l.slope, x)))
	return value, value.Sub(margin), value.Add(margin)
}
