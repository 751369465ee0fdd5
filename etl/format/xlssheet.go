package format

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// xlsSheet is a sheet of a workbook of Excel 97 to 2003.
type xlsSheet struct {
	book     *xlsBook
	name     string
	place    int
	isHidden bool
	cells    []xlsPlace
}

// xlsPlace is where the record of a cell, or of several of one row, begins.
type xlsPlace struct {
	row   uint16
	place uint32
}

// read looks through a sheet, which notes where its cells are: records of cells may stand
// in any order. They are read when they are asked for.
func (s *xlsSheet) read() (Sheet, error) {
	sheet := Sheet{Name: s.name}
	var hidden, columns spans
	if err := s.scan(&sheet, &hidden, &columns); err != nil {
		return Sheet{}, err
	}
	if inOrder := func(a, b xlsPlace) int { return cmp.Compare(a.row, b.row) }; !slices.IsSortedFunc(s.cells, inOrder) {
		slices.SortStableFunc(s.cells, inOrder)
	}
	fonts := fontsSeen{}
	for row := range s.rows(fonts) {
		if fault := s.book.limits.check(s.at(strconv.Itoa(row.Line)), row); fault != nil {
			return Sheet{}, fault
		}
		if s.book.texts -= row.weight(); s.book.texts < 0 {
			return Sheet{}, s.book.limits.over(s.at(strconv.Itoa(row.Line)), number.Say("bytes"), s.book.limits.Bytes)
		}
	}
	sheet.Notes = append(hiddenNotes(s.name, s.isHidden, hidden, columns), fonts.notes()...)
	sheet.Rows = func(yield func(Row, error) bool) {
		for row := range s.rows(fontsSeen{}) {
			if !yield(row, nil) {
				return
			}
		}
	}
	return sheet, nil
}

// at names a cell or row of the sheet in an error.
func (s *xlsSheet) at(of string) string { return s.book.name + ":" + s.name + "!" + of }

func (s *xlsSheet) damaged() *number.Error {
	return malformed(s.at(""), XLS, number.Say("it is cut off or damaged"), nil)
}

// scan reads the records of a sheet to its end. Charts within it, which begin and end as a
// sheet does, are left out.
func (s *xlsSheet) scan(sheet *Sheet, hidden, columns *spans) error {
	r, ok := s.book.stream.at(s.place)
	if !ok || r.kind != biffBOF {
		return s.damaged()
	}
	for depth := 1; depth > 0; {
		place := r.next
		if r, ok = s.book.stream.at(place); !ok {
			return s.damaged()
		}
		// Sheets stand one behind another: where they overlap, little would be read often.
		if s.book.left -= r.next - place; s.book.left < 0 {
			return s.damaged()
		}
		switch r.kind {
		case biffBOF:
			depth++
		case biffEOF:
			depth--
		}
		if depth > 1 {
			continue
		}
		if err := s.see(r, place, sheet, hidden, columns); err != nil {
			return err
		}
	}
	return nil
}

// see notes what a record of a sheet says, or where the cell is that it has.
func (s *xlsSheet) see(r biffRecord, place int, sheet *Sheet, hidden, columns *spans) error {
	least := leastOf(r.kind)
	word := func(at int) int { return int(binary.LittleEndian.Uint16(r.body[at:])) }
	switch {
	case least == 0:
		return nil
	case len(r.body) < least:
		return s.damaged()
	}
	switch r.kind {
	case biffRow:
		const isHidden = 0x20
		if word(12)&isHidden != 0 {
			hidden.add(word(0)+1, word(0)+1)
		}
	case biffColInfo:
		if word(8)&1 != 0 && word(0) <= word(2) {
			columns.add(word(0), min(word(2), 255))
		}
	case biffMerged:
		const size = 8
		if len(r.body) < 2+size*word(0) {
			return s.damaged()
		}
		for i := range word(0) {
			if len(sheet.Merged) == mostAreas {
				return s.book.limits.over(s.book.name, number.Say("areas of merged cells"), mostAreas)
			}
			at := 2 + size*i
			sheet.Merged = append(sheet.Merged, Area{FirstRow: word(at) + 1, LastRow: word(at+2) + 1, FirstCell: word(at + 4), LastCell: word(at + 6)})
		}
	default:
		s.cells = append(s.cells, xlsPlace{uint16(word(0)), uint32(place)})
	}
	return nil
}

