package setup

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/layout"
	"github.com/niengiam/niengiam/etl/mapping"
)

// mostHeaderRows is how many rows a header may have, as in a workspace.
const mostHeaderRows = 10

// add reads a sheet. A row that says the first cells of the header again is none of data.
func (t *table) add(s format.Sheet, year string) error {
	var all []format.Row
	widths, width := map[int]int{}, 0
	for row, err := range s.Rows {
		if err != nil {
			return err
		}
		if row.Fault != nil {
			continue // the load tells them
		}
		all = append(all, row)
		if widths[len(row.Cells)]++; widths[len(row.Cells)] > widths[width] {
			width = len(row.Cells)
		}
	}
	head := headOf(all, s.Merged, width)
	if head.rows == 0 {
		return nil
	}
	rows := all[head.first:][:head.rows]
	names := layout.Join(rows, s.Merged)
	wide := len(names)
	if year != "" {
		names = append(names, sheetYear)
	}
	if t.header == nil {
		for _, note := range s.Notes {
			if note.Kind == "title" {
				t.above = append(t.above, []string{note.Text})
			}
		}
		t.header, t.line, t.depth = names, rows[len(rows)-1].Line, head.rows
		for _, row := range all[:head.first] {
			t.above = append(t.above, row.Cells)
		}
	}
	t.join(names, t.rowsBelow(s.Kind, all[head.first+head.rows:], names[:wide], year))
	return nil
}

// rowsBelow takes the rows below a header, each as wide as that.
func (t *table) rowsBelow(kind format.Kind, below []format.Row, header []string, year string) [][]string {
	var rows [][]string
	for _, row := range below {
		cells := row.Cells
		if kind != format.CSV && kind != format.TSV {
			cells = append(slices.Clone(cells), make([]string, max(0, len(header)-len(cells)))...)[:len(header)]
		}
		switch {
		case filledCells(row.Cells) == 1:
			t.headings = append(t.headings, heading{strings.TrimSpace(strings.Join(row.Cells, "")), len(t.rows) + len(rows)})
			continue
		case filledCells(cells) == 0 || len(cells) != len(header):
			continue
		case len(cells) > 1 && cells[0] == header[0] && cells[1] == header[1] && cells[0] != "":
			t.repeated = cells[0]
			continue
		}
		if year != "" {
			cells = append(slices.Clone(cells), year)
		}
		rows = append(rows, cells)
	}
	return rows
}

// head is where a header stands among the rows of a sheet.
type head struct{ first, rows int }

// headOf finds the header: the first row with two cells or more that is as wide as most, with
// the rows below it that go on with it (their first cell is blank, and they have no figure),
// and those above it whose cells stand over its own.
func headOf(all []format.Row, merged []format.Area, width int) head {
	last := slices.IndexFunc(all, func(row format.Row) bool { return len(row.Cells) >= width && filledCells(row.Cells) > 1 })
	if last < 0 {
		return head{}
	}
	h := head{first: last, rows: 1}
	for h.first > 0 && h.rows < mostHeaderRows && firstCell(all[h.first]) == "" && stands(all[h.first-1], all[h.first], merged) {
		h.first--
		h.rows++
	}
	for next := last + 1; next < len(all)-1 && h.rows < mostHeaderRows && goesOn(all[next]); next++ {
		h.rows++
	}
	return h
}

func firstCell(row format.Row) string {
	if len(row.Cells) == 0 {
		return ""
	}
	return row.Cells[0]
}

// stands reports whether a row is a row of the header above another one: right above it, with
// several cells or one that is merged over several columns, and without a figure.
func stands(above, below format.Row, merged []format.Area) bool {
	over := slices.ContainsFunc(merged, func(a format.Area) bool {
		return a.FirstRow == above.Line && a.FirstCell > 0 && a.LastCell > a.FirstCell
	})
	return above.Line == below.Line-1 && (filledCells(above.Cells) > 1 || over) && !slices.ContainsFunc(above.Cells, isNumber)
}

// goesOn reports whether a row below one of a header is of the header, too: its first cell is
// blank and it has no figure, or it numbers the columns.
func goesOn(row format.Row) bool {
	filled := filledCells(row.Cells)
	return filled > 0 && firstCell(row) == "" && !slices.ContainsFunc(row.Cells, isNumber) || numbersColumns(row)
}

// isNumber reports whether a cell is a number, however it is written, and no year.
func isNumber(cell string) bool {
	if _, ok := mapping.YearOf(cell); ok {
		return false
	}
	return regexp.MustCompile(`^[-+−–]?[0-9][0-9.,\x{a0}\x{202f} ]*%?$`).MatchString(cell)
}

// numbersColumns reports whether a row numbers the columns, as yearbooks do: A, B, 1, 2, 3.
func numbersColumns(row format.Row) bool {
	letter, count := 'A', 0
	for _, cell := range row.Cells {
		switch {
		case cell == "":
		case count == 0 && cell == string(letter):
			letter++
		case strings.Trim(cell, "()") == strconv.Itoa(count+1):
			count++
		default:
			return false
		}
	}
	return count >= 3 || count >= 2 && letter > 'A'
}

// join adds the rows of a sheet with other columns: those that both have are kept, under
// the header of the first.
func (t *table) join(names []string, rows [][]string) {
	both := slices.DeleteFunc(slices.Clone(t.header), func(header string) bool { return !slices.Contains(names, header) })
	for i, row := range t.rows {
		t.rows[i] = arranged(row, t.header, both)
	}
	for _, row := range rows {
		t.rows = append(t.rows, arranged(row, names, both))
	}
	for _, column := range slices.Concat(t.header, names) {
		if column != "" && !slices.Contains(both, column) && !slices.Contains(t.partial, column) {
			t.partial = append(t.partial, column)
		}
	}
	t.header = both
}

// arranged gives the cells of a row under the headers of others.
func arranged(row, from, to []string) []string {
	if slices.Equal(from, to) {
		return row
	}
	cells := make([]string, len(to))
	for i, header := range to {
		cells[i] = row[slices.Index(from, header)]
	}
	return cells
}
