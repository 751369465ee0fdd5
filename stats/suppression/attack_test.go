package suppression_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/niengiam/niengiam/stats/suppression"
)

// world is a random table with its true numbers, in one or two states. What the
// attacker knows of it is made here, without the package under test: the variables
// are the values, the equations say how they add up.
type world struct {
	threshold  int64
	parents    []int
	dimensions [][]int
	columns    int
	crossed    map[int][]int // columns of members of both dimensions
	states     int
	values     [][]int64 // by state, then cell; absent for none
}

const absent = int64(-1)

func (w *world) at(unit, column int) int { return unit*w.columns + column }

// newWorld makes a tree of three levels whose units have counts by up to two
// dimensions. In the second state some counts are new and some are revised.
func newWorld(random *rand.Rand, dimensions, states int) *world {
	w := &world{threshold: 3 + random.Int64N(4), parents: []int{-1}, columns: 1, states: states}
	for range 1 + random.IntN(3) {
		district := len(w.parents)
		w.parents = append(w.parents, 0)
		for range random.IntN(5) {
			w.parents = append(w.parents, district)
		}
	}
	for range dimensions {
		var members []int
		for range 2 + random.IntN(2) {
			members = append(members, w.columns)
			w.columns++
		}
		w.dimensions = append(w.dimensions, members)
	}
	if dimensions == 2 && random.IntN(2) == 0 {
		w.crossed = map[int][]int{}
		for i := range w.dimensions[0] {
			for j := range w.dimensions[1] {
				w.crossed[w.columns] = []int{i + 1, j + 1}
				w.columns++
			}
		}
	}
	leaf := make([]bool, len(w.parents))
	for unit := range leaf {
		leaf[unit] = true
	}
	for _, parent := range w.parents[1:] {
		leaf[parent] = false
	}
	for state := range states {
		values := make([]int64, len(w.parents)*w.columns)
		for unit := range w.parents {
			switch {
			case !leaf[unit]:
			case state > 0 && w.values[state-1][w.at(unit, 0)] != absent && random.IntN(4) > 0:
				copy(values[w.at(unit, 0):w.at(unit+1, 0)], w.values[state-1][w.at(unit, 0):w.at(unit+1, 0)])
			case state < states-1 && random.IntN(5) == 0:
				for column := range w.columns {
					values[w.at(unit, column)] = absent
				}
			default:
				w.fill(random, values, unit)
			}
		}
		for unit := len(w.parents) - 1; unit > 0; unit-- { // children come after their parents
			for column := range w.columns {
				if v := values[w.at(unit, column)]; v != absent {
					values[w.at(w.parents[unit], column)] += v
				}
			}
		}
		w.values = append(w.values, values)
	}
	return w
}

func (w *world) fill(random *rand.Rand, values []int64, unit int) {
	total := random.Int64N(4 * w.threshold)
	if random.IntN(3) == 0 {
		total = random.Int64N(w.threshold)
	}
	if w.crossed != nil {
		for column := range w.columns {
			of := w.crossed[column]
			if of == nil {
				continue
			}
			part := random.Int64N(w.threshold + 2)
			values[w.at(unit, column)] = part
			values[w.at(unit, 0)] += part
			values[w.at(unit, w.dimensions[0][of[0]-1])] += part
			values[w.at(unit, w.dimensions[1][of[1]-1])] += part
		}
		return
	}
	values[w.at(unit, 0)] = total
	for _, members := range w.dimensions {
		left := total
		for i, column := range members {
			part := left
			if i < len(members)-1 {
				part = random.Int64N(left + 1)
			}
			values[w.at(unit, column)] = part
			left -= part
		}
	}
}

func (w *world) class(v int64) (suppression.Class, bool) {
	switch {
	case v < 0:
		return 0, false
	case v == 0:
		return suppression.Zero, true
	case v < w.threshold:
		return 1, true
	}
	return 0, true
}

