package ledger_test

import (
	"math"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/ledger"
)

// Two observations state the same number however it is written, with zeros at its end or without,
// in more digits than a machine word has or in fewer.
func TestSameNumbers(t *testing.T) {
	t.Parallel()
	var numbers []decimal.Decimal
	for _, digits := range []int64{0, 1, 5, 10, 50, 100, 1000, -1, -10, -100, 999_999_999_999_999_999, 1_000_000_000_000_000_000, 123_456_789_000_000_000, math.MaxInt64, math.MinInt64} {
		for exponent := int32(-22); exponent <= 22; exponent++ {
			if exponent >= -3 && exponent <= 3 || exponent%9 == 0 {
				numbers = append(numbers, decimal.New(digits, exponent))
			}
		}
	}
	numbers = append(numbers, decimal.RequireFromString("123456789012345678901234567890.5000"), decimal.RequireFromString("123456789012345678901234567890.5"))
	same := 0
	for _, a := range numbers {
		for _, b := range numbers {
			one, other := ledger.Observation{Value: decimal.NewNullDecimal(a)}, ledger.Observation{Value: decimal.NewNullDecimal(b)}
			if got := one.SameFigure(&other); got != a.Equal(b) {
				t.Fatalf("%s × 10^%d and %s × 10^%d: same is %v", a.Coefficient(), a.Exponent(), b.Coefficient(), b.Exponent(), got)
			}
			if a.Equal(b) && a.Exponent() != b.Exponent() {
				same++
			}
		}
	}
	if same < 100 {
		t.Errorf("%d numbers are written in two ways: that tries little", same)
	}
}
