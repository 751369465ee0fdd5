package gate_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/niengiam/niengiam/gate"
)

// served is a server behind a gate: /echo reads the body, /large writes a large answer.
type served struct {
	address string
	log     lines
	writing atomic.Int64 // handlers that write /large
	gate    *gate.Gate
}

const large = 16 << 20

// lines is a log that is read while it is written.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func serve(t *testing.T, c gate.Config) *served {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &served{address: l.Addr().String()}
	c.Address = l.Addr()
	c.Logger = slog.New(slog.NewTextHandler(&s.log, nil))
	mux := http.NewServeMux()
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			w.WriteHeader(http.StatusRequestTimeout)
			return
		}
		_, _ = w.Write(body)
	})
	mux.HandleFunc("/large", func(w http.ResponseWriter, _ *http.Request) {
		s.writing.Add(1)
		defer s.writing.Add(-1)
		_, _ = w.Write(make([]byte, large))
	})
	g := gate.New(c)
	s.gate = g
	server := g.Server(mux)
	go func() { _ = server.Serve(g.Listener(l)) }()
	t.Cleanup(func() { _ = server.Close() })
	return s
}

// dial opens a connection that takes little at once.
func (s *served) dial(t *testing.T) net.Conn {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", s.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.(*net.TCPConn).SetReadBuffer(4 << 10); err != nil {
		t.Fatal(err)
	}
	return conn
}

func (s *served) send(t *testing.T, text string) net.Conn {
	t.Helper()
	conn := s.dial(t)
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	return conn
}

// honest asks on a connection of its own, and is answered.
func (s *served) honest(t *testing.T) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Post("http://"+s.address+"/echo", "text/plain", strings.NewReader("hello"))
	if err != nil {
		t.Fatalf("an honest caller is not served: %v", err)
	}
	defer response.Body.Close()
	if body, err := io.ReadAll(response.Body); err != nil || string(body) != "hello" {
		t.Errorf("an honest caller reads %q, %v", body, err)
	}
}

// gone waits until the server has closed a connection.
func gone(conn net.Conn) bool { return closedWithin(conn, time.Minute) }

func closedWithin(conn net.Conn, limit time.Duration) bool {
	_ = conn.SetReadDeadline(time.Now().Add(limit))
	_, err := io.Copy(io.Discard, conn)
	var timeout net.Error
	return !errors.As(err, &timeout) || !timeout.Timeout()
}

func TestHalfSentBodiesEnd(t *testing.T) {
	t.Parallel()
	s := serve(t, gate.Config{BodyTime: 300 * time.Millisecond})
	var conns []net.Conn
	for range 100 {
		conns = append(conns, s.send(t, "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf"))
	}
	s.honest(t)
	for _, conn := range conns {
		if !gone(conn) {
			t.Fatal("a half-sent body stays")
		}
	}
	s.honest(t)
}

// The time of a body ends with it: an answer that takes longer is still given, and the
// connection is used again.
func TestTheTimeOfABodyEndsWithIt(t *testing.T) {
	t.Parallel()
	s := serve(t, gate.Config{BodyTime: 50 * time.Millisecond, WriteTime: time.Minute})
	conn := s.dial(t)
	for range 3 {
		fmt.Fprint(conn, "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nbody")
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil || response.StatusCode != http.StatusOK {
			t.Fatalf("%v, %v", response, err)
		}
		_, _ = io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
		time.Sleep(100 * time.Millisecond)
	}
}

