package setup

import (
	"bytes"
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/niengiam/niengiam/stats/number"
)

// table is the file as rows of cells without spaces around them.
type table struct {
	content   []byte
	delimiter rune
	above     [][]string // the rows above the header
	skip      int        // the lines above it
	header    []string
	rows      [][]string
}

// mostBytes bounds a file, as the workspace bounds those that it reads.
const mostBytes = 512 << 20

// readTable reads the file. Its delimiter is the one that makes the widest rows, and its
// header the first row that is as wide as most.
func readTable(file string) (*table, error) {
	refuse := func(err error, format string, args ...any) (*table, error) {
		return nil, &number.Error{Code: BadFile, Where: file, Message: number.EnglishOnly(format, args...), Err: err}
	}
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return refuse(err, "the file cannot be read")
	case !info.Mode().IsRegular():
		return refuse(nil, "this is no regular file: name one CSV file")
	case info.Size() > mostBytes:
		return refuse(nil, "the file has more than %d MiB", mostBytes>>20)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return refuse(err, "the file cannot be read")
	}
	if !utf8.Valid(content) || bytes.IndexByte(content, 0) >= 0 {
		return refuse(nil, "the file is not UTF-8: save it as CSV in UTF-8")
	}
	best := &table{}
	var broken error
	for _, delimiter := range []rune{',', ';', '\t', '|'} {
		t := &table{content: content, delimiter: delimiter}
		if err := t.split(); err != nil {
			broken = err
		} else if len(t.header) > len(best.header) {
			best = t
		}
	}
	switch {
	case len(best.header) < 2:
		return refuse(broken, "the file is no table: no header with two columns or more was found")
	case len(best.rows) == 0:
		return refuse(nil, "the file has no rows below its header")
	}
	for i, column := range best.header {
		if column != "" && slices.Contains(best.header[i+1:], column) {
			return refuse(nil, "two columns are called %q", column)
		}
	}
	return best, nil
}

// split reads the rows and finds the header among them.
func (t *table) split() error {
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(t.content, []byte("\uFEFF"))))
	reader.Comma, reader.FieldsPerRecord = t.delimiter, -1
	all, err := reader.ReadAll()
	if err != nil {
		return err
	}
	widths, width := map[int]int{}, 0
	for _, row := range all {
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
		if widths[len(row)]++; widths[len(row)] > widths[width] {
			width = len(row)
		}
	}
	for i, row := range all {
		filled := len(row) - len(slices.DeleteFunc(slices.Clone(row), func(cell string) bool { return cell != "" }))
		if len(row) != width || filled < 2 {
			continue
		}
		t.above, t.header = all[:i], row
		for _, row := range all[i+1:] {
			if len(row) == width && strings.Join(row, "") != "" {
				t.rows = append(t.rows, row)
			}
		}
		t.skip = t.lineOf(i)
		return nil
	}
	return nil
}

// lineOf returns how many lines stand above a row.
func (t *table) lineOf(row int) int {
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(t.content, []byte("\uFEFF"))))
	reader.Comma, reader.FieldsPerRecord = t.delimiter, -1
	for range row {
		if _, err := reader.Read(); err != nil {
			return 0
		}
	}
	if _, err := reader.Read(); err != nil {
		return 0
	}
	line, _ := reader.FieldPos(0)
	return line - 1
}

// told returns what a row above the header says under a name: Last Updated Date.
func (t *table) told(named string) string {
	for _, row := range t.above {
		if len(row) > 1 && number.Fold(row[0]) == named {
			return row[1]
		}
	}
	return ""
}

// values lists what stands in a column, each once, in order.
func (t *table) values(place int) []string {
	var values []string
	seen := map[string]bool{"": true}
	for _, row := range t.rows {
		if value := row[place]; !seen[value] {
			seen[value] = true
			values = append(values, value)
		}
	}
	return values
}

// named returns the headers of columns.
func (t *table) named(places []int) []string {
	named := make([]string, len(places))
	for i, place := range places {
		named[i] = t.header[place]
	}
	return named
}
