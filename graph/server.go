package graph

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"golang.org/x/sync/semaphore"
	"golang.org/x/text/language"

	"github.com/niengiam/niengiam/graph/encode"
	"github.com/niengiam/niengiam/graph/gen"
	"github.com/niengiam/niengiam/graph/kept"
	"github.com/niengiam/niengiam/graph/scalar"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// Config is what a Server is made of. A limit of zero takes its default.
type Config struct {
	// Stats answers the questions.
	Stats *query.Service
	// ReleaseManager decides about releases and lists the jobs; nil for none.
	// ReleaseManagement is what callers may do with it; "" is ManagementNone.
	ReleaseManager    ReleaseManager
	ReleaseManagement ledger.ReleaseManagement
	// Answers keeps answers that are made of nothing but the catalogue and what was published;
	// nil for none.
	Answers *kept.Answers[catalogue.Calendar]
	// Observer is told of each request that was answered; nil for none.
	Observer Observer
	// Logger takes the errors that callers are not shown; nil discards them.
	Logger *slog.Logger
	// MaxComplexity is the highest price of an operation, which is about the
	// number of fields in its answer; 500,000 by default.
	MaxComplexity int
	// MaxDepth is how deep fields may nest; 15 by default.
	MaxDepth int
	// MaxRootFields is how many questions one operation may ask; 30 by default.
	MaxRootFields int
	// MaxTokens is how many tokens a query may have; 3,000 by default.
	MaxTokens int
	// MaxBody is the size of a request's body in bytes; 256 KiB by default.
	MaxBody int64
	// MaxUpload is the size of a file that is sent with an operation, in bytes; 8 MiB by
	// default.
	MaxUpload int64
	// Timeout is how long an operation may take; ten seconds by default.
	Timeout time.Duration
	// MaxSubscribers is how many callers may follow something at once; 64 by default.
	MaxSubscribers int
	// Heartbeat is how often they hear that the connection is alive; 15 s by default.
	Heartbeat time.Duration
	// plain leaves all answers to gqlgen; tests compare the two ways.
	plain bool
	// Stopping ends when the program stops, and subscriptions with it; nil for never.
	Stopping context.Context //nolint:containedctx // of the program, which outlives every request
}

// atOnce is how many operations are executed at a time, by each processor; the others wait
// their turn. An operation is many goroutines: without a bound thousands of them stand in line
// for the processors, and whatever has to hear of a new release or of a stopped engine
// stands behind them.
const atOnce = 8

// Server answers GraphQL over HTTP: queries by GET and POST. It is safe for
// concurrent use.
type Server struct {
	stats         *query.Service
	keeper        *keeper // nil where no answers are kept
	observer      Observer
	logger        *slog.Logger
	executor      *executor.Executor
	maxPrice      int
	maxDepth      int
	maxRootFields int
	maxBody       int64
	maxUpload     int64 // 0 where callers have no use for one
	timeout       time.Duration
	executing     *semaphore.Weighted
	subscribers   *semaphore.Weighted
	heartbeat     time.Duration
	stopping      context.Context  //nolint:containedctx // of the program, which outlives every request
	languages     language.Matcher // Vietnamese, English
}

