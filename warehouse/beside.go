package warehouse

import (
	"slices"

	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
)

// besideRows is how many rows are read at most where some of them were not asked for: to read so
// many takes the engine no longer than two, and the program a millisecond.
const besideRows = 2_000

// Beside returns the slices of all years of the indicators that are asked for, where they are few
// rows of roll-ups: the plan of the statement is what they cost, however many years it reads.
// Where any of them were read in another way there are none.
func (f figures) Beside(keys []figure.SliceKey) []figure.SliceKey {
	q := &question{now: f.current.now.Load(), keys: keys}
	if len(q.now.rolled.levels) == 0 || !q.allRolled() {
		return nil
	}
	known := map[figure.SliceKey]bool{}
	var beside []figure.SliceKey
	for _, key := range keys {
		anyYear := key
		anyYear.Year = 0
		if known[anyYear] {
			continue
		}
		known[anyYear] = true
		for _, year := range q.now.catalogue.Indicator(key.Indicator).YearsIn(key.View) {
			if key.Year = year; q.now.hasTotals(key) {
				beside = append(beside, key)
			}
		}
	}
	q.keys = slices.Concat(keys, beside) // of another year more levels may be needed
	if !q.allRolled() || q.mostRows() > besideRows {
		return nil
	}
	return beside
}

// allRolled reports whether all is read from roll-ups.
func (q *question) allRolled() bool {
	depths := q.depths()
	return !slices.ContainsFunc(q.keys, func(key figure.SliceKey) bool {
		return !q.rolled(key, depths) || key.View.Head > q.now.catalogue.Head
	})
}

// mostRows is how many sums of units there may be in what is read of roll-ups.
func (q *question) mostRows() (most int) {
	depths, known := q.depths(), map[series]bool{}
	for _, key := range q.keys {
		if at := (series{key.Indicator, key.Year}); !known[at] {
			known[at] = true
			most += len(q.now.catalogue.At(key.Year.Reference()).Level(q.now.definitions.Levels[depths[key.Indicator]].Code))
		}
	}
	return most
}

// hasTotals reports whether a total of the indicator and year was published in the view.
func (s *state) hasTotals(key figure.SliceKey) bool {
	at := series{key.Indicator, key.Year}
	return slices.ContainsFunc(s.facts[at], func(level int) bool {
		told, has := s.cells[holding{at, "", level}]
		return has && key.View.Reaches(ledger.ReleaseID(told.cells.first), placed(told.cells.since))
	})
}
