package format

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// flat is objects as rows of one table. Its columns are the paths to the values of all
// objects, in the order in which they first appear; so they are known when all were read.
type flat struct {
	name    string
	length  int64 // of the file
	limits  Limits
	columns []string
	places  map[string]int // path → place among the columns
	last    []int          // the row that filled a column last, from 1
	rows    []flatRow
	count   int // of the rows that were read
}

// flatRow is a row, the values that it has.
type flatRow struct {
	line   int
	places []int
	texts  []string
	plain  []bool // those that are numbers and not texts
	fault  *number.Error
}

func newTable(name string, length int64, limits Limits) *flat {
	return &flat{name: name, length: length, limits: limits, places: map[string]int{}}
}

// line reads a row that stands on a line of its own; where it cannot be read, the lines after
// it still can.
func (t *flat) line(written string, line int) *number.Error {
	decoder := json.NewDecoder(strings.NewReader(written))
	decoder.UseNumber()
	if token, _ := decoder.Token(); token != json.Delim('{') { // what cannot be read begins no object
		t.rows = append(t.rows, t.none(line))
		t.count++
		return nil
	}
	over, err := t.read(decoder, written, line)
	if over != nil {
		return over
	}
	last := &t.rows[len(t.rows)-1]
	if err != nil {
		*last = t.none(line)
	} else if strings.TrimSpace(written[decoder.InputOffset():]) != "" {
		last.fault = t.fault(number.Say("something follows the object in its line"))
	}
	return nil
}

// none is the row of a line that is no object.
func (t *flat) none(line int) flatRow {
	return flatRow{line: line, fault: t.fault(number.Say("the line is no JSON object"))}
}

// fault is the fault of one row.
func (t *flat) fault(message number.Message) *number.Error {
	return &number.Error{Code: Malformed, Message: message}
}

// read reads an object whose beginning was read. What goes over a limit is a fault of all.
func (t *flat) read(decoder *json.Decoder, text string, line int) (*number.Error, error) {
	t.rows = append(t.rows, flatRow{line: line})
	row := &t.rows[len(t.rows)-1]
	if t.count++; t.count > t.limits.Rows {
		return t.limits.over(at(t.name, line), number.Say("rows"), int64(t.limits.Rows)), nil
	}
	err := t.object(decoder, text, "", 1, row)
	if over, ok := errors.AsType[*number.Error](err); ok {
		return over, nil
	}
	return nil, err
}

// object reads the values of an object into a row.
func (t *flat) object(decoder *json.Decoder, text, path string, deep int, row *flatRow) error {
	if deep > t.limits.Depth {
		return t.limits.over(at(t.name, row.line), number.Say("values within each other"), int64(t.limits.Depth))
	}
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		name = under(path, strings.TrimSpace(name))
		token, err := decoder.Token()
		if err != nil {
			return err
		}
		var value string
		switch token := token.(type) {
		case json.Delim:
			if token == '{' {
				if err := t.object(decoder, text, name, deep+1, row); err != nil {
					return err
				}
				continue
			}
			if value, err = list(decoder, text); err != nil {
				return err
			}
		case string:
			value = token
		case json.Number:
			value = token.String()
		case bool:
			value = map[bool]string{true: "true", false: "false"}[token]
		}
		if err := t.fill(row, name, value); err != nil {
			return err
		}
		_, isNumber := token.(json.Number)
		row.plain = append(row.plain, isNumber)
	}
	_, err := decoder.Token() // its end
	return err
}

// list is a list within a row, as it is written.
func list(decoder *json.Decoder, text string) (string, error) {
	begin := decoder.InputOffset() - 1
	for deep := 1; deep > 0; {
		token, err := decoder.Token()
		if err != nil {
			return "", err
		}
		switch token {
		case json.Delim('['), json.Delim('{'):
			deep++
		case json.Delim(']'), json.Delim('}'):
			deep--
		}
	}
	return text[begin:decoder.InputOffset()], nil
}

// fill puts a value into a row.
func (t *flat) fill(row *flatRow, name, value string) error {
	place, known := t.places[name]
	if !known {
		place = len(t.columns)
		t.places[name] = place
		t.columns, t.last = append(t.columns, name), append(t.last, 0)
		if place >= t.limits.Columns {
			return t.limits.over(at(t.name, row.line), number.Say("cells in a row"), int64(t.limits.Columns))
		}
	}
	if t.last[place] == t.count {
		row.fault = t.fault(number.Say("there are two values of %q", name))
	}
	t.last[place] = t.count
	row.places, row.texts = append(row.places, place), append(row.texts, value)
	return nil
}

// give yields the header and the rows. The header is said to stand where the rows begin.
func (t *flat) give(line int, yield func(Row, error) bool) {
	if fault := t.limits.spread(t.name, t.length, inText, int64(len(t.rows)), int64(len(t.columns))); fault != nil {
		yield(Row{}, fault)
		return
	}
	if !yield(Row{Line: line, Cells: t.columns}, nil) {
		return
	}
	for _, read := range t.rows {
		if row, err := t.row(read); !yield(row, err) || err != nil {
			return
		}
	}
}

// row lays a row out; the error is a limit that it goes over.
func (t *flat) row(read flatRow) (Row, error) {
	row, err := Row{Line: read.line, Fault: read.fault}, error(nil)
	if read.fault == nil {
		row.Cells = make([]string, len(t.columns))
		for i, place := range read.places {
			row.Cells[place] = strings.TrimSpace(read.texts[i])
			if read.plain[i] {
				row.Numbers = append(row.Numbers, place)
			}
		}
		err = checked(t.limits, t.name, row)
	}
	return row, err
}
