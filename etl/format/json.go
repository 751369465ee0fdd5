package format

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// readJSON reads arrays of objects, wherever they stand in a document: each is a sheet that
// has the path to it as its name, "" for the document itself. What lies in an object of such
// an array is part of that row. A document without one may have arrays of arrays instead.
func readJSON(f File, o Options) ([]Sheet, error) {
	text, err := decode(f.Name, bytes.TrimRight(f.Content, "\x00\r\n\t "), cmp.Or(o.Encoding, "utf-8"))
	if err != nil {
		return nil, err
	}
	if fault := depth(f.Name, JSON, text, o.Limits); fault != nil {
		return nil, fault
	}
	s := search{decoder: json.NewDecoder(strings.NewReader(text))}
	s.decoder.UseNumber()
	if err := s.value(""); err != nil {
		return nil, brokenJSON(f.Name, JSON, text, s.decoder.InputOffset(), err)
	}
	switch {
	case len(s.found) == 0:
		return readLists(f.Name, text, o.Limits)
	case len(s.found) > o.Limits.Sheets:
		return nil, o.Limits.over(f.Name, number.Say("lists of objects"), int64(o.Limits.Sheets))
	}
	var sheets []Sheet
	for _, array := range s.found {
		sheets = append(sheets, Sheet{Name: array.path, Rows: array.rows(f.Name, text, o.Limits)})
	}
	return sheets, nil
}

// readJSONLines reads one object from each line. The lines are gone through twice, for the columns
// are known when all were read.
func readJSONLines(f File, o Options) ([]Sheet, error) {
	l := lined{file: f, encoding: cmp.Or(o.Encoding, "utf-8"), limits: o.Limits}
	return []Sheet{{Rows: l.rows}}, nil
}

// array is a list of objects and where it begins in the text.
type array struct {
	path  string
	begin int64
}

// search finds the lists of objects of a document.
type search struct {
	decoder *json.Decoder
	found   []array
}

// value passes over the next value. Its depth is known to be bounded.
func (s *search) value(path string) error {
	token, err := s.decoder.Token()
	if err != nil {
		return err
	}
	return s.rest(token, path)
}

// rest passes over what a token begins.
func (s *search) rest(token json.Token, path string) error {
	switch token {
	case json.Delim('{'):
		for s.decoder.More() {
			key, err := s.decoder.Token()
			if err != nil {
				return err
			}
			name, _ := key.(string)
			if err := s.value(under(path, name)); err != nil {
				return err
			}
		}
	case json.Delim('['):
		begin, before, all, objects := s.decoder.InputOffset()-1, len(s.found), 0, 0
		for ; s.decoder.More(); all++ {
			item, err := s.decoder.Token()
			if err != nil {
				return err
			}
			if item == json.Delim('{') {
				objects++
			}
			if err := s.rest(item, under(path, strconv.Itoa(all))); err != nil {
				return err
			}
		}
		if all > 0 && all == objects {
			s.found = append(s.found[:before], array{path, begin}) // what lies in its rows is no table
		}
	default:
		return nil
	}
	_, err := s.decoder.Token() // the end
	return err
}

// under is the path to what lies in a value.
func under(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// rows lays the objects out.
func (a array) rows(name, text string, limits Limits) func(func(Row, error) bool) {
	return func(yield func(Row, error) bool) {
		decoder := json.NewDecoder(strings.NewReader(text[a.begin:]))
		decoder.UseNumber()
		first := 1 + strings.Count(text[:a.begin], "\n")
		line, counted := first, a.begin
		_, err := decoder.Token() // the beginning of the list
		t := newTable(name, int64(len(text)), limits)
		for err == nil && decoder.More() {
			var fault *number.Error
			if _, err = decoder.Token(); err == nil {
				begin := a.begin + decoder.InputOffset() - 1
				line, counted = line+strings.Count(text[counted:begin], "\n"), begin
				fault, err = t.read(decoder, text[a.begin:], line)
			}
			if fault != nil {
				yield(Row{}, fault)
				return
			}
		}
		if err != nil {
			yield(Row{}, brokenJSON(name, JSON, text, a.begin+decoder.InputOffset(), err))
			return
		}
		t.give(first, yield)
	}
}
