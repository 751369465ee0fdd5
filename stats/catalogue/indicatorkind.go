package catalogue

import (
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// IndicatorKind says what an indicator's values are and so how they roll up to
// a parent unit.
type IndicatorKind string

// The kinds of indicator.
const (
	Count      IndicatorKind = "COUNT"      // things counted; a parent is the sum of its parts
	Amount     IndicatorKind = "AMOUNT"     // a measured quantity; a parent is the sum of its parts
	Ratio      IndicatorKind = "RATIO"      // value ÷ denominator × per; a parent is Σ value ÷ Σ denominator × per
	Attainment IndicatorKind = "ATTAINMENT" // met or not met; a parent counts those that met it
	Mean       IndicatorKind = "MEAN"       // a mean with a weight; a parent is Σ (value × weight) ÷ Σ weight
	Reported   IndicatorKind = "REPORTED"   // made by somebody else; nothing is ever computed from it
	Derived    IndicatorKind = "DERIVED"    // made of other indicators; a parent is made of their roll-ups
)

// CanBeConfidential reports whether numbers of the kind may be about few persons. An
// attainment is of units, each of them named, and nothing is known of what is behind a
// number that somebody else made. What is derived is withheld where a part of it is.
func (k IndicatorKind) CanBeConfidential() bool {
	return k != Attainment && k != Reported && k != Derived
}

// Written writes an observation as a reader would: 97/119, 175211, a mean with its
// weight as 52.1×3000, or … where it is not known.
func (k IndicatorKind) Written(o *ledger.Observation) string {
	switch {
	case !o.Value.Valid:
		return UnknownMark
	case !o.Denominator.Valid:
		return o.Value.Decimal.String()
	case k == Mean:
		return o.Value.Decimal.String() + "×" + o.Denominator.Decimal.String()
	}
	return o.Value.Decimal.String() + "/" + o.Denominator.Decimal.String()
}

// Ends returns the greatest and the least value that the measure can have; nil where
// there is no bound.
func (k IndicatorKind) Ends() (greatest, least *number.Fraction) {
	zero, all := number.Whole(decimal.Zero), number.Whole(number.Hundred())
	switch k {
	case Attainment:
		return &all, &zero
	case Count:
		return nil, &zero
	}
	return nil, nil
}

// IsSum reports whether a whole is the sum of its parts.
func (k IndicatorKind) IsSum() bool { return k == Count || k == Amount }

// WhyNotAdded returns the words for why members of a kind are not added.
func (k IndicatorKind) WhyNotAdded() number.Message {
	if k == Attainment {
		return number.Say("met or not met by a unit for each member by itself")
	}
	return number.Say("made by somebody else")
}

// AddsMembers reports whether figures of several members may be added: not of an
// attainment, which a unit meets or not for each member, and not of numbers that others
// made.
func (k IndicatorKind) AddsMembers() bool { return k != Attainment && k != Reported }

// Scales are what a ratio's quotient may be multiplied by.
func Scales() []int { return []int{1, 100, 1000, 100_000} }

// UnknownMark stands for a value that is not known.
const UnknownMark = "…"
