package format

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// feed gives a csv.Reader the rows of a text, each once it is known to be within the limits:
// the reader takes a whole row into memory, several times over, before anybody can look at it.
type feed struct {
	parts  *parts
	broken error  // why no more parts can be read; nil where they can, or the text has ended
	rest   string // of the rows that follow those that were read
	row    string // what is left of the row that is being read
	comma  string
	line   int // of the file, where rest begins
	name   string
	limits Limits
	cells  []string // room for those of the next rows
	about  int      // how many cells the row before has: the next one has mostly as many
}

func (f *feed) close() { f.parts.close() }

// mostBytes is about how many bytes of a long row are added to it at a time.
const mostBytes = 4 << 20

// fill reads on; false where the text has ended or cannot be read any further.
func (f *feed) fill() bool {
	if f.broken != nil {
		return false
	}
	part, err := f.parts.next(min(max(partBytes, len(f.rest)), mostBytes))
	if f.broken = err; part == "" {
		return false
	}
	f.rest += part
	return true
}

// skip passes over lines.
func (f *feed) skip(lines int) {
	for ; lines > 0; lines-- {
		end := strings.IndexByte(f.rest, '\n')
		for end < 0 && f.fill() {
			end = strings.IndexByte(f.rest, '\n')
		}
		f.line++
		if end < 0 {
			f.rest = ""
			continue
		}
		f.rest = f.rest[end+1:]
	}
	if f.rest == "" {
		f.fill()
	}
}

// plain takes the next row where it is one line without a quote and within the limits, as
// nearly all are: its cells are what stands between the commas. False leaves the row to the
// csv.Reader, and so do the ends of lines that it minds.
func (f *feed) plain() (Row, bool) {
	if f.row != "" || len(f.comma) != 1 || f.comma == `"` || f.comma == "\r" || f.comma == "\n" || f.rest == "" && !f.fill() {
		return Row{}, false
	}
	within := f.rest[:min(len(f.rest), min(f.limits.Line, f.limits.Cell))]
	end := strings.IndexByte(within, '\n')
	if end < 0 {
		return Row{}, false
	}
	line := within[:end]
	if end > 0 && line[end-1] == '\r' {
		line = line[:end-1]
	}
	if line == "" || strings.IndexByte(line, '"') >= 0 {
		return Row{}, false
	}
	cells := f.split(line)
	if len(cells) > f.limits.Columns {
		return Row{}, false
	}
	row := Row{Line: f.line, Cells: cells}
	f.rest = f.rest[end+1:]
	f.line++
	return row, true
}

// rowsAtOnce is for how many rows room for cells is made at a time, but cellsAtOnce is enough.
const (
	rowsAtOnce  = 64
	cellsAtOnce = 4096
)

// split parts a line into its cells.
func (f *feed) split(line string) []string {
	if cap(f.cells) < f.about+1 {
		f.cells = make([]string, 0, max(f.about+1, min(cellsAtOnce, rowsAtOnce*(f.about+1))))
	}
	cells, comma, start := f.cells[:0], f.comma[0], 0
	for i := range len(line) {
		if line[i] == comma {
			cells = append(cells, trim(line[start:i]))
			start = i + 1
		}
	}
	cells = append(cells, trim(line[start:]))
	if f.about = len(cells); len(cells) <= cap(f.cells) {
		f.cells = f.cells[len(cells):len(cells):cap(f.cells)]
	}
	return slices.Clip(cells)
}

// trim is strings.TrimSpace, for cells that have mostly none.
func trim(cell string) string {
	if n := len(cell); n == 0 || isInk(cell[0]) && isInk(cell[n-1]) {
		return cell
	}
	return strings.TrimSpace(cell)
}

// isInk reports whether a byte is a sign of ASCII that is no space.
func isInk(b byte) bool { return b > ' ' && b < 0x7F }

// Read gives a part of one row, never of two: what is refused is told when its row is asked for.
func (f *feed) Read(p []byte) (int, error) {
	if f.row == "" {
		if f.rest == "" && !f.fill() {
			return 0, cmp.Or(f.broken, io.EOF)
		}
		end, err := f.end()
		if err != nil {
			return 0, err
		}
		f.row, f.rest = f.rest[:end], f.rest[end:]
		f.line += strings.Count(f.row, "\n")
	}
	n := copy(p, f.row)
	f.row = f.row[n:]
	return n, nil
}

// end finds where the first row of the rest ends. A row that goes on behind the rest is read on.
func (f *feed) end() (int, error) {
	for {
		end, isWhole, fault := f.rowEnd()
		switch {
		case fault != nil:
			return 0, fault
		case isWhole:
			return end, nil
		case !f.fill():
			return end, f.broken
		}
	}
}

// rowEnd finds where the first row of the rest ends, by the rules of encoding/csv: after a quote
// where none can stand, that is the end of the line. It is not whole where the rest ends first,
// though a line may begin behind that.
func (f *feed) rowEnd() (end int, isWhole bool, fault *number.Error) {
	cells, place := 1, 0
	for {
		stop, fault := f.cell(place)
		switch {
		case fault != nil:
			return 0, false, fault
		case stop > f.limits.Line:
			return 0, false, f.limits.over(at(f.name, f.line), number.Say("bytes in a row"), int64(f.limits.Line))
		case strings.HasPrefix(f.rest[stop:], f.comma):
			if cells++; cells > f.limits.Columns {
				return 0, false, f.limits.over(at(f.name, f.line), number.Say("cells in a row"), int64(f.limits.Columns))
			}
			place = stop + len(f.comma)
			continue
		}
		ended := strings.IndexByte(f.rest[stop:min(len(f.rest), stop+f.limits.Line)], '\n')
		switch {
		case ended >= 0:
			return stop + ended + 1, true, nil
		case len(f.rest)-stop > f.limits.Line:
			return 0, false, f.limits.over(at(f.name, f.line), number.Say("bytes in a row"), int64(f.limits.Line))
		}
		return len(f.rest), false, nil
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
