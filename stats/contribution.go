package stats

import "github.com/shopspring/decimal"

// Contribution is a part of a total's change: that of one unit, or what no unit
// accounts for. The contributions of all units and the unexplained remainder sum
// exactly to the total's change.
//
// Of a count or amount a unit contributes its absolute change; where it was no
// part of the total in one of the years it counts as zero there.
//
// Of a percentage or mean the total is R = Σ wᵢrᵢ, where rᵢ is the measure of a
// unit and wᵢ its part of the total's denominator or weight, and a unit
// contributes, in percentage points or in the mean's unit of measure, a rate effect
// and a mix effect with the weights of the middle, so that looking from either
// year gives the same with the other sign:
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
	Measure Measure
	// Value is the part of the total's change. The change is of either sign, and
	// so is each part.
	Value Value
	// RateEffect and MixEffect split Value, in what Value is in; none for counts
	// and amounts.
	RateEffect, MixEffect Value
	// Share is Value in percent of the total's change: negative where it goes
	// against it, over 100 where others do; none when the total did not change.
	Share Value
}

// Reason says why there is no contribution; nil when there is one.
func (c *Contribution) Reason() *Reason { return c.Value.Reason() }

// stake is what a unit puts into the total of one year; nothing where it is no
// part of it. Of a mean the value is weighted and the whole is the weight.
type stake struct{ value, whole decimal.Decimal }

func (s stake) add(other stake) stake {
	return stake{s.value.Add(other.value), s.whole.Add(other.whole)}
}

// stakeOf reads a stake from a figure, or says why there is none.
func stakeOf(f *Figure, within bool) (stake, Value) {
	nothing := Known(Fraction{})
	value, known := f.Value.Number()
	switch {
	case !within, !known && !f.Measure().IsKnown() && *f.Value.Reason() == NotApplicable:
		return stake{}, nothing
	case !known && f.Measure().IsKnown(): // only the rate was printed
		return stake{}, None(NotAdditive)
	case !known:
		return stake{}, f.Value
	case !f.Indicator.Kind.isAverage():
		return stake{value: value.Decimal()}, nothing
	}
	of := f.Denominator
	if f.Indicator.Kind == Mean {
		of = f.Weight
	}
	whole, known := of.Decimal()
	switch {
	case !known: // a mean without its weight
		return stake{}, None(NotAdditive)
	case f.Indicator.Kind != Mean:
		return stake{value.Decimal(), whole}, nothing
	}
	if made, as := value.numeratorOver(whole); as { // Σ (value × weight) ÷ Σ weight, as it was made
		return stake{made, whole}, nothing
	}
	return stake{value.Times(whole).Decimal(), whole}, nothing
}

// isAverage tells whether a total is a weighted mean of its parts' measures.
func (k IndicatorKind) isAverage() bool { return k.IsPercentage() || k == Mean }

// decomposition parts the change of a total among units.
type decomposition struct {
	total     Change
	measure   Measure
	change    Value // the total's
	average   bool  // the total is a weighted mean of its parts
	factor    decimal.Decimal
	then, now stake // those of the total; of averages alone
	why       Value // why nothing can be parted
	sum       [2]stake
	hidden    bool // a part of it is suppressed
}

func decompose(total Change) *decomposition {
	d := &decomposition{total: total, measure: MeasureAbsolute, change: total.Absolute(), why: Known(Fraction{})}
	kind := total.current.Indicator.Kind
	d.factor, d.average = one(), kind.isAverage()
	if kind.IsPercentage() {
		d.factor, d.measure, d.change = hundred(), MeasurePoints, total.Points()
	}
	switch {
	case kind == Reported:
		d.why = None(NotAdditive)
	case d.average && !d.change.IsKnown():
		d.why = d.change
	case d.average:
		var noBase, noCurrent Value
		d.then, noBase = stakeOf(total.base, true)
		d.now, noCurrent = stakeOf(total.current, true)
		d.why = both(noBase, noCurrent)
	}
	return d
}

