package mapping

import (
	"errors"

	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
)

// previewRows is how many rows of a table a preview shows.
const previewRows = 5

// Preview lists the tables of files as they are understood, with their first rows.
func Preview(source *workspace.Source, files []File) []*catalogue.PreviewTable {
	tables, _, err := parse(source, files)
	if err != nil {
		return nil // mapping them tells it
	}
	var all []*catalogue.PreviewTable
	for i := range tables {
		t := &tables[i]
		one := &catalogue.PreviewTable{File: t.File, Sheet: t.Sheet, Format: string(t.Kind), Line: t.Line, RowCount: len(t.Rows), PassedCount: t.Passed, TotalRowCount: len(t.Totals), Remarks: []string{}}
		for place, header := range t.Header {
			one.Columns = append(one.Columns, &catalogue.PreviewColumn{Header: header, IsRead: t.isRead(place)})
		}
		for _, r := range t.Rows[:min(len(t.Rows), previewRows)] {
			one.Rows = append(one.Rows, &catalogue.PreviewRow{Line: r.Line, Cells: r.Cells})
		}
		for _, note := range t.Notes {
			one.Remarks = append(one.Remarks, note.Text)
		}
		all = append(all, one)
	}
	return all
}

// parse makes tables of the files. Rows that are no rows are rejects; a file
// that is no table, or lacks a column, is an error that names all its faults.
func parse(source *workspace.Source, files []File) ([]table, []Reject, error) {
	var tables []table
	var rejects []Reject
	mended, err := readMended(source, files)
	faults := []error{err}
	for _, f := range files {
		if IsMended(f.Path) {
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

// parseFile finds the tables of a file and the columns of each. Rows that others stand in for
// are left to these.
func parseFile(source *workspace.Source, f File, mended *mendedRows) ([]table, []Reject, error) {
	needs := needs(source)
	found, err := f.tables(source, needs)
	if err != nil {
		return nil, nil, err
	}
	var tables []table
	var rejects []Reject
	var faults []error
	for _, one := range found {
		t := table{Table: one, columns: map[string]int{}, plain: format.HasPlainNumbers(one.Kind)}
		rejected, err := readHeader(&t, source, needs.Columns)
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
