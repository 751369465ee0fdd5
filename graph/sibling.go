package graph

import (
	"context"
	"reflect"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
)

// siblings returns the objects, of the type of the one whose field is being resolved, that
// are reached in the same way from the lists around it: of the question
// `releases { nodes { changes … } }` all releases of the page, for each of them. It climbs
// from the field to the outermost list from which every step down can be followed.
func siblings[O comparable](ctx context.Context, r *Resolver) []O {
	var found []O
	var steps []string // the fields from what is at hand down to the object
	for at := graphql.GetFieldContext(ctx).Parent; at != nil && (at.Index != nil || at.Field.Field != nil); at = at.Parent {
		if at.Index != nil { // an entry of a list, which comes next
			continue
		}
		from, batch := []any{at.Result}, r.loaders.batchOf(at.Result)
		if batch != nil {
			from = batch
		}
		reached := follow(r, flatten(from), steps)
		if reached == nil {
			break
		}
		found = found[:0]
		seen := map[O]bool{}
		for _, object := range reached {
			if of, ok := object.(O); ok && !seen[of] {
				seen[of] = true
				found = append(found, of)
			}
		}
		if batch != nil { // of all lists that it was read with
			break
		}
		steps = append([]string{at.Field.Name}, steps...)
	}
	return found
}

// follow goes from objects down through fields; nil where there is no way.
func follow(r *Resolver, objects []any, steps []string) []any {
	for _, step := range steps {
		var next []any
		for _, object := range objects {
			value, ok := child(r, object, step)
			if !ok {
				return nil
			}
			next = append(next, value)
		}
		objects = flatten(next)
	}
	return objects
}

// child returns the value of a field of an object that is known without asking anybody:
// those that have a resolver, and those that gqlgen binds to a field of the same name.
func child(r *Resolver, object any, name string) (any, bool) {
	switch of := object.(type) {
	case *ledger.Release:
		switch name {
		case "withdraws":
			return r.Stats.Release(of.Withdraws.String()), true
		case "restores":
			return r.Stats.Release(of.Restores.String()), true
		case "withdrawnBy":
			return r.Stats.WithdrawnBy(of), true
		}
	case *figure.Figure:
		if name == "release" {
			return r.Stats.ReleaseOf(of), true
		}
	}
	value := reflect.Indirect(reflect.ValueOf(object))
	if value.Kind() != reflect.Struct {
		return nil, false
	}
	bound := value.FieldByNameFunc(func(field string) bool { return strings.EqualFold(field, name) })
	if !bound.IsValid() || !bound.CanInterface() {
		return nil, false
	}
	return bound.Interface(), true
}

// flatten replaces lists by their entries, and leaves out what is null.
func flatten(values []any) []any {
	flat := []any{}
	for _, value := range values {
		switch v := reflect.ValueOf(value); {
		case v.Kind() == reflect.Slice:
			for i := range v.Len() {
				flat = append(flat, flatten([]any{v.Index(i).Interface()})...)
			}
		case v.Kind() == reflect.Pointer && !v.IsNil():
			flat = append(flat, value)
		}
	}
	return flat
}
