package stats

import (
	"slices"

	"github.com/shopspring/decimal"
)

// standings gives each figure's rank by its measure, as a ranking by value gives
// it: 1 for the best end, ties sharing a rank (1, 2, 2, 4); 0 where there is no
// number. It says also how many have a rank.
func standings(figures []*Figure, direction Direction) (ranks []int, ranked int) {
	type placed struct {
		number Fraction
		at     int
	}
	sorted := make([]placed, 0, len(figures))
	for at, f := range figures {
		if number, known := f.Measure().Number(); known {
			sorted = append(sorted, placed{number, at})
		}
	}
	slices.SortFunc(sorted, func(a, b placed) int {
		if direction == LowerIsBetter {
			return a.number.Cmp(b.number)
		}
		return b.number.Cmp(a.number)
	})
	ranks = make([]int, len(figures))
	tied := func(place int) bool { return sorted[place].number.Cmp(sorted[place-1].number) == 0 }
	for place, rank := range competitionRanks(len(sorted), tied, false) {
		ranks[sorted[place].at] = rank
	}
	return ranks, len(sorted)
}

// sameRanked tells whether the same ones have a rank in both.
func sameRanked(a, b []int) bool {
	return slices.EqualFunc(a, b, func(a, b int) bool { return (a == 0) == (b == 0) })
}

// sameKeys tells whether two lists by code are of the same units.
func sameKeys(a, b []*Unit) bool {
	return slices.EqualFunc(a, b, func(a, b *Unit) bool { return a.Key() == b.Key() })
}

// standings ranks units by their figures of a year.
func (f *facts) standings(units []*Unit, year Year) (ranks []int, ranked int) {
	figures := make([]*Figure, len(units))
	for at, unit := range units {
		figures[at] = f.figure(unit, year)
	}
	return standings(figures, f.indicator.Direction)
}

// counted makes a Value of a count.
func counted(n int) Value { return Exactly(decimal.NewFromInt(int64(n))) }

// rank ranks all units of the table, pages included, in each indicator and year
// where a column asks for it.
func (t *tabulation) rank() {
	p := t.plan
	if !p.ranked {
		return
	}
	years := p.question.Years
	t.ranks, t.moves = make([][]int, len(t.facts)*len(years)), make([]bool, len(t.facts)*len(years))
	t.baseRanks = make([][]int, len(t.facts))
	figures := make([]*Figure, len(p.units))
	of := func(indicator, year int) []int {
		for at := range figures {
			figures[at] = t.figure(indicator, year, at)
		}
		ranks, _ := standings(figures, t.facts[indicator].indicator.Direction)
		return ranks
	}
	for i, f := range t.facts {
		if p.moved {
			t.baseRanks[i] = of(i, len(years))
		}
		for j, year := range years {
			place := i*len(years) + j
			t.ranks[place] = of(i, j)
			t.moves[place] = p.moved && sameRanked(t.ranks[place], t.baseRanks[i]) && p.sameUnits(f.indicator, year)
		}
	}
}

// standing gives the rank of a row, or how far it rose since the base year.
func (t *tabulation) standing(column *TableColumn, f *Figure, at int) Value {
	if at == noPlace {
		return None(NotApplicable)
	}
	if !t.plan.oneLevel {
		return None(NotComparable)
	}
	rank := t.ranks[column.place][at]
	if rank == 0 {
		return f.Measure()
	}
	if column.Measure == ShowRank {
		return counted(rank)
	}
	years := len(t.plan.question.Years)
	switch {
	case column.Year == *t.plan.question.BaseYear:
		return None(NotApplicable)
	case !t.moves[column.place]:
		t.notes.unitsDiffer = true
		return None(NotComparable)
	}
	return counted(t.baseRanks[column.place/years][at] - rank)
}
