package graph

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/niengiam/niengiam/stats/number"
)

// The codes of faults that this door finds itself. GRAPHQL_PARSE_FAILED,
// GRAPHQL_VALIDATION_FAILED and PERSISTED_QUERY_NOT_FOUND come from gqlgen.
const (
	badRequest       number.Code = "BAD_REQUEST"
	bodyTooLarge     number.Code = "BODY_TOO_LARGE"
	bodyTooSlow      number.Code = "BODY_TOO_SLOW"
	addressTooLong   number.Code = "ADDRESS_TOO_LONG"
	methodNotAllowed number.Code = "METHOD_NOT_ALLOWED"
	wrongMediaType   number.Code = "UNSUPPORTED_MEDIA_TYPE"
	tooDear          number.Code = "TOO_DEAR"
	tooDeep          number.Code = "TOO_DEEP"
	tooComplex       number.Code = "TOO_COMPLEX"
	tooManyFields    number.Code = "TOO_MANY_FIELDS"
	notSupported     number.Code = "NOT_SUPPORTED"
	notAllowed       number.Code = "NOT_ALLOWED"
	// tooManySubscribers: no more callers may follow something.
	tooManySubscribers number.Code = "TOO_MANY_SUBSCRIBERS"
	timedOut           number.Code = "TIMEOUT"
	canceled           number.Code = "CANCELED"
	internal           number.Code = "INTERNAL"
)

// maxLogged bounds the lines that one request can write to the log.
const maxLogged = 10

// maxShown bounds the errors of one answer.
const maxShown = 100

// presenter turns the errors of one request into what its caller may see:
// coded errors as they are, anything else as an id that the log explains.
type presenter struct {
	logger *slog.Logger
	id     string
	logged int
}

// refused presents errors that were found before anything was executed: those
// of gqlgen have a code, or are about a malformed request.
func (p *presenter) refused(ctx context.Context, list gqlerror.List) gqlerror.List {
	var shown gqlerror.List
	for _, e := range list {
		if e.Err != nil && len(number.Errors(e.Err)) > 0 {
			shown = append(shown, p.executed(ctx, gqlerror.List{e})...)
			continue
		}
		if _, coded := e.Extensions["code"]; !coded {
			e.Extensions = map[string]any{"code": badRequest}
		}
		code := number.Code(fmt.Sprint(e.Extensions["code"]))
		e.Message = number.Excerpt(e.Message)
		e.Extensions["vi"] = inVietnamese(&number.Error{Code: code, Message: number.EnglishOnly("%s", e.Message)})
		shown = append(shown, e)
	}
	return first(shown)
}

// first returns the first errors of a list, of which the last says how many more there are.
func first(list gqlerror.List) gqlerror.List {
	if len(list) <= maxShown {
		return list
	}
	last, more := *list[maxShown-1], number.Say("and %d more faults", len(list)-maxShown+1)
	code, _ := last.Extensions["code"].(number.Code)
	last.Message = more.In(number.English)
	last.Extensions = map[string]any{"code": last.Extensions["code"], "vi": inVietnamese(&number.Error{Code: code, Message: more})}
	return append(list[:maxShown-1:maxShown-1], &last)
}

// executed presents errors of the execution. A joined error becomes one error
// for each of its parts, all at the same path.
func (p *presenter) executed(ctx context.Context, list gqlerror.List) gqlerror.List {
	var shown gqlerror.List
	for _, e := range list {
		for _, leaf := range leaves(e) {
			shown = append(shown, p.leaf(ctx, e, leaf)...)
		}
	}
	return first(shown)
}

// leaves returns the parts of the joined error that gqlgen wrapped, or the one it
// wrapped; a gqlgen error that wraps none stands for itself.
func leaves(e *gqlerror.Error) []error {
	if e.Err == nil {
		return []error{e}
	}
	if joined, ok := e.Err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{e.Err}
}

