package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/graph/question"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/engine"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
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
// serves it from a disk of its own, which can be full.
type invention struct {
	*served
	dir     string
	disk    string // as it is seen from here
	years   int
	network *warehousetest.Network
	store   *warehouse.Warehouse // by way of the network
}

// diskSize is that of a disk: what an engine with some hundred small releases needs twice over.
const diskSize = "300m"

func newInvention(t *testing.T) *invention {
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
	i := &invention{dir: dir, served: &served{t: t, ended: make(chan struct{})}}
	i.next()
	mount := t.TempDir()
	i.data = filepath.Join(mount, "data")
	program := asProgram(context.Background(), "serve", "--addr", "127.0.0.1:0", "--workspace", dir, "--data", i.data)
	// A namespace of its own needs no right to mount on the machine, where users may have one.
	program.Args = slices.Concat([]string{"unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
		`mount -t tmpfs -o size=` + diskSize + ` tmpfs "$0" && exec "$@"`, mount, os.Args[0]}, program.Args[1:])
	var err error
	if program.Path, err = exec.LookPath("unshare"); err != nil {
		t.Fatal(err)
	}
	i.begin(program)
	t.Cleanup(i.stop)
	i.waitForAddress()
	i.disk = filepath.Join("/proc", strconv.Itoa(i.command.Process.Pid), "root", mount)
	i.data = filepath.Join(i.disk, "data")
	i.network = warehousetest.NewNetwork(t)
	i.store = i.open("niengiam", 3*time.Second)
	return i
}

// open opens a database of the engine that serves, as another program of the same user does.
func (i *invention) open(database string, limit time.Duration) *warehouse.Warehouse {
	i.t.Helper()
	running, err := engine.Attach(filepath.Join(i.data, "engine"))
	if err != nil {
		i.t.Fatal(err)
	}
	return warehousetest.Open(i.t, warehouse.Config{Options: i.network.Options(running.Options), Database: database, AnswerLimit: limit})
}

// next writes the figures of another year.
func (i *invention) next() {
	i.t.Helper()
	i.years++
	i.state(i.years, 0)
}

// state writes the figures of a year, those of one unit higher by something.
func (i *invention) state(nth, more int) {
	i.t.Helper()
	year := 1899 + nth
	content := "code,year,cases,published,note,source\n"
	for n, unit := range []string{"A", "B", "C", "D"} {
		content += fmt.Sprintf("%s,%d,%d,%d-03-01,,https://example.org/invented\n", unit, year, 1000*nth+n+more, year+1)
		more = 0
	}
	write(i.t, filepath.Join(i.dir, fmt.Sprintf("cases%d.csv", year)), content)
}

// pipeline loads in this process, on a warehouse.
func (i *invention) pipeline(store *warehouse.Warehouse, faultPoint func(stage string, done int)) *etl.Pipeline {
	i.t.Helper()
	w, err := workspace.Read(i.dir, question.Set{})
	if err != nil {
		i.t.Fatal(err)
	}
	s := &session{Settings: &Settings{Data: i.data}, log: slog.New(slog.DiscardHandler), faultPoint: faultPoint}
	return s.pipeline(w, store, time.Minute, nil)
}

// program loads in a process of its own, which breaks itself.
func (i *invention) program(how string) (printed string, code int) {
	i.t.Helper()
	ctx, cancel := context.WithTimeout(i.t.Context(), patience)
	defer cancel()
	command := asProgram(ctx, "load", "--workspace", i.dir, "--data", i.data)
	command.Env = append(command.Env, breakAt+"="+how)
	output, _ := command.CombinedOutput() // how it ended, its code says
	return string(output), command.ProcessState.ExitCode()
}

// full fills the disk of the program to the last byte, and gives what empties it again.
func (i *invention) full() (empty func()) {
	i.t.Helper()
	name := filepath.Join(i.disk, "filler")
	filler, err := os.Create(name)
	if err != nil {
		i.t.Fatal(err)
	}
	block := make([]byte, 1<<20)
	for size := len(block); size > 0; {
		if _, err := filler.Write(block[:size]); err != nil {
			size /= 2
		}
	}
	_ = filler.Close() // it is to hold nothing
	return func() {
		if err := os.Remove(name); err != nil {
			i.t.Error(err)
		}
	}
}

// asked returns what a statement of testdata gives, as lines.
func (i *invention) asked(store *warehouse.Warehouse, name string) string {
	i.t.Helper()
	rows, err := store.Query(i.t.Context(), statement(i.t, name), 0)
	if err != nil {
		i.t.Fatal(err)
	}
	defer func() { _ = rows.Close() }() // it was read
	var lines strings.Builder
	for row, ok := rows.Next(); ok; row, ok = rows.Next() {
		fmt.Fprintln(&lines, row...)
	}
	return lines.String()
}

