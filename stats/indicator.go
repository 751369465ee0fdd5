package stats

import (
	"slices"

	"github.com/shopspring/decimal"
)

// IndicatorKind says what an indicator's values are and so how they roll up to
// a parent unit.
type IndicatorKind string

// The kinds of indicator.
const (
	Count      IndicatorKind = "COUNT"      // things counted; a parent is the sum of its parts
	Amount     IndicatorKind = "AMOUNT"     // a measured quantity; a parent is the sum of its parts
	Ratio      IndicatorKind = "RATIO"      // value ÷ denominator × 100; a parent is Σ value ÷ Σ denominator
	Attainment IndicatorKind = "ATTAINMENT" // met or not met; a parent counts those that met it
	Mean       IndicatorKind = "MEAN"       // a mean with a weight; a parent is Σ (value × weight) ÷ Σ weight
	Reported   IndicatorKind = "REPORTED"   // made by somebody else; nothing is ever computed from it
)

// IsPercentage tells whether the kind's main measure is a percentage.
func (k IndicatorKind) IsPercentage() bool { return k == Ratio || k == Attainment }

// Direction says which way is better.
type Direction string

// The directions.
const (
	HigherIsBetter Direction = "HIGHER"
	LowerIsBetter  Direction = "LOWER"
	Neutral        Direction = "NEUTRAL" // neither; ranked from the highest down
)

// Absent says what an observation that is not there means.
type Absent string

// The meanings of an absent observation.
const (
	Unreported Absent = "UNREPORTED" // the unit did not report
	NotMet     Absent = "NOT_MET"    // a register of decisions: who is not named has not met it
)

// OverTime says what may be done with an indicator's values over years.
type OverTime string

// The ways over time.
const (
	NoneOverTime OverTime = "NONE"  // the values of years stand side by side
	Stock        OverTime = "STOCK" // counted at one moment: a period has its last value
	Flow         OverTime = "FLOW"  // counted all year long: a period has the sum of its years
)

// Recast says when a unit counts as having met a criterion that was judged of the
// units merged into it.
type Recast string

// The ways to carry an attainment into a larger unit.
const (
	RecastAll   Recast = "ALL"   // when all of them did
	RecastAny   Recast = "ANY"   // when any of them did
	RecastShare Recast = "SHARE" // by so many of them as did, a part of a unit by its share
)

// Topic groups indicators.
type Topic struct {
	// Code names the topic.
	Code string `json:"code"`
	// Names is its title.
	Names Text `json:"name"`
}

// Name is the topic's title.
func (t *Topic) Name(language Language) string { return t.Names.In(language) }

// Citation is a publication.
type Citation struct {
	// Title names the publication or page.
	Title string `json:"title"`
	// URL is its address.
	URL string `json:"url,omitempty"`
	// Date is the day it was published.
	Date Date `json:"date,omitzero"`
}

// Noun is the word for what is counted or measured.
type Noun struct {
	// VI is the Vietnamese word; it has one form.
	VI string `json:"vi"`
	// EN is the English word for one.
	EN string `json:"en"`
	// ENPlural is the English word for several.
	ENPlural string `json:"en_plural,omitempty"`
}

// One is the word for one of them.
func (n Noun) One(language Language) string { return n.For(false, language) }

// For is the word beside a number: the plural is English's alone.
func (n Noun) For(plural bool, language Language) string {
	switch {
	case language == Vietnamese:
		return n.VI
	case plural && n.ENPlural != "":
		return n.ENPlural
	}
	return n.EN
}

// Eligibility is the rule that says which units are expected to have a value.
type Eligibility struct {
	// Level is the code of the level that reports.
	Level string `json:"level"`
	// Kinds are the codes of the kinds that report; empty for all kinds of the level.
	Kinds []string `json:"kinds,omitempty"`
}

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
	Names Text `json:"name"`
	// Also is what else people call it, in whichever language: a search finds it so.
	Also []string `json:"also,omitempty"`
	// Descriptions is its meaning and method.
	Descriptions Text `json:"description"`
	// Noun is the unit of measure of the value.
	Noun Noun `json:"noun"`
	// Decimals are the digits after the point of the figure that is printed
	// first: the rate of a ratio or attainment, else the value.
	Decimals int32 `json:"decimals"`
	// Direction says which way is better.
	Direction Direction `json:"direction"`
	// Eligibility says which units are expected to have a value.
	Eligibility Eligibility `json:"eligibility"`
	// Absent says what an observation that is not there means.
	Absent Absent `json:"absent"`
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
	MinimumCoverage Fraction `json:"minimum_coverage"`
	// Tolerance is how far a reported parent may lie from its roll-up, in the value's unit.
	Tolerance decimal.Decimal `json:"tolerance"`
	// Small marks small counts, whose headlines print the absolute change.
	Small bool `json:"small,omitempty"`
	// Threshold is the number from which on a count tells of nobody; smaller
	// ones but 0 are withheld from callers without the right. 0 for no confidentiality.
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
	years          []Year
	holdings       []Holding
	dimensions     []*Dimension
	held           map[heldCell][]Holding
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
func (i *Indicator) OverTime() OverTime { return *or(i.Over, NoneOverTime) }

// Years are the years for which it has figures, ascending.
func (i *Indicator) Years() []Year { return i.years }

// Name is the indicator's short name.
func (i *Indicator) Name(language Language) string { return i.Names.In(language) }

// Description is the indicator's meaning and method.
func (i *Indicator) Description(language Language) string { return i.Descriptions.In(language) }

// RecastRule says how an attainment is carried into a merged unit; nil where
// nothing may be said of it.
func (i *Indicator) RecastRule() *Recast {
	if i.Recast == "" {
		return nil
	}
	return &i.Recast
}

// UnitOfMeasure is the word for its unit of measure.
func (i *Indicator) UnitOfMeasure(language Language) string { return i.Noun.For(true, language) }

// IsRegister tells whether the indicator is fed from a register of decisions,
// in which a decision stays in force until another one.
func (i *Indicator) IsRegister() bool { return i.Absent == NotMet }

// accepts tells whether a unit is expected to have a value of the indicator.
func (e Eligibility) accepts(u *Unit) bool {
	if u.Level.Code != e.Level {
		return false
	}
	if slices.Contains(e.Kinds, u.Kind.Code) {
		return true
	}
	return len(e.Kinds) == 0
}
