package setup

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/number"
)

// table is the file as rows of cells without spaces around them.
type table struct {
	content  []byte
	format   format.Suggestion
	encoding string
	sheet    string     // the sheet, or the pattern of the sheets, to read; "" for the only one
	below    []string   // the only cells of rows that have one
	repeated string     // the first cell of rows that say the header again
	partial  []string   // the columns that not all sheets have
	above    [][]string // the rows above the header
	line     int        // the line of the header
	header   []string
	rows     [][]string
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
			if err != nil {
				return err
			}
			if len(row.Cells) > 0 {
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

// add reads a sheet. The header is the first row with two cells or more that is as wide as
// most rows; a row that says its first cells again is none of data.
func (t *table) add(s format.Sheet, year string) error {
	var all []format.Row
	widths, width := map[int]int{}, 0
	for row, err := range s.Rows {
		if err != nil {
			return err
		}
		if row.Fault != nil {
			continue // the load tells them
		}
		all = append(all, row)
		if widths[len(row.Cells)]++; widths[len(row.Cells)] > widths[width] {
			width = len(row.Cells)
		}
	}
	header := slices.IndexFunc(all, func(row format.Row) bool { return len(row.Cells) >= width && filledCells(row.Cells) > 1 })
	if header < 0 {
		return nil
	}
	names := slices.Clone(all[header].Cells)
	if year != "" {
		names = append(names, sheetYear)
	}
	if t.header == nil {
		for _, note := range s.Notes {
			if note.Kind == "title" {
				t.above = append(t.above, []string{note.Text})
			}
		}
		t.header, t.line = names, all[header].Line
		for _, row := range all[:header] {
			t.above = append(t.above, row.Cells)
		}
	}
	var rows [][]string
	for _, row := range all[header+1:] {
		cells := row.Cells
		if s.Kind != format.CSV && s.Kind != format.TSV {
			cells = append(cells, make([]string, max(0, len(all[header].Cells)-len(cells)))...)[:len(all[header].Cells)]
		}
		switch {
		case filledCells(row.Cells) == 1:
			t.below = append(t.below, strings.TrimSpace(strings.Join(row.Cells, "")))
			continue
		case filledCells(cells) == 0 || len(cells) != len(all[header].Cells):
			continue
		case cells[0] == names[0] && cells[1] == names[1] && cells[0] != "":
			t.repeated = cells[0]
			continue
		}
		if year != "" {
			cells = append(slices.Clone(cells), year)
		}
		rows = append(rows, cells)
	}
	t.join(names, rows)
	return nil
}

// join adds the rows of a sheet with other columns: those that both have are kept, under
// the header of the first.
func (t *table) join(names []string, rows [][]string) {
	both := slices.DeleteFunc(slices.Clone(t.header), func(header string) bool { return !slices.Contains(names, header) })
	for i, row := range t.rows {
		t.rows[i] = arranged(row, t.header, both)
	}
	for _, row := range rows {
		t.rows = append(t.rows, arranged(row, names, both))
	}
	for _, column := range slices.Concat(t.header, names) {
		if column != "" && !slices.Contains(both, column) && !slices.Contains(t.partial, column) {
			t.partial = append(t.partial, column)
		}
	}
	t.header = both
}

// arranged gives the cells of a row under the headers of others.
func arranged(row, from, to []string) []string {
	if slices.Equal(from, to) {
		return row
	}
	cells := make([]string, len(to))
	for i, header := range to {
		cells[i] = row[slices.Index(from, header)]
	}
	return cells
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

// named returns the headers of columns.
func (t *table) named(places []int) []string {
	named := make([]string, len(places))
	for i, place := range places {
		named[i] = t.header[place]
	}
	return named
}
