package etl_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/etltest"
	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

const header = "code,indicator,year,value,denominator,published,status,standing,note,source\n"

// office is a workspace with one source in a directory, and a warehouse in memory.
type office struct {
	t    *testing.T
	dir  string
	sink *memory
	log  *etltest.Journal
	wait time.Duration
	// What breaks it: a test of faults sets them.
	fault func(stage string, done int)
	wrap  func(etl.Sink) etl.Sink
	ctx   context.Context // of what it does next; nil: the test's

	seconds atomic.Int64 // that the clock has gone
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, dir: t.TempDir(), sink: newMemory(), log: etltest.NewJournal()}
	if err := os.CopyFS(filepath.Join(o.dir, "catalogue"), os.DirFS("testdata/catalogue")); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile("testdata/long/niengiam.yaml")
	if err != nil {
		t.Fatal(err)
	}
	o.write("niengiam.yaml", string(content))
	return o
}

func (o *office) context() context.Context {
	if o.ctx != nil {
		return o.ctx
	}
	return o.t.Context()
}

func (o *office) write(file, content string) {
	o.t.Helper()
	if err := os.WriteFile(filepath.Join(o.dir, file), []byte(content), 0o644); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) pipeline() *etl.Pipeline {
	o.t.Helper()
	w, err := workspace.Read(o.dir, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	var sink etl.Sink = o.sink
	if o.wrap != nil {
		sink = o.wrap(sink)
	}
	return etl.New(etl.Config{
		Workspace: w, Sink: sink, Logger: o.log.Logger(), Wait: o.wait, FaultPoint: o.fault,
		Now: func() time.Time {
			return time.Date(2025, 7, 1, 12, 0, int(o.seconds.Add(1)), 0, time.UTC)
		},
		Snapshots: filepath.Join(o.dir, "snapshots"), LockFile: filepath.Join(o.dir, "load.lock"),
	})
}

func (o *office) manager() *etl.ReleaseManager { return &etl.ReleaseManager{Pipeline: o.pipeline()} }

// load writes the file and loads it.
func (o *office) load(rows string) (ledger.Run, error) {
	o.t.Helper()
	o.write("in.csv", header+rows)
	run, err := o.pipeline().Run(o.t.Context(), "long", "test", nil)
	if kept, ok := o.sink.runs[run.ID]; !ok || kept.Outcome != run.Outcome || kept.Ended.IsZero() {
		o.t.Errorf("the record of the run is %+v, want %+v", kept, run)
	}
	return run, err
}

// must loads the file and expects an outcome.
func (o *office) must(outcome ledger.Outcome, rows string) ledger.Run {
	o.t.Helper()
	run, err := o.load(rows)
	if err != nil || run.Outcome != outcome {
		o.t.Fatalf("outcome %s, %v; want %s", run.Outcome, err, outcome)
	}
	return run
}

func (o *office) is(want, indicator, unit string, year number.Year) {
	o.t.Helper()
	if got := o.sink.current(o.t, indicator, unit, year); got != want {
		o.t.Errorf("%s of %s in %d is %s, want %s", indicator, unit, year, got, want)
	}
}

const threeDates = `89,criterion-19-2,2020,97,119,2021-03-12,,,,B
89,criterion-19-2,2018,78,119,2019-02-21,,,,A
89,criterion-19-2,2019,83,119,2021-03-12,,,,B
89,criterion-19-2,2019,97,119,2020-02-18,,,,C
`

func TestThreeDatesMakeThreeReleases(t *testing.T) {
	o := newOffice(t)
	run := o.must(ledger.Published, threeDates)
	if !slices.Equal(run.Releases, []ledger.ReleaseID{1, 2, 3}) || run.Added != 4 || run.Read != 4 || run.Accepted != 4 {
		t.Errorf("run %+v", run)
	}
	for i, want := range []ledger.Release{
		{ID: 1, Published: 20190221, Added: 1}, {ID: 2, Published: 20200218, Added: 1}, {ID: 3, Published: 20210312, Added: 1, Revised: 1},
	} {
		got := o.sink.releases[i]
		if got.ID != want.ID || got.Published != want.Published || got.Added != want.Added || got.Revised != want.Revised ||
			got.SourceCode != "long" || got.Actor != "test" || len(got.Files) != 1 || got.Loaded.IsZero() {
			t.Errorf("release %+v, want %+v", got, want)
		}
	}
	o.is("83", "criterion-19-2", "89", 2019)
	content := header + threeDates
	sum := sha256.Sum256([]byte(content))
	kept, err := os.ReadFile(filepath.Join(o.dir, "snapshots", hex.EncodeToString(sum[:])))
	if err != nil || string(kept) != content {
		t.Errorf("the snapshot is %q, %v", kept, err)
	}
}

func TestNothingNewMakesNoRelease(t *testing.T) {
	o := newOffice(t)
	o.must(ledger.Published, threeDates)
	if run := o.must(ledger.Unchanged, threeDates); run.Repeats == "" {
		t.Errorf("the same file was read again: %+v", run)
	}
	lines := strings.SplitAfter(threeDates, "\n")
	slices.Reverse(lines)
	if run := o.must(ledger.Unchanged, strings.Join(lines, "")); run.Read != 4 || len(run.Releases) != 0 {
		t.Errorf("other bytes with the same values: %+v", run)
	}
	if len(o.sink.releases) != 3 || len(o.sink.postings) != 5 {
		t.Errorf("%d releases, %d postings", len(o.sink.releases), len(o.sink.postings))
	}
}

func TestRevision(t *testing.T) {
	o := newOffice(t)
	o.must(ledger.Published, threeDates)
	held := o.must(ledger.Waiting, strings.Replace(threeDates, "97,119,2021-03-12", "98,119,2021-03-12", 1))
	if len(held.Releases) != 0 || len(o.sink.releases) != 3 {
		t.Errorf("run %+v", held)
	}
	o.is("97", "criterion-19-2", "89", 2020)
	run := o.approve("4")
	last := o.sink.releases[len(o.sink.releases)-1]
	if len(run.Releases) != 1 || last.Added != 0 || last.Revised != 1 || last.ID != 5 || last.Published != 20250701 || last.Corrects != 20210312 {
		t.Errorf("run %+v made %+v", run, last)
	}
	o.is("98", "criterion-19-2", "89", 2020)
	o.is("83", "criterion-19-2", "89", 2019)
}

func TestOlderPublicationIsBackfilled(t *testing.T) {
	o := newOffice(t)
	o.must(ledger.Published, "89,criterion-19-2,2019,83,119,2021-03-12,,,,B\n")
	o.must(ledger.Published, "89,criterion-19-2,2019,83,119,2021-03-12,,,,B\n89,criterion-19-2,2019,97,119,2020-02-18,,,,C\n")
	if last := o.sink.releases[1]; last.Published != 20200218 || last.Added != 1 || last.Revised != 0 {
		t.Errorf("release %+v", last)
	}
	o.is("83", "criterion-19-2", "89", 2019)
	o.must(ledger.Published, "89,criterion-19-2,2019,83,119,2021-03-12,,,,B\n89,criterion-19-2,2019,90,119,2019-12-31,,,,D\n")
	o.is("83", "criterion-19-2", "89", 2019)
}

func TestRejectsStandBesideTheGoodRows(t *testing.T) {
	o := newOffice(t)
	rows := "30340,population,2020,1,,2020-05-05,,,,A\n30340,population,2019,x,,2019-05-05,,,,A\n30340,population,2018,7,,2019-05-05,,,,A\n30340,population,2017,x,,,,,,A\n"
	run := o.must(ledger.Published, rows)
	if run.Read != 4 || run.Accepted != 2 || run.Rejected != 2 || len(o.sink.rejects[1]) != 1 || len(o.sink.rejects[2]) != 1 {
		t.Errorf("run %+v, rejects %+v", run, o.sink.rejects)
	}
	if o.sink.releases[0].Rejected != 1 || len(o.sink.runRejects[run.ID]) != 0 {
		t.Errorf("release %+v, rejects of the run %+v", o.sink.releases[0], o.sink.runRejects[run.ID])
	}
	run = o.must(ledger.Unchanged, "30340,population,2019,x,,2019-05-05,,,,A\n")
	if len(o.sink.runRejects[run.ID]) != 1 {
		t.Errorf("the rejects of a run without a release are lost")
	}
}

func TestRejectsStop(t *testing.T) {
	o := newOffice(t)
	yaml, err := os.ReadFile(filepath.Join(o.dir, "niengiam.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	o.write("niengiam.yaml", string(yaml)+"    rejects: stop\n")
	for range 2 { // and again: a refused load is not one that came to its end
		run, err := o.load("30340,population,2020,1,,2020-05-05,,,,A\n30340,population,2019,x,,2019-05-05,,,,A\n")
		if run.Outcome != ledger.Refused || number.CodeOf(err) != etl.LoadRefused || len(o.sink.runRejects[run.ID]) != 1 {
			t.Errorf("%+v %v", run, err)
		}
	}
	if len(o.sink.observations) != 0 {
		t.Errorf("a refused load staged %v", o.sink.observations)
	}
	o.must(ledger.Published, "30340,population,2020,1,,2020-05-05,,,,A\n")
}

func TestFailureInStage(t *testing.T) {
	o := newOffice(t)
	o.sink.failStage = errors.New("the disk is full")
	run, err := o.load(threeDates)
	if run.Outcome != ledger.Failed || !errors.Is(err, o.sink.failStage) || run.Error.EN != "the program itself failed in the load; look into the log and report it" || len(o.sink.releases) != 0 {
		t.Errorf("%+v %v", run, err)
	}
	o.is("none", "criterion-19-2", "89", 2019)
	o.sink.failStage = nil
	run = o.must(ledger.Published, threeDates)
	if !slices.Equal(run.Releases, []ledger.ReleaseID{4, 5, 6}) {
		t.Errorf("the numbers of staged releases were used again: %v", run.Releases)
	}
	o.is("83", "criterion-19-2", "89", 2019)
}

// A limit of ClickHouse in a load is told in the words of a load.
func TestLoadThatIsTooDear(t *testing.T) {
	o := newOffice(t)
	o.sink.failStage = &number.Error{Code: number.QueryTooDear, Message: number.Say("the question needs more memory than it may take")}
	run, err := o.load(threeDates)
	if run.Outcome != ledger.Failed || number.CodeOf(err) != etl.LoadTooDear || !strings.Contains(run.Error.EN, "the load needs more memory") || strings.Contains(run.Error.EN, "question") {
		t.Errorf("%+v %v", run.Error, err)
	}
}

func TestFailuresAreRecorded(t *testing.T) {
	o := newOffice(t)
	o.sink.failPublish = errors.New("no connection")
	if run, err := o.load(threeDates); run.Outcome != ledger.Failed || !errors.Is(err, o.sink.failPublish) || run.Added != 0 {
		t.Errorf("%+v %v", run, err)
	}
	o.sink.failPublish, o.sink.onStage = nil, func() { panic("a bug") }
	if run, err := o.load(threeDates); run.Outcome != ledger.Failed || number.CodeOf(err) != etl.LoadFailed {
		t.Errorf("%+v %v", run, err)
	}
	o.sink.onStage = nil
	o.write("in.csv", "")
	if run, err := o.pipeline().Run(t.Context(), "long", "test", nil); run.Outcome != ledger.Failed || number.CodeOf(err) != format.Empty {
		t.Errorf("%+v %v", run, err)
	}
	if _, err := o.pipeline().Run(t.Context(), "lang", "test", nil); number.CodeOf(err) != number.UnknownSource || number.Errors(err)[0].Nearest[0] != "long" {
		t.Errorf("%v", err)
	}
	o.must(ledger.Published, threeDates)
}

func TestCancelledLoadIsNotSeen(t *testing.T) {
	o := newOffice(t)
	o.write("in.csv", header+threeDates)
	ctx, cancel := context.WithCancel(t.Context())
	o.sink.onStage = cancel
	run, err := o.pipeline().Run(ctx, "long", "test", nil)
	if run.Outcome != ledger.Failed || !errors.Is(err, context.Canceled) || len(o.sink.releases) != 0 {
		t.Errorf("%+v %v", run, err)
	}
	if kept := o.sink.runs[run.ID]; kept.Outcome != ledger.Failed || kept.Ended.IsZero() {
		t.Errorf("the end of a cancelled run is not recorded: %+v", kept)
	}
	o.sink.onStage = nil
	o.must(ledger.Published, threeDates)
}

// TestCancelWhilePublishing: a load of several releases is seen whole or not at all.
func TestCancelWhilePublishing(t *testing.T) {
	o := newOffice(t)
	o.write("in.csv", header+threeDates)
	ctx, cancel := context.WithCancel(t.Context())
	var stages []string
	run, err := o.pipeline().Run(ctx, "long", "test", func(p ledger.RunProgress) {
		if !slices.Contains(stages, p.Stage) {
			stages = append(stages, p.Stage)
		}
		if p.Stage == ledger.StagePublish && p.Done == 0 {
			cancel()
		}
	})
	if err != nil || run.Outcome != ledger.Published || len(o.sink.releases) != 3 {
		t.Errorf("%+v %v", run, err)
	}
	if !slices.Equal(stages, slices.DeleteFunc(ledger.Stages(), func(stage string) bool { return !slices.Contains(stages, stage) })) {
		t.Errorf("a stage is not one of those that the room lists, or out of order: %v", stages)
	}
	if got := strings.Join(stages, " "); got != "fetch snapshot parse map check diff stage publish record" {
		t.Errorf("stages %s", got)
	}
}

func TestFindingsStandBesideTheUsedCell(t *testing.T) {
	o := newOffice(t)
	rows := "89,ntm,2018,46,119,2019-01-09,,,,page A\n89,ntm,2018,39,61,2019-02-21,,conflicting,,page B\n"
	o.must(ledger.Published, rows)
	if len(o.sink.findings) != 1 || o.sink.findings[0].Release != 1 || o.sink.findings[0].OtherCitation != "page B" {
		t.Fatalf("findings %+v", o.sink.findings)
	}
	o.must(ledger.Published, rows+"89,ntm,2019,61,119,2020-01-15,,,,page C\n89,ntm,2018,40,119,2019-02-21,,conflicting,,page D\n")
	if len(o.sink.findings) != 2 || o.sink.findings[1].Release != 2 || o.sink.findings[1].OtherCitation != "page D" {
		t.Errorf("findings %+v", o.sink.findings)
	}
}

func TestOneLoadAtATime(t *testing.T) {
	o := newOffice(t)
	o.write("in.csv", header+threeDates)
	entered, leave, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	first := o.pipeline()
	go func() {
		_, err := first.Run(t.Context(), "long", "first", func(p ledger.RunProgress) {
			if p.Stage == "diff" {
				close(entered)
				<-leave
			}
		})
		ended <- err
	}()
	etltest.Receive(t, entered)
	_, err := o.pipeline().Run(t.Context(), "long", "second", nil)
	if number.CodeOf(err) != etl.LoadRunning || !strings.Contains(err.Error(), "pid") {
		t.Errorf("the second load got %v", err)
	}
	o.wait = 20 * time.Second
	waited, told := make(chan ledger.Run, 1), make(chan string, 100)
	patient := o.manager()
	go func() {
		run, err := patient.Run(t.Context(), "long", "patient", func(p ledger.RunProgress) { told <- p.Stage })
		if err != nil {
			t.Error(err)
		}
		waited <- run
	}()
	if stage := etltest.Receive(t, told); stage != "wait" {
		t.Errorf("a load that waits says %q", stage)
	}
	waits := func() bool {
		jobs, err := patient.Jobs(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return jobs[0].WaitingSince != nil
	}
	if !waits() {
		t.Error("the job does not say that a load waits")
	}
	close(leave)
	if err := etltest.Receive(t, ended); err != nil {
		t.Error(err)
	}
	if run := etltest.Receive(t, waited); run.Outcome != ledger.Unchanged {
		t.Errorf("the load that waited: %+v", run)
	}
	if waits() {
		t.Error("the job says that a load waits, and it has ended")
	}
}
