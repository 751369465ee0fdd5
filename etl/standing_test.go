package etl_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/list"
)

// Rows that were rejected stay so until they are mended: a load that finds the files
// unchanged, or cannot read them, does not make them vanish.
func TestRejectsStand(t *testing.T) {
	o := newOffice(t)
	rows := threeDates + "98,criterion-19-2,2020,1,2,2021-03-12,,,,\n89,criterion-19-2,nay,1,2,2021-03-12,,,,\n"
	told := func() string {
		t.Helper()
		m := o.manager()
		jobs, err := m.Jobs(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		run := jobs[0].LastRun
		pages, errs := m.RunRejects(t.Context(), []*ledger.Run{run}, list.Page{First: 10})
		if errs[0] != nil {
			t.Fatal(errs[0])
		}
		rejects := pages[0]
		return fmt.Sprint(run.Outcome, ": ", run.Read, " read, ", run.Rejected, " rejected, rejects ", rejects.TotalCount, " ", len(rejects.Nodes))
	}
	is := func(want string) {
		t.Helper()
		if got := told(); got != want {
			t.Errorf("the job says %q, want %q", got, want)
		}
	}
	first := o.must(ledger.Published, rows)
	is("published: 6 read, 2 rejected, rejects 2 2")
	if second := o.must(ledger.Unchanged, rows); second.Examiner() != first.ID || len(second.Releases) > 0 {
		t.Errorf("the second run is %+v", second)
	}
	is("unchanged: 6 read, 2 rejected, rejects 2 2")
	if _, err := o.pipeline().Load(t.Context(), etl.Order{Source: "long", Actor: etl.BySchedule, Due: time.Date(2025, 7, 1, 6, 0, 0, 0, time.UTC)}); err != nil {
		t.Error(err)
	}
	is("unchanged: 6 read, 2 rejected, rejects 2 2")
	if err := os.WriteFile(filepath.Join(o.dir, "in.csv"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := o.pipeline().Run(t.Context(), "long", "test", nil); err == nil {
		t.Error("an empty file was loaded")
	}
	is("failed: 6 read, 2 rejected, rejects 2 2")
	o.must(ledger.Unchanged, threeDates) // mended, and nothing new
	is("unchanged: 4 read, 0 rejected, rejects 0 0")

	pages, errs := o.manager().Runs(t.Context(), []string{"long", "none"}, list.Page{First: 3})
	if errs[0] != nil || errs[1] != nil || pages[1].TotalCount != 0 {
		t.Fatal(errs)
	}
	runs := pages[0]
	if runs.TotalCount != 5 || len(runs.Nodes) != 3 || !runs.PageInfo.HasNextPage {
		t.Fatalf("the history is %+v", runs)
	}
	var outcomes string
	for _, run := range runs.Nodes {
		outcomes += fmt.Sprint(run.Outcome, " ", run.Actor, " ", run.IsLate(), ", ")
	}
	if outcomes != "unchanged test false, failed test false, unchanged schedule true, " {
		t.Errorf("the history is %s", outcomes)
	}
}
