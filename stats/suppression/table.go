// Package suppression finds which cells of a hierarchical table must be withheld,
// so that none of those about too few persons can be computed back from
// the others. It knows neither indicators nor units: it is given cells and how
// they add up, and returns a pattern. It has no I/O and depends on nothing.
//
// # The table
//
// Rows are the units of a tree, columns the total and the members of any number of
// dimensions (sex, age) and their crossings. Every column adds up over the children
// of a unit, and in every unit the members of each dimension add up to the total.
//
// # The method
//
// A cell that is small is withheld for itself: it is primary. For each primary
// cell a move is sought: a change by one of some withheld cells, up or down, that
// leaves every sum of the table as it is. Whoever sees all that is shown and knows
// all sums cannot tell the true table from the moved one, so the cell has at least
// two possible values. Cells that the move needs and that are still shown are
// withheld too: they are secondary. A move once found stays one whatever is
// withheld later, and every secondary cell is part of a move; so after one pass
// over the primary cells no withheld cell is determined, neither by linear
// combinations of what is shown nor with the bounds that rooms stand for.
//
// Moves are products of a path over the units and a balanced choice of columns:
// up from the cell's unit and down to another one, or out over the root; and in each
// dimension one member against another, or the total with one member. These are the hypercubes of the GHMITER method (D. Repsilber)
// with rows and columns that run through the levels of a hierarchy; that a move
// through a cell is what protects it is Cox's argument for networks (L. H. Cox,
// “Network Models for Complementary Cell Suppression”, Journal of the American
// Statistical Association 90, 1995). Among all such moves the cheapest is taken, by
// exact search along the tree. The pattern is safe; that it is the cheapest of all
// safe patterns is not claimed (M. Fischetti and J. J. Salazar solve that as an
// integer programme). The literature is named from memory.
package suppression

// Room says by which moves a cell stays possible. It has two bits, up and down, for
// each Layer and Tier.
type Room uint8

// Layer is one of the numbers that a cell holds.
type Layer uint8

// The layers.
const (
	Value Layer = iota // the value; of a mean, its weight
	Whole              // the denominator of a ratio
	layers
)

// Tier is how much somebody is thought to know of a withheld cell beforehand.
type Tier uint8

// The tiers.
const (
	// Strict: they know of each withheld cell whether it is primary.
	Strict Tier = iota
	// Plain: they know the bounds that hold for every withheld cell.
	Plain
	tiers
)

// RoomFor is the room to move by one, up or down, in a layer of a tier.
func RoomFor(l Layer, t Tier, up bool) Room {
	bit := 2 * (uint8(l)*uint8(tiers) + uint8(t))
	if up {
		bit++
	}
	return 1 << bit
}

// Class says what kind of cell a value makes: one bit for each reason why it is
// small, none for a value that is withheld only to protect others.
type Class uint8

// Zero is the class of values that are always shown.
const Zero Class = 1 << 7

// RoomOf is the room of a value in a layer. The class of the value moved by a step
// is asked for; false says that there can be no such value.
func RoomOf(l Layer, class func(step int64) (Class, bool)) Room {
	var room Room
	own, _ := class(0)
	for _, step := range []int64{-1, 1} {
		moved, possible := class(step)
		if possible && moved == own {
			room |= RoomFor(l, Strict, step > 0)
		}
		if possible && moved != Zero {
			room |= RoomFor(l, Plain, step > 0)
		}
	}
	return room
}

// Cell is what there is to know of a cell. The zero Cell has no value at all.
type Cell struct {
	// States are the states of the table, as of one release and the next, in which
	// the cell has a value that may be withheld, one bit for each. A value of the
	// class Zero is always shown, and to a move it is none.
	States uint64
	// Epochs part States by value: in the states of one epoch it is the same, and
	// everybody may know that it is. nil for one epoch.
	Epochs []uint64
	// Primary are the layers, one bit for each, that must not be told: 1<<Value.
	Primary uint8
	// Room is the moves by which it stays possible, in every state (see RoomOf).
	Room Room
	// Cost is what it costs to withhold it, from 1.
	Cost int64
}

// Table is the cells and how they add up.
type Table struct {
	// Parents holds the parent of each unit, which comes before it; -1 for none.
	Parents []int
	// Columns holds for each column its member of each dimension, from 1; 0 is the
	// total over the dimension. The first column is the total over all of them.
	Columns [][]int
	// Cells are the cells by unit, then column.
	Cells []Cell
	// Unstated marks for each unit, column and dimension that the members of the
	// dimension are known not to add up to the column, because they are not the
	// whole or units below have the total alone. nil for nowhere.
	Unstated []bool
}

// Pattern is which cells are withheld.
type Pattern struct {
	// Withheld are the states in which each cell must be withheld, as Table.Cells
	// orders them: never those in which it is of the class Zero. Withholding it in
	// more of them does no harm.
	Withheld []uint64
	// Plain counts the primary cells that are protected from whoever knows the
	// bounds of all withheld cells, and not from whoever is told which of them
	// are primary.
	Plain int
	// Everything says that some cell could not be protected otherwise, so that
	// all values are withheld, in all states and zeros among them.
	Everything bool
}

func (t *Table) at(unit, column int) int { return unit*len(t.Columns) + column }

func (t *Table) dimensions() int { return len(t.Columns[0]) }