func (w *world) small(v int64) bool { return v > 0 && v < w.threshold }

// coordinates tells of each column which member of each dimension it is.
func (w *world) coordinates() [][]int {
	columns := make([][]int, w.columns)
	for column := range columns {
		columns[column] = make([]int, len(w.dimensions))
	}
	for d, members := range w.dimensions {
		for i, column := range members {
			columns[column][d] = i + 1
		}
	}
	for column, of := range w.crossed {
		columns[column] = of
	}
	return columns
}

func (w *world) table() *suppression.Table {
	t := &suppression.Table{Parents: w.parents, Columns: w.coordinates()}
	t.Cells = make([]suppression.Cell, len(w.parents)*w.columns)
	for at := range t.Cells {
		c := &t.Cells[at]
		c.Room = ^suppression.Room(0)
		for state, values := range w.values {
			v := values[at]
			if v <= 0 {
				continue // a zero is shown
			}
			c.States |= 1 << state
			if state > 0 && v == w.values[state-1][at] {
				c.Epochs[len(c.Epochs)-1] |= 1 << state
			} else {
				c.Epochs = append(c.Epochs, 1<<state)
			}
			c.Cost = 10 + v
			c.Room &= suppression.RoomOf(suppression.Value, func(step int64) (suppression.Class, bool) { return w.class(v + step) })
			if w.small(v) {
				c.Primary = 1 << suppression.Value
			}
		}
	}
	return t
}

// system is what an attacker makes of a table and a pattern: an unknown for each
// value that is withheld, the same one for states that share it, and an equation
// for each sum that has an unknown in it.
type system struct {
	unknowns []int64 // the true value of each
	small    []bool
	rows     [][]int64 // coefficients
	right    []int64   // what they add up to
}

func (w *world) attack(withheld []uint64, everything bool) *system {
	s := &system{}
	of := make([][]int, w.states)
	for state, values := range w.values {
		of[state] = make([]int, len(withheld))
		for at, v := range values {
			of[state][at] = -1
			switch {
			case withheld[at]&(1<<state) == 0 && !everything || v == absent || v == 0 && !everything:
			case state > 0 && v == w.values[state-1][at]:
				of[state][at] = of[state-1][at] // nothing was revised, as everybody can see
			default:
				of[state][at] = len(s.unknowns)
				s.unknowns, s.small = append(s.unknowns, v), append(s.small, w.small(v))
			}
		}
	}
	for state, values := range w.values {
		for unit := range w.parents {
			for column := range w.columns {
				var parts []int
				for child, parent := range w.parents {
					if parent == unit {
						parts = append(parts, w.at(child, column))
					}
				}
				if len(parts) > 0 {
					s.add(values, of[state], w.at(unit, column), parts)
				}
			}
			for _, sum := range w.sums() {
				var parts []int
				for _, column := range sum[1:] {
					parts = append(parts, w.at(unit, column))
				}
				s.add(values, of[state], w.at(unit, sum[0]), parts)
			}
		}
	}
	return s
}

// sums lists which columns add up to which, the total first.
func (w *world) sums() [][]int {
	var sums [][]int
	for _, members := range w.dimensions {
		sums = append(sums, append([]int{0}, members...))
	}
	if w.crossed == nil {
		return sums
	}
	for d, members := range w.dimensions {
		for i, total := range members {
			sum := []int{total}
			for column, of := range w.crossed {
				if of[d] == i+1 {
					sum = append(sum, column)
				}
			}
			sums = append(sums, sum)
		}
	}
	return sums
}

func (s *system) add(values []int64, of []int, total int, parts []int) {
	row, right, known := make([]int64, len(s.unknowns)), int64(0), true
	put := func(at int, sign int64) {
		switch {
		case values[at] == absent:
		case of[at] >= 0:
			row[of[at]] += sign
			known = false
		default:
			right -= sign * values[at]
		}
	}
	put(total, -1)
	for _, part := range parts {
		put(part, 1)
	}
	if !known {
		s.rows, s.right = append(s.rows, row), append(s.right, right)
	}
}

