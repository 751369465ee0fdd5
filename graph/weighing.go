package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/stats/query"
)

// byWeight is the field whose answer takes more facts than the figure that it is of.
const byWeight = "byWeight"

// weighed returns the scope of the field that is resolved, which asks for coverage by
// weight when the field selects it anywhere. What a directive leaves out counts as asked.
func weighed(ctx context.Context, scope *query.Scope) *query.Scope {
	field := graphql.GetFieldContext(ctx)
	if field == nil || !selects(field.Field.Selections, byWeight, map[*ast.FragmentDefinition]bool{}) {
		return scope
	}
	own := orEmpty(scope)
	own.ByWeight = true
	return &own
}

// selects reports whether a field of a name is selected, looking once into each fragment.
func selects(set ast.SelectionSet, name string, seen map[*ast.FragmentDefinition]bool) bool {
	for _, selection := range set {
		inside := ast.SelectionSet(nil)
		switch at := selection.(type) {
		case *ast.Field:
			if at.Name == name {
				return true
			}
			inside = at.SelectionSet
		case *ast.InlineFragment:
			inside = at.SelectionSet
		case *ast.FragmentSpread:
			if seen[at.Definition] {
				continue
			}
			seen[at.Definition] = true
			inside = at.Definition.SelectionSet
		}
		if selects(inside, name, seen) {
			return true
		}
	}
	return false
}
