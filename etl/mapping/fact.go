package mapping

import (
	"github.com/niengiam/niengiam/stats/ledger"
)

// Fact is one figure that can be published, and the cell that it is for.
type Fact struct {
	// Observation is what is said of the cell. At has the day of publication and no release yet.
	ledger.Observation
	// Conflicting is true where it only contradicts another one, which is used.
	Conflicting bool
	// Derived is true where its source has derived it of other numbers.
	Derived bool
	// Text and Whole are the cells of the value and of the denominator or weight, WholeColumn is
	// the column of the latter.
	Text, Whole, WholeColumn string
}
