package query

import (
	"slices"
	"sort"

	"github.com/niengiam/niengiam/stats/number"
)

// boundRanks fills the ranks that missing figures could make possible. A unit whose
// figure is missing could be anywhere within its bounds, which are the ends of the
// scale where no others are known: 100 % of an attainment, no case of what is best when
// fewest. A ranked unit keeps its rank at best, unless another one is surely before it,
// and at worst all that could be before it are.
func boundRanks(o order, sorted []keyed, unranked []*RankingRow) {
	var missing []*RankingRow
	for _, row := range unranked {
		if !o.excluded(row) {
			missing = append(missing, row)
		}
	}
	exact, vague := o.apart(sorted)
	for _, k := range vague {
		missing = append(missing, k.row)
	}
	r := newRankBounds(o, exact, missing)
	bounds := make([][2]int, len(exact))
	for i, k := range exact {
		rank := r.groups[i] // the best that a tie shares
		bounds[i] = [2]int{rank + r.surelyBefore(k.key), rank + r.possiblyBefore(k.key)}
		k.row.BestRank, k.row.WorstRank = &bounds[i][0], &bounds[i][1]
	}
	for at, row := range missing {
		best, worst := r.of(at)
		row.BestRank, row.WorstRank = &best, &worst
	}
}

// apart parts the ranked rows into those with an exact measure and the others, which could
// be anywhere within their bounds, as if they were missing.
func (o order) apart(sorted []keyed) (exact, vague []keyed) {
	for _, k := range sorted {
		if o.exact != nil && !o.exact(k.row) {
			vague = append(vague, k)
		} else {
			exact = append(exact, k)
		}
	}
	return exact, vague
}

// rankBounds says how many units could stand before a measure.
type rankBounds struct {
	order
	sorted []keyed
	groups []int              // the rank of each of sorted among them
	best   []*number.Fraction // of each unit without a figure, the best that it could be; nil without a bound
	worst  []*number.Fraction
	// bests and worsts are those with a bound, the best first.
	bests, worsts []number.Fraction
}

func newRankBounds(o order, sorted []keyed, missing []*RankingRow) *rankBounds {
	r := &rankBounds{order: o, sorted: sorted, groups: o.ranks(sorted)}
	for _, row := range missing {
		best, worst := o.bestOf, o.worstOf
		if o.bounds != nil {
			least, most := o.bounds(row)
			if o.sign < 0 {
				least, most = most, least
			}
			if most != nil {
				best = most
			}
			if least != nil {
				worst = least
			}
		}
		r.best, r.worst = append(r.best, best), append(r.worst, worst)
	}
	r.bests, r.worsts = r.bounded(r.best), r.bounded(r.worst)
	return r
}

// bounded sorts the bounds that there are, the best first.
func (r *rankBounds) bounded(all []*number.Fraction) []number.Fraction {
	var sorted []number.Fraction
	for _, bound := range all {
		if bound != nil {
			sorted = append(sorted, *bound)
		}
	}
	slices.SortFunc(sorted, func(a, b number.Fraction) int { return -r.sign * a.Cmp(b) })
	return sorted
}

// better reports whether one measure is strictly better than another.
func (r *rankBounds) better(a, b number.Fraction) bool { return r.sign*a.Cmp(b) > 0 }

// before counts those of a list, best first, that are strictly better than a measure.
func (r *rankBounds) before(sorted []number.Fraction, measure number.Fraction) int {
	return sort.Search(len(sorted), func(i int) bool { return !r.better(sorted[i], measure) })
}

// rankedBefore counts the ranks of the ranked units that are strictly better than a
// measure: the units themselves, or in dense ranks their groups. A nil measure is worse
// than all.
func (r *rankBounds) rankedBefore(measure *number.Fraction) int {
	count := len(r.sorted)
	if measure != nil {
		count = sort.Search(len(r.sorted), func(i int) bool { return !r.better(r.sorted[i].key, *measure) })
	}
	if r.dense && count > 0 {
		return r.groups[count-1]
	}
	return count
}

// possiblyBefore counts the units without a figure that could be strictly better than a measure.
func (r *rankBounds) possiblyBefore(measure number.Fraction) int {
	return len(r.best) - len(r.bests) + r.before(r.bests, measure)
}

// surelyBefore counts the units without a figure that are strictly better than a measure
// whatever they are. In dense ranks they may be one group with a ranked unit.
func (r *rankBounds) surelyBefore(measure number.Fraction) int {
	if r.dense {
		return 0
	}
	return r.before(r.worsts, measure)
}

// of gives the best and the worst rank that a unit without a figure could have.
func (r *rankBounds) of(at int) (best, worst int) {
	best = 1
	if top := r.best[at]; top != nil {
		best += r.rankedBefore(top) + r.surelyBefore(*top)
	}
	low := r.worst[at]
	worst = 1 + r.rankedBefore(low)
	switch {
	case low == nil:
		return best, worst + len(r.best) - 1
	case r.best[at] == nil, r.better(*r.best[at], *low): // it is not before itself
		return best, worst + r.possiblyBefore(*low) - 1
	}
	return best, worst + r.possiblyBefore(*low)
}
