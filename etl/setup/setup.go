// Package setup makes a workspace of a file with a table: it finds out what the columns are, asks
// or refuses where that is not clear, and writes the files of the workspace.
//
// setup.go has what is asked for and the faults. table.go reads the file, header.go finds its
// header, heading.go what stands among the rows and below them, figures.go puts columns of years
// together, source.go writes a source. Of a workspace column.go says what each column is, unit.go
// gathers levels and units, indicator.go what is measured, plan.go puts all together, write.go
// writes it. Of a source infer.go, infersource.go, joined.go, measure.go and total.go do the same
// by the catalogue of its workspace.
package setup

import (
	"strings"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/number"
)

// The faults of setting up a workspace.
const (
	// BadFile: the file cannot be read as a table with a header and rows.
	BadFile number.Code = "INIT_FILE"
	// NoColumn: an option names a column that the file has not.
	NoColumn number.Code = "INIT_COLUMN"
	// Unclear: what a column is, or something that the file does not say, must be told.
	Unclear number.Code = "INIT_UNCLEAR"
	// BadOption: an option has a value that it cannot have.
	BadOption number.Code = "INIT_OPTION"
	// BadUnits: one code stands for several units.
	BadUnits number.Code = "INIT_UNITS"
	// Exists: a file that would be written is there already.
	Exists number.Code = "INIT_EXISTS"
)

// Options are what is known beforehand; what is empty is found in the file, asked or
// refused.
type Options struct {
	// File is the path of the file, of any format that sources have, Dir the directory of the workspace.
	File, Dir string
	// Sheet is the sheet of a workbook, or a pattern of several with {year} in it; Encoding is
	// that of a text whose bytes leave it open.
	Sheet, Encoding string
	// Language is that of the names in the file: vi or en.
	Language string
	// Title and Publisher name the source, Published is the day of its publication.
	Title, Publisher, Published string
	// Code and Name are the columns of the units' codes and names, Level is the code of
	// their level, such as country.
	Code, Name, Level string
	// Year is the column of the year, or the year of all rows.
	Year string
	// Indicator names what the figures are where the file does not, Kind is the kind of the
	// indicators, Measure the unit of measure of those that name none.
	Indicator, Kind, Measure string
	// Indicators are those of a source that is inferred: a code, of the only column of figures,
	// or COLUMN=CODE.
	Indicators []string
	// Unit is the code of the unit of all rows, Source the code of the source; both of a source
	// that is inferred.
	Unit, Source string
	// Decimal is the decimal mark of a text whose numbers leave it open.
	Decimal string
	// Keep are the rows to read of a file that is inferred: COLUMN=PATTERN.
	Keep []string
	// Aggregates are the codes of units that are totals of others; Metadata is a file of the
	// World Bank that tells which these are.
	Aggregates []string
	Metadata   string
	// Ask puts a question and returns the answer, one of the choices where there are some;
	// nil where nobody can be asked.
	Ask func(question string, choices []string) (string, error)
}

// find returns an option, or asks for it; where nobody can be asked it is a fault that
// names the flag.
func (o *Options) find(given, question, flag string, choices []string) (string, error) {
	if given != "" {
		return given, nil
	}
	if o.Ask != nil {
		return o.Ask(question, choices)
	}
	fault := &number.Error{Code: Unclear, Where: o.File, Message: number.EnglishOnly("not clear: %s", question), Hint: number.EnglishOnly("give %s", flag)}
	if len(choices) > 0 {
		fault.Hint = number.EnglishOnly("give %s; it may be %s", flag, strings.Join(choices, ", "))
	}
	return "", fault
}

// column returns the place of a column that an option names.
func (o *Options) column(t *table, named, flag string) (int, error) {
	for place := range t.header {
		if named != "" && t.column(place) == named {
			return place, nil
		}
	}
	return 0, &number.Error{
		Code: NoColumn, Where: o.File, Message: number.EnglishOnly("%s: there is no column %q", flag, named), Nearest: name.Nearest(named, t.header),
	}
}

// slug makes a code of a name: Population, total → population-total.
func slug(text string) string {
	var b strings.Builder
	for _, r := range number.Fold(text) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}
