package etl

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// table is a file as rows of cells. Cells have no spaces around them.
type table struct {
	path    string
	columns map[string]int // header → place in a row; the headers that the source reads
	years   []yearColumn   // of a wide table
	rows    []row
	header  int // the line of the header
}

// row is one data row and the line on which it begins.
type row struct {
	line  int
	cells []string
}

// yearColumn is a column of a wide table.
type yearColumn struct {
	header string
	place  int
	year   number.Year
	status number.Status // that the header gives
}

// cell gives the text in a column; "" for the column "", which is none.
func (t *table) cell(r row, column string) string {
	if column == "" {
		return ""
	}
	return r.cells[t.columns[column]]
}

// reject is a reject with what its row says of its publication, 0 when that
// cannot be read. Line 1 is the header's.
type reject struct {
	ledger.Reject
	published number.Date
}

// mostNamed is how many headers a fault names as near.
const mostNamed = 3

// mostShown is how much of a cell a reject repeats.
const mostShown = 200

func newReject(place ledger.Place, value string, reason number.Code, detail number.Message) reject {
	if cell := []rune(value); len(cell) > mostShown {
		whole := value
		value = string(cell[:mostShown]) + "…"
		detail = detail.Replacing(whole, value) // the sentence may repeat the cell
	}
	return reject{Reject: ledger.Reject{Place: place, Value: value, Reason: reason, Detail: detail.Text()}}
}

// parse makes tables of the files. Rows that are no rows are rejects; a file
// that is no table, or lacks a column, is an error that names all its faults.
func parse(source *workspace.Source, files []file) ([]table, []reject, error) {
	var tables []table
	var rejects []reject
	var faults []error
	for _, f := range files {
		parsed, rejected, err := parseFile(source, f)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		tables = append(tables, parsed)
		rejects = append(rejects, rejected...)
	}
	return tables, rejects, errors.Join(faults...)
}

func parseFile(source *workspace.Source, f file) (table, []reject, error) {
	t := table{path: f.Path, columns: map[string]int{}}
	sheets, err := format.Read(format.File{Name: f.Path, Content: f.content}, source.Format())
	if err != nil {
		return t, nil, err
	}
	next, stop := iter.Pull2(sheets[0].Rows)
	defer stop()
	header, err, more := next()
	switch {
	case err != nil:
		return t, nil, err
	case !more:
		return t, nil, &number.Error{Code: format.Empty, Message: number.Say("the file is empty"), Where: f.Path}
	}
	t.header = header.Line
	rejects, err := t.readHeader(source, header.Cells)
	if err != nil {
		return t, nil, err
	}
	rejected, err := t.readRows(next, len(header.Cells))
	return t, append(rejects, rejected...), err
}

// headerAt is the place of the header.
func (t *table) headerAt() string { return fmt.Sprintf("%s:%d", t.path, t.header) }

// readHeader finds the columns that the source reads.
func (t *table) readHeader(source *workspace.Source, header []string) ([]reject, error) {
	var faults []error
	fault := func(code number.Code, message number.Message) *number.Error {
		err := &number.Error{Code: code, Message: message, Where: t.headerAt()}
		faults = append(faults, err)
		return err
	}
	for _, column := range columnsOf(source) {
		place := slices.Index(header, column)
		if place < 0 {
			fault(CSVMissingColumn, number.Say("there is no column %q", column)).Nearest = name.Nearest(column, header)
			continue
		}
		if slices.Contains(header[place+1:], column) {
			fault(CSVDuplicateColumn, number.Say("two columns are called %q", column))
		}
		t.columns[column] = place
	}
	if !source.Year.Headers {
		return nil, errors.Join(faults...)
	}
	rejects := t.readYears(header)
	for i, column := range t.years {
		for _, other := range t.years[:i] {
			if other.year == column.year {
				fault(CSVDuplicateColumn, number.Say("two columns are of the year %d: %q and %q", column.year, other.header, column.header))
			}
		}
	}
	if len(t.years) == 0 {
		none := fault(CSVMissingColumn, number.Say("no column is a year"))
		for _, r := range rejects[:min(len(rejects), mostNamed)] {
			none.Nearest = append(none.Nearest, r.Value)
		}
	}
	return rejects, errors.Join(faults...)
}

// readYears finds the columns of a wide table. A header with the digits of a year
// in it that is not one is shown as a reject: its figures are left out.
func (t *table) readYears(header []string) []reject {
	var rejects []reject
	for place, text := range header {
		if read, ok := t.columns[text]; ok && read == place {
			continue
		}
		read, ok := parseYear(text)
		said := ledger.Place{File: t.path, Line: t.header, Column: text}
		switch {
		case ok:
			t.years = append(t.years, yearColumn{text, place, read.year, read.status})
		case read.flag != "":
			rejects = append(rejects, newReject(said, text, BadYear, number.Say("what %q beside the year %d means is not known: the column is not read", read.flag, read.year)))
		case hasYear(text):
			rejects = append(rejects, newReject(said, text, BadYear, number.Say("the header is not a year: its column is not read")))
		}
	}
	return rejects
}

// columnsOf lists the columns that a source reads, each once.
func columnsOf(source *workspace.Source) []string {
	columns := []string{source.Year.Column, source.Published.Column, source.Basis.Column, source.Status, source.Note, source.Citation, source.Standing, source.Approximate.Column}
	for rule := &source.Unit; rule != nil; rule = rule.Within {
		columns = append(columns, rule.Column, rule.Name)
	}
	rules := slices.Clone(source.Breakdown)
	for _, measure := range source.Measures {
		rules = append(rules, measure.Breakdown...)
		columns = append(columns, measure.Indicator.Column, measure.Value, measure.Denominator, measure.Weight)
	}
	for _, rule := range rules {
		columns = append(columns, rule.Column)
	}
	slices.Sort(columns)
	columns = slices.Compact(columns)
	if len(columns) > 0 && columns[0] == "" {
		columns = columns[1:]
	}
	return columns
}

// readRows reads the rows after the header. Rows of nothing but blank cells, as
// spreadsheets write them below a table, are none.
func (t *table) readRows(next func() (format.Row, error, bool), width int) ([]reject, error) {
	var rejects []reject
	for {
		read, err, more := next()
		if err != nil || !more {
			return rejects, err
		}
		place := ledger.Place{File: t.path, Line: read.Line}
		switch {
		case read.Fault != nil:
			rejects = append(rejects, newReject(place, "", read.Fault.Code, read.Fault.Message))
		case !slices.ContainsFunc(read.Cells, func(cell string) bool { return cell != "" }):
		case len(read.Cells) != width:
			rejects = append(rejects, newReject(place, strings.Join(read.Cells, " | "), RaggedRow,
				number.Say("the row has %d cells, the header %d", len(read.Cells), width)))
		default:
			t.rows = append(t.rows, row{read.Line, read.Cells})
		}
	}
}

// sortRejects puts rejects in the order of the files, as a person fixes them.
func sortRejects(rejects []reject) {
	slices.SortStableFunc(rejects, func(a, b reject) int {
		return cmp.Or(
			strings.Compare(a.Place.File, b.Place.File),
			a.Place.Line-b.Place.Line,
			strings.Compare(a.Place.Column, b.Place.Column),
			strings.Compare(string(a.Reason), string(b.Reason)),
		)
	})
}
