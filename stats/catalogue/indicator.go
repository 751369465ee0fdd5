package catalogue

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Direction says whether higher or lower values are better.
type Direction string

// The directions.
const (
	HigherIsBetter Direction = "HIGHER"
	LowerIsBetter  Direction = "LOWER"
	Neutral        Direction = "NEUTRAL" // neither; ranked from the highest down
)

// Absent says what a missing observation means.
type Absent string

// The meanings of a missing observation.
const (
	Unreported Absent = "UNREPORTED" // the unit did not report
	NotMet     Absent = "NOT_MET"    // a register of decisions: who is not named has not met it
)

// OverTime says how an indicator's values of several years may be combined.
type OverTime string

// The ways to combine years.
const (
	NoneOverTime OverTime = "NONE"  // the values of years are shown, not computed with
	Stock        OverTime = "STOCK" // counted at one moment: a period has its last value
	Flow         OverTime = "FLOW"  // counted all year long: a period has the sum of its years
)

// Recast says when a unit counts as having met a criterion that was judged of the
// units merged into it.
type Recast string

// The rules for carrying an attainment into a larger unit.
const (
	RecastAll   Recast = "ALL"   // when all of them did
	RecastAny   Recast = "ANY"   // when any of them did
	RecastShare Recast = "SHARE" // by so many of them as did, a part of a unit by its share
)

// Indicator is what is measured: its meaning, its unit of measure and the rules
// by which its values roll up, compare and rank.
type Indicator struct {
	// Code names the indicator: "criterion-19-2".
	Code string `json:"code"`
	// TopicCode is the code of its topic.
	TopicCode string `json:"topic"`
	// Kind says how it rolls up.
	Kind IndicatorKind `json:"kind"`
	// Names is its short name.
	Names number.Text `json:"name"`
	// Also are other names by which a search finds it, in any language.
	Also []string `json:"also,omitempty"`
	// Descriptions is its meaning and method.
	Descriptions number.Text `json:"description"`
	// Noun is the unit of measure of the value; of a ratio that is no percentage, of
	// its rate: VND per head.
	Noun Noun `json:"noun"`
	// Scale is what a ratio's quotient is multiplied by, one of Scales; 0 for 100.
	Scale int `json:"per,omitempty"`
	// Derivation says how it is made of others; nil where it is reported.
	Derivation *Derivation `json:"derivation,omitempty"`
	// Decimals are the digits after the point of the figure that is printed
	// first: the rate of a ratio or attainment, else the value.
	Decimals int32 `json:"decimals"`
	// Direction says whether higher or lower values are better.
	Direction Direction `json:"direction"`
	// Eligibility says which units are expected to have a value.
	Eligibility Eligibility `json:"eligibility"`
	// Absent says what a missing observation means.
	Absent Absent `json:"absent"`
	// Complete is the first year for which a register claims to name everyone: what
	// it does not say of earlier ones is unknown. 0 for the year of its first decision.
	Complete number.Year `json:"complete_from,omitempty"`
	// DimensionCodes are the codes of the dimensions that it may be broken down by.
	DimensionCodes []string `json:"dimensions,omitempty"`
	// DenominatorCode is the code of the indicator that a ratio's denominator counts; "" when none does.
	DenominatorCode string `json:"denominator,omitempty"`
	// WeightCode is the code of the indicator that a mean is weighted by; "" when none is named.
	WeightCode string `json:"weight,omitempty"`
	// CoverageWeightCode is the code of the indicator by which coverage weighs the
	// units; "" for what a mean is weighted by or a ratio's denominator counts.
	CoverageWeightCode string `json:"coverage_weight,omitempty"`
	// Over says what may be done with its values over years; "" is NoneOverTime.
	Over OverTime `json:"over_time,omitempty"`
	// MinimumCoverage is the share of the eligible units, 0 to 1, under which a computed value is withheld.
	MinimumCoverage number.Fraction `json:"minimum_coverage"`
	// Tolerance is how far a reported parent may lie from its roll-up, in the value's unit.
	Tolerance decimal.Decimal `json:"tolerance"`
	// Small marks an indicator of small counts, whose headlines print the absolute
	// change.
	Small bool `json:"small,omitempty"`
	// Threshold is the least count that is not withheld; smaller ones but 0 are, from
	// callers without the right. 0 for an indicator that is not confidential.
	Threshold int `json:"confidential_below,omitempty"`
	// Recast says how an attainment of several units becomes one of the unit that
	// they were merged into; "" where nothing may be said of it.
	Recast Recast `json:"recast,omitempty"`
	// Definition is where the indicator was defined.
	Definition *Citation `json:"definition,omitempty"`

	topic          *Topic
	level          *Level
	denominator    *Indicator
	weight         *Indicator
	coverageWeight *Indicator
	years          []number.Year
	holdings       []ledger.Holding
	// Dimensions are those of DimensionCodes; NewCatalogue fills them in.
	Dimensions []*Dimension `json:"-"`
	published  map[publishedCell][]ledger.Holding
	stated     map[publishedCell][]ledger.Holding // of figures on the units of other days
}

