package engine

import (
	"context"
	"errors"
	"fmt"
	"net"
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

// endpoint is where an engine listens at present and how to log in.
type endpoint struct{ address, user, password string }

// dialThrough makes options whose every new connection asks find for the present
// endpoint, and asks again for up to limit when the engine there is dying: a
// child killed a moment ago still accepts, and then resets.
func dialThrough(limit time.Duration, find func(context.Context) (endpoint, error)) *clickhouse.Options {
	return &clickhouse.Options{
		Addr: []string{placeholder},
		// Longer than the wait, so that the answer is ours and says why.
		DialTimeout: limit + 5*time.Second,
		DialStrategy: func(ctx context.Context, _ int, opt *clickhouse.Options, dial clickhouse.Dial) (clickhouse.DialResult, error) {
			end := time.Now().Add(limit)
			for {
				at, err := find(ctx)
				if err != nil {
					return clickhouse.DialResult{}, err
				}
				own := *opt
				own.Auth.Username, own.Auth.Password = at.user, at.password
				result, err := dial(ctx, at.address, &own)
				if err == nil || ctx.Err() != nil || !broken(err) {
					return result, err
				}
				if time.Now().After(end) {
					return result, downError(err)
				}
				select {
				case <-time.After(retryPause):
				case <-ctx.Done():
					return result, context.Cause(ctx)
				}
			}
		},
	}
}

// Options are those of a connection as the program's own user, for
// clickhouse.Open and clickhouse.OpenDB. They stay valid when the child is
// started anew: each new connection asks for the present address, and waits up
// to Config.WaitLimit for a child that is on its way. Each call gives a value of
// its own; set Auth.Database and the size of the pool as you like.
func (e *Engine) Options() *clickhouse.Options {
	return optionsEngine(e, applicationUser, e.credentials.application)
}

// AnalystOptions are those of a person with SQL, who may read Config.Database
// and nothing else.
func (e *Engine) AnalystOptions() *clickhouse.Options {
	return optionsEngine(e, analystUser, e.credentials.analyst)
}

func optionsEngine(e *Engine, user, password string) *clickhouse.Options {
	options := dialThrough(e.cfg.WaitLimit, func(ctx context.Context) (endpoint, error) {
		address, err := present(ctx, e)
		return endpoint{address, user, password}, err
	})
	options.DialContext = e.connect
	return options
}

// present gives the address of the child, and waits for one that is on its way.
func present(ctx context.Context, e *Engine) (string, error) {
	limit := time.NewTimer(e.cfg.WaitLimit)
	defer limit.Stop()
	for {
		e.mu.Lock()
		state, child, changed, down := e.state, e.child, e.changed, e.down()
		e.mu.Unlock()
		switch state {
		case Running:
			return child.address, nil
		case Idle, Stopped:
			return "", down
		}
		select {
		case <-changed:
		case <-limit.C:
			return "", down
		case <-ctx.Done():
			return "", context.Cause(ctx)
		}
	}
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

// connect opens a connection and keeps it in mind until it is closed.
func (e *Engine) connect(ctx context.Context, address string) (net.Conn, error) {
	var dialer net.Dialer
	tcp, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	stream, ok := tcp.(*net.TCPConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("the connection to %s is no TCP connection", address), tcp.Close())
	}
	c := &conn{TCPConn: stream, engine: e}
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
func cut(e *Engine) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for c := range e.conns {
		c.TCPConn.Close()
	}
	clear(e.conns)
}
