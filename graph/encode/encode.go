// Package encode writes what answers consist of, all that needs no resolver, to one buffer. Of
// an operation it plans once what is selected of a type; gqlgen, which makes a context, a set
// of values and a closure for each field of each row, is asked where a plan is not enough: for
// fields with resolvers, for null where the schema has none, for panics. So errors and what
// becomes of null are gqlgen's alone. What each type has is generated (graph/gen).
package encode

import (
	"context"
	"io"
	"slices"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/stats/number"
)

// Schema is what is generated of a schema.
type Schema struct {
	// Object finds a type by its name.
	Object func(name string) (Object, bool)
	// Write writes an object of a type, or a list of them, and reports whether it knows
	// what it was given.
	Write func(w *Writer, s *Selection, name string, resolved any) bool
}

// Object is a type of the schema.
type Object struct {
	// Satisfies are the types whose fragments fit it, itself first.
	Satisfies []string
	// Field finds one of its fields.
	Field func(name string) Field
}

// Field is a field of a type.
type Field struct {
	// Number is what the writer of the type knows it by; 0 where only gqlgen resolves it.
	Number int
	// Object is the type that it has, itself or in a list; "" for a scalar.
	Object string
	// Arguments are its arguments, in the order in which they are passed.
	Arguments []Argument
}

// Argument is an argument of a field.
type Argument struct {
	// Name is its name.
	Name string
	// Read turns what a question says, nil for nothing, into what is passed.
	Read func(given any) (any, bool)
}

// Word is an argument that is a word.
func Word[T ~string](name string) Argument {
	return Argument{Name: name, Read: func(given any) (any, bool) {
		if given == nil {
			return T(""), true
		}
		word, ok := given.(string)
		return T(word), ok
	}}
}

// Encoder writes the answer of one operation. It is safe for concurrent use.
type Encoder struct {
	schema   Schema
	language number.Language
	numbers  bool
	mu       sync.Mutex
	plans    map[*ast.Field][]plan
}

// plan is what one selection of a field comes to: the same field of a fragment can be
// selected with other fields besides in another place.
type plan struct {
	set       ast.SelectionSet
	selection *Selection // nil where gqlgen is needed
}

// New makes an Encoder for an operation, with the language of texts whose fields name none,
// and whether decimals are written as JSON numbers.
func New(schema Schema, language number.Language, numbers bool) *Encoder {
	return &Encoder{schema: schema, language: language, numbers: numbers, plans: map[*ast.Field][]plan{}}
}

// written is a part of an answer that is JSON already.
type written []byte

// MarshalGQL writes it.
func (j written) MarshalGQL(w io.Writer) { _, _ = w.Write(j) } // the buffer of an answer does not fail

// Encode writes what a field was resolved to, all that is selected of it; false where gqlgen
// is needed.
func (e *Encoder) Encode(ctx context.Context, resolved any) (json graphql.Marshaler, whole bool) {
	field := graphql.GetFieldContext(ctx).Field
	if len(field.Selections) == 0 || field.Definition == nil || resolved == nil || ctx.Err() != nil {
		return nil, false
	}
	name := field.Definition.Type.Name()
	selection := e.plan(graphql.GetOperationContext(ctx), field, name)
	if selection == nil {
		return nil, false
	}
	defer func() {
		if recover() != nil { // gqlgen meets it, too, and tells it with its path
			json, whole = nil, false
		}
	}()
	w := &Writer{ctx: ctx, numbers: e.numbers}
	if !e.schema.Write(w, selection, name, resolved) || w.refused {
		return nil, false
	}
	return written(w.json), true
}

func (e *Encoder) plan(operation *graphql.OperationContext, field graphql.CollectedField, name string) *Selection {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, known := range e.plans[field.Field] {
		if slices.Equal(known.set, field.Selections) {
			return known.selection
		}
	}
	selection := e.selected(operation, field.Selections, name)
	e.plans[field.Field] = append(e.plans[field.Field], plan{field.Selections, selection})
	return selection
}

// selected plans what a selection asks of a type; nil where gqlgen is needed.
func (e *Encoder) selected(operation *graphql.OperationContext, set ast.SelectionSet, name string) *Selection {
	object, known := e.schema.Object(name)
	if !known {
		return nil
	}
	fields := graphql.CollectFields(operation, set, object.Satisfies)
	s := &Selection{Steps: make([]Step, 0, len(fields))}
	for _, field := range fields {
		step, ok := e.step(operation, object, field)
		if !ok || len(field.Deferrables) > 0 {
			return nil
		}
		step.key = s.key(field.Alias)
		if field.Name == "__typename" {
			step.key += `"` + name + `"`
		}
		s.Steps = append(s.Steps, step)
	}
	return s
}

func (e *Encoder) step(operation *graphql.OperationContext, object Object, field graphql.CollectedField) (Step, bool) {
	if field.Name == "__typename" {
		return Step{}, true
	}
	known := object.Field(field.Name)
	if known.Number == 0 {
		return Step{}, false
	}
	step := Step{Number: known.Number}
	if known.Object != "" {
		if step.Selection = e.selected(operation, field.Selections, known.Object); step.Selection == nil {
			return Step{}, false
		}
	}
	if len(known.Arguments) == 0 {
		return step, true
	}
	given := field.ArgumentMap(operation.Variables)
	for _, argument := range known.Arguments {
		value, ok := argument.Read(given[argument.Name])
		if !ok {
			return Step{}, false
		}
		if value == number.Language("") && argument.Name == "language" {
			value = e.language
		}
		step.Arguments = append(step.Arguments, value)
	}
	return step, true
}

// Selection is what is written of an object, in order.
type Selection struct {
	// Steps are its fields.
	Steps []Step
}

// Step is a field of an object.
type Step struct {
	// Number is what the writer of the type knows it by; 0 where its key is all there is.
	Number int
	// Selection is what is written of the objects that it has; nil for scalars.
	Selection *Selection
	// Arguments are what is passed.
	Arguments []any

	key string
}

// key is what stands before the value of the next field.
func (s *Selection) key(alias string) string {
	before := ","
	if len(s.Steps) == 0 {
		before = "{"
	}
	return before + string(appendString(nil, alias)) + ":"
}
