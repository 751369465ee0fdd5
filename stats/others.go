package stats

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// othersCode stands in place of the code of a unit for the units beyond the top.
const othersCode = "others"

// keepTop keeps the rows of the first so many ranks, ties at the edge together,
// and takes those beyond as one.
func (r *Ranking) keepTop(f *facts) {
	top := r.Question.Top
	if top == nil {
		return
	}
	for i, row := range r.Rows {
		if *row.Rank > *top {
			r.OthersCount = len(r.Rows) - i
			r.Others = r.others(f, r.Rows[i:])
			r.Rows = r.Rows[:i:i]
			return
		}
	}
}

// keepPage keeps the rows of the page that was asked for, which the resolver found to
// be one: those without a rank come after the ranked ones.
func (r *Ranking) keepPage(ask Ask) {
	ranked, count := len(r.Rows), len(r.Rows)+len(r.Unranked)
	from, to, _ := pageOf(ask.First, ask.After, count)
	r.Rows = r.Rows[min(from, ranked):min(to, ranked)]
	r.Unranked = r.Unranked[max(from-ranked, 0):max(to-ranked, 0)]
	r.PageInfo = pageInfo(from, to-from, count)
}

// others makes one row of several: its figures are theirs together.
func (r *Ranking) others(f *facts, rows []*RankingRow) *RankingRow {
	names := counting("%s đơn vị còn lại", "%s other units", len(rows))
	if len(rows) == 1 {
		names.EN = strings.TrimSuffix(names.EN, "s")
	}
	var within *Unit
	if r.Total != nil {
		within = r.Total.Unit
	}
	unit := newGroup(othersCode, names, r.Question.Level, within)
	together := func(year Year, of func(*RankingRow) *Figure) *Figure {
		figures, among, expected := make([]*Figure, len(rows)), make([]*Unit, len(rows)), 0
		for i, row := range rows {
			figures[i], among[i] = of(row), row.Unit
			expected += max(figures[i].eligible, figures[i].standsFor())
		}
		return f.together(unit, year, figures, expected, among...)
	}
	change := compare(
		together(r.Question.BaseYear, func(row *RankingRow) *Figure { return row.Base }),
		together(r.Question.Year, func(row *RankingRow) *Figure { return row.Current }),
	)
	change.negative = *r.Question.NegativeBase
	return &RankingRow{
		Unit: unit, Current: change.current, Base: change.base, Change: change,
		Share: None(NotApplicable), GapToTarget: None(NotApplicable),
	}
}

// share fills the part of each row, and of the others, in the sum over all ranked
// units.
func (r *Ranking) share(ranked []*RankingRow) {
	if kind := r.Question.Indicator.Kind; kind != Count && kind != Amount {
		return
	}
	sum := decimal.Zero
	for _, row := range ranked {
		if value, ok := row.Current.Value.Decimal(); ok {
			sum = sum.Add(value)
		}
	}
	if r.Others != nil {
		ranked = slices.Concat(r.Rows, []*RankingRow{r.Others})
	}
	for _, row := range ranked {
		value, known := row.Current.Value.Decimal()
		if !known {
			row.Share = row.Current.Value
			continue
		}
		if part, ok := Divide(value.Mul(hundred()), sum); ok && sum.Sign() > 0 {
			row.Share = Known(part)
		}
	}
}
