package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/niengiam/niengiam/graph/gen"
	"github.com/niengiam/niengiam/graph/kept"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// Schema is the schema of the API, as it is served.
func Schema() *ast.Schema { return gen.NewExecutableSchema(gen.Config{}).Schema() }

// Operation is one operation that may be executed: it is parsed, fits the schema, and is
// within the limits.
type Operation struct {
	*graphql.OperationContext
	// Form is how its answer is written.
	Form Form
	// Price is about the number of fields in its answer.
	Price int

	server    *Server
	presenter *presenter
	cost      *figure.Cost
}

// Refused is the answer to a request that is not executed, as its caller may see it.
type Refused struct {
	// Status is the HTTP status.
	Status int
	// Errors say what is wrong; each has a code in its extensions.
	Errors gqlerror.List

	kind string // of the operation, where it was read; "" where it was not
}

// Refuse makes a Refused of one fault.
func Refuse(status int, fault *number.Error) *Refused {
	return &Refused{Status: status, Errors: gqlerror.List{show(&gqlerror.Error{}, fault)}}
}

// Read takes the operation out of a request: the query of a GET, the
// JSON body of a POST.
func (s *Server) Read(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *Refused) {
	from, refused := receive(s, w, r)
	if refused != nil {
		return nil, Refuse(refused.status, refused.fault)
	}
	params, refused := read(s, w, r, from)
	if refused != nil {
		return nil, Refuse(refused.status, refused.fault)
	}
	return params, nil
}

// Stats is the service that answers the questions.
func (s *Server) Stats() *query.Service { return s.stats }

// Prepare parses, checks and prices an operation; only queries are allowed. The answer is
// written in a form unless the operation says how.
func (s *Server) Prepare(ctx context.Context, params *graphql.RawParams, form Form) (*Operation, *Refused) {
	return prepare(ctx, s, params, form, false)
}

// prepare checks and prices an operation, which may be a mutation or not.
func prepare(ctx context.Context, s *Server, params *graphql.RawParams, form Form, mutable bool) (*Operation, *Refused) {
	p := &presenter{logger: s.logger}
	operation, faults := s.executor.CreateOperationContext(graphql.StartOperationTrace(ctx), params)
	if len(faults) > 0 {
		sayNumbers(faults, params.Variables)
		shown := p.refused(ctx, faults)
		if operation.Doc != nil && operation.Operation == nil {
			tell(shown[0], unknownOperation(operation))
		}
		return nil, &Refused{Status: statusOf(shown), Errors: shown}
	}
	if operation.Operation.Operation == ast.Mutation && !mutable {
		return nil, Refuse(http.StatusMethodNotAllowed, &number.Error{
			Code: methodNotAllowed, Message: number.Say("a mutation is not sent this way"), Hint: number.Say("POST it to /graphql"),
		})
	}
	if operation.Operation.Operation == ast.Subscription && !mutable {
		return nil, Refuse(http.StatusMethodNotAllowed, &number.Error{
			Code: methodNotAllowed, Message: number.Say("a subscription is not sent this way"), Hint: number.Say("POST it to /graphql"),
		})
	}
	price, fault := price(s, s.stats.Catalogue(), operation)
	if fault != nil {
		refused := Refuse(http.StatusBadRequest, fault)
		refused.kind = kindOf(operation.Operation.SelectionSet)
		return nil, refused
	}
	return &Operation{OperationContext: operation, Form: form.asked(operation), Price: price, server: s, presenter: p}, nil
}

// sayNumbers names the numbers that are of no use as variables: the parser's own errors
// have a zero in their place.
func sayNumbers(faults gqlerror.List, variables map[string]any) {
	for _, fault := range faults {
		if _, as, is := strings.Cut(fault.Message, " as "); is && strings.HasPrefix(fault.Message, "cannot use value ") && len(fault.Path) == 2 {
			name, _ := fault.Path[1].(ast.PathName)
			if value, is := variables[string(name)].(json.Number); is {
				fault.Message = fmt.Sprintf("cannot use value %s as %s", value, as)
			}
		}
	}
}

// Execute answers an operation within the time that a request may take. Its
// errors are as its caller may see them.
func (o *Operation) Execute(ctx context.Context) *graphql.Response {
	ctx, cancel := context.WithTimeout(ctx, o.server.timeout)
	defer cancel()
	// When its time runs out while it waits, its fields say so.
	if o.server.executing.Acquire(ctx, 1) == nil {
		defer o.server.executing.Release(1)
	}
	ctx, o.cost = figure.WithCost(withForm(ctx, o.Form))
	respond, ctx := o.server.executor.DispatchOperation(ctx, o.OperationContext)
	response := respond(ctx)
	if response == nil { // time ran out before the first field was asked
		response = &graphql.Response{Errors: gqlerror.List{gqlerror.Wrap(context.Cause(ctx))}}
	}
	response.Errors = o.presenter.executed(ctx, response.Errors)
	return response
}

// keep keeps a response that was made in a state, and returns it as others may have it; nil
// where they may not: it has errors, or another state took its place meanwhile. While the
// state is the present one the operation was pinned to it, for none ever comes back. Long
// questions are not asked ahead.
func keep(o *Operation, response *graphql.Response, state *catalogue.Calendar, key kept.Key, variables string) *kept.Answer {
	s := o.server
	if len(response.Errors) > 0 || len(response.Data) == 0 || s.stats.Catalogue() != state {
		return nil
	}
	answer := kept.NewAnswer(`{"data":`, response.Data, keptEnd(o.Price))
	query, name, form := o.RawQuery, o.OperationName, o.Form
	length := len(query) + len(name) + len(variables)
	if length > mostKnown {
		s.keeper.Put(state, key, answer, nil, 0)
		return answer
	}
	s.keeper.Put(state, key, answer, func(ctx context.Context) {
		askAhead(ctx, s, &graphql.RawParams{Query: query, OperationName: name}, variables, form, key)
	}, length)
	return answer
}

// askAhead asks a question before anybody does, so that its answer is kept. What goes wrong
// whoever asks it will hear.
func askAhead(ctx context.Context, s *Server, params *graphql.RawParams, variables string, form Form, key kept.Key) {
	defer func() {
		if value := recover(); value != nil {
			_ = (&presenter{logger: s.logger}).mask(ctx, &gqlerror.Error{}, recovered(ctx, value)) // logs it
		}
	}()
	state := s.stats.Catalogue()
	if decode(strings.NewReader(variables), &params.Variables) != nil {
		return
	}
	operation, refused := prepare(ctx, s, params, form, false)
	if refused != nil {
		return
	}
	if same, _, keeps := s.keeper.operation(operation.OperationContext, string(operation.Form.Language), string(operation.Form.Decimals)); !keeps || same != key {
		return
	}
	s.keeper.Once(ctx, state, key, func() *kept.Answer {
		return keep(operation, operation.Execute(ctx), state, key, variables)
	})
}

// Show returns an error as its caller may see it.
func (o *Operation) Show(ctx context.Context, err error) gqlerror.List {
	return o.presenter.executed(ctx, gqlerror.List{gqlerror.Wrap(err)})
}
