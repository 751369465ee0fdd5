package graph_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/graph/gen"
)

// Every list of the schema declares its length, once and in words that the price
// knows, so that no list costs what nobody thought of.
func TestEveryListHasASize(t *testing.T) {
	lists := 0
	for _, definition := range gen.NewExecutableSchema(gen.Config{}).Schema().Types {
		if definition.Kind != ast.Object || strings.HasPrefix(definition.Name, "__") {
			continue
		}
		for _, field := range definition.Fields {
			if strings.HasPrefix(field.Name, "__") {
				continue
			}
			declared := field.Directives.ForName("size")
			switch isList := field.Type.Elem != nil; {
			case isList && declared == nil:
				t.Errorf("%s.%s is a list without @size", definition.Name, field.Name)
			case !isList && declared != nil:
				t.Errorf("%s.%s has @size and is no list", definition.Name, field.Name)
			case isList:
				lists++
				if fault := sizeFault(declared); fault != "" {
					t.Errorf("%s.%s: %s", definition.Name, field.Name, fault)
				}
			}
		}
	}
	if lists < 100 {
		t.Errorf("%d lists: the schema was not read", lists)
	}
}

// sizeFault tells what is wrong with a declared length, "" when nothing is.
func sizeFault(declared *ast.Directive) string {
	about, of := declared.Arguments.ForName("about"), declared.Arguments.ForName("of")
	switch {
	case (about == nil) == (of == nil):
		return "@size takes one of about and of"
	case about != nil:
		if n, err := strconv.Atoi(about.Value.Raw); err != nil || n < 1 {
			return "about is " + about.Value.Raw
		}
	default:
		switch of.Value.Raw {
		case "rows", "years", "page", "parts", "tiles":
		default:
			return "of is " + of.Value.Raw
		}
	}
	return ""
}
