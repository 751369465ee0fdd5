package suppression

import "slices"

// maxChoices is how many choices of members of the dimensions are tried for one
// cell of the total, the cheapest first.
const maxChoices = 64

// Solve finds the pattern of a table. The same table always gives the same.
func Solve(t *Table) *Pattern {
	s := newSolver(t)
	for at, cell := range t.Cells {
		if cell.Primary != 0 {
			s.withheld[at] = cell.States
		}
	}
	p := &Pattern{Withheld: s.withheld}
	for at, cell := range t.Cells {
		for layer := range layers {
			if cell.Primary&(1<<layer) == 0 {
				continue
			}
			switch s.protect(at, layer) {
			case unprotected:
				p.Everything = true
				for i, cell := range t.Cells {
					s.withheld[i] = cell.States
				}
				return p
			case Plain:
				p.Plain++
			}
		}
	}
	return p
}

// unprotected is the tier of a cell for which there is no move.
const unprotected = tiers

// solver is a pattern while it is made.
type solver struct {
	*Table
	withheld []uint64
	children [][]int
	// has gives for each unit, then dimension, the states in which some member has
	// a value, below those in which a member of one of its children has.
	has, below []uint64
	dimension  []int // of each column; -1 for the total
}

func newSolver(t *Table) *solver {
	units, dimensions := len(t.Parents), len(t.Dimensions)
	s := &solver{
		Table: t, withheld: make([]uint64, len(t.Cells)), children: make([][]int, units),
		has: make([]uint64, units*dimensions), below: make([]uint64, units*dimensions), dimension: make([]int, t.Columns),
	}
	s.dimension[0] = -1
	for d, columns := range t.Dimensions {
		for _, column := range columns {
			s.dimension[column] = d
		}
	}
	for unit, parent := range t.Parents {
		for d, columns := range t.Dimensions {
			for _, column := range columns {
				s.has[unit*dimensions+d] |= t.Cells[t.at(unit, column)].States
			}
		}
		if parent < 0 {
			continue
		}
		s.children[parent] = append(s.children[parent], unit)
		for d := range t.Dimensions {
			s.below[parent*dimensions+d] |= s.has[unit*dimensions+d]
		}
	}
	return s
}

// protect withholds what the cheapest moves through a cell need, and says in which
// tier they are moves: one for all its states, else one for each of its epochs.
func (s *solver) protect(at int, layer Layer) Tier {
	cell := s.Cells[at]
	for tier := range tiers {
		if s.move(at, layer, tier, cell.States) {
			return tier
		}
	}
	if len(cell.Epochs) < 2 {
		return unprotected
	}
	worst := Strict
	for _, epoch := range cell.Epochs {
		switch {
		case s.move(at, layer, Strict, epoch):
		case s.move(at, layer, Plain, epoch):
			worst = Plain
		default:
			return unprotected
		}
	}
	return worst
}

// move withholds what the cheapest move through a cell in some states needs, and
// says whether there is any.
func (s *solver) move(at int, layer Layer, tier Tier, states uint64) bool {
	unit, column := at/s.Columns, at%s.Columns
	var best *move
	for _, choice := range s.choices(unit, column, states) {
		for _, up := range []bool{true, false} {
			if best != nil && best.price == 0 {
				return true
			}
			m := &search{solver: s, choice: choice, layer: layer, tier: tier, states: states}
			if found := m.through(unit, up, best); found != nil {
				best = found
			}
		}
	}
	if best != nil {
		s.withhold(best, states)
	}
	return best != nil
}

func (s *solver) withhold(m *move, states uint64) {
	for _, unit := range m.units {
		for _, part := range m.choice {
			if part.column != unstated {
				at := s.at(unit, part.column)
				s.withheld[at] |= states & s.Cells[at].States
			}
		}
	}
}

// unstated stands for the column of what belongs to no member of a dimension.
const unstated = -1

// part is a column that moves with the path, or against it.
type part struct {
	column    int
	dimension int
	against   bool
}

// choices lists the balanced choices of columns that have a column in them.
func (s *solver) choices(unit, column int, states uint64) [][]part {
	var all [][]part
	own := s.dimension[column]
	if column != 0 {
		for _, other := range s.Dimensions[own] {
			if other != column {
				all = append(all, []part{{column: column, dimension: own}, {column: other, dimension: own, against: true}})
			}
		}
	}
	whole := [][]part{{{column: 0, dimension: -1}}}
	for d := range s.Dimensions {
		members := s.members(unit, d, states)
		if d == own {
			members = []int{column}
		}
		var longer [][]part
		for _, choice := range whole {
			for _, member := range members {
				longer = append(longer, append(slices.Clone(choice), part{column: member, dimension: d}))
			}
		}
		whole = longer[:min(len(longer), maxChoices)]
	}
	return append(all, whole...)
}

// members lists the columns of a dimension, those first that cost least in a unit,
// and the unstated one last.
func (s *solver) members(unit, dimension int, states uint64) []int {
	members := slices.Clone(s.Dimensions[dimension])
	slices.SortStableFunc(members, func(a, b int) int {
		switch difference := s.price(unit, a, states) - s.price(unit, b, states); {
		case difference < 0:
			return -1
		case difference > 0:
			return 1
		}
		return 0
	})
	return append(members, unstated)
}

// price is what it costs to withhold a cell in some states; nothing where it is
// withheld anyway.
func (s *solver) price(unit, column int, states uint64) int64 {
	at := s.at(unit, column)
	switch states &= s.Cells[at].States; {
	case states == 0:
		return impossible
	case s.withheld[at]&states == states:
		return 0
	}
	return s.Cells[at].Cost
}
