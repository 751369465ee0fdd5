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
	"sync"
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

// breakAt makes a load of the program break itself at a point: "kill publish".
const breakAt = "NIENGIAM_BREAK_AT"

// faultPoint is what a load crosses where it enters a stage or goes on in it; nil for none.
func faultPoint(how string) func(stage string, done int) {
	strike, at, broken := strings.Cut(how, " ")
	if !broken {
		return nil
	}
	var once sync.Once
	return func(stage string, done int) {
		if point(stage, done) == at {
			once.Do(strikes[strike])
		}
	}
}

// point names a fault point: the stage that is entered, with a + where it goes on in it.
func point(stage string, done int) string {
	if done > 0 {
		return stage + "+"
	}
	return stage
}

// strikes are what a program does to itself.
var strikes = map[string]func(){
	"kill": func() {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	},
	"term": func() {
		_ = syscall.Kill(os.Getpid(), syscall.SIGTERM)
		time.Sleep(20 * time.Millisecond) // the signal is heard beside what runs
	},
	"hang": func() {
		fmt.Fprintln(os.Stderr, "hangs")
		select {}
	},
}

// invention is a workspace of invented figures whose loads are broken, beside a program that
// serves it from a disk of its own, which can be full.
type invention struct {
	*served
	dir     string
	disk    string // as it is seen from here
	years   int
	network *warehousetest.Network
	store   *warehouse.Warehouse // by a way that nothing breaks
	brittle *warehouse.Warehouse // by way of the network, and without much patience
	news    func()               // writes figures that were not loaded before
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
	i.store = i.open(warehouse.Config{Database: "niengiam"})
	i.brittle = i.open(warehouse.Config{Database: "niengiam", AnswerLimit: 1200 * time.Millisecond})
	return i
}

