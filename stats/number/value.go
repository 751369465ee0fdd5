package number

import "github.com/shopspring/decimal"

// The reasons.
const (
	// MissingValue: nothing was reported, or what was reported is “exists but is not known”.
	MissingValue Reason = "MISSING"
	// BaseMissing: the base year has no value.
	BaseMissing Reason = "BASE_MISSING"
	// CurrentMissing: the year asked has no value.
	CurrentMissing Reason = "CURRENT_MISSING"
	// BaseZero: the base is zero, and nothing is a percentage of zero.
	BaseZero Reason = "BASE_ZERO"
	// BaseNegative: a change relative to a negative base would have the wrong sign.
	BaseNegative Reason = "BASE_NEGATIVE"
	// NotAPercentage: points are differences of percentages, which the measure is not.
	NotAPercentage Reason = "NOT_A_PERCENTAGE"
	// NotComparable: the two figures do not measure the same thing.
	NotComparable Reason = "NOT_COMPARABLE"
	// CoverageLow: too few of the units reported for an aggregate.
	CoverageLow Reason = "COVERAGE_LOW"
	// RegisterIncomplete: the register is known to name too few units, and they could
	// make a difference.
	RegisterIncomplete Reason = "REGISTER_INCOMPLETE"
	// NotExact: the figure is approximate, and what is asked of it depends on by how much.
	NotExact Reason = "APPROXIMATE"
	// Suppressed: withheld because the number is small enough to reveal facts about persons.
	Suppressed Reason = "SUPPRESSED"
	// NotApplicable: the question does not apply to the unit.
	NotApplicable Reason = "NOT_APPLICABLE"
	// NotAdditive: the parts must not be added.
	NotAdditive Reason = "NOT_ADDITIVE"
	// PartsDiffer: what a derived figure is made of stands for different units, or the
	// part of a share exceeds its whole.
	PartsDiffer Reason = "PARTS_DIFFER"
	// SumNotPositive: nothing is a share of a sum that is zero or negative.
	SumNotPositive Reason = "SUM_NOT_POSITIVE"
)

// Value is a number or the reason why there is none: never both, never neither.
// The zero Value is no number, because it is missing.
type Value struct {
	number Fraction
	reason Reason
	known  bool
}

// Known makes a Value of an exact number.
func Known(f Fraction) Value { return Value{number: f, known: true} }

// Exactly makes a Value of a decimal.
func Exactly(d decimal.Decimal) Value { return Known(Whole(d)) }

// None makes a Value without a number, for a reason.
func None(reason Reason) Value { return Value{reason: reason} }

// Number returns the number, and false when there is none.
func (v Value) Number() (Fraction, bool) { return v.number, v.known }

// Fraction returns the number; 0 where there is none.
func (v Value) Fraction() Fraction { return v.number }

// IsKnown reports whether there is a number.
func (v Value) IsKnown() bool { return v.known }

// Reason says why there is no number; nil when there is one.
func (v Value) Reason() *Reason {
	if v.known {
		return nil
	}
	if v.reason == "" {
		reason := MissingValue
		return &reason
	}
	return &v.reason
}

// Decimal returns the number as Fraction.Decimal does, and false when there is none.
func (v Value) Decimal() (decimal.Decimal, bool) {
	if !v.known {
		return decimal.Decimal{}, false
	}
	return v.number.Decimal(), true
}

// String writes the number or the reason.
func (v Value) String() string {
	if d, ok := v.Decimal(); ok {
		return d.String()
	}
	return string(*v.Reason())
}
