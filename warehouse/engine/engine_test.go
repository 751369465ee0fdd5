//go:build linux

package engine_test

import (
	"context"
	"debug/elf"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse/engine"
)

func TestStartQueryStop(t *testing.T) {
	begin := time.Now()
	e := engine.New(engine.Config{Dir: filepath.Join(t.TempDir(), "new", "folder")})
	wantCode(t, e.Ready(), engine.EngineDown, "idle")
	check(t, e.Start(t.Context()))
	check(t, e.Ready())
	pool := open(t, e.Options())
	if got := text(t, pool, "SELECT currentUser()"); got != "niengiam" {
		t.Errorf("the user is %q", got)
	}
	pid, stopping := e.PID(), time.Now()
	check(t, pool.Close())
	check(t, e.Stop(t.Context()))
	if !gone(pid) {
		t.Error("the child is still there")
	}
	t.Logf("start, query and stop took %s, of it the stop %s", time.Since(begin), time.Since(stopping))
	wantCode(t, e.Ready(), engine.EngineDown, "stopped")
	check(t, e.Stop(t.Context()))
	wantCode(t, e.Start(t.Context()), engine.EngineStart)
}

func TestStopCutsOpenConnections(t *testing.T) {
	e := start(t, engine.Config{})
	pool := open(t, e.Options())
	check(t, pool.Ping(t.Context()))
	failed := make(chan error, 1)
	go func() { failed <- pool.Exec(context.Background(), endless) }()
	waitForQuery(t, e)
	check(t, e.Stop(t.Context())) // which does not wait for the query: it has no end
	wantCode(t, engine.Translate(<-failed), engine.EngineDown)
	wantCode(t, engine.Translate(pool.Ping(t.Context())), engine.EngineDown, "stopped")
}

func TestStopBeforeAndDuringStart(t *testing.T) {
	e := engine.New(engine.Config{Dir: t.TempDir()})
	check(t, e.Stop(t.Context()))
	e = engine.New(engine.Config{Dir: t.TempDir()})
	started := make(chan error)
	go func() { started <- e.Start(context.Background()) }()
	eventually(t, "starting", func() bool { return e.State() != engine.Idle })
	check(t, e.Stop(t.Context()))
	// Either the stop came first or the start did; nothing may be left of it.
	if err := <-started; err != nil && !errors.Is(err, context.Canceled) {
		wantCode(t, err, engine.EngineDown)
	}
	if e.PID() != 0 || e.State() != engine.Stopped {
		t.Errorf("state %s, pid %d", e.State(), e.PID())
	}
}

func TestCancelledStartLeavesNothing(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	dir := t.TempDir()
	if err := engine.New(engine.Config{Dir: dir}).Start(ctx); err == nil {
		t.Fatal("started in no time")
	}
	start(t, engine.Config{Dir: dir})
}

func TestSecondInstanceIsRefused(t *testing.T) {
	dir := t.TempDir()
	o := startOwner(t, dir)
	err := engine.New(engine.Config{Dir: dir}).Start(t.Context())
	wantCode(t, err, engine.EngineLocked, dir, "in use by process", "name another directory")
	if number.Errors(err)[0].Hint.IsEmpty() {
		t.Error("no hint")
	}
	o.stop()
	start(t, engine.Config{Dir: dir})
}

// The engine's own lock speaks when the directory below ours is in use.
func TestLockOfClickHouseItself(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	start(t, engine.Config{Dir: first})
	check(t, os.Symlink(filepath.Join(first, "data"), filepath.Join(second, "data")))
	wantCode(t, engine.New(engine.Config{Dir: second}).Start(t.Context()), engine.EngineLocked, second)
}

func TestDirectoryThatCannotBeUsed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	check(t, os.WriteFile(file, nil, 0o600))
	for _, dir := range []string{file, filepath.Join(file, "below"), "/proc/niengiam"} {
		err := engine.New(engine.Config{Dir: dir}).Start(t.Context())
		wantCode(t, err, engine.EngineDirectory, dir, "name another directory")
	}
}

