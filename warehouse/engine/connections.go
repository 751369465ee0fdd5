package engine

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
)

// connections keeps the open connections to the child, so that it can close them all.
type connections struct {
	life *life
	mu   sync.Mutex // taken before that of life
	open map[*conn]struct{}
}

func newConnections(l *life) *connections {
	return &connections{life: l, open: map[*conn]struct{}{}}
}

// conn is a connection that the engine can cut. It embeds the real type
// because clickhouse-go looks at the socket itself to see whether it is alive.
type conn struct {
	*net.TCPConn
	of *connections
}

// Close closes the connection and forgets it.
func (c *conn) Close() error {
	c.of.mu.Lock()
	delete(c.of.open, c)
	c.of.mu.Unlock()
	return c.TCPConn.Close()
}

// connect opens a connection and remembers it until it is closed.
func (cs *connections) connect(ctx context.Context, address string) (net.Conn, error) {
	var dialer net.Dialer
	tcp, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	stream, ok := tcp.(*net.TCPConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("the connection to %s is no TCP connection", address), tcp.Close())
	}
	c := &conn{TCPConn: stream, of: cs}
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if err := cs.life.stopped(); err != nil {
		tcp.Close()
		return nil, err
	}
	cs.open[c] = struct{}{}
	return c, nil
}

// cut closes every connection: the child leaves at once only when none is open,
// and after its death no pool should take one for alive.
func (cs *connections) cut() {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	for c := range cs.open {
		c.TCPConn.Close()
	}
	clear(cs.open)
}
