package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A health check runs the program itself: 0 where questions are answered, 1 and the reason
// where they are not.
func TestReadyAsksTheRunningProgram(t *testing.T) {
	serving := strings.TrimPrefix(loaded(t).address, "http://")
	loading := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusServiceUnavailable, "not ready: LOADING")
	}))
	defer loading.Close()
	ended := httptest.NewServer(http.NotFoundHandler())
	ended.Close()
	for _, c := range []struct {
		name, address, out, errs string
		code                     int
	}{
		{"ready", serving, "ready\n", "", 0},
		{"of any address", strings.Replace(serving, "127.0.0.1", "0.0.0.0", 1), "ready\n", "", 0},
		{"loading", loading.Listener.Addr().String(), "", "NOT_READY: " + loading.Listener.Addr().String() + ": /readyz answers 503: not ready: LOADING", 1},
		{"ended", ended.Listener.Addr().String(), "", "no program answers: connection refused", 1},
		{"no address", "8080", "", "BAD_ADDRESS", 1},
	} {
		out, errs, code := niengiam(t, "ready", "--addr", c.address)
		if out != c.out || code != c.code || !strings.Contains(errs, c.errs) || (c.errs == "") != (errs == "") {
			t.Errorf("%s: %d, printed %q and %q, want %d, %q and %q", c.name, code, out, errs, c.code, c.out, c.errs)
		}
	}
}

func TestReachable(t *testing.T) {
	for address, want := range map[string]string{
		"0.0.0.0:8080": "127.0.0.1:8080", ":8080": "127.0.0.1:8080", "[::]:80": "[::1]:80", "10.1.2.3:9000": "10.1.2.3:9000", "localhost:1": "localhost:1",
	} {
		if got, err := reachable(address); err != nil || got != want {
			t.Errorf("%s is reached at %q (%v), want %q", address, got, err, want)
		}
	}
}
