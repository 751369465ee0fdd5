package figure

import (
	"context"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Source is where an Engine reads facts. Package warehouse implements it on ClickHouse,
// package statstest in memory; both pass the same scripts.
type Source interface {
	// Catalogue returns the present definitions and holdings. It costs nothing:
	// it is a pointer that a new release replaces.
	Catalogue() *catalogue.Calendar
	// Slices returns one slice for each key, in the order of the keys, all in one
	// round trip. An error means that none can be had; the facts of a slice that
	// has none are an empty slice, never an error.
	Slices(ctx context.Context, keys []SliceKey) ([]*Slice, error)
	// History returns all visible observations of some indicators and years, those
	// of one cell in order of position.
	History(ctx context.Context, indicators []string, years []number.Year) ([]ledger.Observation, error)
	// Changes returns what some releases changed, all in one round trip: release by
	// release, by indicator, year and unit, of each release at most limit cells after
	// its first offset ones.
	Changes(ctx context.Context, releases []ledger.ReleaseID, offset, limit int) ([]catalogue.CellChange, error)
	// Revisions returns the cells that had a figure in one view and have another one,
	// or none, in a later one, by indicator, year and unit: at most limit cells
	// after the first offset ones, and how many there are in all. Only of one
	// indicator, unless its code is "".
	Revisions(ctx context.Context, then, now ledger.View, indicator string, offset, limit int) ([]catalogue.CellChange, int, error)
	// Rejects returns a part of the rows that the load of each of some releases did not
	// publish, by file and line, and how many there are: several rejects may be of one row.
	// However many releases there are, the number of statements is the same.
	Rejects(ctx context.Context, releases []ledger.ReleaseID, offset, limit int) ([]ledger.Excerpt[ledger.Reject], error)
}

// SliceKey names a slice: the facts of one indicator, year and breakdown, summed
// to the units of one level, in one view.
type SliceKey struct {
	Indicator string
	Year      number.Year
	Level     string
	// Breakdown is that of the cells, as In writes it; "" is the total. Facts that were
	// stated on the units of a day are summed on the units of that day.
	Breakdown string
	View      ledger.View
}

// isStated reports whether the facts were stated on the units of another day.
func (k SliceKey) isStated() bool {
	day, _ := catalogue.BasisOf(k.Breakdown)
	return !day.IsOpen()
}
