package suppression_test

import (
	"math/big"
	"testing"

	"github.com/niengiam/niengiam/stats/suppression"
)

// An attacker with a linear programme: knows that no withheld value is under one,
// and where the pattern says that it holds against that, too, which of them are
// small and so under the threshold. No small cell has a single possible value.
func TestNoBoundGivesASmallCell(t *testing.T) {
	narrow, strict := 0, 0
	worlds(t, 90, func(t *testing.T, w *world) {
		p := suppression.Solve(w.table())
		s := w.attack(p.Withheld, p.Everything)
		if p.Everything || len(s.unknowns) > 45 {
			return
		}
		told := p.Plain == 0
		if told {
			strict++
		}
		for i, small := range s.small {
			if !small {
				continue
			}
			low, high := s.interval(i, told, w.threshold)
			if new(big.Rat).Sub(high, low).Cmp(big.NewRat(1, 1)) < 0 {
				t.Errorf("the unknown %d, which is %d, lies between %s and %s (told: %v)", i, s.unknowns[i], low, high, told)
			}
			narrow++
		}
	})
	if narrow < 150 || strict < 10 {
		t.Errorf("only %d small cells were attacked, %d tables with all that can be told", narrow, strict)
	}
}

// interval is the least and the greatest value that an unknown can have, exactly:
// the simplex method of Dantzig by the rule of Bland, in two phases, on rationals.
func (s *system) interval(unknown int, told bool, threshold int64) (low, high *big.Rat) {
	solve := func(sign int64) *big.Rat {
		p := &programme{columns: len(s.unknowns)}
		for i, row := range s.rows { // unknown = 1 + y, y ≥ 0
			right := s.right[i]
			for _, v := range row {
				right -= v
			}
			p.add(row, right)
		}
		for i, small := range s.small {
			switch {
			case small && told: // y ≤ threshold − 2
				p.atMost(i, threshold-2)
			case told: // y ≥ threshold − 1
				p.atLeast(i, threshold-1)
			case i == unknown: // no need to look further
				p.atMost(i, 1000)
			}
		}
		return new(big.Rat).Add(p.minimise(unknown, sign), big.NewRat(sign, 1))
	}
	return solve(1), new(big.Rat).Neg(solve(-1))
}

// programme is equations over variables that are not negative.
type programme struct {
	columns int
	rows    []map[int]int64
	right   []int64
}

func (p *programme) add(row []int64, right int64) {
	entries := map[int]int64{}
	for j, v := range row {
		if v != 0 {
			entries[j] = v
		}
	}
	p.rows, p.right = append(p.rows, entries), append(p.right, right)
}

func (p *programme) atMost(variable int, limit int64)  { p.bound(variable, 1, limit) }
func (p *programme) atLeast(variable int, limit int64) { p.bound(variable, -1, limit) }

func (p *programme) bound(variable int, slack, limit int64) {
	p.rows = append(p.rows, map[int]int64{variable: 1, p.columns: slack})
	p.right = append(p.right, limit)
	p.columns++
}

// minimise returns the least of sign × a variable.
func (p *programme) minimise(variable int, sign int64) *big.Rat {
	n, m := p.columns, len(p.rows)
	t := make([][]*big.Rat, m) // columns, artificial columns, right side
	basis := make([]int, m)
	for i, row := range p.rows {
		t[i] = make([]*big.Rat, n+m+1)
		flip := int64(1)
		if p.right[i] < 0 {
			flip = -1
		}
		for j := range t[i] {
			t[i][j] = new(big.Rat)
		}
		for j, v := range row {
			t[i][j].SetInt64(flip * v)
		}
		t[i][n+i].SetInt64(1)
		t[i][n+m].SetInt64(flip * p.right[i])
		basis[i] = n + i
	}
	first := make([]int64, n+m)
	for j := n; j < n+m; j++ {
		first[j] = 1
	}
	if simplex(t, basis, first, n+m).Sign() != 0 {
		panic("the true table is not a solution")
	}
	second := make([]int64, n+m)
	second[variable] = sign
	return simplex(t, basis, second, n)
}

// simplex minimises over the columns before a limit; artificial variables that
// stay in the basis are zero and are driven out when a pivot meets them.
func simplex(t [][]*big.Rat, basis []int, cost []int64, limit int) *big.Rat {
	right := len(cost)
	for {
		entering := -1
		for j := 0; j < limit && entering < 0; j++ {
			reduced := big.NewRat(cost[j], 1)
			for i := range t {
				if c := cost[basis[i]]; c != 0 && t[i][j].Sign() != 0 {
					reduced.Sub(reduced, new(big.Rat).Mul(big.NewRat(c, 1), t[i][j]))
				}
			}
			if reduced.Sign() < 0 {
				entering = j
			}
		}
		if entering < 0 {
			value := new(big.Rat)
			for i := range t {
				value.Add(value, new(big.Rat).Mul(big.NewRat(cost[basis[i]], 1), t[i][right]))
			}
			return value
		}
		leaving := -1
		var least *big.Rat
		for i := range t {
			entry := t[i][entering]
			if basis[i] >= limit && entry.Sign() != 0 {
				leaving = i // an artificial zero: it must not grow
				break
			}
			if entry.Sign() <= 0 {
				continue
			}
			ratio := new(big.Rat).Quo(t[i][right], entry)
			if least == nil || ratio.Cmp(least) < 0 || ratio.Cmp(least) == 0 && basis[i] < basis[leaving] {
				least, leaving = ratio, i
			}
		}
		if leaving < 0 {
			panic("unbounded")
		}
		pivot(t, leaving, entering)
		basis[leaving] = entering
	}
}

func pivot(t [][]*big.Rat, row, column int) {
	inverse := new(big.Rat).Inv(t[row][column])
	for j := range t[row] {
		if t[row][j].Sign() != 0 {
			t[row][j] = new(big.Rat).Mul(t[row][j], inverse)
		}
	}
	for i := range t {
		if i == row || t[i][column].Sign() == 0 {
			continue
		}
		factor := t[i][column]
		for j := range t[i] {
			if t[row][j].Sign() != 0 {
				t[i][j] = new(big.Rat).Sub(t[i][j], new(big.Rat).Mul(factor, t[row][j]))
			}
		}
	}
}
