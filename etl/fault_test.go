package etl_test

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// tearing is a sink that breaks at one of its writes: before it is done or after, so that
// its answer is lost; and dies there for good, or fails once.
type tearing struct {
	*memory
	at, count int // the write that breaks, from 1; 0: none
	after     bool
	kill      bool // the program dies in that moment
	dead      bool // nothing answers any more
}

var errDown = &number.Error{Code: "ENGINE_DOWN", Message: number.Say("the connection to ClickHouse broke")}

// do performs a write, unless it breaks.
func (s *tearing) do(write func() error) error {
	if s.dead {
		return errDown
	}
	s.count++
	if s.count != s.at {
		return write()
	}
	s.dead = !s.kill
	if s.after {
		if err := write(); err != nil {
			return err
		}
	}
	if s.kill {
		runtime.Goexit() // locks are given back, as the system does it, and nothing else is done
	}
	return errDown
}

func (s *tearing) Claim(ctx context.Context, count int) (id ledger.ReleaseID, err error) {
	err = s.do(func() (err error) { id, err = s.memory.Claim(ctx, count); return err })
	return id, err
}

func (s *tearing) Stage(ctx context.Context, observations []ledger.Observation, postings []ledger.Posting) error {
	return s.do(func() error { return s.memory.Stage(ctx, observations, postings) })
}

func (s *tearing) PublishAll(ctx context.Context, after ledger.ReleaseID, all []ledger.PendingRelease) error {
	return s.do(func() error { return s.memory.PublishAll(ctx, after, all) })
}

func (s *tearing) HoldAll(ctx context.Context, r *ledger.Restatement, cells iter.Seq2[*ledger.PendingCell, error]) error {
	return s.do(func() error { return s.memory.HoldAll(ctx, r, cells) })
}

func (s *tearing) Decide(ctx context.Context, d ledger.Decision) error {
	return s.do(func() error { return s.memory.Decide(ctx, d) })
}

func (s *tearing) StartRun(ctx context.Context, run ledger.Run) error {
	return s.do(func() error { return s.memory.StartRun(ctx, run) })
}

func (s *tearing) EndRun(ctx context.Context, run ledger.Run, rejects []ledger.Reject) error {
	return s.do(func() error { return s.memory.EndRun(ctx, run, rejects) })
}

// A step is a load or a decision; what came before it is done without faults.
type step struct {
	before []func(*office) error
	do     func(*office) error
}

// rows loads a file.
func rows(content string) func(*office) error {
	return func(o *office) error {
		o.write("in.csv", header+content)
		_, err := o.pipeline().Run(o.context(), "long", "test", nil)
		return err
	}
}

// approving approves what is pending, if anything still is.
func approving(o *office) error {
	all, err := o.sink.Restatements(o.t.Context())
	if err != nil || len(all) == 0 || all[0].State != ledger.Pending {
		return err
	}
	_, err = o.manager().Approve(o.context(), all[0].ID.String(), "An", "right", false)
	return err
}

// withdrawing withdraws the last release of the source, unless that is done.
func withdrawing(o *office) error {
	if last := o.sink.releases[len(o.sink.releases)-1]; last.Withdraws == 0 {
		_, err := o.manager().Withdraw(o.context(), last.ID.String(), nil, "An", "wrong")
		return err
	}
	return nil
}

var steps = map[string]step{
	"publish":   {do: rows(threeDates)},
	"hold":      {before: []func(*office) error{rows(threeDates)}, do: rows(strings.Replace(threeDates, "97,119,2021-03-12", "98,119,2021-03-12", 1))},
	"supersede": {before: []func(*office) error{rows(threeDates), rows(strings.Replace(threeDates, "97,119,2021-03-12", "98,119,2021-03-12", 1))}, do: rows(strings.Replace(threeDates, "97,119,2021-03-12", "99,119,2021-03-12", 1))},
	"approve":   {before: []func(*office) error{rows(threeDates), rows(strings.Replace(threeDates, "97,119,2021-03-12", "98,119,2021-03-12", 1))}, do: approving},
	"withdraw":  {before: []func(*office) error{rows(threeDates)}, do: withdrawing},
}