// determined lists the unknowns that a linear combination of the equations gives.
func (s *system) determined() []int {
	matrix := make([][]*big.Rat, len(s.rows))
	for i, row := range s.rows {
		matrix[i] = make([]*big.Rat, len(row))
		for j, v := range row {
			matrix[i][j] = big.NewRat(v, 1)
		}
	}
	rank := 0
	for column := range s.unknowns {
		pivot := -1
		for i := rank; i < len(matrix); i++ {
			if matrix[i][column].Sign() != 0 {
				pivot = i
				break
			}
		}
		if pivot < 0 {
			continue
		}
		matrix[rank], matrix[pivot] = matrix[pivot], matrix[rank]
		inverse := new(big.Rat).Inv(matrix[rank][column])
		for j := range matrix[rank] {
			matrix[rank][j] = new(big.Rat).Mul(matrix[rank][j], inverse)
		}
		for i := range matrix {
			if i == rank || matrix[i][column].Sign() == 0 {
				continue
			}
			factor := new(big.Rat).Set(matrix[i][column])
			for j := range matrix[i] {
				matrix[i][j] = new(big.Rat).Sub(matrix[i][j], new(big.Rat).Mul(factor, matrix[rank][j]))
			}
		}
		rank++
	}
	var found []int
	for _, row := range matrix[:rank] { // reduced: a row with one entry is a value
		only, entries := 0, 0
		for j, v := range row {
			if v.Sign() != 0 {
				only, entries = j, entries+1
			}
		}
		if entries == 1 {
			found = append(found, only)
		}
	}
	return found
}

func worlds(t *testing.T, count int, check func(t *testing.T, w *world)) {
	for seed := range count {
		random := rand.New(rand.NewPCG(2026, uint64(seed)))
		w := newWorld(random, seed%3, 1+seed/3%2)
		check(t, w)
		if t.Failed() {
			t.Fatalf("seed %d: threshold %d, parents %v, dimensions %v, values %v", seed, w.threshold, w.parents, w.dimensions, w.values)
		}
	}
}

func TestNoLinearCombinationGivesAWithheldCell(t *testing.T) {
	secondary, everything := 0, map[int]int{}
	worlds(t, 900, func(t *testing.T, w *world) {
		table := w.table()
		p := suppression.Solve(table)
		for at, withheld := range p.Withheld {
			if table.Cells[at].Primary != 0 && withheld == 0 {
				t.Errorf("cell %d is small and shown", at)
			}
			if withheld != 0 && table.Cells[at].Primary == 0 {
				secondary++
			}
		}
		s := w.attack(p.Withheld, p.Everything)
		for _, i := range s.determined() {
			if s.unknowns[i] != 0 || !p.Everything {
				t.Errorf("the unknown %d is %d for sure", i, s.unknowns[i])
			}
		}
		if p.Everything {
			everything[w.states]++
		}
	})
	if everything[1] != 0 || everything[2] > 30 {
		t.Errorf("everything was withheld %v times, by number of states", everything)
	}
	if secondary == 0 {
		t.Error("nothing was ever withheld to protect another cell")
	}
}

// Without secondary cells the attacker does compute small cells back: the test
// above is one that can fail.
func TestPrimaryCellsAloneAreComputedBack(t *testing.T) {
	broken := 0
	worlds(t, 300, func(_ *testing.T, w *world) {
		table := w.table()
		withheld := make([]uint64, len(table.Cells))
		for at, cell := range table.Cells {
			if cell.Primary != 0 {
				withheld[at] = cell.States
			}
		}
		if len(w.attack(withheld, false).determined()) > 0 {
			broken++
		}
	})
	if broken < 100 {
		t.Errorf("only %d of 300 tables were broken", broken)
	}
}
