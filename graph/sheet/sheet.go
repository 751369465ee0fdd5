// Package sheet makes tables from the answer to a GraphQL operation. The rule:
//
// A list of objects is a table, with one row for each entry. A list within it makes one
// row for each of its own entries, and the fields around it are repeated in each row (an
// entry whose inner list is empty keeps one row). A list with several lists within it is a
// table, and so is each of those. Objects that are not lists are flattened: their fields
// have dotted names (unit.code). Fields beside the lists of an answer are about the answer
// and in no table: counts, totals, the question, release and notes. An answer without any
// list is a table of one row. The cells of a table(...) are columns, under the names of
// its columns.
package sheet

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/niengiam/niengiam/stats/number"
)

// The codes of errors of answers that cannot be made a table.
const (
	// NotATable: no field of the question fits into a table.
	NotATable number.Code = "NOT_A_TABLE"
	// SeveralTables: the answer has several tables, and the format holds one.
	SeveralTables number.Code = "SEVERAL_TABLES"
	// UnknownTable: the answer has no table with that name.
	UnknownTable number.Code = "UNKNOWN_TABLE"
)

// Sheet is one table of an answer, before its rows are read.
type Sheet struct {
	// Name is the path of its list in the answer: ranking.rows.
	Name string
	// Root is the name of the answer that it belongs to.
	Root string

	levels []level
	cells  *level // what stands side by side, under the names of columns
	single bool   // an answer without a list: a table of one row
}

// level is one list on the way to the rows of a table, or the answer itself.
type level struct {
	path    []string // from the level above
	columns []Column // paths from the entry of this level
}

// Columns returns the columns of the table; those of a table(...) are taken from what
// is about its answer.
func (s *Sheet) Columns(about *About) []Column {
	var columns []Column
	for _, l := range s.levels {
		columns = append(columns, l.columns...)
	}
	if s.cells == nil || about == nil {
		return columns
	}
	taken := map[string]bool{}
	for i, heading := range about.columns {
		for _, c := range s.cells.columns {
			name := heading.Name
			if len(s.cells.columns) > 1 {
				name += "." + c.Name
			}
			if taken[name] {
				name = fmt.Sprintf("%s (%d)", name, i+1)
			}
			taken[name] = true
			c.Name, c.Indicator = name, heading.Indicator.Code
			if c.Field == "value" {
				c.Field = heading.Measure
			}
			columns = append(columns, c)
		}
	}
	return columns
}

// Rows reads the rows of the table from the data of an answer, one at a time, until an
// error.
func (s *Sheet) Rows(data []byte, about *About) iter.Seq2[[]Cell, error] {
	return func(yield func([]Cell, error) bool) {
		decoder := newDecoder(data)
		err := seek(decoder, s.levels[0].path, func() error {
			if s.single {
				return entry(s, decoder, about, yield)
			}
			if token, err := decoder.Token(); err != nil || token == nil {
				return err
			}
			for decoder.More() {
				if err := entry(s, decoder, about, yield); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
}

func (s *Sheet) width() int {
	width := 0
	for _, l := range s.levels {
		width += len(l.columns)
	}
	if s.cells != nil {
		width += len(s.cells.columns)
	}
	return width
}

// entry reads one entry of the outermost list and gives its rows.
func entry(s *Sheet, decoder *json.Decoder, about *About, yield func([]Cell, error) bool) error {
	var value any
	if err := decoder.Decode(&value); err != nil || value == nil {
		return err
	}
	return spread(s, value, 0, nil, about, yield)
}

// spread gives the rows of an entry of one level, with the cells of those above.
func spread(s *Sheet, entry any, at int, above []Cell, about *About, yield func([]Cell, error) bool) error {
	row := slices.Clip(above)
	for _, c := range s.levels[at].columns {
		row = append(row, cellOf(follow(entry, c.path)))
	}
	if at+1 == len(s.levels) {
		if s.cells != nil {
			row = side(s, entry, row, about)
		}
		if !yield(row, nil) {
			return errEnough
		}
		return nil
	}
	inner, _ := follow(entry, s.levels[at+1].path).([]any)
	if len(inner) == 0 {
		inner = []any{nil} // the entry keeps a row
	}
	for _, next := range inner {
		if err := spread(s, next, at+1, row, about, yield); err != nil {
			return err
		}
	}
	return nil
}

// side adds the cells of a row of a table(...), side by side.
func side(s *Sheet, entry any, row []Cell, about *About) []Cell {
	cells, _ := follow(entry, s.cells.path).([]any)
	for i := range about.columns {
		for _, c := range s.cells.columns {
			var cell any
			if i < len(cells) {
				cell = follow(cells[i], c.path)
			}
			row = append(row, cellOf(cell))
		}
	}
	return row
}
