package stats

import (
	"context"
	"math"
	"slices"

	"github.com/shopspring/decimal"
)

// RankingOrder says what units are ranked by.
type RankingOrder string

// The orders.
const (
	ByValue    RankingOrder = "VALUE"    // the figure: the rate of a percentage, else the value
	ByAbsolute RankingOrder = "ABSOLUTE" // the absolute change from the base year
	ByPercent  RankingOrder = "PERCENT"  // the relative change from the base year
	ByPoints   RankingOrder = "POINTS"   // the change of a percentage, in points
)

// Ties says which ranks follow a tie.
type Ties string

// The ways with ties.
const (
	Competition Ties = "COMPETITION" // 1, 2, 2, 4
	Dense       Ties = "DENSE"       // 1, 2, 2, 3
)

// Ranking is the units of a level in order.
type Ranking struct {
	// Question is the question as it was understood.
	Question *Question
	// Release is the last publication that the answer knows; nil when there was none.
	Release *Release
	// RankedCount is the number of units that have a rank, UniverseCount that
	// of all units to which the indicator applies.
	RankedCount, UniverseCount int
	// Rows are the ranked units, best first; within a tie by code.
	Rows []*RankingRow
	// Unranked are the units without a value, by code, with the reason in each.
	Unranked []*RankingRow
	// Total is the unit that all of them lie within; nil when they have none in common.
	Total *RankingRow
	// Notes are warnings about the answer.
	Notes []*Note
}

// RankingRow is one unit of a ranking.
type RankingRow struct {
	// Rank is its rank from 1; nil when it has none.
	Rank *int
	// BaseRank is its rank by value in the base year; Movement is how many ranks
	// it rose since then. Both are nil unless units are ranked by value and are
	// the same units in both years.
	BaseRank, Movement *int
	// Unit is the unit, as it was in the year asked.
	Unit *Unit
	// Figure and Base are its figures of the year asked and of the base year.
	Figure, Base *Figure
	// Change is the change between them.
	Change Change
	// Share is the part of the sum over all ranked units in percent, of counts
	// and amounts; none for other kinds.
	Share Value
	// Reason says why the unit is not ranked; nil when it is.
	Reason *Reason
}

// Text is the row in words, the change included where there is one.
func (r *RankingRow) Text(language Language) string {
	text := r.Figure.Text(language)
	if r.Change.Absolute().known {
		text += ", " + r.Change.Text(language)
	}
	return text
}

// Rank answers how the units of a level stand to each other.
func (s *Service) Rank(ctx context.Context, ask Ask) (*Ranking, error) {
	r := &resolver{Catalogue: s.Catalogue()}
	q, units := r.ranking(ask)
	if err := r.err(); err != nil {
		return nil, err
	}
	f, err := s.fetch(ctx, r.Catalogue, q.Indicator, q.view, []Year{q.BaseYear, q.Year}, units.levels())
	if err != nil {
		return nil, err
	}
	answer := &Ranking{Question: q, Release: q.release, UniverseCount: len(units.units), Unranked: []*RankingRow{}}
	rows := make([]*RankingRow, len(units.units))
	for i, unit := range units.units {
		rows[i] = f.rankingRow(unit, q)
	}
	if units.total != nil {
		answer.Total = f.rankingRow(units.total, q)
	}
	order := ordering(q)
	answer.Rows, answer.Unranked = order.rank(rows)
	answer.RankedCount = len(answer.Rows)
	notes := &noter{catalogue: r.Catalogue, ranked: answer.RankedCount, universe: answer.UniverseCount}
	if !r.hasYear(q.Indicator, q.BaseYear) {
		notes.baseYear = q.BaseYear
	}
	if *q.OrderBy == ByValue {
		order.move(rows, f.sameUnits(q, units), notes)
	}
	share(answer.Rows, q.Indicator)
	for _, row := range rows {
		notes.change(row.Change)
	}
	if answer.Total != nil {
		notes.figure(answer.Total.Base)
		notes.figure(answer.Total.Figure)
	}
	answer.Notes = notes.all()
	answer.keepTop(q.Top)
	return answer, nil
}

func (f *facts) rankingRow(unit *Unit, q *Question) *RankingRow {
	base, current := f.figure(unit, q.BaseYear), f.figure(unit, q.Year)
	return &RankingRow{
		Unit: unit, Figure: current, Base: base, Change: compare(base, current), Share: None(NotApplicable),
	}
}

