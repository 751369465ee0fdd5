package figure

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/suppression"
)

// maxStates is the cap on the states of one indicator and year that are compared with
// each other: what could be seen of it at any time; beyond it everything is withheld.
const maxStates = 64

// cellTable is all cells of an indicator in one year: of all units, totals and
// members, in each state.
type cellTable struct {
	indicator *catalogue.Indicator
	units     []*catalogue.Unit // from the top level down
	places    map[uint32]int
	children  [][]int
	columns   []string
	members   [][]int     // of each column, by dimension, from 1
	amounts   [][]*amount // by state, then cell; nil for none
}

// newCellTable makes the table from all observations of the indicator and year, and
// what of them is current in each state. It is nil where there are too many states to
// hold against each other.
func newCellTable(h *catalogue.Hierarchy, i *catalogue.Indicator, history []ledger.Observation, states [][]ledger.Observation) *cellTable {
	if len(states) > maxStates {
		return nil
	}
	t := &cellTable{indicator: i, units: h.Units, places: make(map[uint32]int, len(h.Units)), children: make([][]int, len(h.Units))}
	for place, unit := range t.units {
		t.places[unit.Key()] = place
		if unit.Parent() != nil {
			parent := t.places[unit.Parent().Key()]
			t.children[parent] = append(t.children[parent], place)
		}
	}
	t.arrange(history)
	for _, state := range states {
		t.amounts = append(t.amounts, t.fill(state))
	}
	return t
}

// arrange finds the columns: the total, all breakdowns that have observations, and
// the totals between them, those of fewest dimensions first.
func (t *cellTable) arrange(history []ledger.Observation) {
	of := map[string][]int{}
	var add func(members []int)
	add = func(members []int) {
		column := t.column(members)
		if of[column] != nil {
			return
		}
		of[column] = members
		for d, member := range members {
			if member != 0 {
				less := slices.Clone(members)
				less[d] = 0
				add(less)
			}
		}
	}
	add(make([]int, len(t.indicator.Dimensions)))
	seen := map[string]bool{}
	for _, o := range history {
		if seen[o.Breakdown] {
			continue
		}
		seen[o.Breakdown] = true
		if members := t.coordinates(o.Breakdown); members != nil {
			add(members)
		}
	}
	for column := range of {
		t.columns = append(t.columns, column)
	}
	depth := func(column string) int { return len(catalogue.ParseBreakdownKey(column)) }
	slices.SortFunc(t.columns, func(a, b string) int {
		if depth(a) != depth(b) {
			return depth(a) - depth(b)
		}
		return slices.Compare(of[a], of[b])
	})
	for _, column := range t.columns {
		t.members = append(t.members, of[column])
	}
}

// column writes members as the breakdown of a cell.
func (t *cellTable) column(members []int) string {
	var of []catalogue.MemberRef
	for d, member := range members {
		if member != 0 {
			dimension := t.indicator.Dimensions[d]
			of = append(of, catalogue.MemberRef{Dimension: dimension.Code, Member: dimension.Members[member-1].Code})
		}
	}
	return catalogue.BreakdownKey(of...)
}

// coordinates are the members of a breakdown by dimension; nil for one that the
// indicator does not have.
func (t *cellTable) coordinates(breakdown string) []int {
	if !t.indicator.Has(breakdown) {
		return nil
	}
	members := make([]int, len(t.indicator.Dimensions))
	for _, of := range catalogue.ParseBreakdownKey(breakdown) {
		d := slices.Index(t.indicator.Dimensions, t.indicator.Dimension(of.Dimension))
		dimension := t.indicator.Dimensions[d]
		members[d] = slices.Index(dimension.Members, dimension.Member(of.Member)) + 1
	}
	return members
}

func (t *cellTable) at(unit, column int) int { return unit*len(t.columns) + column }

// fill finds the amounts of all cells in one state: what was reported, else the sum
// over the units below, else that over the members of a dimension.
func (t *cellTable) fill(state []ledger.Observation) []*amount {
	amounts := make([]*amount, len(t.units)*len(t.columns))
	for i := range state {
		o := &state[i]
		place, known := t.places[o.Unit]
		column := slices.Index(t.columns, o.Breakdown)
		if a := amountObserved(t.indicator, o); known && column >= 0 && a != nil {
			amounts[t.at(place, column)] = a
		}
	}
	for place := range slices.Backward(t.units) {
		for column := range slices.Backward(t.columns) {
			at := t.at(place, column)
			if amounts[at] != nil {
				continue
			}
			for _, child := range t.children[place] {
				amounts[at] = sum(amounts[at], amounts[t.at(child, column)])
			}
			for d := 0; d < len(t.indicator.Dimensions) && amounts[at] == nil; d++ {
				for _, part := range t.parts(column, d) {
					amounts[at] = sum(amounts[at], amounts[t.at(place, part)])
				}
			}
		}
	}
	return amounts
}

func sum(a, b *amount) *amount {
	if a == nil || b == nil {
		if a == nil {
			return b
		}
		return a
	}
	s := a.plus(*b)
	return &s
}

