package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/niengiam/niengiam/warehouse/engine"
)

// server is an engine that listens as a server does.
type server struct {
	t      *testing.T
	handle struct{ Address, Password string }
}

func listening(t *testing.T) *server {
	t.Helper()
	return listeningIn(t, t.TempDir())
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

func (s *server) dsn(database string) string {
	return fmt.Sprintf("clickhouse://niengiam:%s@%s/%s", s.handle.Password, s.handle.Address, database)
}

// migrate copies a data directory and wants all of these in what is printed.
func migrate(t *testing.T, data, dsn string, wants ...string) {
	t.Helper()
	out, errs, code := niengiam(t, "migrate-to", dsn, "--data", data)
	if code != 0 {
		t.Fatalf("exit %d:\n%s%s", code, out, errs)
	}
	for _, want := range wants {
		if !strings.Contains(out, want) {
			t.Errorf("does not print %q:\n%s", want, out)
		}
	}
}

// answersAlike compares what two programs answer.
func answersAlike(t *testing.T, a, b *served) {
	t.Helper()
	for _, question := range []string{
		`{ releases(first: 100) { nodes { id sourceCode published loaded added revised removed rejected files { path sha256 } } } }`,
		`{ jobs { sourceCode lastRun { id outcome rejected startedAt } findings { code } } }`,
		`{ ranking(indicator: "population", year: 2024, level: "province", orderBy: PERCENT) { rows { rank unit { code } current { id value } change { percent } } total { current { value } } } }`,
	} {
		got, want := a.reply(question).at("data").text(), b.reply(question).at("data").text()
		if got != want || len(want) < 100 {
			t.Errorf("%s\nis answered with\n%.500s\nand\n%.500s", question, got, want)
		}
	}
}

// The sample goes from the engine of a running program to a server: while questions are
// answered, with every release, and what is served there answers as before.
func TestMigrateTo(t *testing.T) {
	there := listening(t)
	data := loadedData(t)
	before := serve(t, "--data", data)
	dsn := there.dsn("copied")
	migrate(t, data, dsn, "all equal", "complete.", "posting: ")
	out, _, _ := niengiam(t, "migrate-to", dsn, "--data", data)
	if strings.Contains(out, there.handle.Password) || !strings.Contains(out, "the copy was complete before") {
		t.Errorf("copied again:\n%s", out)
	}
	after := serve(t, "--warehouse-dsn", dsn)
	answer1(on(after, t))
	answer3(on(after, t))
	answersAlike(t, after, before)
	for _, name := range []string{"sums", "partial"} {
		want, _, _ := niengiam(t, "sql", "--format", "csv", "--data", data, "--", statement(t, name))
		if got, errs, code := niengiam(t, "sql", "--format", "csv", "--warehouse-dsn", dsn, "--", statement(t, name)); got != want || code != 0 {
			t.Errorf("%s: exit %d: %s\n%s\n%s", name, code, errs, got, want)
		}
	}
	wantsOf(t, "COPY_TARGET", "migrate-to", dsn, "--data", otherData(t))
	wantsOf(t, "BAD_SETTINGS", "migrate-to", dsn, "--data", filepath.Join(t.TempDir(), "none"))
	wantsOf(t, "BAD_SETTINGS", "migrate-to", dsn, "--data", data, "--warehouse-dsn", dsn)
	wantsOf(t, "DSN_INVALID", "migrate-to", "localhost:9000", "--data", data)
}

// otherData is a data directory with another warehouse.
func otherData(t *testing.T) string {
	t.Helper()
	data := t.TempDir()
	if out, errs, code := niengiam(t, "load", "security", "--workspace", sample, "--data", data); code != 0 {
		t.Fatalf("exit %d:\n%s%s", code, out, errs)
	}
	return data
}

func wantsOf(t *testing.T, code string, args ...string) {
	t.Helper()
	if _, errs, exit := niengiam(t, args...); exit != 1 || !strings.Contains(errs, code) {
		t.Errorf("%v: exit %d, want %s:\n%s", args[0], exit, code, errs)
	}
}

// The program is killed again and again while it copies, with the engine that it started: what
// is there is taken up, nothing is there twice, and until the end nothing is served of it.
func TestKillTheProgramDuringMigrateTo(t *testing.T) {
	there, data := listening(t), loadedData(t)
	dsn := there.dsn("killed")
	refused := 0
	for try := range 5 {
		killed := asProgram(t.Context(), "migrate-to", dsn, "--data", data, "--batch", "500")
		var out lines
		killed.Stdout = &out
		if err := killed.Start(); err != nil {
			t.Fatal(err)
		}
		for deadline := time.Now().Add(patience); out.count() < 1+3*try && time.Now().Before(deadline); {
			time.Sleep(time.Millisecond)
		}
		_ = killed.Process.Kill() // it may have ended already
		_ = killed.Wait()
		if _, errs, _ := niengiam(t, "releases", "--warehouse-dsn", dsn); strings.Contains(errs, "COPY_UNFINISHED") {
			refused++
		}
	}
	if refused < 2 {
		t.Errorf("it was cut off in the middle only %d times", refused)
	}
	migrate(t, data, dsn, "all equal", "complete.")
	want, _, _ := niengiam(t, "sql", "--format", "csv", "--data", data, "--", statement(t, "sums"))
	if got, _, _ := niengiam(t, "sql", "--format", "csv", "--warehouse-dsn", dsn, "--", statement(t, "sums")); got != want || want == "" {
		t.Errorf("the copy has\n%s\nthe warehouse\n%s", got, want)
	}
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
