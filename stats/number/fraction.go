package number

import (
	"fmt"
	"math"
	"math/big"
	"strings"

	"github.com/shopspring/decimal"
)

// Digits is the number of digits after the point to which a quotient that does not end is
// rounded when it becomes a decimal.
const Digits = 16

// Fraction is an exact number: a quotient of two decimals. The zero Fraction is 0.
type Fraction struct {
	num, den decimal.Decimal // den is positive; the zero Decimal stands for 1
}

// Whole makes the fraction d ÷ 1.
func Whole(d decimal.Decimal) Fraction { return Fraction{num: d} }

// Divide returns num ÷ den; false when den is zero.
func Divide(num, den decimal.Decimal) (Fraction, bool) {
	switch den.Sign() {
	case 0:
		return Fraction{}, false
	case -1:
		num, den = num.Neg(), den.Neg()
	}
	if isOne(Trim(den)) {
		return Whole(num), true
	}
	return Fraction{num: num, den: den}, true
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
	if order, fits := compareWords(f, g); fits {
		return order
	}
	return f.Cross(g).Cmp(g.Cross(f))
}

// Sign returns −1, 0 or +1.
func (f Fraction) Sign() int { return f.num.Sign() }

// Sub returns f − g.
func (f Fraction) Sub(g Fraction) Fraction {
	switch {
	case f.den.Equal(g.den):
		return Fraction{num: subtract(f.num, g.num), den: f.den}
	case f.isWhole():
		return Fraction{num: subtract(f.Cross(g), g.num), den: g.den}
	case g.isWhole():
		return Fraction{num: subtract(f.num, g.Cross(f)), den: f.den}
	}
	return Fraction{num: subtract(f.Cross(g), g.Cross(f)), den: multiply(f.den, g.den)}
}

// Add returns f + g.
func (f Fraction) Add(g Fraction) Fraction {
	switch {
	case g.IsZero():
		return f
	case f.IsZero():
		return g
	}
	return f.Sub(Fraction{num: g.num.Neg(), den: g.den})
}

// Mul returns f × g.
func (f Fraction) Mul(g Fraction) Fraction {
	num := multiply(f.num, g.num)
	switch {
	case f.isWhole():
		return Fraction{num: num, den: g.den}
	case g.isWhole():
		return Fraction{num: num, den: f.den}
	}
	return Fraction{num: num, den: multiply(f.den, g.den)}
}

// Times returns f × d.
func (f Fraction) Times(d decimal.Decimal) Fraction {
	return Fraction{num: multiply(f.num, d), den: f.den}
}

// NumeratorOver gives the numerator of a fraction that was made over a denominator;
// false for one that was made over another, and for a whole number.
func (f Fraction) NumeratorOver(den Fraction) (Fraction, bool) {
	return Whole(f.num), !f.isWhole() && den.isWhole() && f.den.Equal(den.num)
}

// Decimal returns the fraction as a decimal: with all its digits where the
// division ends within sixteen digits, else rounded to sixteen after the point.
func (f Fraction) Decimal() decimal.Decimal {
	if f.isWhole() {
		return f.num
	}
	if rounded, fits := f.quotient(); fits {
		return Trim(decimal.New(rounded, -Digits))
	}
	return Trim(f.num.DivRound(f.den, Digits))
}

// Round returns the fraction rounded once, half away from zero, to so many
// digits after the point.
func (f Fraction) Round(places int32) decimal.Decimal {
	return f.num.DivRound(f.divisor(), places)
}

// MarshalText writes the fraction as ParseFraction reads it.
func (f Fraction) MarshalText() ([]byte, error) {
	if f.isWhole() {
		return []byte(f.num.String()), nil
	}
	return []byte(f.num.String() + "/" + f.den.String()), nil
}

// UnmarshalText reads the fraction as ParseFraction does.
func (f *Fraction) UnmarshalText(text []byte) (err error) {
	*f, err = ParseFraction(string(text))
	return err
}

func (f Fraction) isWhole() bool { return f.den.IsZero() }

func (f Fraction) divisor() decimal.Decimal {
	if f.isWhole() {
		return One()
	}
	return f.den
}