// amountObserved reads an observation; nil where it has no number, or not all that tells of
// how many it speaks.
func amountObserved(i *catalogue.Indicator, o *ledger.Observation) *amount {
	switch {
	case !o.Value.Valid, i.Kind == catalogue.Ratio && !o.Denominator.Valid, i.Kind == catalogue.Mean && !o.Denominator.Valid:
		return nil
	case i.Kind == catalogue.Mean:
		return &amount{o.Value.Decimal.Mul(o.Denominator.Decimal), o.Denominator.Decimal}
	}
	return &amount{o.Value.Decimal, o.Denominator.Decimal}
}

// parts are the columns that a dimension divides a column into; none where it is
// of a member already.
func (t *cellTable) parts(column, dimension int) []int {
	if t.members[column][dimension] != 0 {
		return nil
	}
	var parts []int
	for part, members := range t.members {
		own := slices.Clone(members)
		own[dimension] = 0
		if members[dimension] != 0 && slices.Equal(own, t.members[column]) {
			parts = append(parts, part)
		}
	}
	return parts
}

// solve finds which cells must be withheld.
func (t *cellTable) solve() *suppression.Pattern {
	s := &suppression.Table{
		Parents: make([]int, len(t.units)), Columns: t.members, Cells: make([]suppression.Cell, len(t.units)*len(t.columns)),
	}
	for place, unit := range t.units {
		s.Parents[place] = -1
		if unit.Parent() != nil {
			s.Parents[place] = t.places[unit.Parent().Key()]
		}
	}
	below := t.below()
	for place := range t.units {
		for column := range t.columns {
			weight := int64(below[place]) // what more is made of costs more: parents, and totals
			for _, member := range t.members[column] {
				if member == 0 {
					weight *= 2
				}
			}
			s.Cells[t.at(place, column)] = solverCell(t, t.at(place, column), weight)
		}
	}
	unstatedSums(t, s)
	return suppression.Solve(s)
}

// below counts the units without units below them that lie within each unit.
func (t *cellTable) below() []int {
	counts := make([]int, len(t.units))
	for place := range slices.Backward(t.units) {
		counts[place] = max(counts[place], 1)
		if parent := t.units[place].Parent(); parent != nil {
			counts[t.places[parent.Key()]] += counts[place]
		}
	}
	return counts
}

// solverCell describes one cell to the solver.
func solverCell(t *cellTable, at int, weight int64) suppression.Cell {
	c := suppression.Cell{Room: ^suppression.Room(0)}
	var values []*amount // of the epochs
	for state, amounts := range t.amounts {
		a := amounts[at]
		if a == nil {
			continue
		}
		class, _ := classify(t.indicator, *a)
		if class == suppression.Zero {
			continue
		}
		if c.States == 0 { // what it cost first, so that it does not depend on what is published later
			c.Cost = 1 + min(decimal.Max(a.value, a.whole).Abs().IntPart(), 1<<20) + (weight-1)<<21
		}
		c.States |= 1 << state
		epoch := slices.IndexFunc(values, func(v *amount) bool { return v.equals(*a) })
		if epoch < 0 {
			epoch = len(values)
			values, c.Epochs = append(values, a), append(c.Epochs, 0)
		}
		c.Epochs[epoch] |= 1 << state
		c.Primary |= primary(class)
		c.Room &= roomOf(t.indicator, *a)
	}
	return c
}

// unstatedSums marks the sums that are known not to add up by at least one: members that
// are not the whole, or that some unit below does not tell.
func unstatedSums(t *cellTable, s *suppression.Table) {
	dimensions := len(t.indicator.Dimensions)
	if dimensions == 0 {
		return
	}
	s.Unstated = make([]bool, len(t.units)*len(t.columns)*dimensions)
	for place := range slices.Backward(t.units) { // from those below up
		for column := range t.columns {
			for d, dimension := range t.indicator.Dimensions {
				parts := t.parts(column, d)
				below := func(child int) bool { return s.Unstated[t.at(child, column)*dimensions+d] }
				if len(parts) > 0 && (dimension.Partial || slices.ContainsFunc(t.children[place], below) || lacksParts(t, place, column, parts)) {
					s.Unstated[t.at(place, column)*dimensions+d] = hasRest(t, place, column, parts)
				}
			}
		}
	}
}

// lacksParts reports whether a unit below has the column and none of its parts.
func lacksParts(t *cellTable, place, column int, parts []int) bool {
	return slices.ContainsFunc(t.amounts, func(amounts []*amount) bool {
		return slices.ContainsFunc(t.children[place], func(child int) bool {
			return amounts[t.at(child, column)] != nil &&
				!slices.ContainsFunc(parts, func(part int) bool { return amounts[t.at(child, part)] != nil })
		})
	})
}

// hasRest reports whether the parts leave at least one of the column in every state in
// which there are any.
func hasRest(t *cellTable, place, column int, parts []int) bool {
	return !slices.ContainsFunc(t.amounts, func(amounts []*amount) bool {
		var of *amount
		for _, part := range parts {
			of = sum(of, amounts[t.at(place, part)])
		}
		total := amounts[t.at(place, column)]
		return of != nil && (total == nil || total.value.Sub(of.value).LessThan(number.One()))
	})
}
