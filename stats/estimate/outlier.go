package estimate

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/number"
)

// OutlierRule says how the distance of a value from the others was scored.
type OutlierRule string

// The rules.
const (
	// ModifiedZScore: 0.6745·(x − median) ÷ the median absolute deviation.
	ModifiedZScore OutlierRule = "MODIFIED_Z_SCORE"
	// MeanDeviation: (x − median) ÷ (1.253314 × the mean absolute deviation).
	MeanDeviation OutlierRule = "MEAN_DEVIATION"
	// NoOutliers: all values are the same, or there is none.
	NoOutliers OutlierRule = "NONE"
)

// farOut is the score beyond which a value lies far out.
func farOut() number.Fraction { return number.Whole(decimal.New(35, -1)) }

// FarValue is a value that lies far from the others.
type FarValue struct {
	Place int             // index of the value before the sample was sorted
	Score number.Fraction // negative below the median
}

// Outliers scores the distance of each value from the median in units of the
// median absolute deviation, and keeps those beyond 3.5: Iglewicz and Hoaglin,
// How to Detect and Handle Outliers (1993), section 3.3. Where that deviation is
// 0, because more than half of the values are the same, the mean absolute
// deviation from the median takes its place, as in IBM Cognos Analytics (“Modified
// z score” in its documentation); 1.253314 = √(π/2) makes it a standard
// deviation of normal values, as 1 ÷ 0.6745 does for the median's.
func Outliers(s Sample) (mad number.Value, rule OutlierRule, far []FarValue) {
	return OutliersBeyond(s, farOut())
}

// OutliersBeyond is Outliers with another score than 3.5.
func OutliersBeyond(s Sample, beyond number.Fraction) (mad number.Value, rule OutlierRule, far []FarValue) {
	if len(s.values) == 0 {
		return number.None(number.MissingValue), NoOutliers, nil
	}
	middle := median(s.values)
	distances := make([]number.Fraction, len(s.values))
	for i, value := range s.values {
		distances[i] = value.Sub(middle).Abs()
	}
	distances, _ = number.Ascending(distances)
	deviation := median(distances)
	mad, rule = number.Known(deviation), ModifiedZScore
	unit := deviation.Over(number.Whole(decimal.New(6745, -4)))
	if deviation.Sign() == 0 {
		rule = MeanDeviation
		unit = number.Sum(distances).Times(decimal.New(1253314, -6)).Over(s.size())
	}
	if unit.Sign() == 0 {
		return mad, NoOutliers, far
	}
	for i, value := range s.values {
		if score := value.Sub(middle).Over(unit); score.Abs().Cmp(beyond) > 0 {
			far = append(far, FarValue{Place: s.places[i], Score: score})
		}
	}
	slices.SortStableFunc(far, func(a, b FarValue) int {
		return cmp.Or(b.Score.Abs().Cmp(a.Score.Abs()), a.Place-b.Place)
	})
	return mad, rule, far
}
