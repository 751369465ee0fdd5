package etl_test

import (
	"testing"
	"time"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/etltest"
	"github.com/niengiam/niengiam/etl/schedule"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Two programs with the same schedule on one warehouse: each run that is due is made once.
// One that was killed in a run has not made it.
func TestTwoProgramsRunEachJobOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.wait = time.Minute
	o.write("in.csv", header+threeDates)
	due := time.Date(2025, 7, 1, 6, 0, 0, 0, time.UTC)
	order := etl.Order{Source: "long", Actor: etl.BySchedule, Due: due}
	runs := make(chan ledger.Run, 2)
	for range 2 {
		program := o.pipeline()
		go func() {
			run, err := program.Load(t.Context(), order)
			if err != nil {
				t.Error(err)
			}
			runs <- run
		}()
	}
	first, second := etltest.Receive(t, runs), etltest.Receive(t, runs)
	if first.ID != second.ID || first.Outcome != ledger.Published || second.Outcome != ledger.Published || len(o.sink.runs) != 1 {
		t.Errorf("%d runs: %+v and %+v", len(o.sink.runs), first, second)
	}
	killed := ledger.Run{ID: "zzz", Source: "long", Actor: etl.BySchedule, Due: due.Add(time.Hour), StartedAt: due.Add(7 * time.Hour), Outcome: ledger.Running}
	if err := o.sink.StartRun(t.Context(), killed); err != nil {
		t.Fatal(err)
	}
	if last, known := schedule.NewRecord(t.Context(), o.sink, o.log.Logger()).Last("long"); !known || !last.Before(killed.Due) {
		t.Errorf("the run that was killed counts as one that began: %v %v", last, known)
	}
	order.Due = killed.Due
	if run, err := o.pipeline().Load(t.Context(), order); err != nil || run.ID == killed.ID || run.Outcome != ledger.Unchanged {
		t.Errorf("after a kill: %+v, %v", run, err)
	}
}

// A run that was due and was killed is made again, also where its end was told in the record
// before the schedules were looked at.
func TestKilledRunsAreMadeAgain(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.write("in.csv", header+threeDates)
	due := time.Date(2025, 7, 1, 6, 0, 0, 0, time.UTC)
	killed := ledger.Run{ID: "zzz", Source: "long", Actor: etl.BySchedule, Due: due, StartedAt: due, Outcome: ledger.Running}
	if err := o.sink.StartRun(t.Context(), killed); err != nil {
		t.Fatal(err)
	}
	p := o.pipeline()
	if err := p.Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
	if last, known := schedule.NewRecord(t.Context(), o.sink, o.log.Logger()).Last("long"); !known || !last.Before(due) {
		t.Errorf("the run that was killed counts as one that began: %v %v", last, known)
	}
	run, err := p.Load(t.Context(), etl.Order{Source: "long", Actor: etl.BySchedule, Due: due})
	if err != nil || run.ID == killed.ID || run.Outcome != ledger.Published {
		t.Errorf("after a kill: %+v, %v", run, err)
	}
}

// A load that takes longer than its source allows is stopped, and nothing of it is seen.
func TestLoadsHaveTheirTime(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.write("in.csv", header+threeDates)
	p := o.pipeline()
	p.Workspace.Source("long").Timeout = 10 * time.Millisecond
	o.sink.onStage = func() { time.Sleep(30 * time.Millisecond) }
	run, err := p.Run(t.Context(), "long", "test", nil)
	if number.CodeOf(err) != etl.LoadTimedOut || run.Outcome != ledger.Failed || run.Error.VI == "" || len(o.sink.releases) != 0 {
		t.Errorf("%+v, %v, %d releases", run, err, len(o.sink.releases))
	}
	o.sink.onStage = nil
	o.must(ledger.Published, threeDates)
}

