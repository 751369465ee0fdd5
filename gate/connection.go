package gate

import (
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// connections bounds the connections that are open at once.
type connections struct {
	most   int
	logger *slog.Logger

	mu  sync.Mutex
	all map[net.Conn]*connection

	refused, displaced uint64
}

// connection is one that is open.
type connection struct {
	complete bool      // a whole request was read: it is answered
	since    time.Time // when it began to wait for a request, or for the rest of one
}

// kernelBuffer is how much of an answer the system keeps for a caller who does not read; it
// would be some megabytes.
const kernelBuffer = 256 << 10

type connectionKey struct{}

func newConnections(most int, logger *slog.Logger) *connections {
	return &connections{most: most, logger: logger, all: map[net.Conn]*connection{}}
}

// changed follows the state of a connection (http.Server.ConnState).
func (c *connections) changed(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch state {
	case http.StateNew, http.StateIdle, http.StateActive:
		c.set(conn)
	case http.StateClosed, http.StateHijacked:
		delete(c.all, conn)
	}
}

// set is for callers that hold mu.
func (c *connections) set(conn net.Conn) {
	if c.all[conn] == nil {
		c.all[conn] = &connection{}
	}
	*c.all[conn] = connection{since: time.Now()}
}

// of returns what is known of a connection, which is new.
func (c *connections) of(conn net.Conn) *connection {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.set(conn)
	return c.all[conn]
}

// complete notes that a request was read to its end.
func (c *connections) complete(of *connection) {
	if of == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	of.complete = true
}

// room reports whether another connection may be opened, and makes room where it can: the
// connection that has waited longest for its caller is closed, so that one which has just
// been opened is given the time to ask.
func (c *connections) room() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.all) < c.most {
		return true
	}
	var longest net.Conn
	for conn, of := range c.all {
		if of.complete {
			continue
		}
		if longest == nil || of.since.Before(c.all[longest].since) {
			longest = conn
		}
	}
	if longest == nil {
		c.refused++
		return false
	}
	delete(c.all, longest)
	c.displaced++
	_ = longest.Close() // its caller has nothing to lose
	return true
}

// describe tells how many connections there are.
func (c *connections) describe(u *Usage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	u.Connections, u.MaxConnections, u.Refused, u.Displaced = len(c.all), c.most, c.refused, c.displaced
}

// listener accepts connections while there is room for them.
type listener struct {
	net.Listener
	connections *connections
}

// Accept waits for the next connection.
func (l listener) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if l.connections.room() {
			if tcp, ok := conn.(*net.TCPConn); ok {
				_ = tcp.SetWriteBuffer(kernelBuffer) // without it the system's own bound holds
			}
			return conn, nil
		}
		l.connections.logger.Warn("a connection was refused: all are in use", "limit", l.connections.most)
		_ = conn.Close() // there is nobody to tell
	}
}