// open opens a database of the engine that serves, as another program of the same user does:
// by way of the network where it does not wait for ever.
func (i *invention) open(config warehouse.Config) *warehouse.Warehouse {
	i.t.Helper()
	running, err := engine.Attach(filepath.Join(i.data, "engine"))
	if err != nil {
		i.t.Fatal(err)
	}
	config.Options = running.Options
	if config.AnswerLimit > 0 {
		config.Options = i.network.Options(running.Options)
	}
	return warehousetest.Open(i.t, config)
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
	return s.pipeline(w, &opened{Warehouse: store}, time.Minute, nil)
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

// A fault is what breaks a load, in the program or beside it.
type fault struct {
	name string
	code number.Code // that it is told with; "" where the program itself is struck
	// load loads and is broken at a point. It reports whether the load said that it came to
	// its end.
	load func(i *invention, at string) (acknowledged bool)
	late bool // it may carry out afterwards what it was told before
}

// Those in the program strike it themselves; of those beside it each returns what mends it.
var faults = []fault{
	{"kill -9", "", byItself("kill", -1), false},
	{"SIGTERM", "", byItself("term", 1), false},
	{"full disk", engine.EngineDiskFull, beside(engine.EngineDiskFull, (*invention).full), false},
	{"dead engine", engine.EngineDown, beside(engine.EngineDown, func(i *invention) (mend func()) {
		kill(i.t, i.child())
		return func() {}
	}), false},
	{"hung engine", engine.EngineDown, beside(engine.EngineDown, func(i *invention) (mend func()) {
		pid := i.child()
		_ = syscall.Kill(pid, syscall.SIGSTOP) // it lives until it is told otherwise
		return func() { _ = syscall.Kill(pid, syscall.SIGCONT) }
	}), true},
	{"network cut", engine.EngineDown, beside(engine.EngineDown, func(i *invention) (mend func()) {
		i.network.Cut()
		return i.network.Mend
	}), false},
}

func (i *invention) child() int { return childOf(i.t, i.command.Process.Pid) }

// byItself breaks a program that loads.
func byItself(strike string, exit int) func(i *invention, at string) bool {
	return func(i *invention, at string) bool {
		printed, code := i.program(strike + " " + at)
		if code != exit && code != 0 {
			i.t.Errorf("%s at %s: exit %d, want %d:\n%s", strike, at, code, exit, printed)
		}
		return code == 0
	}
}

// beside breaks what a load in this process needs; the load says so, unless it can do without.
func beside(code number.Code, strike func(i *invention) (mend func())) func(i *invention, at string) bool {
	return func(i *invention, at string) bool {
		mend, struck := func() {}, false
		var err error
		pipeline := i.pipeline(i.brittle, func(stage string, done int) {
			if point(stage, done) == at && !struck {
				mend, struck = strike(i), true
			}
		})
		for range 5 { // a busy machine may be slower than the limit before that
			_, err = pipeline.Run(i.t.Context(), "invented", "test", nil)
			if mend(); struck {
				break
			}
			i.news()
		}
		told := number.CodeOf(err)
		if told == engine.EngineBusy && code == engine.EngineDown { // it was about to be asked over a new connection
			told = code
		}
		if !struck || err != nil && told != code {
			i.t.Errorf("at %s, crossed %v: want %s: %v", at, struck, code, err)
		}
		return err == nil
	}
}

// Whatever breaks a load at any of its stages (kill -9, SIGTERM, a full disk, an engine that
// dies or hangs, a network that is cut): it is told with a code, the next load ends where an
// undisturbed one does, and nothing is left behind.
func TestFaultsAtEachStage(t *testing.T) {
	t.Parallel()
	i := newInvention(t)
	stages := []string{ledger.StageFetch, ledger.StageSnapshot, ledger.StageParse, ledger.StageCheck, ledger.StageStage, ledger.StagePublish, ledger.StagePublish + "+", ledger.StageRecord}
	soaks := os.Getenv(soaking) != ""
	if soaks {
		stages = nil
		for _, stage := range ledger.Stages() {
			switch stage {
			case ledger.StageWait, ledger.StageHold:
			case ledger.StageFetch, ledger.StageParse, ledger.StageDiff, ledger.StageCheck:
				stages = append(stages, stage)
			case ledger.StageMap: // told with rows that it has mapped
				stages = append(stages, stage+"+")
			default:
				stages = append(stages, stage, stage+"+")
			}
		}
	}
	i.news = i.next
	for _, fault := range faults {
		for _, at := range stages {
			if fault.code != "" && at == ledger.StageParse && !soaks {
				continue // nothing is asked of the world before the next stage
			}
			i.broken(fault, at, ledger.Published)
		}
	}
	more := 0
	i.news = func() { more++; i.state(1, more) }
	for _, fault := range faults {
		for _, at := range []string{ledger.StageHold, ledger.StageHold + "+"} {
			i.broken(fault, at, ledger.Waiting)
		}
	}
	i.state(1, 0)
	i.interruptedTwice()
	fresh := i.open(warehouse.Config{Database: "undisturbed"})
	if run, err := i.pipeline(fresh, nil).Run(t.Context(), "invented", "test", nil); err != nil || run.Outcome != ledger.Published {
		t.Fatalf("%+v, %v", run, err)
	}
	if got, want := asked(i.t, i.store, "sums"), asked(t, fresh, "sums"); got != want || strings.Count(got, "\n") != i.years {
		t.Errorf("after all faults:\n%s\nundisturbed:\n%s", got, want)
	}
}

// broken breaks the load of what is new, and loads it again.
func (i *invention) broken(by fault, at string, want ledger.Outcome) {
	i.t.Helper()
	i.news()
	name, begin := by.name+" at "+at, time.Now()
	acknowledged := by.load(i, at)
	took := time.Since(begin)
	run := i.loaded()
	if run.Outcome != want && run.Outcome != ledger.Unchanged || acknowledged && run.Added > 0 {
		i.t.Errorf("%s: acknowledged %v, the next load: %+v", name, acknowledged, run)
	}
	i.t.Logf("%s: %s, acknowledged %v, then %s", name, took, acknowledged, run.Outcome)
	got := asked(i.t, i.store, "remains")
	if got != "" && by.late { // written when that load had looked already: one after it removes it
		i.eventually(func() bool {
			i.loaded()
			got = asked(i.t, i.store, "remains")
			return got == ""
		})
	}
	if got != "" {
		i.t.Errorf("%s: what is left:\n%s", name, got)
	}
	if left, err := filepath.Glob(filepath.Join(i.data, "snapshots", ".*")); err != nil || len(left) > 0 {
		i.t.Errorf("%s: files that are left: %v, %v", name, left, err)
	}
	all, err := i.store.Restatements(i.t.Context())
	if err != nil {
		i.t.Fatal(err)
	}
	pending := len(slices.DeleteFunc(all, func(r *ledger.Restatement) bool { return r.State != ledger.Pending }))
	if (pending == 1) != (want == ledger.Waiting) {
		i.t.Errorf("%s: %d restatements wait", name, pending)
	}
}

// loaded loads without a fault, as soon as an engine that died is there again.
func (i *invention) loaded() (run ledger.Run) {
	i.t.Helper()
	i.eventually(func() bool {
		var err error
		run, err = i.pipeline(i.store, nil).Run(i.t.Context(), "invented", "test", nil)
		if err != nil && number.CodeOf(err) != engine.EngineDown {
			i.t.Errorf("a load without a fault: %+v, %v", run, err)
		}
		return err == nil
	})
	return run
}

// Who interrupts once gets an end in peace, who does it twice an end at once: here of a load
// that hangs. The next one goes on.
func (i *invention) interruptedTwice() {
	i.t.Helper()
	i.next()
	ctx, cancel := context.WithTimeout(i.t.Context(), patience)
	defer cancel()
	command := asProgram(ctx, "load", "--workspace", i.dir, "--data", i.data)
	command.Env = append(command.Env, breakAt+"=hang "+ledger.StageStage)
	said, err := command.StderrPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		i.t.Fatal(err)
	}
	_, _ = said.Read(make([]byte, 1)) // it hangs
	for range 2 {
		_ = command.Process.Signal(syscall.SIGINT)
		time.Sleep(100 * time.Millisecond) // two signals at once are one
	}
	begin := time.Now()
	_ = command.Wait() // how it ended, its state says
	if status, _ := command.ProcessState.Sys().(syscall.WaitStatus); !status.Signaled() || status.Signal() != syscall.SIGINT || time.Since(begin) > 10*time.Second {
		i.t.Errorf("%s after %s", command.ProcessState, time.Since(begin))
	}
	if run := i.loaded(); run.Outcome != ledger.Published {
		i.t.Errorf("the next load: %+v", run)
	}
}
