// Package scalar reads and writes the scalars of the schema for the types of the packages
// of stats, which know nothing of GraphQL.
package scalar

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// DecimalForm is how decimals are written in an answer.
type DecimalForm string

// The forms, which have the same digits.
const (
	Strings DecimalForm = "STRING"
	Numbers DecimalForm = "NUMBER"
)

// MarshalDecimal writes a number as a string with the digits that number.Fraction.Append
// gives it, and null where there is none.
func MarshalDecimal(v number.Value) graphql.Marshaler {
	f, known := v.Number()
	if !known {
		return graphql.Null
	}
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = w.Write(append(f.Append([]byte{'"'}), '"')) // the buffer of an answer does not fail
	})
}

// decimalNumber is a decimal with the digits that MarshalDecimal writes, as a JSON number.
type decimalNumber string

// MarshalGQL writes it.
func (n decimalNumber) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, string(n)) }

// AsNumbers returns what a field was resolved to so that known decimals are written as
// JSON numbers, and anything else as it is. No float comes between: their digits are
// those of the strings.
func AsNumbers(resolved any) any {
	switch v := resolved.(type) {
	case number.Value:
		if digits, known := v.Append(nil); known {
			return decimalNumber(digits)
		}
	case number.Fraction:
		return AsNumbers(number.Known(v))
	case []number.Value:
		list := make(graphql.Array, len(v))
		for i, each := range v {
			written, known := AsNumbers(each).(graphql.Marshaler)
			if !known {
				return resolved // the field says what a list without a number is
			}
			list[i] = written
		}
		return list
	}
	return resolved
}

// maxDecimal is the number of characters that an argument may have: what a
// person writes is shorter, and arithmetic with more takes long.
const maxDecimal = 40

// UnmarshalDecimal reads a number, written as a string or not, but not with an
// exponent, which can make a short text a very long number.
func UnmarshalDecimal(v any) (number.Value, error) {
	text := fmt.Sprint(v)
	if len(text) <= maxDecimal && !strings.ContainsAny(text, "eE") {
		if d, err := decimal.NewFromString(text); err == nil {
			return number.Exactly(d), nil
		}
	}
	return number.Value{}, badArgument(number.Say("%.50q is not a number like 0.9", text))
}

// MarshalFraction writes an exact number as MarshalDecimal does.
func MarshalFraction(f number.Fraction) graphql.Marshaler { return MarshalDecimal(number.Known(f)) }

// UnmarshalFraction reads a number as UnmarshalDecimal does.
func UnmarshalFraction(v any) (number.Fraction, error) {
	value, err := UnmarshalDecimal(v)
	number, _ := value.Number()
	return number, err
}

// MarshalCode writes the code of a fault.
func MarshalCode(c number.Code) graphql.Marshaler { return graphql.MarshalString(string(c)) }

// UnmarshalCode reads the code of a fault.
func UnmarshalCode(v any) (number.Code, error) {
	text, err := graphql.UnmarshalString(v)
	return number.Code(text), err
}

// MarshalDate writes 2025-07-01, and null for an open date.
func MarshalDate(d number.Date) graphql.Marshaler {
	if d.IsOpen() {
		return graphql.Null
	}
	return graphql.MarshalString(d.String())
}

// UnmarshalDate reads 2025-07-01.
func UnmarshalDate(v any) (number.Date, error) {
	text, _ := v.(string)
	date, err := number.ParseDate(text)
	if err != nil || date.IsOpen() {
		return 0, badArgument(number.Say("%.50q is not a date: write it as 2025-07-01", fmt.Sprint(v)))
	}
	return date, nil
}

// MarshalTime writes a moment, 2025-07-01T12:00:00Z, and null for none.
func MarshalTime(t time.Time) graphql.Marshaler { return graphql.MarshalTime(t) }

// UnmarshalTime reads a moment.
func UnmarshalTime(v any) (time.Time, error) {
	text, _ := v.(string)
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}, badArgument(number.Say("%.50q is not a moment: write it as 2025-07-01T12:00:00Z", fmt.Sprint(v)))
	}
	return t, nil
}

// badArgument makes a fault of the caller of what cannot be read. Where it
// stands is the path at which gqlgen reports it.
func badArgument(message number.Message) error {
	return &number.Error{Code: number.BadArgument, Message: message}
}

// MarshalYear writes a year, and null for the year 0 that stands for none.
func MarshalYear(y number.Year) graphql.Marshaler {
	if y == 0 {
		return graphql.Null
	}
	return graphql.MarshalInt(int(y))
}

// UnmarshalYear reads a year.
func UnmarshalYear(v any) (number.Year, error) {
	n, err := graphql.UnmarshalInt(v)
	return number.Year(n), err
}

// previous is how the year before the year asked is written.
const previous = "PREVIOUS"

// MarshalBaseYear writes a year as MarshalYear does, or PREVIOUS.
func MarshalBaseYear(y number.Year) graphql.Marshaler {
	if y == number.PreviousYear {
		return graphql.MarshalString(previous)
	}
	return MarshalYear(y)
}

// UnmarshalBaseYear reads a year, as a number or in digits, or PREVIOUS.
func UnmarshalBaseYear(v any) (number.Year, error) {
	text := fmt.Sprint(v)
	if text == previous {
		return number.PreviousYear, nil
	}
	year, err := strconv.ParseInt(text, 10, 32)
	if err != nil || year < 1 {
		return 0, badArgument(number.Say("%.50q is neither a year like 2019 nor PREVIOUS", text))
	}
	return number.Year(year), nil
}

// MarshalReleaseID writes the number of a release.
func MarshalReleaseID(id ledger.ReleaseID) graphql.Marshaler {
	return graphql.MarshalString(strconv.FormatUint(uint64(id), 10))
}

// UnmarshalReleaseID reads the number of a release.
func UnmarshalReleaseID(v any) (ledger.ReleaseID, error) {
	text, err := graphql.UnmarshalID(v)
	if err != nil {
		return 0, err
	}
	id, ok := ledger.ParseReleaseID(text)
	if !ok {
		return 0, badArgument(number.Say("%q is not the number of a release", text))
	}
	return id, nil
}
