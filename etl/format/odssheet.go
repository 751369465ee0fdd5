package format

import (
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// odsSheet is a sheet of a spreadsheet of OpenDocument.
type odsSheet struct {
	book     *odsBook
	name     string
	offset   int64 // of its first tag
	isHidden bool
}

// odsLook is what is found in a first reading of a sheet, and what cells take from columns.
type odsLook struct {
	merged              []Area
	hiddenRows, columns spans
	fonts               fontsSeen
	defaults            []odsColumns
	column              int
}

// odsColumns are columns whose cells have a style where they name none.
type odsColumns struct {
	last  int
	style string
}

// look reads a sheet for the first time.
func (s *odsSheet) look(m *markup) (Sheet, error) {
	look := &odsLook{fonts: fontsSeen{}}
	err := s.walk(m, look, func(r Row) bool {
		s.book.texts -= r.weight()
		return s.book.texts >= 0
	})
	if err == nil && s.book.texts < 0 {
		err = s.book.limits.over(s.at(""), number.Say("bytes"), s.book.limits.Bytes)
	}
	notes := append(hiddenNotes(s.name, s.isHidden, look.hiddenRows, look.columns), look.fonts.notes()...)
	return Sheet{Name: s.name, Notes: notes, Merged: look.merged, Rows: s.rowsFrom}, err
}

// at names a cell or row of the sheet in an error.
func (s *odsSheet) at(of string) string { return s.book.name + ":" + s.name + "!" + of }

// walk reads a sheet from behind its first tag to its last.
func (s *odsSheet) walk(m *markup, look *odsLook, yield func(Row) bool) error {
	line := 1
	for depth := m.depth; ; {
		token, err := m.next()
		if err != nil {
			return err
		}
		if token == nil || m.depth < depth {
			return nil
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "table-column":
			look.see(start)
		case "table-row":
			next, goOn, err := s.repeated(m, start, line, look, yield)
			if err != nil || !goOn {
				return err
			}
			line = next
		case "shapes", "forms", "table", "named-expressions":
			if err := m.pass(); err != nil {
				return err
			}
		}
	}
}

// see notes which columns are hidden and the style of their cells.
func (l *odsLook) see(e xml.StartElement) {
	first := l.column
	l.column += repeat(e, "number-columns-repeated")
	if isCollapsed(e) {
		l.columns.add(first, min(l.column, excelCells)-1)
	}
	if style := attribute(e, "default-cell-style-name"); len(l.defaults) < excelCells {
		l.defaults = append(l.defaults, odsColumns{l.column - 1, style})
	}
}

// style is that of the cells of a column which name none.
func (l *odsLook) style(cell int) string {
	for _, columns := range l.defaults {
		if cell <= columns.last {
			return columns.style
		}
	}
	return ""
}

// isCollapsed reports whether people do not see a row or column.
func isCollapsed(e xml.StartElement) bool {
	visibility := attribute(e, "visibility")
	return visibility == "collapse" || visibility == "filter"
}

// repeat is how often a row, column or cell stands there; 1 where it does not say.
func repeat(e xml.StartElement, name string) int {
	const most = 1 << 31
	n, err := strconv.Atoi(attribute(e, name))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, most)
}

// repeated reads a row and gives it as often as it stands there. Empty rows are not given,
// however many they are.
func (s *odsSheet) repeated(m *markup, start xml.StartElement, line int, look *odsLook, yield func(Row) bool) (next int, goOn bool, err error) {
	times := repeat(start, "number-rows-repeated")
	row := Row{Line: line}
	spanned, err := s.row(m, &row, look)
	if err != nil {
		return line, false, err
	}
	next = line + times
	most := min(s.book.limits.Rows, excelRows)
	if isCollapsed(start) && line <= most {
		look.hiddenRows.add(line, min(next, most+1)-1)
	}
	if len(row.Cells) == 0 && row.Fault == nil && len(spanned) == 0 {
		return next, true, nil
	}
	if next-1 > most {
		return line, false, s.book.limits.over(s.at(strconv.Itoa(line)), number.Say("rows"), int64(most))
	}
	if fault := s.book.limits.check(s.at(strconv.Itoa(line)), row); fault != nil {
		return line, false, fault
	}
	for ; line < next; line++ {
		for _, area := range spanned {
			if len(look.merged) == mostAreas {
				return line, false, s.book.limits.over(s.book.name, number.Say("areas of merged cells"), mostAreas)
			}
			look.merged = append(look.merged, Area{line, line + area.LastRow, area.FirstCell, area.LastCell})
		}
		given := row
		given.Line = line
		given.Cells = append([]string(nil), row.Cells...)
		if (len(row.Cells) > 0 || row.Fault != nil) && !yield(given) {
			return line, false, nil
		}
	}
	return next, true, nil
}

// row reads the cells of a row to its end. Of merged ones it gives the areas, their rows
// counted from this one.
func (s *odsSheet) row(m *markup, row *Row, look *odsLook) (spanned []Area, err error) {
	most := min(s.book.limits.Columns, excelCells)
	cell := 0
	for depth := m.depth; ; {
		token, err := m.next()
		if token == nil || err != nil || m.depth < depth {
			return spanned, err
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "table-cell" && start.Name.Local != "covered-table-cell" {
			continue
		}
		c := odsCell{sheet: s, start: start, name: cellName(row.Line, min(cell, excelCells))}
		text, err := c.read(m, look, cell)
		if err != nil {
			return nil, err
		}
		if row.Fault == nil {
			row.Fault = c.fault
		}
		times := repeat(start, "number-columns-repeated")
		columns, rows := repeat(start, "number-columns-spanned"), repeat(start, "number-rows-spanned")
		if (text != "" || columns > 1 || rows > 1) && cell+times > most {
			return nil, s.book.limits.over(s.at(strconv.Itoa(row.Line)), number.Say("cells in a row"), int64(most))
		}
		if columns > 1 || rows > 1 {
			spanned = append(spanned, Area{LastRow: rows - 1, FirstCell: cell, LastCell: cell + columns - 1})
		}
		if text != "" {
			for i := range times {
				row.set(cell+i, text)
				if c.isPercent {
					row.Percent = append(row.Percent, cell+i)
				}
			}
		}
		cell += times
	}
}

// collapsed makes one space of several, as OpenDocument reads its text.
func collapsed(text string) string {
	var b strings.Builder
	wasSpace := false
	for _, r := range text {
		isSpace := r == ' ' || r == '\n' || r == '\t' || r == '\r'
		switch {
		case !isSpace:
			b.WriteRune(r)
		case !wasSpace:
			b.WriteByte(' ')
		}
		wasSpace = isSpace
	}
	return b.String()
}