// faults are what breaks a load at a point, in the program or beside it. Each returns what
// mends it.
func (i *invention) faults() map[string]func() (mend func()) {
	child := func() int { return childOf(i.t, i.command.Process.Pid) }
	return map[string]func() func(){
		"full disk": i.full,
		"dead engine": func() func() {
			kill(i.t, child())
			return func() {}
		},
		"hung engine": func() func() {
			pid := child()
			_ = syscall.Kill(pid, syscall.SIGSTOP) // it lives until it is told otherwise
			return func() { _ = syscall.Kill(pid, syscall.SIGCONT) }
		},
		"network cut": func() func() {
			i.network.Cut()
			return i.network.Mend
		},
	}
}

// Whatever breaks a load at any of its stages (a full disk, an engine that dies or hangs, a
// network that is cut, kill -9, SIGTERM): it is told with a code, the next load ends where an
// undisturbed one does, and nothing is left behind.
func TestFaultsAtEachStage(t *testing.T) {
	t.Parallel()
	i := newInvention(t)
	printed, code := i.program("tell 0")
	if code != 0 {
		t.Fatalf("exit %d:\n%s", code, printed)
	}
	var points []string
	for line := range strings.Lines(printed) {
		if point, is := strings.CutPrefix(line, "point "); is {
			points = append(points, strings.TrimSpace(point))
		}
	}
	if len(points) < 12 {
		t.Fatalf("points: %v", points)
	}
	for at, point := range points {
		for name, strike := range i.faults() {
			i.broken(point+": "+name, ledger.Published, func() error { return i.struck(at, strike) })
		}
		for how, exit := range map[string]int{"kill": -1, "term": 1} {
			i.broken(point+": "+how, ledger.Published, func() error {
				if printed, code := i.program(fmt.Sprintf("%s %d", how, at+1)); code != exit && !(how == "term" && code == 0) {
					return fmt.Errorf("exit %d, want %d:\n%s", code, exit, printed)
				}
				return nil
			})
		}
	}
	fresh := i.open("undisturbed", time.Minute)
	if run, err := i.pipeline(fresh, nil).Run(t.Context(), "invented", "test", nil); err != nil || run.Outcome != ledger.Published {
		t.Fatalf("%+v, %v", run, err)
	}
	if got, want := i.asked(i.store, "sums"), i.asked(fresh, "sums"); got != want || strings.Count(got, "\n") != i.years {
		t.Errorf("after all faults:\n%s\nundisturbed:\n%s", got, want)
	}
}

// struck loads in this process and strikes where the load crosses a point.
func (i *invention) struck(at int, strike func() (mend func())) error {
	mend, crossed := func() {}, -1
	pipeline := i.pipeline(i.store, func(string, int) {
		if crossed++; crossed == at {
			mend = strike()
		}
	})
	ctx, cancel := context.WithTimeout(i.t.Context(), patience)
	defer cancel()
	_, err := pipeline.Run(ctx, "invented", "test", nil)
	mend()
	if err != nil && number.CodeOf(err) == "" {
		return fmt.Errorf("an error without a code: %w", err)
	}
	return nil
}

// broken writes figures of another year, breaks their load, and loads them again.
func (i *invention) broken(name string, want ledger.Outcome, load func() error) {
	i.t.Helper()
	i.next()
	begin := time.Now()
	if err := load(); err != nil {
		i.t.Errorf("%s: %v", name, err)
	}
	took := time.Since(begin)
	var run ledger.Run
	var err error
	i.eventually(func() bool { // an engine that died is started anew meanwhile
		run, err = i.pipeline(i.store, nil).Run(i.t.Context(), "invented", "test", nil)
		return number.CodeOf(err) != engine.EngineDown
	})
	if err != nil || run.Outcome != want && run.Outcome != ledger.Unchanged {
		i.t.Errorf("%s: the next load: %+v, %v", name, run, err)
	}
	i.t.Logf("%s: %s, %s", name, took, run.Outcome)
	if got := i.asked(i.store, "remains"); got != "" {
		i.t.Errorf("%s: what is left:\n%s", name, got)
	}
	if left, err := filepath.Glob(filepath.Join(i.data, "snapshots", ".*")); err != nil || len(left) > 0 {
		i.t.Errorf("%s: files that are left: %v, %v", name, left, err)
	}
}