func TestLibraryMissing(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("LD_LIBRARY_PATH", "/a/place")
	err := engine.New(engine.Config{Dir: t.TempDir()}).Start(t.Context())
	wantCode(t, err, engine.EngineLibraryMissing, "npm ci", "warehouse.library", "/usr/local/lib", "/a/place", "node_modules")
}

func TestLibraryWrong(t *testing.T) {
	_, err := engine.FindLibrary("/nowhere/libchdb.so")
	wantCode(t, err, engine.EngineLibraryMissing, "/nowhere/libchdb.so", "does not exist", "warehouse.library")
	_, err = engine.FindLibrary(t.TempDir())
	wantCode(t, err, engine.EngineLibraryMissing, "is not a file")

	file := filepath.Join(t.TempDir(), "libchdb.so")
	check(t, os.WriteFile(file, []byte("not a library"), 0o600))
	err = engine.New(engine.Config{Dir: t.TempDir(), Library: file}).Start(t.Context())
	wantCode(t, err, engine.EngineLibraryWrong, file, "cannot be loaded", "npm ci")

	foreign := elf.Header64{
		Ident: [elf.EI_NIDENT]byte{0x7f, 'E', 'L', 'F', byte(elf.ELFCLASS64), byte(elf.ELFDATA2LSB), byte(elf.EV_CURRENT)},
		Type:  uint16(elf.ET_DYN), Machine: uint16(elf.EM_S390), Version: uint32(elf.EV_CURRENT), Ehsize: 64, Shentsize: 64,
	}
	content, err := binary.Append(nil, binary.LittleEndian, foreign)
	check(t, err)
	check(t, os.WriteFile(file, content, 0o600))
	err = engine.New(engine.Config{Dir: t.TempDir(), Library: file}).Start(t.Context())
	wantCode(t, err, engine.EngineLibraryWrong, file, "another architecture (EM_S390)", "warehouse.dsn")
}

func TestChildOfADeadParentDies(t *testing.T) {
	dir := t.TempDir()
	o := startOwner(t, dir)
	kill(t, o.cmd.Process.Pid)
	took := eventually(t, "the child is gone", func() bool { return gone(o.child) })
	t.Logf("gone after %s", took)
	_, err := engine.Attach(dir)
	wantCode(t, err, engine.EngineNotRunning, dir)
	start(t, engine.Config{Dir: dir})
}

func TestChildAloneSaysWhoStartsIt(t *testing.T) {
	if code := engine.RunChild(nil); code == 0 {
		t.Error("a child without a library ended well")
	}
}

func TestAttach(t *testing.T) {
	dir := t.TempDir()
	_, err := engine.Attach(dir)
	wantCode(t, err, engine.EngineNotRunning, dir, "niengiam serve")
	o := startOwner(t, dir)
	info, err := os.Stat(filepath.Join(dir, "engine.json"))
	check(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("engine.json has mode %s", info.Mode())
	}
	a, err := engine.Attach(dir)
	check(t, err)
	if a.Owner() != o.cmd.Process.Pid {
		t.Errorf("owner %d, want %d", a.Owner(), o.cmd.Process.Pid)
	}
	pool, analyst := open(t, a.Options()), open(t, a.AnalystOptions())
	if got := text(t, pool, "SELECT currentUser()"); got != "niengiam" {
		t.Errorf("the user is %q", got)
	}
	if got := text(t, analyst, "SELECT currentUser()"); got != "analyst" {
		t.Errorf("the user is %q", got)
	}
	kill(t, o.child)
	eventually(t, "the child is gone", func() bool { return gone(o.child) })
	check(t, pool.Ping(t.Context()))
	o.stop()
	wantCode(t, engine.Translate(pool.Ping(t.Context())), engine.EngineNotRunning, dir)
	// A new owner has new passwords; the old pool finds it all the same.
	startOwner(t, dir)
	check(t, pool.Ping(t.Context()))
}
