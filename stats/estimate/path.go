package estimate

import "github.com/niengiam/niengiam/stats/number"

// The least number of years for what is estimated of a Path.
const (
	minPoints = 3  // for a slope and a line that are more than two points
	FewPoints = 10 // under it the test of Mann and Kendall is exact, and an answer says that it has few points
)

// Path is a time series: years, ascending, and the value of each.
type Path struct {
	years  []number.Year
	values []number.Fraction
}

// NewPath makes a Path of years, ascending, and their values.
func NewPath(years []number.Year, values []number.Fraction) Path { return Path{years, values} }

// none is why a Path is too short for a measure.
func (p Path) none() number.Value { return number.None(number.TooFewValues) }

// Volatility is the standard deviation, with n − 1 in its denominator, of the
// relative changes in percent between years that follow each other.
func (p Path) Volatility() number.Value {
	var changes []number.Fraction
	for i := 1; i < len(p.values); i++ {
		base := p.values[i-1]
		switch {
		case p.years[i] != p.years[i-1]+1:
			continue
		case base.Sign() == 0:
			return number.None(number.BaseZero)
		case base.Sign() < 0:
			return number.None(number.BaseNegative)
		}
		changes = append(changes, p.values[i].Sub(base).Over(base).Times(number.Hundred()))
	}
	if len(changes) < 2 {
		return p.none()
	}
	return NewSample(changes).Deviation()
}
