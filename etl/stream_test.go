package etl_test

import (
	"context"
	"fmt"
	"iter"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// passing is a warehouse that forgets what is staged, and looks how much memory is in use.
type passing struct {
	*memory
	observations int
	read         int    // how often what is published was read
	live         uint64 // the most bytes that were in use
}

func (p *passing) Published(ctx context.Context, indicators []string, years []number.Year) iter.Seq2[*ledger.Observation, error] {
	p.read++
	return p.memory.Published(ctx, indicators, years)
}

func (p *passing) StageAll(_ context.Context, blocks iter.Seq2[*ledger.Block, error]) error {
	for block, err := range blocks {
		if err != nil {
			return err
		}
		p.observations += len(block.Observations)
		p.live = max(p.live, inUse())
	}
	return nil
}

// inUse is how many bytes of memory are in use.
func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// A load of many rows holds few of them: nine times the rows take hardly more memory, and no row
// makes much garbage.
func TestMemoryOfLoads(t *testing.T) {
	o := newOffice(t)
	const communes, years = 900, 200
	units, err := os.ReadFile("testdata/catalogue/units.csv")
	if err != nil {
		t.Fatal(err)
	}
	for unit := range communes {
		units = fmt.Appendf(units, "I%04d,commune,xa,886,Invented %[1]d,Invented %[1]d,,2025-07-01,baseline,\n", unit)
	}
	o.write("catalogue/units.csv", string(units))
	used := map[int]uint64{}
	for _, rows := range []int{communes * years / 9, communes * years} {
		var b strings.Builder
		for i := range rows {
			fmt.Fprintf(&b, "I%04d,population,%d,%d,,2021-03-12,,,,invented %d\n", i/years, 1800+i%years, 1000+i, i%50)
		}
		o.write("in.csv", header+b.String())
		b.Reset()
		sink := &passing{memory: newMemory()}
		p := o.pipeline()
		p.Sink = sink
		before := inUse()
		var start, end runtime.MemStats
		runtime.ReadMemStats(&start)
		run, err := p.Run(t.Context(), "long", "test", nil)
		runtime.ReadMemStats(&end)
		if err != nil || run.Rejected > 0 || sink.observations != run.Added || run.Added != rows {
			t.Fatalf("%d of %d rows published, %d staged, %d rejected: %v", run.Added, rows, sink.observations, run.Rejected, err)
		}
		if sink.read != 1 {
			t.Errorf("what is published is read %d times: nothing is published, so one look is enough", sink.read)
		}
		used[rows] = sink.live - min(before, sink.live)
		if each := (end.TotalAlloc - start.TotalAlloc) / uint64(rows); rows == communes*years && each > 3000 {
			t.Errorf("a row of %d makes %d bytes of garbage", rows, each)
		}
	}
	if used[communes*years] > used[communes*years/9]+32<<20 {
		t.Errorf("20,000 rows take %d MB of memory, nine times as many %d MB", used[communes*years/9]>>20, used[communes*years]>>20)
	}
}

// A file that is written to between its hashing and its keeping is read again; one that is written to
// each time is refused, and nothing of it is published.
func TestFileThatChangesBeforeItIsKept(t *testing.T) {
	for _, c := range []struct {
		times   int
		outcome ledger.Outcome
	}{{1, ledger.Published}, {1000, ledger.Failed}} {
		o := newOffice(t)
		o.write("in.csv", header+"30340,population,2017,10,,2018-05-05,,,,A\n")
		times := 0
		run, err := o.pipeline().Run(t.Context(), "long", "test", func(at ledger.RunProgress) {
			if at.Stage == ledger.StageSnapshot && at.Done == 0 && times < c.times {
				times++
				o.write("in.csv", header+fmt.Sprintf("30340,population,2017,%d,,2018-05-05,,,,A\n", 1000+times))
			}
		})
		if run.Outcome != c.outcome || (err == nil) != (c.outcome == ledger.Published) || times == 0 {
			t.Errorf("written to %d times it is %s: %v", times, run.Outcome, err)
		}
		if c.outcome == ledger.Published {
			if got := o.sink.current(t, "population", "30340", 2017); got != "1001" {
				t.Errorf("%s is published", got)
			}
		} else if len(o.sink.releases) > 0 {
			t.Error("something is published")
		}
	}
}

// What was loaded is hashed, and neither kept nor read again.
func TestUnchangedFilesAreNotKept(t *testing.T) {
	o := newOffice(t)
	o.must(ledger.Published, threeDates)
	p := o.pipeline()
	if err := os.RemoveAll(p.Snapshots); err != nil {
		t.Fatal(err)
	}
	run, err := p.Run(t.Context(), "long", "test", nil)
	if err != nil || run.Outcome != ledger.Unchanged {
		t.Fatalf("%s, %v", run.Outcome, err)
	}
	if left, _ := os.ReadDir(p.Snapshots); len(left) > 0 {
		t.Errorf("%v was kept", left)
	}
}

// A load that is cancelled while rows are read, compared or staged leaves nothing.
func TestCancelledInTheMiddle(t *testing.T) {
	for _, stage := range []string{"parse", "map", "check", "diff", "stage"} {
		o := newOffice(t)
		o.write("in.csv", header+threeDates)
		ctx, cancel := context.WithCancel(t.Context())
		run, err := o.pipeline().Run(ctx, "long", "test", func(at ledger.RunProgress) {
			if at.Stage == stage {
				cancel()
			}
		})
		cancel()
		if err == nil || run.Outcome != ledger.Failed || len(o.sink.releases) > 0 {
			t.Errorf("cancelled at %s the load is %s and has published %d releases: %v", stage, run.Outcome, len(o.sink.releases), err)
		}
		o.must(ledger.Published, threeDates)
	}
}
