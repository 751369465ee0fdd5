package figure

import (
	"math/big"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// Coverage says how many of the units that are expected to report stand behind
// a figure. A reported figure stands for itself: one of one.
type Coverage struct {
	// Expected is the number of eligible units within the unit.
	Expected int
	// Reported is the number of them whose value is in the figure.
	Reported int

	Reporters *ExpectedReporters // the units counted; nil unless coverage by weight was asked for
}

// equals reports whether two coverages count alike.
func (c Coverage) equals(other Coverage) bool {
	return c.Expected == other.Expected && c.Reported == other.Reported
}

// Share is reported ÷ expected, 0 to 1; none when nothing is expected.
func (c Coverage) Share() number.Value {
	share, ok := number.Divide(decimal.NewFromInt(int64(c.Reported)), decimal.NewFromInt(int64(c.Expected)))
	if !ok {
		return number.None(number.NotApplicable)
	}
	return number.Known(share)
}

// SharesWith reports whether the shares of two coverages are equal.
func (c Coverage) SharesWith(other Coverage) bool {
	if c.Expected == 0 || other.Expected == 0 {
		return c.Expected == other.Expected
	}
	return c.Reported*other.Expected == other.Reported*c.Expected
}

// Under reports whether the coverage is less than a minimum.
func (c Coverage) Under(minimum number.Fraction) bool {
	if minimum.Sign() <= 0 || c.Reported >= c.Expected && minimum.Cmp(number.Whole(number.One())) <= 0 {
		return false // the usual cases: there is no minimum, or all have reported
	}
	share, ok := c.Share().Number()
	return ok && share.Cmp(minimum) < 0
}

// ByWeight is the coverage by what the units weigh; nil where it was not asked for
// with Scope.ByWeight. Its reason is NotApplicable where nothing says what units weigh,
// and where none is expected to report.
func (c Coverage) ByWeight() *CoverageByWeight {
	if c.Reporters == nil {
		return nil
	}
	return c.Reporters.Scale.Weigh(c.Reporters)
}

// CoverageByWeight is how much of what the eligible units weigh stands behind a
// figure. Nothing is estimated: where the weight of one of them is not known, or
// known of a part of it only, there is none.
type CoverageByWeight struct {
	// Indicator is what the units are weighed by; nil where nothing is declared.
	Indicator *catalogue.Indicator
	// Expected is the weight of all eligible units, in the unit of measure of
	// Indicator, by its totals of the figure's year; of a reported figure that of its own unit.
	Expected number.Value
	// Reported is the weight of those of them whose value is in the figure.
	Reported number.Value
}

// Share is reported ÷ expected, 0 to 1; none where a weight is not known, and when
// all of them weigh nothing.
func (c *CoverageByWeight) Share() number.Value {
	reported, known := c.Reported.Number()
	if !known {
		return c.Reported
	}
	expected, _ := c.Expected.Number()
	share, ok := number.Divide(reported.Cross(expected), expected.Cross(reported))
	if !ok {
		return number.None(number.NotApplicable)
	}
	return number.Known(share)
}

// Reason says why there is no share; nil when there is one.
func (c *CoverageByWeight) Reason() *number.Reason { return c.Share().Reason() }

// ExpectedReporters is the units whose reports count towards a coverage.
type ExpectedReporters struct {
	// Scale weighs them by their figures of Year.
	Scale Weigher
	Year  number.Year
	// List returns the expected units, and those of them whose value is in the figure. It
	// costs nothing until it is called.
	List func() (expected, reported []ReportingUnit)
}

// Weigher weighs the units that a coverage counts.
type Weigher interface {
	// Weigh returns how much of the weight of the expected units stands behind the
	// figure.
	Weigh(e *ExpectedReporters) *CoverageByWeight
}

// ReportingUnit is a unit that is expected to report.
type ReportingUnit struct {
	Unit         *catalogue.Unit // as it was in the year
	share        *big.Rat        // the part of it that counts, on a basis; nil for all of it
	shareUnknown bool            // only a part of it counts, and how much is not known
}

// NoReporters is the list of a figure that no unit is expected to report.
func NoReporters() (expected, reported []ReportingUnit) { return nil, nil }
