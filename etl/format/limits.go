package format

import (
	"cmp"

	"github.com/niengiam/niengiam/stats/number"
)

// Limits bound what a file may hold. A limit of zero takes its default.
type Limits struct {
	// Bytes is how much a file may hold, unpacked; 1 GiB.
	Bytes int64
	// Columns is how many cells a row may have; 20,000.
	Columns int
	// Line is how many bytes a row of a text may have, its quoted ends of lines included; 16 MiB.
	Line int
	// Cell is how many bytes a cell may have; 64 KiB.
	Cell int
	// Sheets is how many sheets a file may have; 500.
	Sheets int
	// Rows is how many rows a sheet may have; 200 million.
	Rows int
	// Depth is how deep values may stand within each other; 50.
	Depth int
}

func (l Limits) orDefault() Limits {
	return Limits{
		Bytes: cmp.Or(l.Bytes, 1<<30), Columns: cmp.Or(l.Columns, 20_000),
		Line: cmp.Or(l.Line, 16<<20), Cell: cmp.Or(l.Cell, 64<<10),
		Sheets: cmp.Or(l.Sheets, 500), Rows: cmp.Or(l.Rows, 200_000_000), Depth: cmp.Or(l.Depth, 50),
	}
}

// over is the fault of what goes over a limit; of says what there is too much of.
func (l Limits) over(where string, of number.Message, limit int64) *number.Error {
	return &number.Error{
		Code: TooLarge, Message: number.Say("there are more than %d %s", limit, of), Where: where,
		Hint: number.Say("split the file, or leave out what is not needed"),
	}
}

// check returns the fault of a row that goes over a limit, nil where none does.
func (l Limits) check(where string, row Row) *number.Error {
	if len(row.Cells) > l.Columns {
		return l.over(where, number.Say("cells in a row"), int64(l.Columns))
	}
	for _, cell := range row.Cells {
		if len(cell) > l.Cell {
			return l.over(where, number.Say("bytes in a cell"), int64(l.Cell))
		}
	}
	if row.Line > l.Rows {
		return l.over(where, number.Say("rows"), int64(l.Rows))
	}
	return nil
}

// exceeded reports whether a row goes over a limit: check has the fault.
func (l *Limits) exceeded(row *Row) bool {
	if len(row.Cells) > l.Columns || row.Line > l.Rows {
		return true
	}
	for _, cell := range row.Cells {
		if len(cell) > l.Cell {
			return true
		}
	}
	return false
}

// How many cells a file may become for each of its bytes, beside the million that any may.
const (
	inText   = 4   // in text a cell that is left out takes no byte, and few are
	inPacked = 200 // in a packed file a whole column may be one value
)

// spread refuses a file that has far more cells than it says something of: a few bytes can
// stand for thousands of columns in each of millions of rows.
func (l Limits) spread(where string, bytes int64, per int, rows, columns int64) *number.Error {
	if most := int64(1<<20) + int64(per)*bytes; columns > 0 && rows > most/columns {
		return l.over(where, number.Say("cells for a file of its length"), most)
	}
	return nil
}
