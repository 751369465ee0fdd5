package stats

// The least number of years for what is estimated of a path.
const (
	minPoints = 3  // for a slope and a line that are more than two points
	fewPoints = 10 // under it the test of Mann and Kendall is exact, and an answer says that it has few points
)

// path is the values of some years, ascending.
type path struct {
	years  []Year
	values []Fraction
}

// newPath is a path of some years and their values.
func newPath(years []Year, values []Fraction) path { return path{years, values} }

// none is why a path is too short for a measure.
func (p path) none() Value { return None(TooFewValues) }

// volatility is the standard deviation, with n − 1 in its denominator, of the
// relative changes in percent between years that follow each other.
func (p path) volatility() Value {
	var changes sample
	for i := 1; i < len(p.values); i++ {
		base := p.values[i-1]
		switch {
		case p.years[i] != p.years[i-1]+1:
			continue
		case base.Sign() == 0:
			return None(BaseZero)
		case base.Sign() < 0:
			return None(BaseNegative)
		}
		changes.add(p.values[i].Sub(base).over(base).Times(hundred()))
	}
	if len(changes.values) < 2 {
		return p.none()
	}
	return changes.deviation()
}
