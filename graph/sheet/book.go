package sheet

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/stats/number"
)

// Book is all tables of an answer.
type Book struct {
	// Sheets are the tables, in the order of the question.
	Sheets []*Sheet

	roots []*node
}

// Of finds the tables of an operation that is valid for the schema.
func Of(schema *ast.Schema, operation *graphql.OperationContext) (*Book, *number.Error) {
	book := &Book{roots: tree(schema, operation, operation.Operation.SelectionSet)}
	for _, root := range book.roots {
		own := flatten(root.children, nil, "")
		switch {
		case root.children == nil:
			continue
		case root.isList():
			book.list(root, nil, []string{root.key}, root.key)
		case len(own.lists) == 0 && len(own.columns) > 0:
			book.Sheets = append(book.Sheets, &Sheet{
				Name: root.key, Root: root.key, single: true, levels: []level{{path: []string{root.key}, columns: own.columns}},
			})
		}
		if !root.isList() {
			for _, inner := range own.lists {
				book.list(inner.node, nil, append([]string{root.key}, inner.path...), root.key)
			}
		}
	}
	book.Sheets = slices.DeleteFunc(book.Sheets, func(s *Sheet) bool { return s.width() == 0 })
	if len(book.Sheets) == 0 {
		return nil, &number.Error{
			Code: NotATable, Message: number.Say("the question asks for nothing that a table could hold"),
			Hint: number.Say("ask for fields of rows, for instance rows { unit { code name } current { value } }"),
		}
	}
	return book, nil
}

// Names lists the names of the tables.
func (b *Book) Names() []string {
	names := make([]string, len(b.Sheets))
	for i, s := range b.Sheets {
		names[i] = s.Name
	}
	return names
}

// One returns the table with a name; without a name, the only table.
func (b *Book) One(name string) (*Sheet, *number.Error) {
	if name == "" && len(b.Sheets) == 1 {
		return b.Sheets[0], nil
	}
	for _, s := range b.Sheets {
		if s.Name == name {
			return s, nil
		}
	}
	if name == "" {
		return nil, &number.Error{
			Code: SeveralTables, Where: "table", Message: number.Say("the answer has several tables, and this format holds one"), Nearest: b.Names(),
			Hint: number.Say("name one with ?table=%s, or take .xlsx, which has a sheet for each", b.Sheets[0].Name),
		}
	}
	return nil, &number.Error{Code: UnknownTable, Where: "table", Message: number.Say("the answer has no table %s", name), Nearest: b.Names()}
}

// list adds the tables of a list and of the lists within it.
func (b *Book) list(n *node, above []level, path []string, root string) {
	own := flatten(n.children, nil, "")
	if len(above) > 0 { // headings are paths from the row of the outermost list
		var inner []string
		for _, l := range above[1:] {
			inner = append(inner, l.path...)
		}
		prefix := strings.Join(append(inner, path...), ".") + "."
		for i := range own.columns {
			own.columns[i].Name = prefix + own.columns[i].Name
		}
	}
	levels := append(slices.Clone(above), level{path: path, columns: own.columns})
	s := &Sheet{Root: root, levels: levels}
	for _, l := range levels {
		s.Name = strings.TrimPrefix(s.Name+"."+strings.Join(l.path, "."), ".")
	}
	lists := own.lists
	for i, inner := range lists {
		if inner.node.definition.Name == "cells" && n.definition.Type.Name() == "TableRow" {
			cells := flatten(inner.node.children, nil, "")
			s.cells = &level{path: inner.path, columns: cells.columns}
			lists = slices.Delete(slices.Clone(lists), i, i+1)
			break
		}
	}
	if len(lists) != 1 || s.cells != nil {
		b.Sheets = append(b.Sheets, s)
	}
	for _, inner := range lists {
		b.list(inner.node, levels, inner.path, root)
	}
}

// Read reads what is about each answer, outside of its tables.
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
