package stats

import "github.com/shopspring/decimal"

// figure makes the figure of a unit from its slice. A unit's own observation
// wins over what the units below it add up to; the two are held against each
// other in RollUp.
func (h *Hierarchy) figure(key SliceKey, slice *Slice, indicator *Indicator, unit *Unit) *Figure {
	f := &Figure{
		Indicator: indicator, Unit: unit, Year: key.Year, view: viewpoint{View: key.View}, Origin: OriginNone,
		eligible: h.Eligible(indicator, unit),
	}
	f.Denominator, f.Weight = None(NotApplicable), None(NotApplicable)
	var space [2]Sum
	own, parts := split(slice.of(unit.Key(), space[:0]), unit.Level.Index())
	if own.Count == 0 {
		if own.NotKnown > 0 && own.From == h.leaf(indicator) {
			parts = append(parts, own) // a unit that reports is the only part of itself
		}
		h.compute(f, slice, own, parts)
		return f
	}
	f.Origin, f.Coverage, f.StatusSet = OriginReported, Coverage{Expected: 1, Reported: 1}, own.Statuses
	f.reporters = own.Reporters
	f.setReported(own)
	if own.From == h.leaf(indicator) {
		return f // nothing below a unit that reports speaks of it, and neither does a register's silence
	}
	if rolled := h.rollUp(f, slice, parts); rolled.Value.IsKnown() {
		rolled.reconcile(f)
		f.RollUp = &rolled
	}
	return f
}

// split parts a unit's own observation from the sums below it.
func split(sums []Sum, level int) (own Sum, parts []Sum) {
	if len(sums) > 0 && sums[0].From == level {
		return sums[0], sums[1:]
	}
	return Sum{}, sums
}

func (f *Figure) setReported(own Sum) {
	if f.Indicator.Kind == Ratio && own.Bare > 0 { // only the rate was printed
		f.Value, f.Rate = None(MissingValue), Exactly(own.Value)
		f.Denominator = None(MissingValue)
		return
	}
	f.Value = Exactly(own.Value)
	switch {
	case f.Indicator.Kind.IsPercentage():
		f.Denominator = Exactly(own.Denominator)
	case f.Indicator.Kind == Mean && own.Bare > 0:
		f.Weight = None(MissingValue)
	case f.Indicator.Kind == Mean:
		f.Weight = Exactly(own.Denominator)
	}
	f.setRate()
}

// compute fills a figure that was not reported.
func (h *Hierarchy) compute(f *Figure, slice *Slice, own Sum, parts []Sum) {
	rolled := h.rollUp(f, slice, parts)
	f.Value, f.Denominator, f.Rate, f.Weight, f.Coverage = rolled.Value, rolled.Denominator, rolled.Rate, rolled.Weight, rolled.Coverage
	if f.Value.IsKnown() {
		f.Origin = OriginComputed
		for _, part := range parts {
			f.StatusSet |= part.Statuses
		}
		f.StatusSet &^= Statuses(Missing) // what is missing shows in the coverage
		if f.StatusSet == 0 {
			f.StatusSet = Statuses(Normal)
		}
		return
	}
	f.StatusSet = own.Statuses | Statuses(Missing)
}

// rollUp adds up the units below by the rules of the indicator's kind.
func (h *Hierarchy) rollUp(f *Figure, slice *Slice, parts []Sum) RollUp {
	indicator := f.Indicator
	total := h.gather(f, slice, parts)
	within := h.listedWithin(h.levels[indicator.Eligibility.Level], f.Unit)
	total.listed = Coverage{Expected: within.expected, Reported: within.some}
	f.notKnown = total.notKnown
	if f.Origin != OriginReported {
		f.reporters = total.reporters
	}
	return total.rollUp(indicator)
}

// gathered is the sum over the parts below a unit, whatever its level.
type gathered struct {
	value, denominator, weighted decimal.Decimal
	coverage                     Coverage
	listed                       Coverage // see Hierarchy.listedWithin
	bare, notKnown               int
	reporters                    uint64
	split                        splits // what parts of units add
}

