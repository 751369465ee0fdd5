package engine

import (
	"context"
	"errors"
	"net"
	"syscall"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// The users of the engine that may come over the network.
const (
	applicationUser = "niengiam"
	analystUser     = "analyst"
)

// placeholder stands where clickhouse-go wants an address; dialling ignores it.
const placeholder = "engine:0"

// retryPause is the time between two looks at an engine that refuses.
const retryPause = 20 * time.Millisecond

// Options are those of a connection as the program's own user, for
// clickhouse.Open and clickhouse.OpenDB. They stay valid when the child is
// started anew: each new connection asks for the present address, and waits up
// to Config.WaitLimit for a child that is on its way. Each call gives a value of
// its own; set Auth.Database and the size of the pool as you like.
func (e *Engine) Options() *clickhouse.Options {
	return e.options(applicationUser, e.credentials.application)
}

// AnalystOptions are those of a person with SQL, who may read Config.Database
// and nothing else.
func (e *Engine) AnalystOptions() *clickhouse.Options {
	return e.options(analystUser, e.credentials.analyst)
}

func (e *Engine) options(user, password string) *clickhouse.Options {
	return &clickhouse.Options{
		Addr:        []string{placeholder},
		Auth:        clickhouse.Auth{Username: user, Password: password},
		DialContext: e.dial,
		// Longer than the wait, so that the answer is ours and says why.
		DialTimeout: e.cfg.WaitLimit + 5*time.Second,
	}
}

// dial connects to the present child.
func (e *Engine) dial(ctx context.Context, _ string) (net.Conn, error) {
	limit := time.NewTimer(e.cfg.WaitLimit)
	defer limit.Stop()
	for {
		e.mu.Lock()
		state, child, changed, down := e.state, e.child, e.changed, e.down()
		e.mu.Unlock()
		var pause <-chan time.Time
		switch state {
		case Idle, Stopped:
			return nil, down
		case Running:
			c, err := connect(ctx, child.address)
			if err == nil {
				return e.track(c)
			}
			if !refused(err) {
				return nil, err
			}
			// It has died and we have not been told yet.
			pause = time.After(retryPause)
		}
		select {
		case <-changed:
		case <-pause:
		case <-limit.C:
			return nil, down
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

func connect(ctx context.Context, address string) (*net.TCPConn, error) {
	var dialer net.Dialer
	c, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return c.(*net.TCPConn), nil
}

func refused(err error) bool {
	return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ECONNRESET)
}

// conn is a connection that the engine can cut. It embeds the real type
// because clickhouse-go looks at the socket itself to see whether it is alive.
type conn struct {
	*net.TCPConn
	engine *Engine
}

// Close closes the connection and forgets it.
func (c *conn) Close() error {
	c.engine.mu.Lock()
	delete(c.engine.conns, c)
	c.engine.mu.Unlock()
	return c.TCPConn.Close()
}

func (e *Engine) track(tcp *net.TCPConn) (net.Conn, error) {
	c := &conn{TCPConn: tcp, engine: e}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.state == Stopped {
		tcp.Close()
		return nil, e.down()
	}
	e.conns[c] = struct{}{}
	return c, nil
}

// cut closes every connection: the child leaves at once only when none is open,
// and after its death no pool should take one for alive.
func (e *Engine) cut() {
	e.mu.Lock()
	defer e.mu.Unlock()
	for c := range e.conns {
		c.TCPConn.Close()
	}
	clear(e.conns)
}
