package validation

import "github.com/shopspring/decimal"

// IsPrintedSum reports whether a printed total may be the sum of so many printed parts, of which
// the last digit is worth unit, where figures were rounded before they were printed: each of
// them and the total is then up to half a unit away from what it was. A unit of zero is that of
// figures that were not rounded: they must agree.
func IsPrintedSum(total, sum, unit decimal.Decimal, parts int) bool {
	slack := unit.Mul(decimal.NewFromInt(int64(parts) + 1)).Div(decimal.NewFromInt(2))
	return sum.Sub(total).Abs().LessThanOrEqual(slack)
}
