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
	"github.com/niengiam/niengiam/stats/number"
)

// cells gives the text in a column of a row, and its place.
type cells func(column string) (string, mark)

// date reads a day.
func (c cells) date(f *faults, column string) number.Date {
	text, at := c(column)
	date, err := number.ParseDate(text)
	if err != nil {
		f.add(at, BadValue, "%s", err)
	}
	return date
}

// readTable reads a CSV file of the catalogue, row by row, by the names of its
// columns; it reports false when rows of it are lost.
func readTable(f *faults, file string, content []byte, known, optional []string, row func(cells)) bool {
	content = bytes.TrimPrefix(content, []byte("\uFEFF"))
	if !utf8.Valid(content) {
		f.add(mark{file: file}, BadCSV, "the file is not UTF-8")
		return false
	}
	rows := csv.NewReader(bytes.NewReader(content))
	rows.FieldsPerRecord = -1
	header, err := rows.Read()
	if err != nil {
		f.add(mark{file: file, line: 1}, BadCSV, "the file is empty")
		return false
	}
	columns, ok := readHeader(f, file, header, known, optional)
	if !ok {
		return false
	}
	whole := true
	for {
		record, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return whole
		}
		if broken, ok := errors.AsType[*csv.ParseError](err); ok {
			f.add(mark{file, broken.Line, broken.Column}, BadCSV, "this is not CSV: %s", broken.Err)
			return false
		}
		line, _ := rows.FieldPos(0)
		if len(record) != len(header) {
			f.add(mark{file: file, line: line}, BadCSV, "the row has %d cells, the header %d", len(record), len(header))
			whole = false
			continue
		}
		row(func(column string) (string, mark) {
			place, ok := columns[column]
			if !ok {
				return "", mark{file: file, line: line}
			}
			line, at := rows.FieldPos(place)
			return strings.TrimSpace(record[place]), mark{file, line, at}
		})
	}
}

// readHeader finds the columns; all but the optional ones must be there and no other may.
func readHeader(f *faults, file string, header, known, optional []string) (map[string]int, bool) {
	columns, ok := map[string]int{}, true
	for i, column := range header {
		column = strings.TrimSpace(column)
		at := mark{file: file, line: 1}
		switch _, twice := columns[column]; {
		case !slices.Contains(known, column):
			f.add(at, UnknownKey, "the column %q means nothing here", column).Nearest = name.Nearest(column, known)
		case twice:
			f.add(at, DuplicateKey, "the column %q stands here twice", column)
		default:
			columns[column] = i
		}
	}
	for _, column := range known {
		if _, given := columns[column]; !given && !slices.Contains(optional, column) {
			f.add(mark{file: file, line: 1}, MissingKey, "the column %q is missing", column)
			ok = false
		}
	}
	return columns, ok
}