func (p *presenter) leaf(ctx context.Context, at *gqlerror.Error, err error) gqlerror.List {
	coded := number.Errors(err)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return gqlerror.List{show(at, timeout())}
	case errors.Is(err, context.Canceled):
		return gqlerror.List{show(at, &number.Error{Code: canceled, Message: number.Say("the request was given up by its caller")})}
	case len(coded) == 0:
		return gqlerror.List{p.mask(ctx, at, err)}
	}
	var shown gqlerror.List
	for _, e := range coded {
		if e.Err != nil {
			p.log(ctx, slog.LevelWarn, "a question failed", "code", e.Code, "error", e, "cause", e.Err)
		}
		shown = append(shown, show(at, e))
	}
	return shown
}

// show writes a coded error at a place of the answer. A fault in the value of an
// argument, which is found while arguments are read, is named by its place there.
func show(at *gqlerror.Error, e *number.Error) *gqlerror.Error {
	extensions := map[string]any{"code": e.Code}
	path, where := at.Path, e.Where
	if where == "" && e.Code == number.BadArgument {
		path, where = argument(path)
	}
	if where != "" {
		extensions["where"] = number.Quote(where)
	}
	if len(e.Nearest) > 0 {
		extensions["nearest"] = e.Nearest
	}
	if !e.Hint.IsEmpty() {
		extensions["hint"] = e.Hint.In(number.English)
	}
	extensions["vi"] = inVietnamese(e)
	return &gqlerror.Error{Message: e.Message.In(number.English), Path: path, Locations: at.Locations, Extensions: extensions}
}

// tell returns an error another message, and keeps its code.
func tell(shown *gqlerror.Error, message number.Message) {
	code := number.Code(fmt.Sprint(shown.Extensions["code"]))
	shown.Message = message.In(number.English)
	shown.Extensions["vi"] = inVietnamese(&number.Error{Code: code, Message: message})
}

// inVietnamese returns message and hint once more, for people.
func inVietnamese(e *number.Error) map[string]string {
	message, hint := e.In(number.Vietnamese)
	said := map[string]string{"message": message}
	if hint != "" {
		said["hint"] = hint
	}
	return said
}

// argument splits the path of an argument, as gqlgen gives it, into the field's
// own name, which is all that is known of its path, and the argument's.
func argument(path ast.Path) (field ast.Path, where string) {
	if len(path) < 2 {
		return path, ""
	}
	return path[:1], strings.TrimPrefix(path[1:].String(), ".")
}

// mask hides an error that is not the caller's from the caller. All masked
// errors of one request share its id.
func (p *presenter) mask(ctx context.Context, at *gqlerror.Error, err error) *gqlerror.Error {
	if p.id == "" {
		p.id = rand.Text()[:12]
	}
	attributes := []any{"id", p.id, "code", internal, "path", at.Path.String(), "error", err}
	if panicked := (*panicError)(nil); errors.As(err, &panicked) {
		attributes = append(attributes, "stack", panicked.stack)
	}
	p.log(ctx, slog.LevelError, "internal error", attributes...)
	shown := show(at, &number.Error{Code: internal, Message: number.Say("internal error, id %s", p.id), Hint: number.Say("the log of the server says more under this id")})
	shown.Extensions["id"] = p.id
	return shown
}

func (p *presenter) log(ctx context.Context, level slog.Level, message string, attributes ...any) {
	if p.logged++; p.logged <= maxLogged {
		p.logger.Log(ctx, level, message, attributes...)
	}
}

func timeout() *number.Error {
	return &number.Error{Code: timedOut, Message: number.Say("the request took longer than it may"), Hint: number.Say("ask for fewer rows or fewer years, or ask again")}
}

// panicError is a panic as an error, with the stack of where it happened.
type panicError struct {
	value any
	stack string
}

// Error says what was panicked with.
func (e *panicError) Error() string { return fmt.Sprintf("panic: %v", e.value) }

// recovered makes an error of a recovered panic; it is called where the panic is
// recovered, so that the stack still shows where it came from.
func recovered(_ context.Context, value any) error {
	return &panicError{value: value, stack: string(debug.Stack())}
}
