package format

import (
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// readCSV reads text with one sign between cells.
func readCSV(f File, o Options) ([]Sheet, error) {
	text, err := decode(f.Name, f.Content, cmp.Or(o.Encoding, "utf-8"))
	if err != nil {
		return nil, err
	}
	for range o.Skip {
		_, text, _ = strings.Cut(text, "\n")
	}
	rows := func(yield func(Row, error) bool) {
		reader := csv.NewReader(strings.NewReader(text))
		reader.Comma = cmp.Or(o.Delimiter, ',')
		reader.FieldsPerRecord = -1
		for {
			row, err := nextCSV(reader, f.Name, o.Skip)
			if errors.Is(err, io.EOF) {
				return
			}
			if err == nil {
				if fault := o.Limits.check(at(f.Name, row.Line), row); fault != nil {
					err = fault
				}
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
	return []Sheet{{Rows: rows}}, nil
}

// nextCSV reads a row. A stray quote within one line is the fault of that row; one that runs
// over lines has swallowed rows, so that the file cannot be read any further.
func nextCSV(reader *csv.Reader, name string, above int) (Row, error) {
	cells, err := reader.Read()
	if err == nil {
		line, _ := reader.FieldPos(0)
		return Row{Line: above + line, Cells: trimmed(cells)}, nil
	}
	broken, ok := errors.AsType[*csv.ParseError](err)
	switch {
	case errors.Is(err, io.EOF):
		return Row{}, err
	case !ok:
		return Row{}, &number.Error{Code: Quote, Message: number.Say("a quote is opened here and not closed where its cell ends"), Where: name, Err: err}
	case broken.StartLine == broken.Line && broken.Line > 1:
		return Row{Line: above + broken.Line, Fault: &number.Error{Code: BadQuote, Message: number.Say("a quote stands at byte %d, where none can", broken.Column)}}, nil
	case broken.Line == 1:
		return Row{}, &number.Error{Code: Quote, Message: number.Say("the header is not CSV"), Where: at(name, above+1), Err: err}
	}
	return Row{}, &number.Error{
		Code: Quote, Message: number.Say("a quote is opened here and not closed where its cell ends"),
		Where: at(name, above+broken.StartLine), Err: err,
	}
}