// leastOf is how much a record holds at least; 0 for those that are not read.
func leastOf(kind uint16) int {
	switch kind {
	case biffFormula:
		return 20
	case biffNumber:
		return 14
	case biffRow:
		return 16
	case biffMulRK:
		return 12
	case biffLabelSST, biffRK, biffColInfo:
		return 10
	case biffLabel, biffRString, biffBoolErr:
		return 8
	case biffMerged:
		return 2
	}
	return 0
}

// rows gives the rows that have something in them.
func (s *xlsSheet) rows(fonts fontsSeen) func(yield func(Row) bool) {
	return func(yield func(Row) bool) {
		for first := 0; first < len(s.cells); {
			row := Row{Line: int(s.cells[first].row) + 1}
			last := first
			for ; last < len(s.cells) && s.cells[last].row == s.cells[first].row; last++ {
				s.readCell(int(s.cells[last].place), &row, fonts)
			}
			if first = last; (len(row.Cells) > 0 || row.Fault != nil) && !yield(row) {
				return
			}
		}
	}
}

// readCell reads the record of a cell, or of several, into its row.
func (s *xlsSheet) readCell(place int, row *Row, fonts fontsSeen) {
	r, _ := s.book.stream.at(place)
	word := func(at int) int { return int(binary.LittleEndian.Uint16(r.body[at:])) }
	cell := word(2)
	if r.kind == biffMulRK {
		const size = 6
		for at := 4; at+size <= len(r.body)-2; at += size {
			s.number(row, cell, word(at), rk(r.body[at+2:]))
			cell++
		}
		return
	}
	_, font := s.book.style(word(4))
	text := func(runs []textRun) { row.set(cell, strings.TrimSpace(textOf(runs, font, fonts))) }
	switch r.kind {
	case biffNumber:
		s.number(row, cell, word(4), float(r.body[6:]))
	case biffRK:
		s.number(row, cell, word(4), rk(r.body[6:]))
	case biffBoolErr:
		row.set(cell, boolOrError(r.body[6], r.body[7] != 0))
	case biffLabelSST:
		runs, _ := s.book.shared.get(int(binary.LittleEndian.Uint32(r.body[6:])))
		text(runs)
	case biffLabel, biffRString:
		p := s.book.stream.pieces(r)
		p.pass(6)
		label, _ := p.text(false)
		text([]textRun{{text: label.plain()}})
	case biffFormula:
		s.formula(r, row, text)
	}
}

// formula reads the result of a formula.
func (s *xlsSheet) formula(r biffRecord, row *Row, text func([]textRun)) {
	const isText, isBool, isError, isEmpty = 0, 1, 2, 3
	cell := int(binary.LittleEndian.Uint16(r.body[2:]))
	result := r.body[6:14]
	if result[6] != 0xFF || result[7] != 0xFF {
		s.number(row, cell, int(binary.LittleEndian.Uint16(r.body[4:])), float(result))
		return
	}
	switch result[0] {
	case isBool, isError:
		row.set(cell, boolOrError(result[2], result[0] == isError))
	case isText:
		// Between the formula and its text may stand what it shares with other cells.
		for range 3 {
			next, ok := s.book.stream.at(r.next)
			if !ok {
				break
			}
			if r = next; r.kind == biffString {
				p := s.book.stream.pieces(r)
				if result, ok := p.text(false); ok {
					text([]textRun{{text: result.plain()}})
					return
				}
			}
		}
		if row.Fault == nil {
			row.Fault = noResult(s.at(""), cellName(row.Line, cell))
		}
	case isEmpty:
	}
}

// number sets a cell to a number, or to the day that it stands for.
func (s *xlsSheet) number(row *Row, cell, style int, n float64) {
	text := strconv.FormatFloat(n, 'f', -1, 64) // the shortest decimal that is this number
	format, _ := s.book.style(style)
	switch {
	case format.isDate:
		text = dateOf(text, s.book.from1904)
	case format.isPercent:
		row.Percent = append(row.Percent, cell)
	}
	row.set(cell, text)
}

func boolOrError(value byte, isError bool) string {
	switch {
	case isError:
		return biffError(value)
	case value != 0:
		return "TRUE"
	}
	return "FALSE"
}
