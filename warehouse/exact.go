package warehouse

import (
	"encoding/binary"
	"fmt"
	"math/big"
	"math/bits"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// The digits of a number that is kept. Decimal(38, 10) has room for 28 digits
// before the point; six of them are left free, so that a million of the largest
// values can be summed.
const (
	fractionDigits = 10
	wholeDigits    = 22
)

// exact is a sum as ClickHouse keeps it, the 128 bits of a Decimal(38, 10): the
// number × 10^10. A statement sends it by reinterpretAsFixedString. Reading
// and adding it takes no memory; a decimal.Decimal takes some at each step.
type exact struct {
	high int64
	low  uint64
}

// UnmarshalBinary reads the bytes of a Decimal(38, 10), the lowest first.
func (n *exact) UnmarshalBinary(b []byte) error {
	if len(b) != 16 {
		return fmt.Errorf("a sum of %d bytes, not 16", len(b))
	}
	n.low, n.high = binary.LittleEndian.Uint64(b), int64(binary.LittleEndian.Uint64(b[8:]))
	return nil
}

// plus adds. Neither side is beyond what inRange lets in a million times, so that
// the sum has room.
func (n exact) plus(m exact) exact {
	low, carry := bits.Add64(n.low, m.low, 0)
	return exact{high: n.high + m.high + int64(carry), low: low}
}

// decimal gives the number without zeros at its end, which in one machine word
// cost a tenth of what they cost later in a big one.
func (n exact) decimal() decimal.Decimal {
	word, exponent := int64(n.low), int32(-fractionDigits)
	switch {
	case n == exact{}:
		return decimal.Decimal{}
	case n.high != word>>63: // more than a word holds
		all := new(big.Int).Lsh(big.NewInt(n.high), 64)
		return decimal.NewFromBigInt(all.Add(all, new(big.Int).SetUint64(n.low)), exponent)
	}
	for exponent < 0 && word%10 == 0 {
		word, exponent = word/10, exponent+1
	}
	return decimal.New(word, exponent)
}

// nullDecimal gives the number where it is one.
func (n exact) nullDecimal(is bool) decimal.NullDecimal {
	if !is {
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(n.decimal())
}

func inRange(o *ledger.Observation) error {
	for _, n := range []decimal.NullDecimal{o.Value, o.Denominator} {
		if !n.Valid {
			continue
		}
		if n.Decimal.Exponent() >= -fractionDigits && n.Decimal.NumDigits()+int(n.Decimal.Exponent()) <= wholeDigits {
			continue // nearly all
		}
		exact := n.Decimal.Truncate(fractionDigits).Equal(n.Decimal)
		if whole := n.Decimal.NumDigits() + int(n.Decimal.Exponent()); exact && whole <= wholeDigits {
			continue
		}
		where := o.Place.File
		if o.Place.Line > 0 {
			where = fmt.Sprintf("%s:%d", where, o.Place.Line)
		}
		return &number.Error{
			Code: ValueOutOfRange, Message: number.Say("%s has too many digits (%s, %d)", n.Decimal, o.Indicator, o.Year), Where: where,
			Hint: number.Say("at most %d before and %d after the point are kept", wholeDigits, fractionDigits),
		}
	}
	return nil
}

func signed(n decimal.NullDecimal, sign int8) decimal.Decimal {
	switch {
	case !n.Valid:
		return decimal.Zero
	case sign < 0:
		return n.Decimal.Neg()
	}
	return n.Decimal
}
