package etl

import (
	"cmp"
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/layout"
	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// table is a table of a file whose columns the source knows. Cells have no spaces around
// them.
type table struct {
	*layout.Table
	columns map[string]int // header → place in a row; the headers that the source reads
	wide    [][]yearColumn // of a wide table: those of each measure
	year    flaggedYear    // that the name of the file or sheet says
	plain   bool           // its numbers are written as computers write them
}

// yearColumn is a column of a wide table.
type yearColumn struct {
	header      string
	place       int
	year        number.Year
	status      number.Status // that the header gives
	whole       int           // the place of the denominator or weight beside it, -1 for none
	wholeHeader string
}

// cell gives the text in a column; "" for the column "", which is none.
func (t *table) cell(r *layout.Row, column string) string {
	if column == "" {
		return ""
	}
	return r.Cells[t.columns[column]]
}

// place is where a cell of a row stands.
func (t *table) place(r *layout.Row, column string) ledger.Place {
	if r.Mended != "" {
		return ledger.Place{File: r.Mended, Line: r.Line, Column: column}
	}
	return t.at(r.Line, column)
}

// at is a place in the table.
func (t *table) at(line int, column string) ledger.Place {
	return ledger.Place{File: t.File, Sheet: t.Sheet, Line: line, Column: column}
}

// reject is a reject with what its row says of its publication, 0 when that
// cannot be read.
type reject struct {
	ledger.Reject
	published number.Date
	ofColumn  bool // it stands in the header: the column is not read
	ofTotal   bool // it stands in a row of totals, which is none of data
	seq       uint64
}

// mostNamed is how many headers a fault names as near.
const mostNamed = 3

// mostHeaders is how many headers a fault lists where none is near.
const mostHeaders = 12

// mostShown is how much of a cell a reject repeats.
const mostShown = 200

func newReject(place ledger.Place, value string, reason number.Code, detail number.Message) reject {
	if cell := []rune(value); len(cell) > mostShown {
		whole := value
		value = string(cell[:mostShown]) + "…"
		detail = detail.Replacing(whole, value) // the sentence may repeat the cell
	}
	value = strings.Clone(value) // not the part of the file that it stands in
	return reject{Reject: ledger.Reject{Place: place, Value: value, Reason: reason, Detail: detail.Text()}}
}

// rejectColumn makes a reject of a header.
func (t *table) rejectColumn(header string, reason number.Code, detail number.Message) reject {
	r := newReject(t.at(t.Line, header), header, reason, detail)
	r.ofColumn = true
	return r
}

// parse makes tables of the files. Rows that are no rows are rejects; a file
// that is no table, or lacks a column, is an error that names all its faults.
func parse(source *workspace.Source, files []file) ([]table, []reject, error) {
	var tables []table
	var rejects []reject
	mended, err := readMended(source, files)
	faults := []error{err}
	for _, f := range files {
		if _, _, is := mends(f.Path); is {
			continue
		}
		parsed, rejected, err := parseFile(source, f, mended)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		tables = append(tables, parsed...)
		rejects = append(rejects, rejected...)
	}
	return tables, append(rejects, mended.unused()...), errors.Join(faults...)
}

// needs are the columns by which the table of a source is found.
func needs(source *workspace.Source) layout.Needs {
	needs := layout.Needs{Columns: columnsOf(source)}
	for _, m := range source.Measures {
		if source.Year.Headers {
			needs.Years = append(needs.Years, func(header string) bool {
				_, ok := yearOfHeader(m.Headers, header)
				return ok
			})
		}
	}
	return needs
}

// parseFile finds the tables of a file and the columns of each. Rows that others stand in for
// are left to these.
func parseFile(source *workspace.Source, f file, mended *mendedRows) ([]table, []reject, error) {
	needs := needs(source)
	found, err := f.tables(source, needs)
	if err != nil {
		return nil, nil, err
	}
	var tables []table
	var rejects []reject
	var faults []error
	for _, one := range found {
		t := table{Table: one, columns: map[string]int{}, plain: format.HasPlainNumbers(one.Kind)}
		rejected, err := t.readHeader(source, needs.Columns)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		mended.take(one)
		rejects = append(append(rejects, rejected...), t.checkRows()...)
		tables = append(tables, t)
	}
	return tables, rejects, errors.Join(faults...)
}

// tables finds the tables of the file and holds all rows of them.
func (f *file) tables(source *workspace.Source, needs layout.Needs) (_ []*layout.Table, err error) {
	own, closeFile, err := f.open()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, closeFile()) }()
	return layout.Read(own, source, needs)
}

// fault is a fault of the header.
func (t *table) fault(code number.Code, message number.Message) *number.Error {
	return &number.Error{Code: code, Message: message, Where: t.Where(t.Line)}
}

// readHeader finds the columns that the source reads.
func (t *table) readHeader(source *workspace.Source, columns []string) ([]reject, error) {
	var faults []error
	for _, column := range columns {
		place := layout.Place(t.Header, column, source.Spellings)
		if place < 0 {
			faults = append(faults, t.missing(column))
			continue
		}
		if slices.Contains(t.Header[place+1:], t.Header[place]) && t.Header[place] != "" {
			faults = append(faults, t.fault(CSVDuplicateColumn, number.Say("two columns are called %q", t.Header[place])))
		}
		t.columns[column] = place
	}
	var rejects []reject
	if source.Year.Headers {
		var err error
		if rejects, err = readYears(t, source); err != nil {
			faults = append(faults, err)
		}
	}
	if err := errors.Join(append(faults, t.readOwnYear(source.Year))...); err != nil {
		return nil, err
	}
	unread, err := t.checkUnread(source)
	return append(rejects, unread...), err
}

