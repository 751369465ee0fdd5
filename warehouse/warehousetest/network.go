package warehousetest

import (
	"bytes"
	"context"
	"net"
	"sync"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// Network is what lies between a program and an engine, and can be broken: a proxy that
// forwards every byte, until it is told to do something else.
type Network struct {
	listener net.Listener
	mu       sync.Mutex
	state    networkState
	changed  chan struct{} // closed when the state changes
	target   string        // where the engine is
	open     map[net.Conn]bool
	word     []byte // of a statement before which strike is called once
	strike   func()
}

type networkState int

const (
	forwarding networkState = iota
	cut                     // connections are closed, and new ones at once
	silent                  // nothing comes through, and nobody is told
)

// NewNetwork returns a network that forwards.
func NewNetwork(t testing.TB) *Network {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	n := &Network{listener: listener, open: map[net.Conn]bool{}, changed: make(chan struct{})}
	go n.accept()
	t.Cleanup(func() {
		_ = listener.Close()
		n.Cut()
	})
	return n
}

// Options returns options whose connections go through the network.
func (n *Network) Options(of func() *clickhouse.Options) func() *clickhouse.Options {
	return func() *clickhouse.Options {
		options := of()
		options.DialContext = func(ctx context.Context, address string) (net.Conn, error) {
			n.mu.Lock()
			n.target = address
			n.mu.Unlock()
			var dialer net.Dialer
			return dialer.DialContext(ctx, "tcp", n.listener.Addr().String())
		}
		return options
	}
}

// Cut closes all connections, and new ones as they come.
func (n *Network) Cut() {
	n.set(cut)
	n.mu.Lock()
	defer n.mu.Unlock()
	for conn := range n.open {
		_ = conn.Close() // it may be closed already
	}
}

// Silence lets nothing through any more; connections stay open, as they do when a cable is
// pulled.
func (n *Network) Silence() { n.set(silent) }

// Mend lets new connections through again.
func (n *Network) Mend() {
	n.Cut()
	n.set(forwarding)
}

// Before calls strike once, before the first statement with a word in it is passed on.
func (n *Network) Before(word string, strike func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.word, n.strike = []byte(word), strike
}

func (n *Network) set(state networkState) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.state = state
	close(n.changed)
	n.changed = make(chan struct{})
}

func (n *Network) accept() {
	for {
		near, err := n.listener.Accept()
		if err != nil {
			return
		}
		go n.join(near)
	}
}

// join forwards between a program and the engine until one of them hangs up.
func (n *Network) join(near net.Conn) {
	n.mu.Lock()
	target := n.target
	n.mu.Unlock()
	var dialer net.Dialer
	far, err := dialer.DialContext(context.Background(), "tcp", target)
	if err != nil {
		_ = near.Close()
		return
	}
	n.mu.Lock()
	n.open[near], n.open[far] = true, true
	if n.state == cut {
		_, _ = near.Close(), far.Close()
	}
	n.mu.Unlock()
	go n.pump(near, far)
	n.pump(far, near)
}

func (n *Network) pump(to, from net.Conn) {
	defer func() {
		n.mu.Lock()
		delete(n.open, to)
		n.mu.Unlock()
		_ = to.Close()
	}()
	buffer := make([]byte, 64<<10)
	for {
		count, err := from.Read(buffer)
		if err != nil {
			return
		}
		n.mu.Lock()
		var strike func()
		if n.word != nil && bytes.Contains(buffer[:count], n.word) {
			strike, n.word, n.strike = n.strike, nil, nil
		}
		n.mu.Unlock()
		if strike != nil {
			strike()
		}
		n.mu.Lock()
		state, changed := n.state, n.changed
		n.mu.Unlock()
		if state == silent { // what was sent is lost, and the connection with it
			<-changed
			return
		}
		if _, err := to.Write(buffer[:count]); err != nil {
			return
		}
	}
}
