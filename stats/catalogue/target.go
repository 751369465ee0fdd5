package catalogue

import (
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/number"
)

// TargetOn says what is compared with a target.
type TargetOn string

// What can be compared with a target.
const (
	OnValue          TargetOn = "VALUE"           // the value: what an attainment counts, a ratio's numerator
	OnRate           TargetOn = "RATE"            // the rate of a ratio or attainment
	OnChangePercent  TargetOn = "CHANGE_PERCENT"  // the relative change from the year before
	OnChangeAbsolute TargetOn = "CHANGE_ABSOLUTE" // the absolute change from the year before
)

// IsChange reports whether the year before is needed.
func (o TargetOn) IsChange() bool { return o == OnChangePercent || o == OnChangeAbsolute }

// Comparator says whether the target is met at and above its number, or at and below it.
type Comparator string

// The comparators; both include the number itself.
const (
	AtLeast Comparator = "AT_LEAST"
	AtMost  Comparator = "AT_MOST"
)

// Target is a number to be reached. Without a base year it is due in each year of its
// period; with one it is due at the period's end.
type Target struct {
	// Code names the target; "" for a goal that only a question sets.
	Code string `json:"code"`
	// IndicatorCode is the code of the indicator that it is set for.
	IndicatorCode string `json:"indicator"`
	// UnitCode is the code of the unit it is set for; "" when LevelCode is given.
	UnitCode string `json:"unit,omitempty"`
	// LevelCode is the code of the level whose every unit it is set for.
	LevelCode string `json:"level,omitempty"`
	// Years are the years for which it is set.
	Years Years `json:"years"`
	// BaseYear is the year from whose figure a straight line leads to the number at the
	// end of the period; 0 when the target is due each year.
	BaseYear number.Year `json:"base,omitempty"`
	// On says what is compared with it.
	On TargetOn `json:"on"`
	// Comparator says whether it is met at and above the number, or at and below it.
	Comparator Comparator `json:"comparator"`
	// Number is the number to reach.
	Number decimal.Decimal `json:"value"`
	// Statements is the target in words.
	Statements number.Text `json:"statement"`
	// Source is where it was published.
	Source *Citation `json:"source,omitempty"`

	// Catalogue is the catalogue that the target belongs to.
	level     *Level
	indicator *Indicator
}

// Goal is a target that only a question sets.
type Goal struct {
	// On says what is compared with it; nil is the rate of a ratio or attainment, else the value.
	On *TargetOn
	// Comparator says whether it is met at and above the number, or at and below it.
	Comparator Comparator
	// Value is the number to reach.
	Value number.Value
}

// Indicator is what it is set for.
func (t *Target) Indicator() *Indicator { return t.indicator }

// Level is the level whose every unit it is set for; nil when it is set for a unit.
func (t *Target) Level() *Level { return t.level }

// From is the first year for which it is set; 0 when open.
func (t *Target) From() number.Year { return t.Years.From }

// To is the last year for which it is set; 0 when open.
func (t *Target) To() number.Year { return t.Years.To }

// Value is the number to reach.
func (t *Target) Value() number.Value { return number.Exactly(t.Number) }

// Statement is the target in words.
func (t *Target) Statement(language number.Language) string { return t.Statements.In(language) }

// Met reports whether a gap meets the target.
func (t *Target) Met(gap number.Fraction) bool {
	if t.Comparator == AtMost {
		return gap.Sign() <= 0
	}
	return gap.Sign() >= 0
}

// DueLater reports whether a year lies on the line to a later year of the period.
func (t *Target) DueLater(year number.Year) bool {
	return t.BaseYear != 0 && t.BaseYear < year && t.Years.Contains(year) && year < t.Years.To
}

// FirstYear is the first year in which the target can be met or missed, or the line to it
// be followed: of its period, and after the base year; 0 when it stands in any year.
func (t *Target) FirstYear() number.Year {
	if t.BaseYear != 0 {
		return max(t.Years.From, t.BaseYear+1)
	}
	return t.Years.From
}

// GapIn says in what the number and its gap are measured.
func (t *Target) GapIn(i *Indicator) Measure {
	switch {
	case t.On == OnChangePercent, i.IsPercentage() && (t.On == OnRate || t.On == OnChangeAbsolute && i.IsRatio()):
		return MeasurePoints
	}
	return MeasureAbsolute
}

// Gap returns what is compared with the target − its number.
func (t *Target) Gap(actual number.Value) number.Value {
	value, known := actual.Number()
	if !known {
		return actual
	}
	return number.Known(value.Sub(number.Whole(t.Number)))
}

// Ends returns the greatest and the least gap that there can be; nil where there is no
// bound.
func (t *Target) Ends(i *Indicator) (greatest, least *number.Fraction) {
	if i.HasRate() != (t.On == OnRate) || t.On.IsChange() {
		return nil, nil
	}
	greatest, least = i.Kind.Ends()
	for _, end := range []**number.Fraction{&greatest, &least} {
		if *end != nil {
			gap := (*end).Sub(number.Whole(t.Number))
			*end = &gap
		}
	}
	return greatest, least
}

// NewTarget makes a target that only a question sets: an indicator's values are compared
// with a number.
func NewTarget(i *Indicator, comparator Comparator, number decimal.Decimal) *Target {
	return &Target{IndicatorCode: i.Code, On: OnValue, Comparator: comparator, Number: number, indicator: i}
}
