package suppression

import "math"

// impossible is the price of what cannot be.
const impossible = int64(math.MaxInt64)

// move is a change of withheld cells that leaves all sums as they are.
type move struct {
	units  []int
	choice choice
	price  int64
}

// search looks for the cheapest move of one choice of columns in some states of the
// table. A value that the states share with others moves in all of them or not at
// all; so a cell of a move has no epoch that is partly in its states.
type search struct {
	*solver
	choice choice
	layer  Layer
	tier   Tier
	states uint64
}

// through finds the cheapest move through a unit that is cheaper than best; nil
// when there is none. From the unit it goes down to a unit without children, and
// up until it can turn down again or has left the table over the root.
func (s *search) through(unit int, up bool, best *move) *move {
	limit := impossible
	if best != nil {
		limit = best.price
	}
	spent, own := s.down(unit, up, limit)
	if spent >= limit {
		return nil
	}
	var found *move
	take := func(price int64, other []int) {
		if price < limit {
			limit = price
			found = &move{units: append(append([]int{}, own...), other...), choice: s.choice, price: price}
		}
	}
	for at := unit; ; {
		parent := s.Parents[at]
		if parent < 0 {
			take(spent, nil)
			return found
		}
		for _, other := range s.children[parent] {
			if other == at {
				continue
			}
			if price, path := s.down(other, !up, limit-spent); price < limit-spent {
				take(spent+price, path)
			}
		}
		step := s.step(parent, up)
		if step >= limit-spent {
			return found
		}
		spent, own, at = spent+step, append(own, parent), parent
	}
}

// down finds the cheapest path from a unit down to one without children, itself
// included, if it is cheaper than a limit.
func (s *search) down(unit int, up bool, limit int64) (price int64, path []int) {
	last := s.isLast(unit)
	own := s.step(unit, up)
	switch {
	case own >= limit:
		return impossible, nil
	case last:
		return own, []int{unit}
	}
	price = impossible
	for _, child := range s.children[unit] {
		below, way := s.down(child, up, limit-own)
		if below < limit-own {
			limit, price, path = own+below, own+below, way
		}
	}
	if price == impossible {
		return impossible, nil
	}
	return price, append(path, unit)
}

// isLast reports whether nothing below a unit has a value in the columns.
func (s *search) isLast(unit int) bool {
	for _, child := range s.children[unit] {
		for _, part := range s.choice.parts {
			if s.Cells[s.at(child, part.column)].States != 0 {
				return false
			}
		}
	}
	return true
}

// step is the price of a unit in a move: of withholding its cells in all columns.
func (s *search) step(unit int, up bool) int64 {
	for _, sum := range s.choice.open {
		at := unit*len(s.Columns)*s.dimensions() + sum
		if (len(s.Unstated) == 0 || !s.Unstated[at]) && s.adds(unit, sum/s.dimensions(), sum%s.dimensions()) {
			return impossible
		}
	}
	price := int64(0)
	for _, part := range s.choice.parts {
		part := s.cell(unit, part.column, up != part.against)
		if part == impossible {
			return impossible
		}
		price += part
	}
	return price
}

// adds reports whether some member of a dimension is known beside a column of a unit.
func (s *search) adds(unit, column, dimension int) bool {
	for member := range s.members[dimension] {
		if other := crossed(s.solver, column, dimension, member+1); other >= 0 && s.Cells[s.at(unit, other)].States&s.states != 0 {
			return true
		}
	}
	return false
}

// cell is the price of one cell of a unit in a move.
func (s *search) cell(unit, column int, up bool) int64 {
	has := ^uint64(0)
	if crossing := s.crossing[column]; crossing != 0 {
		has = s.has[unit*s.crossings+crossing]
		// Where the crossing is not known there is nothing to balance, unless siblings
		// have it and their parent adds their members up without this unit's.
		if parent := s.Parents[unit]; parent >= 0 && s.states&^has&s.below[parent*s.crossings+crossing] != 0 {
			return impossible
		}
	}
	c, moves := s.Cells[s.at(unit, column)], s.states&has
	switch {
	case moves == 0:
		return 0
	case c.States&moves != moves, !closed(c, s.states):
		return impossible
	case c.Room&RoomFor(s.layer, s.tier, up) == 0:
		return impossible
	}
	return s.price(unit, column, moves)
}

// closed reports whether each epoch lies within some states or outside of them.
func closed(c Cell, states uint64) bool {
	if c.Epochs == nil {
		return c.States&states == 0 || c.States&^states == 0
	}
	for _, epoch := range c.Epochs {
		if epoch&states != 0 && epoch&^states != 0 {
			return false
		}
	}
	return true
}