// New makes a Server. It starts nothing.
func New(config Config) *Server {
	rights := approvals{config.ReleaseManager, config.ReleaseManagement, semaphore.NewWeighted(1)}
	e := executor.New(schema{config.Stats, rights, config.plain, gen.NewExecutableSchema(gen.Config{})})
	known := newCache(func(query string, _ *ast.QueryDocument) int { return len(query) })
	e.SetQueryCache(known)
	e.SetDefaultRulesFn(scalar.Rules)
	tokens := cmp.Or(config.MaxTokens, 3_000)
	e.SetParserTokenLimit(tokens)
	e.SetRecoverFunc(recovered)
	e.Use(extension.Introspection{})
	e.Use(extension.AutomaticPersistedQuery{Cache: newCache(func(_, query string) int { return len(query) })})
	e.Use(bounds{known, tokens}) // after the query that a hash stands for was found
	s := &Server{
		stats:         config.Stats,
		observer:      config.Observer,
		logger:        cmp.Or(config.Logger, slog.New(slog.DiscardHandler)),
		executor:      e,
		maxPrice:      cmp.Or(config.MaxComplexity, 500_000),
		maxDepth:      cmp.Or(config.MaxDepth, 15),
		maxRootFields: cmp.Or(config.MaxRootFields, 30),
		maxBody:       cmp.Or(config.MaxBody, 256<<10),
		timeout:       cmp.Or(config.Timeout, 10*time.Second),
		executing:     semaphore.NewWeighted(int64(atOnce * runtime.GOMAXPROCS(0))),
		subscribers:   semaphore.NewWeighted(int64(cmp.Or(config.MaxSubscribers, 64))),
		heartbeat:     cmp.Or(config.Heartbeat, heartbeat),
		stopping:      config.Stopping,
		languages:     language.NewMatcher([]language.Tag{language.Vietnamese, language.English}),
	}
	if _, err := rights.allowed(ledger.ManagementView); err == nil {
		s.maxUpload = cmp.Or(config.MaxUpload, 8<<20)
	}
	if config.Answers != nil {
		caller := config.Stats.Caller()
		s.keeper = &keeper{
			Answers: config.Answers, rights: fmt.Sprint(rights.setting(), caller.Confidential), pure: isPure, keyOf: kept.KeyOf[string],
			private: rights.setting() != ledger.ManagementNone || caller.Confidential,
		}
	}
	return s
}

// schema makes resolvers of their own for every operation, on a service that is
// pinned, so that all fields of one answer are of the same release, and that reads
// the slices of all of them together; all of them write in the form of the operation.
type schema struct {
	stats     *query.Service
	approvals approvals
	plain     bool
	graphql.ExecutableSchema
}

// Exec executes one operation.
func (s schema) Exec(ctx context.Context) graphql.ResponseHandler {
	operation, form := graphql.GetOperationContext(ctx), formOf(ctx)
	var encoder *encode.Encoder
	if operation.Operation.Operation == ast.Query && !s.plain {
		encoder = encode.New(gen.Writers(), form.Language, form.Decimals == scalar.Numbers)
	}
	operation.ResolverMiddleware = form.middleware(operation.ResolverMiddleware, encoder)
	if operation.Operation.Operation != ast.Query { // one after the other: nothing to gather
		return gen.NewExecutableSchema(gen.Config{Resolvers: newResolver(s.stats, form.Language, s.approvals)}).Exec(ctx)
	}
	service, gathering := s.stats.Gather(questions(operation))
	each := operation.RootResolverMiddleware
	operation.RootResolverMiddleware = func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
		ctx, end := gathering.Enter(ctx)
		defer end()
		return each(ctx, next)
	}
	return gen.NewExecutableSchema(gen.Config{Resolvers: newResolver(service, form.Language, s.approvals)}).Exec(ctx)
}

// questions counts the root fields that will be resolved: those that no directive
// skips, and of several with the same name in the answer one. gqlgen begins all of
// them before it waits for any.
func questions(operation *graphql.OperationContext) int {
	count := 0
	for _, field := range graphql.CollectFields(operation, operation.Operation.SelectionSet, []string{"Query"}) {
		if field.Name != "__typename" {
			count++
		}
	}
	return count
}

