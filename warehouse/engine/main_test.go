//go:build linux

package engine_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse/engine"
)

// ownerCommand makes the test binary a process that owns an engine, as serve does.
const ownerCommand = "own-an-engine"

// shared is one engine for all tests that leave it as it was.
var shared *engine.Engine

func TestMain(m *testing.M) {
	engine.Main()
	if len(os.Args) > 2 && os.Args[1] == ownerCommand {
		os.Exit(own(os.Args[2]))
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "engine")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	shared = engine.New(engine.Config{Dir: filepath.Join(dir, "shared")})
	if err := shared.Start(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	code := m.Run()
	if err := shared.Stop(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return code
}

// own starts an engine, prints the pid of its child and waits to be told to stop.
func own(dir string) int {
	e := engine.New(engine.Config{Dir: dir})
	if err := e.Start(context.Background()); err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("child", e.PID())
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
	if err := e.Stop(context.Background()); err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// owner is a second process that owns an engine.
type owner struct {
	cmd   *exec.Cmd
	child int
	stop  func() // asks it to stop and waits for it
}

func startOwner(t *testing.T, dir string) owner {
	t.Helper()
	cmd := exec.Command(os.Args[0], ownerCommand, dir)
	in, err := cmd.StdinPipe()
	check(t, err)
	out, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	o := owner{cmd: cmd, stop: func() { in.Close(); _ = cmd.Wait() }}
	line, _ := bufio.NewReader(out).ReadString('\n')
	if _, err := fmt.Sscanf(line, "child %d", &o.child); err != nil {
		t.Fatalf("the owner said %q", line)
	}
	return o
}

// start gives an engine of the test's own.
func start(t *testing.T, cfg engine.Config) *engine.Engine {
	t.Helper()
	if cfg.Dir == "" {
		cfg.Dir = t.TempDir()
	}
	e := engine.New(cfg)
	check(t, e.Start(t.Context()))
	t.Cleanup(func() { check(t, e.Stop(context.Background())) })
	return e
}

// open gives a pool that is closed before the engine stops.
func open(t *testing.T, options *clickhouse.Options) driver.Conn {
	t.Helper()
	pool, err := clickhouse.Open(options)
	check(t, err)
	t.Cleanup(func() { pool.Close() })
	return pool
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func exec1(t *testing.T, pool driver.Conn, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if err := pool.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

func text(t *testing.T, pool driver.Conn, query string) string {
	t.Helper()
	var answer string
	if err := pool.QueryRow(t.Context(), query).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return answer
}

// wantCode checks the code of an error and that its text says each word.
func wantCode(t *testing.T, err error, code number.Code, words ...string) {
	t.Helper()
	if number.CodeOf(err) != code {
		t.Fatalf("code %q, want %q; the error is: %v", number.CodeOf(err), code, err)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not say %q", err, word)
		}
	}
}

// patience is how long a test waits for what must come: long, because a machine may be busy.
const patience = time.Minute

// eventually waits until a condition holds and reports how long it took.
func eventually(t *testing.T, what string, holds func() bool) time.Duration {
	t.Helper()
	begin := time.Now()
	for !holds() {
		if time.Since(begin) > patience {
			t.Fatalf("not within %s: %s", patience, what)
		}
		time.Sleep(2 * time.Millisecond)
	}
	return time.Since(begin)
}

// gone reports whether a process has ended with all its threads, buried by its
// parent or not.
func gone(pid int) bool {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*", pid))
	return err != nil || strings.Contains(string(status), "State:\tZ") && len(threads) <= 1
}

func kill(t *testing.T, pid int) {
	t.Helper()
	check(t, syscall.Kill(pid, syscall.SIGKILL))
}

// killNoticed kills the child and waits until the engine knows: before that, an
// idle connection of a pool may still lead to the dead.
func killNoticed(t *testing.T, e *engine.Engine) {
	t.Helper()
	pid := e.PID()
	kill(t, pid)
	eventually(t, "the death is noticed", func() bool { return e.PID() != pid })
}

// journal is a logger whose records a test can wait for.
func journal() (*slog.Logger, chan slog.Record) {
	records := make(chan slog.Record, 100)
	return slog.New(recorder{slog.DiscardHandler, records}), records
}

type recorder struct {
	slog.Handler
	records chan slog.Record
}

func (r recorder) Enabled(context.Context, slog.Level) bool { return true }

func (r recorder) Handle(_ context.Context, record slog.Record) error {
	r.records <- record
	return nil
}