// A back-fill loads and compares some years of a source; all else stays as it is, what
// awaits approval for other years included, and the next whole load has the rest.
func TestBackFillOfYears(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	fill := func(years string) ledger.Run {
		t.Helper()
		span, err := etl.ParseYears(years)
		if err != nil {
			t.Fatal(err)
		}
		run, err := o.pipeline().Load(t.Context(), etl.Order{Source: "long", Actor: "test", Years: span})
		if err != nil {
			t.Fatal(err)
		}
		return run
	}
	o.write("in.csv", header+threeDates)
	if run := fill("2018..2019"); run.Outcome != ledger.Published || run.Added != 3 || run.Years != "2018..2019" {
		t.Errorf("%+v", run)
	}
	o.is("83", "criterion-19-2", "89", 2019)
	o.is("none", "criterion-19-2", "89", 2020)
	if run := fill("..2019"); run.Outcome != ledger.Unchanged {
		t.Errorf("the same years again: %+v", run)
	}
	if run := o.must(ledger.Published, threeDates); run.Added != 1 {
		t.Errorf("the whole load after it: %+v", run)
	}
	// A row of another year goes and one changes: of the year 2018 nothing does.
	changed := header + "89,criterion-19-2,2020,90,119,2021-03-12,,,,B\n89,criterion-19-2,2018,78,119,2019-02-21,,,,A\n"
	o.write("in.csv", changed)
	if run := fill("2018"); run.Outcome != ledger.Unchanged {
		t.Errorf("a year without a change: %+v", run)
	}
	held := o.must(ledger.Waiting, changed[len(header):])
	o.write("in.csv", header+"89,criterion-19-2,2017,70,119,2018-02-21,,,,A\n")
	if run := fill("2017"); run.Outcome != ledger.Published || run.Added != 1 {
		t.Errorf("%+v", run)
	}
	if all, err := o.sink.Restatements(t.Context()); err != nil || all[0].Run != held.ID || all[0].State != ledger.Pending {
		t.Errorf("what awaits approval for other years: %+v, %v", all[0], err)
	}
	o.is("97", "criterion-19-2", "89", 2020)
	for _, wrong := range []string{"", "..", "2024..2011", "twenty", "2011...2024", "0"} {
		if _, err := etl.ParseYears(wrong); number.CodeOf(err) != number.BadArgument {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

// Who follows the runs hears of each stage by its name, in order, and of the end.
func TestRunsAreFollowed(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.write("in.csv", header+threeDates+"89,criterion-19-2,2017,seventy,119,2018-02-21,,,,A\n")
	p := o.pipeline()
	p.Feed = &etl.Feed{}
	var stages []string
	p.StageEnded = func(stage string, _ time.Duration) { stages = append(stages, stage) }
	events := p.Feed.Follow(t.Context(), "long")
	var heard []ledger.RunProgress
	run, err := p.Run(t.Context(), "long", "test", func(p ledger.RunProgress) { heard = append(heard, p) })
	if err != nil {
		t.Fatal(err)
	}
	last := heard[len(heard)-1]
	if last.Outcome != ledger.Published || last.Run != run.ID || last.Rows != 5 || last.Rejects != 1 || last.Rate <= 0 || !last.IsLast() {
		t.Errorf("the last event is %+v", last)
	}
	for _, stage := range stages {
		if (&ledger.RunProgress{Stage: stage}).Step() == 0 {
			t.Errorf("%q is no stage", stage)
		}
	}
	want := []string{"fetch", "snapshot", "parse", "map", "check", "diff", "stage", "publish", "record"}
	if len(stages) != len(want) {
		t.Fatalf("stages %v, want %v", stages, want)
	}
	for i := range want {
		if stages[i] != want[i] {
			t.Errorf("stage %d is %s, want %s", i, stages[i], want[i])
		}
	}
	for event := range events {
		if event.IsLast() {
			break
		}
	}
	if _, runs := p.Feed.Now("long"); runs {
		t.Error("a run that has ended is said to run")
	}
}
