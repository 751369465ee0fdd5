package format

import (
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/niengiam/niengiam/stats/number"
)

// readCSV reads text with one sign between cells.
func readCSV(f File, o Options) ([]Sheet, error) {
	t, err := openText(f, o)
	if err != nil {
		return nil, err
	}
	return []Sheet{{Rows: t.rows}}, nil
}

// readTSV reads text with tabs between cells, unless the source declares another sign.
func readTSV(f File, o Options) ([]Sheet, error) {
	if o.Delimiter == 0 || o.Delimiter == ',' { // the default of a workspace
		o.Delimiter = '\t'
	}
	return readCSV(f, o)
}

// text is a text of rows, with one sign between their cells.
type text struct {
	file     File
	encoding string
	head     string // the beginning, without the lines above the header
	above    int    // how many these are
	comma    rune
	limits   Limits
}

// openText finds how a text is written and where its header stands. A first line such as sep=;
// says what stands between the cells; it counts as one of the lines above the header.
func openText(f File, o Options) (text, error) {
	t := text{file: f, encoding: cmp.Or(o.Encoding, "utf-8"), above: o.Skip, comma: cmp.Or(o.Delimiter, ','), limits: o.Limits}
	from, err := t.open(0)
	if err != nil {
		return t, err
	}
	defer from.close()
	from.fill()
	if said, ok := saidDelimiter(from.rest); ok {
		t.comma, t.above = said, max(t.above, 1)
	}
	from.skip(t.above)
	t.head = from.rest
	return t, from.broken
}

// open begins to read the text below some lines.
func (t text) open(above int) (*feed, error) {
	from, err := t.file.parts(t.encoding)
	if err != nil {
		return nil, err
	}
	f := &feed{parts: from, comma: string(t.comma), line: 1, name: t.file.Name, limits: t.limits}
	f.skip(above)
	return f, nil
}

// saidDelimiter reads a first line sep=; as spreadsheets write and honour it.
func saidDelimiter(body string) (rune, bool) {
	first, _, _ := strings.Cut(body, "\n")
	first = strings.Trim(first, "\"\r")
	if len(first) < 5 || !strings.EqualFold(first[:4], "sep=") {
		return 0, false
	}
	sign, size := utf8.DecodeRuneInString(first[4:])
	return sign, size == len(first)-4 && (sign == '\t' || sign != '"' && (unicode.IsPunct(sign) || unicode.IsSymbol(sign)))
}

// rows gives the rows. It is an iter.Seq2.
func (t text) rows(yield func(Row, error) bool) {
	from, err := t.open(t.above)
	if err != nil {
		yield(Row{}, err)
		return
	}
	defer from.close()
	reader := csv.NewReader(from)
	reader.Comma = t.comma
	reader.FieldsPerRecord = -1
	above := t.above // lines that the reader did not see
	for {
		row, plain := from.plain()
		var err error
		if plain {
			above++
		} else {
			row, err = nextCSV(reader, t.file.Name, above, t.above)
		}
		if errors.Is(err, io.EOF) && number.CodeOf(err) == "" {
			return
		}
		if err == nil && t.limits.exceeded(&row) {
			err = t.limits.check(at(t.file.Name, row.Line), row)
		}
		if !yield(row, err) || err != nil {
			return
		}
	}
}

// nextCSV reads a row. A stray quote within one line is the fault of that row; one that runs
// over lines has swallowed rows, so that the file cannot be read any further. The header stands
// below so many lines.
func nextCSV(reader *csv.Reader, name string, above, header int) (Row, error) {
	cells, err := reader.Read()
	if err == nil {
		line, _ := reader.FieldPos(0)
		return Row{Line: above + line, Cells: trimmed(cells)}, nil
	}
	broken, ok := errors.AsType[*csv.ParseError](err)
	switch {
	case number.CodeOf(err) != "", errors.Is(err, io.EOF):
		return Row{}, err
	case !ok:
		return Row{}, unclosed(name, err)
	case broken.StartLine == broken.Line && above+broken.Line > header+1:
		return Row{Line: above + broken.Line, Fault: &number.Error{Code: BadQuote, Message: number.Say("a quote stands at byte %d, where none can", broken.Column)}}, nil
	case above+broken.Line == header+1:
		return Row{}, &number.Error{Code: Quote, Message: number.Say("the header is not CSV"), Where: at(name, header+1), Err: err}
	}
	return Row{}, unclosed(at(name, above+broken.StartLine), err)
}

// unclosed is the fault of a quote that is opened in a row and never closed.
func unclosed(where string, cause error) *number.Error {
	return &number.Error{Code: Quote, Message: number.Say("a quote is opened here and not closed where its cell ends"), Where: where, Err: cause}
}
