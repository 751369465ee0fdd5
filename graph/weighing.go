package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/stats/query"
)

// The fields whose answers take more facts than the figure that they are of.
const (
	byWeight = "Coverage.byWeight"
	points   = "Series.points"
)

// weighed returns the scope of the field that is resolved, which asks for coverage by
// weight, or for the changes of series, when the field selects them anywhere. What a
// directive leaves out counts as asked.
func weighed(ctx context.Context, scope *query.Scope) *query.Scope {
	field := graphql.GetFieldContext(ctx)
	if field == nil {
		return scope
	}
	asked := func(name string) bool {
		return selects(field.Field.Selections, name, map[*ast.FragmentDefinition]bool{})
	}
	weights, changes := asked(byWeight), asked(points)
	if !weights && !changes {
		return scope
	}
	own := orEmpty(scope)
	own.ByWeight, own.Changes = weights, changes
	return &own
}

// selects reports whether a field, of a type, is selected, looking once into each fragment.
func selects(set ast.SelectionSet, name string, seen map[*ast.FragmentDefinition]bool) bool {
	for _, selection := range set {
		inside := ast.SelectionSet(nil)
		switch at := selection.(type) {
		case *ast.Field:
			if at.ObjectDefinition != nil && at.ObjectDefinition.Name+"."+at.Name == name {
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
