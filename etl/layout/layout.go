// Package layout finds the table within the sheets of a file: which sheets are read, where
// the header is, which rows are data and which are totals, notes and titles. What the cells
// say is not known here.
package layout

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// The faults of a file whose table is not found.
const (
	// NoSheet: no sheet of the file is the one to read, or several may be.
	NoSheet number.Code = "SHEET_UNCLEAR"
	// NoHeader: no row is the one with which the header begins.
	NoHeader number.Code = "HEADER_NOT_FOUND"
)

// Table is a table within a file.
type Table struct {
	// File is the path of the file, Sheet the name of its sheet; "" where files have none.
	File, Sheet string
	// Kind is the format of the file.
	Kind format.Kind
	// Line is where the last row of the header stands, Header has the names of the columns.
	Line   int
	Header []string
	// Rows are the data, Totals the rows that are sums of others.
	Rows   []Row
	Totals []Row
	// Passed counts the rows that the rules of the source pass over.
	Passed int
	// Notes are the titles, sources and remarks around the table.
	Notes []format.Note

	sheet  format.Sheet
	source *workspace.Source
	begun  []format.Row // behind the header, that were read to find it
	read   int          // rows of the sheet that were read to find it
}

// Row is a row of a table.
type Row struct {
	format.Row
	// Group is the label of the row above that it belongs to; "" where there is none.
	Group string
	// After is how many rows of data stand before a total.
	After int
	// Mended is the file in which the row was mended, Line its line there; "" where it is read
	// as it stands in the table.
	Mended string
}

// Label is the first cell of a row that is not blank.
func (r *Row) Label() string {
	for _, cell := range r.Cells {
		if cell != "" {
			return cell
		}
	}
	return ""
}

// mostAbove is how many rows may stand above a header that is looked for.
const mostAbove = 200

// Needs are the columns that a header must have, and Years what each of several columns of
// years is known by.
type Needs struct {
	Columns []string
	Years   []func(header string) bool
}

// Read finds the tables of a file by the rules of its source, with all their rows.
func Read(f format.File, source *workspace.Source, needs Needs) ([]*Table, error) {
	tables, err := Open(f, source)
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		if err := t.Find(needs); err != nil {
			return nil, err
		}
		if err := t.Hold(); err != nil {
			return nil, err
		}
	}
	return tables, nil
}

// Open finds which sheets of a file have tables. Find finds the header of each, and then
// Each gives its rows, one after the other, or Hold keeps them all.
func Open(f format.File, source *workspace.Source) ([]*Table, error) {
	sheets, err := format.Read(f, source.Format())
	if err != nil {
		return nil, err
	}
	if sheets, err = choose(f.Name, sheets, source.Table.Sheets); err != nil {
		return nil, err
	}
	var tables []*Table
	for _, sheet := range sheets {
		tables = append(tables, &Table{File: f.Name, Sheet: sheet.Name, Kind: sheet.Kind, Notes: sheet.Notes, sheet: sheet, source: source})
	}
	return tables, nil
}

// Hold keeps all rows of the table.
func (t *Table) Hold() error {
	return t.Each(func(row *Row, isTotal bool) error {
		if isTotal {
			row.After = len(t.Rows)
			t.Totals = append(t.Totals, *row)
		} else {
			t.Rows = append(t.Rows, *row)
		}
		return nil
	})
}

