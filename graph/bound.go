package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/niengiam/niengiam/stats/number"
)

// What an operation may have before it is checked against the schema: the checks compare
// every field of a name with every other of that name, and what names an element that
// does not exist with all that do.
const (
	maxSelections = 10_000 // fields and spreads, those of fragments wherever they are spread
	maxRepeats    = 10_000 // pairs of fields with the same name in the answer
	maxName       = 128    // bytes of a name or a number
	maxNesting    = 100    // brackets within each other
)

// bounds refuses operations that cost too much to check. It is an extension of gqlgen
// that sees an operation before it is parsed.
type bounds struct {
	cache  graphql.Cache[*ast.QueryDocument] // what has passed is not looked at again
	tokens int
}

// ExtensionName is the name of the extension.
func (bounds) ExtensionName() string { return "Bounds" }

// Validate accepts any schema.
func (bounds) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters refuses an operation, or leaves it as it is. What cannot be
// parsed is left to gqlgen, which says where it breaks off.
func (b bounds) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	if _, passed := b.cache.Get(ctx, params.Query); passed {
		return nil
	}
	source := &ast.Source{Input: params.Query}
	if fault := scan(source, b.tokens); fault != nil {
		return refused(fault)
	}
	document, err := parser.ParseQueryWithTokenLimit(source, b.tokens)
	if err != nil || document == nil {
		return nil //nolint:nilerr // gqlgen parses it again and tells the fault
	}
	if fault := count(document); fault != nil {
		return refused(fault)
	}
	return nil
}

func refused(fault *number.Error) *gqlerror.Error {
	return &gqlerror.Error{Err: fault, Message: fault.Error()}
}

// scan looks at the tokens of an operation.
func scan(source *ast.Source, most int) *number.Error {
	tokens, depth := lexer.New(source), 0
	for seen := 0; seen <= most; seen++ { // what has more tokens gqlgen refuses to parse
		token, err := tokens.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			return nil //nolint:nilerr // gqlgen reads it again and tells the fault
		}
		switch token.Kind {
		case lexer.Name, lexer.Int, lexer.Float:
			if len(token.Value) > maxName {
				return &number.Error{Code: tooComplex, Message: number.Say("%q is longer than a name or a number may be", token.Value)}
			}
		case lexer.BraceL, lexer.BracketL, lexer.ParenL:
			depth++
		case lexer.BraceR, lexer.BracketR, lexer.ParenR:
			depth--
		}
		if depth > maxNesting {
			return &number.Error{Code: tooDeep, Message: number.Say("the brackets of the query are more than %d deep", maxNesting)}
		}
	}
	return nil
}

// counting counts what a document has, until it is too much.
type counting struct {
	fragments  map[string]*ast.FragmentDefinition
	open       map[string]bool // the fragments that the selection stands in
	selections int
	repeats    int
}

// count counts the selections of each operation and of each fragment, and the pairs of
// fields with one name in the answer among them.
func count(document *ast.QueryDocument) *number.Error {
	c := &counting{fragments: map[string]*ast.FragmentDefinition{}, open: map[string]bool{}}
	for _, fragment := range document.Fragments {
		c.fragments[fragment.Name] = fragment
	}
	for _, operation := range document.Operations {
		c.merged([]ast.SelectionSet{operation.SelectionSet}, 0)
	}
	for _, fragment := range document.Fragments {
		c.merged([]ast.SelectionSet{fragment.SelectionSet}, 0)
	}
	switch {
	case c.selections > maxSelections:
		return &number.Error{
			Code: tooComplex, Message: number.Say("the operation selects more than %d fields, those of fragments counted wherever they are spread", maxSelections),
			Hint: number.Say("pass lists as variables, or send several requests"),
		}
	case c.repeats > maxRepeats:
		return &number.Error{
			Code: tooComplex, Message: number.Say("the operation repeats fields too often: there are more than %d pairs with the same name in the answer", maxRepeats),
			Hint: number.Say("ask for each field once"),
		}
	}
	return nil
}

// done reports whether enough has been counted.
func (c *counting) done() bool { return c.selections > maxSelections || c.repeats > maxRepeats }

// merged counts selection sets that make one object of the answer.
func (c *counting) merged(sets []ast.SelectionSet, depth int) {
	if depth > maxNesting {
		return // a fragment that holds itself, which the checks report
	}
	inside, names := map[string][]ast.SelectionSet{}, []string(nil)
	for _, set := range sets {
		c.collect(set, func(field *ast.Field) {
			if _, known := inside[field.Alias]; !known {
				names = append(names, field.Alias)
			}
			c.repeats += len(inside[field.Alias])
			inside[field.Alias] = append(inside[field.Alias], field.SelectionSet)
		})
	}
	for _, name := range names {
		if c.done() {
			return
		}
		c.merged(inside[name], depth+1)
	}
}

// collect finds the fields of a selection set, those of fragments included.
func (c *counting) collect(set ast.SelectionSet, found func(*ast.Field)) {
	for _, selection := range set {
		if c.selections++; c.done() {
			return
		}
		switch at := selection.(type) {
		case *ast.Field:
			found(at)
		case *ast.InlineFragment:
			c.collect(at.SelectionSet, found)
		case *ast.FragmentSpread:
			if fragment := c.fragments[at.Name]; fragment != nil && !c.open[at.Name] {
				c.open[at.Name] = true
				c.collect(fragment.SelectionSet, found)
				c.open[at.Name] = false
			}
		}
	}
}
