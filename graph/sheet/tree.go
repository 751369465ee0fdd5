package sheet

import (
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// node is one field of a question.
type node struct {
	key        string
	definition *ast.FieldDefinition
	of         string
	arguments  map[string]any
	children   []*node // nil for what is no object
}

func (n *node) isList() bool { return n.definition.Type.Elem != nil }

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

// added begins the names of the fields that are added to a question.
const added = "_about_"
