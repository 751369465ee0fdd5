package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/niengiam/niengiam/warehouse/engine"
)

// beProgram makes the test binary be the program, so that tests drive the real
// one without building it first.
const beProgram = "NIENGIAM_BE_PROGRAM"

func TestMain(m *testing.M) {
	engine.Main()
	if os.Getenv(beProgram) != "" {
		os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, faultPoint(os.Getenv(breakAt))))
	}
	code := m.Run()
	if err := shared.end(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// shared is what the tests of this package make once, because it costs seconds:
// a data directory with the sample loaded, and a program that serves a copy of it.
var shared sharing

type sharing struct {
	data, program sync.Once
	dir           string
	running       *served
	err           error // of loading
}

// loadedData returns a data directory of the test's own with all sources of the
// sample loaded: a copy of one that was loaded once. serve --load finds nothing new there.
func loadedData(t *testing.T) string {
	t.Helper()
	data := filepath.Join(t.TempDir(), "data")
	shared.copyTo(t, data)
	return data
}

// loaded returns a program that serves the sample with all sources loaded. Many
// tests ask it at the same time: it is for those that change nothing and kill nothing.
func loaded(t *testing.T) *served {
	t.Helper()
	shared.program.Do(func() {
		data := filepath.Join(shared.home(t), "served")
		shared.copyTo(t, data)
		s := launch(t, data, "--load")
		shared.running = s
		s.waitForAddress()
	})
	if shared.running == nil || shared.running.address == "" {
		t.Fatal("the program that the tests share does not serve; the first of them says why")
	}
	return on(shared.running, t)
}

// home is the directory of what is shared, with the loaded data in it.
func (s *sharing) home(t *testing.T) string {
	t.Helper()
	s.data.Do(func() {
		if s.dir, s.err = os.MkdirTemp("", "niengiam-cmd-"); s.err != nil {
			return
		}
		out, errs, code := niengiam(t, "load", "--workspace", sample, "--data", filepath.Join(s.dir, "data"))
		if code != 0 {
			s.err = fmt.Errorf("loading the sample: exit %d\n%s%s", code, out, errs)
		}
	})
	if s.err != nil {
		t.Fatal(s.err)
	}
	return s.dir
}

func (s *sharing) copyTo(t *testing.T, data string) {
	t.Helper()
	if err := os.CopyFS(data, os.DirFS(filepath.Join(s.home(t), "data"))); err != nil {
		t.Fatal(err)
	}
}

// end stops the shared program and removes what is shared.
func (s *sharing) end() error {
	var err error
	if s.running != nil {
		_ = s.running.command.Process.Signal(syscall.SIGINT) // it may have ended already
		select {
		case <-s.running.ended:
		case <-time.After(patience):
			_ = s.running.command.Process.Kill()
			err = errors.New("the program that the tests share did not stop")
		}
	}
	if s.dir != "" {
		err = errors.Join(err, os.RemoveAll(s.dir))
	}
	return err
}

func asProgram(ctx context.Context, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, os.Args[0], args...)
	command.Env = append(os.Environ(), beProgram+"=1")
	return command
}
