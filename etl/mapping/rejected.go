package mapping

import (
	"fmt"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/layout"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// RejectedTable is the rejected rows of a table of a source, in the shape of its file.
type RejectedTable struct {
	// File and Sheet are where they stand, Kind is the format of the file.
	File, Sheet string
	Kind        format.Kind
	// Mended is the path at which a file with the mended rows is read: the first that no file
	// has. Without its end, .csv or .xlsx.
	Mended string
	// Header has the names of the columns, Rows the rows as they are.
	Header []string
	Rows   []RejectedRow
}

// RejectedRow is a row that was rejected.
type RejectedRow struct {
	// Cells are its cells, as many as the header has; Numbers lists those that are numbers of
	// the file's own and not text.
	Cells   []string
	Numbers []int
	// Place is its place, with the mark by which it is known again.
	Place string
	// Reasons are what is wrong with it.
	Reasons []ledger.Reject
}

// Rejected finds the rows of files that rejects are of, and returns apart those rejects that are
// of no row: of headers, of totals, and of mended rows that mend nothing.
func Rejected(source *workspace.Source, files []File, rejects []Reject) ([]*RejectedTable, []ledger.Reject, error) {
	rows := map[ledger.Place][]ledger.Reject{}
	var others []ledger.Reject
	for _, r := range rejects {
		if r.OfNoRow {
			others = append(others, r.Reject)
			continue
		}
		at := ledger.Place{File: r.Place.File, Sheet: r.Place.Sheet, Line: r.Place.Line}
		rows[at] = append(rows[at], r.Reject)
	}
	if len(rows) == 0 {
		return nil, others, nil
	}
	tables, err := rejectedTables(source, files, rows)
	for _, reasons := range rows {
		others = append(others, reasons...)
	}
	return tables, others, err
}

// rejectedTables finds the rows that rejects are of, and takes those out of the rejects.
func rejectedTables(source *workspace.Source, files []File, rejects map[ledger.Place][]ledger.Reject) ([]*RejectedTable, error) {
	mended, err := readMended(source, files)
	if err != nil {
		return nil, err
	}
	var all []*RejectedTable
	for _, f := range files {
		if IsMended(f.Path) {
			continue
		}
		found, err := f.tables(source, needs(source))
		if err != nil {
			return nil, err
		}
		for _, t := range found {
			one := &RejectedTable{File: t.File, Sheet: t.Sheet, Kind: t.Kind, Header: t.Header, Mended: nextMended(f.Path, files)}
			stand := mended.of(t)
			for i := range t.Rows {
				one.add(t, &t.Rows[i], stand[i], rejects)
			}
			if len(one.Rows) > 0 {
				all = append(all, one)
			}
		}
	}
	return all, nil
}

// add adds a row that was rejected: as it was mended, where it was.
func (t *RejectedTable) add(of *layout.Table, row *layout.Row, mended *mendedRow, rejects map[ledger.Place][]ledger.Reject) {
	at, cells := ledger.Place{File: of.File, Sheet: of.Sheet, Line: row.Line}, row.Cells
	if mended != nil {
		at, cells = ledger.Place{File: mended.file, Line: mended.line}, mended.cells
	}
	reasons := rejects[at]
	if len(reasons) == 0 {
		return
	}
	delete(rejects, at)
	if width := len(t.Header); len(cells) > width { // what is too much stands in the last cell
		cells = append(slices.Clone(cells[:width-1]), strings.Join(cells[width-1:], ", "))
	}
	t.Rows = append(t.Rows, RejectedRow{
		Cells: padded(cells, len(t.Header)), Numbers: row.Numbers, Place: fmt.Sprintf("%s #%s", of.Where(row.Line), markOf(row)), Reasons: reasons,
	})
}

// nextMended is the path of the next file with mended rows beside a file.
func nextMended(of string, files []File) string {
	last := 0
	for _, f := range files {
		if stemmed, nth, is := mends(f.Path); is && stemmed == stem(of) {
			last = max(last, nth)
		}
	}
	if last == 0 {
		return stem(of) + mendedMark
	}
	return fmt.Sprintf("%s%s-%d", stem(of), mendedMark, last+1)
}

// Reason writes what is wrong with the row, in both languages.
func (r *RejectedRow) Reason() string {
	var parts []string
	for i := range r.Reasons {
		reason := &r.Reasons[i]
		text := reason.DetailText(number.Vietnamese) + " / " + reason.DetailText(number.English)
		if reason.Place.Column != "" {
			text = reason.Place.Column + ": " + text
		}
		parts = append(parts, text+" ["+string(reason.Reason)+"]")
	}
	return strings.Join(parts, "; ")
}
