package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/niengiam/niengiam/bench/proc"
)

// How long a program may take to start and to end.
const (
	startTime = 2 * time.Minute
	stopTime  = 20 * time.Second
)

// process is a server that runs in a process of its own.
type process struct {
	command *exec.Cmd
	address string // host and port
	// profiler is where the program was told to serve profiles; empty where it was not.
	profiler string
	begun    time.Time
	ended    chan struct{}
	fault    error // once it has ended
	said     *tail
}

var served = regexp.MustCompile(`http://(127\.0\.0\.1:\d+)`)

// start runs a program and waits until it prints the address that it serves at.
func start(ctx context.Context, program string, env []string, args ...string) (*process, error) {
	p, printed, err := launch(ctx, program, env, args...)
	if err != nil {
		return nil, err
	}
	limit := time.NewTimer(startTime)
	defer limit.Stop()
	select {
	case p.address = <-printed:
		return p, nil
	case <-p.ended:
		err = fmt.Errorf("%s ended: %w: %s", program, p.fault, p.said)
	case <-limit.C:
		err = fmt.Errorf("%s printed no address: %s", program, p.said)
	case <-ctx.Done():
		err = ctx.Err()
	}
	return nil, errors.Join(err, p.stop())
}

// launch runs a program; the first address that it prints comes through the channel.
func launch(ctx context.Context, program string, env []string, args ...string) (*process, <-chan string, error) {
	command := exec.CommandContext(context.WithoutCancel(ctx), program, args...) // stop ends it
	command.Env = append(os.Environ(), env...)
	return launchCommand(command)
}

func launchCommand(command *exec.Cmd) (*process, <-chan string, error) {
	p := &process{command: command, ended: make(chan struct{}), said: &tail{}}
	out, err := p.command.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	p.command.Stderr = p.said
	p.begun = time.Now()
	if err := p.command.Start(); err != nil {
		return nil, nil, err
	}
	printed := make(chan string, 1)
	go func() {
		defer close(p.ended)
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if match := served.FindStringSubmatch(lines.Text()); match != nil && len(printed) == 0 {
				printed <- match[1]
			}
		}
		_, _ = io.Copy(io.Discard, out) // what is no line; the pipe must not fill
		p.fault = p.command.Wait()
	}()
	return p, printed, nil
}

// stop interrupts the process and waits for its end. A server ends by an interrupt; how it
// calls that is no fault.
func (p *process) stop() error {
	select {
	case <-p.ended:
		return nil
	default:
	}
	_ = p.command.Process.Signal(syscall.SIGINT) // it may have ended meanwhile
	select {
	case <-p.ended:
		return nil
	case <-time.After(stopTime):
		_ = p.command.Process.Kill()
		<-p.ended
		return fmt.Errorf("%s did not stop: %s", p.command.Path, p.said)
	}
}

func (p *process) id() string { return strconv.Itoa(p.command.Process.Pid) }

// engine is the process of the embedded engine, a child of the program; empty where there is none.
func (p *process) engine() string {
	for _, child := range proc.Children(p.id()) {
		return child
	}
	return ""
}

// freePort is an address that nobody listens on.
func freePort(ctx context.Context) (string, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}

// tail keeps the end of what a process says.
type tail struct {
	mu   sync.Mutex
	text []byte
}

// Write keeps the last 4 KiB.
func (t *tail) Write(more []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, more...)
	t.text = t.text[max(len(t.text)-4096, 0):]
	return len(more), nil
}

// String gives what is kept.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(string(t.text))
}
