package workspace

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/niengiam/niengiam/etl/name"
)

// readTable reads a CSV file of the catalogue, row by row, by the names of its
// columns; it reports false when rows of it are lost.
func readTable(r *reader, file string, content []byte, known, optional []string, row func(cell func(column string) (string, mark))) bool {
	content = bytes.TrimPrefix(content, []byte("\uFEFF"))
	if !utf8.Valid(content) {
		r.add(mark{file: file}, BadCSV, "the file is not UTF-8")
		return false
	}
	rows := csv.NewReader(bytes.NewReader(content))
	rows.FieldsPerRecord = -1
	header, err := rows.Read()
	if err != nil {
		r.add(mark{file: file, line: 1}, BadCSV, "the file is empty")
		return false
	}
	columns, ok := headerReader(r, file, header, known, optional)
	if !ok {
		return false
	}
	whole := true
	for {
		cells, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return whole
		}
		if broken, ok := errors.AsType[*csv.ParseError](err); ok {
			r.add(mark{file, broken.Line, broken.Column}, BadCSV, "this is not CSV: %s", broken.Err)
			return false
		}
		line, _ := rows.FieldPos(0)
		if len(cells) != len(header) {
			r.add(mark{file: file, line: line}, BadCSV, "the row has %d cells, the header %d", len(cells), len(header))
			whole = false
			continue
		}
		row(func(column string) (string, mark) {
			place, ok := columns[column]
			if !ok {
				return "", mark{file: file, line: line}
			}
			line, at := rows.FieldPos(place)
			return strings.TrimSpace(cells[place]), mark{file, line, at}
		})
	}
}

// headerReader finds the columns; all but the optional ones must be there and no other may.
func headerReader(r *reader, file string, header, known, optional []string) (map[string]int, bool) {
	columns, ok := map[string]int{}, true
	for i, column := range header {
		column = strings.TrimSpace(column)
		at := mark{file: file, line: 1}
		switch _, twice := columns[column]; {
		case !slices.Contains(known, column):
			r.add(at, UnknownKey, "the column %q means nothing here", column).Nearest = name.Nearest(column, known)
		case twice:
			r.add(at, DuplicateKey, "the column %q stands here twice", column)
		default:
			columns[column] = i
		}
	}
	for _, column := range known {
		if _, given := columns[column]; !given && !slices.Contains(optional, column) {
			r.add(mark{file: file, line: 1}, MissingKey, "the column %q is missing", column)
			ok = false
		}
	}
	return columns, ok
}
