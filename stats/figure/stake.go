package figure

import (
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// Stake is what a unit puts into the total of one year; nothing where it is no
// part of it. Of a mean the value is weighted and the whole is the weight.
type Stake struct{ Value, Whole number.Fraction }

// Add returns the sum of two stakes.
func (s Stake) Add(other Stake) Stake {
	return Stake{s.Value.Add(other.Value), s.Whole.Add(other.Whole)}
}

// StakeOf returns the stake of a figure, or the reason why there is none.
func StakeOf(f *Figure, within bool) (Stake, number.Value) {
	nothing := number.Known(number.Fraction{})
	value, known := f.Value.Number()
	switch {
	case !within, !known && !f.Measure().IsKnown() && *f.Value.Reason() == number.NotApplicable:
		return Stake{}, nothing
	case !known && f.Measure().IsKnown(): // only the rate was printed
		return Stake{}, number.None(number.NotAdditive)
	case !known:
		return Stake{}, f.Value
	case !f.Indicator.IsAverage():
		return Stake{Value: value}, nothing
	}
	of := f.Denominator
	if f.Indicator.Kind == catalogue.Mean {
		of = f.Weight
	}
	whole, known := of.Number()
	switch {
	case !known: // a mean without its weight
		return Stake{}, number.None(number.NotAdditive)
	case f.Indicator.Kind != catalogue.Mean:
		return Stake{value, whole}, nothing
	}
	if made, as := value.NumeratorOver(whole); as { // Σ (value × weight) ÷ Σ weight, as it was made
		return Stake{made, whole}, nothing
	}
	return Stake{value.Mul(whole), whole}, nothing
}

// amount reads the amount of a figure; nil where it does not tell of how many it speaks.
func (f *Figure) amount() *amount {
	s, why := StakeOf(f, true)
	if !why.IsKnown() {
		return nil
	}
	return &amount{s.Value.Decimal(), s.Whole.Decimal()}
}
