package number

import (
	"strconv"

	"github.com/shopspring/decimal"
)

// Append writes the number as answers do: with the digits that it has, and no more than
// sixteen after the point, rounded half away from zero. It is the last step; nothing is
// computed of what it wrote.
func (f Fraction) Append(to []byte) []byte {
	if !f.isWhole() {
		if rounded, fits := f.quotient(); fits {
			return appendWord(to, rounded, -Digits)
		}
	}
	return appendDecimal(to, f.written())
}

// Append writes the number as Fraction.Append does, and false when there is none.
func (v Value) Append(to []byte) ([]byte, bool) {
	if !v.known {
		return to, false
	}
	return v.number.Append(to), true
}

// written is the decimal that is written: a quotient is rounded by Decimal, a whole number
// that was multiplied out of long ones only here.
func (f Fraction) written() decimal.Decimal {
	d := f.Decimal()
	if d.Exponent() < -Digits {
		return d.Round(Digits)
	}
	return d
}

// appendDecimal writes a decimal without zeros at its end, as its String does.
func appendDecimal(to []byte, d decimal.Decimal) []byte {
	if coefficient, fits := word(d); fits {
		return appendWord(to, coefficient, int(d.Exponent()))
	}
	return append(to, d.String()...)
}

// appendWord writes coefficient × 10^exponent.
func appendWord(to []byte, coefficient int64, exponent int) []byte {
	if coefficient == 0 {
		return append(to, '0')
	}
	if coefficient < 0 {
		to, coefficient = append(to, '-'), -coefficient
	}
	for exponent < 0 && coefficient%10 == 0 {
		coefficient, exponent = coefficient/10, exponent+1
	}
	start := len(to)
	to = strconv.AppendInt(to, coefficient, 10)
	for ; exponent > 0; exponent-- {
		to = append(to, '0')
	}
	if exponent == 0 {
		return to
	}
	whole := len(to) - start + exponent // digits before the point
	if whole <= 0 {
		return appendBelowOne(to[:start], coefficient, -whole)
	}
	to = append(to, 0)
	copy(to[start+whole+1:], to[start+whole:])
	to[start+whole] = '.'
	return to
}

// appendBelowOne writes 0.00123 for 123 after two zeros.
func appendBelowOne(to []byte, digits int64, zeros int) []byte {
	to = append(to, "0."...)
	for range zeros {
		to = append(to, '0')
	}
	return strconv.AppendInt(to, digits, 10)
}
