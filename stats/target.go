package stats

import (
	"github.com/shopspring/decimal"
)

// TargetOn says what is held against a target.
type TargetOn string

// What can be held against a target.
const (
	OnValue          TargetOn = "VALUE"           // the value: what an attainment counts, a ratio's numerator
	OnRate           TargetOn = "RATE"            // the percentage of a ratio or attainment
	OnChangePercent  TargetOn = "CHANGE_PERCENT"  // the relative change from the year before
	OnChangeAbsolute TargetOn = "CHANGE_ABSOLUTE" // the absolute change from the year before
)

// isChange tells whether the year before is needed.
func (o TargetOn) isChange() bool { return o == OnChangePercent || o == OnChangeAbsolute }

// Comparator says on which side of the number the target is met.
type Comparator string

// The comparators; both include the number itself.
const (
	AtLeast Comparator = "AT_LEAST"
	AtMost  Comparator = "AT_MOST"
)

// Target is a number that was set out to be reached. Without a base year it is
// due in each year of its period; with one it is due at the period's end.
type Target struct {
	// Code names the target; "" for a goal that only a question sets.
	Code string `json:"code"`
	// IndicatorCode is the code of the indicator that it is set for.
	IndicatorCode string `json:"indicator"`
	// UnitCode is the code of the unit it is set for; "" when LevelCode is given.
	UnitCode string `json:"unit,omitempty"`
	// LevelCode is the code of the level whose every unit it is set for.
	LevelCode string `json:"level,omitempty"`
	// Years are the years for which it stands.
	Years Years `json:"years"`
	// BaseYear is the year from whose figure a straight line leads to the number at the
	// end of the period; 0 when the target is due each year.
	BaseYear Year `json:"base,omitempty"`
	// On says what is held against it.
	On TargetOn `json:"on"`
	// Comparator says on which side of the number it is met.
	Comparator Comparator `json:"comparator"`
	// Number is the number to reach.
	Number decimal.Decimal `json:"value"`
	// Statements is the target in words.
	Statements Text `json:"statement"`
	// Source is where it was published.
	Source *Citation `json:"source,omitempty"`

	catalogue *Catalogue
}

// Goal is a target that only a question sets.
type Goal struct {
	// On says what is held against it; nil is the rate of a percentage, else the value.
	On *TargetOn
	// Comparator says on which side of the number it is met.
	Comparator Comparator
	// Value is the number to reach.
	Value Value
}

// Indicator is what it is set for.
func (t *Target) Indicator() *Indicator { return t.catalogue.Indicator(t.IndicatorCode) }

// UnitOf gives the unit that a target is set for, as it was in the last year of the
// period in which it lived; nil when it is set for a level.
func (c *Calendar) UnitOf(t *Target) *Unit {
	if t.UnitCode == "" {
		return nil
	}
	year := t.Years.To
	if year == 0 {
		year = max(t.Years.From, FirstYear)
	}
	return c.lived(t.UnitCode, year)
}

// Level is the level whose every unit it is set for; nil when it is set for a unit.
func (t *Target) Level() *Level { return t.catalogue.Level(t.LevelCode) }

// From is the first year for which it stands; 0 when open.
func (t *Target) From() Year { return t.Years.From }

// To is the last year for which it stands; 0 when open.
func (t *Target) To() Year { return t.Years.To }

// Value is the number to reach.
func (t *Target) Value() Value { return Exactly(t.Number) }

// Statement is the target in words.
func (t *Target) Statement(language Language) string { return t.Statements.In(language) }

// met tells whether a gap is on the right side.
func (t *Target) met(gap Fraction) bool {
	if t.Comparator == AtMost {
		return gap.Sign() <= 0
	}
	return gap.Sign() >= 0
}

// dueLater tells whether a year lies on the line to a later year of the period.
func (t *Target) dueLater(year Year) bool {
	return t.BaseYear != 0 && t.BaseYear < year && t.Years.contains(year) && year < t.Years.To
}

// gapIn says in what the number and its gap are measured.
func (t *Target) gapIn(i *Indicator) Measure {
	switch {
	case t.On == OnRate, t.On == OnChangePercent, t.On == OnChangeAbsolute && i.Kind == Ratio:
		return MeasurePoints
	}
	return MeasureAbsolute
}