// Topic is the topic that it belongs to.
func (i *Indicator) Topic() *Topic { return i.topic }

// Level is the level whose units are expected to report it.
func (i *Indicator) Level() *Level { return i.level }

// Kinds are the kinds of unit that are expected to report it; empty for all
// kinds of the level.
func (i *Indicator) Kinds() []*Kind {
	kinds := []*Kind{}
	for _, code := range i.Eligibility.Kinds {
		kinds = append(kinds, i.level.kind(code))
	}
	return kinds
}

// Denominator is the indicator that a ratio's denominator counts; nil when none does.
func (i *Indicator) Denominator() *Indicator { return i.denominator }

// Weight is the indicator that a mean is weighted by; nil when none is named.
func (i *Indicator) Weight() *Indicator { return i.weight }

// CoverageWeight is the indicator by which its coverage weighs the units: the one that
// is declared, else what a mean is weighted by or a ratio's denominator counts; nil
// when there is none.
func (i *Indicator) CoverageWeight() *Indicator { return i.coverageWeight }

// OverTime says what may be done with its values over years.
func (i *Indicator) OverTime() OverTime { return *number.OrDefault(i.Over, NoneOverTime) }

// Years are the years for which it has figures, ascending.
func (i *Indicator) Years() []number.Year { return i.years }

// Name is the indicator's short name.
func (i *Indicator) Name(language number.Language) string { return i.Names.In(language) }

// Description is the indicator's meaning and method.
func (i *Indicator) Description(language number.Language) string { return i.Descriptions.In(language) }

// RecastRule says how an attainment is carried into a merged unit; nil where
// nothing may be said of it.
func (i *Indicator) RecastRule() *Recast {
	if i.Recast == "" {
		return nil
	}
	return &i.Recast
}

// UnitOfMeasure is the word for its unit of measure.
func (i *Indicator) UnitOfMeasure(language number.Language) string { return i.Noun.For(true, language) }

// IsRegister reports whether the indicator is fed from a register of decisions,
// in which a decision stays in force until another one.
func (i *Indicator) IsRegister() bool { return i.Absent == NotMet }

// Printed writes a number of an indicator as it stands in a file, 36726/543764 or
// 52.1×3000, for people. A ratio without its denominator is a rate: 6,45%. What is no
// number stays as it is.
func (i *Indicator) Printed(text string, language number.Language) string {
	sign := "/"
	if strings.Contains(text, "×") {
		sign = "×"
	}
	parts := strings.Split(text, sign)
	for at, part := range parts {
		if d, err := decimal.NewFromString(part); err == nil {
			parts[at] = number.FormatNumber(d, max(-d.Exponent(), 0), language)
			if i != nil && i.IsRatio() && len(parts) == 1 {
				parts[at] = number.Join(parts[at], i.MeasureNoun(number.IsPlural(d), language))
			}
		}
	}
	return strings.Join(parts, sign)
}

// IsRatio reports whether its measure is a quotient of two numbers that are not counts
// of units.
func (i *Indicator) IsRatio() bool {
	return i.Kind == Ratio || i.IsDerived() && i.Derivation.Formula.IsQuotient()
}

// IsSum reports whether a whole is the sum of its parts.
func (i *Indicator) IsSum() bool { return i.Kind.IsSum() || i.IsDerived() && !i.IsRatio() }

// HasRate reports whether its measure is a quotient, value ÷ denominator × per.
func (i *Indicator) HasRate() bool { return i.IsRatio() || i.Kind == Attainment }

// IsPercentage reports whether its measure is a percentage, which alone changes in points.
func (i *Indicator) IsPercentage() bool { return i.HasRate() && i.Factor().Equal(number.Hundred()) }

// IsAverage reports whether a total is a weighted mean of its parts' measures.
func (i *Indicator) IsAverage() bool { return i.HasRate() || i.Kind == Mean }

// Factor is what a quotient is multiplied by.
func (i *Indicator) Factor() decimal.Decimal {
	if i.Scale == 0 {
		return number.Hundred()
	}
	return decimal.NewFromInt(int64(i.Scale))
}

// Per is what the quotient is multiplied by; nil where it has none.
func (i *Indicator) Per() *int {
	if !i.HasRate() {
		return nil
	}
	per := int(i.Factor().IntPart())
	return &per
}

// ValuePlaces is the number of digits after the point of the indicator's value: of a
// quotient none, for its numerator counts.
func (i *Indicator) ValuePlaces() int32 {
	if i.HasRate() {
		return 0
	}
	return i.Decimals
}

// RatePlaces is the number of digits after the point of a percentage.
func (i *Indicator) RatePlaces() int32 {
	if i.IsPercentage() {
		return i.Decimals
	}
	return 1
}

// ChangePlaces is the number of digits after the point of an absolute change, which of
// an attainment is one of a count.
func (i *Indicator) ChangePlaces() int32 {
	if i.Kind == Attainment {
		return 0
	}
	return i.Decimals
}

