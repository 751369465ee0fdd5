package suppression

import (
	"cmp"
	"slices"
)

// unstated stands for what belongs to no member of a dimension.
const unstated = 0

// choice is a balanced choice of columns.
type choice struct {
	parts []part
	// open are the sums that the choice leaves unbalanced, as Table.Unstated orders
	// them without the unit: they must be known not to add up.
	open []int
}

// part is a column that moves with the path, or against it.
type part struct {
	column  int
	against bool
}

// pick is what moves within one dimension: the total with a member, or a member
// with another one against it.
type pick struct {
	with, against int
	total         bool
}

// sign says whether a member of the dimension moves up or down; 0 is the total.
func (p pick) sign(member int) int {
	switch {
	case member == 0 && p.total, member != 0 && member == p.with:
		return 1
	case member != 0 && !p.total && member == p.against:
		return -1
	}
	return 0
}

// choices lists the balanced choices of columns that have a column in them, at most
// maxChoices, the cheapest members first.
func choices(s *solver, unit, column int, states uint64) []choice {
	all := [][]pick{nil}
	for d, own := range s.Columns[column] {
		var longer [][]pick
		for _, picks := range all {
			for _, p := range picksSolver(s, unit, column, d, own, states) {
				longer = append(longer, append(slices.Clip(picks), p))
			}
		}
		all = longer[:min(len(longer), maxChoices)]
	}
	var found []choice
	for _, picks := range all {
		c := choiceSolver(s, picks)
		if !slices.ContainsFunc(found, func(other choice) bool { return slices.Equal(c.parts, other.parts) && slices.Equal(c.open, other.open) }) {
			found = append(found, c)
		}
	}
	return found
}

// picksSolver lists what a dimension can do where a column of one of its members, or of
// its total, is to move.
func picksSolver(s *solver, unit, column, dimension, own int, states uint64) []pick {
	var others []int
	for member := range s.members[dimension] {
		others = append(others, member+1)
	}
	prices := make([]int64, len(others)+1)
	for _, member := range others {
		prices[member] = impossible
		if other := crossed(s, column, dimension, member); other >= 0 {
			prices[member] = s.price(unit, other, states)
		}
	}
	slices.SortStableFunc(others, func(a, b int) int { return cmp.Compare(prices[a], prices[b]) })
	others = append(others, unstated)
	var picks []pick
	if own != 0 {
		for _, other := range others {
			if other != own {
				picks = append(picks, pick{with: own, against: other})
			}
		}
		return slices.Insert(picks, 1, pick{with: own, total: true}) // early, for there is always a move with it
	}
	for _, other := range others {
		picks = append(picks, pick{with: other, total: true})
	}
	return picks
}

// crossed finds the column that differs from another in one dimension; -1 for none.
func crossed(s *solver, column, dimension, member int) int {
	return slices.IndexFunc(s.Columns, func(members []int) bool {
		for d, own := range s.Columns[column] {
			if d == dimension {
				own = member
			}
			if members[d] != own {
				return false
			}
		}
		return true
	})
}

// choiceSolver puts the picks of all dimensions together: a column moves as the product of
// what its members do.
func choiceSolver(s *solver, picks []pick) choice {
	var c choice
	for column, members := range s.Columns {
		sign := 1
		for d, member := range members {
			sign *= picks[d].sign(member)
		}
		if sign == 0 {
			continue
		}
		c.parts = append(c.parts, part{column: column, against: sign < 0})
		for d, p := range picks {
			switch {
			case p.total && p.with == unstated && members[d] == 0:
				c.open = append(c.open, column*s.dimensions()+d)
			case !p.total && p.against == unstated:
				if total := crossed(s, column, d, 0); total >= 0 {
					c.open = append(c.open, total*s.dimensions()+d)
				}
			}
		}
	}
	return c
}
