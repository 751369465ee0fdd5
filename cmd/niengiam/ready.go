package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/niengiam/niengiam/stats/number"
)

// NotReady: the running program does not answer questions, or none is running.
const NotReady number.Code = "NOT_READY"

// askTime is how long ready waits for /readyz, which answers within a second.
const askTime = 2 * time.Second

// readyCommand asks a running serve whether it answers questions. It is the health check of
// a container whose image has no shell and no other program.
type readyCommand struct {
	Addr string `help:"The address that serve listens on; for 0.0.0.0 or [::] the loopback address is asked. Default: 127.0.0.1:8080." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
}

// Run prints what /readyz answers; it is a fault where that is not 200.
func (c *readyCommand) Run(s *session) error {
	address, err := reachable(c.Addr)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(s.ctx, askTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/readyz", nil)
	if err != nil {
		return badAddress(c.Addr, err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return &number.Error{
			Code: NotReady, Where: address, Message: number.EnglishOnly("no program answers: %s", reason(err)),
			Hint: number.EnglishOnly("start niengiam serve, or give the address that it listens on with --addr"), Err: err,
		}
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, 1024))
	said := strings.TrimSpace(string(text))
	if err != nil || answer.StatusCode != http.StatusOK {
		return &number.Error{Code: NotReady, Where: address, Message: number.EnglishOnly("/readyz answers %d: %s", answer.StatusCode, said), Err: err}
	}
	_, err = fmt.Fprintln(s.out, said)
	return err
}

// reachable returns the address under which this machine reaches one that is listened on.
func reachable(address string) (string, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", badAddress(address, err)
	}
	switch ip := net.ParseIP(host); {
	case host == "" || ip.Equal(net.IPv4zero):
		host = "127.0.0.1"
	case ip.Equal(net.IPv6zero):
		host = "::1"
	}
	return net.JoinHostPort(host, port), nil
}

func badAddress(address string, err error) error {
	return &number.Error{
		Code: BadAddress, Where: address, Message: number.EnglishOnly("is no address: %s", reason(err)),
		Hint: number.EnglishOnly("write --addr as HOST:PORT, for instance 127.0.0.1:8080"), Err: err,
	}
}
