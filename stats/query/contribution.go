package query

import (
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// Contribution is a part of a total's change: that of one unit, or what no unit
// accounts for. The contributions of all units and the unexplained remainder sum
// exactly to the total's change.
//
// Of a count or amount a unit contributes its absolute change; where it was no
// part of the total in one of the years it counts as zero there.
//
// Of a ratio, an attainment's percentage or a mean the total is R = Σ wᵢrᵢ, where rᵢ is the measure of a
// unit and wᵢ its part of the total's denominator or weight, and a unit
// contributes, in percentage points or in the unit of measure, a rate effect
// and a mix effect with the weights of the middle, so that looking from either
// year returns the same with the other sign:
//
//	rate effect  (r₁ − r₀) × (w₀ + w₁) ÷ 2
//	mix effect   (w₁ − w₀) × ((r₀ + r₁) ÷ 2 − (R₀ + R₁) ÷ 2)
//
// A unit that was no part of the total in one of the years, or weighed nothing,
// has no rate there, and all of its contribution is a mix effect. This is the decomposition of a
// difference between two rates of E. M. Kitagawa, “Components of a Difference
// Between Two Rates”, Journal of the American Statistical Association 50 (1955),
// 1168–1194, with the mix taken against the mean rate of the total, as in
// shift-share analysis, so that a unit that grows is a plus only where its rate
// is above that of the whole.
type Contribution struct {
	// Measure says what Value is in: absolute, in the indicator's unit of measure,
	// or points, in percentage points.
	Measure catalogue.Measure
	// Value is the part of the total's change. The change is of either sign, and
	// so is each part.
	Value number.Value
	// RateEffect and MixEffect split Value, in what Value is in; none for counts
	// and amounts.
	RateEffect, MixEffect number.Value
	// Share is Value in percent of the total's change: negative where it goes
	// against it, over 100 where others do; none when the total did not change.
	Share number.Value
}

// Reason says why there is no contribution; nil when there is one.
func (c *Contribution) Reason() *number.Reason { return c.Value.Reason() }

// ShareReason says why there is no share; nil when there is one.
func (c *Contribution) ShareReason() *number.Reason { return c.Share.Reason() }

// decomposition splits the change of a total among units.
type decomposition struct {
	total     Change
	measure   catalogue.Measure
	change    number.Value // the total's
	average   bool         // the total is a weighted mean of its parts
	factor    decimal.Decimal
	then, now figure.Stake // those of the total; of averages alone
	why       number.Value // why nothing can be parted
	sum       [2]figure.Stake
	hidden    bool // a part of it is suppressed
}

func decompose(total Change) *decomposition {
	d := &decomposition{total: total, measure: catalogue.MeasureAbsolute, change: total.Absolute(), why: number.Known(number.Fraction{})}
	i := total.current.Indicator
	d.factor, d.average = number.One(), i.IsAverage()
	if i.HasRate() {
		d.factor = i.Factor()
	}
	if i.IsPercentage() {
		d.measure, d.change = catalogue.MeasurePoints, total.Points()
	}
	switch {
	case i.Kind == catalogue.Reported:
		d.why = number.None(number.NotAdditive)
	case d.average && !d.change.IsKnown():
		d.why = d.change
	case d.average:
		var noBase, noCurrent number.Value
		d.then, noBase = figure.StakeOf(total.base, true)
		d.now, noCurrent = figure.StakeOf(total.current, true)
		d.why = firstReason(noBase, noCurrent)
	}
	return d
}

// firstReason returns the reason of the first of two values that has no number, the year
// asked before the base; a number where both are known.
func firstReason(base, current number.Value) number.Value {
	switch {
	case !current.IsKnown():
		return number.None(missingReason(current, number.CurrentMissing))
	case !base.IsKnown():
		return number.None(missingReason(base, number.BaseMissing))
	}
	return number.Known(number.Fraction{})
}

// of returns the contribution of a unit. It was a part of the total then, and is
// now, or not.
func (d *decomposition) of(row Change, isThen, isNow bool) *Contribution {
	c := d.none(d.why)
	if !d.why.IsKnown() {
		return c
	}
	then, noBase := figure.StakeOf(row.base, isThen)
	now, noCurrent := figure.StakeOf(row.current, isNow)
	why := firstReason(noBase, noCurrent)
	if isThen && isNow && row.broken() {
		why = number.None(number.NotComparable)
	}
	if !why.IsKnown() {
		d.hidden = d.hidden || *why.Reason() == number.Suppressed
		return d.none(why)
	}
	d.sum[0], d.sum[1] = d.sum[0].Add(then), d.sum[1].Add(now)
	part := d.part(then, now)
	c.Value, c.Share = number.Known(part), d.share(part)
	if d.average {
		rate := d.rateEffect(then, now)
		c.RateEffect, c.MixEffect = number.Known(rate), number.Known(part.Sub(rate))
	}
	return c
}

// rest returns what no unit accounts for: the total's change − all contributions.
func (d *decomposition) rest() *Contribution {
	change, known := d.change.Number()
	switch {
	case !d.why.IsKnown():
		return d.none(d.why)
	case !known:
		return d.none(d.change)
	case d.hidden: // the remainder would be what the suppressed units add up to
		return d.none(number.None(number.Suppressed))
	}
	c := d.none(number.None(number.NotApplicable))
	rest := change.Sub(d.part(d.sum[0], d.sum[1])) // part is linear: the part of the sums is the sum of the parts
	c.Value, c.Share = number.Known(rest), d.share(rest)
	return c
}

func (d *decomposition) none(why number.Value) *Contribution {
	c := &Contribution{Measure: d.measure, Value: why, RateEffect: why, MixEffect: why, Share: why}
	if !d.average {
		c.RateEffect, c.MixEffect = number.None(number.NotApplicable), number.None(number.NotApplicable)
	}
	return c
}

// part is what stakes add to the change of the total: of averages, with the terms
//
//	 of rate and mix effect put together,
//
//		w₁r₁ − w₀r₀ − (w₁ − w₀) × (R₀ + R₁) ÷ 2
func (d *decomposition) part(then, now figure.Stake) number.Fraction {
	if !d.average {
		return now.Value.Sub(then.Value)
	}
	half := decimal.New(5, -1)
	rates := d.rate(d.then).Add(d.rate(d.now)).Times(half)
	added := now.Value.Times(d.factor).Over(d.now.Whole).Sub(then.Value.Times(d.factor).Over(d.then.Whole))
	grown := now.Whole.Over(d.now.Whole).Sub(then.Whole.Over(d.then.Whole))
	return added.Sub(grown.Mul(rates))
}

func (d *decomposition) rateEffect(then, now figure.Stake) number.Fraction {
	if then.Whole.IsZero() || now.Whole.IsZero() {
		return number.Fraction{}
	}
	half := decimal.New(5, -1)
	weights := then.Whole.Over(d.then.Whole).Add(now.Whole.Over(d.now.Whole)).Times(half)
	return d.rate(now).Sub(d.rate(then)).Mul(weights)
}

// rate is the rate or mean of a stake whose whole is not zero.
func (d *decomposition) rate(s figure.Stake) number.Fraction {
	return s.Value.Times(d.factor).Over(s.Whole)
}

// share is a part in percent of the total's change.
func (d *decomposition) share(part number.Fraction) number.Value {
	change, known := d.change.Number()
	switch {
	case !known:
		return d.change
	case change.Sign() == 0:
		return number.None(number.NotApplicable)
	}
	return number.Known(part.Over(change).Times(number.Hundred()))
}
