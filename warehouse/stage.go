package warehouse

import (
	"context"
	"fmt"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/google/uuid"
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

// Stage writes observations and their postings under their release's number,
// which nobody reads before it is published. A number with more digits than the
// warehouse keeps is refused, never rounded, and nothing is written.
func (w *Warehouse) Stage(ctx context.Context, observations []ledger.Observation, postings []ledger.Posting) error {
	for i := range observations {
		if err := inRange(&observations[i]); err != nil {
			return err
		}
	}
	err := insert(ctx, w, "observation", func(add func(...any) error) error {
		for i := range observations {
			o := &observations[i]
			err := add(o.Indicator, uint16(o.Year), o.Unit, o.Breakdown, uint32(o.At.Published), uint32(o.At.Release),
				o.Value, o.Denominator, string(o.Status), o.Note, o.Citation,
				o.Place.File, o.Place.Sheet, uint32(o.Place.Line), o.Place.Column)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return insert(ctx, w, "posting", func(add func(...any) error) error {
		for i := range postings {
			p := &postings[i]
			t, denominator := countsOf(p), p.Denominator
			denominator.Valid = denominator.Valid && p.Value.Valid // a part of nothing
			err := add(p.Indicator, uint16(p.Year), p.Unit, p.Breakdown, position(p.At), uint32(p.Loaded), p.Sign,
				signed(p.Value, p.Sign), signed(denominator, p.Sign), t.tally, t.flaws, t.doubts)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func inRange(o *ledger.Observation) error {
	for _, n := range []decimal.NullDecimal{o.Value, o.Denominator} {
		if !n.Valid {
			continue
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

// position writes a position so that the order of numbers is that of positions.
func position(at ledger.Position) uint64 { return uint64(at.Published)<<32 | uint64(at.Release) }

// placed reads what position writes.
func placed(n uint64) ledger.Position {
	return ledger.Position{Published: number.Date(n >> 32), Release: ledger.ReleaseID(uint32(n))}
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

// History gives all visible observations of the indicators and years, those of
// one cell in order of position.
func (w *Warehouse) History(ctx context.Context, indicators []string, years []number.Year) ([]ledger.Observation, error) {
	var all []ledger.Observation
	err := read(ctx, w, "history", values{"indicators": names(indicators), "years": numbers(years)}, func(rows driver.Rows) error {
		var o ledger.Observation
		var year uint16
		var line, published, release uint32
		var status string
		err := rows.Scan(&o.Indicator, &o.Unit, &year, &o.Breakdown, &o.Value, &o.Denominator, &status, &o.Note, &o.Citation,
			&o.Place.File, &o.Place.Sheet, &line, &o.Place.Column, &published, &release)
		o.Year, o.Status, o.Place.Line = number.Year(year), number.Status(status), int(line)
		o.At = ledger.Position{Published: number.Date(published), Release: ledger.ReleaseID(release)}
		all = append(all, o)
		return err
	})
	return all, err
}

// NextRelease claims a number that no release has, staged ones included.
func (w *Warehouse) NextRelease(ctx context.Context) (ledger.ReleaseID, error) {
	return w.Claim(ctx, 1)
}

// Claim takes so many numbers that no release has and no other program has
// claimed, and gives the first. Those that are not used leave a gap.
func (w *Warehouse) Claim(ctx context.Context, count int) (ledger.ReleaseID, error) {
	mine, err := uuid.NewV7()
	if err != nil {
		return 0, fmt.Errorf("warehouse: claim: %w", err)
	}
	for {
		var first uint32
		if err := one(ctx, w, "next_release", nil, &first); err != nil {
			return 0, err
		}
		last := first + uint32(max(count, 1)) - 1
		err := insert(once(ctx, fmt.Sprintf("first %d", first)), w, "claim", func(add func(...any) error) error {
			return add(first, last, mine, time.Now())
		})
		if err != nil {
			return 0, err
		}
		var owner string
		if err := one(ctx, w, "claim", values{"first": num(first)}, &owner); err != nil || owner == mine.String() {
			return ledger.ReleaseID(first), err
		}
	}
}

// Stated lists the indicators and years of which some releases say something.
func (w *Warehouse) Stated(ctx context.Context, releases []ledger.ReleaseID) (indicators []string, years []number.Year, err error) {
	var numbersOf []uint16
	err = one(ctx, w, "stated", values{"releases": numbers(releases)}, &indicators, &numbersOf)
	for _, year := range numbersOf {
		years = append(years, number.Year(year))
	}
	return indicators, years, err
}
