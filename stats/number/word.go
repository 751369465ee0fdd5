package number

import (
	"cmp"
	"math"
	"math/bits"

	"github.com/shopspring/decimal"
)

// Most numbers fit a machine word. What is computed of them here is what the library of
// decimals computes of numbers of any size, without their garbage; where something does not
// fit, it says so.

// word returns the coefficient of a decimal where it fits.
func word(d decimal.Decimal) (coefficient int64, fits bool) {
	if d.NumDigits() > WordDigits {
		return 0, false
	}
	return d.CoefficientInt64(), true
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return uint64(-n)
	}
	return uint64(n)
}

// subtract returns a − b.
func subtract(a, b decimal.Decimal) decimal.Decimal {
	if a.Exponent() == b.Exponent() {
		x, fits := word(a)
		if y, both := word(b); fits && both {
			return decimal.New(x-y, a.Exponent())
		}
	}
	return a.Sub(b)
}

// multiply returns a × b.
func multiply(a, b decimal.Decimal) decimal.Decimal {
	x, fits := word(a)
	if y, both := word(b); fits && both {
		high, low := bits.Mul64(magnitude(x), magnitude(y))
		exponent := int64(a.Exponent()) + int64(b.Exponent())
		if high == 0 && low <= math.MaxInt64 && int64(int32(exponent)) == exponent {
			product := int64(low)
			if (x < 0) != (y < 0) {
				product = -product
			}
			return decimal.New(product, int32(exponent))
		}
	}
	return a.Mul(b)
}

// compareWords compares f with g, by products of two words.
func compareWords(f, g Fraction) (order int, fits bool) {
	if f.num.Exponent()+g.divisorExponent() != g.num.Exponent()+f.divisorExponent() {
		return 0, false
	}
	a, fitsA := word(f.num)
	b, fitsB := g.divisorWord()
	c, fitsC := word(g.num)
	d, fitsD := f.divisorWord()
	if !fitsA || !fitsB || !fitsC || !fitsD {
		return 0, false
	}
	if sign := cmp.Compare(a, 0); sign != cmp.Compare(c, 0) {
		return cmp.Compare(sign, cmp.Compare(c, 0)), true
	}
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	otherHigh, otherLow := bits.Mul64(magnitude(c), magnitude(d))
	order = cmp.Or(cmp.Compare(high, otherHigh), cmp.Compare(low, otherLow))
	if a < 0 {
		order = -order
	}
	return order, true
}

func (f Fraction) divisorExponent() int32 {
	if f.isWhole() {
		return 0
	}
	return f.den.Exponent()
}

func (f Fraction) divisorWord() (int64, bool) {
	if f.isWhole() {
		return 1, true
	}
	return word(f.den)
}

// quotient returns a fraction × 10¹⁶, rounded half away from zero: what DivRound gives with
// sixteen digits after the point.
func (f Fraction) quotient() (rounded int64, fits bool) {
	num, fitsNum := word(f.num)
	den, fitsDen := word(f.den)
	zeros := Digits + int(f.num.Exponent()) - int(f.den.Exponent())
	if !fitsNum || !fitsDen || zeros < 0 || zeros > WordDigits {
		return 0, false
	}
	power := uint64(1)
	for range zeros {
		power *= 10
	}
	high, low := bits.Mul64(magnitude(num), power)
	if high >= uint64(den) { // it would not fit a word
		return 0, false
	}
	whole, rest := bits.Div64(high, low, uint64(den))
	if rest >= uint64(den)-rest {
		whole++
	}
	if whole > math.MaxInt64 {
		return 0, false
	}
	if num < 0 {
		return -int64(whole), true
	}
	return int64(whole), true
}
