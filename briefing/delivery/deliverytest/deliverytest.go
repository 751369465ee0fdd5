// Package deliverytest gives tests a mail server to deliver to.
package deliverytest

import (
	"bufio"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
)

// User and Password are who may log in at a MailServer.
const (
	User     = "me"
	Password = "secret"
)

// Letter is a mail as its reader sees it.
type Letter struct {
	// Subject and Text are what it says.
	Subject, Text string
	// Files are what hangs on it, by name.
	Files map[string][]byte
}

// MailServer is one that keeps what it is given.
type MailServer struct {
	// Address is where it listens, host:port.
	Address string

	t        testing.TB
	mu       sync.Mutex
	refusals int
	taken    []string
}

// Serve starts a mail server for as long as the test runs. It refuses as many mails for
// the moment before it takes one.
func Serve(t testing.TB, refusals int) *MailServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	s := &MailServer{Address: listener.Addr().String(), t: t, refusals: refusals}
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			go s.serve(c)
		}
	}()
	return s
}

// Letters are the mails that came so far, opened; one that cannot be fails the test.
func (s *MailServer) Letters() []Letter {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	var letters []Letter
	for _, text := range s.taken {
		letters = append(letters, s.open(text))
	}
	return letters
}

// serve speaks with one client until it says goodbye.
func (s *MailServer) serve(c net.Conn) {
	defer c.Close()
	say := func(line string) { _, _ = io.WriteString(c, line+"\r\n") }
	say("220 at your service")
	lines := bufio.NewScanner(c)
	for lines.Scan() {
		switch verb, _, _ := strings.Cut(strings.ToUpper(lines.Text()), " "); verb {
		case "EHLO":
			say("250-welcome\r\n250 AUTH PLAIN")
		case "AUTH":
			if strings.HasSuffix(lines.Text(), base64.StdEncoding.EncodeToString([]byte("\x00"+User+"\x00"+Password))) {
				say("235 welcome")
			} else {
				say("535 wrong password")
			}
		case "MAIL":
			if s.refuses() {
				say("451 later")
			} else {
				say("250 ok")
			}
		case "DATA":
			say("354 go on")
			var letter strings.Builder
			for lines.Scan() && lines.Text() != "." {
				letter.WriteString(lines.Text() + "\r\n")
			}
			s.mu.Lock()
			s.taken = append(s.taken, letter.String())
			s.mu.Unlock()
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func (s *MailServer) refuses() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusals--
	return s.refusals >= 0
}

// open reads a mail with the readers of the standard library.
func (s *MailServer) open(text string) Letter {
	s.t.Helper()
	fatal := func(err error) {
		s.t.Helper()
		if err != nil {
			s.t.Fatalf("a mail that cannot be read: %v\n%s", err, text)
		}
	}
	message, err := mail.ReadMessage(strings.NewReader(text))
	fatal(err)
	letter := Letter{Files: map[string][]byte{}}
	letter.Subject, err = new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject"))
	fatal(err)
	_, options, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	fatal(err)
	parts := multipart.NewReader(message.Body, options["boundary"])
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return letter
		}
		fatal(err)
		body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, part))
		fatal(err)
		if name := part.FileName(); name != "" {
			letter.Files[name] = body
		} else {
			letter.Text += string(body)
		}
	}
}
