package stats_test

import (
	"math"
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

// TestSumsAndRootsAreExact holds sums and roots of fractions against quotients of whole
// numbers: a root is the nearest of all numbers with sixteen digits after the point.
func TestSumsAndRootsAreExact(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2_000 {
		terms, want := []number.Fraction{}, new(big.Rat)
		for range r.IntN(9) {
			num, den := numeral(r), decimal.New(1+r.Int64N(12), -int32(r.IntN(2)))
			f, _ := number.Divide(num, den)
			terms, want = append(terms, f), want.Add(want, new(big.Rat).Quo(num.Rat(), den.Rat()))
		}
		if got := number.Sum(terms); got.Rat().Cmp(want) != 0 {
			t.Fatalf("the sum of %v is %s, not %s", terms, got.Rat(), want)
		}
		square := new(big.Rat).Abs(want)
		root := number.Root(number.FromRat(square)).Rat()
		half := big.NewRat(1, 20_000_000_000_000_000)
		below, above := new(big.Rat).Sub(root, half), new(big.Rat).Add(root, half)
		if below.Sign() > 0 && below.Mul(below, below).Cmp(square) > 0 || above.Mul(above, above).Cmp(square) <= 0 {
			t.Fatalf("the root of %s is not %s", square, root)
		}
	}
}

// TestSumOfMany adds up as many fractions as a country has communes, each over a
// denominator of its own, and takes the root of the sum of their squares.
func TestSumOfMany(t *testing.T) {
	terms, squares := make([]number.Fraction, 11_000), make([]number.Fraction, 11_000)
	for i := range terms {
		terms[i], _ = number.Divide(decimal.NewFromInt(int64(i)), decimal.NewFromInt(int64(1_000_000_007+2*i)))
		squares[i] = terms[i].Mul(terms[i])
	}
	sum, root := 0.0, 0.0
	for _, term := range terms {
		sum, root = sum+term.Approximate(), root+term.Approximate()*term.Approximate()
	}
	for what, pair := range map[string][2]float64{
		"sum":  {number.Sum(terms).Approximate(), sum},
		"root": {number.Root(number.Sum(squares)).InexactFloat64(), math.Sqrt(root)},
	} {
		if math.Abs(pair[0]-pair[1]) > 1e-12*pair[1] {
			t.Errorf("the %s is %g, not %g", what, pair[0], pair[1])
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
