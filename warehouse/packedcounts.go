package warehouse

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Counts stand side by side in one integer, countBits each; see the table posting.
const (
	countBits = 21
	countMask = 1<<countBits - 1
)

// packedCounts holds the counts of a posting, or of a sum of postings.
type packedCounts struct{ tally, flaws, doubts int64 }

// countsOf returns the counts of one posting, signed.
func countsOf(p *ledger.Posting) packedCounts {
	var t packedCounts
	if p.Value.Valid {
		t.tally++
		if !p.Denominator.Valid {
			t.tally += 1 << countBits
		}
	}
	switch p.Status {
	case number.Missing:
		t.flaws = 1
	case number.Confidential:
		t.flaws = 1 << countBits
	case number.Break:
		t.flaws = 1 << (2 * countBits)
	case number.Estimated:
		t.doubts = 1
	case number.Provisional:
		t.doubts = 1 << countBits
	default:
		t.tally += 1 << (2 * countBits)
	}
	sign := int64(p.Sign)
	return packedCounts{t.tally * sign, t.flaws * sign, t.doubts * sign}
}

// approximationBits is the width of each count of values that are not exact.
const approximationBits = 15

// inCounts lists the approximations in the order of their counts in a posting.
func inCounts() []number.Approximation {
	return []number.Approximation{number.MoreThan, number.AtLeastThat, number.Almost, number.About}
}

// approximationsOf returns the counts of approximate values of one posting, signed.
func approximationsOf(p *ledger.Posting) int64 {
	place := slices.Index(inCounts(), p.Approximation)
	if place < 0 {
		return 0
	}
	return int64(p.Sign) << (place * approximationBits)
}

// approximationsIn reads which counts of a sum are not 0.
func approximationsIn(counts int64) number.ApproximationSet {
	var set number.ApproximationSet
	for place, a := range inCounts() {
		if counts>>(place*approximationBits)&(1<<approximationBits-1) != 0 {
			set |= number.Approximations(a)
		}
	}
	return set
}

func (t packedCounts) known() int64 { return t.tally & countMask }
func (t packedCounts) bare() int64  { return t.tally >> countBits & countMask }

// total is the number of observations, with a value or without.
func (t packedCounts) total() int64 {
	return t.tally>>(2*countBits) + fields(t.flaws) + fields(t.doubts)
}

func fields(n int64) int64 {
	return n&countMask + n>>countBits&countMask + n>>(2*countBits)
}

func (t packedCounts) statuses() number.StatusSet {
	var set number.StatusSet
	for _, s := range []struct {
		n      int64
		status number.Status
	}{
		{t.tally >> (2 * countBits), number.Normal},
		{t.flaws & countMask, number.Missing},
		{t.flaws >> countBits & countMask, number.Confidential},
		{t.flaws >> (2 * countBits), number.Break},
		{t.doubts & countMask, number.Estimated},
		{t.doubts >> countBits, number.Provisional},
	} {
		if s.n > 0 {
			set = set.With(s.status)
		}
	}
	return set
}

// sums are the sums over the facts of one level within one unit.
type sums struct {
	packedCounts
	value, denominator exact
	weighted           decimal.Decimal
	reporters          int64  // the bits of figure.Sum.Reporters
	latest             uint64 // the last position of a posting
	approximations     int64  // see approximationsOf
}

func (s *sums) add(t *sums) {
	s.tally, s.flaws, s.doubts, s.reporters = s.tally+t.tally, s.flaws+t.flaws, s.doubts+t.doubts, s.reporters+t.reporters
	s.approximations += t.approximations
	s.value, s.denominator = s.value.plus(t.value), s.denominator.plus(t.denominator)
	s.latest = max(s.latest, t.latest)
	if !t.weighted.IsZero() {
		s.weighted = s.weighted.Add(t.weighted)
	}
}
