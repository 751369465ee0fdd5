package suppression

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
	// crossing is the dimensions that a column is of members of, one bit for each.
	crossing []int
	// has holds for each unit, then crossing, the states in which some column of it
	// has a value, below those in which one of the unit's children has.
	has, below []uint64
	crossings  int
	members    []int // the greatest member of each dimension
}

func newSolver(t *Table) *solver {
	units, dimensions := len(t.Parents), t.dimensions()
	s := &solver{
		Table: t, withheld: make([]uint64, len(t.Cells)), children: make([][]int, units), crossing: make([]int, len(t.Columns)),
		crossings: 1 << dimensions, members: make([]int, dimensions),
	}
	s.has, s.below = make([]uint64, units*s.crossings), make([]uint64, units*s.crossings)
	for column, members := range t.Columns {
		for d, member := range members {
			if member != 0 {
				s.crossing[column] |= 1 << d
				s.members[d] = max(s.members[d], member)
			}
		}
	}
	for unit, parent := range t.Parents {
		for column, crossing := range s.crossing {
			s.has[unit*s.crossings+crossing] |= t.Cells[t.at(unit, column)].States
		}
		if parent < 0 {
			continue
		}
		s.children[parent] = append(s.children[parent], unit)
		for crossing := range s.crossings {
			s.below[parent*s.crossings+crossing] |= s.has[unit*s.crossings+crossing]
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
	unit, column := at/len(s.Columns), at%len(s.Columns)
	var best *move
	for _, choice := range choices(s, unit, column, states) {
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
		for _, part := range m.choice.parts {
			at := s.at(unit, part.column)
			s.withheld[at] |= states & s.Cells[at].States
		}
	}
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
