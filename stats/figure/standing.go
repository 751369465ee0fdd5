package figure

import (
	"iter"
	"slices"
	"sort"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
)

// Standing says which observation of each cell stands: of those that are not withdrawn the one
// that was published last.
type Standing struct {
	book    ledger.Ledger
	history []ledger.Observation // by cell, those of one in order of publication
	beside  map[ledger.CellKey]*ledger.Observation
}

// NewStanding says what stands in a history, which comes in order of publication: as a whole,
// or cell by cell in the order of their keys, which makes no copy.
func NewStanding(c *catalogue.Calendar, history []ledger.Observation) *Standing {
	byCell := func(a, b ledger.Observation) int { return a.CellKey.Compare(&b.CellKey) }
	if !slices.IsSortedFunc(history, byCell) {
		history = slices.Clone(history)
		slices.SortStableFunc(history, byCell)
	}
	return &Standing{book: c.Ledger(), history: history}
}

// With says what stands once some observations are published beside that; they come in order of
// publication.
func (s *Standing) With(observations []ledger.Observation) *Standing {
	all := &Standing{book: s.book, history: s.history, beside: make(map[ledger.CellKey]*ledger.Observation, len(observations))}
	for i := range observations {
		o := &observations[i]
		all.beside[o.CellKey] = s.last(all.beside[o.CellKey], o)
	}
	return all
}

// last is which of two observations stands, the second of which comes later; the first may be
// nil.
func (s *Standing) last(known, o *ledger.Observation) *ledger.Observation {
	if s.book.Withdrawn(o.At.Release) || known != nil && known.At.Published > o.At.Published {
		return known
	}
	return o
}

// At returns what stands in a cell, nil where nothing does.
func (s *Standing) At(key *ledger.CellKey) *ledger.Observation {
	first := sort.Search(len(s.history), func(i int) bool { return s.history[i].CellKey.Compare(key) >= 0 })
	_, stands := s.from(first, key)
	return stands
}

// from returns what stands in a cell whose history begins at a place, and where it ends.
func (s *Standing) from(first int, key *ledger.CellKey) (end int, stands *ledger.Observation) {
	for end = first; end < len(s.history) && s.history[end].CellKey == *key; end++ {
		stands = s.last(stands, &s.history[end])
	}
	if o := s.beside[*key]; o != nil {
		stands = s.last(stands, o)
	}
	return end, stands
}

// All gives what stands, cell by cell.
func (s *Standing) All() iter.Seq[*ledger.Observation] {
	return func(yield func(*ledger.Observation) bool) {
		known := 0 // cells of the history that have something beside it
		for at := 0; at < len(s.history); {
			key := &s.history[at].CellKey
			if s.beside[*key] != nil {
				known++
			}
			end, stands := s.from(at, key)
			if stands != nil && !yield(stands) {
				return
			}
			at = end
		}
		if known == len(s.beside) {
			return
		}
		for key, o := range s.beside {
			first := sort.Search(len(s.history), func(i int) bool { return s.history[i].CellKey.Compare(&key) >= 0 })
			isNew := first == len(s.history) || s.history[first].CellKey != key
			if isNew && o != nil && !yield(o) {
				return
			}
		}
	}
}
