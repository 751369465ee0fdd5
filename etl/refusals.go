package etl

import (
	"fmt"

	"github.com/niengiam/niengiam/stats/ledger"
)

// refusals are the cells that were refused before, in the order of the comparison: no more than
// those of one cell are in memory.
type refusals struct {
	given func() (*ledger.PendingCell, error, bool) // nil where there are none
	next  *ledger.PendingCell                       // the first that was not taken yet; nil behind the last
	cells []ledger.PendingCell                      // of the cell that was asked for last
}

func (r *refusals) advance() (err error) {
	if r.given == nil {
		return nil
	}
	more := false
	if r.next, err, more = r.given(); err != nil {
		return fmt.Errorf("read what was refused: %w", err)
	}
	if !more {
		r.next = nil
	}
	return nil
}

// of returns what was refused of a cell; cells are asked for in their order.
func (r *refusals) of(key *ledger.CellKey) ([]ledger.PendingCell, error) {
	r.cells = r.cells[:0]
	for r.next != nil {
		order := r.next.CellKey.Compare(key)
		if order > 0 {
			break
		}
		if order == 0 {
			r.cells = append(r.cells, *r.next)
		}
		if err := r.advance(); err != nil {
			return nil, err
		}
	}
	return r.cells, nil
}
