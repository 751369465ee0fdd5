package warehouse

import (
	"encoding/binary"
	"math/big"
	"testing"

	"github.com/shopspring/decimal"
)

// TestExact reads and adds numbers of one machine word and of two, on both sides
// of zero, and holds them against decimals.
func TestExact(t *testing.T) {
	texts := []string{
		"0", "1", "-1", "0.0000000001", "-0.0000000001", "922337203.6854775807", "922337203.6854775808", "-922337203.6854775808", "-922337203.6854775809",
		"1844674407.3709551615", "1844674407.3709551616", "9999999999999999999999.9999999999", "-9999999999999999999999.9999999999", "12345000000", "-0.5",
	}
	for _, a := range texts {
		for _, b := range texts {
			want := decimal.RequireFromString(a).Add(decimal.RequireFromString(b))
			got := sent(t, a).plus(sent(t, b)).decimal()
			if !got.Equal(want) || got.String() != want.String() {
				t.Errorf("%s + %s = %s, not %s", a, b, got, want)
			}
		}
	}
	if err := new(exact).UnmarshalBinary(make([]byte, 8)); err == nil {
		t.Error("eight bytes were read as a sum")
	}
}

// sent gives a number as ClickHouse sends it: two's complement, the lowest byte first.
func sent(t *testing.T, text string) exact {
	t.Helper()
	n := decimal.RequireFromString(text).Shift(fractionDigits).BigInt()
	if n.Sign() < 0 {
		n.Add(n, new(big.Int).Lsh(big.NewInt(1), 128))
	}
	var b [16]byte
	word := new(big.Int).SetUint64(1<<64 - 1)
	binary.LittleEndian.PutUint64(b[:], new(big.Int).And(n, word).Uint64())
	binary.LittleEndian.PutUint64(b[8:], new(big.Int).Rsh(n, 64).Uint64())
	var e exact
	if err := e.UnmarshalBinary(b[:]); err != nil {
		t.Fatal(err)
	}
	return e
}
