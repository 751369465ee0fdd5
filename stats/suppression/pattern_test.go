package suppression_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/niengiam/niengiam/stats/suppression"
)

// one makes a world of one state, of a province, its districts and communes.
func one(threshold int64, parents []int, dimensions [][]int, columns int, values ...int64) *world {
	return &world{threshold: threshold, parents: parents, dimensions: dimensions, columns: columns, states: 1, values: [][]int64{values}}
}

func TestPattern(t *testing.T) {
	sexes := [][]int{{1, 2}}
	for _, c := range []struct {
		what     string
		w        *world
		withheld []int
	}{
		{"nothing small, nothing withheld", one(5, []int{-1, 0, 0}, nil, 1, 30, 10, 20), nil},
		{"a small cell takes the cheapest sibling with it", one(5, []int{-1, 0, 0, 0}, nil, 1, 32, 2, 20, 10), []int{1, 3}},
		{"a zero protects nobody", one(5, []int{-1, 0, 0, 0}, nil, 1, 22, 2, 20, 0), []int{1, 2}},
		{"two ones that sum to two are both one, so a third goes", one(5, []int{-1, 0, 0, 0}, nil, 1, 12, 1, 1, 10), []int{1, 2, 3}},
		{"one and three protect each other", one(5, []int{-1, 0, 0, 0}, nil, 1, 14, 1, 3, 10), []int{1, 2}},
		{"an only child takes its parent along, and that a sibling", one(5, []int{-1, 0, 1, 0}, nil, 1, 12, 2, 2, 10), []int{1, 2, 3}},
		{"where all is one cell the whole column goes", one(5, []int{-1, 0, 1}, nil, 1, 2, 2, 2), []int{0, 1, 2}},
		{
			"a member takes its counterpart in two units", one(5, []int{-1, 0, 0}, sexes, 3,
				60, 22, 38, 20, 2, 18, 40, 20, 20), []int{4, 5, 7, 8},
		},
		{
			"a small total takes a member along, and both in another unit", one(5, []int{-1, 0, 0, 0}, sexes, 3,
				54, 23, 31, 4, 3, 1, 20, 10, 10, 30, 10, 20), []int{3, 4, 5, 6, 7, 8},
		},
	} {
		p := suppression.Solve(c.w.table())
		var got []int
		for at, states := range p.Withheld {
			if states != 0 {
				got = append(got, at)
			}
		}
		if p.Everything || !slices.Equal(got, c.withheld) {
			t.Errorf("%s: %v is withheld, want %v", c.what, got, c.withheld)
		}
	}
}

// A cell that is new in the second state cannot hide behind one that is not: the
// difference of the two totals would be its value.
func TestStatesAreNotHeldAgainstEachOther(t *testing.T) {
	w := one(5, []int{-1, 0, 0, 0, 0, 0}, nil, 1)
	w.states = 2
	w.values = [][]int64{{47, 2, 20, 25, absent, absent}, {70, 2, 20, 25, 3, 20}}
	p := suppression.Solve(w.table())
	if got := p.Withheld; !slices.Equal(got, []uint64{0, 3, 3, 0, 2, 2}) {
		t.Errorf("the states withheld are %v", got)
	}
}

// Ten thousand communes by two sexes, a fifth of them with few cases.
func BenchmarkSolve(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	w := &world{threshold: 5, parents: []int{-1}, dimensions: [][]int{{1, 2}}, columns: 3, states: 1}
	for range 63 {
		province := len(w.parents)
		w.parents = append(w.parents, 0)
		for range 11 {
			district := len(w.parents)
			w.parents = append(w.parents, province)
			for range 15 {
				w.parents = append(w.parents, district)
			}
		}
	}
	values := make([]int64, 3*len(w.parents))
	for unit, parent := range slices.Backward(w.parents) {
		if values[3*unit] == 0 {
			values[3*unit+1], values[3*unit+2] = random.Int64N(25), random.Int64N(25)
			values[3*unit] = values[3*unit+1] + values[3*unit+2]
		}
		if parent >= 0 {
			for column := range 3 {
				values[3*parent+column] += values[3*unit+column]
			}
		}
	}
	w.values = [][]int64{values}
	table := w.table()
	var p *suppression.Pattern
	for b.Loop() {
		p = suppression.Solve(table)
	}
	small, withheld := 0, 0
	for at, states := range p.Withheld {
		if states != 0 {
			withheld++
		}
		if table.Cells[at].Primary != 0 {
			small++
		}
	}
	b.ReportMetric(float64(len(w.parents)), "units")
	b.ReportMetric(float64(small), "primary")
	b.ReportMetric(float64(withheld), "withheld")
}