// Target gives the target of a code, nil when there is none.
func (c *Catalogue) Target(code string) *Target {
	for _, target := range c.Targets {
		if target.Code == code {
			return target
		}
	}
	return nil
}

// indexTargets copies the targets, each with the catalogue that it belongs to.
func (c *Catalogue) indexTargets() {
	targets := make([]*Target, len(c.Targets))
	for i, target := range c.Targets {
		own := *target
		own.catalogue = c
		targets[i] = &own
	}
	c.Targets = targets
}

// lived gives the unit of a code at the end of a year, or as it was at the end of
// the last year in which the code had a unit; nil when there was none.
func (c *Calendar) lived(code string, year Year) *Unit {
	if unit := c.At(year.Reference()).Unit(code); unit != nil {
		return unit
	}
	places := c.units[code]
	if len(places) == 0 {
		return nil
	}
	life := c.Units[places[len(places)-1]].Validity
	if life.To.IsOpen() {
		return c.At(life.From).Unit(code)
	}
	return c.At((Year(life.To/10000) - 1).Reference()).Unit(code)
}

// goal finds the target of a code.
func (r *resolver) goal(where, code string) *Target {
	if t := r.State.Target(code); t != nil {
		return t
	}
	var names []name
	for _, t := range r.State.Targets {
		names = append(names, named(t.Code, t.Statements.VI, t.Statements.EN))
	}
	r.fault(&Error{
		Code: UnknownTarget, Where: where, Message: Say("no target has the code %q", code),
		Nearest: nearest(code, names), Hint: Say("list them with { targets { rows { target { code statement } } } }"),
	})
	return nil
}

// gap is what is held against the target − its number.
func (t *Target) gap(actual Value) Value {
	number, known := actual.Number()
	if !known {
		return actual
	}
	return Known(number.Sub(Whole(t.Number)))
}

// never tells whether a figure without a number to hold against the target could
// have none even if all missing figures were known.
func (t *Target) never(figure, before *Figure) bool {
	by := map[TargetOn]RankingOrder{OnChangePercent: ByPercent, OnChangeAbsolute: ByAbsolute}[t.On]
	if before == nil {
		by, before = ByValue, figure
	}
	return compare(before, figure).never(by)
}

// rankedTarget resolves the target that units are ranked by their gap to. The side
// on which it is met comes first, unless the caller says otherwise.
func (r *resolver) rankedTarget(q *Question, ask Ask) {
	byGap := *q.OrderBy == ByGap
	switch {
	case ask.Target != "":
		q.Target = r.goal("target", ask.Target)
	case byGap:
		r.fault(&Error{Code: BadArgument, Where: "target", Message: Say("units are to be ranked by the gap to a target that is not given"), Hint: Say("give target")})
	}
	if q.Target == nil {
		return
	}
	r.onlyTotals(ask.Scope, targetsOfTotals())
	if q.Target.IndicatorCode != q.Indicator.Code {
		r.fault(otherIndicator(q.Target))
	}
	if byGap && ask.Direction == "" {
		q.Direction = or(HigherIsBetter, Neutral)
		if q.Target.Comparator == AtMost {
			q.Direction = or(LowerIsBetter, Neutral)
		}
	}
}

func otherIndicator(t *Target) *Error {
	return &Error{
		Code: BadArgument, Where: "target", Message: Say("the target %q is one of %s", t.Code, t.IndicatorCode),
		Hint: Say("ask for that indicator, or for another target"),
	}
}

// ends are the least and the greatest gap that there can be; nil where there is none.
func (t *Target) ends(kind IndicatorKind) (greatest, least *Fraction) {
	if kind.IsPercentage() != (t.On == OnRate) || t.On.isChange() {
		return nil, nil
	}
	greatest, least = kind.ends()
	for _, end := range []**Fraction{&greatest, &least} {
		if *end != nil {
			gap := (*end).Sub(Whole(t.Number))
			*end = &gap
		}
	}
	return greatest, least
}
