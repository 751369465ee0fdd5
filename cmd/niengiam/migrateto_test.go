package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/niengiam/niengiam/warehouse/engine"
)

// small are sources of the sample with few figures and several releases, one of which
// revises an earlier one; fewer of them are copied in a second.
func small() []string { return []string{"criterion-19-2", "security"} }

// TestAServer moves a warehouse from the engine of a program to one that listens as a server
// does and has the users of deploy/clickhouse. All that is done there has the rights of the
// program's user alone.
func TestAServer(t *testing.T) {
	const password = "a long password"
	there, data := withUsers(t, password), t.TempDir()
	dsn := "clickhouse://niengiam_program:a%20long%20password@" + there.handle.Address + "/niengiam"
	runs(t, slices.Concat([]string{"load", "--workspace", sample, "--data", data}, small())...)
	killedInBetween(t, data, dsn)
	before := serve(t, "--data", data) // from here on its engine is asked, whoever copies
	killedInBetween(t, data, dsn)
	migrated(t, before, dsn)
	used(t, before, dsn)
	t.Run("users", func(t *testing.T) { mayWhatTheyShould(t, there, password) })
	t.Run("statements", func(t *testing.T) { areParsed(t, there) })
}

// server is an engine that listens as a server does.
type server struct {
	t      *testing.T
	handle struct{ Address, Password string }
}

func listeningIn(t *testing.T, dir string) *server {
	t.Helper()
	e := engine.New(engine.Config{Dir: dir, MaxMemory: 4 << 30})
	if err := e.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := e.Stop(ctx); err != nil {
			t.Error(err)
		}
	})
	s := &server{t: t}
	text, err := os.ReadFile(filepath.Join(dir, "engine.json"))
	if err == nil {
		err = json.Unmarshal(text, &s.handle)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// runs runs the program, which must succeed, and returns what it prints.
func runs(t *testing.T, args ...string) string {
	t.Helper()
	out, errs, code := niengiam(t, args...)
	if code != 0 {
		t.Fatalf("%v: exit %d:\n%s%s", args[0], code, out, errs)
	}
	return out
}

// answersAlike compares what two programs answer.
func answersAlike(t *testing.T, a, b *served) {
	t.Helper()
	for _, question := range []string{
		`{ releases(first: 100) { nodes { id sourceCode published loaded added revised removed rejected files { path sha256 } } } }`,
		`{ jobs { sourceCode lastRun { id outcome rejected startedAt } findings { code } } }`,
		`{ comparison(indicator: "criterion-19-2", unit: "89", year: 2020) { rows { base { id value } current { id value } change { percent } } notes { code text } } }`,
	} {
		got, want := a.reply(question).at("data").text(), b.reply(question).at("data").text()
		if got != want || len(want) < 100 {
			t.Errorf("%s\nis answered with\n%.500s\nand\n%.500s", question, got, want)
		}
	}
}

// migrated copies what a program serves while it answers, with every release; what is served
// of the copy answers as before.
func migrated(t *testing.T, before *served, dsn string) {
	t.Helper()
	out := runs(t, "migrate-to", dsn, "--data", before.data)
	for _, want := range []string{"all equal", "complete.", "posting: "} {
		if !strings.Contains(out, want) {
			t.Errorf("does not print %q:\n%s", want, out)
		}
	}
	if out := runs(t, "migrate-to", dsn, "--data", before.data); strings.Contains(out, "a%20long") || !strings.Contains(out, "the copy was complete before") {
		t.Errorf("copied again:\n%s", out)
	}
	after := serve(t, "--warehouse-dsn", dsn)
	answer1(on(after, t))
	answersAlike(t, after, before)
	for _, name := range []string{"sums", "partial"} {
		want := runs(t, "sql", "--format", "csv", "--data", before.data, "--", statement(t, name))
		if got := runs(t, "sql", "--format", "csv", "--warehouse-dsn", dsn, "--", statement(t, name)); got != want || want == "" {
			t.Errorf("%s: the copy has\n%s\nthe warehouse\n%s", name, got, want)
		}
	}
}

// used loads and decides where the warehouse went to, as ever. Then nothing is copied there.
func used(t *testing.T, before *served, dsn string) {
	t.Helper()
	here := []string{"--warehouse-dsn", dsn, "--workspace", sample, "--data", t.TempDir()}
	for _, command := range [][]string{
		{"load", "district-population-2016"}, {"withdraw", "1", "--actor", "An", "--comment", "tried"}, {"restore", "1", "--actor", "An", "--comment", "tried"},
	} {
		runs(t, append(command, here...)...)
	}
	wantsOf(t, "COPY_TARGET", "migrate-to", dsn, "--data", before.data)
	wantsOf(t, "BAD_SETTINGS", "migrate-to", dsn, "--data", filepath.Join(t.TempDir(), "none"))
	wantsOf(t, "BAD_SETTINGS", "migrate-to", dsn, "--data", before.data, "--warehouse-dsn", dsn)
	wantsOf(t, "DSN_INVALID", "migrate-to", "localhost:9000", "--data", before.data)
}

func wantsOf(t *testing.T, code string, args ...string) {
	t.Helper()
	if _, errs, exit := niengiam(t, args...); exit != 1 || !strings.Contains(errs, code) {
		t.Errorf("%v: exit %d, want %s:\n%s", args[0], exit, code, errs)
	}
}

// killedInBetween kills the program, with the engine if it started one, while it copies row
// by row. Until a later copy has taken that up, nothing is served of it.
func killedInBetween(t *testing.T, data, dsn string) {
	t.Helper()
	killed := asProgram(t.Context(), "migrate-to", dsn, "--data", data, "--batch", "1")
	var out lines
	killed.Stdout = &out
	if err := killed.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = killed.Wait() // that it did not end by itself, the last line here says
		close(ended)
	}()
	for running := true; running && out.count() < 5; {
		select {
		case <-ended:
			running = false
		case <-time.After(time.Millisecond):
		}
	}
	_ = killed.Process.Kill() // it may have ended
	<-ended
	wantsOf(t, "COPY_UNFINISHED", "releases", "--warehouse-dsn", dsn)
}

// lines counts the lines that are written to it.
type lines struct {
	mu sync.Mutex
	n  int
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n += strings.Count(string(p), "\n")
	return len(p), nil
}

func (l *lines) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.n
}
