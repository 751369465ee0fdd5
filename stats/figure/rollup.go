package figure

import (
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// figureOf makes the figure of a unit from its slice. A unit's own observation
// wins over what the units below it add up to; the two are compared with each
// other in RollUp.
func figureOf(h *catalogue.Hierarchy, key SliceKey, slice *Slice, indicator *catalogue.Indicator, unit *catalogue.Unit, gaps *registerGaps) *Figure {
	f := &Figure{
		Indicator: indicator, Unit: unit, Year: key.Year, View: Viewpoint{View: key.View}, Origin: OriginNone,
		Eligible: h.Eligible(indicator, unit),
	}
	f.Denominator, f.Weight = number.None(number.NotApplicable), number.None(number.NotApplicable)
	var space [2]Sum
	own, parts := split(slice.of(unit.Key(), space[:0]), unit.Level.Index())
	if own.Count == 0 && unit.Kind.Aggregate { // nothing below it could stand for it
		f.Value, f.StatusSet = number.None(number.MissingValue), own.Statuses|number.Statuses(number.Missing)
		f.SetRate()
		return f
	}
	if own.Count == 0 {
		if own.NotKnown > 0 && own.From == h.ReportingLevel(indicator) {
			parts = append(parts, own) // a unit that reports is the only part of itself
		}
		compute(h, f, slice, own, parts, gaps)
		return f
	}
	f.Origin, f.Coverage, f.StatusSet = OriginReported, Coverage{Expected: 1, Reported: 1}, own.Statuses
	f.Approximations = own.Approximations
	f.Reporters, f.Latest = own.Reporters, own.Latest
	f.setReported(own)
	if own.From == h.ReportingLevel(indicator) {
		return f // nothing below a unit that reports speaks of it, and neither does a register's silence
	}
	if rolled := rollUp(h, f, slice, parts, gaps); rolled.Value.IsKnown() {
		rolled.reconcile(f)
		f.RollUp = &rolled
	} else {
		f.noRollUp = *rolled.Value.Reason()
	}
	return f
}

// split separates a unit's own observation from the sums below it.
func split(sums []Sum, level int) (own Sum, parts []Sum) {
	if len(sums) > 0 && sums[0].From == level {
		return sums[0], sums[1:]
	}
	return Sum{}, sums
}

func (f *Figure) setReported(own Sum) {
	if f.Indicator.Kind == catalogue.Ratio && own.Bare > 0 { // only the rate was printed
		f.Value, f.Rate = number.None(number.MissingValue), number.Exactly(own.Value)
		f.Denominator = number.None(number.MissingValue)
		return
	}
	f.Value = number.Exactly(own.Value)
	switch {
	case f.Indicator.HasRate():
		f.Denominator = number.Exactly(own.Denominator)
	case f.Indicator.Kind == catalogue.Mean && own.Bare > 0:
		f.Weight = number.None(number.MissingValue)
	case f.Indicator.Kind == catalogue.Mean:
		f.Weight = number.Exactly(own.Denominator)
	}
	f.SetRate()
}

// compute fills a figure that was not reported.
func compute(h *catalogue.Hierarchy, f *Figure, slice *Slice, own Sum, parts []Sum, gaps *registerGaps) {
	rolled := rollUp(h, f, slice, parts, gaps)
	f.AtLeast, f.AtMost = rolled.AtLeast, rolled.AtMost
	f.Value, f.Denominator, f.Rate, f.Weight, f.Coverage = rolled.Value, rolled.Denominator, rolled.Rate, rolled.Weight, rolled.Coverage
	if f.Value.IsKnown() {
		f.Origin, f.Approximations = OriginComputed, rolled.Approximations
		for _, part := range parts {
			f.StatusSet |= part.Statuses
		}
		f.StatusSet &^= number.Statuses(number.Missing) // what is missing shows in the coverage
		if f.StatusSet == 0 {
			f.StatusSet = number.Statuses(number.Normal)
		}
		return
	}
	f.StatusSet = own.Statuses | number.Statuses(number.Missing)
}

// rollUp adds up the units below by the rules of the indicator's kind.
func rollUp(h *catalogue.Hierarchy, f *Figure, slice *Slice, parts []Sum, gaps *registerGaps) RollUp {
	indicator := f.Indicator
	total := gather(h, f, slice, parts, gaps.missing(f.Unit))
	within := h.ListedWithin(h.Levels[indicator.Eligibility.Level], f.Unit)
	total.listed = Coverage{Expected: within.Expected, Reported: within.Listed + total.unlisted}
	f.notKnown = total.notKnown
	if f.Origin == OriginReported { // what the register names stands beside what was reported
		missing := total.missing
		total.missing = decimal.Zero
		r := total.rollUp(indicator)
		r.AtLeast, r.AtMost = total.bounds(missing)
		return r
	}
	f.Reporters, f.Latest = total.reporters, total.latest
	r := total.rollUp(indicator)
	if total.coverage.Expected == 0 && !h.Lists(indicator.Level(), f.Unit) { // it could report itself
		r.Value = number.None(number.MissingValue)
		r.Rate = rate(indicator, r.Value, r.Denominator)
	}
	return r
}

// gathered is the sum over the parts below a unit, whatever its level.
type gathered struct {
	value, denominator, weighted decimal.Decimal
	coverage                     Coverage
	listed                       Coverage // see Hierarchy.listedWithin
	unlisted                     int      // units that should have some below them, have none in the catalogue, and reported for them
	bare, notKnown               int
	reporters                    uint64
	latest                       ledger.Position
	approximations               number.ApproximationSet
	split                        splits          // what parts of units add
	silent                       int             // units that a register judged by not naming them
	missing                      decimal.Decimal // how many more units may be in value, where a register is incomplete
}

// adds reports whether anything of it enters a sum: of a share of nothing it does not matter which.
func (g *gathered) adds() bool {
	return g.coverage.Reported > 0 && !(g.value.IsZero() && g.denominator.IsZero() && g.weighted.IsZero())
}

// bounds are the least and the most that the value may be where so many units may be
// missing from it; none where none are.
func (g *gathered) bounds(missing decimal.Decimal) (atLeast, atMost number.Value) {
	if !missing.IsPositive() {
		return number.None(number.NotApplicable), number.None(number.NotApplicable)
	}
	least := number.Whole(g.value).Add(g.split.value)
	most := least.Add(number.Whole(missing))
	if all := number.Whole(decimal.NewFromInt(int64(g.coverage.Expected))); most.Cmp(all) > 0 {
		most = all
	}
	return number.Known(least), number.Known(most)
}

// rollUp is what the parts add up to, or the reason why they do not.
func (g *gathered) rollUp(indicator *catalogue.Indicator) RollUp {
	r := RollUp{Coverage: g.coverage, Approximations: g.approximations.Together(), Denominator: number.None(number.NotApplicable), Weight: number.None(number.NotApplicable)}
	r.AtLeast, r.AtMost = g.bounds(g.missing)
	switch {
	case g.coverage.Expected == 0:
		r.Value = number.None(number.NotApplicable)
	case r.AtLeast.IsKnown():
		r.Value, r.Denominator = number.None(number.RegisterIncomplete), number.None(number.RegisterIncomplete)
		r.Coverage.Reported -= g.silent
	case g.coverage.Reported == 0:
		r.Value = number.None(number.MissingValue)
	case indicator.Kind == catalogue.Reported, (indicator.Kind == catalogue.Ratio || indicator.Kind == catalogue.Mean) && g.bare > 0:
		r.Value = number.None(number.NotAdditive)
	case g.coverage.Under(indicator.MinimumCoverage), g.listed.Under(indicator.MinimumCoverage):
		r.Value = number.None(number.CoverageLow)
	case indicator.Kind == catalogue.Mean:
		weight := number.Whole(g.denominator).Add(g.split.denominator)
		r.Value, r.Weight = mean(number.Whole(g.weighted).Add(g.split.weighted), weight), number.Known(weight)
	default:
		r.Value = number.Known(number.Whole(g.value).Add(g.split.value))
		if indicator.HasRate() {
			r.Denominator = number.Known(number.Whole(g.denominator).Add(g.split.denominator))
		}
	}
	r.Rate = rate(indicator, r.Value, r.Denominator)
	return r
}

// mean is Σ (value × weight) ÷ Σ weight; none where nothing weighs anything.
func mean(weighted, weight number.Fraction) number.Value {
	if weight.Sign() == 0 {
		return number.None(number.NotApplicable)
	}
	return number.Known(weighted.Over(weight))
}

// gather adds the parts up and counts the eligible units that they stand for.
// Observations of the reporting level stand for themselves; a unit above that
// level stands for all eligible units within it. So many units may be missing from a register.
func gather(h *catalogue.Hierarchy, f *Figure, slice *Slice, parts []Sum, missing decimal.Decimal) gathered {
	indicator := f.Indicator
	leaf := h.ReportingLevel(indicator)
	total := gathered{coverage: Coverage{Expected: f.Eligible}}
	represented, alone := 0, 0 // alone: above the level that reports, and none of that level is listed within
	for _, part := range parts {
		total.value = plus(total.value, part.Value)
		total.denominator = plus(total.denominator, part.Denominator)
		total.weighted = plus(total.weighted, part.Weighted)
		total.bare += part.Bare
		total.reporters += part.Reporters
		total.latest = total.latest.Later(part.Latest)
		total.approximations |= part.Approximations
		if part.From == leaf {
			total.coverage.Reported += part.Count
			total.notKnown += part.NotKnown
			continue
		}
		for _, member := range part.Members {
			unit := h.ByKey(member)
			if unit == nil {
				continue
			}
			represented += h.Eligible(indicator, unit)
			if within := h.ListedWithin(indicator.Level(), unit); within.Listed < within.Expected {
				total.unlisted += within.Expected - within.Listed
			}
			if !h.Lists(indicator.Level(), unit) {
				alone++
			}
		}
	}
	total.coverage.Reported += represented
	if speaksBySilence(indicator, slice, f.Year) {
		// Who is not named was judged and has not met the criterion.
		judged := total.coverage.Reported
		total.silent = max(f.Eligible-judged-total.notKnown, 0)
		total.coverage.Reported += total.silent
		total.denominator = total.denominator.Add(decimal.NewFromInt(int64(total.silent)))
		if room := decimal.NewFromInt(int64(max(f.Eligible-judged, 0))); missing.IsPositive() {
			total.missing = decimal.Min(missing, room)
		}
	}
	total.coverage.Expected, total.coverage.Reported = total.coverage.Expected+alone, total.coverage.Reported+alone
	return total
}

// speaksBySilence reports whether who is not named in a register has not met the
// criterion: a register without any decision yet says nothing, nor does it of the years
// before those that it claims to cover.
func speaksBySilence(i *catalogue.Indicator, slice *Slice, year number.Year) bool {
	return i.IsRegister() && year >= i.Complete && slice.hasFrom(i.Level().Index())
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

// take adds a figure that has a measure.
func (g *gathered) take(f *Figure) {
	s, why := StakeOf(f, true)
	if !why.IsKnown() {
		g.bare++
	}
	g.split.value, g.split.weighted, g.split.denominator = g.split.value.Add(s.Value), g.split.weighted.Add(s.Value), g.split.denominator.Add(s.Whole)
	g.coverage.Reported += f.StandsFor()
	g.reporters += f.Reporters
	g.latest = g.latest.Later(f.Latest)
	g.approximations |= f.Approximations
}

// splits are what parts of units add to a sum of whole ones.
type splits struct{ value, denominator, weighted number.Fraction }
