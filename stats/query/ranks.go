package query

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/estimate"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// ranksOf returns each figure's rank by its measure, as a ranking by value gives
// it: 1 for the best end, ties sharing a rank (1, 2, 2, 4); 0 where there is no
// number. It says also how many have a rank.
func ranksOf(figures []*figure.Figure, direction catalogue.Direction) (ranks []int, ranked int) {
	type placed struct {
		number number.Fraction
		at     int
	}
	sorted := make([]placed, 0, len(figures))
	for at, f := range figures {
		if number, known := f.Measure().Number(); known {
			sorted = append(sorted, placed{number, at})
		}
	}
	slices.SortFunc(sorted, func(a, b placed) int {
		if direction == catalogue.LowerIsBetter {
			return a.number.Cmp(b.number)
		}
		return b.number.Cmp(a.number)
	})
	ranks = make([]int, len(figures))
	tied := func(place int) bool { return sorted[place].number.Cmp(sorted[place-1].number) == 0 }
	for place, rank := range estimate.CompetitionRanks(len(sorted), tied, false) {
		ranks[sorted[place].at] = rank
	}
	return ranks, len(sorted)
}

// sameRanked reports whether the same ones have a rank in both.
func sameRanked(a, b []int) bool {
	return slices.EqualFunc(a, b, func(a, b int) bool { return (a == 0) == (b == 0) })
}

// sameKeys reports whether two lists by code are of the same units.
func sameKeys(a, b []*catalogue.Unit) bool {
	return slices.EqualFunc(a, b, func(a, b *catalogue.Unit) bool { return a.Key() == b.Key() })
}

// ranksOfUnits ranks units by their figures of a year.
func ranksOfUnits(f *figure.Facts, units []*catalogue.Unit, year number.Year) (ranks []int, ranked int) {
	figures := make([]*figure.Figure, len(units))
	for at, unit := range units {
		figures[at] = f.Figure(unit, year)
	}
	return ranksOf(figures, f.Indicator.Direction)
}

// countValue makes a Value of a count.
func countValue(n int) number.Value { return number.Exactly(decimal.NewFromInt(int64(n))) }

// rankTable ranks all units of the table, pages included, in each indicator and year
// where a column asks for it.
func rankTable(t *tabulation) {
	p := t.plan
	if !p.ranked {
		return
	}
	years := len(p.years)
	t.ranks, t.moves = make([][]int, len(t.facts)*years), make([]bool, len(t.facts)*years)
	figures := make([]*figure.Figure, len(p.units))
	of := func(indicator, year int) []int {
		for at := range figures {
			figures[at] = t.figure(indicator, year, at)
		}
		ranks, _ := ranksOf(figures, t.facts[indicator].Indicator.Direction)
		return ranks
	}
	for i, f := range t.facts {
		for j := range years {
			t.ranks[i*years+j] = of(i, j)
		}
		for j, base := range p.bases {
			t.moves[i*years+j] = sameRanked(t.ranks[i*years+j], t.ranks[i*years+base]) && p.sameUnits(f.Indicator, p.years[j], p.years[base])
		}
	}
}

// rankValue returns the rank of a row, or how far it rose since the base year.
func rankValue(t *tabulation, column *TableColumn, f *figure.Figure, at int) number.Value {
	if at == noPlace {
		return number.None(number.NotApplicable)
	}
	if !t.plan.oneLevel {
		return number.None(number.NotComparable)
	}
	years, asked := len(t.plan.years), len(t.plan.question.Years)
	i, j := column.place/asked, column.place%asked
	rank := t.ranks[i*years+j][at]
	if rank == 0 {
		return f.Measure()
	}
	if column.Measure == catalogue.ShowRank {
		return countValue(rank)
	}
	base := t.plan.bases[j]
	switch {
	case base == j:
		return number.None(number.NotApplicable)
	case !t.moves[i*years+j]:
		t.notes.unitsDiffer = true
		return number.None(number.NotComparable)
	}
	return countValue(t.ranks[i*years+base][at] - rank)
}
