package query

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// The codes that stand in place of a unit's for the units beyond the top, and for all
// ranked ones.
const (
	othersCode = "others"
	rankedCode = "ranked"
)

// othersOf makes one row of several: its figures are theirs together.
func othersOf(r *Ranking, f *figure.Facts, rows []*RankingRow) *RankingRow {
	names := number.CountText("%s đơn vị còn lại", "%s other units", len(rows))
	if len(rows) == 1 {
		names.EN = strings.TrimSuffix(names.EN, "s")
	}
	var within *catalogue.Unit
	if r.Total != nil {
		within = r.Total.Unit
	}
	unit := catalogue.NewGroup(othersCode, names, r.Question.Level, within)
	change := Compare(
		together(f, unit, r.Question.BaseYear, rows, func(row *RankingRow) *figure.Figure { return row.Base }),
		together(f, unit, r.Question.Year, rows, func(row *RankingRow) *figure.Figure { return row.Current }),
	)
	change.negative = *r.Question.NegativeBase
	return &RankingRow{
		Unit: unit, Current: change.current, Base: change.base, Change: change,
		Share: number.None(number.NotApplicable), GapToTarget: number.None(number.NotApplicable),
	}
}

// together makes one figure of those of several rows.
func together(f *figure.Facts, unit *catalogue.Unit, year number.Year, rows []*RankingRow, of func(*RankingRow) *figure.Figure) *figure.Figure {
	figures, among, expected := make([]*figure.Figure, len(rows)), make([]*catalogue.Unit, len(rows)), 0
	for i, row := range rows {
		figures[i], among[i] = of(row), row.Unit
		expected += max(figures[i].Eligible, figures[i].StandsFor())
	}
	return figure.Combine(f, unit, year, figures, expected, among...)
}

// shareOfTotal fills the part of each row, and of the others, in the sum over all ranked
// units.
func shareOfTotal(r *Ranking, f *figure.Facts, ranked []*RankingRow) {
	if len(ranked) == 0 || !r.Question.Indicator.IsSum() {
		return
	}
	names := number.CountText("%s đơn vị được xếp hạng", "%s ranked units", len(ranked))
	r.ShareOf = together(f, catalogue.NewGroup(rankedCode, names, r.Question.Level, r.Question.Within), r.Question.Year, ranked, func(row *RankingRow) *figure.Figure { return row.Current })
	var values []number.Fraction
	for _, row := range ranked {
		if value, ok := row.Current.Value.Number(); ok {
			values = append(values, value)
		}
	}
	sum := number.Sum(values)
	if r.Others != nil {
		ranked = slices.Concat(r.Rows, []*RankingRow{r.Others})
	}
	for _, row := range ranked {
		switch value, known := row.Current.Value.Number(); {
		case !known:
			row.Share = row.Current.Value
		case sum.Sign() <= 0:
			row.Share = number.None(number.SumNotPositive)
		default:
			row.Share = number.Known(value.Times(number.Hundred()).Over(sum))
		}
	}
}
