package estimate

import (
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/number"
)

// Sample is some values, the lowest first; equal ones keep their order. Quantiles and
// sums are exact: what does not end is rounded once, when it is written as a decimal.
type Sample struct {
	values []number.Fraction
	places []int // of the values, before they were sorted
}

// NewSample sorts values.
func NewSample(values []number.Fraction) Sample {
	sorted, places := number.Ascending(values)
	return Sample{values: sorted, places: places}
}

// Quantile is the quantile of the share num ÷ den.
func (s Sample) Quantile(num, den int64) number.Value {
	share, _ := number.Divide(decimal.NewFromInt(num), decimal.NewFromInt(den))
	return s.At(number.Known(share))
}

// At is a quantile by type 7 of Hyndman and Fan, “Sample Quantiles in
// Statistical Packages”, The American Statistician 50 (1996), 361–365.
func (s Sample) At(share number.Value) number.Value {
	if len(s.values) == 0 {
		return number.None(number.MissingValue)
	}
	p, _ := share.Decimal()
	return number.Known(quantile(s.values, p))
}

// quantile interpolates between the sorted values at (n − 1)·p, counted from 0.
func quantile(sorted []number.Fraction, p decimal.Decimal) number.Fraction {
	place := p.Mul(decimal.NewFromInt(int64(len(sorted) - 1)))
	below := place.Floor()
	value := sorted[below.IntPart()]
	if part := place.Sub(below); part.Sign() > 0 {
		value = value.Add(sorted[below.IntPart()+1].Sub(value).Times(part))
	}
	return value
}

// median is the quantile of one half.
func median(sorted []number.Fraction) number.Fraction { return quantile(sorted, decimal.New(5, -1)) }

func whole(n int) number.Fraction { return number.Whole(decimal.NewFromInt(int64(n))) }

func (s Sample) size() number.Fraction { return whole(len(s.values)) }

// sum adds up a term of each value, which comes with its place from 0.
func (s Sample) sum(term func(place int, value number.Fraction) number.Fraction) number.Fraction {
	terms := make([]number.Fraction, len(s.values))
	for place, value := range s.values {
		terms[place] = term(place, value)
	}
	return number.Sum(terms)
}

func (s Sample) total() number.Fraction { return number.Sum(s.values) }

// Mean is the arithmetic mean, Σx ÷ n.
func (s Sample) Mean() number.Value {
	if len(s.values) == 0 {
		return number.None(number.MissingValue)
	}
	return number.Known(s.total().Over(s.size()))
}

// variance is Σ(x − mean)² ÷ (n − 1), as (nΣx² − (Σx)²) ÷ n(n − 1), which is the
// same in exact arithmetic; false for fewer than two values.
func (s Sample) variance() (number.Fraction, bool) {
	if len(s.values) < 2 {
		return number.Fraction{}, false
	}
	squares := s.sum(func(_ int, value number.Fraction) number.Fraction { return value.Mul(value) })
	total, n := s.total(), s.size()
	return n.Mul(squares).Sub(total.Mul(total)).Over(n.Mul(whole(len(s.values) - 1))), true
}

// Deviation is the standard deviation of a sample: the root of the variance,
// rounded to sixteen digits after the point.
func (s Sample) Deviation() number.Value {
	variance, ok := s.variance()
	switch {
	case ok:
		return number.Exactly(number.Root(variance))
	case len(s.values) == 0:
		return number.None(number.MissingValue)
	}
	return number.None(number.TooFewValues)
}

// Variation is the standard deviation ÷ the mean × 100, of a positive mean.
func (s Sample) Variation() number.Value {
	variance, ok := s.variance()
	mean, _ := s.Mean().Number()
	switch {
	case !ok:
		return s.Deviation()
	case mean.Sign() == 0:
		return number.None(number.BaseZero)
	case mean.Sign() < 0:
		return number.None(number.BaseNegative)
	}
	return number.Exactly(number.Root(variance.Over(mean.Mul(mean)).Mul(whole(10_000))))
}

// Gini is the Gini coefficient Σ(2i − n − 1)·x ÷ nΣx over the values in
// ascending order, i from 1: half the mean difference between two units, in
// terms of the mean. Gini, Variabilità e mutabilità (1912); in this form Sen, On
// Economic Inequality (1973), section 2.8. The share of a whole has no sense
// where parts are negative.
func (s Sample) Gini() number.Value {
	switch {
	case len(s.values) == 0:
		return number.None(number.MissingValue)
	case s.values[0].Sign() < 0:
		return number.None(number.NegativeValues)
	}
	n := len(s.values)
	weighted := s.sum(func(place int, value number.Fraction) number.Fraction { return value.Mul(whole(2*place + 1 - n)) })
	total := s.total()
	if total.IsZero() {
		return number.None(number.BaseZero)
	}
	return number.Known(weighted.Over(total.Mul(s.size())))
}
