package query

import (
	"slices"
	"strings"
	"sync"

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
	return &RankingRow{Unit: unit, Current: change.current, Base: change.base, Change: change, GapToTarget: number.None(number.NotApplicable)}
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

// whole is the ranked units taken as one, what the share of each is a part of. It is added
// up when somebody asks.
type whole struct {
	sum    func() number.Fraction
	figure func() *figure.Figure
}

// shareOfTotal tells each row, and the others, what their shares are parts of: the sum over
// all ranked units.
func shareOfTotal(r *Ranking, f *figure.Facts, ranked []*RankingRow) {
	if len(ranked) == 0 || !r.Question.Indicator.IsSum() {
		return
	}
	current := func(row *RankingRow) *figure.Figure { return row.Current }
	r.whole = &whole{sum: sync.OnceValue(func() number.Fraction {
		var values []number.Fraction
		for _, row := range ranked {
			values = append(values, row.Current.Value.Fraction()) // 0 where there is none
		}
		return number.Sum(values)
	}), figure: sync.OnceValue(func() *figure.Figure {
		names := number.CountText("%s đơn vị được xếp hạng", "%s ranked units", len(ranked))
		return together(f, catalogue.NewGroup(rankedCode, names, r.Question.Level, r.Question.Within), r.Question.Year, ranked, current)
	})}
	parts := ranked // which stay what is added up
	if r.Others != nil {
		parts = slices.Concat(r.Rows, []*RankingRow{r.Others})
	}
	for _, row := range parts {
		row.whole = r.whole
	}
}

// ShareOf is the ranked units taken as one, what shares are parts of; nil for kinds that
// have none, and where no unit is ranked.
func (r *Ranking) ShareOf() *figure.Figure {
	if r.whole == nil {
		return nil
	}
	return r.whole.figure()
}

// Share is the part of the sum over all ranked units in percent, of counts and amounts;
// none for other kinds, and of a sum that is not positive.
func (r *RankingRow) Share() number.Value {
	if r.whole == nil {
		return number.None(number.NotApplicable)
	}
	value, known := r.Current.Value.Number()
	if !known {
		return r.Current.Value
	}
	sum := r.whole.sum()
	if sum.Sign() <= 0 {
		return number.None(number.SumNotPositive)
	}
	return number.Known(value.Times(number.Hundred()).Over(sum))
}

// ShareReason says why the row has no share; nil when it has one.
func (r *RankingRow) ShareReason() *number.Reason { return r.Share().Reason() }