// choose takes the sheets whose names fit, or the only one that has cells.
func choose(file string, sheets []format.Sheet, wanted []name.Pattern) ([]format.Sheet, error) {
	var names []string
	for _, sheet := range sheets {
		names = append(names, sheet.Name)
	}
	if len(wanted) > 0 {
		chosen := slices.DeleteFunc(slices.Clone(sheets), func(s format.Sheet) bool { return !name.FitsAny(wanted, s.Name) })
		if len(chosen) > 0 {
			return chosen, nil
		}
		return nil, &number.Error{
			Code: NoSheet, Message: number.Say("no sheet is called %q", wanted[0].String()), Where: file, Nearest: name.Nearest(wanted[0].String(), names),
			Hint: number.Say("the file has the sheets %s: name one under `table`, or ask for the right file", told(names)),
		}
	}
	if len(sheets) < 2 {
		return sheets, nil
	}
	var filled []format.Sheet
	for _, sheet := range sheets {
		if hasCells(sheet) {
			filled = append(filled, sheet)
		}
	}
	if len(filled) == 1 {
		return filled, nil
	}
	return nil, &number.Error{
		Code: NoSheet, Message: number.Say("%d sheets have cells: %s", len(filled), told(names)), Where: file,
		Hint: number.Say("say which to read, as in `table: {sheet: %q}`", names[0]),
	}
}

// told lists the names of sheets for a fault.
func told(names []string) string {
	const most = 12
	if len(names) > most {
		names = append(slices.Clone(names[:most]), "…")
	}
	return strings.Join(names, ", ")
}

func hasCells(sheet format.Sheet) bool {
	for row, err := range sheet.Rows {
		if err != nil || slices.ContainsFunc(row.Cells, func(cell string) bool { return cell != "" }) {
			return true
		}
	}
	return false
}

// Where is a place in the file, for a fault.
func (t *Table) Where(line int) string { return Where(t.File, t.Sheet, line) }

// Where writes a place: a line of a text, a row of a sheet.
func Where(file, sheet string, line int) string {
	if sheet == "" {
		return fmt.Sprintf("%s:%d", file, line)
	}
	return fmt.Sprintf("%s [%s]:%d", file, sheet, line)
}

// Find finds the header.
func (t *Table) Find(needs Needs) error {
	rule := t.source.Table
	pull, stop := iter.Pull2(t.sheet.Rows)
	defer stop()
	next := func() (format.Row, error, bool) {
		row, err, more := pull()
		if more && err == nil {
			t.read++
		}
		return row, err, more
	}
	head := header{rows: max(1, rule.Header), merged: t.sheet.Merged, needs: needs, spellings: t.source.Spellings, from: rule.From}
	above, rest, err := head.find(next)
	if err != nil {
		return err
	}
	if head.names == nil && head.seen && !rule.From.IsEmpty() {
		return &number.Error{
			Code: NoHeader, Message: number.Say("no row has a cell like %q, with which the header begins", rule.From.String()), Where: t.Where(1),
			Hint: number.Say("correct the header of the file, or `from` in the source"),
		}
	}
	if head.names == nil {
		return &number.Error{Code: format.Empty, Message: number.Say("the file is empty"), Where: t.File}
	}
	t.Header, t.Line, t.begun = head.names, head.line, rest
	for _, row := range above {
		t.note("title", row)
	}
	return nil
}

