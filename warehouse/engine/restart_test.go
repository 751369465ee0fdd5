//go:build linux

package engine_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/niengiam/niengiam/warehouse/engine"
)

// endless runs until somebody stops it.
const endless = "SELECT count() FROM system.numbers FORMAT Null SETTINGS max_execution_time = 0, max_rows_to_read = 0"

func waitForQuery(t *testing.T, e *engine.Engine) {
	t.Helper()
	pool := open(t, e.Options())
	eventually(t, "the query runs", func() bool { return running(t, pool.QueryRow) == 1 })
	check(t, pool.Close())
}

func TestKilledChildIsStartedAnew(t *testing.T) {
	e := start(t, engine.Config{})
	pool := open(t, e.Options())
	exec1(t, pool,
		"CREATE DATABASE niengiam",
		"CREATE TABLE niengiam.fact (n UInt32) ENGINE = MergeTree ORDER BY n",
		"INSERT INTO niengiam.fact SELECT number FROM numbers(1000)")
	for range 3 {
		failed := make(chan error, 1)
		go func() { failed <- pool.Exec(context.Background(), endless) }()
		waitForQuery(t, e)
		pid := e.PID()
		killNoticed(t, e)
		wantCode(t, engine.Translate(<-failed), engine.EngineDown, "ask again")
		begin := time.Now()
		if got := text(t, pool, "SELECT toString(sum(n)) FROM niengiam.fact"); got != "499500" {
			t.Errorf("the sum is %s after the restart", got)
		}
		t.Logf("the next query took %s", time.Since(begin))
		if e.PID() == pid || e.PID() == 0 {
			t.Errorf("pid %d after %d was killed", e.PID(), pid)
		}
	}
	if u := e.Usage(); !u.Up || u.Restarts != 3 || u.MuteKills != 0 || u.ResidentBytes < 1<<20 {
		t.Errorf("usage %+v, want up after three restarts, with memory", u)
	}
}

func TestRestartBacksOff(t *testing.T) {
	library, err := engine.FindLibrary("")
	check(t, err)
	link := filepath.Join(t.TempDir(), "libchdb.so")
	check(t, os.Symlink(library, link))
	log, records := journal()
	e := start(t, engine.Config{Library: link, Logger: log, WaitLimit: 100 * time.Millisecond})
	pool := open(t, e.Options())
	check(t, os.Remove(link))
	kill(t, e.PID())

	var pauses []time.Duration
	for len(pauses) < 4 {
		select {
		case record := <-records:
			record.Attrs(func(a slog.Attr) bool {
				if a.Key == "next" {
					pauses = append(pauses, a.Value.Duration())
				}
				return true
			})
		case <-time.After(patience):
			t.Fatalf("only %d attempts", len(pauses))
		}
	}
	for i := range pauses[1:] {
		if pauses[i+1] != 2*pauses[i] {
			t.Errorf("pauses %v do not double", pauses)
		}
	}
	if e.State() != engine.Restarting {
		t.Errorf("state %s", e.State())
	}
	err = e.Ready()
	wantCode(t, err, engine.EngineDown, "restarting")
	wantCode(t, errors.Unwrap(err), engine.EngineLibraryWrong)
	begin := time.Now()
	wantCode(t, engine.Translate(pool.Ping(t.Context())), engine.EngineDown, "started anew")
	if waited := time.Since(begin); waited < 50*time.Millisecond {
		t.Errorf("the query waited %s", waited)
	}
	check(t, os.Symlink(library, link))
	eventually(t, "the engine is back", func() bool { return e.Ready() == nil })
	check(t, pool.Ping(t.Context()))
}

func TestQueryWaitsForRestart(t *testing.T) {
	e := start(t, engine.Config{})
	pool := open(t, e.Options())
	killNoticed(t, e)
	check(t, pool.Ping(t.Context()))

	killNoticed(t, e)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := engine.Translate(pool.Ping(ctx)); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled wait gave %v", err)
	}
}

// A child that is stopped still accepts connections: it is found by its silence.
func TestMuteChildIsStartedAnew(t *testing.T) {
	log, records := journal()
	e := start(t, engine.Config{Logger: log, MuteLimit: 900 * time.Millisecond})
	pool := open(t, e.Options())
	exec1(t, pool,
		"CREATE DATABASE niengiam",
		"CREATE TABLE niengiam.fact (n UInt32) ENGINE = MergeTree ORDER BY n",
		"INSERT INTO niengiam.fact SELECT number FROM numbers(1000)")
	failed := make(chan error, 1)
	go func() { failed <- pool.Exec(context.Background(), endless) }()
	waitForQuery(t, e)
	pid := e.PID()
	check(t, syscall.Kill(pid, syscall.SIGSTOP))
	waitUntilStopped(t, pid)
	// Who asks with a limit hears within it.
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if err := pool.QueryRow(ctx, "SELECT 1").Err(); err == nil {
		t.Error("a stopped engine answers")
	}
	// Who asks without one hears when the child is given up.
	wantCode(t, engine.Translate(<-failed), engine.EngineDown, "ask again")
	if got := text(t, pool, "SELECT toString(sum(n)) FROM niengiam.fact"); got != "499500" {
		t.Errorf("the sum is %s after the restart", got)
	}
	if e.PID() == pid || e.PID() == 0 {
		t.Errorf("pid %d after %d was mute", e.PID(), pid)
	}
	if u := e.Usage(); !u.Up || u.Restarts != 1 || u.MuteKills != 1 {
		t.Errorf("usage %+v, want up after one restart of a mute child", u)
	}
	for {
		if record := <-records; strings.Contains(record.Message, "gives no sign of life") {
			break
		}
	}
}

// waitUntilStopped waits until each thread of a process has heard the signal that stops it.
func waitUntilStopped(t *testing.T, pid int) {
	t.Helper()
	runs := func() bool {
		threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/status", pid))
		check(t, err)
		return slices.ContainsFunc(threads, func(name string) bool {
			status, err := os.ReadFile(name)
			return err == nil && !bytes.Contains(status, []byte("State:\tT"))
		})
	}
	for runs() {
		time.Sleep(time.Millisecond)
	}
}
