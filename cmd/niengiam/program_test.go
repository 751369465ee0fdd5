package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// sample is the real workspace.
const sample = "../../examples/angiang"

// patience bounds what a test waits for; nothing measures it.
const patience = 2 * time.Minute

// niengiam runs the program to its end and gives what it printed.
func niengiam(t *testing.T, args ...string) (out, errs string, code int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var stdout, stderr bytes.Buffer
	command := asProgram(ctx, args...)
	command.Stdout, command.Stderr = &stdout, &stderr
	err := command.Run()
	if _, exited := errors.AsType[*exec.ExitError](err); err != nil && !exited {
		t.Fatal(err)
	}
	return stdout.String(), stderr.String(), command.ProcessState.ExitCode()
}

// served is a running serve.
type served struct {
	t       *testing.T
	command *exec.Cmd
	address string
	data    string
	mu      sync.Mutex
	log     bytes.Buffer
	ended   chan struct{}
}

var addressLine = regexp.MustCompile(`at (http://\S+:\d+)`)

// serve starts the program on a free port and waits until it says where it
// serves; the test's end stops it.
func serve(t *testing.T, args ...string) *served {
	t.Helper()
	s := start(t, args...)
	s.waitForAddress()
	return s
}

// waitForAddress waits until the program says where it serves.
func (s *served) waitForAddress() {
	s.t.Helper()
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		if found := addressLine.FindStringSubmatch(s.printed()); found != nil {
			s.address = found[1]
			return
		}
		select {
		case <-s.ended:
			s.t.Fatalf("the program ended before it served:\n%s", s.printed())
		case <-time.After(10 * time.Millisecond):
		}
	}
	s.t.Fatalf("the program does not serve:\n%s", s.printed())
}

// start starts serve without waiting for it; the test's end stops it.
func start(t *testing.T, args ...string) *served {
	t.Helper()
	data := t.TempDir()
	if i := slices.Index(args, "--data"); i >= 0 {
		data = args[i+1]
	}
	s := launch(t, data, args...)
	t.Cleanup(s.stop)
	return s
}

// launch starts serve on a data directory. Whoever calls it stops the program.
func launch(t *testing.T, data string, args ...string) *served {
	t.Helper()
	s := &served{t: t, data: data, ended: make(chan struct{})}
	args = append([]string{"serve", "--addr", "127.0.0.1:0", "--workspace", sample, "--data", s.data}, args...)
	s.begin(asProgram(context.Background(), args...))
	return s
}

// begin starts a command that serves, and reads what it prints.
func (s *served) begin(command *exec.Cmd) {
	s.t.Helper()
	s.command = command
	output, write := io.Pipe()
	s.command.Stdout, s.command.Stderr = write, write
	if err := s.command.Start(); err != nil {
		s.t.Fatal(err)
	}
	go s.read(output)
	go func() {
		_ = s.command.Wait() // how it ended is for the test to judge
		_ = write.Close()
		close(s.ended)
	}()
}

func (s *served) read(output io.Reader) {
	scanner := bufio.NewScanner(output)
	for scanner.Scan() {
		s.mu.Lock()
		s.log.WriteString(scanner.Text() + "\n")
		s.mu.Unlock()
	}
}

// printed is what the program has printed so far.
func (s *served) printed() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.String()
}

// stop interrupts the program and waits for its end.
func (s *served) stop() {
	_ = s.command.Process.Signal(syscall.SIGINT) // it may have ended already
	select {
	case <-s.ended:
	case <-time.After(patience):
		_ = s.command.Process.Kill()
		s.t.Errorf("the program did not stop:\n%s", s.printed())
	}
}

// ask puts a question and gives the answer's data; errors of the answer fail the test.
func (s *served) ask(question string) tree {
	s.t.Helper()
	answer := s.reply(question)
	if errs, ok := answer.v.(map[string]any)["errors"]; ok {
		s.t.Fatalf("%s\nwas answered with %v", question, errs)
	}
	return answer.at("data")
}

// refused puts a question that cannot be answered and gives its first error.
func (s *served) refused(question string) tree {
	s.t.Helper()
	return s.reply(question).at("errors", 0)
}

func (s *served) reply(question string) tree {
	s.t.Helper()
	return s.replyWith(question, nil)
}

// replyWith puts a question with variables.
func (s *served) replyWith(question string, variables map[string]any) tree {
	s.t.Helper()
	body, err := json.Marshal(map[string]any{"query": question, "variables": variables})
	if err != nil {
		s.t.Fatal(err)
	}
	response, err := http.Post(s.address+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		s.t.Fatalf("%v\n%s", err, s.printed())
	}
	defer response.Body.Close()
	decoder := json.NewDecoder(response.Body)
	decoder.UseNumber()
	answer := tree{t: s.t}
	if err := decoder.Decode(&answer.v); err != nil {
		s.t.Fatal(err)
	}
	return answer
}

// tree is a part of an answer.
type tree struct {
	t *testing.T
	v any
}

// at follows keys and places into the answer.
func (n tree) at(path ...any) tree {
	n.t.Helper()
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, ok := n.v.(map[string]any)
			if !ok {
				n.t.Fatalf("%q: %v is no object", step, n.v)
			}
			n.v = object[step]
		case int:
			list, ok := n.v.([]any)
			if !ok || step >= len(list) {
				n.t.Fatalf("place %d: %v has none", step, n.v)
			}
			n.v = list[step]
		}
	}
	return n
}

func (n tree) list() []tree {
	list, _ := n.v.([]any)
	all := make([]tree, len(list))
	for i := range list {
		all[i] = tree{n.t, list[i]}
	}
	return all
}

// text is a value as it stands in the answer; null is "null".
func (n tree) text() string {
	switch v := n.v.(type) {
	case nil:
		return "null"
	case string:
		return v
	case json.Number:
		return v.String()
	}
	text, _ := json.Marshal(n.v)
	return string(text)
}

// is checks a value; a wanted text that ends in … wants only its beginning.
func (n tree) is(want string) {
	n.t.Helper()
	got := n.text()
	if start, open := strings.CutSuffix(want, "…"); open && strings.HasPrefix(got, start) {
		return
	}
	if got != want {
		n.t.Errorf("got %s, want %s", got, want)
	}
}

// find returns the first entry of a list in which the path has the value.
func (n tree) find(value string, path ...any) tree {
	n.t.Helper()
	for _, entry := range n.list() {
		if entry.at(path...).text() == value {
			return entry
		}
	}
	n.t.Fatalf("nothing in %s has %s at %v", n.text(), value, path)
	return tree{}
}

// copySample copies the sample workspace, for tests that change it.
func copySample(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "workspace")
	if err := os.CopyFS(dir, os.DirFS(sample)); err != nil {
		t.Fatal(err)
	}
	return dir
}
