package query

import (
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// Verdict says how far two figures may be compared.
type Verdict string

// The verdicts.
const (
	Comparable         Verdict = "COMPARABLE"       // same units, same meaning, final figures
	CoverageDiffers    Verdict = "COVERAGE_DIFFERS" // the figures stand for different sets of units
	ProvisionalVerdict Verdict = "PROVISIONAL"      // one of the figures is provisional
	RecastExactly      Verdict = "RECAST_EXACT"     // whole units were put together into those of the basis
	RecastEstimated    Verdict = "RECAST_ESTIMATED" // units were shared out by weights among those of the basis
	BreakVerdict       Verdict = "BREAK"            // the series or the territory breaks between them; no change is given
)

// smallCount is the size under which a change of a count is told in absolute terms.
const smallCount = 100

// Change is the change of a figure from a base year. Each measure of it has a method of
// its own, and a reason where it does not apply.
type Change struct {
	base, current *figure.Figure

	negative NegativeBase // what Percent does with a negative base
	matched  bool         // both figures stand for the very same units
}

// Compare makes the change from base to current.
func Compare(base, current *figure.Figure) Change { return Change{base: base, current: current} }

// Verdict says how far the two figures may be compared.
func (c Change) Verdict() Verdict {
	switch {
	case c.broken(), c.base.NotCarried(), c.current.NotCarried():
		return BreakVerdict
	case c.coverageDiffers():
		return CoverageDiffers
	case max(c.base.Recasting, c.current.Recasting) == figure.FromParts:
		return RecastEstimated
	case max(c.base.Recasting, c.current.Recasting) == figure.FromWhole:
		return RecastExactly
	case c.base.StatusSet.Has(number.Provisional), c.current.StatusSet.Has(number.Provisional):
		return ProvisionalVerdict
	}
	return Comparable
}

// Caution says that the two figures do not stand for the same units; "" where they do.
func (c Change) Caution(language number.Language) string {
	if c.Verdict() != CoverageDiffers {
		return ""
	}
	return number.Text{VI: "hai năm không cùng phạm vi số liệu", EN: "the two years do not cover the same units"}.In(language)
}

// broken reports whether the series breaks after the earlier of the two years and
// up to the later one: a year with a break was not made like the years before it.
func (c Change) broken() bool {
	earlier, later := c.base, c.current
	if earlier.Year > later.Year {
		earlier, later = later, earlier
	}
	return slices.ContainsFunc(later.Breaks, func(year number.Year) bool { return earlier.Year < year && year <= later.Year })
}

// redrawn reports whether the territory of the unit changed between the two.
func (c Change) redrawn() bool {
	from, to := min(c.base.Year, c.current.Year), max(c.base.Year, c.current.Year)
	return slices.ContainsFunc(c.current.Redrawn, func(year number.Year) bool { return from < year && year <= to })
}

// coverageDiffers reports whether the two stand for different shares of the
// eligible units or for different units, or an attainment's rates for different
// wholes. One that was reported is not compared with a computed one where it
// disagrees with what its own parts add up to: they count different things.
func (c Change) coverageDiffers() bool {
	switch {
	case c.matched:
		return false
	case !c.base.Coverage.SharesWith(c.current.Coverage):
		return true
	}
	bound := c.base.AtLeast.IsKnown() || c.current.AtLeast.IsKnown() // nobody knows of which units
	return bound || c.mixed() || c.eligibleDiffers() || c.base.Origin != c.current.Origin && (c.base.Disagrees() || c.current.Disagrees())
}

// mixed reports whether two computed figures of some of the eligible units stand
// for different ones.
func (c Change) mixed() bool {
	return c.base.Origin == figure.OriginComputed && c.current.Origin == figure.OriginComputed &&
		c.current.Coverage.Reported < c.current.Coverage.Expected && c.base.Reporters != c.current.Reporters
}

// reportAgainstRegister reports whether one figure was reported, the other counted in a
// register that names fewer units than that report does.
func (c Change) reportAgainstRegister() bool {
	exceeds := func(f *figure.Figure) bool { return f.RollUp != nil && f.RollUp.AtLeast.IsKnown() }
	return c.base.Origin != c.current.Origin && (exceeds(c.base) || exceeds(c.current))
}

// eligibleDiffers reports whether an attainment's rates have different wholes.
func (c Change) eligibleDiffers() bool {
	if c.matched || c.current.Indicator.Kind != catalogue.Attainment {
		return false
	}
	base, known := c.base.Denominator.Number()
	current, both := c.current.Denominator.Number()
	return known && both && base.Cmp(current) != 0
}

// pair returns both numbers of a measure, or the reason why there are not two.
func (c Change) pair(of func(*figure.Figure) number.Value) (base, current number.Fraction, why number.Value) {
	base, hasBase := of(c.base).Number()
	current, hasCurrent := of(c.current).Number()
	switch {
	case c.broken(), c.reportAgainstRegister():
		return base, current, number.None(number.NotComparable)
	case !hasCurrent:
		return base, current, number.None(missingReason(of(c.current), number.CurrentMissing))
	case !hasBase:
		return base, current, number.None(missingReason(of(c.base), number.BaseMissing))
	}
	return base, current, number.Known(number.Fraction{})
}

// missingReason returns which year is missing, or the value's own reason where that says
// more.
func missingReason(v number.Value, missing number.Reason) number.Reason {
	switch reason := *v.Reason(); reason {
	case number.MissingValue:
		return missing
	case number.RegisterIncomplete: // a bound is compared with nothing
		return number.NotComparable
	default:
		return reason
	}
}

// Absolute is current − base: of what an attainment counts, of the rate of a
// ratio, else of the value.
func (c Change) Absolute() number.Value {
	base, current, why := c.pair((*figure.Figure).Quantity)
	if !why.IsKnown() {
		return why
	}
	return number.Known(current.Sub(base))
}

// Points is current − base of a percentage, in percentage points; of nothing else.
func (c Change) Points() number.Value {
	if c.current.Indicator.HasRate() && !c.current.Indicator.IsPercentage() {
		return number.None(number.NotAPercentage)
	}
	base, current, why := c.pair(func(f *figure.Figure) number.Value { return f.Rate })
	if !why.IsKnown() {
		return why
	}
	return number.Known(current.Sub(base))
}

// relative returns both quantities when a relation to the base has a meaning.
func (c Change) relative() (base, current number.Fraction, why number.Value) {
	base, current, why = c.pair((*figure.Figure).Quantity)
	switch {
	case !why.IsKnown():
	case base.Sign() == 0:
		why = number.None(number.BaseZero)
	case base.Sign() < 0:
		why = number.None(number.BaseNegative)
	}
	return base, current, why
}

// Percent is (current − base) ÷ base × 100; of a negative base that is measured
// by its magnitude, (current − base) ÷ |base| × 100.
func (c Change) Percent() number.Value {
	base, current, why := c.relative()
	switch {
	case why.IsKnown():
		return number.Known(current.Sub(base).Over(base).Times(number.Hundred()))
	case c.byMagnitude():
		return number.Known(base.Sub(current).Over(base).Times(number.Hundred()))
	}
	return why
}

// byMagnitude reports whether Percent is measured against the magnitude of a
// negative base.
func (c Change) byMagnitude() bool {
	if c.negative != ByMagnitude {
		return false
	}
	_, _, why := c.relative()
	reason := why.Reason()
	return reason != nil && *reason == number.BaseNegative
}

// Index is current ÷ base × 100.
func (c Change) Index() number.Value {
	base, current, why := c.relative()
	if !why.IsKnown() {
		return why
	}
	return number.Known(current.Over(base).Times(number.Hundred()))
}

// CAGR is the compound annual growth rate, ((current ÷ base)^(1/years) − 1) ×
// 100, rounded to sixteen digits after the point.
func (c Change) CAGR() number.Value {
	base, current, why := c.relative()
	years := int64(c.current.Year - c.base.Year)
	switch {
	case !why.IsKnown():
		return why
	case current.Sign() <= 0, years <= 0:
		return number.None(number.NotApplicable)
	}
	return number.Exactly(number.Growth(current.Over(base), years))
}

// Each measure has a reason of its own: from 0 there is no percent, though the primary
// measure can have a number.

// AbsoluteReason says why Absolute has no number; nil when it has one.
func (c Change) AbsoluteReason() *number.Reason { return c.Absolute().Reason() }

// PercentReason says why Percent has no number; nil when it has one.
func (c Change) PercentReason() *number.Reason { return c.Percent().Reason() }

// PointsReason says why Points has no number; nil when it has one.
func (c Change) PointsReason() *number.Reason { return c.Points().Reason() }

// IndexReason says why Index has no number; nil when it has one.
func (c Change) IndexReason() *number.Reason { return c.Index().Reason() }

// CagrReason says why CAGR has no number; nil when it has one.
func (c Change) CagrReason() *number.Reason { return c.CAGR().Reason() }

// Primary says which measure a headline should print: points for percentages,
// the absolute change for small counts and what others computed, percent for the rest.
func (c Change) Primary() catalogue.Measure {
	kind := c.current.Indicator.Kind
	switch {
	case c.current.Indicator.IsPercentage():
		return catalogue.MeasurePoints
	case kind == catalogue.Reported, kind == catalogue.Count && c.small():
		return catalogue.MeasureAbsolute
	}
	return catalogue.MeasurePercent
}

func (c Change) small() bool {
	limit := number.Whole(decimal.NewFromInt(smallCount))
	base, hasBase := c.base.Value.Number()
	current, hasCurrent := c.current.Value.Number()
	return c.current.Indicator.Small || hasBase && hasCurrent && base.Cmp(limit) < 0 && current.Cmp(limit) < 0
}

// Reason says why the primary measure has no number; nil when it has one.
func (c Change) Reason() *number.Reason { return c.Measure(c.Primary()).Reason() }

// Measure is one measure of the change.
func (c Change) Measure(m catalogue.Measure) number.Value {
	switch m {
	case catalogue.MeasureAbsolute:
		return c.Absolute()
	case catalogue.MeasurePoints:
		return c.Points()
	}
	return c.Percent()
}

// turned tells the change of a unit that is judged itself: newly met, no longer met, unchanged.
func (c Change) turned(language number.Language) (string, bool) {
	before, then := c.base.Judged()
	now, judged := c.current.Judged()
	switch {
	case !then || !judged || !c.Absolute().IsKnown():
		return "", false
	case before == now:
		return figure.WordsIn(language).Same, true
	case now:
		return number.Text{VI: "mới đạt", EN: "newly met"}.In(language), true
	}
	return number.Text{VI: "không còn đạt", EN: "no longer met"}.In(language), true
}

// Approximate reports whether either figure is not exact: the change is then told as about
// so much.
func (c Change) Approximate() bool { return c.base.Approximations|c.current.Approximations != 0 }

func (c Change) words(language number.Language) figure.Vocabulary {
	if c.Approximate() {
		return figure.WordsIn(language).Roughly()
	}
	return figure.WordsIn(language)
}

// Text is the change in words, the absolute change first and the primary measure
// beside it: tăng 14 xã (tăng 11,8 điểm phần trăm) so với năm 2019.
func (c Change) Text(language number.Language) string {
	if reason := c.Reason(); reason != nil && !c.Absolute().IsKnown() {
		return reason.Text(language)
	}
	w := c.words(language)
	if turned, judged := c.turned(language); judged {
		return turned + " " + w.Since + " " + strconv.Itoa(int(c.base.Year))
	}
	i := c.current.Indicator
	since := w.Since + " " + strconv.Itoa(int(c.base.Year))
	var told []string
	if absolute, ok := c.Absolute().Number(); ok && (!i.IsRatio() || !i.IsPercentage()) { // there the points say it
		told = append(told, w.Move(absolute, i.ChangePlaces(), func(plural bool) string {
			return i.Noun.For(plural, language)
		}))
	}
	if number, ok := c.Measure(c.Primary()).Number(); ok && c.Primary() != catalogue.MeasureAbsolute {
		unit := func(bool) string { return "%" }
		switch {
		case c.Primary() == catalogue.MeasurePoints:
			unit = w.Points
		case c.byMagnitude():
			unit = func(bool) string { return w.Magnitude }
		}
		told = append(told, w.Move(number, i.RatePlaces(), unit))
	}
	if len(told) == 2 && told[0] == w.Same && told[1] == w.Same {
		told = told[:1]
	}
	text := told[0]
	if len(told) == 2 {
		text += " (" + told[1] + ")"
	}
	return text + " " + since
}

// neverDefined reports whether a change that has no number for an order could have none
// even if all missing figures were known.
func (c Change) neverDefined(by catalogue.RankingOrder) bool {
	reason := func(v number.Value) number.Reason {
		if why := v.Reason(); why != nil {
			return *why
		}
		return ""
	}
	if reason(c.current.Measure()) == number.NotApplicable {
		return true
	}
	if by == catalogue.ByValue {
		return false
	}
	if c.broken() || reason(c.base.Measure()) == number.NotApplicable {
		return true
	}
	base, known := c.base.Quantity().Number()
	return by == catalogue.ByPercent && known && (base.Sign() == 0 || base.Sign() < 0 && c.negative != ByMagnitude)
}
