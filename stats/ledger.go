package stats

import (
	"slices"

	"github.com/shopspring/decimal"
)

// CellKey names a cell of the great table of all figures.
type CellKey struct {
	// Indicator is the code of the indicator.
	Indicator string
	// Unit is the key of the unit.
	Unit uint32
	// Year is the year of the figure.
	Year Year
	// Breakdown is the members that the figure is for, as In writes them; "" is the
	// total.
	Breakdown string
}

// Place is where exactly something stands in a file.
type Place struct {
	// File is the path of the file in the workspace.
	File string
	// Sheet is the sheet of a workbook; "" where files have none.
	Sheet string
	// Line is the line of a text file or the row of a sheet, from 1.
	Line int
	// Column is the header of the column.
	Column string
}

// Position is a point in the order of publications: by day of publication,
// then by the number of the release.
type Position struct {
	Published Date
	Release   ReleaseID
}

// Before tells whether p comes before q.
func (p Position) Before(q Position) bool {
	return p.Published < q.Published || p.Published == q.Published && p.Release < q.Release
}

// Observation is one reported value of one cell, as one release published it.
type Observation struct {
	CellKey
	// Value is the number as reported; not valid when the status is Missing.
	Value decimal.NullDecimal
	// Denominator is the number that the value is a part of, where there is one.
	// A ratio without a denominator has its printed rate as Value.
	Denominator decimal.NullDecimal
	// Status is its SDMX status.
	Status Status
	// Note is what its source says of it; Citation is where it was printed.
	Note, Citation string
	// Place is where it stands in its file.
	Place Place
	// At is the publication that it belongs to.
	At Position
}

// says tells whether two observations of a cell state the same figure.
func (o *Observation) says(p *Observation) bool {
	return o.Status == p.Status && same(o.Value, p.Value) && same(o.Denominator, p.Denominator)
}

func same(a, b decimal.NullDecimal) bool {
	return a.Valid == b.Valid && (!a.Valid || a.Decimal.Equal(b.Decimal))
}

// Posting is an entry of the ledger by which figures are summed. An observation
// is posted with sign +1; where it replaces an earlier one of its cell, that one
// is taken back with sign −1 at the same position. So the sum over all postings
// up to any position is the sum over what was current there, without looking
// for the last version of each cell, and no posting is ever changed.
type Posting struct {
	CellKey
	Value       decimal.NullDecimal
	Denominator decimal.NullDecimal
	Status      Status
	// Sign is +1 for a posting and −1 for taking one back.
	Sign int8
	// At is the position from which it counts.
	At Position
	// Loaded is the release that wrote it: later than At.Release where an older
	// publication was loaded after a newer one.
	Loaded ReleaseID
}

// Post enters an observation into the ledger. The history is what the cell
// already has, in order of position. It returns no postings when the observation
// says what the cell had at that position anyway.
func Post(history []Observation, o Observation) []Posting {
	place, _ := slices.BinarySearchFunc(history, o.At, func(h Observation, at Position) int {
		if h.At.Before(at) {
			return -1
		}
		return 1
	})
	var before, after *Observation
	if place > 0 {
		before = &history[place-1]
	}
	if place < len(history) {
		after = &history[place]
	}
	if before != nil && before.says(&o) {
		return nil
	}
	post := func(what *Observation, sign int8, at Position) Posting {
		return Posting{
			CellKey: what.CellKey, Value: what.Value, Denominator: what.Denominator, Status: what.Status,
			Sign: sign, At: at, Loaded: o.At.Release,
		}
	}
	postings := []Posting{post(&o, +1, o.At)}
	if before != nil {
		postings = append(postings, post(before, -1, o.At))
	}
	if after != nil { // the newer publication must now take back this one, not the one before it
		postings = append(postings, post(&o, -1, after.At))
		if before != nil {
			postings = append(postings, post(before, +1, after.At))
		}
	}
	return postings
}
