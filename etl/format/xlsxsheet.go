package format

import (
	"archive/zip"
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// NoResult is the code of a row with a formula whose result the file does not have.
const NoResult number.Code = "FORMULA_WITHOUT_RESULT"

// What a sheet of Excel can have: a file that says more was not made by it.
const (
	excelRows  = 1 << 20
	excelCells = 1 << 14
	mostAreas  = 1 << 20
)

// xlsxSheet is a sheet of a workbook.
type xlsxSheet struct {
	book     *xlsxBook
	name     string
	member   *zip.File
	isHidden bool
	lost     *number.Error // the member is not in the file; nil where it is
}

// xlsxLook is what is found in a first reading of a sheet, before its rows are given.
type xlsxLook struct {
	merged              []Area
	hiddenRows, columns spans
	fonts               fontsSeen
}

// read looks through a sheet; its rows are read when they are asked for.
func (s *xlsxSheet) read() (Sheet, error) {
	if s.lost != nil {
		return Sheet{}, s.lost
	}
	look := &xlsxLook{fonts: fontsSeen{}}
	err := s.walk(look, func(r Row) bool {
		s.book.texts -= r.weight()
		return s.book.texts >= 0
	})
	if err == nil && s.book.texts < 0 {
		err = s.book.limits.over(s.place(""), number.Say("bytes"), s.book.limits.Bytes)
	}
	if err != nil {
		return Sheet{}, err
	}
	notes := hiddenNotes(s.name, s.isHidden, look.hiddenRows, look.columns)
	return Sheet{Name: s.name, Notes: append(notes, look.fonts.notes()...), Merged: look.merged, Rows: func(yield func(Row, error) bool) {
		stopped := false
		err := s.walk(&xlsxLook{fonts: fontsSeen{}}, func(r Row) bool {
			stopped = !yield(r, nil)
			return !stopped
		})
		if err != nil && !stopped {
			yield(Row{}, err)
		}
	}}, nil
}

// hiddenNotes tell what is read although people do not see it.
func hiddenNotes(sheet string, isHidden bool, rows, columns spans) []Note {
	var notes []Note
	if isHidden {
		notes = append(notes, Note{"hidden sheet", sheet})
	}
	if len(rows) > 0 {
		notes = append(notes, Note{"hidden rows", rows.text(strconv.Itoa)})
	}
	if len(columns) > 0 {
		notes = append(notes, Note{"hidden columns", columns.text(columnName)})
	}
	return notes
}

// place names a cell or row of a sheet in an error.
func (s *xlsxSheet) place(of string) string { return s.book.name + ":" + s.name + "!" + of }

// wrong is the fault of a sheet that is not what its format says.
func (s *xlsxSheet) wrong(of string, message number.Message) *number.Error {
	return malformed(s.place(of), XLSX, message, nil)
}

// walk reads a sheet from its first token to its last, or until a row is the last one that
// is wanted.
func (s *xlsxSheet) walk(look *xlsxLook, yield func(Row) bool) error {
	m, end, err := s.book.open(s.member)
	if err != nil {
		return err
	}
	defer end()
	line := 0
	for {
		token, err := m.next()
		if token == nil || err != nil {
			return err
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if start.Name.Local != "row" {
			if err := s.beside(start, look); err != nil {
				return err
			}
			continue
		}
		row, err := s.row(m, start, line, look)
		if err != nil {
			return err
		}
		if line = row.Line; (len(row.Cells) > 0 || row.Fault != nil) && !yield(row) {
			return nil
		}
	}
}

// beside reads what stands above and below the rows.
func (s *xlsxSheet) beside(e xml.StartElement, look *xlsxLook) error {
	switch e.Name.Local {
	case "col":
		first, _ := strconv.Atoi(attribute(e, "min")) // no number, no column
		last, _ := strconv.Atoi(attribute(e, "max"))
		if isOn(e, "hidden") && first > 0 && first <= last {
			look.columns.add(first-1, min(last, excelCells)-1)
		}
	case "mergeCell":
		area, ok := parseArea(attribute(e, "ref"))
		if !ok {
			return s.wrong(quoted(attribute(e, "ref")), number.Say("an area of merged cells cannot be read"))
		}
		if len(look.merged) == mostAreas {
			return s.book.limits.over(s.book.name, number.Say("areas of merged cells"), mostAreas)
		}
		look.merged = append(look.merged, area)
	}
	return nil
}

// row reads a row to its end.
func (s *xlsxSheet) row(m *markup, start xml.StartElement, before int, look *xlsxLook) (Row, error) {
	row := Row{Line: before + 1}
	if said := attribute(start, "r"); said != "" {
		line, err := strconv.ParseInt(said, 10, 64)
		switch {
		case err != nil || line <= int64(before):
			return row, s.wrong(quoted(said), number.Say("its rows are not in order"))
		case line > int64(min(s.book.limits.Rows, excelRows)):
			return row, s.book.limits.over(s.place(said), number.Say("rows"), int64(min(s.book.limits.Rows, excelRows)))
		}
		row.Line = int(line)
	}
	if isOn(start, "hidden") {
		look.hiddenRows.add(row.Line, row.Line)
	}
	next := 0
	for depth := m.depth; ; {
		token, err := m.next()
		if err != nil {
			return row, err
		}
		if c, ok := token.(xml.StartElement); ok && c.Name.Local == "c" {
			if next, err = s.cell(m, c, next, &row, look); err != nil {
				return row, err
			}
		}
		if token == nil || m.depth < depth {
			break
		}
	}
	if fault := s.book.limits.check(s.place(strconv.Itoa(row.Line)), row); fault != nil {
		return row, fault
	}
	return row, nil
}

// xlsxCell is a cell as it is written.
type xlsxCell struct {
	at        int
	kind      string // s, str, inlineStr, b, e, d, or n
	style     xlsxStyle
	value     string
	hasValue  bool
	isFormula bool
	runs      []textRun
}

// cell reads a cell into its row and gives the place of the one that follows.
func (s *xlsxSheet) cell(m *markup, start xml.StartElement, next int, row *Row, look *xlsxLook) (int, error) {
	c := xlsxCell{at: next, kind: attribute(start, "t"), style: s.book.style(attribute(start, "s"))}
	if name := attribute(start, "r"); name != "" {
		line, at, ok := parseCell(name)
		if !ok || line != row.Line {
			return 0, s.wrong(quoted(name), number.Say("a cell does not stand where it says"))
		}
		c.at = at
	}
	if c.at >= min(s.book.limits.Columns, excelCells) {
		return 0, s.book.limits.over(s.place(strconv.Itoa(row.Line)), number.Say("cells in a row"), int64(min(s.book.limits.Columns, excelCells)))
	}
	if err := c.read(m); err != nil {
		return 0, err
	}
	text, err := s.text(&c, row, look)
	row.set(c.at, text)
	return c.at + 1, err
}

// read reads what a cell holds, to its end.
func (c *xlsxCell) read(m *markup) error {
	var value strings.Builder
	isValue := false
	for depth := m.depth; ; {
		token, err := m.next()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "v":
				isValue, c.hasValue = true, true
			case "f":
				c.isFormula = true
			case "is":
				if c.runs, err = m.runs(); err != nil {
					return err
				}
			}
		case xml.CharData:
			if isValue {
				value.Write(t)
			}
			if value.Len() > m.limits.Cell {
				return m.limits.over(m.where, number.Say("bytes in a cell"), int64(m.limits.Cell))
			}
		case xml.EndElement:
			isValue = false
		}
		if token == nil || m.depth < depth {
			c.value = value.String()
			return nil
		}
	}
}

