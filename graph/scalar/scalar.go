// Package scalar writes and reads the scalars of the schema for the types of
// package stats, which itself knows nothing of GraphQL.
package scalar

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats"
)

// MarshalDecimal writes a number as a string with all its digits, and null
// where there is none.
func MarshalDecimal(v stats.Value) graphql.Marshaler {
	d, known := v.Decimal()
	if !known {
		return graphql.Null
	}
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = io.WriteString(w, `"`+d.String()+`"`) // the buffer of an answer does not fail
	})
}

// maxDecimal is the number of characters that an argument may have: what a
// person writes is shorter, and arithmetic with more takes long.
const maxDecimal = 40

// UnmarshalDecimal reads a number, written as a string or not, but not with an
// exponent, which can make a short text a very long number.
func UnmarshalDecimal(v any) (stats.Value, error) {
	text := fmt.Sprint(v)
	if len(text) <= maxDecimal && !strings.ContainsAny(text, "eE") {
		if d, err := decimal.NewFromString(text); err == nil {
			return stats.Exactly(d), nil
		}
	}
	return stats.Value{}, badArgument(stats.Say("%.50q is not a number like 0.9", text))
}

// MarshalFraction writes an exact number as MarshalDecimal does.
func MarshalFraction(f stats.Fraction) graphql.Marshaler { return MarshalDecimal(stats.Known(f)) }

// UnmarshalFraction reads a number as UnmarshalDecimal does.
func UnmarshalFraction(v any) (stats.Fraction, error) {
	value, err := UnmarshalDecimal(v)
	number, _ := value.Number()
	return number, err
}

// MarshalCode writes the code of a fault.
func MarshalCode(c stats.Code) graphql.Marshaler { return graphql.MarshalString(string(c)) }

// UnmarshalCode reads the code of a fault.
func UnmarshalCode(v any) (stats.Code, error) {
	text, err := graphql.UnmarshalString(v)
	return stats.Code(text), err
}

// MarshalDate writes 2025-07-01, and null for an open date.
func MarshalDate(d stats.Date) graphql.Marshaler {
	if d.IsOpen() {
		return graphql.Null
	}
	return graphql.MarshalString(d.String())
}

// UnmarshalDate reads 2025-07-01.
func UnmarshalDate(v any) (stats.Date, error) {
	text, ok := v.(string)
	if !ok || text == "" {
		return 0, badArgument(stats.Say("%v is not a date: write it as 2025-07-01", v))
	}
	date, err := stats.ParseDate(text)
	if err != nil {
		return 0, badArgument(stats.EnglishOnly("%s", err))
	}
	return date, nil
}

// badArgument makes a fault of the caller of what cannot be read. Where it
// stands is the path at which gqlgen reports it.
func badArgument(message stats.Message) error {
	return &stats.Error{Code: stats.BadArgument, Message: message}
}

// MarshalYear writes a year, and null for the year 0 that stands for none.
func MarshalYear(y stats.Year) graphql.Marshaler {
	if y == 0 {
		return graphql.Null
	}
	return graphql.MarshalInt(int(y))
}

// UnmarshalYear reads a year.
func UnmarshalYear(v any) (stats.Year, error) {
	n, err := graphql.UnmarshalInt(v)
	return stats.Year(n), err
}

// MarshalReleaseID writes the number of a release.
func MarshalReleaseID(id stats.ReleaseID) graphql.Marshaler {
	return graphql.MarshalString(strconv.FormatUint(uint64(id), 10))
}

// UnmarshalReleaseID reads the number of a release.
func UnmarshalReleaseID(v any) (stats.ReleaseID, error) {
	text, err := graphql.UnmarshalID(v)
	if err != nil {
		return 0, err
	}
	id, ok := stats.ParseReleaseID(text)
	if !ok {
		return 0, badArgument(stats.Say("%q is not the number of a release", text))
	}
	return id, nil
}
