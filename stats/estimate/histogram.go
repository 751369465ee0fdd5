package estimate

import (
	"math/big"
	"math/bits"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/number"
)

// Bin is a range of values and the number of units in it. From belongs to the
// bin and To to the next one, but the last bin has both.
type Bin struct {
	From, To number.Value
	Count    int
}

// maxBins is the bound on the bins of a histogram.
const maxBins = 50

// Histogram counts the values in bins of one width, whose edges are multiples of
// the width. The width is the largest of 1, 2 or 5 × 10^k that is not above the
// width of Freedman and Diaconis, 2·IQR ÷ n^(1/3) (“On the histogram as a density
// estimator: L2 theory”, Zeitschrift für Wahrscheinlichkeitstheorie 57 (1981),
// 453–476); of Sturges, range ÷ (⌈log2 n⌉ + 1) (“The Choice of a Class Interval”,
// Journal of the American Statistical Association 21 (1926), 65–66), where the
// middle half of the values are the same. Would that make more than 50 bins, the
// next larger width is taken that does not. Values that are all the same have one
// bin without a width.
func Histogram(s Sample) []*Bin {
	if len(s.values) == 0 {
		return []*Bin{}
	}
	low, high := s.values[0], s.values[len(s.values)-1]
	if low.Cmp(high) == 0 {
		return []*Bin{{From: number.Known(low), To: number.Known(high), Count: len(s.values)}}
	}
	width := binWidth(s, low.Rat(), high.Rat())
	first, count := covering(low.Rat(), high.Rat(), width)
	bins := make([]*Bin, count)
	edge := func(i int64) number.Fraction {
		return number.Whole(decimal.NewFromBigInt(new(big.Int).Add(first, big.NewInt(i)), 0).Mul(width))
	}
	at := 0
	for i := range bins {
		from, to := edge(int64(i)), edge(int64(i+1))
		bins[i] = &Bin{From: number.Known(from), To: number.Known(to)}
		for at < len(s.values) && (i == len(bins)-1 || s.values[at].Cmp(to) < 0) {
			bins[i].Count++
			at++
		}
	}
	return bins
}

// binWidth finds the width: from one that is wider than all the values together
// down, until the rule is met or there would be too many bins.
func binWidth(s Sample, low, high *big.Rat) decimal.Decimal {
	spread, n := number.SubRat(high, low), len(s.values)
	quartiles := number.SubRat(s.Quantile(3, 4).Fraction().Rat(), s.Quantile(1, 4).Fraction().Rat())
	fits := func(width *big.Rat) bool { // width ≤ spread ÷ (⌈log2 n⌉ + 1)
		classes := number.IntRat(bits.Len(uint(n-1)) + 1)
		return number.MulRat(width, classes).Cmp(spread) <= 0
	}
	if quartiles.Sign() > 0 {
		fits = func(width *big.Rat) bool { // width³·n ≤ (2·IQR)³
			twice := number.MulRat(number.IntRat(2), quartiles)
			return number.MulRat(cube(width), number.IntRat(n)).Cmp(cube(twice)) <= 0
		}
	}
	exponent := int32(0)
	for decimal.New(1, exponent).Rat().Cmp(spread) < 0 {
		exponent++
	}
	for decimal.New(1, exponent-1).Rat().Cmp(spread) >= 0 {
		exponent--
	}
	best := decimal.New(1, exponent)
	for ; ; exponent-- {
		for _, mantissa := range []int64{10, 5, 2} {
			width := decimal.New(mantissa, exponent-1)
			if _, count := covering(low, high, width); count > maxBins {
				return best
			}
			best = width
			if fits(width.Rat()) {
				return best
			}
		}
	}
}

// covering returns the place of the first bin, counted in widths from 0, and the
// number of bins up to the highest value, which the last bin includes.
func covering(low, high *big.Rat, width decimal.Decimal) (first *big.Int, count int64) {
	first = floor(number.QuoRat(low, width.Rat()))
	last := floor(number.QuoRat(new(big.Rat).Neg(high), width.Rat()))
	return first, new(big.Int).Neg(last.Add(last, first)).Int64() // ⌈high ÷ width⌉ − first
}

func floor(r *big.Rat) *big.Int {
	return new(big.Int).Div(r.Num(), r.Denom()) // Euclidean: down, as the denominator is positive
}

func cube(r *big.Rat) *big.Rat { return number.MulRat(r, number.MulRat(r, r)) }
