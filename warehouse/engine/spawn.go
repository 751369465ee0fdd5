package engine

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

const (
	// startLimit is generous: a cold disk and many tables take their time.
	startLimit = 60 * time.Second
	// endLimit is how long a child may take to leave in peace before it is
	// killed. Nothing acknowledged is lost either way.
	endLimit = 500 * time.Millisecond

	notStarted = "the engine did not start"
)

// child is one running engine process.
type child struct {
	cmd      *exec.Cmd
	terminal *os.File
	address  string
	exited   chan struct{} // closed when it is gone
	err      error         // how it ended; read it after exited
	mute     atomic.Bool   // whether it was killed because it gave no sign of life
}

// spawn starts a child and returns when it listens.
func spawn(ctx context.Context, cfg Config, out *output) (*child, error) {
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	out.forget()
	failed := func(err error) error { return explain(cfg, out.tail(saidLines), notStarted, err) }
	// The child writes its port into this pipe, its file descriptor 3.
	report, reporter, err := os.Pipe()
	if err != nil {
		return nil, failed(err)
	}
	defer report.Close()
	c, err := launch(cfg, out, reporter)
	reporter.Close()
	if err != nil {
		return nil, failed(err)
	}
	// A cancelled start kills the child, which closes its end of the pipe.
	stop := context.AfterFunc(ctx, func() { _ = c.cmd.Process.Kill() })
	defer stop()
	port, err := readPort(report)
	if err != nil {
		if !errors.Is(err, io.EOF) {
			_ = c.cmd.Process.Kill()
		}
		c.end()
		if ctx.Err() != nil {
			return nil, failed(ctx.Err())
		}
		return nil, failed(errors.Join(err, c.err))
	}
	c.address = net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	return c, nil
}

// launch runs our own binary as the hidden child.
func launch(cfg Config, out *output, reporter *os.File) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	ours, theirs, err := openTerminal()
	if err != nil {
		return nil, err
	}
	defer theirs.Close()
	step := stepRun
	if confinable() {
		step = stepConfine
	}
	cmd := exec.Command(self, append([]string{ChildCommand, step, cfg.Dir, cfg.Library}, arguments(cfg.Dir, cfg.Reader)...)...)
	cmd.Dir = cfg.Dir
	cmd.Env = environment(cfg.Dir)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = theirs, out, out
	cmd.ExtraFiles = []*os.File{reporter}
	cmd.SysProcAttr = attributes()
	cmd.WaitDelay = endLimit
	c := &child{cmd: cmd, terminal: ours, exited: make(chan struct{})}
	started := make(chan error)
	go c.live(started)
	if err := <-started; err != nil {
		ours.Close()
		return nil, err
	}
	// Nobody reads what it prints on the terminal, but it must not fill up.
	go func() { _, _ = io.Copy(io.Discard, ours) }()
	return c, nil
}

// live starts the process and waits for its end on one locked thread: the
// kernel kills the child when the thread that started it ends, and Go may end a
// thread that it does not need.
func (c *child) live(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := c.cmd.Start()
	started <- err
	if err != nil {
		return
	}
	c.err = c.cmd.Wait()
	close(c.exited)
}

// end lets the child leave by closing its terminal, and kills it when it does
// not. It returns when the child is gone.
func (c *child) end() {
	c.terminal.Close()
	select {
	case <-c.exited:
	case <-time.After(endLimit):
		_ = c.cmd.Process.Kill()
		<-c.exited
	}
}

func (c *child) pid() int { return c.cmd.Process.Pid }

// arguments are those of clickhouse local. Port 0 needs exactly one
// --listen_host; --interactive keeps it alive after the queries.
func arguments(dir string, reader *Reader) []string {
	native, http, listen := 0, 0, []string{"--query", "SYSTEM START LISTEN TCP"}
	if reader != nil {
		native, http = reader.Port, reader.HTTPPort
	}
	if http != 0 {
		listen = append(listen, "--query", "SYSTEM START LISTEN HTTP")
	}
	return slices.Concat([]string{
		"--path=" + filepath.Join(dir, dataDir),
		"--config-file=" + filepath.Join(dir, configFile),
		"--listen_host=127.0.0.1", fmt.Sprintf("--tcp_port=%d", native), fmt.Sprintf("--http_port=%d", http),
		"--interactive", "--disable_suggestion", "--history_file=/dev/null",
		"--highlight=0", "--progress=off", "--progress-table=off",
	}, listen, []string{
		"--query", "SELECT getServerPort('tcp_port') INTO OUTFILE '/dev/fd/3' TRUNCATE FORMAT TSV",
	})
}

// environment is small on purpose: the engine reads variables (CLICKHOUSE_*,
// AWS_*) and files under HOME that are none of its business here.
func environment(dir string) []string {
	env := []string{"HOME=" + dir, "TZ=UTC", "LC_ALL=C.UTF-8", "TERM=dumb", "TMPDIR=" + filepath.Join(dir, tmpDir)}
	if value, ok := os.LookupEnv("LD_LIBRARY_PATH"); ok {
		env = append(env, "LD_LIBRARY_PATH="+value)
	}
	return env
}

// readPort reads the number that the child writes when it listens.
func readPort(report io.Reader) (int, error) {
	line, err := bufio.NewReader(report).ReadString('\n')
	if err != nil {
		return 0, err
	}
	port, err := strconv.ParseUint(strings.TrimSpace(line), 10, 16)
	if err != nil {
		return 0, fmt.Errorf("port of the engine: %w", err)
	}
	return int(port), nil
}
