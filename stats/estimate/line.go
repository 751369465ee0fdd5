package estimate

import (
	"math"
	"math/big"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/niengiam/niengiam/stats/number"
)

// LinearFit is the line of least squares through the figures of some years.
type LinearFit struct {
	// Slope is in the unit of the measure a year.
	Slope number.Value
	// Intercept is the height of the line in the year OriginYear, the first of the trend.
	Intercept  number.Value
	OriginYear number.Year
	// RSquared is the share of the variance that the line explains, 0 to 1; none
	// where nothing varies.
	RSquared number.Value
}

// Reason says why there is no line; nil when there is one.
func (l LinearFit) Reason() *number.Reason { return l.Slope.Reason() }

// Line is a fit in exact arithmetic, with years counted from the first. It is
// nil for too few years.
type Line struct {
	origin, Last     number.Year
	n                int
	meanX, meanY     *big.Rat
	xx, yy, errors   *big.Rat // Σ(x − x̄)², Σ(y − ȳ)², Σ(y − ŷ)²
	slope, intercept *big.Rat
}

// FitLine fits a line by ordinary least squares: slope Sxy ÷ Sxx through the point
// of the means; Draper and Smith, Applied Regression Analysis, 3rd ed. (1998), 1.2.
func FitLine(p Path) *Line {
	n := len(p.values)
	if n < minPoints {
		return nil
	}
	x := func(i int) *big.Rat { return number.IntRat(int(p.years[i] - p.years[0])) }
	sumX, sumY := new(big.Rat), new(big.Rat)
	values := make([]*big.Rat, n)
	for i, value := range p.values {
		values[i] = value.Rat()
		sumX.Add(sumX, x(i))
		sumY.Add(sumY, values[i])
	}
	l := &Line{
		origin: p.years[0], Last: p.years[n-1], n: n, meanX: number.QuoRat(sumX, number.IntRat(n)), meanY: number.QuoRat(sumY, number.IntRat(n)),
		xx: new(big.Rat), yy: new(big.Rat),
	}
	xy := new(big.Rat)
	for i, value := range values {
		dx, dy := number.SubRat(x(i), l.meanX), number.SubRat(value, l.meanY)
		l.xx.Add(l.xx, number.MulRat(dx, dx))
		l.yy.Add(l.yy, number.MulRat(dy, dy))
		xy.Add(xy, number.MulRat(dx, dy))
	}
	l.slope = number.QuoRat(xy, l.xx)
	l.intercept = number.SubRat(l.meanY, number.MulRat(l.slope, l.meanX))
	l.errors = number.SubRat(l.yy, number.MulRat(l.slope, xy))
	return l
}

// Fit returns the estimates that an answer shows; R² = 1 − Σ(y − ŷ)² ÷ Σ(y − ȳ)².
func (l *Line) Fit() LinearFit {
	if l == nil {
		few := number.None(number.TooFewValues)
		return LinearFit{Slope: few, Intercept: few, RSquared: few}
	}
	fit := LinearFit{
		Slope: number.Known(number.FromRat(l.slope)), Intercept: number.Known(number.FromRat(l.intercept)), OriginYear: l.origin,
		RSquared: number.None(number.NotApplicable),
	}
	if l.yy.Sign() > 0 {
		fit.RSquared = number.Known(number.FromRat(number.SubRat(number.IntRat(1), number.QuoRat(l.errors, l.yy))))
	}
	return fit
}

// At returns the height of the line and its 95 % prediction interval, ŷ ± t·s·√(1 +
// 1/n + (x − x̄)² ÷ Sxx) with s² = Σ(y − ŷ)² ÷ (n − 2) and t the quantile of
// Student's distribution with n − 2 degrees of freedom; Draper and Smith, 3.1.
func (l *Line) At(year number.Year) (value, lower, upper number.Fraction) {
	x := number.IntRat(int(year - l.origin))
	distance := number.SubRat(x, l.meanX)
	spread := number.AddRat(number.IntRat(1), number.AddRat(number.QuoRat(number.IntRat(1), number.IntRat(l.n)), number.QuoRat(number.MulRat(distance, distance), l.xx)))
	variance := number.MulRat(spread, number.QuoRat(l.errors, number.IntRat(l.n-2)))
	deviation, _ := variance.Float64()
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(l.n - 2)}.Quantile(0.975)
	margin := number.Whole(number.Measured(t * math.Sqrt(deviation)))
	value = number.FromRat(number.AddRat(l.intercept, number.MulRat(l.slope, x)))
	return value, value.Sub(margin), value.Add(margin)
}