// text is what a cell says. Numbers keep their digits; a formula has its result.
func (s *xlsxSheet) text(c *xlsxCell, row *Row, look *xlsxLook) (string, error) {
	value := strings.TrimSpace(c.value)
	if c.isFormula && c.runs == nil && (!c.hasValue || value == "" && c.kind != "str") {
		if row.Fault == nil {
			row.Fault = noResult(s.place(""), cellName(row.Line, c.at))
		}
		return "", nil
	}
	switch c.kind {
	case "s":
		index, err := strconv.Atoi(value)
		runs, ok := s.book.shared.get(index)
		if err != nil || !ok {
			return "", s.wrong(cellName(row.Line, c.at), number.Say("it has no text of the number %s", quoted(value)))
		}
		return strings.TrimSpace(textOf(runs, c.style.font, look.fonts)), nil
	case "inlineStr":
		return strings.TrimSpace(textOf(c.runs, c.style.font, look.fonts)), nil
	case "str":
		return strings.TrimSpace(textOf([]textRun{{text: unescaped(c.value)}}, c.style.font, look.fonts)), nil
	case "b":
		return map[string]string{"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}[value], nil
	case "d":
		return strings.TrimSuffix(value, "T00:00:00"), nil
	case "e":
		return value, nil
	}
	switch {
	case value == "":
		return "", nil
	case c.style.isDate:
		return dateOf(value, s.book.from1904), nil
	case c.style.isPercent:
		row.Percent = append(row.Percent, c.at)
	}
	row.Numbers = append(row.Numbers, c.at)
	return plainNumber(value), nil
}