// MeasureNoun is the word beside the measure: % of a percentage, else the noun.
func (i *Indicator) MeasureNoun(plural bool, language number.Language) string {
	if i.IsPercentage() {
		return "%"
	}
	return i.Noun.For(plural, language)
}

// MeasureUnit is the unit of measure of the figure that is printed first.
func (i *Indicator) MeasureUnit(language number.Language) string {
	return i.MeasureNoun(true, language)
}

// ValueNoun is the word beside the value: of a derived ratio that of the first part, none
// of any other that is no percentage, whose noun is that of its rate.
func (i *Indicator) ValueNoun(plural bool, language number.Language) string {
	switch {
	case i.IsRatio() && i.IsDerived():
		return i.Parts()[0].Noun.For(plural, language)
	case i.IsRatio() && !i.IsPercentage():
		return ""
	}
	return i.Noun.For(plural, language)
}

// StatedOn lists the days, latest first, on whose units figures of a year and breakdown
// were stated in a view.
func (i *Indicator) StatedOn(year number.Year, breakdown string, view ledger.View) []number.Date {
	var days []number.Date
	for _, cell := range i.stated[publishedCell{year, breakdown}] {
		if day, _ := BasisOf(cell.Breakdown); view.Reaches(cell.First, cell.Since) {
			days = append(days, day)
		}
	}
	slices.SortFunc(days, func(a, b number.Date) int { return int(b) - int(a) })
	return slices.Compact(days)
}

// YearsOn lists the years of which something was published in a view, ascending: on a basis
// also those of which something was stated on the units of some day.
func (i *Indicator) YearsOn(basis number.Date, view ledger.View) []number.Year {
	years := i.YearsIn(view)
	if basis.IsOpen() {
		return years
	}
	for at := range i.stated {
		if len(i.StatedOn(at.year, at.breakdown, view)) > 0 {
			years = append(years, at.year)
		}
	}
	slices.Sort(years)
	return slices.Compact(years)
}

// holds reports whether any unit has an observation of a breakdown in a year and view.
func (i *Indicator) holds(year number.Year, breakdown string, view ledger.View) bool {
	if has, derived := i.Derivation.inAll(func(part *Indicator) bool { return part.holds(year, breakdown, view) }); derived {
		return has
	}
	return slices.ContainsFunc(i.published[publishedCell{year, breakdown}], func(cell ledger.Holding) bool { return view.Reaches(cell.First, cell.Since) })
}

// YearsIn lists the years of which something was published in a view, ascending.
func (i *Indicator) YearsIn(view ledger.View) []number.Year {
	if i.IsDerived() {
		return i.Derivation.common(func(part *Indicator) []number.Year { return part.YearsIn(view) })
	}
	var years []number.Year
	for _, cell := range i.holdings {
		if view.Reaches(cell.First, cell.Since) {
			years = append(years, cell.Year)
		}
	}
	slices.Sort(years)
	return slices.Compact(years)
}

// ReportYears lists the years, ascending, of which units above the level that reports
// have published something themselves in a view.
func (i *Indicator) ReportYears(view ledger.View) []number.Year {
	var years []number.Year
	for _, cell := range i.holdings {
		if cell.Level != i.Eligibility.Level && view.Reaches(cell.First, cell.Since) {
			years = append(years, cell.Year)
		}
	}
	slices.Sort(years)
	return slices.Compact(years)
}

// ReportsAt reports whether units of a level have published something themselves in a view.
func (i *Indicator) ReportsAt(level string, view ledger.View) bool {
	return slices.ContainsFunc(i.holdings, func(cell ledger.Holding) bool { return cell.Level == level && view.Reaches(cell.First, cell.Since) })
}

// Span returns all years from the first to the last that has figures in a view, the last
// hundred where there are more.
func (i *Indicator) Span(view ledger.View) []number.Year {
	known := i.YearsIn(view)
	if len(known) == 0 {
		return nil
	}
	var years []number.Year
	last := known[len(known)-1]
	for year := max(known[0], last-MaxYears+1); year <= last; year++ {
		years = append(years, year)
	}
	return years
}

// CompleteFrom is the first year for which a register claims to name all; nil where none
// is declared.
func (i *Indicator) CompleteFrom() *number.Year {
	if i.Complete == 0 {
		return nil
	}
	return &i.Complete
}

// IsConfidential reports whether small numbers of the indicator are withheld.
func (i *Indicator) IsConfidential() bool {
	return i.Threshold > 0 && i.Kind.CanBeConfidential()
}

// ConfidentialBelow is the threshold of a confidential indicator; nil for one that is not.
func (i *Indicator) ConfidentialBelow() *int {
	if !i.IsConfidential() {
		return nil
	}
	return &i.Threshold
}

// MinThreshold is the least threshold of a confidential indicator. With a smaller one a
// single value would be withheld, and would be known thereby.
const MinThreshold = 3

// MaxYears is the cap on the years of one series.
const MaxYears = 100