func TestCallersThatDoNotReadAreCutOff(t *testing.T) {
	t.Parallel()
	s := serve(t, gate.Config{WriteTime: 300 * time.Millisecond, MaxSending: 30 * large}) // none is cut off for the sake of others
	for range 30 {
		s.send(t, "GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
	}
	s.honest(t)
	s.eventually(t, "30 callers that do not read are held", func() bool {
		return s.writing.Load() == 0 && strings.Count(s.log.String(), "did not read") == 30
	})
	s.honest(t)
}

// eventually waits for a state; nothing measures how long.
func (s *served) eventually(t *testing.T, otherwise string, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for !holds() {
		select {
		case <-ctx.Done():
			t.Fatal(otherwise)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// A slow reader takes much longer for the whole answer than for any piece of it.
func TestASlowReaderIsServed(t *testing.T) {
	t.Parallel()
	s := serve(t, gate.Config{WriteTime: 2 * time.Second})
	response, err := http.Get("http://" + s.address + "/large")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	read, pauses := int64(0), 0
	for {
		n, err := io.CopyN(io.Discard, response.Body, large/16)
		if read += n; err != nil {
			break
		}
		pauses++
		time.Sleep(150 * time.Millisecond)
	}
	if read != large || pauses < 15 {
		t.Errorf("%d of %d bytes were read, in %d pauses", read, large, pauses)
	}
}

// Callers that wait to receive more than is allowed are cut off at once, long before
// their time is over.
func TestBytesInFlightAreBounded(t *testing.T) {
	t.Parallel()
	s := serve(t, gate.Config{WriteTime: time.Hour, MaxSending: 5 * large})
	for range 30 {
		s.send(t, "GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
	}
	s.eventually(t, "more bytes wait than may", func() bool { return strings.Count(s.log.String(), "cut off") >= 25 && s.writing.Load() <= 5 })
	if u := s.gate.Usage(); u.CutOff < 25 || u.WaitingBytes <= 0 || u.WaitingBytes > u.MaxWaitingBytes || u.MaxWaitingBytes != 5*large {
		t.Errorf("usage %+v, want 25 answers cut off and bytes within the bound", u)
	}
	s.honest(t)
}

// Connections beyond the limit make room, those that have waited without a whole request.
// Who asks is served.
func TestConnectionsAreBounded(t *testing.T) {
	t.Parallel()
	s := serve(t, gate.Config{MaxConnections: 20, BodyTime: time.Hour, HeadTime: time.Hour, IdleTime: time.Hour})
	var conns []net.Conn
	for i := range 60 {
		text := ""
		if i%2 == 0 {
			text = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf"
		}
		conns = append(conns, s.send(t, text))
		if i%10 == 0 {
			s.honest(t)
		}
	}
	s.honest(t)
	s.eventually(t, "more than 20 connections stay", func() bool {
		conns = slices.DeleteFunc(conns, func(conn net.Conn) bool { return closedWithin(conn, 5*time.Millisecond) })
		return len(conns) <= 20
	})
	if u := s.gate.Usage(); u.Displaced < 35 || u.Connections < 1 || u.Connections > u.MaxConnections || u.MaxConnections != 20 {
		t.Errorf("usage %+v, want 35 connections displaced and 20 at most", u)
	}
}

func TestHostsAndOrigins(t *testing.T) {
	t.Parallel()
	s := serve(t, gate.Config{Hosts: []string{"Stats.example.org"}})
	_, port, err := net.SplitHostPort(s.address)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		method, host string
		header       [2]string
		status       int
		code         string
	}{
		{"POST", s.address, [2]string{}, 200, ""},
		{"POST", "localhost:" + port, [2]string{"Origin", "http://localhost:" + port}, 200, ""},
		{"POST", "[::1]:" + port, [2]string{}, 200, ""},
		{"POST", "stats.example.org", [2]string{"Origin", "https://stats.example.org"}, 200, ""},
		{"POST", "stats.example.org.:443", [2]string{"Sec-Fetch-Site", "same-origin"}, 200, ""},
		{"POST", "evil.example:" + port, [2]string{"Origin", "http://evil.example:" + port}, 421, "HOST_NOT_ALLOWED"},
		{"GET", "evil.example", [2]string{}, 421, "HOST_NOT_ALLOWED"},
		{"GET", "localhost.evil.example", [2]string{}, 421, "HOST_NOT_ALLOWED"},
		{"GET", "192.0.2.1", [2]string{}, 421, "HOST_NOT_ALLOWED"},
		{"POST", s.address, [2]string{"Origin", "http://evil.example"}, 403, "CROSS_ORIGIN"},
		{"POST", s.address, [2]string{"Origin", "null"}, 403, "CROSS_ORIGIN"},
		{"POST", s.address, [2]string{"Sec-Fetch-Site", "cross-site"}, 403, "CROSS_ORIGIN"},
		{"DELETE", s.address, [2]string{"Sec-Fetch-Site", "same-site"}, 403, "CROSS_ORIGIN"},
		{"GET", s.address, [2]string{"Origin", "http://evil.example"}, 200, ""},
	} {
		r, err := http.NewRequestWithContext(t.Context(), c.method, "http://"+s.address+"/echo", strings.NewReader("body"))
		if err != nil {
			t.Fatal(err)
		}
		r.Host = c.host
		if c.header[0] != "" {
			r.Header.Set(c.header[0], c.header[1])
		}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if err != nil || response.StatusCode != c.status || c.code != "" && !strings.Contains(string(body), `"code":"`+c.code+`"`) {
			t.Errorf("%s under %s with %s: %d %s, want %d %s", c.method, c.host, c.header, response.StatusCode, body, c.status, c.code)
		}
		if c.code != "" && !strings.Contains(string(body), `"vi":{"hint":"`) {
			t.Errorf("%s has no words in Vietnamese: %s", c.code, body)
		}
	}
	if told := s.log.String(); strings.Count(told, "a request was refused") != 8 {
		t.Errorf("the log: %s", told)
	}
}
