package query

import (
	"math"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/estimate"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// order ranks rows by one measure.
type order struct {
	of    func(*RankingRow) number.Value
	base  func(*RankingRow) number.Value
	sign  int // +1 when the highest is best
	dense bool
	// bestOf and worstOf are the ends that the measure cannot pass; nil where it
	// has none.
	bestOf, worstOf *number.Fraction
	// bounds gives the least and the most that the measure of a row without an exact one
	// may be; nil where that is not known.
	bounds func(*RankingRow) (least, most *number.Fraction)
	// exact reports whether the measure of a ranked row is; nil where all are.
	exact func(*RankingRow) bool
	// excluded reports whether a row without a measure could never have one.
	excluded func(*RankingRow) bool
}

// byFigure orders rows by their figures.
func byFigure(direction catalogue.Direction) order {
	o := order{of: func(r *RankingRow) number.Value { return r.Current.Measure() }, sign: +1}
	if direction == catalogue.LowerIsBetter {
		o.sign = -1
	}
	return o
}

func ordering(q *Question) order {
	o := byFigure(*q.Direction)
	o.dense, o.excluded = *q.Ties == Dense, func(r *RankingRow) bool { return r.Change.neverDefined(*q.OrderBy) }
	o.base = func(r *RankingRow) number.Value { return r.Base.Measure() }
	o.exact = func(r *RankingRow) bool { return !r.Change.Approximate() }
	switch *q.OrderBy {
	case catalogue.ByAbsolute:
		o.of = func(r *RankingRow) number.Value { return r.Change.Absolute() }
	case catalogue.ByPercent:
		o.of = func(r *RankingRow) number.Value { return r.Change.Percent() }
	case catalogue.ByPoints:
		o.of = func(r *RankingRow) number.Value { return r.Change.Points() }
	case catalogue.ByGap:
		o.of = func(r *RankingRow) number.Value { return r.GapToTarget }
		o.excluded = func(r *RankingRow) bool { return neverReached(q.Target, r.Current, r.before) }
		o.exact = func(r *RankingRow) bool {
			return r.Current.Approximations == 0 && (r.before == nil || r.before.Approximations == 0)
		}
		o.bestOf, o.worstOf = q.Target.Ends(q.Indicator)
		if o.sign < 0 {
			o.bestOf, o.worstOf = o.worstOf, o.bestOf
		}
	default:
		o.bounds = func(r *RankingRow) (least, most *number.Fraction) { return r.Current.MeasureBounds() }
		o.exact = func(r *RankingRow) bool { return r.Current.Approximations == 0 }
		o.bestOf, o.worstOf = q.Indicator.Kind.Ends()
		if o.sign < 0 {
			o.bestOf, o.worstOf = o.worstOf, o.bestOf
		}
	}
	return o
}

// keyed is a row with the number that it is ranked by.
type keyed struct {
	row    *RankingRow
	key    number.Fraction
	approx float64
}

// cmp compares exactly. Floats decide where they are far enough apart to be
// sure; only near ties need the exact products.
func (k keyed) cmp(other keyed) int {
	if gap := k.approx - other.approx; math.Abs(gap) > 1e-9*(math.Abs(k.approx)+math.Abs(other.approx)) {
		if gap < 0 {
			return -1
		}
		return 1
	}
	return k.key.Cmp(other.key)
}

// place puts the rows that have a measure in order and tells of each where it
// stands among them; the others have their reason.
func (o order) place(rows []*RankingRow) (ranked, unranked []*RankingRow, among *field) {
	sorted, unranked := o.sort(rows, o.of)
	ranked = make([]*RankingRow, len(sorted))
	ranks := o.ranks(sorted)
	for i := range sorted {
		sorted[i].row.Rank = &ranks[i]
		ranked[i] = sorted[i].row
	}
	for _, row := range unranked {
		row.Reason = o.of(row).Reason()
	}
	boundRanks(o, sorted, unranked)
	return ranked, unranked, placeInField(sorted)
}

func (o order) sort(rows []*RankingRow, of func(*RankingRow) number.Value) (sorted []keyed, without []*RankingRow) {
	sorted, without = make([]keyed, 0, len(rows)), []*RankingRow{}
	for _, row := range rows {
		if number, known := of(row).Number(); known {
			sorted = append(sorted, keyed{row, number, number.Approximate()})
		} else {
			without = append(without, row)
		}
	}
	slices.SortStableFunc(sorted, func(a, b keyed) int { // rows come by code, which stays the order within ties
		return -o.sign * a.cmp(b)
	})
	return sorted, without
}

// ranks returns the rank of each place.
func (o order) ranks(sorted []keyed) []int {
	return estimate.CompetitionRanks(len(sorted), func(place int) bool { return sorted[place].cmp(sorted[place-1]) == 0 }, o.dense)
}

// move fills the base year's ranks and the movement, where the units that have
// a value are the same in both years.
func (o order) move(rows []*RankingRow, sameUnits bool, notes *NoteCollector) {
	before, without := o.sort(rows, o.base)
	if len(before) == 0 {
		return
	}
	same := sameUnits && !slices.ContainsFunc(without, func(row *RankingRow) bool { return row.Rank != nil }) &&
		!slices.ContainsFunc(before, func(k keyed) bool { return k.row.Rank == nil })
	if !same {
		notes.unitsDiffer = true
		return
	}
	for i, rank := range o.ranks(before) {
		row := before[i].row
		rose := rank - *row.Rank
		row.BaseRank, row.Movement = &rank, &rose
	}
}

// sameUnits reports whether the base year has just the units of the year asked.
func sameUnits(f *figure.Facts, q *Question, units scope) bool {
	then := f.At(q.BaseYear)
	count := 0
	for _, unit := range then.Level(q.Level.Code) {
		if within := q.Within; within != nil && !unit.Within(within) {
			continue
		}
		if q.keeps(unit) && f.Applies(unit, q.BaseYear) {
			count++
		}
	}
	if count != len(units.units) {
		return false
	}
	return !slices.ContainsFunc(units.units, func(u *catalogue.Unit) bool { return then.ByKey(u.Key()) == nil })
}
