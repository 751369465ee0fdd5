package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// breakAt makes a load of the program break itself where it crosses a fault point: "kill 3"
// where it crosses the third.
const breakAt = "NIENGIAM_BREAK_AT"

// faultPoint is what a load crosses where it enters a stage or goes on in it; nil for none.
func faultPoint(how string) func(stage string, done int) {
	var strike string
	var at, crossed int
	if n, _ := fmt.Sscan(how, &strike, &at); n == 0 {
		return nil
	}
	return func(stage string, done int) {
		switch crossed++; {
		case strike == "tell":
			fmt.Fprintf(os.Stderr, "point %s %d\n", stage, done)
		case crossed != at:
		case strike == "kill":
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		case strike == "term":
			_ = syscall.Kill(os.Getpid(), syscall.SIGTERM)
			time.Sleep(20 * time.Millisecond) // the signal is heard beside what runs
		case strike == "hang":
			fmt.Fprintln(os.Stderr, "hangs")
			select {}
		}
	}
}

// invention is a workspace of invented figures whose loads are broken, beside a program that
// serves it.
type invention struct {
	*served
	dir   string
	years int
}

func newInvention(t *testing.T, args ...string) *invention {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "workspace")
	if err := os.CopyFS(dir, os.DirFS(invented)); err != nil {
		t.Fatal(err)
	}
	settings := read(t, filepath.Join(dir, "niengiam.yaml"))
	before, _, _ := strings.Cut(settings, "deliveries:\n")
	_, sources, _ := strings.Cut(settings, "sources:\n")
	write(t, filepath.Join(dir, "niengiam.yaml"), before+"sources:\n"+strings.Replace(sources, "[cases.csv]", `["cases*.csv"]`, 1))
	if err := os.Remove(filepath.Join(dir, "cases.csv")); err != nil {
		t.Fatal(err)
	}
	i := &invention{served: &served{t: t}, dir: dir}
	i.next()
	i.served = serve(t, append([]string{"--workspace", dir}, args...)...)
	return i
}

// next writes the figures of another year.
func (i *invention) next() {
	i.t.Helper()
	year := 1900 + i.years
	i.years++
	content := "code,year,cases,published,note,source\n"
	for n, unit := range []string{"A", "B", "C", "D"} {
		content += fmt.Sprintf("%s,%d,%d,%d-03-01,,https://example.org/invented\n", unit, year, 1000*i.years+n, year+1)
	}
	write(i.t, filepath.Join(i.dir, fmt.Sprintf("cases%d.csv", year)), content)
}

// load runs a load that breaks itself; "" for one that does not.
func (i *invention) load(how string) (errs string, code int) {
	i.t.Helper()
	ctx, cancel := context.WithTimeout(i.t.Context(), patience)
	defer cancel()
	command := asProgram(ctx, "load", "--workspace", i.dir, "--data", i.data)
	command.Env = append(command.Env, breakAt+"="+how)
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	_ = command.Run() // how it ended, its code says
	return out.String(), command.ProcessState.ExitCode()
}

func TestX(t *testing.T) {
	i := newInvention(t)
	i.next()
	begin := time.Now()
	errs, code := i.load("tell 0")
	t.Log(time.Since(begin), errs, code)
	for range 5 {
		i.next()
		begin = time.Now()
		errs, code := i.load("")
		t.Log(time.Since(begin), errs, code)
	}
}
