package mapping

import (
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/layout"
	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

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

// readHeader finds the columns that the source reads.
func readHeader(t *table, source *workspace.Source, columns []string) ([]Reject, error) {
	var faults []error
	for _, column := range columns {
		place := layout.Place(t.Header, column, source.Spellings)
		if place < 0 {
			faults = append(faults, missingColumn(t, column))
			continue
		}
		if slices.Contains(t.Header[place+1:], t.Header[place]) && t.Header[place] != "" {
			faults = append(faults, t.fault(CSVDuplicateColumn, number.Say("two columns are called %q", t.Header[place])))
		}
		t.columns[column] = place
	}
	var rejects []Reject
	if source.Year.Headers {
		var err error
		if rejects, err = readYears(t, source); err != nil {
			faults = append(faults, err)
		}
	}
	if err := errors.Join(append(faults, readOwnYear(t, source.Year))...); err != nil {
		return nil, err
	}
	unread, err := checkUnread(t, source)
	return append(rejects, unread...), err
}

// missing is the fault of a column that is not there, with the line of YAML that reads the
// nearest one instead.
func missingColumn(t *table, column string) error {
	fault := t.fault(CSVMissingColumn, number.Say("there is no column %q", column))
	if fault.Nearest = name.Nearest(column, t.Header); len(fault.Nearest) > 0 {
		fault.Hint = number.Say("where %q is that column, the source says `columns: {%q: [%q]}`", fault.Nearest[0], column, fault.Nearest[0])
	} else if headers := slices.DeleteFunc(slices.Clone(t.Header), func(header string) bool { return header == "" }); len(headers) > 0 {
		fault.Hint = number.Say("the header has %s; correct the header of the file, or the name in the source", strings.Join(headers[:min(len(headers), mostHeaders)], ", "))
	}
	return fault
}

// readOwnYear reads the year from the name of the file or sheet.
func readOwnYear(t *table, rule workspace.YearRule) error {
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
func checkUnread(t *table, source *workspace.Source) ([]Reject, error) {
	if source.Contract == workspace.Discard {
		return nil, nil
	}
	ruled := t.ruledColumns(source)
	var rejects []Reject
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

// mostNamed is how many headers a fault names as near.
const mostNamed = 3

// mostHeaders is how many headers a fault lists where none is near.
const mostHeaders = 12