// Each gives the rows below the header, once and in order, those that are sums of others
// among them. A row stays as it is; the pointer is valid until the next one.
func (t *Table) Each(each func(row *Row, isTotal bool) error) error {
	rows := rowReader{table: t, rule: t.source.Table, spellings: t.source.Spellings, each: each}
	for _, row := range t.begun {
		if err := rows.add(row); err != nil {
			return err
		}
	}
	t.begun = nil
	at := 0
	for row, err := range t.sheet.Rows {
		if err != nil {
			return err
		}
		if at++; at > t.read {
			if err := rows.add(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// Need says which columns are needed, where no rule for rows looks at others: cells of others may be
// blank then.
func (t *Table) Need(columns []bool) {
	rule := t.source.Table
	if t.sheet.Need != nil && len(rule.To)+len(rule.Keep)+len(rule.Skip)+len(rule.Totals)+len(rule.Groups) == 0 {
		t.sheet.Need(columns)
	}
}

// note keeps what a row beside the table says.
func (t *Table) note(kind string, row format.Row) {
	cells := slices.DeleteFunc(slices.Clone(row.Cells), func(cell string) bool { return cell == "" })
	if len(cells) > 0 {
		t.Notes = append(t.Notes, format.Note{Kind: kind, Text: strings.Clone(strings.Join(slices.Compact(cells), " "))})
	}
}

// rowReader sorts rows into data, totals and notes.
type rowReader struct {
	table     *Table
	rule      workspace.TableRule
	spellings map[string][]name.Pattern
	group     string
	over      bool
	row       Row // the last one
	each      func(row *Row, isTotal bool) error
}

// add takes a row.
func (r *rowReader) add(read format.Row) error {
	t := r.table
	r.row = Row{Row: read, Group: r.group}
	row := &r.row
	if read.Fault == nil {
		if !slices.ContainsFunc(read.Cells, func(cell string) bool { return cell != "" }) {
			return nil
		}
		if t.Kind != format.CSV && t.Kind != format.TSV {
			row.Cells = fitted(read.Cells, len(t.Header))
		}
		label := row.Label()
		if r.over = r.over || name.FitsAny(r.rule.To, label); r.over {
			t.note("note", read)
			return nil
		}
		switch {
		case len(r.rule.Keep) > 0 && !r.has(row, r.rule.Keep, true), r.has(row, r.rule.Skip, false):
			t.Passed++
			return nil
		case r.has(row, r.rule.Totals, false):
			return r.each(row, true)
		case r.has(row, r.rule.Groups, false):
			r.group = label
			row.Group = label
			if isHeading(row) {
				return nil
			}
		}
	}
	return r.each(row, false)
}

// isHeading reports whether a row has a label and nothing else.
func isHeading(row *Row) bool {
	filled := 0
	for _, cell := range row.Cells {
		if cell != "" {
			filled++
		}
	}
	return filled == 1
}

// has reports whether a row has what one of the rules says, or all of them.
func (r *rowReader) has(row *Row, rules []workspace.RowRule, all bool) bool {
	fits := func(rule workspace.RowRule) bool { return r.table.Fits(row, rule, r.spellings) }
	if all {
		return !slices.ContainsFunc(rules, func(rule workspace.RowRule) bool { return !fits(rule) })
	}
	return slices.ContainsFunc(rules, fits)
}

// Keep leaves the rows for which keep is true.
func (t *Table) Keep(keep func(at int, row *Row) bool) {
	kept, total := t.Rows[:0], 0
	for at := range t.Rows {
		for ; total < len(t.Totals) && t.Totals[total].After <= at; total++ {
			t.Totals[total].After = len(kept)
		}
		if keep(at, &t.Rows[at]) {
			kept = append(kept, t.Rows[at])
		}
	}
	for ; total < len(t.Totals); total++ {
		t.Totals[total].After = len(kept)
	}
	clear(t.Rows[len(kept):])
	t.Rows = kept
}

// Fits reports whether a row has what a rule says.
func (t *Table) Fits(row *Row, rule workspace.RowRule, spellings map[string][]name.Pattern) bool {
	if rule.Column == "" {
		return name.FitsAny(rule.Patterns, row.Label())
	}
	place := Place(t.Header, rule.Column, spellings)
	return place >= 0 && place < len(row.Cells) && name.FitsAny(rule.Patterns, row.Cells[place])
}

// fitted makes cells as many as the header has.
func fitted(cells []string, width int) []string {
	if len(cells) >= width {
		return cells[:width]
	}
	return append(slices.Clone(cells), make([]string, width-len(cells))...)
}

// Place finds a column by its header, or by one of the other spellings of it; -1 for none.
// A column without a header is called by its number: #1.
func Place(header []string, column string, spellings map[string][]name.Pattern) int {
	if at := slices.Index(header, column); at >= 0 {
		return at
	}
	if digits, is := strings.CutPrefix(column, "#"); is {
		if at, err := strconv.Atoi(digits); err == nil && at >= 1 && at <= len(header) {
			return at - 1
		}
	}
	patterns := spellings[column]
	return slices.IndexFunc(header, func(text string) bool { return text != "" && name.FitsAny(patterns, text) })
}