// ranking resolves a question about ranks.
func (r *resolver) ranking(ask Ask) (*Question, scope) {
	q := r.changing(ask)
	q.OrderBy, q.Ties, q.Top = or(ask.OrderBy, ByValue), or(ask.Ties, Competition), ask.Top
	if q.Indicator != nil {
		q.Direction = or(ask.Direction, q.Indicator.Direction)
	}
	if *q.OrderBy != ByValue {
		r.year("baseYear", q.BaseYear, q.Indicator, BaseYearWithoutData)
		if q.BaseYear == q.Year {
			r.fault(&Error{Code: BadArgument, Where: "baseYear", Message: "the base year is the year asked", Hint: "give another baseYear"})
		}
	}
	if q.Indicator != nil && *q.OrderBy == ByPoints && !q.Indicator.Kind.IsPercentage() {
		r.fault(&Error{
			Code: BadArgument, Where: "orderBy",
			Message: "points are changes of a percentage, which " + q.Indicator.Code + " is not", Hint: "order by PERCENT or ABSOLUTE",
		})
	}
	if q.Top != nil && *q.Top < 1 {
		r.fault(&Error{Code: BadArgument, Where: "top", Message: "top is less than 1", Hint: "give a number from 1, or leave it out for all"})
	}
	return q, r.scope(q, q.Year.Reference())
}

// order ranks rows by one measure.
type order struct {
	of    func(*RankingRow) Value
	base  func(*RankingRow) Value
	sign  int // +1 when the highest is best
	dense bool
}

func ordering(q *Question) order {
	o := order{sign: +1, dense: *q.Ties == Dense}
	if *q.Direction == LowerIsBetter {
		o.sign = -1
	}
	o.base = func(r *RankingRow) Value { return r.Base.Measure() }
	switch *q.OrderBy {
	case ByAbsolute:
		o.of = func(r *RankingRow) Value { return r.Change.Absolute() }
	case ByPercent:
		o.of = func(r *RankingRow) Value { return r.Change.Percent() }
	case ByPoints:
		o.of = func(r *RankingRow) Value { return r.Change.Points() }
	default:
		o.of = func(r *RankingRow) Value { return r.Figure.Measure() }
	}
	return o
}

// keyed is a row with the number it is ranked by.
type keyed struct {
	row    *RankingRow
	key    Fraction
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

// rank puts the rows that have a value in order and gives each its rank; the
// others come back with their reason.
func (o order) rank(rows []*RankingRow) (ranked, unranked []*RankingRow) {
	sorted, unranked := o.sort(rows, o.of)
	for i, rank := range o.ranks(sorted) {
		sorted[i].row.Rank = &rank
		ranked = append(ranked, sorted[i].row)
	}
	for _, row := range unranked {
		row.Reason = o.of(row).Reason()
	}
	return ranked, unranked
}

func (o order) sort(rows []*RankingRow, of func(*RankingRow) Value) (sorted []keyed, without []*RankingRow) {
	without = []*RankingRow{}
	for _, row := range rows {
		if number, known := of(row).Number(); known {
			sorted = append(sorted, keyed{row, number, number.approximate()})
		} else {
			without = append(without, row)
		}
	}
	slices.SortStableFunc(sorted, func(a, b keyed) int { // rows come by code, which stays the order within ties
		return -o.sign * a.cmp(b)
	})
	return sorted, without
}

// ranks gives the rank of each place.
func (o order) ranks(sorted []keyed) []int {
	ranks := make([]int, len(sorted))
	for i := range sorted {
		switch {
		case i == 0:
			ranks[i] = 1
		case sorted[i].cmp(sorted[i-1]) == 0:
			ranks[i] = ranks[i-1]
		case o.dense:
			ranks[i] = ranks[i-1] + 1
		default:
			ranks[i] = i + 1
		}
	}
	return ranks
}

// move fills the base year's ranks and the movement, where the units that have
// a value are the same in both years.
func (o order) move(rows []*RankingRow, sameUnits bool, notes *noter) {
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

// sameUnits tells whether the base year has just the units of the year asked.
func (f *facts) sameUnits(q *Question, units scope) bool {
	then := f.catalogue.At(q.BaseYear.Reference())
	count := 0
	for _, unit := range then.Level(q.By.Code) {
		if within := q.Within; within != nil && !unit.Within(within) {
			continue
		}
		if then.Eligible(q.Indicator, unit) > 0 {
			count++
		}
	}
	if count != len(units.units) {
		return false
	}
	return !slices.ContainsFunc(units.units, func(u *Unit) bool { return then.ByKey(u.key) == nil })
}

// share fills each row's part of the sum.
func share(rows []*RankingRow, i *Indicator) {
	if i.Kind != Count && i.Kind != Amount {
		return
	}
	sum := decimal.Zero
	for _, row := range rows {
		if value, ok := row.Figure.Value.Decimal(); ok {
			sum = sum.Add(value)
		}
	}
	for _, row := range rows {
		value, _ := row.Figure.Value.Decimal()
		if part, ok := Divide(value.Mul(hundred()), sum); ok && sum.Sign() > 0 {
			row.Share = Known(part)
		}
	}
}

// keepTop keeps the rows of the first so many ranks; ties at the edge stay together.
func (r *Ranking) keepTop(top *int) {
	if top != nil {
		r.Rows = slices.DeleteFunc(r.Rows, func(row *RankingRow) bool { return *row.Rank > *top })
	}
}

// or gives what was asked, or the default where nothing was.
func or[T comparable](asked, otherwise T) *T {
	if asked == *new(T) {
		return &otherwise
	}
	return &asked
}
