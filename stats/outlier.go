package stats

import (
	"slices"

	"github.com/shopspring/decimal"
)

// OutlierRule says how the distance of a unit from the others was scored.
type OutlierRule string

// The rules.
const (
	// ModifiedZScore: 0.6745·(x − median) ÷ the median absolute deviation.
	ModifiedZScore OutlierRule = "MODIFIED_Z_SCORE"
	// MeanDeviation: (x − median) ÷ (1.253314 × the mean absolute deviation).
	MeanDeviation OutlierRule = "MEAN_DEVIATION"
	// NoOutliers: all units have the same figure, or none has one.
	NoOutliers OutlierRule = "NONE"
)

// threshold is the score beyond which a unit is an outlier.
func threshold() Fraction { return Whole(decimal.New(35, -1)) }

// outliers scores the distance of each unit from the median in units of the
// median absolute deviation, and keeps those beyond 3.5: Iglewicz and Hoaglin,
// How to Detect and Handle Outliers (1993), section 3.3. Where that deviation is
// 0, because more than half of the units have the same figure, the mean absolute
// deviation from the median takes its place, as in IBM Cognos Analytics (“Modified
// z score” in its documentation); 1.253314 = √(π/2) makes it a standard
// deviation of normal values, as 1 ÷ 0.6745 does for the median's.
func (s sample) outliers() (mad Value, rule OutlierRule, far []*Outlier) {
	far = []*Outlier{}
	if len(s.values) == 0 {
		return None(MissingValue), NoOutliers, far
	}
	middle := median(s.values)
	distances := make([]Fraction, len(s.values))
	mean := decimal.Zero
	for i, value := range s.values {
		distances[i] = value.Sub(middle).abs()
		mean = mean.Add(distances[i].Decimal())
	}
	distances, _ = ascending(distances)
	deviation := median(distances)
	mad, rule = Known(deviation), ModifiedZScore
	unit := deviation.over(Whole(decimal.New(6745, -4)))
	if deviation.Sign() == 0 {
		rule = MeanDeviation
		unit, _ = Divide(mean.Mul(decimal.New(1253314, -6)), s.size())
	}
	if unit.Sign() == 0 {
		return mad, NoOutliers, far
	}
	for i, value := range s.values {
		if score := value.Sub(middle).over(unit); score.abs().Cmp(threshold()) > 0 {
			far = append(far, &Outlier{Unit: s.figures[i].Unit, Figure: s.figures[i], Score: Known(score)})
		}
	}
	slices.SortStableFunc(far, func(a, b *Outlier) int {
		if order := b.Score.number.abs().Cmp(a.Score.number.abs()); order != 0 {
			return order
		}
		return byCode(a.Unit, b.Unit)
	})
	return mad, rule, far
}
