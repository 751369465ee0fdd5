package stats

import (
	"math"
	"math/big"
	"slices"

	"github.com/shopspring/decimal"
)

// Measure names a way of telling a change, or the figure itself.
type Measure string

// The measures.
const (
	MeasureAbsolute Measure = "ABSOLUTE" // current − base
	MeasurePercent  Measure = "PERCENT"  // (current − base) ÷ base × 100
	MeasurePoints   Measure = "POINTS"   // current − base of a percentage
)

// Verdict says how far two figures may be compared.
type Verdict string

// The verdicts.
const (
	Comparable      Verdict = "COMPARABLE"       // same units, same meaning, final figures
	CoverageDiffers Verdict = "COVERAGE_DIFFERS" // the figures stand for different sets of units
	ProvisionalVerd Verdict = "PROVISIONAL"      // one of the figures is provisional
	RecastExactly   Verdict = "RECAST_EXACT"     // whole units were put together into those of the basis
	RecastEstimated Verdict = "RECAST_ESTIMATED" // units were shared out by weights among those of the basis
	BreakVerdict    Verdict = "BREAK"            // the series or the territory breaks between them; no change is given
)

// NegativeBase says what a relative change from a negative base is measured
// against.
type NegativeBase string

// The ways with a negative base.
const (
	// NoPercent: nothing. There is no percentage, because its sign would be wrong.
	NoPercent NegativeBase = "NONE"
	// ByMagnitude: the base without its sign, (current − base) ÷ |base| × 100, so
	// that more is always a positive change. The answer says so in a note.
	ByMagnitude NegativeBase = "MAGNITUDE"
)

// smallCount is the size under which a change of a count is told in absolute terms.
const smallCount = 100

// Change is the change of a figure from a base year. Each way of telling it has
// a name of its own, and a reason where it does not apply.
type Change struct {
	base, current *Figure

	negative NegativeBase // what Percent does with a negative base
	matched  bool         // both figures stand for the very same units
}

// compare makes the change from base to current.
func compare(base, current *Figure) Change { return Change{base: base, current: current} }

// Verdict says how far the two figures may be compared.
func (c Change) Verdict() Verdict {
	switch {
	case c.broken(), c.base.notCarried(), c.current.notCarried():
		return BreakVerdict
	case c.coverageDiffers():
		return CoverageDiffers
	case max(c.base.recasting, c.current.recasting) == fromParts:
		return RecastEstimated
	case max(c.base.recasting, c.current.recasting) == fromWhole:
		return RecastExactly
	case c.base.StatusSet.Has(Provisional), c.current.StatusSet.Has(Provisional):
		return ProvisionalVerd
	}
	return Comparable
}

// caution says that the two figures do not stand for the same units; "" where they do.
func (c Change) caution(language Language) string {
	if c.Verdict() != CoverageDiffers {
		return ""
	}
	return Text{"hai năm không cùng phạm vi số liệu", "the two years do not cover the same units"}.In(language)
}

// broken tells whether the series breaks after the earlier of the two years and
// up to the later one: a year with a break was not made like the years before it.
func (c Change) broken() bool {
	earlier, later := c.base, c.current
	if earlier.Year > later.Year {
		earlier, later = later, earlier
	}
	return slices.ContainsFunc(later.breaks, func(year Year) bool { return earlier.Year < year && year <= later.Year })
}

// redrawn tells whether the territory of the unit changed between the two.
func (c Change) redrawn() bool {
	from, to := min(c.base.Year, c.current.Year), max(c.base.Year, c.current.Year)
	return slices.ContainsFunc(c.current.redrawn, func(year Year) bool { return from < year && year <= to })
}

// coverageDiffers tells whether the two stand for different shares of the
// eligible units or for different units, or an attainment's rates for different
// wholes. One that was reported is not held against a computed one where it
// disagrees with what its own parts add up to: they count different things.
func (c Change) coverageDiffers() bool {
	switch {
	case c.matched:
		return false
	case !c.base.Coverage.sharesWith(c.current.Coverage):
		return true
	}
	return c.mixed() || c.eligibleDiffers() || c.base.Origin != c.current.Origin && (c.base.disagrees() || c.current.disagrees())
}

// mixed tells whether two computed figures of some of the eligible units stand
// for different ones.
func (c Change) mixed() bool {
	return c.base.Origin == OriginComputed && c.current.Origin == OriginComputed &&
		c.current.Coverage.Reported < c.current.Coverage.Expected && c.base.reporters != c.current.reporters
}

// eligibleDiffers tells whether an attainment's rates have different wholes.
func (c Change) eligibleDiffers() bool {
	if c.matched || c.current.Indicator.Kind != Attainment {
		return false
	}
	base, known := c.base.Denominator.Number()
	current, both := c.current.Denominator.Number()
	return known && both && base.Cmp(current) != 0
}

// pair gives both numbers of a measure, or the reason why there are not two.
func (c Change) pair(of func(*Figure) Value) (base, current Fraction, why Value) {
	base, hasBase := of(c.base).Number()
	current, hasCurrent := of(c.current).Number()
	switch {
	case c.broken():
		return base, current, None(NotComparable)
	case !hasCurrent:
		return base, current, None(lack(of(c.current), CurrentMissing))
	case !hasBase:
		return base, current, None(lack(of(c.base), BaseMissing))
	}
	return base, current, Known(Fraction{})
}

