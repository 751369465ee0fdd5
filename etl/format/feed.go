package format

import (
	"io"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// feed gives a csv.Reader the rows of a text, each once it is known to be within the limits:
// the reader takes a whole row into memory, several times over, before anybody can look at it.
type feed struct {
	rest   string // the rows that follow
	row    string // what is left of the row that is being read
	comma  string
	line   int // of the file, where rest begins
	name   string
	limits Limits
}

// plain takes the next row where it is one line without a quote and within the limits, as
// nearly all are: its cells are what stands between the commas. False leaves the row to the
// csv.Reader, and so do the ends of lines that it minds. The row has about so many cells.
func (f *feed) plain(about int) (Row, bool) {
	if f.row != "" || len(f.comma) != 1 || strings.ContainsAny(f.comma, "\"\r\n") {
		return Row{}, false
	}
	within := f.rest[:min(len(f.rest), min(f.limits.Line, f.limits.Cell))]
	end := strings.IndexByte(within, '\n')
	if end < 0 {
		return Row{}, false
	}
	line := strings.TrimSuffix(within[:end], "\r")
	if line == "" || strings.IndexByte(line, '"') >= 0 {
		return Row{}, false
	}
	cells := make([]string, 0, max(about, 1))
	for {
		cell, rest, more := strings.Cut(line, f.comma)
		cells = append(cells, strings.TrimSpace(cell))
		if !more {
			break
		}
		line = rest
	}
	if len(cells) > f.limits.Columns {
		return Row{}, false
	}
	row := Row{Line: f.line, Cells: cells}
	f.rest = f.rest[end+1:]
	f.line++
	return row, true
}

// Read gives a part of one row, never of two: what is refused is told when its row is asked for.
func (f *feed) Read(p []byte) (int, error) {
	if f.row == "" {
		if f.rest == "" {
			return 0, io.EOF
		}
		end, fault := f.end()
		if fault != nil {
			return 0, fault
		}
		f.row, f.rest = f.rest[:end], f.rest[end:]
		f.line += strings.Count(f.row, "\n")
	}
	n := copy(p, f.row)
	f.row = f.row[n:]
	return n, nil
}

// end finds where the first row of the rest ends, by the rules of encoding/csv: after a quote
// where none can stand, that is the end of the line.
func (f *feed) end() (int, *number.Error) {
	cells, place := 1, 0
	for {
		stop, fault := f.cell(place)
		switch {
		case fault != nil:
			return 0, fault
		case stop > f.limits.Line:
			return 0, f.limits.over(at(f.name, f.line), number.Say("bytes in a row"), int64(f.limits.Line))
		case strings.HasPrefix(f.rest[stop:], f.comma):
			if cells++; cells > f.limits.Columns {
				return 0, f.limits.over(at(f.name, f.line), number.Say("cells in a row"), int64(f.limits.Columns))
			}
			place = stop + len(f.comma)
			continue
		}
		ended := strings.IndexByte(f.rest[stop:min(len(f.rest), stop+f.limits.Line)], '\n')
		switch {
		case ended >= 0:
			return stop + ended + 1, nil
		case len(f.rest)-stop > f.limits.Line:
			return 0, f.limits.over(at(f.name, f.line), number.Say("bytes in a row"), int64(f.limits.Line))
		}
		return len(f.rest), nil
	}
}

// cell finds where the cell at a place ends: at the sign between cells, at the end of the
// line, or at a quote where none can stand.
func (f *feed) cell(place int) (stop int, fault *number.Error) {
	bound := min(len(f.rest), place+2*f.limits.Cell+2) // a quote in quotes is written twice
	if !strings.HasPrefix(f.rest[place:], `"`) {
		for stop = place; stop < bound; stop++ {
			if sign := f.rest[stop]; sign == '\n' || sign == '"' || strings.HasPrefix(f.rest[stop:], f.comma) {
				return stop, nil
			}
		}
		return stop, f.tooLong(stop)
	}
	for stop = place + 1; stop < bound; stop++ {
		if f.rest[stop] != '"' {
			continue
		}
		if !strings.HasPrefix(f.rest[stop+1:], `"`) {
			return stop + 1, nil
		}
		stop++
	}
	stop = min(stop, bound)
	if fault = f.tooLong(stop); fault != nil && strings.Contains(f.rest[place:stop], "\n") {
		fault = unclosed(at(f.name, f.line), nil)
	}
	return stop, fault
}

// tooLong is the fault of a cell that has not ended within its bound; nil at the end of the text.
func (f *feed) tooLong(stop int) *number.Error {
	if stop >= len(f.rest) {
		return nil
	}
	return f.limits.over(at(f.name, f.line), number.Say("bytes in a cell"), int64(f.limits.Cell))
}