// at brings an office to where a step begins.
func (s step) at(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	for _, before := range s.before {
		if err := before(o); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

// published writes all that readers can see, and what waits; not the numbers of releases, which
// may have gaps.
func (o *office) published() string {
	var lines []string
	for _, obs := range o.sink.observations {
		if o.sink.visible(obs.At.Release) {
			lines = append(lines, fmt.Sprint(obs.CellKey, obs.At.Published, obs.Since, obs.Value, obs.Denominator, obs.Status))
		}
	}
	for _, p := range o.sink.postings {
		if o.sink.visible(p.Loaded) {
			lines = append(lines, fmt.Sprint(p.CellKey, p.At.Published, p.Sign, p.Value))
		}
	}
	slices.Sort(lines)
	for _, r := range o.sink.releases {
		lines = append(lines, fmt.Sprint("release ", r.Published, r.Added, r.Revised, r.Corrects, r.Withdraws != 0))
	}
	all, _ := o.sink.Restatements(o.t.Context()) // one in memory does not fail
	for _, r := range all {
		lines = append(lines, fmt.Sprint("restatement ", r.State, r.Digest))
	}
	return strings.Join(lines, "\n")
}

// clean reports what a fault has left behind that the next step had to remove.
func (o *office) clean() error {
	for _, obs := range o.sink.observations {
		if !o.sink.visible(obs.At.Release) {
			return fmt.Errorf("rows of release %s, which was never published", obs.At.Release)
		}
	}
	for _, run := range o.sink.runs {
		if run.Outcome == ledger.Running {
			return fmt.Errorf("run %s of %s seems to run still", run.ID, run.Source)
		}
	}
	left, err := filepath.Glob(filepath.Join(o.dir, "snapshots", ".*"))
	if len(left) > 0 {
		return fmt.Errorf("files %v", left)
	}
	return err
}

// Whatever breaks a load or a decision, wherever it does: after it the same step, done again,
// ends where an undisturbed one does, and nothing is left behind.
func TestFaultPoints(t *testing.T) {
	t.Parallel()
	for name, s := range steps {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := s.at(t)
			var points []string // in the order in which an undisturbed step crosses them
			o.fault = func(stage string, done int) { points = append(points, fmt.Sprintf("%s at %d", stage, done)) }
			writes := &tearing{memory: o.sink}
			o.wrap = func(etl.Sink) etl.Sink { return writes }
			if err := s.do(o); err != nil {
				t.Fatal(err)
			}
			want := o.published()
			for at, point := range points {
				for kind, strike := range map[string]func(cancel func()){
					"cancelled": func(cancel func()) { cancel() },
					"killed":    func(func()) { runtime.Goexit() },
				} {
					s.again(t, point+" "+kind, want, func(o *office, cancel func()) {
						crossed := -1
						o.fault = func(string, int) {
							if crossed++; crossed == at {
								strike(cancel)
							}
						}
					})
				}
			}
			for at := range writes.count {
				for _, sink := range []tearing{{}, {after: true}, {kill: true}, {after: true, kill: true}} {
					sink.at = at + 1
					s.again(t, fmt.Sprintf("write %d after %v kill %v", sink.at, sink.after, sink.kill), want, func(o *office, _ func()) {
						sink.memory = o.sink
						o.wrap = func(etl.Sink) etl.Sink { return &sink }
					})
				}
			}
			t.Logf("%d points, %d writes", len(points), writes.count)
		})
	}
}

// again does a step that breaks, and then once more without a fault.
func (s step) again(t *testing.T, fault, want string, arm func(o *office, cancel func())) {
	t.Helper()
	o := s.at(t)
	ctx, cancel := context.WithCancel(t.Context())
	arm(o, cancel)
	over := make(chan struct{})
	go func() { // a killed one takes its goroutine with it
		defer close(over)
		o.ctx = ctx
		_ = s.do(o) // it may fail or not: what counts is what comes after it
	}()
	<-over
	cancel()
	o.fault, o.wrap, o.ctx = nil, nil, nil
	if err := s.do(o); err != nil {
		t.Errorf("%s: the next one fails: %v", fault, err)
		return
	}
	if got := o.published(); got != want {
		t.Errorf("%s: after the next one:\n%s\nwant:\n%s", fault, got, want)
	}
	if err := o.clean(); err != nil {
		t.Errorf("%s: what is left: %v", fault, err)
	}
}

// A panic is a fault of the program in one load, and recorded as such.
func TestPanicAtEachStage(t *testing.T) {
	t.Parallel()
	for _, stage := range []string{ledger.StageFetch, ledger.StageSnapshot, ledger.StageParse, ledger.StageMap, ledger.StageDiff, ledger.StageCheck, ledger.StageStage, ledger.StagePublish} {
		o := newOffice(t)
		o.fault = func(at string, _ int) {
			if at == stage {
				panic("a bug")
			}
		}
		if run, err := o.load(threeDates); run.Outcome != ledger.Failed || number.CodeOf(err) != etl.LoadFailed {
			t.Errorf("%s: %+v %v", stage, run, err)
		}
		o.fault = nil
		o.must(ledger.Published, threeDates)
	}
}

// A file that was kept by a run that was killed goes when the next run reads another one.
func TestSnapshotOfAKilledRun(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.fault = func(stage string, _ int) {
		if stage == ledger.StageDiff {
			runtime.Goexit()
		}
	}
	over := make(chan struct{})
	go func() { defer close(over); _ = rows(threeDates)(o) }()
	<-over
	o.fault = nil
	if err := os.WriteFile(filepath.Join(o.dir, "snapshots", ".incoming-1"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	o.must(ledger.Published, first)
	kept, err := os.ReadDir(filepath.Join(o.dir, "snapshots"))
	if err != nil || len(kept) != 1 {
		t.Errorf("%v, %v", kept, err)
	}
	interrupted := 0
	for _, run := range o.sink.runs {
		if strings.Contains(run.Error.EN, "killed in the load") && strings.Contains(run.Error.VI, "bị ngắt") {
			interrupted++
		}
	}
	if interrupted != 1 {
		t.Errorf("%d runs were interrupted: %+v", interrupted, o.sink.runs)
	}
}
