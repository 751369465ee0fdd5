package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/niengiam/niengiam/warehouse/engine"
)

// The tutorial is followed to the letter, in both languages at once: every block of
// commands is run, in one folder and beside the program that it starts, and what is printed
// has each line that the page shows. Only the port is another.
func TestTutorial(t *testing.T) {
	t.Parallel()
	english, _ := blocks(t, "docs/tutorial.md")
	vietnamese, _ := blocks(t, "docs/tutorial.vi.md")
	if len(english) != len(vietnamese) {
		t.Fatalf("the tutorial has %d blocks in English and %d in Vietnamese", len(english), len(vietnamese))
	}
	r := newReader(t)
	steps := 0
	for i, b := range english {
		if b.language != "sh" || b.notRun != "" {
			continue
		}
		steps++
		r.follow(b, expected(english, i))
		switch {
		case vietnamese[i].code != b.code: // a question in the other language
			if strings.ReplaceAll(vietnamese[i].code, "lang=vi", "lang=en") != b.code {
				t.Errorf("the Vietnamese tutorial has another step:\n%s", vietnamese[i].code)
			}
			r.follow(vietnamese[i], expected(vietnamese, i))
		case expected(vietnamese, i) != expected(english, i):
			t.Errorf("the Vietnamese tutorial expects something else of\n%s", b.code)
		}
	}
	if steps < 7 {
		t.Errorf("the tutorial has %d steps", steps)
	}
}

// expected is what a page shows below a block of commands.
func expected(all []block, i int) string {
	if i+1 < len(all) && all[i+1].language == "text" {
		return all[i+1].code
	}
	return ""
}

// reader follows a page in a folder of its own.
type reader struct {
	*served
	dir, library string
}

func newReader(t *testing.T) *reader {
	t.Helper()
	home := t.TempDir()
	library, err := engine.FindLibrary("")
	if err != nil {
		t.Fatal(err)
	}
	program := fmt.Sprintf("#!/bin/sh\n%s=1 exec '%s' \"$@\"\n", beProgram, os.Args[0])
	if err := os.WriteFile(filepath.Join(home, "niengiam"), []byte(program), 0o700); err != nil {
		t.Fatal(err)
	}
	return &reader{served: &served{t: t, ended: make(chan struct{})}, dir: home, library: library}
}

// follow runs one block of commands and compares what it prints.
func (r *reader) follow(b block, expected string) {
	r.t.Helper()
	environment := fmt.Sprintf("export PATH='%s':\"$PATH\" NIENGIAM_WAREHOUSE_LIBRARY='%s'\n[ ! -d my-figures ] || cd my-figures\n", r.dir, r.library)
	var printed string
	if strings.HasPrefix(b.code, "niengiam serve") {
		command := asProgram(context.Background(), strings.Fields(b.code)[1:]...)
		command.Dir = filepath.Join(r.dir, "my-figures")
		command.Env = append(command.Env, "NIENGIAM_ADDR=127.0.0.1:0", "NIENGIAM_WAREHOUSE_LIBRARY="+r.library)
		r.begin(command)
		r.t.Cleanup(r.stop)
		r.waitForAddress()
		printed = strings.ReplaceAll(r.printed(), r.address, "http://127.0.0.1:8080")
	} else {
		printed = r.shell(r.dir, environment+b.code)
	}
	for line := range strings.Lines(expected) {
		has := func() bool { return strings.Contains(printed, strings.TrimSpace(line)) }
		// Whoever asks as fast as this may be before the program has seen what another one published.
		for deadline := time.Now().Add(patience); !has() && strings.HasPrefix(b.code, "curl ") && time.Now().Before(deadline); time.Sleep(watchTime) {
			printed = r.shell(r.dir, environment+b.code)
		}
		if !has() {
			r.t.Fatalf("%s: after\n%s\nthe page shows\n%s\nand this was printed:\n%s", b.file, b.code, line, printed)
		}
	}
}
