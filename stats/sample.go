package stats

import (
	"math/big"

	"github.com/shopspring/decimal"
)

// sample is some values, the lowest first; equal ones keep their order. Quantiles are
// exact. Sums are exact over decimals: they take a value that does not end with its
// sixteen digits.
type sample struct {
	values   []Fraction
	places   []int             // of the values, before they were sorted
	decimals []decimal.Decimal // the values, as sums take them
}

// newSample sorts values.
func newSample(values []Fraction) sample {
	var s sample
	var sorted []Fraction
	sorted, s.places = ascending(values)
	for _, value := range sorted {
		s.add(value)
	}
	return s
}

func (s *sample) add(value Fraction) {
	s.values = append(s.values, value)
	s.decimals = append(s.decimals, value.Decimal())
}

// quantile is the quantile of the share num ÷ den.
func (s sample) quantile(num, den int64) Value {
	share, _ := Divide(decimal.NewFromInt(num), decimal.NewFromInt(den))
	return s.at(Known(share))
}

// at is a quantile by type 7 of Hyndman and Fan, “Sample Quantiles in
// Statistical Packages”, The American Statistician 50 (1996), 361–365.
func (s sample) at(share Value) Value {
	if len(s.values) == 0 {
		return None(MissingValue)
	}
	p, _ := share.Decimal()
	return Known(quantile(s.values, p))
}

// quantile interpolates between the sorted values at (n − 1)·p, counted from 0.
func quantile(sorted []Fraction, p decimal.Decimal) Fraction {
	place := p.Mul(decimal.NewFromInt(int64(len(sorted) - 1)))
	below := place.Floor()
	value := sorted[below.IntPart()]
	if part := place.Sub(below); part.Sign() > 0 {
		value = value.Add(sorted[below.IntPart()+1].Sub(value).Times(part))
	}
	return value
}

// median is the quantile of one half.
func median(sorted []Fraction) Fraction { return quantile(sorted, decimal.New(5, -1)) }

func (s sample) size() decimal.Decimal { return decimal.NewFromInt(int64(len(s.values))) }

// sum adds up a term of each value, which comes with its place from 0.
func (s sample) sum(term func(place int, value decimal.Decimal) decimal.Decimal) decimal.Decimal {
	total := decimal.Zero
	for place, value := range s.decimals {
		total = total.Add(term(place, value))
	}
	return total
}

func (s sample) total() decimal.Decimal {
	return s.sum(func(_ int, value decimal.Decimal) decimal.Decimal { return value })
}

// mean is the arithmetic mean, Σx ÷ n.
func (s sample) mean() Value {
	mean, ok := Divide(s.total(), s.size())
	if !ok {
		return None(MissingValue)
	}
	return Known(mean)
}

// variance is Σ(x − mean)² ÷ (n − 1), as (nΣx² − (Σx)²) ÷ n(n − 1), which is the
// same in exact arithmetic; false for fewer than two values.
func (s sample) variance() (*big.Rat, bool) {
	if len(s.values) < 2 {
		return nil, false
	}
	squares := s.sum(func(_ int, value decimal.Decimal) decimal.Decimal { return value.Mul(value) })
	total, n := s.total(), s.size()
	top := n.Mul(squares).Sub(total.Mul(total))
	return ratio(top.Rat(), n.Mul(n.Sub(one())).Rat()), true
}

// deviation is the standard deviation of a sample: the root of the variance,
// rounded to sixteen digits after the point.
func (s sample) deviation() Value {
	variance, ok := s.variance()
	switch {
	case ok:
		return Exactly(root(variance))
	case len(s.values) == 0:
		return None(MissingValue)
	}
	return None(TooFewValues)
}

// variation is the standard deviation ÷ the mean × 100, of a positive mean.
func (s sample) variation() Value {
	variance, ok := s.variance()
	mean, _ := s.mean().Number()
	switch {
	case !ok:
		return s.deviation()
	case mean.Sign() == 0:
		return None(BaseZero)
	case mean.Sign() < 0:
		return None(BaseNegative)
	}
	share := ratio(variance, product(mean.rat(), mean.rat()))
	return Exactly(root(product(share, whole(10_000))))
}

// gini is the Gini coefficient Σ(2i − n − 1)·x ÷ nΣx over the values in
// ascending order, i from 1: half the mean difference between two units, in
// terms of the mean. Gini, Variabilità e mutabilità (1912); in this form Sen, On
// Economic Inequality (1973), section 2.8. The share of a whole has no sense
// where parts are negative.
func (s sample) gini() Value {
	switch {
	case len(s.values) == 0:
		return None(MissingValue)
	case s.values[0].Sign() < 0:
		return None(NegativeValues)
	}
	n := len(s.values)
	weighted := s.sum(func(place int, value decimal.Decimal) decimal.Decimal {
		return value.Mul(decimal.NewFromInt(int64(2*place + 1 - n)))
	})
	gini, ok := Divide(weighted, s.total().Mul(s.size()))
	if !ok {
		return None(BaseZero)
	}
	return Known(gini)
}
