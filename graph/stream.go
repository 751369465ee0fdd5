package graph

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/niengiam/niengiam/graph/kept"
	"github.com/niengiam/niengiam/stats/number"
)

const (
	// heartbeat is how often a caller who follows something hears that the connection is
	// alive: less than proxies wait.
	heartbeat = 15 * time.Second
	// longestStream is how long a subscription lasts at most; who wants more asks again.
	longestStream = time.Hour
	// eventStream is the media type of what is told again and again.
	eventStream = "text/event-stream"
)

// wantsStream reports whether an operation is to be answered by server-sent events: a
// subscription for whoever takes them, anything else only for those who would rather have them
// than JSON. Many clients take both, and mean subscriptions by it.
func wantsStream(r *http.Request, operation ast.Operation) bool {
	accept := r.Header["Accept"]
	events := kept.Weight(accept, eventStream)
	if r.Method != http.MethodPost || events == 0 {
		return false
	}
	return operation == ast.Subscription || events > max(kept.Weight(accept, graphqlJSON), kept.Weight(accept, "application/json"))
}

// streamed sends the answers to an operation as events, as the protocol graphql-sse has it
// in its mode of distinct connections: those of a subscription until it ends, its caller
// leaves or the program stops; the one of a query and the end.
func streamed(ctx context.Context, a *answer, operation *Operation) {
	s := a.server
	if operation.Operation.Operation == ast.Subscription {
		if !s.subscribers.TryAcquire(1) {
			a.writer.Header().Set("Retry-After", "30")
			a.refuse(Refuse(http.StatusServiceUnavailable, &number.Error{
				Code: tooManySubscribers, Message: number.Say("as many callers as may follow loads do so already"),
				Hint: number.Say("ask jobs from time to time, or try again later"),
			}))
			return
		}
		defer s.subscribers.Release(1)
	}
	ctx, cancel := context.WithTimeout(ctx, longestStream)
	defer cancel()
	if s.stopping != nil {
		unhook := context.AfterFunc(s.stopping, cancel)
		defer unhook()
	}
	s.Report(Report{Door: "graphql", Operation: operation, Started: a.started})
	request := a.request.WithContext(ctx)
	request.Body = io.NopCloser(bytes.NewReader([]byte("{}"))) // the operation was read, and is at hand
	a.writer.Header().Set("X-Accel-Buffering", "no")           // for proxies that gather an answer before they pass it on
	events := &eventWriter{ResponseWriter: a.writer, control: http.NewResponseController(a.writer)}
	defer events.close()
	transport.SSE{KeepAlivePingInterval: s.heartbeat}.Do(events, request, stream{operation})
}

// stream executes an operation that was read and checked, for a transport of gqlgen.
type stream struct{ operation *Operation }

// CreateOperationContext returns the operation.
func (s stream) CreateOperationContext(context.Context, *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	return s.operation.OperationContext, nil
}

// DispatchOperation executes the operation. Of a query there is one answer, within the time
// that a request may take.
func (s stream) DispatchOperation(ctx context.Context, _ *graphql.OperationContext) (graphql.ResponseHandler, context.Context) {
	o := s.operation
	if o.Operation.Operation != ast.Subscription {
		return graphql.OneShot(o.Execute(ctx)), ctx
	}
	respond, ctx := o.server.executor.DispatchOperation(withForm(ctx, o.Form), o.OperationContext)
	return func(ctx context.Context) *graphql.Response {
		response := respond(ctx)
		if response != nil {
			response.Errors = o.presenter.executed(ctx, response.Errors)
		}
		return response
	}, ctx
}

// DispatchError returns faults as an answer.
func (s stream) DispatchError(_ context.Context, faults gqlerror.List) *graphql.Response {
	return &graphql.Response{Errors: faults}
}

// eventWriter writes events, each sent at once. What comes after its end, as a heartbeat
// may, is dropped: the answer is its server's no more.
type eventWriter struct {
	http.ResponseWriter
	control *http.ResponseController

	mu    sync.Mutex
	ended bool
}

// Write writes a part of an event.
func (w *eventWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended {
		return len(p), nil
	}
	return w.ResponseWriter.Write(p)
}

// Flush sends what was written.
func (w *eventWriter) Flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.ended {
		_ = w.control.Flush() // a caller that has gone is noticed by its context
	}
}

// close ends the writing.
func (w *eventWriter) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ended = true
}

// upTo passes the events of a channel on until the context ends or one is the last.
func upTo[T any](ctx context.Context, events <-chan T, isLast func(T) bool) <-chan T {
	passed := make(chan T)
	go func() {
		defer close(passed)
		for {
			select {
			case event, more := <-events:
				if !more {
					return
				}
				select {
				case passed <- event:
				case <-ctx.Done():
					return
				}
				if isLast(event) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return passed
}
