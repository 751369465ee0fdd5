package figure

import (
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/suppression"
)

// Withheld is which cells of an indicator in one year callers without the right do
// not see. It does not depend on the question or the view of the releases; otherwise
// two answers could be subtracted to recover a cell.
type Withheld struct {
	indicator  *catalogue.Indicator
	cells      map[withheldCell]bool
	everything bool
}

type withheldCell struct {
	unit      uint32
	breakdown string
}

// hides reports whether an amount of a cell is withheld. What is not counted cannot be
// judged, and a zero is shown.
func (w *Withheld) hides(unit uint32, breakdown string, a *amount) bool {
	if w.everything || a == nil {
		return true
	}
	class, _ := classify(w.indicator, *a)
	return class != suppression.Zero && w.cells[withheldCell{unit, breakdown}]
}

// maxWithheld is the cap on the withheld cells that a catalogue remembers.
const maxWithheld = 2_000_000
