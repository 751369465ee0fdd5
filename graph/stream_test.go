package graph_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/stats/ledger"
)

// following is a release manager whose runs can be followed.
type following struct {
	graph.ReleaseManager
	events chan *ledger.RunProgress
}

func (f *following) Follow(context.Context, string) (<-chan *ledger.RunProgress, error) {
	return f.events, nil
}

const follow = `{"query":"subscription { runProgress(source: \"long\") { stage step done total rows outcome } }"}`

// subscribe sends a subscription and returns the lines of its answer.
func subscribe(t *testing.T, address, body string) (*http.Response, *bufio.Scanner) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = response.Body.Close() })
	return response, bufio.NewScanner(response.Body)
}

// until reads lines up to one with a beginning.
func until(t *testing.T, lines *bufio.Scanner, beginning string) string {
	t.Helper()
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), beginning) {
			return lines.Text()
		}
	}
	t.Fatalf("no line begins with %q: %v", beginning, lines.Err())
	return ""
}

// A run is followed from stage to stage until it ends; a heartbeat keeps the connection.
// As many callers as may follow do so, and one more is told.
func TestARunIsFollowed(t *testing.T) {
	t.Parallel()
	runs := &following{events: make(chan *ledger.RunProgress)}
	stopping, stop := context.WithCancel(t.Context())
	d := open(t, graph.Config{ReleaseManager: runs, MaxSubscribers: 2, Heartbeat: 20 * time.Millisecond, Stopping: stopping})
	server := httptest.NewServer(d)
	defer server.Close()
	response, lines := subscribe(t, server.URL, follow)
	if response.StatusCode != http.StatusOK || !strings.HasPrefix(response.Header.Get("Content-Type"), "text/event-stream") || response.Header.Get("X-Accel-Buffering") != "no" {
		t.Fatalf("%s %v", response.Status, response.Header)
	}
	until(t, lines, ": ping")
	runs.events <- &ledger.RunProgress{Stage: ledger.StageParse, Done: 1, Total: 2, Rows: 10, Outcome: ledger.Running}
	if got := until(t, lines, "data: "); got != `data: {"data":{"runProgress":{"stage":"parse","step":4,"done":1,"total":2,"rows":10,"outcome":"running"}}}` {
		t.Error(got)
	}
	_, others := subscribe(t, server.URL, follow)
	until(t, others, ":")
	if response, _ := subscribe(t, server.URL, follow); response.StatusCode != http.StatusServiceUnavailable || response.Header.Get("Retry-After") == "" {
		t.Errorf("a third caller: %s", response.Status)
	} else if told, _ := io.ReadAll(response.Body); !strings.Contains(string(told), `"code":"TOO_MANY_SUBSCRIBERS"`) {
		t.Errorf("a third caller is told %s", told)
	}
	stop() // the program ends, and the subscriptions with it
	until(t, lines, "event: complete")
	until(t, others, "event: complete")
	for lines.Scan() { // to the end
	}
	if lines.Err() != nil {
		t.Error(lines.Err())
	}
}

// The last event of a run ends the subscription to its source, and makes room for another.
func TestTheEndOfARunEndsItsSubscription(t *testing.T) {
	t.Parallel()
	runs := &following{events: make(chan *ledger.RunProgress)}
	d := open(t, graph.Config{ReleaseManager: runs, MaxSubscribers: 1})
	server := httptest.NewServer(d)
	defer server.Close()
	for range 2 {
		_, lines := subscribe(t, server.URL, follow)
		until(t, lines, ":")
		runs.events <- &ledger.RunProgress{Stage: ledger.StageRecord, Outcome: ledger.Published}
		until(t, lines, `data: {"data":{"runProgress":{"stage":"record","step":11`)
		until(t, lines, "event: complete")
	}
	// A query is answered once, as one event; what is refused is refused before a stream begins.
	_, lines := subscribe(t, server.URL, `{"query":"{ indicator(code: \"none\") { code } }"}`)
	if got := until(t, lines, "data: "); got != `data: {"data":{"indicator":null}}` {
		t.Error(got)
	}
	until(t, lines, "event: complete")
	if response, _ := subscribe(t, server.URL, `{"query":"subscription { none }"}`); response.StatusCode != http.StatusBadRequest {
		t.Errorf("an unknown field: %s", response.Status)
	}
	if response, _ := subscribe(t, server.URL, `{"query":"`+strings.Repeat(" ", 300<<10)+`"}`); response.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("a long body: %s", response.Status)
	}
	plain, err := http.Post(server.URL, "application/json", strings.NewReader(follow))
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Body.Close()
	if told, _ := io.ReadAll(plain.Body); plain.StatusCode != http.StatusNotAcceptable || !strings.Contains(string(told), `"code":"NOT_SUPPORTED"`) {
		t.Errorf("without the media type: %s %s", plain.Status, told)
	}
}
