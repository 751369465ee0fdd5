package stats

import (
	"sync"

	"github.com/shopspring/decimal"
)

// meanDigits is the number of digits after the point to which a measure that
// does not end enters a mean.
const meanDigits = 32

// ends are the least and the greatest value that the measure of a kind can have;
// nil where there is none.
func (k IndicatorKind) ends() (greatest, least *Fraction) {
	zero, all := Whole(decimal.Zero), Whole(hundred())
	switch k {
	case Attainment:
		return &all, &zero
	case Count:
		return nil, &zero
	}
	return nil, nil
}

// field is all ranked units together, as each of them is measured against.
type field struct {
	sorted []keyed
	// mean is reckoned when somebody asks for it.
	mean func() Value
}

// stand gives each ranked unit its quartile and its place in the field.
//
// A unit is in the first quartile when less than a quarter of the ranked units
// stand before it, and so on: quartile = 1 + ⌊4 × before ÷ ranked⌋. These are the
// groups that the quartiles of definition 1 (the inverse of the empirical
// distribution function) of R. J. Hyndman and Y. Fan, “Sample Quantiles in
// Statistical Packages”, The American Statistician 50 (1996), 361–365, divide the
// units into. A tie is never divided: all of it counts by its first unit.
func (o order) stand(sorted []keyed) *field {
	f := &field{sorted: sorted}
	f.mean = sync.OnceValue(f.average)
	before := 0
	for i, k := range sorted {
		if i > 0 && k.cmp(sorted[i-1]) != 0 {
			before = i
		}
		quartile := 1 + 4*before/len(sorted)
		k.row.Quartile, k.row.key, k.row.field = &quartile, k.key, f
	}
	return f
}

// average is the plain mean of the measures.
func (f *field) average() Value {
	if len(f.sorted) == 0 {
		return None(MissingValue)
	}
	sum := decimal.Zero
	for _, k := range f.sorted {
		sum = sum.Add(k.key.within(meanDigits))
	}
	mean, _ := Divide(sum, decimal.NewFromInt(int64(len(f.sorted))))
	return Known(mean)
}

// Mean is the plain mean of the measure that the ranked units are ranked by, in
// its unit; measures that do not end enter it with 32 digits after the point. It
// weighs all units alike and is not the total's figure; none when no unit is
// ranked.
func (r *Ranking) Mean() Value { return r.field.mean() }

// GapToBest is the unit's measure − that of the best unit, in the unit of the
// measure: points where it is a percentage. Which sign is good is the direction's
// to say; the best unit has 0.
func (r *RankingRow) GapToBest() Value {
	if r.field == nil {
		return r.unmeasured()
	}
	return Known(r.key.Sub(r.field.sorted[0].key))
}

// GapToMean is the unit's measure − the mean, as GapToBest.
func (r *RankingRow) GapToMean() Value {
	if r.field == nil {
		return r.unmeasured()
	}
	mean, _ := r.field.mean().Number()
	return Known(r.key.Sub(mean))
}

// unmeasured says why a row has no place in the field.
func (r *RankingRow) unmeasured() Value {
	if r.Reason != nil {
		return None(*r.Reason)
	}
	return None(NotApplicable)
}

// within gives the fraction with all its digits where they end within so many
// after the point, else rounded to them.
func (f Fraction) within(places int32) decimal.Decimal {
	if f.isWhole() {
		return f.num
	}
	return trim(f.num.DivRound(f.den, places))
}

// bound fills the ranks that missing figures could make possible. A ranked unit
// keeps its rank at best, for no other figure makes its own better, and at worst
// all that are missing pass it; a unit whose figure is missing could be the first,
// or the last of all. None can pass a unit at the end of the scale: 100 % of an
// attainment, no case of what is best when fewest.
func (o order) bound(sorted []keyed, unranked []*RankingRow) {
	var missing []*RankingRow
	for _, row := range unranked {
		if !o.excluded(row) {
			missing = append(missing, row)
		}
	}
	last := len(sorted)
	for _, k := range sorted {
		best, worst := *k.row.Rank, *k.row.Rank+len(missing)
		if o.bestOf != nil && k.key.Cmp(*o.bestOf) == 0 {
			worst = best
		}
		k.row.BestRank, k.row.WorstRank = &best, &worst
	}
	if n := len(sorted); n > 0 {
		end := sorted[n-1]
		switch {
		case o.worstOf != nil && end.key.Cmp(*o.worstOf) == 0: // at worst it shares the end
			last = *end.row.Rank - 1
		case o.dense:
			last = *end.row.Rank
		}
	}
	for _, row := range missing {
		best, worst := 1, last+len(missing)
		row.BestRank, row.WorstRank = &best, &worst
	}
}

// never tells whether a change that has no number for an order could have none
// even if all missing figures were known.
func (c Change) never(by RankingOrder) bool {
	reason := func(v Value) Reason {
		if why := v.Reason(); why != nil {
			return *why
		}
		return ""
	}
	if reason(c.current.Measure()) == NotApplicable {
		return true
	}
	if by == ByValue {
		return false
	}
	if c.broken() || reason(c.base.Measure()) == NotApplicable {
		return true
	}
	base, known := c.base.quantity().Number()
	return by == ByPercent && known && (base.Sign() == 0 || base.Sign() < 0 && c.negative != ByMagnitude)
}
