package format

import (
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// readEurostat reads the TSV of Eurostat: in the first cell of a row the codes of several
// dimensions with commas between them, their names and that of the columns in the first cell
// of the header (freq,unit,geo\TIME_PERIOD). A cell keeps the flags behind its number (123.4 p):
// what they mean is for the source to say.
func readEurostat(f File, o Options) ([]Sheet, error) {
	o.Delimiter = '\t'
	t, err := openText(f, o)
	if err != nil {
		return nil, err
	}
	first, _, _ := strings.Cut(t.head, "\t")
	names, columns, ok := strings.Cut(first, `\`)
	if !ok {
		return nil, malformed(f.Name, EurostatTSV, number.Say("the first cell of its header has no backslash"), nil)
	}
	dimensions := strings.Split(names, ",")
	rows := func(yield func(Row, error) bool) {
		header := true
		for row, err := range t.rows {
			if err == nil && row.Fault == nil {
				codes := strings.Split(row.Cells[0], ",")
				if header {
					codes = dimensions
				}
				if header = false; len(codes) != len(dimensions) {
					row.Fault = &number.Error{Code: Malformed, Message: number.Say("its first cell has %d codes, and the header names %d dimensions", len(codes), len(dimensions))}
				}
				row.Cells = append(trimmed(append([]string{}, codes...)), row.Cells[1:]...)
				if fault := o.Limits.check(at(f.Name, row.Line), row); fault != nil {
					err = fault
				}
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
	return []Sheet{{Notes: []Note{{"columns", strings.TrimSpace(columns)}}, Rows: rows}}, nil
}
