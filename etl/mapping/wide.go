package mapping

import (
	"errors"
	"slices"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// yearOfHeader reads the year in a header, where the pattern says that it stands; an empty
// pattern is that of a header that is a year. It is false where the header is no other.
func yearOfHeader(pattern name.Pattern, header string) (flaggedYear, bool) {
	if pattern.IsEmpty() {
		return parseYear(header)
	}
	fields, fits := pattern.Match(header)
	if !fits {
		return flaggedYear{}, false
	}
	return parseYear(fields["year"])
}

// readYears finds the columns of a wide table. A header with the digits of a year
// in it that is not one is shown as a reject: its figures are left out.
func readYears(t *table, source *workspace.Source) ([]Reject, error) {
	var faults []error
	var rejects []Reject
	for i := range source.Measures {
		measure := &source.Measures[i]
		columns, rejected := yearColumns(t, measure.Headers)
		for at, column := range columns {
			for _, other := range columns[:at] {
				if other.year == column.year {
					faults = append(faults, t.fault(CSVDuplicateColumn, number.Say("two columns are of the year %d: %q and %q", column.year, other.header, column.header)))
				}
			}
		}
		if len(columns) == 0 {
			faults = append(faults, noYears(t, measure, rejected))
		}
		if !measure.WholeHeaders.IsEmpty() {
			faults = append(faults, readWholes(t, measure, columns))
		}
		t.wide = append(t.wide, columns)
		rejects = append(rejects, rejected...)
	}
	return unreadYears(t, rejects), errors.Join(faults...)
}

// noYears is the fault of a measure without a column.
func noYears(t *table, measure *workspace.Measure, rejected []Reject) error {
	none := t.fault(CSVMissingColumn, number.Say("no column is a year"))
	if !measure.Headers.IsEmpty() {
		none.Message = number.Say("no column is like %q with a year", measure.Headers.String())
		none.Nearest = name.Nearest(measure.Headers.String(), t.Header)
	}
	for _, r := range rejected[:min(len(rejected), mostNamed)] {
		none.Nearest = append(none.Nearest, r.Value)
	}
	return none
}

// yearColumns finds the columns whose headers have a year where a pattern says.
func yearColumns(t *table, pattern name.Pattern) (columns []yearColumn, rejects []Reject) {
	named := map[int]bool{}
	for _, place := range t.columns {
		named[place] = true
	}
	for place, text := range t.Header {
		if named[place] {
			continue
		}
		read, ok := yearOfHeader(pattern, text)
		switch {
		case ok:
			columns = append(columns, yearColumn{header: text, place: place, year: read.year, status: read.status, whole: -1})
		case read.flag != "":
			rejects = append(rejects, t.rejectColumn(text, BadYear, number.Say("what %q beside the year %d means is not known: the column is not read", read.flag, read.year)))
		case pattern.IsEmpty() && hasYear(text):
			rejects = append(rejects, t.rejectColumn(text, BadYear, number.Say("the header is not a year: its column is not read")))
		}
	}
	return columns, rejects
}

// unreadYears keeps the rejects of headers that no measure reads, each once.
func unreadYears(t *table, rejects []Reject) []Reject {
	var kept []Reject
	for _, r := range rejects {
		read := slices.ContainsFunc(t.wide, func(columns []yearColumn) bool {
			return slices.ContainsFunc(columns, func(c yearColumn) bool { return c.header == r.Value || c.wholeHeader == r.Value })
		})
		if !read && !slices.ContainsFunc(kept, func(other Reject) bool { return other.Value == r.Value }) {
			kept = append(kept, r)
		}
	}
	return kept
}

// readWholes finds the denominators or weights of a measure, by their years.
func readWholes(t *table, measure *workspace.Measure, columns []yearColumn) error {
	wholes, _ := yearColumns(t, measure.WholeHeaders)
	var faults []error
	for i := range columns {
		at := slices.IndexFunc(wholes, func(w yearColumn) bool { return w.year == columns[i].year })
		if at < 0 {
			faults = append(faults, t.fault(CSVMissingColumn, number.Say("beside %q there is no column like %q of the same year", columns[i].header, measure.WholeHeaders.String())))
			continue
		}
		columns[i].whole, columns[i].wholeHeader = wholes[at].place, wholes[at].header
	}
	return errors.Join(faults...)
}
