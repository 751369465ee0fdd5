package suppression

import "math"

// impossible is the price of what cannot be.
const impossible = int64(math.MaxInt64)

// move is a way to change withheld cells that leaves all sums as they are.
type move struct {
	units  []int
	choice []part
	price  int64
}

// search looks for the cheapest move of one choice of columns in some states of the
// table. A value that the states share with others moves in all of them or not at
// all; so a cell of a move has no epoch that is partly in its states.
type search struct {
	*solver
	choice []part
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
		step := s.step(parent, up, false)
		if step >= limit-spent {
			return found
		}
		spent, own, at = spent+step, append(own, parent), parent
	}
}

// down finds the cheapest way from a unit down to one without children, itself
// included, if it is cheaper than a limit.
func (s *search) down(unit int, up bool, limit int64) (price int64, path []int) {
	last := s.isLast(unit)
	own := s.step(unit, up, last)
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

// isLast tells whether nothing below a unit has a value in the columns.
func (s *search) isLast(unit int) bool {
	for _, child := range s.children[unit] {
		for _, part := range s.choice {
			if part.column != unstated && s.Cells[s.at(child, part.column)].States != 0 {
				return false
			}
		}
	}
	return true
}

// step is the price of a unit in a move: of withholding its cells in all columns.
func (s *search) step(unit int, up, last bool) int64 {
	price := int64(0)
	for i := range s.choice {
		part := s.cell(unit, s.choice[i], up, last)
		if part == impossible {
			return impossible
		}
		price += part
	}
	return price
}

// cell is the price of one cell of a unit in a move.
func (s *search) cell(unit int, p part, up, last bool) int64 {
	has := s.hasStates(unit, p.dimension)
	// Where the dimension is not known there is nothing to balance, unless siblings
	// have it and their parent adds their members up without this unit's.
	if parent := s.Parents[unit]; p.column != unstated && p.dimension >= 0 && parent >= 0 &&
		s.states&^has&s.below[parent*len(s.Dimensions)+p.dimension] != 0 {
		return impossible
	}
	if s.states&has == 0 {
		return 0
	}
	if p.column == unstated {
		if last || s.Unstated == nil || !s.Unstated[unit*len(s.Dimensions)+p.dimension] {
			return impossible
		}
		return 0
	}
	c, moves := s.Cells[s.at(unit, p.column)], s.states&has
	switch {
	case c.States&moves != moves, !c.closed(s.states):
		return impossible
	case c.Room&RoomFor(s.layer, s.tier, up != p.against) == 0:
		return impossible
	}
	return s.price(unit, p.column, moves)
}

// closed tells whether each epoch lies within some states or outside of them.
func (c Cell) closed(states uint64) bool {
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

// hasStates are the states in which a dimension is known of a unit; all for the total.
func (s *search) hasStates(unit, dimension int) uint64 {
	if dimension < 0 {
		return ^uint64(0)
	}
	return s.has[unit*len(s.Dimensions)+dimension]
}
