package stats

import (
	"fmt"
	"math"
	"math/big"
	"strings"

	"github.com/shopspring/decimal"
)

// digits is the number of digits after the point that a division which does
// not end is carried to when it becomes a decimal.
const digits = 16

// Fraction is an exact number: a quotient of two decimals. The zero Fraction is 0.
type Fraction struct {
	num, den decimal.Decimal // den is positive, or zero in the zero Fraction
	approx   float64         // num ÷ den to 15 digits or so, to order most pairs at once
}

// Whole makes the fraction d ÷ 1.
func Whole(d decimal.Decimal) Fraction {
	return Fraction{num: d, den: one(), approx: d.InexactFloat64()}
}

// Divide makes num ÷ den. It reports false when den is zero.
func Divide(num, den decimal.Decimal) (Fraction, bool) {
	switch den.Sign() {
	case 0:
		return Fraction{}, false
	case -1:
		num, den = num.Neg(), den.Neg()
	}
	return Fraction{num: num, den: den, approx: num.InexactFloat64() / den.InexactFloat64()}, true
}

// ParseFraction reads "2/3", "0.8" or "1".
func ParseFraction(text string) (Fraction, error) {
	top, bottom, quotient := strings.Cut(text, "/")
	if !quotient {
		bottom = "1"
	}
	num, err := decimal.NewFromString(strings.TrimSpace(top))
	if err != nil {
		return Fraction{}, fmt.Errorf("%q is not a number like 2/3 or 0.8", text)
	}
	den, err := decimal.NewFromString(strings.TrimSpace(bottom))
	if err != nil {
		return Fraction{}, fmt.Errorf("%q is not a number like 2/3 or 0.8", text)
	}
	f, ok := Divide(num, den)
	if !ok {
		return Fraction{}, fmt.Errorf("%q divides by zero", text)
	}
	return f, nil
}

// Cmp compares exactly: −1 when f is less than g, 0 when equal, +1 when more.
func (f Fraction) Cmp(g Fraction) int {
	// Floats decide where they are far enough apart to be sure; only near ties
	// need the exact products.
	if gap := f.approx - g.approx; math.Abs(gap) > 1e-9*(math.Abs(f.approx)+math.Abs(g.approx)) {
		if gap < 0 {
			return -1
		}
		return 1
	}
	return f.num.Mul(g.divisor()).Cmp(g.num.Mul(f.divisor()))
}

// Sign gives −1, 0 or +1.
func (f Fraction) Sign() int { return f.num.Sign() }

// Sub gives f − g.
func (f Fraction) Sub(g Fraction) Fraction {
	if f.divisor().Equal(g.divisor()) {
		return fraction(f.num.Sub(g.num), f.divisor())
	}
	num := f.num.Mul(g.divisor()).Sub(g.num.Mul(f.divisor()))
	return fraction(num, f.divisor().Mul(g.divisor()))
}

// Times gives f × d.
func (f Fraction) Times(d decimal.Decimal) Fraction {
	return fraction(f.num.Mul(d), f.divisor())
}

// Decimal gives the fraction as a decimal: with all its digits where the
// division ends within sixteen digits, else rounded to sixteen after the point.
func (f Fraction) Decimal() decimal.Decimal {
	if f.divisor().Equal(one()) {
		return f.num
	}
	return trim(f.num.DivRound(f.divisor(), digits))
}

// Round gives the fraction rounded once, half away from zero, to so many
// digits after the point.
func (f Fraction) Round(places int32) decimal.Decimal {
	return f.num.DivRound(f.divisor(), places)
}

// MarshalText writes the fraction as ParseFraction reads it.
func (f Fraction) MarshalText() ([]byte, error) {
	if f.divisor().Equal(one()) {
		return []byte(f.num.String()), nil
	}
	return []byte(f.num.String() + "/" + f.den.String()), nil
}

// UnmarshalText reads the fraction as ParseFraction does.
func (f *Fraction) UnmarshalText(text []byte) (err error) {
	*f, err = ParseFraction(string(text))
	return err
}

func (f Fraction) divisor() decimal.Decimal {
	if f.den.IsZero() {
		return one()
	}
	return f.den
}

func fraction(num, den decimal.Decimal) Fraction {
	f, _ := Divide(num, den)
	return f
}

func one() decimal.Decimal     { return decimal.New(1, 0) }
func hundred() decimal.Decimal { return decimal.New(100, 0) }

// trim drops the zeros at the end of a decimal's fraction.
func trim(d decimal.Decimal) decimal.Decimal {
	coefficient, exponent := new(big.Int).Set(d.Coefficient()), d.Exponent()
	ten, rest := big.NewInt(10), new(big.Int)
	for exponent < 0 {
		quotient, _ := new(big.Int).QuoRem(coefficient, ten, rest)
		if rest.Sign() != 0 {
			break
		}
		coefficient, exponent = quotient, exponent+1
	}
	return decimal.NewFromBigInt(coefficient, exponent)
}
