package engine

import (
	"context"
	"path/filepath"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/niengiam/niengiam/stats/number"
)

// Engine is one embedded ClickHouse. It is started and stopped once. Its methods may be
// called from any goroutine.
type Engine struct {
	*life
	cfg         Config
	credentials credentials
	connections *connections

	lock   *dirLock // held from Start to the end
	output *output
	quit   chan struct{} // closed by Stop
	gone   chan struct{} // closed when the supervisor has ended
}

// New returns an engine that is not started. It touches no file.
func New(cfg Config) *Engine {
	l := newLife()
	return &Engine{
		life:        l,
		cfg:         cfg.withDefaults(),
		credentials: newCredentials(),
		connections: newConnections(l),
		quit:        make(chan struct{}),
		gone:        make(chan struct{}),
	}
}

// Start finds the library, locks the directory, starts the child and returns when it
// answers. When that fails, the error has a code and nothing is left behind. ctx limits
// the start only. An Engine can be started once.
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
	ctx, cancel := untilQuit(ctx, e.quit)
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
	if err := checkReader(e.cfg.Reader); err != nil {
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
	if err := writeConfig(e.cfg, e.credentials); err != nil {
		return err
	}
	begin := time.Now()
	c, err := spawn(ctx, e.cfg, e.output)
	if err != nil {
		return err
	}
	s := &supervisor{cfg: e.cfg, credentials: e.credentials, output: e.output, life: e.life, connections: e.connections, quit: e.quit}
	if err := s.adopt(c); err != nil {
		c.end()
		return err
	}
	e.cfg.Logger.Info("engine started", "pid", c.pid(), "address", c.address, "library", e.cfg.Library,
		"directory", dir, "confined", e.Confined(), "took", time.Since(begin).Round(time.Millisecond))
	go func() {
		defer close(e.gone)
		defer e.release()
		s.run(c)
	}()
	return nil
}

// Stop ends the child, in well under a second, and unlocks the directory. Close the
// connection pools first; connections that are still open are closed. Stopping twice, or
// an engine that was never started, is allowed. ctx limits the wait only.
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

// Confined reports whether the kernel confines the child to its own files and prevents it
// from making connections (Linux 5.19 and later). Where it does not, the SQL of an
// analyst can read every file that this user can, through the scalar function file():
// then only this user should be allowed to write SQL.
func (e *Engine) Confined() bool { return confinable() }

// release unlocks the directory, when the child is gone or was never started.
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

// Options returns the options of a connection as the program's own user, for
// clickhouse.Open and clickhouse.OpenDB. They stay valid when the child is restarted:
// each new connection looks up the present address, and waits up to Config.WaitLimit for
// a child that is being started. Each call returns a new value, in which Auth.Database
// and the size of the pool can be set.
func (e *Engine) Options() *clickhouse.Options {
	return e.options(applicationUser, e.credentials.application)
}

// AnalystOptions is Options for people with SQL, who may only read Config.Database.
func (e *Engine) AnalystOptions() *clickhouse.Options {
	return e.options(analystUser, e.credentials.analyst)
}

func (e *Engine) options(user, password string) *clickhouse.Options {
	options := dialThrough(e.cfg.WaitLimit, func(ctx context.Context) (endpoint, error) {
		address, err := e.present(ctx, e.cfg.WaitLimit)
		return endpoint{address, user, password}, err
	})
	options.DialContext = e.connections.connect
	return options
}
