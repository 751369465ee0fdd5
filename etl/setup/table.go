package setup

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// table is the file as rows of cells without spaces around them.
type table struct {
	content  []byte
	format   format.Suggestion
	encoding string
	signs    workspace.CSV // of numbers in texts
	sheet    string        // the sheet, or the pattern of the sheets, to read; "" for the only one
	headings []heading     // rows that have one cell alone
	end      string        // the pattern of the row behind the table; "" where it ends with the rows
	repeated string        // the first cell of rows that say the header again
	partial  []string      // the columns that not all sheets have
	above    [][]string    // the rows above the header
	line     int           // the line of the last row of the header
	depth    int           // how many rows the header has
	header   []string
	rows     [][]string
}

// heading is a row with one cell alone: a heading among the rows, or a note below them.
type heading struct {
	text  string
	after int // how many rows of data stand before it
}

// mostBytes bounds a file, as the workspace bounds those that it reads.
const mostBytes = 512 << 20

// readTable reads the file: of a workbook the sheet that is named, the only one that has
// cells, or all of them where their names differ by a year alone.
func readTable(o *Options, file string) (*table, error) {
	refuse := func(err error, format string, args ...any) (*table, error) {
		return nil, &number.Error{Code: BadFile, Where: file, Message: number.EnglishOnly(format, args...), Err: err}
	}
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return refuse(err, "the file cannot be read")
	case !info.Mode().IsRegular():
		return refuse(nil, "this is no regular file: name one file")
	case info.Size() > mostBytes:
		return refuse(nil, "the file has more than %d MiB", mostBytes>>20)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return refuse(err, "the file cannot be read")
	}
	f := format.File{Name: file, Content: content}
	t := &table{content: content, format: format.Guess(f), encoding: o.Encoding}
	if t.encoding == "" {
		if t.encoding, err = t.findEncoding(o); err != nil {
			return nil, err
		}
	}
	sheets, err := format.Read(f, t.options())
	if err != nil {
		return nil, err
	}
	if err := t.readSheets(o, file, sheets); err != nil {
		return nil, err
	}
	if err := t.readSigns(o); err != nil {
		return nil, err
	}
	switch {
	case len(t.header) < 2:
		return refuse(nil, "the file is no table: no header with two columns or more was found")
	case len(t.rows) == 0:
		return refuse(nil, "the file has no rows below its header")
	}
	for i, column := range t.header {
		if column != "" && slices.Contains(t.header[i+1:], column) {
			return refuse(nil, "two columns are called %q", column)
		}
	}
	return t, nil
}

// options say how the file is written.
func (t *table) options() format.Options {
	options := format.Options{Encoding: t.encoding}
	if sign, _ := utf8.DecodeRuneInString(t.format.Delimiter.Value); sign != utf8.RuneError {
		options.Delimiter = sign
	}
	return options
}

// findEncoding takes the encoding that the bytes leave no doubt of, or asks: the letters of
// code pages differ, and one is never chosen in silence.
func (t *table) findEncoding(o *Options) (string, error) {
	found := t.format.Encoding
	if found.Known || len(found.Candidates) == 0 {
		return found.Value, nil
	}
	var choices, told []string
	for _, c := range found.Candidates {
		choices = append(choices, c.Value)
		told = append(told, c.Value+": "+c.Example)
	}
	return o.find("", "in which encoding is the file ("+strings.Join(told, "; ")+")?", "--encoding", choices)
}

// yearInName finds the year in the name of a sheet.
func yearInName() *regexp.Regexp { return regexp.MustCompile(`(?:1[89]|2[0-2])[0-9]{2}`) }

// readSheets reads the sheets that are wanted.
func (t *table) readSheets(o *Options, file string, sheets []format.Sheet) error {
	var filled []format.Sheet
	var names []string
	patterns := map[string]bool{}
	for _, s := range sheets {
		for row, err := range s.Rows {
			if err != nil || len(row.Cells) > 0 { // what is wrong with it is told where it is read
				filled, names = append(filled, s), append(names, s.Name)
				patterns[yearInName().ReplaceAllString(s.Name, "{year}")] = true
				break
			}
		}
	}
	wanted := o.Sheet
	if wanted == "" && len(filled) > 1 {
		for pattern := range patterns {
			wanted = pattern
		}
		if len(patterns) > 1 || !strings.Contains(wanted, "{year}") {
			var err error
			if wanted, err = o.find("", "which sheet is to be read?", "--sheet", names); err != nil {
				return err
			}
		}
	}
	t.sheet = wanted
	pattern, err := name.CompilePattern(wanted)
	if wanted != "" && err != nil {
		return &number.Error{Code: BadOption, Where: file, Message: number.EnglishOnly("--sheet: %q is no pattern: %s", wanted, err)}
	}
	read := 0
	for _, s := range filled {
		fields, fits := pattern.Match(s.Name)
		if wanted != "" && !fits {
			continue
		}
		if err := t.add(s, fields["year"]); err != nil {
			return err
		}
		read++
	}
	if read == 0 && wanted != "" {
		return &number.Error{Code: BadOption, Where: file, Message: number.EnglishOnly("--sheet: no sheet is called %q", wanted), Nearest: name.Nearest(wanted, names)}
	}
	return nil
}

// sheetYear is the header of the column that the years in the names of sheets make.
const sheetYear = "{year}"

func filledCells(cells []string) int {
	filled := 0
	for _, cell := range cells {
		if cell != "" {
			filled++
		}
	}
	return filled
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

// labelEnd is the end of the header of a dimension's labels, as format.Read makes it.
const labelEnd = " label"

// isLabel reports whether a column has the labels of the codes in another one.
func (t *table) isLabel(place int) bool {
	of, is := strings.CutSuffix(t.header[place], labelEnd)
	return is && slices.Contains(t.header, of)
}

// named returns the headers of columns.
func (t *table) named(places []int) []string {
	named := make([]string, len(places))
	for i, place := range places {
		named[i] = t.column(place)
	}
	return named
}

// column is how a mapping calls a column: by its header, or by its number.
func (t *table) column(place int) string {
	if header := t.header[place]; header != "" {
		return header
	}
	return fmt.Sprintf("#%d", place+1)
}
