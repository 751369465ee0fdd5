// Package etltest has what the tests of loads and of their schedules share.
package etltest

import (
	"bytes"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"
)

// Journal is a log that tests read while it is written.
type Journal struct {
	mu    sync.Mutex
	text  bytes.Buffer
	lines chan struct{}
}

// NewJournal makes an empty one.
func NewJournal() *Journal { return &Journal{lines: make(chan struct{}, 1000)} }

// Write adds to the log.
func (j *Journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	defer func() { j.lines <- struct{}{} }()
	return j.text.Write(p)
}

// Logger writes to the journal, in lines of text.
func (j *Journal) Logger() *slog.Logger { return slog.New(slog.NewTextHandler(j, nil)) }

// Await waits until the log has a text.
func (j *Journal) Await(t *testing.T, text string) {
	t.Helper()
	deadline := time.After(10 * time.Second)
	for {
		j.mu.Lock()
		found := strings.Contains(j.text.String(), text)
		j.mu.Unlock()
		if found {
			return
		}
		select {
		case <-j.lines:
		case <-deadline:
			t.Fatalf("the log never says %q:\n%s", text, j.text.String())
		}
	}
}

// Receive waits for what comes through a channel; a test fails that waits for ten seconds.
func Receive[T any](t *testing.T, from <-chan T) (value T) {
	t.Helper()
	select {
	case value = <-from:
	case <-time.After(10 * time.Second):
		t.Fatal("waited in vain")
	}
	return value
}
