package format

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// lists finds the lists of lists of a document, each a table of rows: [["code","year"],["89",2019]].
type lists struct {
	decoder *json.Decoder
	found   []listed
}

// listed is a list of lists, and where it and the list of its columns begin.
type listed struct {
	path         string
	begin, names int64 // names is -1 where the first row has the names of the columns
	width        int   // of the first row
}

// shape is what is known of a value that was passed over.
type shape struct {
	isList  bool
	isTexts bool  // a text, or a list of nothing but texts
	count   int   // of a list
	begin   int64 // of a list
	rows    bool  // a list of lists, the last of found
}

// value passes over the next value.
func (l *lists) value(path string) (shape, error) {
	token, err := l.decoder.Token()
	if err != nil {
		return shape{}, err
	}
	switch token {
	case json.Delim('{'):
		return shape{}, l.object(path)
	case json.Delim('['):
		return l.list(path)
	}
	_, isText := token.(string)
	return shape{isTexts: isText}, nil
}

// object passes over an object. A list of texts in it that is as long as the rows of its only
// list of lists has their names.
func (l *lists) object(path string) error {
	var rows []int
	var names []shape
	for l.decoder.More() {
		key, err := l.decoder.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		s, err := l.value(under(path, name))
		switch {
		case err != nil:
			return err
		case s.rows:
			rows = append(rows, len(l.found)-1)
		case s.isList && s.isTexts:
			names = append(names, s)
		}
	}
	if len(rows) == 1 {
		table, fits := &l.found[rows[0]], 0
		for _, s := range names {
			if s.count == table.width {
				table.names = s.begin
				fits++
			}
		}
		if fits != 1 {
			table.names = -1
		}
	}
	_, err := l.decoder.Token() // the end
	return err
}

// list passes over a list.
func (l *lists) list(path string) (shape, error) {
	s := shape{isList: true, isTexts: true, begin: l.decoder.InputOffset() - 1}
	before, rows, width := len(l.found), 0, 0
	for ; l.decoder.More(); s.count++ {
		item, err := l.value(under(path, strconv.Itoa(s.count)))
		if err != nil {
			return shape{}, err
		}
		if item.isList && !item.rows {
			if rows++; rows == 1 {
				width = item.count
			}
		}
		s.isTexts = s.isTexts && !item.isList && item.isTexts
	}
	if s.count > 0 && rows == s.count {
		l.found = append(l.found[:before], listed{path, s.begin, -1, width})
		s.rows = true
	}
	_, err := l.decoder.Token() // the end
	return s, err
}

// readLists reads a document that has no list of objects: its lists of lists.
func readLists(name, text string, limits Limits) ([]Sheet, error) {
	l := lists{decoder: json.NewDecoder(strings.NewReader(text))}
	l.decoder.UseNumber()
	if _, err := l.value(""); err != nil {
		return nil, brokenJSON(name, JSON, text, l.decoder.InputOffset(), err)
	}
	switch {
	case len(l.found) == 0:
		return nil, malformed(name, JSON, number.Say("it has no list of objects or lists, one for each row"), nil)
	case len(l.found) > limits.Sheets:
		return nil, limits.over(name, number.Say("lists of objects"), int64(limits.Sheets))
	}
	var sheets []Sheet
	for _, found := range l.found {
		sheets = append(sheets, Sheet{Name: found.path, Rows: found.rows(name, text, limits)})
	}
	return sheets, nil
}

// rows gives the lists as rows, the one with the names of the columns first.
func (l listed) rows(name, text string, limits Limits) func(func(Row, error) bool) {
	return func(yield func(Row, error) bool) {
		if l.names >= 0 {
			decoder := json.NewDecoder(strings.NewReader(text[l.names:]))
			decoder.UseNumber()
			row, err := listRow(decoder, text[l.names:])
			row.Line = 1 + strings.Count(text[:l.begin], "\n") // above the first row, whichever stands first
			if err != nil || !yield(row, checked(limits, name, row)) {
				return
			}
		}
		decoder := json.NewDecoder(strings.NewReader(text[l.begin:]))
		decoder.UseNumber()
		line, counted := 1+strings.Count(text[:l.begin], "\n"), l.begin
		_, err := decoder.Token() // the beginning of the list
		for read := 0; err == nil && decoder.More(); read++ {
			var row Row
			before := l.begin + decoder.InputOffset()
			if row, err = listRow(decoder, text[l.begin:]); err != nil {
				break
			}
			begin := before + int64(strings.IndexByte(text[before:], '['))
			line, counted = line+strings.Count(text[counted:begin], "\n"), begin
			row.Line = line
			if len(row.Cells) != l.width {
				row = Row{Line: line, Fault: &number.Error{Code: Malformed, Message: number.Say("the row has %d cells, the header %d", len(row.Cells), l.width)}}
			}
			fault := checked(limits, name, row)
			if read >= limits.Rows {
				fault = limits.over(at(name, line), number.Say("rows"), int64(limits.Rows))
			}
			if !yield(row, fault) || fault != nil {
				return
			}
		}
		if err != nil {
			yield(Row{}, brokenJSON(name, JSON, text, l.begin+decoder.InputOffset(), err))
		}
	}
}

// checked is the fault of a row that goes over a limit, as an error.
func checked(limits Limits, name string, row Row) error {
	if fault := limits.check(at(name, row.Line), row); fault != nil {
		return fault
	}
	return nil
}

// listRow reads a list as a row: null is blank, what lies within it stays as it is written.
func listRow(decoder *json.Decoder, text string) (Row, error) {
	var row Row
	_, err := decoder.Token() // its beginning
	for err == nil && decoder.More() {
		var token json.Token
		if token, err = decoder.Token(); err != nil {
			break
		}
		value := ""
		switch token := token.(type) {
		case json.Delim:
			if value, err = list(decoder, text); err != nil {
				return row, err
			}
		case string:
			value = strings.TrimSpace(token)
		case json.Number:
			value = token.String()
			row.Numbers = append(row.Numbers, len(row.Cells))
		case bool:
			value = strconv.FormatBool(token)
		}
		row.Cells = append(row.Cells, value)
	}
	if err == nil {
		_, err = decoder.Token() // its end
	}
	return row, err
}
