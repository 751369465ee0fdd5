package engine

import (
	"context"
	"crypto/rand"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"github.com/niengiam/niengiam/stats/number"
)

// Config says where the engine lives and how much it may take. Only Dir is required.
type Config struct {
	// Dir is the engine's directory; it is created with mode 0700.
	Dir string
	// Library is the path of libchdb.so. Empty: it is looked for, see FindLibrary.
	Library string
	// Database is the one the analyst may read. Empty: "niengiam".
	Database string
	// MaxMemory is the most the child may take, in bytes. 0: 60 % of the
	// machine's memory, or of the control group's limit where that is less.
	MaxMemory uint64
	// MaxQueries is how many queries may run at once. 0: 16 per core.
	MaxQueries int
	// MaxExecutionTime ends a longer query, unless it brings its own
	// max_execution_time (a context's deadline does). 0: one minute.
	MaxExecutionTime time.Duration
	// MaxRowsToRead refuses a query that would read more. 0: two thousand million.
	MaxRowsToRead uint64
	// WaitLimit is how long a query waits for a child that is being started
	// anew. 0: ten seconds.
	WaitLimit time.Duration
	// Reader is who may read the views of what is published from outside the program,
	// nil for nobody.
	Reader *Reader
	// Logger receives starts, deaths and restarts. nil: nothing is logged.
	Logger *slog.Logger
}

// State is where an Engine is in its life.
type State string

// The states of an Engine. Restarting means that the child died and another is
// on its way; Stopped is the end.
const (
	Idle       State = "idle"
	Starting   State = "starting"
	Running    State = "running"
	Restarting State = "restarting"
	Stopped    State = "stopped"
)

// Engine is one embedded ClickHouse with one life: New, Start, Stop. Its
// methods may be called from any goroutine.
type Engine struct {
	cfg         Config
	log         *slog.Logger
	credentials credentials

	lock   *dirLock // held from Start to the end
	output *output
	quit   chan struct{} // closed by Stop
	gone   chan struct{} // closed when the supervisor has ended

	mu      sync.Mutex
	state   State
	changed chan struct{} // closed and renewed at each change of state
	child   *child        // nil unless Running
	cause   error         // why the child is not there, while Restarting
	conns   map[*conn]struct{}
}

// credentials are the random passwords of the two users of one Engine.
type credentials struct{ application, analyst string }

// New prepares an engine and does nothing else: no file is touched.
func New(cfg Config) *Engine {
	if cfg.Database == "" {
		cfg.Database = "niengiam"
	}
	if cfg.WaitLimit == 0 {
		cfg.WaitLimit = 10 * time.Second
	}
	log := cfg.Logger
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Engine{
		cfg:         cfg,
		log:         log,
		credentials: credentials{application: rand.Text(), analyst: rand.Text()},
		quit:        make(chan struct{}),
		gone:        make(chan struct{}),
		state:       Idle,
		changed:     make(chan struct{}),
		conns:       map[*conn]struct{}{},
	}
}

// Start finds the library, locks the directory and returns when the child
// answers, or with a coded error and nothing left behind. ctx bounds the start
// only. An Engine is started once.
func (e *Engine) Start(ctx context.Context) error {
	e.mu.Lock()
	fresh := e.state == Idle
	if fresh {
		e.setState(Starting, nil, nil)
	}
	e.mu.Unlock()
	if !fresh {
		return &number.Error{Code: EngineStart, Message: number.EnglishOnly("this engine was started before"), Hint: number.EnglishOnly("make a new one")}
	}
	ctx, cancel := untilQuit(ctx, e)
	defer cancel()
	if err := e.start(ctx); err != nil {
		e.release()
		close(e.gone)
		return err
	}
	return nil
}

func (e *Engine) start(ctx context.Context) error {
	dir, err := filepath.Abs(e.cfg.Dir)
	if err != nil {
		return directoryError(e.cfg.Dir, err)
	}
	e.cfg.Dir = dir
	if e.cfg.Library, err = FindLibrary(e.cfg.Library); err != nil {
		return err
	}
	if err := checkReader(e); err != nil {
		return err
	}
	if err := makeDirectories(dir); err != nil {
		return err
	}
	if e.lock, err = lockDirectory(ctx, dir); err != nil {
		return err
	}
	if e.output, err = openOutput(filepath.Join(dir, logFile)); err != nil {
		return directoryError(dir, err)
	}
	if err := writeConfig(e); err != nil {
		return err
	}
	begin := time.Now()
	c, err := spawn(ctx, e)
	if err != nil {
		return err
	}
	if err := adopt(e, c); err != nil {
		c.end()
		return err
	}
	e.log.Info("engine started", "pid", c.pid(), "address", c.address, "library", e.cfg.Library,
		"directory", dir, "confined", e.Confined(), "took", time.Since(begin).Round(time.Millisecond))
	go supervise(e, c)
	return nil
}

// Stop ends the child, in well under a second, and frees the directory. Close
// the pools of connections first; those still open are cut. Stopping twice, or
// an engine that was never started, is allowed. ctx bounds the wait only.
func (e *Engine) Stop(ctx context.Context) error {
	e.mu.Lock()
	switch e.state {
	case Idle:
		close(e.gone)
		e.setState(Stopped, nil, nil)
	case Starting, Running, Restarting:
		close(e.quit)
		e.setState(Stopped, e.child, nil)
	}
	e.mu.Unlock()
	select {
	case <-e.gone:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// State tells where the engine is in its life.
func (e *Engine) State() State {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.state
}

// Ready is nil when the child runs, and otherwise says why it does not.
func (e *Engine) Ready() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.state == Running {
		return nil
	}
	return e.down()
}

// PID is the process id of the child, 0 when there is none.
func (e *Engine) PID() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.child == nil {
		return 0
	}
	return e.child.pid()
}

// Address is where the child listens, "" when there is none. It changes when
// the child is started anew: dial through Options, not to an address kept.
func (e *Engine) Address() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.child == nil {
		return ""
	}
	return e.child.address
}

// Confined reports whether the kernel keeps the child to its own files and from
// making connections (Linux 5.19 and later). Where it does not, an analyst's SQL
// can read every file that this user can, through the scalar function file():
// let nobody but this user write SQL then.
func (e *Engine) Confined() bool { return confinable() }

// setState is called with mu held; it wakes everyone who waits for a change.
func (e *Engine) setState(s State, c *child, cause error) {
	e.state, e.child, e.cause = s, c, cause
	close(e.changed)
	e.changed = make(chan struct{})
}

// down is called with mu held; it says why there is no child.
func (e *Engine) down() error {
	err := &number.Error{Code: EngineDown, Message: number.EnglishOnly("the engine is %s", string(e.state)), Err: e.cause}
	switch e.state {
	case Stopped:
		err.Message = number.Say("the engine is stopped")
	case Restarting:
		err.Message = number.Say("the engine is restarting")
		err.Hint = number.Say("it is being started anew; ask again in a moment")
	}
	return err
}

// release gives the directory back; the child is gone or never was.
func (e *Engine) release() {
	e.mu.Lock()
	e.setState(Stopped, nil, nil)
	e.mu.Unlock()
	if e.output != nil {
		e.output.close()
	}
	if e.lock != nil {
		removeHandle(e.cfg.Dir)
		e.lock.unlock()
	}
}
