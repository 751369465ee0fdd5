package number

import (
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
)

// TestWordsAsTheLibrary: what is computed in machine words is what the library computes, of
// small and large numbers, of either sign, at their limits.
func TestWordsAsTheLibrary(t *testing.T) {
	random := rand.New(rand.NewPCG(20, 3))
	made := func() decimal.Decimal {
		switch coefficient := random.Int64(); random.IntN(8) {
		case 0:
			return decimal.New(999_999_999_999_999_999, int32(-random.IntN(17)))
		case 1:
			return decimal.Decimal{}
		case 2:
			return decimal.New(coefficient, 0).Mul(decimal.New(coefficient, -20))
		default:
			return decimal.New((coefficient-1<<62)>>random.IntN(64), int32(random.IntN(3)*-random.IntN(9)))
		}
	}
	inWords := 0
	for range 50_000 {
		a, b, c, d := made(), made(), made(), made()
		if got, want := multiply(a, b), a.Mul(b); !got.Equal(want) || got.Exponent() != want.Exponent() {
			t.Fatalf("%s × %s is %s, want %s", a, b, got, want)
		}
		if got, want := subtract(a, b), a.Sub(b); !got.Equal(want) || got.Exponent() != want.Exponent() {
			t.Fatalf("%s − %s is %s, want %s", a, b, got, want)
		}
		f, ok := Divide(a, b)
		g, also := Divide(c, d)
		if !ok || !also {
			continue
		}
		if got, want := f.Cmp(g), a.Mul(d).Cmp(c.Mul(b))*b.Sign()*d.Sign(); got != want {
			t.Fatalf("%s/%s is to %s/%s %d, want %d", a, b, c, d, got, want)
		}
		if f.isWhole() {
			continue
		}
		want := f.num.DivRound(f.den, Digits)
		if got := f.Decimal(); !got.Equal(want) || got.Exponent() != Trim(want).Exponent() {
			t.Fatalf("%s ÷ %s is %s, want %s", a, b, got, want)
		}
		if got := string(f.Append(nil)); got != want.String() {
			t.Fatalf("%s ÷ %s is written %s, want %s", a, b, got, want)
		}
		if _, fits := f.quotient(); fits {
			inWords++
		}
	}
	if inWords < 5_000 {
		t.Errorf("%d quotients in words", inWords)
	}
}
