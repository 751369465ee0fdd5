package sheet

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// Cell is one cell of a table.
type Cell struct {
	// Text is what stands in it, as the API writes it; numbers with all their digits.
	Text string
	// Known is false where there is nothing: null.
	Known bool
}

// Read reads what is said of each answer beside its tables.
func (b *Book) Read(data []byte) ([]*About, error) {
	var all []*About
	decoder := newDecoder(data)
	err := object(decoder, func(key string) error {
		i := slices.IndexFunc(b.roots, func(n *node) bool { return n.key == key })
		if i < 0 {
			return skip(decoder)
		}
		root, about := b.roots[i], &About{Root: key}
		all = append(all, about)
		// Without a list the fields are the row of a table.
		hasTable := root.isList() || len(flatten(root.children, nil, "").lists) == 0
		if err := about.arguments(root.arguments); err != nil {
			return err
		}
		if root.isList() {
			return skip(decoder)
		}
		return read(about, decoder, root.children, "", !hasTable)
	})
	for _, about := range all {
		slices.Sort(about.Indicators)
		about.Indicators = slices.Compact(about.Indicators)
		slices.Sort(about.Years)
		about.Years = slices.Compact(about.Years)
	}
	return all, err
}

// read reads the fields of an object that are in no list.
func read(a *About, decoder *json.Decoder, children []*node, prefix string, facts bool) error {
	return object(decoder, func(key string) error {
		if strings.HasPrefix(key, added) {
			var value json.RawMessage
			if err := decoder.Decode(&value); err != nil {
				return err
			}
			return a.fill(key, value)
		}
		i := slices.IndexFunc(children, func(n *node) bool { return n.key == key })
		switch {
		case i < 0 || !facts || children[i].children != nil && children[i].isList():
			return skip(decoder)
		case children[i].children != nil:
			return read(a, decoder, children[i].children, prefix+key+".", facts)
		}
		var value any
		if err := decoder.Decode(&value); err != nil {
			return err
		}
		if c := cellOf(value); c.Known {
			a.Facts = append(a.Facts, Fact{prefix + key, c.Text})
		}
		return nil
	})
}

// Columns gives the columns of the table; those of a table(...) are known from
// what is about its answer.
func (s *Sheet) Columns(about *About) []Column {
	var columns []Column
	for _, l := range s.levels {
		columns = append(columns, l.columns...)
	}
	if s.cells == nil || about == nil {
		return columns
	}
	taken := map[string]bool{}
	for i, heading := range about.columns {
		for _, c := range s.cells.columns {
			name := heading.Name
			if len(s.cells.columns) > 1 {
				name += "." + c.Name
			}
			if taken[name] {
				name = fmt.Sprintf("%s (%d)", name, i+1)
			}
			taken[name] = true
			c.Name, c.Indicator = name, heading.Indicator.Code
			if c.Field == "value" {
				c.Field = heading.Measure
			}
			columns = append(columns, c)
		}
	}
	return columns
}

// Rows reads the rows of the table from the data of an answer, one at a time. An
// error ends them.
func (s *Sheet) Rows(data []byte, about *About) iter.Seq2[[]Cell, error] {
	return func(yield func([]Cell, error) bool) {
		decoder := newDecoder(data)
		err := seek(decoder, s.levels[0].path, func() error {
			if s.single {
				return entry(s, decoder, about, yield)
			}
			if token, err := decoder.Token(); err != nil || token == nil {
				return err
			}
			for decoder.More() {
				if err := entry(s, decoder, about, yield); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
}

// errEnough says that whoever reads the rows wants no more.
var errEnough = errors.New("sheet: no more rows are wanted")

// entry reads one entry of the outermost list and gives its rows.
func entry(s *Sheet, decoder *json.Decoder, about *About, yield func([]Cell, error) bool) error {
	var value any
	if err := decoder.Decode(&value); err != nil || value == nil {
		return err
	}
	return spread(s, value, 0, nil, about, yield)
}

// spread gives the rows of an entry of one level, with the cells of those above.
func spread(s *Sheet, entry any, at int, above []Cell, about *About, yield func([]Cell, error) bool) error {
	row := slices.Clip(above)
	for _, c := range s.levels[at].columns {
		row = append(row, cellOf(follow(entry, c.path)))
	}
	if at+1 == len(s.levels) {
		if s.cells != nil {
			row = side(s, entry, row, about)
		}
		if !yield(row, nil) {
			return errEnough
		}
		return nil
	}
	inner, _ := follow(entry, s.levels[at+1].path).([]any)
	if len(inner) == 0 {
		inner = []any{nil} // the entry keeps a row
	}
	for _, next := range inner {
		if err := spread(s, next, at+1, row, about, yield); err != nil {
			return err
		}
	}
	return nil
}

// side adds the cells of a row of a table(...), side by side.
func side(s *Sheet, entry any, row []Cell, about *About) []Cell {
	cells, _ := follow(entry, s.cells.path).([]any)
	for i := range about.columns {
		for _, c := range s.cells.columns {
			var cell any
			if i < len(cells) {
				cell = follow(cells[i], c.path)
			}
			row = append(row, cellOf(cell))
		}
	}
	return row
}

// follow gives what stands at a path of objects, nil where it leads nowhere.
func follow(value any, path []string) any {
	for _, key := range path {
		object, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		value = object[key]
	}
	return value
}

func cellOf(value any) Cell {
	switch v := value.(type) {
	case nil:
		return Cell{}
	case string:
		return Cell{v, true}
	case []any:
		texts := make([]string, len(v))
		for i, each := range v {
			texts[i] = cellOf(each).Text
		}
		return Cell{strings.Join(texts, "; "), len(v) > 0}
	}
	return Cell{fmt.Sprint(value), true}
}

func newDecoder(data []byte) *json.Decoder {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	return decoder
}

// object reads an object, or null, and lets a function read the value of each key.
func object(decoder *json.Decoder, each func(key string) error) error {
	token, err := decoder.Token()
	if err != nil || token == nil {
		return err
	}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return err
		}
		key, ok := token.(string)
		if !ok {
			return fmt.Errorf("sheet: %v is no key", token)
		}
		if err := each(key); err != nil {
			return err
		}
	}
	_, err = decoder.Token()
	return err
}

// seek follows a path of objects and lets a function read what stands there; it
// reads nothing after that.
func seek(decoder *json.Decoder, path []string, read func() error) error {
	if len(path) == 0 {
		if err := read(); err != nil {
			return err
		}
		return errEnough
	}
	return object(decoder, func(key string) error {
		if key == path[0] {
			return seek(decoder, path[1:], read)
		}
		return skip(decoder)
	})
}

// skip reads over one value without keeping it.
func skip(decoder *json.Decoder) error {
	for depth := 0; ; {
		token, err := decoder.Token()
		if err != nil {
			return err
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}
