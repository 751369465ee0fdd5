package stats_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// number draws a decimal: small ones mostly, some with zeros at their end, some
// that do not fit 64 bits.
func numeral(r *rand.Rand) decimal.Decimal {
	d := decimal.New(r.Int64N(2_000)-1_000, -int32(r.IntN(4)))
	switch r.IntN(4) {
	case 0:
		d = d.Shift(int32(r.IntN(30)) - 12)
	case 1:
		d = d.Mul(decimal.New(r.Int64(), -int32(r.IntN(12))))
	case 2:
		d = d.Mul(decimal.New(1_000_000_000, -9)) // the same, with nine more digits
	}
	return d
}

// TestFractionsAreExact holds fractions against quotients of whole numbers.
func TestFractionsAreExact(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	draw := func() (number.Fraction, *big.Rat) {
		num, den := numeral(r), numeral(r)
		if r.IntN(3) == 0 {
			den = decimal.New(100, -2) // a divisor of 1, in other words
		}
		f, ok := number.Divide(num, den)
		if !ok {
			return number.Fraction{}, new(big.Rat)
		}
		return f, new(big.Rat).Quo(num.Rat(), den.Rat())
	}
	for range 20_000 {
		f, exact := draw()
		g, other := draw()
		if f.Cmp(g) != exact.Cmp(other) || f.Sign() != exact.Sign() {
			t.Fatalf("%s and %s compare as %d", exact, other, f.Cmp(g))
		}
		times := numeral(r)
		for what, pair := range map[string]struct {
			got  number.Fraction
			want *big.Rat
		}{
			"difference": {f.Sub(g), new(big.Rat).Sub(exact, other)},
			"product":    {f.Times(times), new(big.Rat).Mul(exact, times.Rat())},
		} {
			num, den, err := read(pair.got)
			if err != nil || new(big.Rat).Quo(num, den).Cmp(pair.want) != 0 {
				t.Fatalf("the %s of %s and %s (or %s) is %s/%s: %v", what, exact, other, times, num, den, err)
			}
		}
		// Rounded once, to sixteen digits; whole numbers keep all that they have.
		d := f.Decimal().Rat()
		if d.Sub(d, exact).Abs(d).Cmp(big.NewRat(1, 20_000_000_000_000_000)) > 0 {
			t.Fatalf("%s is written as %s", exact, f.Decimal())
		}
	}
}

// read takes a fraction apart by its text.
func read(f number.Fraction) (num, den *big.Rat, err error) {
	text, err := f.MarshalText()
	if err != nil {
		return nil, nil, err
	}
	top, bottom := string(text), "1"
	for i := range text {
		if text[i] == '/' {
			top, bottom = string(text[:i]), string(text[i+1:])
		}
	}
	n, err := decimal.NewFromString(top)
	if err != nil {
		return nil, nil, err
	}
	d, err := decimal.NewFromString(bottom)
	return n.Rat(), d.Rat(), err
}

// TestSlicesKeepEveryDigit packs sums and unpacks them.
func TestSlicesKeepEveryDigit(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2_000 {
		var sums []figure.Sum
		for unit := range uint32(1 + r.IntN(4)) {
			sums = append(sums, figure.Sum{Unit: unit + 1, From: 1, Count: 1, Value: numeral(r), Denominator: decimal.New(r.Int64N(3), 0)})
		}
		for i, got := range figure.NewSlice(sums).Sums() {
			if !got.Value.Equal(sums[i].Value) || !got.Denominator.Equal(sums[i].Denominator) {
				t.Fatalf("%s became %s", sums[i].Value, got.Value)
			}
		}
	}
}
