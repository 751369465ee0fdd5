package number

import (
	"fmt"
	"time"
)

// Year is a calendar year, 1800 to 2200.
type Year int

// The years that can be asked for and loaded.
const (
	FirstYear Year = 1800
	LastYear  Year = 2200
)

// DefaultBaseYear is the year that growth is measured from unless asked otherwise.
const DefaultBaseYear Year = 2019

// PreviousYear stands for the year before the year asked, as a base year.
const PreviousYear Year = -1

// BaseFor resolves a base year for a year asked: the year before where it is
// PreviousYear, DefaultBaseYear where it is open.
func (y Year) BaseFor(asked Year) Year {
	switch y {
	case PreviousYear:
		return asked - 1
	case 0:
		return DefaultBaseYear
	}
	return y
}

// Reference is the day whose units a year's figures are given for: 31 December.
func (y Year) Reference() Date { return NewDate(int(y), 12, 31) }

// First is the day on which the year begins.
func (y Year) First() Date { return NewDate(int(y), 1, 1) }

// Date is a day, written 2025-07-01. The zero Date is open: no date at all.
type Date int32 // yyyymmdd

// NewDate makes the date of a year, month and day.
func NewDate(year, month, day int) Date { return Date(year*10000 + month*100 + day) }

// DateOf returns the day of t in its own time zone.
func DateOf(t time.Time) Date { return NewDate(t.Year(), int(t.Month()), t.Day()) }

// ParseDate reads 2025-07-01; blank is open.
func ParseDate(text string) (Date, error) {
	if text == "" {
		return 0, nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fmt.Errorf("%q is not a date: write it as 2025-07-01", text)
	}
	return DateOf(t), nil
}

// IsOpen reports whether the date is absent.
func (d Date) IsOpen() bool { return d == 0 }

// DayBefore returns the day before; the zero Date has none.
func (d Date) DayBefore() Date {
	if d.IsOpen() {
		return 0
	}
	return DateOf(d.Time().AddDate(0, 0, -1))
}

// Time returns midnight UTC of the day; the zero time when open.
func (d Date) Time() time.Time {
	if d.IsOpen() {
		return time.Time{}
	}
	return time.Date(int(d/10000), time.Month(d/100%100), int(d%100), 0, 0, 0, 0, time.UTC)
}

// String writes 2025-07-01, and "" when open.
func (d Date) String() string {
	if d.IsOpen() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d/10000, d/100%100, d%100)
}

// MarshalText writes the date as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the date as ParseDate does.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDate(string(text))
	return err
}

// Validity is a half-open period: from its first day to the day after its last. Either
// end may be open.
type Validity struct {
	From Date `json:"from,omitzero"`
	To   Date `json:"to,omitzero"`
}

// Contains reports whether a day lies in the period.
func (v Validity) Contains(day Date) bool {
	return v.From <= day && (v.To.IsOpen() || day < v.To)
}

// OrNil is the date, nil when it is open.
func (d Date) OrNil() *Date {
	if d.IsOpen() {
		return nil
	}
	return &d
}

// In writes the date as texts for people do: 31/7/2025 in Vietnamese, 31 July 2025 in English.
func (d Date) In(language Language) string {
	year, month, day := int(d/10000), int(d/100%100), int(d%100)
	if language == English {
		return fmt.Sprintf("%d %s %d", day, time.Month(month), year)
	}
	return fmt.Sprintf("%d/%d/%d", day, month, year)
}

// OrNil is the year, nil when it is open.
func (y Year) OrNil() *Year {
	if y == 0 {
		return nil
	}
	return &y
}