// lack names the side that is missing, or keeps a reason that says more.
func lack(v Value, side Reason) Reason {
	if reason := *v.Reason(); reason != MissingValue {
		return reason
	}
	return side
}

// Absolute is current − base: of what an attainment counts, of the rate of a
// ratio, else of the value.
func (c Change) Absolute() Value {
	base, current, why := c.pair((*Figure).quantity)
	if !why.IsKnown() {
		return why
	}
	return Known(current.Sub(base))
}

// Points is current − base of a percentage, in percentage points.
func (c Change) Points() Value {
	base, current, why := c.pair(func(f *Figure) Value { return f.Rate })
	if !why.IsKnown() {
		return why
	}
	return Known(current.Sub(base))
}

// relative gives both quantities when a relation to the base has a meaning.
func (c Change) relative() (base, current Fraction, why Value) {
	base, current, why = c.pair((*Figure).quantity)
	switch {
	case !why.IsKnown():
	case base.Sign() == 0:
		why = None(BaseZero)
	case base.Sign() < 0:
		why = None(BaseNegative)
	}
	return base, current, why
}

// Percent is (current − base) ÷ base × 100; of a negative base that is measured
// by its magnitude, (current − base) ÷ |base| × 100.
func (c Change) Percent() Value {
	base, current, why := c.relative()
	switch {
	case why.IsKnown():
		return Known(current.Sub(base).over(base).Times(hundred()))
	case c.byMagnitude():
		return Known(base.Sub(current).over(base).Times(hundred()))
	}
	return why
}

// byMagnitude tells whether Percent is measured against the magnitude of a
// negative base.
func (c Change) byMagnitude() bool {
	if c.negative != ByMagnitude {
		return false
	}
	_, _, why := c.relative()
	reason := why.Reason()
	return reason != nil && *reason == BaseNegative
}

// Index is current ÷ base × 100.
func (c Change) Index() Value {
	base, current, why := c.relative()
	if !why.IsKnown() {
		return why
	}
	return Known(current.over(base).Times(hundred()))
}

// CAGR is the compound annual growth rate, ((current ÷ base)^(1/years) − 1) ×
// 100, rounded to sixteen digits after the point.
func (c Change) CAGR() Value {
	base, current, why := c.relative()
	years := int64(c.current.Year - c.base.Year)
	switch {
	case !why.IsKnown():
		return why
	case current.Sign() <= 0, years <= 0:
		return None(NotApplicable)
	}
	return Exactly(growth(current.over(base), years))
}

// Primary says which measure a headline should print: points for percentages,
// the absolute change for small counts and what others computed, percent for the rest.
func (c Change) Primary() Measure {
	kind := c.current.Indicator.Kind
	switch {
	case kind.IsPercentage():
		return MeasurePoints
	case kind == Reported, kind == Count && c.small():
		return MeasureAbsolute
	}
	return MeasurePercent
}

func (c Change) small() bool {
	limit := Whole(decimal.NewFromInt(smallCount))
	base, hasBase := c.base.Value.Number()
	current, hasCurrent := c.current.Value.Number()
	return c.current.Indicator.Small || hasBase && hasCurrent && base.Cmp(limit) < 0 && current.Cmp(limit) < 0
}

// Reason says why the primary measure has no number; nil when it has one.
func (c Change) Reason() *Reason { return c.measure(c.Primary()).Reason() }

func (c Change) measure(m Measure) Value {
	switch m {
	case MeasureAbsolute:
		return c.Absolute()
	case MeasurePoints:
		return c.Points()
	}
	return c.Percent()
}

// over gives f ÷ g; g is not zero.
func (f Fraction) over(g Fraction) Fraction {
	quotient, _ := Divide(f.cross(g), g.cross(f))
	return quotient
}

// growth gives (ratio^(1/n) − 1) × 100 for a positive ratio, by Newton's method
// on x^n = ratio in binary floating point of 256 bits.
func growth(ratio Fraction, n int64) decimal.Decimal {
	const bits = 256
	float := func(d decimal.Decimal) *big.Float {
		f, _, _ := big.ParseFloat(d.String(), 10, bits, big.ToNearestEven)
		return f
	}
	target := new(big.Float).SetPrec(bits).Quo(float(ratio.num), float(ratio.divisor()))
	root := new(big.Float).SetPrec(bits).SetFloat64(math.Pow(ratio.approximate(), 1/float64(n)))
	count, less := new(big.Float).SetInt64(n), new(big.Float).SetInt64(n-1)
	for range 4 { // each step doubles the number of right digits
		power := float(decimal.New(1, 0))
		for range n - 1 {
			power.Mul(power, root)
		}
		next := new(big.Float).SetPrec(bits).Quo(target, power)
		next.Add(next, new(big.Float).SetPrec(bits).Mul(less, root))
		root = next.Quo(next, count)
	}
	text := new(big.Float).SetPrec(bits).Sub(root, float(decimal.New(1, 0))).Text('f', 60)
	exact, _ := decimal.NewFromString(text)
	return trim(exact.Mul(hundred()).Round(digits))
}
