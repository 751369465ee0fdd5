package gate

import (
	"cmp"
	"context"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/niengiam/niengiam/stats/number"
)

// The faults of requests that are not let in.
const (
	// HostNotAllowed: the request names a host under which the program does not serve.
	HostNotAllowed number.Code = "HOST_NOT_ALLOWED"
	// CrossOrigin: a page of another origin sends what could change something.
	CrossOrigin number.Code = "CROSS_ORIGIN"
)

// Config is the settings of a Gate. A limit of zero takes its default.
type Config struct {
	// Address is what is listened on.
	Address net.Addr
	// Hosts are the names, besides those of loopback and the address itself, under which
	// the program is reached: that of a proxy's site.
	Hosts []string
	// HeadTime is how long a caller may take to send the head of a request; ten seconds.
	HeadTime time.Duration
	// BodyTime is how long the body of a request may take; 30 seconds.
	BodyTime time.Duration
	// WriteTime is how long a caller may take to receive the next 64 KiB of an answer; 30
	// seconds. A slow reader is served as long as it goes on reading.
	WriteTime time.Duration
	// IdleTime is how long a connection is kept without a request; two minutes.
	IdleTime time.Duration
	// MaxConnections bounds the connections; 1,024. Beyond it, those that have waited
	// longest without a complete request make room.
	MaxConnections int
	// MaxSending bounds the bytes of answers that wait to be received; 256 MiB. Beyond it,
	// the caller who has gone longest without receiving is cut off.
	MaxSending int64
	// Logger takes what was refused and cut off; nil discards it.
	Logger *slog.Logger
}

// Gate lets requests in.
type Gate struct {
	Config
	hosts       hosts
	origins     *http.CrossOriginProtection
	connections *connections
	sending     *sending
}

// Usage is what a Gate has let in.
type Usage struct {
	// Connections are those that are open now, MaxConnections the most that may be.
	Connections, MaxConnections int
	// WaitingBytes are those of answers that wait to be received now, MaxWaitingBytes the
	// most that may.
	WaitingBytes, MaxWaitingBytes int64
	// Refused counts connections that were refused because all were in use, Displaced those
	// that were closed to make room for others, CutOff answers that were cut off because too
	// many bytes waited. They count from the start of the program.
	Refused, Displaced, CutOff uint64
}

// New makes a Gate.
func New(c Config) *Gate {
	c.HeadTime = cmp.Or(c.HeadTime, 10*time.Second)
	c.BodyTime = cmp.Or(c.BodyTime, 30*time.Second)
	c.WriteTime = cmp.Or(c.WriteTime, 30*time.Second)
	c.IdleTime = cmp.Or(c.IdleTime, 2*time.Minute)
	c.Logger = cmp.Or(c.Logger, slog.New(slog.DiscardHandler))
	return &Gate{
		Config: c, hosts: newHosts(c.Address, c.Hosts), origins: http.NewCrossOriginProtection(),
		connections: newConnections(cmp.Or(c.MaxConnections, 1024), c.Logger), sending: newSending(cmp.Or(c.MaxSending, 256<<20), c.Logger),
	}
}

// Server makes the server of a handler. It is to serve on what Listener returns.
func (g *Gate) Server(handler http.Handler) *http.Server {
	return &http.Server{
		Handler: g.Handler(handler), ReadHeaderTimeout: g.HeadTime, IdleTimeout: g.IdleTime,
		ErrorLog:  slog.NewLogLogger(g.Logger.Handler(), slog.LevelWarn),
		ConnState: g.connections.changed,
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			return context.WithValue(ctx, connectionKey{}, g.connections.of(c))
		},
	}
}

// Usage returns what is let in at this moment.
func (g *Gate) Usage() Usage {
	var u Usage
	g.connections.describe(&u)
	g.sending.describe(&u)
	return u
}

// Listener bounds the connections of a listener.
func (g *Gate) Listener(l net.Listener) net.Listener { return listener{l, g.connections} }

// Handler lets requests in to a handler: those under an allowed host and, of what may change
// something, those that no page of another origin sends.
func (g *Gate) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		paced := &writer{ResponseWriter: w, control: http.NewResponseController(w), time: g.WriteTime, sending: g.sending}
		paced.extend()
		g.readInTime(w, r)
		switch err := g.origins.Check(r); {
		case !g.hosts.allow(r.Host):
			g.refuse(paced, r, http.StatusMisdirectedRequest, &number.Error{
				Code: HostNotAllowed, Message: number.Say("this server is not known under the host %q", r.Host),
				Hint: number.Say("use the address that it listens on; whoever runs it allows other names with serve --hosts"),
			})
		case err != nil:
			g.refuse(paced, r, http.StatusForbidden, &number.Error{
				Code: CrossOrigin, Message: number.Say("a page of another origin must not send this"),
				Hint: number.Say("send it from a page of this server, or from a program that is no browser"),
			})
		default:
			next.ServeHTTP(paced, r)
		}
	})
}
