package gate

import (
	"io"
	"net/http"
	"time"
)

// readInTime bounds the time that the body of a request may take, whoever reads it, and
// tells its connection when the request is complete.
func (g *Gate) readInTime(w http.ResponseWriter, r *http.Request) {
	connection, _ := r.Context().Value(connectionKey{}).(*connection)
	if r.Body == nil || r.Body == http.NoBody {
		g.connections.complete(connection)
		return
	}
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(g.BodyTime)) // a writer without deadlines is that of a test
	r.Body = &body{ReadCloser: r.Body, ended: func() {
		_ = control.SetReadDeadline(time.Time{})
		g.connections.complete(connection)
	}}
}

// body is the body of a request; ended is called once it was read to its end. One that is
// not is read by the server, to reuse the connection, within the same time.
type body struct {
	io.ReadCloser
	ended func()
	over  bool
}

// Read reads a part of the body.
func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err == io.EOF && !b.over {
		b.over = true
		b.ended()
	}
	return n, err
}