// rollUp is what the parts add up to, or the reason why they do not.
func (g gathered) rollUp(indicator *Indicator) RollUp {
	r := RollUp{Coverage: g.coverage, Denominator: None(NotApplicable), Weight: None(NotApplicable)}
	switch {
	case g.coverage.Expected == 0:
		r.Value = None(NotApplicable)
	case g.coverage.Reported == 0:
		r.Value = None(MissingValue)
	case indicator.Kind == Reported, (indicator.Kind == Ratio || indicator.Kind == Mean) && g.bare > 0:
		r.Value = None(NotAdditive)
	case g.coverage.under(indicator.MinimumCoverage), g.listed.under(indicator.MinimumCoverage):
		r.Value = None(CoverageLow)
	case indicator.Kind == Mean:
		weight := Whole(g.denominator).Add(g.split.denominator)
		r.Value, r.Weight = mean(Whole(g.weighted).Add(g.split.weighted), weight), Known(weight)
	default:
		r.Value = Known(Whole(g.value).Add(g.split.value))
		if indicator.Kind.IsPercentage() {
			r.Denominator = Known(Whole(g.denominator).Add(g.split.denominator))
		}
	}
	r.Rate = rate(indicator, r.Value, r.Denominator)
	return r
}

// mean is Σ (value × weight) ÷ Σ weight; none where nothing weighs anything.
func mean(weighted, weight Fraction) Value {
	if weight.Sign() == 0 {
		return None(NotApplicable)
	}
	return Known(weighted.over(weight))
}

// gather adds the parts up and counts the eligible units that they stand for.
// Observations of the reporting level stand for themselves; a unit above that
// level stands for all eligible units within it.
func (h *Hierarchy) gather(f *Figure, slice *Slice, parts []Sum) gathered {
	indicator := f.Indicator
	leaf := h.leaf(indicator)
	total := gathered{coverage: Coverage{Expected: f.eligible}}
	spokenFor := 0
	for _, part := range parts {
		total.value = plus(total.value, part.Value)
		total.denominator = plus(total.denominator, part.Denominator)
		total.weighted = plus(total.weighted, part.Weighted)
		total.bare += part.Bare
		total.reporters += part.Reporters
		if part.From == leaf {
			total.coverage.Reported += part.Count
			total.notKnown += part.NotKnown
			continue
		}
		for _, member := range part.Members {
			if unit := h.ByKey(member); unit != nil {
				spokenFor += h.Eligible(indicator, unit)
			}
		}
	}
	total.coverage.Reported += spokenFor
	if indicator.IsRegister() && slice.hasFrom(leaf) {
		// Who is not named was judged and has not met the criterion. A register
		// without any decision yet says nothing.
		named := total.coverage.Reported + total.notKnown
		silent := max(f.eligible-named, 0)
		total.coverage.Reported += silent
		total.denominator = total.denominator.Add(decimal.NewFromInt(int64(silent)))
	}
	return total
}

// plus adds; where one side is zero, as the sum over the only part is, it costs nothing.
func plus(a, b decimal.Decimal) decimal.Decimal {
	switch {
	case a.IsZero():
		return b
	case b.IsZero():
		return a
	}
	return a.Add(b)
}

// leaf is the index of the level that reports the indicator.
func (h *Hierarchy) leaf(indicator *Indicator) int {
	return h.levels[indicator.Eligibility.Level].index
}

// reconcile holds a reported figure against its roll-up.
func (r *RollUp) reconcile(f *Figure) {
	reported, known := f.Value.Number()
	rolled, _ := r.Value.Number()
	if !known {
		r.Difference = f.Value
		r.Reconciled = true
		return
	}
	difference := reported.Sub(rolled)
	r.Difference = Known(difference)
	r.Reconciled = difference.Decimal().Abs().LessThanOrEqual(f.Indicator.Tolerance)
}
