package warehouse

import (
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats"
)

// Counts stand side by side in one integer, countBits each; see the table posting.
const (
	countBits = 21
	countMask = 1<<countBits - 1
)

// packed are the counts of a posting, or of a sum of postings.
type packed struct{ tally, flaws, doubts int64 }

// tallyOf gives the counts of one posting, signed.
func tallyOf(p *stats.Posting) packed {
	var t packed
	if p.Value.Valid {
		t.tally++
		if !p.Denominator.Valid {
			t.tally += 1 << countBits
		}
	}
	switch p.Status {
	case stats.Missing:
		t.flaws = 1
	case stats.Confidential:
		t.flaws = 1 << countBits
	case stats.Break:
		t.flaws = 1 << (2 * countBits)
	case stats.Estimated:
		t.doubts = 1
	case stats.Provisional:
		t.doubts = 1 << countBits
	default:
		t.tally += 1 << (2 * countBits)
	}
	sign := int64(p.Sign)
	return packed{t.tally * sign, t.flaws * sign, t.doubts * sign}
}

func (t packed) known() int64 { return t.tally & countMask }
func (t packed) bare() int64  { return t.tally >> countBits & countMask }

// total is the number of observations, with a value or without.
func (t packed) total() int64 {
	return t.tally>>(2*countBits) + fields(t.flaws) + fields(t.doubts)
}

func fields(n int64) int64 {
	return n&countMask + n>>countBits&countMask + n>>(2*countBits)
}

func (t packed) statuses() stats.StatusSet {
	var set stats.StatusSet
	for _, s := range []struct {
		n      int64
		status stats.Status
	}{
		{t.tally >> (2 * countBits), stats.Normal},
		{t.flaws & countMask, stats.Missing},
		{t.flaws >> countBits & countMask, stats.Confidential},
		{t.flaws >> (2 * countBits), stats.Break},
		{t.doubts & countMask, stats.Estimated},
		{t.doubts >> countBits, stats.Provisional},
	} {
		if s.n > 0 {
			set = set.With(s.status)
		}
	}
	return set
}

// sums are the sums over the facts of one level within one unit.
type sums struct {
	packed
	value, denominator exact
	weighted           decimal.Decimal
	reporters          int64 // the bits of stats.Sum.Reporters
}

func (s *sums) add(t *sums) {
	s.tally, s.flaws, s.doubts, s.reporters = s.tally+t.tally, s.flaws+t.flaws, s.doubts+t.doubts, s.reporters+t.reporters
	s.value, s.denominator = s.value.plus(t.value), s.denominator.plus(t.denominator)
	if !t.weighted.IsZero() {
		s.weighted = s.weighted.Add(t.weighted)
	}
}
