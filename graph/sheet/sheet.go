// Package sheet makes tables of the answer to a GraphQL operation. The rule:
//
// A list of objects is a table, one row for each entry; a list within it makes
// one row for each of its own entries, beside which what surrounds it is repeated
// (an entry whose inner list is empty keeps its one row). A list with several
// lists within it is a table, and so is each of those. Objects that are no list
// are flattened: their fields have dotted names (unit.code). What stands beside
// the lists of an answer is about the answer, and no table: counts, totals, the
// question, release and notes. An answer without any list is a table of one row.
// The cells of a table(...) stand side by side, under the names of its columns.
package sheet

import (
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/stats/number"
)

// The codes of answers that are no tables.
const (
	// NotATable: the question asks for nothing that a table could hold.
	NotATable number.Code = "NOT_A_TABLE"
	// SeveralTables: the answer has several tables, and the format holds one.
	SeveralTables number.Code = "SEVERAL_TABLES"
	// UnknownTable: the answer has no table of that name.
	UnknownTable number.Code = "UNKNOWN_TABLE"
)

// Kind is what the cells of a column hold.
type Kind string

// The kinds of column.
const (
	Text    Kind = "TEXT"    // texts, codes and enums; lists of them, joined by semicolons
	Integer Kind = "INTEGER" // whole numbers: years, ranks, counts
	Decimal Kind = "DECIMAL" // exact numbers, with at most sixteen digits after the point
	Boolean Kind = "BOOLEAN" // true or false
	Date    Kind = "DATE"    // days, 2025-07-01
	Moment  Kind = "MOMENT"  // moments, in RFC 3339
)

// IsNumber reports whether the cells are numbers.
func (k Kind) IsNumber() bool { return k == Integer || k == Decimal }

// Column is one column of a table.
type Column struct {
	// Name is its heading: the path of its field from the row, unit.code; in a
	// table(...) the name that the API gives the column.
	Name string
	// Kind is what its cells hold.
	Kind Kind
	// Of is the type of the schema that the field belongs to, Field its name there.
	Of, Field string
	// Description says what the field means.
	Description string
	// Indicator is the code of the indicator that the column is of; empty where the
	// rows, or the question, say.
	Indicator string

	path []string
}

// Sheet is one table of an answer, before its rows are read.
type Sheet struct {
	// Name is the path of its list in the answer: ranking.rows.
	Name string
	// Root is the name of the answer that it is of.
	Root string

	levels []level
	cells  *level // what stands side by side, under the names of columns
	single bool   // an answer without a list: a table of one row
}

// level is one list on the way to the rows of a table, or the answer itself.
type level struct {
	path    []string // from the level above
	columns []Column // paths from the entry of this level
}

// Book is all the tables of an answer, and what is about it.
type Book struct {
	// Sheets are the tables, in the order of the question.
	Sheets []*Sheet

	roots []*node
}

// node is one field of a question.
type node struct {
	key        string
	definition *ast.FieldDefinition
	of         string
	arguments  map[string]any
	children   []*node // nil for what is no object
}

func (n *node) isList() bool { return n.definition.Type.Elem != nil }

// Of finds the tables of an operation that fits the schema.
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

// One gives the table of a name; without a name, the only one there is.
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

func (s *Sheet) width() int {
	width := 0
	for _, l := range s.levels {
		width += len(l.columns)
	}
	if s.cells != nil {
		width += len(s.cells.columns)
	}
	return width
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

// flat is what a level is made of: columns, and the lists within it.
type flat struct {
	columns []Column
	lists   []nested
}

type nested struct {
	node *node
	path []string
}

// flatten follows objects that are no lists. Fields about the answer are left out.
func flatten(children []*node, path []string, prefix string) flat {
	var all flat
	for _, n := range children {
		at := append(slices.Clone(path), n.key)
		switch {
		case strings.HasPrefix(n.key, added):
		case n.children == nil:
			all.columns = append(all.columns, Column{
				Name: prefix + n.key, Kind: kindOf(n.definition.Type), Of: n.of, Field: n.definition.Name,
				Description: n.definition.Description, path: at,
			})
		case n.isList():
			all.lists = append(all.lists, nested{n, at})
		default:
			inner := flatten(n.children, at, prefix+n.key+".")
			all.columns, all.lists = append(all.columns, inner.columns...), append(all.lists, inner.lists...)
		}
	}
	return all
}

func kindOf(t *ast.Type) Kind {
	if t.Elem != nil {
		return Text
	}
	switch t.Name() {
	case "Int":
		return Integer
	case "Decimal", "Float":
		return Decimal
	case "Boolean":
		return Boolean
	case "Date":
		return Date
	case "Time":
		return Moment
	}
	return Text
}

// tree is the fields of a selection, with fragments resolved and what is skipped
// left out. What is said of an answer beside its rows is named so that it is no column.
func tree(schema *ast.Schema, operation *graphql.OperationContext, selections ast.SelectionSet) []*node {
	return branch(schema, operation, selections, 0)
}

func branch(schema *ast.Schema, operation *graphql.OperationContext, selections ast.SelectionSet, depth int) []*node {
	nodes := []*node{}
	for _, field := range graphql.CollectFields(operation, selections, nil) {
		if field.Definition == nil || strings.HasPrefix(field.Name, "__") || depth == 1 && isAbout(field.Field) {
			continue
		}
		n := &node{key: field.Alias, definition: field.Definition, of: field.ObjectDefinition.Name}
		if depth == 0 {
			n.arguments = field.ArgumentMap(operation.Variables)
		}
		if schema.Types[field.Definition.Type.Name()].Kind == ast.Object {
			n.children = branch(schema, operation, field.Selections, depth+1)
		}
		nodes = append(nodes, n)
	}
	return nodes
}

// isAbout reports whether a field of an answer is told beside its tables anyway.
func isAbout(field *ast.Field) bool {
	if strings.HasPrefix(field.Alias, added) {
		return false
	}
	switch kind := field.Definition.Type.Name(); kind {
	case "Release", "Note":
		return field.Name == "release" || field.Name == "notes"
	case "TableColumn":
		return field.Name == "columns"
	default:
		return strings.HasSuffix(kind, "Question")
	}
}