// missing is the fault of a column that is not there, with the line of YAML that reads the
// nearest one instead.
func (t *table) missing(column string) error {
	fault := t.fault(CSVMissingColumn, number.Say("there is no column %q", column))
	if fault.Nearest = name.Nearest(column, t.Header); len(fault.Nearest) > 0 {
		fault.Hint = number.Say("where %q is that column, the source says `columns: {%q: [%q]}`", fault.Nearest[0], column, fault.Nearest[0])
	} else if headers := slices.DeleteFunc(slices.Clone(t.Header), func(header string) bool { return header == "" }); len(headers) > 0 {
		fault.Hint = number.Say("the header has %s; correct the header of the file, or the name in the source", strings.Join(headers[:min(len(headers), mostHeaders)], ", "))
	}
	return fault
}

// readOwnYear reads the year from the name of the file or sheet.
func (t *table) readOwnYear(rule workspace.YearRule) error {
	for _, from := range []struct {
		pattern name.Pattern
		text    string
	}{{rule.File, path.Base(t.File)}, {rule.Sheet, t.Sheet}} {
		if from.pattern.IsEmpty() {
			continue
		}
		year, ok := yearOfHeader(from.pattern, from.text)
		if !ok {
			return t.fault(BadYear, number.Say("the name %q does not say the year as the source writes it: %s", from.text, from.pattern.String()))
		}
		t.year = year
	}
	return nil
}

// checkUnread tells columns that the source neither reads nor leaves out on purpose, as its
// contract says.
func (t *table) checkUnread(source *workspace.Source) ([]reject, error) {
	if source.Contract == workspace.Discard {
		return nil, nil
	}
	ruled := t.ruledColumns(source)
	var rejects []reject
	var faults []error
	for place, header := range t.Header {
		if header == "" || t.isRead(place) || ruled[place] || name.FitsAny(source.Ignored, header) {
			continue
		}
		if source.Contract == workspace.Evolve {
			rejects = append(rejects, t.rejectColumn(header, NewColumn, number.Say("the source does not read this column; `ignored: [%q]` leaves it out on purpose", header)))
			continue
		}
		fault := t.fault(CSVUnknownColumn, number.Say("the column %q is not one that the source reads, and its contract is freeze", header))
		fault.Hint = number.Say("`ignored: [%q]` leaves it out on purpose", header)
		faults = append(faults, fault)
	}
	return rejects, errors.Join(faults...)
}

// ruledColumns are the places of the columns that tell which rows are read.
func (t *table) ruledColumns(source *workspace.Source) map[int]bool {
	rules := slices.Concat(source.Table.Keep, source.Table.Skip, source.Table.Totals, source.Table.Groups)
	for _, measure := range source.Measures {
		rules = append(rules, measure.Where...)
	}
	ruled := map[int]bool{}
	for _, rule := range rules {
		if rule.Column == "" {
			ruled[0] = true // the label of a row stands first
		} else if place := layout.Place(t.Header, rule.Column, source.Spellings); place >= 0 {
			ruled[place] = true
		}
	}
	return ruled
}

// isRead reports whether the source reads the column at a place.
func (t *table) isRead(place int) bool {
	for _, at := range t.columns {
		if at == place {
			return true
		}
	}
	for _, columns := range t.wide {
		if slices.ContainsFunc(columns, func(c yearColumn) bool { return c.place == place || c.whole == place }) {
			return true
		}
	}
	return false
}

// neededColumns are the places of the columns that the source reads, or that tell which rows are of a
// measure; nil for all, where any cell may tell that.
func (t *table) neededColumns(source *workspace.Source) []bool {
	for i := range source.Measures {
		if slices.ContainsFunc(source.Measures[i].Where, func(rule workspace.RowRule) bool { return rule.Column == "" }) {
			return nil
		}
	}
	ruled, needed := t.ruledColumns(source), make([]bool, len(t.Header))
	for place := range needed {
		needed[place] = t.isRead(place) || ruled[place]
	}
	return needed
}

// columnsOf lists the columns that a source reads, each once.
func columnsOf(source *workspace.Source) []string {
	columns := []string{source.Year.Column, source.Published.Column, source.Basis.Column, source.Status, source.Note, source.Citation, source.Standing, source.Approximate.Column}
	for rule := &source.Unit; rule != nil; rule = rule.Within {
		columns = append(append(columns, rule.CodeColumns()...), rule.Name)
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

// checkRows makes rejects of the rows that cannot be read and leaves the others.
func (t *table) checkRows() []reject {
	var rejects []reject
	t.Keep(func(_ int, row *layout.Row) bool {
		r, wrong := t.checkRow(row)
		if wrong {
			rejects = append(rejects, r)
		}
		return !wrong
	})
	return rejects
}

// checkRow makes a reject of a row that cannot be read.
func (t *table) checkRow(r *layout.Row) (rejected reject, wrong bool) {
	switch {
	case r.Fault != nil:
		return newReject(t.place(r, ""), "", r.Fault.Code, r.Fault.Message), true
	case len(r.Cells) != len(t.Header):
		return newReject(t.place(r, ""), strings.Join(r.Cells, " | "), RaggedRow,
			number.Say("the row has %d cells, the header %d", len(r.Cells), len(t.Header))), true
	}
	return reject{}, false
}

// sortRejects puts rejects in the order of the files, as a person fixes them.
func sortRejects(rejects []reject) {
	slices.SortStableFunc(rejects, func(a, b reject) int {
		return cmp.Or(
			strings.Compare(a.Place.File, b.Place.File),
			strings.Compare(a.Place.Sheet, b.Place.Sheet),
			a.Place.Line-b.Place.Line,
			strings.Compare(a.Place.Column, b.Place.Column),
			strings.Compare(string(a.Reason), string(b.Reason)),
		)
	})
}