// ServeHTTP answers one request. The status is 200 once an operation is executed,
// also when its questions have faults, the engine is down or time has run out:
// what could be answered is in the answer, and the codes of the errors say the
// rest. Before that it is 4xx, and the errors say what is wrong with the request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	started := time.Now()
	ctx := r.Context()
	a := &answer{server: s, writer: w, request: r, started: started}
	defer func() {
		// Resolvers recover on their own; this is for the parser and the writer.
		if value := recover(); value != nil {
			masked := (&presenter{logger: s.logger}).mask(ctx, &gqlerror.Error{}, recovered(ctx, value))
			a.send(http.StatusInternalServerError, &graphql.Response{Errors: gqlerror.List{masked}})
		}
	}()
	if r.Method == http.MethodOptions {
		w.Header().Set("Allow", allowed)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	from, fault := receive(s, w, r)
	if fault == nil && s.keeper != nil && !from.form && a.sendKnown(from.text) {
		return
	}
	var params *graphql.RawParams
	if fault == nil {
		params, fault = read(s, w, r, from)
	}
	if fault != nil {
		a.refuse(Refuse(fault.status, fault.fault))
		return
	}
	if params.Query != "" && params.Extensions["persistedQuery"] != nil {
		a.knowable = false // the hash has to be learnt from it, again where it was forgotten
	}
	form, refused := s.Form(r)
	if refused != nil {
		a.refuse(refused)
		return
	}
	execute(ctx, a, params, form)
}

// execute checks, prices and executes an operation.
func execute(ctx context.Context, a *answer, params *graphql.RawParams, form Form) {
	operation, refused := prepare(ctx, a.server, params, form, a.request.Method == http.MethodPost)
	if refused != nil {
		a.refuse(refused)
		return
	}
	if a.request.Method != http.MethodPost && operation.Operation.Operation != ast.Query {
		a.refuse(Refuse(http.StatusMethodNotAllowed, &number.Error{Code: methodNotAllowed, Message: number.Say("GET is for queries only"), Hint: number.Say("send it with POST")}))
		return
	}
	switch streams := wantsStream(a.request, operation.Operation.Operation); {
	case streams:
		streamed(ctx, a, operation)
		return
	case operation.Operation.Operation == ast.Subscription:
		a.refuse(Refuse(http.StatusNotAcceptable, &number.Error{
			Code: notSupported, Message: number.Say("a subscription is answered as text/event-stream alone"),
			Hint: number.Say("POST it with the header Accept: text/event-stream"),
		}))
		return
	}
	a.operation = operation
	if k := a.server.keeper; k != nil && a.state != nil {
		if key, variables, keeps := k.operation(operation.OperationContext, string(operation.Form.Language), string(operation.Form.Decimals)); keeps {
			kind := strings.Clone(kindOf(operation.Operation.SelectionSet)) // or it would hold on to the whole query
			a.question = &kept.Question{Key: key, Kind: kind, Media: a.mediaType(), Negotiated: operation.Form.Negotiated}
			a.share(ctx, variables)
			return
		}
	}
	a.send(http.StatusOK, operation.Execute(ctx))
}

// AskAhead asks anew, until ctx ends, what was asked most before something was published: one
// question at a time, and only while nobody waits for an answer. every is how often it looks
// whether there is anything to do. Without kept answers there never is.
func (s *Server) AskAhead(ctx context.Context, every time.Duration) {
	if s.keeper == nil {
		return
	}
	all := int64(atOnce * runtime.GOMAXPROCS(0))
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		s.keeper.Renew(s.stats.Catalogue())
		for ctx.Err() == nil && s.executing.TryAcquire(all) {
			s.executing.Release(all)
			ask := s.keeper.Due()
			if ask == nil {
				break
			}
			ask(ctx)
		}
	}
}

func unknownOperation(operation *graphql.OperationContext) number.Message {
	if operation.OperationName == "" {
		return number.Say("the query has several operations: say which with operationName")
	}
	return number.Say("the query has no operation named %q", operation.OperationName)
}

// statusOf is the status of a refused operation. A hash that is not known yet is
// no fault: the client sends the query in its next request.
func statusOf(faults gqlerror.List) int {
	if len(faults) == 1 && faults[0].Extensions["code"] == "PERSISTED_QUERY_NOT_FOUND" {
		return http.StatusOK
	}
	return http.StatusBadRequest
}