// Cross returns f's numerator × g's divisor.
func (f Fraction) Cross(g Fraction) decimal.Decimal {
	if g.isWhole() {
		return f.num
	}
	return multiply(f.num, g.den)
}

// Approximate returns the fraction in floating point, to about 15 digits.
func (f Fraction) Approximate() float64 {
	if f.isWhole() {
		return f.num.InexactFloat64()
	}
	num, den := f.num.InexactFloat64(), f.den.InexactFloat64()
	if math.IsInf(num, 0) || math.IsInf(den, 0) || den == 0 { // their quotient fits a float all the same
		return f.Decimal().InexactFloat64()
	}
	return num / den
}

// isOne reports whether a decimal without zeros at its end is 1.
func isOne(d decimal.Decimal) bool {
	return d.Exponent() == 0 && d.NumDigits() == 1 && d.CoefficientInt64() == 1
}

// One is 1.
func One() decimal.Decimal { return decimal.New(1, 0) }

// Hundred is 100.
func Hundred() decimal.Decimal { return decimal.New(100, 0) }

// Trim drops the zeros at the end of a decimal's fraction.
func Trim(d decimal.Decimal) decimal.Decimal {
	if d.NumDigits() <= WordDigits {
		return trimWord(d)
	}
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

// WordDigits is the number of decimal digits that always fit into 64 bits.
const WordDigits = 18

// trimWord is trim for a coefficient that fits 64 bits.
func trimWord(d decimal.Decimal) decimal.Decimal {
	coefficient, exponent := d.CoefficientInt64(), d.Exponent()
	if coefficient == 0 {
		return decimal.Decimal{}
	}
	for exponent < 0 && coefficient%10 == 0 {
		coefficient, exponent = coefficient/10, exponent+1
	}
	if exponent == d.Exponent() {
		return d
	}
	return decimal.New(coefficient, exponent)
}

// IsZero reports whether the fraction is 0.
func (f Fraction) IsZero() bool { return f.num.IsZero() }

// Over returns f ÷ g; g is not zero.
func (f Fraction) Over(g Fraction) Fraction {
	quotient, _ := Divide(f.Cross(g), g.Cross(f))
	return quotient
}

// Abs gives f without its sign.
func (f Fraction) Abs() Fraction {
	if f.Sign() < 0 {
		return f.Times(decimal.New(-1, 0))
	}
	return f
}

// Rat returns the fraction as a quotient of integers.
func (f Fraction) Rat() *big.Rat {
	return new(big.Rat).Quo(f.num.Rat(), f.divisor().Rat())
}

// FromRat returns a quotient of integers as a fraction.
func FromRat(r *big.Rat) Fraction {
	f, _ := Divide(decimal.NewFromBigInt(r.Num(), 0), decimal.NewFromBigInt(r.Denom(), 0))
	return f
}

// Growth returns (ratio^(1/n) − 1) × 100, in percent, for a positive ratio, by Newton's
// method on x^n = ratio in binary floating point of 256 bits.
func Growth(ratio Fraction, n int64) decimal.Decimal {
	const bits = 256
	float := func(d decimal.Decimal) *big.Float {
		f, _, _ := big.ParseFloat(d.String(), 10, bits, big.ToNearestEven)
		return f
	}
	target := new(big.Float).SetPrec(bits).Quo(float(ratio.num), float(ratio.divisor()))
	root := new(big.Float).SetPrec(bits).SetFloat64(math.Pow(ratio.Approximate(), 1/float64(n)))
	count, less := new(big.Float).SetInt64(n), new(big.Float).SetInt64(n-1)
	for range 4 { // each step doubles the number of right digits
		power := float(decimal.New(1, 0))
		for range n - 1 {
			power.Mul(power, root)
		}
		next := new(big.Float).SetPrec(bits).Quo(target, power)
		next.Add(next, new(big.Float).SetPrec(bits).Mul(less, root))
		root = next.Quo(next, count)
	}
	text := new(big.Float).SetPrec(bits).Sub(root, float(decimal.New(1, 0))).Text('f', 60)
	exact, _ := decimal.NewFromString(text)
	return Trim(exact.Mul(Hundred()).Round(Digits))
}
