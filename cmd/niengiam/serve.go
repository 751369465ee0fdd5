package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/schedule"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/gate"
	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/graph/export"
	"github.com/niengiam/niengiam/graph/question"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/memory"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/warehouse/engine"
	"github.com/niengiam/niengiam/web"
)

// The faults of serving.
const (
	// AddressInUse: another program listens on the address.
	AddressInUse number.Code = "ADDRESS_IN_USE"
	// BadAddress: the address cannot be listened on.
	BadAddress number.Code = "BAD_ADDRESS"
	// Loading: the sources are being loaded, as --load asks, before all else.
	Loading number.Code = "LOADING"
)

// Times of serving.
const (
	loadWait  = time.Hour              // how long a scheduled load waits for another one
	pollTime  = 5 * time.Second        // how often files are looked for that arrive
	watchTime = time.Second / 4        // how often releases of other processes are looked for
	drainTime = 3 * time.Second        // how long requests under way may take when we stop
	readTime  = 10 * time.Second       // how long a client may take to send a request's head
	readyTime = 800 * time.Millisecond // how long /readyz waits for ClickHouse
	loseTime  = 5 * time.Second        // after which one that does not answer is asked anew
)

type serveCommand struct {
	Addr              string          `help:"The address to listen on; port 0 picks a free port. Default: 127.0.0.1:8080." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Load              bool            `help:"Load every source before serving; sources without new data are skipped."`
	ReleaseManagement string          `help:"Release management over the API: none (counts only), view (also list pending restatements), decide (also approve, refuse, withdraw, restore). Applies to every caller while there are no accounts. Default: none." enum:"none,view,decide" default:"none" placeholder:"LEVEL"`
	SQL               sqlUser         `embed:"" prefix:"sql-"`
	Gate              gateSettings    `embed:""`
	Metrics           metricsSettings `embed:"" prefix:"metrics-"`
	Welcome           bool            `help:"Print the answers to the first saved questions once the server is ready."`
}

// resources are what serve has opened before it serves.
type resources struct {
	workspace *workspace.Workspace
	questions question.Set
	pages     http.Handler
	listener  net.Listener
	metrics   *metrics
	store     *opened
}

// Run serves until it is interrupted. Whatever it started has ended when it returns.
func (c *serveCommand) Run(s *session) (err error) {
	var with resources
	var faults error
	with.questions, faults = questions(s)
	with.workspace, err = workspace.Read(s.Workspace, with.questions)
	if err := errors.Join(err, faults); err != nil {
		return err
	}
	if with.pages, err = web.Handler(with.workspace.Shapes); err != nil {
		return err
	}
	if with.listener, err = listen("addr", c.Addr); err != nil {
		return err
	}
	defer with.listener.Close()
	if with.metrics, err = c.Metrics.open(with.workspace, with.questions); err != nil {
		return err
	}
	defer with.metrics.close()
	if with.store, err = c.SQL.open(s); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, with.store.close()) }()
	return c.serve(s, &with)
}

// serve answers questions, loads and delivers with what is open.
func (c *serveCommand) serve(s *session, with *resources) (err error) {
	w, store := with.workspace, with.store
	slices, err := cacheSlices(s, store)
	if err != nil {
		return err
	}
	if err := store.Define(s.ctx, w.Definitions, w.Checksum); err != nil {
		return err
	}
	told := newNotifier(s, w, query.New(slices))
	defer told.stop()
	pipeline := s.pipeline(w, store, loadWait, func(run ledger.Run) {
		with.metrics.Loaded(run)
		told.ended(run)
	})
	pipeline.Feed, pipeline.StageEnded = &etl.Feed{}, with.metrics.StageEnded
	scheduler, err := newSchedulers(s, w, pipeline, query.New(slices))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, scheduler.Shutdown()) }()
	service := query.New(slices).As(figure.Caller{Confidential: s.CallerConfidential})
	manager := &etl.ReleaseManager{Pipeline: pipeline, Upcoming: scheduler.Upcoming, Waiting: scheduler.WaitingSince, LoadNow: scheduler.Now, Sent: sent(s, w, scheduler.deliveries)}
	answers, err := keepAnswers(s)
	if err != nil {
		return err
	}
	api, files := handlers(s, w, with.questions, graph.Config{
		Stats: service, ReleaseManager: manager, ReleaseManagement: ledger.ReleaseManagement(strings.ToUpper(c.ReleaseManagement)), Answers: answers, Observer: with.metrics,
	})
	pages, err := papers(s, service, with.pages)
	if err != nil {
		return err
	}
	state := &readiness{store: store}
	before := c.Gate.open(s, with.listener)
	serving := startServer(before, with.listener, mux(api, files, shortAddresses(api, pages), state))
	defer serving.stop()
	with.metrics.serve(s, c.Gate, stateOf(state, before, slices, answers, manager))
	watching, stop := context.WithCancel(s.ctx)
	defer stop()
	go store.Watch(watching, watchTime)
	go api.AskAhead(watching, watchTime)
	go store.KeepRollUps(watching, watchTime)
	if err := c.loadFirst(s, pipeline, state); err != nil {
		return err
	}
	go state.verify(watching, s.log)
	scheduler.Start()
	if err := c.greet(s, w.Title, "http://"+with.listener.Addr().String()); err != nil {
		return err
	}
	return serving.wait(s.ctx)
}

// loadFirst ends what a program that was killed left, and loads every source, as --load asks; then all is there that should be.
func (c *serveCommand) loadFirst(s *session, pipeline *etl.Pipeline, state *readiness) error {
	if err := pipeline.Recover(s.ctx); err != nil {
		return err
	}
	if c.Load {
		if err := loadAll(s, pipeline, pipeline.Workspace.Sources, etl.Order{Actor: who()}, newBars(s, len(pipeline.Workspace.Sources), false)); err != nil {
			return err
		}
	}
	state.loaded.Store(true)
	return nil
}

// greet says where the program serves, and answers the first questions, as --welcome asks.
func (c *serveCommand) greet(s *session, title number.Text, address string) error {
	fmt.Fprintf(s.out, "Niengiam serves %s at %s (GraphiQL at /graphiql, the API at /graphql). Interrupt to stop.\n", title.In(number.English), address)
	if !c.Welcome {
		return nil
	}
	return welcome(s, address, title)
}

// listen opens the address of a flag before anything is started, so that a port in use is
// the first thing one hears of.
func listen(flag, address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, unlistened(flag, address, err)
	}
	return listener, nil
}

// unlistened is the fault of an address that cannot be listened on.
func unlistened(flag, address string, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return &number.Error{
			Code: AddressInUse, Where: address, Message: number.EnglishOnly("another program listens on this address"),
			Hint: number.EnglishOnly("stop it, or give another one with --%s; port 0 takes a free one", flag), Err: err,
		}
	case errors.Is(err, syscall.EACCES):
		return &number.Error{
			Code: BadAddress, Where: address, Message: number.EnglishOnly("this user has no right to listen on a port below 1024"), Err: err,
			Hint: number.EnglishOnly("take a port from 1024 on and put a proxy before it, or give the service the right CAP_NET_BIND_SERVICE (deploy/README.md)"),
		}
	}
	return &number.Error{
		Code: BadAddress, Where: address, Message: number.EnglishOnly("cannot be listened on: %s", reason(err)),
		Hint: number.EnglishOnly("write --%s as HOST:PORT, for instance 127.0.0.1:8080", flag), Err: err,
	}
}

// readiness reports whether questions are answered from all that should be there.
type readiness struct {
	store   *opened
	loaded  atomic.Bool
	damaged atomic.Bool        // whether something that was published is not what it was
	asking  singleflight.Group // of those who ask whether ClickHouse answers
}

// Ready returns the reason why questions cannot be answered yet, within readyTime,
// whatever ClickHouse does: all who ask at the same time wait for one answer of it.
func (r *readiness) Ready(ctx context.Context) error {
	if !r.loaded.Load() {
		return &number.Error{Code: Loading, Message: number.EnglishOnly("the sources are being loaded")}
	}
	if r.damaged.Load() {
		return &number.Error{Code: engine.EngineCorrupt, Message: number.EnglishOnly("what was published is damaged; the log says what")}
	}
	answered := r.asking.DoChan("", func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), loseTime)
		defer cancel()
		return nil, r.store.Ready(ctx)
	})
	select {
	case answer := <-answered:
		return answer.Err
	case <-time.After(readyTime):
		return &number.Error{Code: engine.EngineDown, Message: number.EnglishOnly("ClickHouse does not answer")}
	}
}

// verify reads everything that was published once, beside the questions, and takes note when
// any of it is not what it was.
func (r *readiness) verify(ctx context.Context, log *slog.Logger) {
	if err := r.store.Verify(ctx); err != nil && ctx.Err() == nil {
		r.damaged.Store(number.CodeOf(err) == engine.EngineCorrupt)
		log.Error("what was published could not be verified", "code", number.CodeOf(err), "error", err)
	}
}

// mux puts everything that is served in its place.
func mux(api, files, pages http.Handler, state *readiness) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/graphql", api)
	mux.Handle("/graphql/{$}", api) // as people write it
	mux.Handle(export.Root, files)
	mux.Handle("GET /schema.graphql", graph.ServeSDL())
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := state.Ready(r.Context()); err != nil {
			answer(w, http.StatusServiceUnavailable, fmt.Sprintf("not ready: %s", number.CodeOf(err)))
			return
		}
		answer(w, http.StatusOK, "ready")
	})
	mux.Handle("/", pages)
	return guarded(mux)
}

func answer(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = fmt.Fprintln(w, text) // a client that has gone is no fault of ours
}

// serving is the HTTP server while it runs.
type serving struct {
	server *http.Server
	failed chan error
}

func startServer(before *gate.Gate, listener net.Listener, handler http.Handler) *serving {
	running := &serving{server: before.Server(handler), failed: make(chan error, 1)}
	go func() {
		if err := running.server.Serve(before.Listener(listener)); !errors.Is(err, http.ErrServerClosed) {
			running.failed <- err
		}
	}()
	return running
}

// wait waits until serving is to end, or has failed.
func (r *serving) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-r.failed:
		return err
	}
}

// stop lets requests under way end, and cuts them off when they take too long.
func (r *serving) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	if r.server.Shutdown(ctx) != nil {
		_ = r.server.Close() // what is left is cut off; there is nobody to tell
	}
}

// schedulers watch the clock for the sources and for the deliveries.
type schedulers struct {
	*schedule.Scheduler // of the sources
	deliveries          *schedule.Scheduler
}

// Start begins to watch the clock.
func (s schedulers) Start() {
	s.Scheduler.Start()
	s.deliveries.Start()
}

// Shutdown tells what runs to stop and waits for it.
func (s schedulers) Shutdown() error {
	return errors.Join(s.Scheduler.Shutdown(), s.deliveries.Shutdown())
}

// newSchedulers makes the schedulers of the workspace's sources and deliveries. What is
// delivered is asked without the right to confidential figures: who reads it is not known.
func newSchedulers(s *session, w *workspace.Workspace, pipeline *etl.Pipeline, public *query.Service) (*schedulers, error) {
	record := schedule.NewRecord(s.ctx, pipeline.Sink, s.log)
	sources, err := schedule.New(schedule.Config{
		Sources: w.Sources, Logger: s.log,
		Load: func(ctx context.Context, order etl.Order) error {
			_, err := pipeline.Load(ctx, order)
			return err
		},
		Last: record.Last, Done: record.Done, Paused: record.Paused, Arrivals: schedule.PollFiles(w, pollTime, s.log),
	})
	if err != nil {
		return nil, err
	}
	deliveries, err := deliveries(s, w, public)
	if err != nil {
		return nil, errors.Join(err, sources.Shutdown())
	}
	return &schedulers{sources, deliveries}, nil
}

// cacheSlices puts a cache of slices before a source, and lets the heap grow with it while
// there is much to answer.
func cacheSlices(s *session, source figure.Source) (*memory.Source, error) {
	memory.Collect((s.MemorySlices+s.MemoryAnswers)<<20, os.Getenv)
	go giveBack(s.ctx, (s.MemorySlices+s.MemoryAnswers)<<20)
	return memory.New(source, s.MemorySlices<<20)
}
