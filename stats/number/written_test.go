package number_test

import (
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/number"
)

// TestDigitsOfAnAnswer: a decimal has the digits that it has, at most sixteen after the
// point, rounded half away from zero.
func TestDigitsOfAnAnswer(t *testing.T) {
	for _, c := range []struct{ number, want string }{
		{"0", "0"}, {"-0", "0"}, {"0.0", "0"}, {"7", "7"}, {"-7", "-7"}, {"100", "100"}, {"103.50", "103.5"}, {"-103.50", "-103.5"},
		{"0.5", "0.5"}, {"0.05", "0.05"}, {"-0.000100", "-0.0001"}, {"10.0", "10"},
		{"1/3", "0.3333333333333333"}, {"-1/3", "-0.3333333333333333"}, {"2/3", "0.6666666666666667"}, {"-2/3", "-0.6666666666666667"},
		{"1/8", "0.125"}, {"9700/119", "81.5126050420168067"}, {"1000000/3", "333333.3333333333333333"},
		{"0.00000000000000005", "0.0000000000000001"}, {"-0.00000000000000005", "-0.0000000000000001"},
		{"0.000000000000000049", "0"}, {"-0.000000000000000049", "0"},
		{"1.23456789012345675", "1.2345678901234568"}, {"-1.23456789012345675", "-1.2345678901234568"},
		{"1.23456789012345674999", "1.2345678901234567"}, {"0.99999999999999995", "1"},
		{"12345678901234567890.5", "12345678901234567890.5"}, {"999999999999999999", "999999999999999999"}, {"-1000000000000000000", "-1000000000000000000"},
	} {
		f, err := number.ParseFraction(c.number)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(f.Append([]byte("="))); got != "="+c.want {
			t.Errorf("%s is written %s, want %s", c.number, got[1:], c.want)
		}
	}
	if got, known := number.None(number.BaseZero).Append(nil); known || got != nil {
		t.Errorf("no number is written %q", got)
	}
	if got := string(number.Whole(decimal.New(12, 3)).Append(nil)); got != "12000" {
		t.Errorf("12e3 is written %s", got)
	}
}

// TestDigitsAsTheLibraryWritesThem: what is written fast is what the library of decimals writes.
func TestDigitsAsTheLibraryWritesThem(t *testing.T) {
	random := rand.New(rand.NewPCG(20, 2))
	for range 20_000 {
		d := decimal.New((random.Int64()-1<<62)>>random.IntN(64), int32(random.IntN(20)-16))
		if got, want := string(number.Whole(d).Append(nil)), d.String(); got != want {
			t.Fatalf("%se%d is written %s, want %s", d.Coefficient(), d.Exponent(), got, want)
		}
	}
}
