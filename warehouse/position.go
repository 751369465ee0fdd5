package warehouse

import (
	"math"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// position writes a position so that the order of numbers is that of positions.
func position(at ledger.Position) uint64 { return uint64(at.Published)<<32 | uint64(at.Release) }

// placed reads what position writes.
func placed(n uint64) ledger.Position {
	return ledger.Position{Published: number.Date(n >> 32), Release: ledger.ReleaseID(uint32(n))}
}

// bound writes the last position of a view.
func bound(view ledger.View) uint64 {
	if view.Published == 0 && view.Release == 0 {
		return math.MaxUint64
	}
	return position(ledger.Position{Published: view.Published, Release: view.Release})
}
