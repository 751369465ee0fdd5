package etl_test

import (
	"cmp"
	"iter"
	"slices"

	"github.com/niengiam/niengiam/stats/ledger"
)

// given gives the entries of a list one after the other, each valid until the next one, and an
// error behind them.
func given[T any](all []T, err error) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		var reused T
		for _, reused = range all {
			if !yield(&reused, nil) {
				return
			}
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

// excerpt cuts a part out of a list.
func excerpt[T any](all []T, offset, limit int) ledger.Excerpt[T] {
	return ledger.Excerpt[T]{Entries: all[min(offset, len(all)):min(offset+limit, len(all))], Total: len(all)}
}

// kept collects cells that are valid until the next one.
func kept(all iter.Seq2[*ledger.PendingCell, error]) (cells []ledger.PendingCell, err error) {
	for cell, err := range all {
		if err != nil {
			return nil, err
		}
		cells = append(cells, *cell)
		if cell.Old != nil {
			old := *cell.Old
			cells[len(cells)-1].Old = &old
		}
	}
	return cells, nil
}

// byCell puts cells in the order in which a sink gives them.
func byCell(cells []ledger.PendingCell) []ledger.PendingCell {
	slices.SortStableFunc(cells, func(a, b ledger.PendingCell) int {
		return cmp.Or(a.CellKey.Compare(&b.CellKey), cmp.Compare(a.At.Published, b.At.Published))
	})
	return cells
}