// both gives the first of two that is no number, the year asked before the base.
func both(base, current Value) Value {
	switch {
	case !current.IsKnown():
		return None(lack(current, CurrentMissing))
	case !base.IsKnown():
		return None(lack(base, BaseMissing))
	}
	return Known(Fraction{})
}

// of gives the contribution of a unit. It was a part of the total then, and is
// now, or not.
func (d *decomposition) of(row Change, isThen, isNow bool) *Contribution {
	c := d.none(d.why)
	if !d.why.IsKnown() {
		return c
	}
	then, noBase := stakeOf(row.base, isThen)
	now, noCurrent := stakeOf(row.current, isNow)
	why := both(noBase, noCurrent)
	if isThen && isNow && row.broken() {
		why = None(NotComparable)
	}
	if !why.IsKnown() {
		d.hidden = d.hidden || *why.Reason() == Suppressed
		return d.none(why)
	}
	d.sum[0], d.sum[1] = d.sum[0].add(then), d.sum[1].add(now)
	part := d.part(then, now)
	c.Value, c.Share = Known(part), d.share(part)
	if d.average {
		rate := d.rateEffect(then, now)
		c.RateEffect, c.MixEffect = Known(rate), Known(part.Sub(rate))
	}
	return c
}

// rest gives what no unit accounts for: the total's change − all contributions.
func (d *decomposition) rest() *Contribution {
	change, known := d.change.Number()
	switch {
	case !d.why.IsKnown():
		return d.none(d.why)
	case !known:
		return d.none(d.change)
	case d.hidden: // the remainder would be what the suppressed units add up to
		return d.none(None(Suppressed))
	}
	c := d.none(None(NotApplicable))
	rest := change.Sub(d.part(d.sum[0], d.sum[1])) // part is linear: the part of the sums is the sum of the parts
	c.Value, c.Share = Known(rest), d.share(rest)
	return c
}

func (d *decomposition) none(why Value) *Contribution {
	c := &Contribution{Measure: d.measure, Value: why, RateEffect: why, MixEffect: why, Share: why}
	if !d.average {
		c.RateEffect, c.MixEffect = None(NotApplicable), None(NotApplicable)
	}
	return c
}

// part is what stakes add to the change of the total: of averages, with the terms
//
//	 of rate and mix effect put together,
//
//		w₁r₁ − w₀r₀ − (w₁ − w₀) × (R₀ + R₁) ÷ 2
func (d *decomposition) part(then, now stake) Fraction {
	if !d.average {
		return Whole(now.value.Sub(then.value))
	}
	half := decimal.New(5, -1)
	rates := d.rate(d.then).Add(d.rate(d.now)).Times(half)
	added := quotient(now.value.Mul(d.factor), d.now.whole).Sub(quotient(then.value.Mul(d.factor), d.then.whole))
	grown := quotient(now.whole, d.now.whole).Sub(quotient(then.whole, d.then.whole))
	return added.Sub(grown.Mul(rates))
}

func (d *decomposition) rateEffect(then, now stake) Fraction {
	if then.whole.IsZero() || now.whole.IsZero() {
		return Fraction{}
	}
	half := decimal.New(5, -1)
	weights := quotient(then.whole, d.then.whole).Add(quotient(now.whole, d.now.whole)).Times(half)
	return d.rate(now).Sub(d.rate(then)).Mul(weights)
}

// rate is the percentage or mean of a stake whose whole is not zero.
func (d *decomposition) rate(s stake) Fraction { return quotient(s.value.Mul(d.factor), s.whole) }

// share is a part in percent of the total's change.
func (d *decomposition) share(part Fraction) Value {
	change, known := d.change.Number()
	switch {
	case !known:
		return d.change
	case change.Sign() == 0:
		return None(NotApplicable)
	}
	return Known(part.over(change).Times(hundred()))
}

// quotient divides by what is not zero.
func quotient(num, den decimal.Decimal) Fraction {
	f, _ := Divide(num, den)
	return f
}
