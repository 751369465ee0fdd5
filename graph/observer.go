package graph

import (
	"slices"
	"strings"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/niengiam/niengiam/stats/number"
)

// Observer is told of requests.
type Observer interface {
	// Answered is called for each request once its answer is made, before it is sent. door
	// says how it came; kind is the root field that it asks, or the code of the saved
	// question, "several" for several fields, "introspection", or "" where it could not be
	// read: what a caller writes is never in it. statements is how many it took of the
	// warehouse, -1 where nothing was executed; codes are those of its errors, each once.
	Answered(door, kind string, took time.Duration, statements int64, codes []number.Code)
}

// Report is what an Observer is told of one request, before it is put in its words.
type Report struct {
	// Door says how the request came.
	Door string
	// Operation is what was executed, nil where nothing was. Kind takes the place of the
	// kind that the operation has; "" takes none.
	Operation *Operation
	Kind      string
	// Kept says that the answer was made before, so that nothing had to be executed.
	Kept bool
	// Started is when the request came, Errors are those of its answer.
	Started time.Time
	Errors  gqlerror.List
}

// Report tells the observer of a request.
func (s *Server) Report(r Report) {
	if s.observer == nil {
		return
	}
	kind, statements := r.Kind, int64(-1)
	if r.Kept {
		statements = 0
	}
	if r.Operation != nil {
		if kind == "" {
			kind = kindOf(r.Operation.Operation.SelectionSet)
		}
		if r.Operation.cost != nil {
			statements = r.Operation.cost.Statements.Load()
		}
	}
	s.observer.Answered(r.Door, kind, time.Since(r.Started), statements, codesOf(r.Errors))
}

// kindOf returns the root field that is asked, "several" where there are several. Fields
// that ask for the schema count where there is no other.
func kindOf(fields ast.SelectionSet) string {
	kind := ""
	for _, selection := range fields {
		one := ""
		switch s := selection.(type) {
		case *ast.Field:
			if one = s.Name; strings.HasPrefix(one, "__") {
				one = "introspection"
			}
		case *ast.InlineFragment:
			one = kindOf(s.SelectionSet)
		case *ast.FragmentSpread:
			one = kindOf(s.Definition.SelectionSet)
		}
		switch {
		case kind == "" || kind == "introspection":
			kind = one
		case one != kind && one != "introspection":
			return "several"
		}
	}
	return kind
}

// codesOf returns the codes of errors, each once.
func codesOf(errors gqlerror.List) []number.Code {
	var codes []number.Code
	for _, e := range errors {
		code, ok := e.Extensions["code"].(number.Code)
		if text, plain := e.Extensions["code"].(string); !ok && plain {
			code = number.Code(text)
		}
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}
