package warehouse_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// TestPublish keeps all that a release consists of.
func TestPublish(t *testing.T) {
	t.Parallel()
	cfg := warehousetest.Config(t)
	w := warehousetest.Open(t, cfg)
	load(t, w, "people", 2020, map[string]string{"a": "1", "a2": "..."})
	loaded := time.Date(2021, 3, 2, 4, 5, 6, 7_000_000, time.UTC)
	release := ledger.Release{
		ID: 2, SourceCode: "census", Published: number.NewDate(2020, 12, 1), Loaded: loaded, Actor: "me", Added: 1, Revised: 2, Rejected: 3,
		Files: []ledger.File{{Path: "z.csv", SHA256: "abc", Bytes: 5}, {Path: "a.csv", SHA256: "def", Bytes: 6}},
	}
	findings := []ledger.Finding{{
		Code: number.NoteConflict, Release: 2, IndicatorCode: "people", UnitCode: "a", UnitKey: 4, Year: 2020, Used: "1", Other: "2",
		UsedCitation: "p. 1", OtherCitation: "p. 2", Place: ledger.Place{File: "z.csv", Sheet: "s", Line: 9, Column: "c"},
	}}
	rejects := make([]ledger.Reject, 5)
	for i := range rejects {
		rejects[i] = ledger.Reject{Place: ledger.Place{File: "z.csv", Line: 5 - i}, Value: "x", Reason: "UNKNOWN_UNIT", Detail: number.Text{VI: "gần nhất: a", EN: "nearest: a"}}
	}
	if err := w.Publish(t.Context(), release, findings, rejects); err != nil {
		t.Fatal(err)
	}
	for name, w := range map[string]figure.Source{"after publishing": w, "opened again": warehousetest.Open(t, cfg)} {
		c := w.Catalogue()
		if c.Head != 2 || len(c.Releases) != 2 || !reflect.DeepEqual(*c.Releases[0], release) {
			t.Errorf("%s: head %d, releases %+v", name, c.Head, c.Releases)
		}
		if len(c.Holdings.Findings) != 1 || *c.Holdings.Findings[0] != findings[0] {
			t.Errorf("%s: findings %+v", name, c.Holdings.Findings)
		}
		var lines []int
		for offset := 0; offset < 6; offset += 2 {
			got, err := w.Rejects(t.Context(), []ledger.ReleaseID{1, 2}, offset, 2)
			if err != nil || len(got) != 2 || got[0].Total != 0 || len(got[0].Entries) != 0 || got[1].Total != 5 {
				t.Fatalf("%s: %+v, %v", name, got, err)
			}
			for _, r := range got[1].Entries {
				if lines = append(lines, r.Place.Line); r.Detail != rejects[0].Detail {
					t.Errorf("%s: a reject says %+v", name, r.Detail)
				}
			}
		}
		want(t, "pages of rejects", fmt.Sprint(lines), "[1 2 3 4 5]")
		listed, errs := query.New(w).RejectsOf(t.Context(), c.Releases[:1], list.Page{First: 4})
		if errs[0] != nil || listed[0].TotalCount != 5 || !listed[0].PageInfo.HasNextPage { // of three rows
			t.Errorf("%s: the first page is %+v, %v", name, listed, errs)
		}
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	w := warehousetest.Start(t)
	load(t, w, "people", 2020, map[string]string{"a": "1", "b": "5"})
	second := load(t, w, "people", 2020, map[string]string{"a": "2.5", "a2": "3", "b": "5"})
	third := load(t, w, "people", 2020, map[string]string{"a": "..."})
	write := func(c catalogue.CellChange) string {
		return fmt.Sprintf("%s %d %s→%s", c.UnitCode, c.Year, c.Old, c.New)
	}
	var all []string
	for offset := range 4 {
		page, err := w.Changes(t.Context(), []ledger.ReleaseID{second}, offset, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page {
			all = append(all, write(c))
			if c.UnitName(number.Vietnamese) != "Xã "+c.UnitCode || c.Note != "note of "+c.UnitCode || c.Place.Line != 3 || c.IndicatorCode != "people" {
				t.Errorf("origin is %+v", c)
			}
		}
	}
	want(t, "second", fmt.Sprint(all), "[a 2020 1→2.5 a2 2020 MISSING→3]")
	page, err := w.Changes(t.Context(), []ledger.ReleaseID{third}, 0, 10)
	if err != nil || len(page) != 1 {
		t.Fatalf("%v, %v", page, err)
	}
	want(t, "third", write(page[0]), "a 2020 2.5→MISSING")
	both, err := w.Changes(t.Context(), []ledger.ReleaseID{third, second, 99}, 0, 1)
	if err != nil || len(both) != 2 || both[0].Release.ID != second || both[1].Release.ID != third {
		t.Fatalf("%+v, %v", both, err)
	}
	want(t, "the first of each", write(both[0])+", "+write(both[1]), "a 2020 1→2.5, a 2020 2.5→MISSING")
	if page, err := w.Changes(t.Context(), []ledger.ReleaseID{99}, 0, 10); err != nil || len(page) != 0 {
		t.Errorf("%v, %v", page, err)
	}
}

func TestRuns(t *testing.T) {
	t.Parallel()
	w := warehousetest.Start(t)
	for i, pause := range []ledger.Pause{
		{Source: "a", Paused: true}, {Source: "b", Paused: true, Actor: "An", Comment: "tệp sai"}, {Source: "a"}, {Source: "b", Paused: true, Actor: "Bình"},
	} {
		pause.Since = time.Date(2021, 3, 1, 0, i, 0, 0, time.UTC)
		if err := w.SetPause(t.Context(), pause); err != nil {
			t.Fatal(err)
		}
	}
	if paused, err := w.Pauses(t.Context()); err != nil || len(paused) != 1 || paused[0].Source != "b" || paused[0].Actor != "Bình" || paused[0].Since.Minute() != 3 {
		t.Errorf("paused %+v, %v", paused, err)
	}
	last := func(want string) {
		t.Helper()
		if got, err := w.LastSnapshot(t.Context(), "it's"); err != nil || got != want {
			t.Errorf("last snapshot is %q, %v, want %q", got, err, want)
		}
	}
	last("")
	start := time.Date(2021, 3, 1, 0, 0, 0, 0, time.UTC)
	for i, r := range []struct {
		outcome ledger.Outcome
		after   string
	}{{ledger.Failed, ""}, {ledger.Published, "1"}, {ledger.Refused, "1"}, {ledger.Unchanged, "3"}, {ledger.Failed, "3"}} {
		run := ledger.Run{ID: fmt.Sprint(i), Source: "it's", Actor: "me", StartedAt: start.Add(time.Duration(i) * time.Minute), Outcome: ledger.Running, Snapshot: fmt.Sprint(i)}
		if err := w.StartRun(t.Context(), run); err != nil {
			t.Fatal(err)
		}
		run.Ended, run.Outcome, run.Releases = run.StartedAt.Add(time.Second), r.outcome, []ledger.ReleaseID{1, 2}
		if err := w.EndRun(t.Context(), run, []ledger.Reject{{Reason: "BLANK_CELL"}}); err != nil {
			t.Fatal(err)
		}
		last(r.after)
	}
	failed := ledger.Run{ID: "5", Source: "it's", StartedAt: start.Add(time.Hour), Outcome: ledger.Failed, Error: number.Text{VI: "tệp trống", EN: "the file is empty"}}
	if err := w.EndRun(t.Context(), failed, nil); err != nil {
		t.Fatal(err)
	}
	if runs, err := w.LastRuns(t.Context()); err != nil || len(runs) != 1 || runs[0].Error != failed.Error {
		t.Errorf("the last runs are %+v, %v", runs, err)
	}
	due := time.Date(2021, 3, 1, 0, 30, 0, 0, time.UTC)
	repeating := ledger.Run{ID: "6", Source: "it's", StartedAt: start.Add(2 * time.Hour), Due: due, Outcome: ledger.Unchanged, Repeats: "4", Rejected: 1, Years: "2011..2024"}
	if err := w.EndRun(t.Context(), repeating, nil); err != nil {
		t.Fatal(err)
	}
	of, err := w.Runs(t.Context(), []string{"it's", "other"}, 0, 3)
	if err != nil || len(of) != 2 || of[0].Total != 7 || of[1].Total != 0 || len(of[1].Entries) != 0 {
		t.Fatalf("the histories are %+v, %v", of, err)
	}
	runs := of[0].Entries
	if len(runs) != 3 || !runs[0].Due.Equal(due) || !runs[0].IsLate() || runs[0].Repeats != "4" || runs[1].DueAt() != nil ||
		runs[2].ID != "4" || runs[2].Outcome != ledger.Failed || runs[2].Ended.IsZero() {
		t.Fatalf("the history is %+v, %v", runs, err)
	}
	rejects, err := w.RunRejects(t.Context(), []*ledger.Run{runs[0], runs[2], runs[1]}, 0, 10)
	if err != nil || len(rejects) != 3 || len(rejects[2].Entries) != 0 {
		t.Fatalf("the rejects of runs are %+v, %v", rejects, err)
	}
	for _, found := range rejects[:2] { // one shows what the other found
		if found.Total != 1 || len(found.Entries) != 1 || found.Entries[0].Reason != "BLANK_CELL" {
			t.Errorf("the rejects of a run are %+v", found)
		}
	}
	if last, err := w.Runs(t.Context(), []string{"it's"}, 6, 3); err != nil || len(last[0].Entries) != 1 || last[0].Entries[0].ID != "0" {
		t.Errorf("the end of the history is %+v, %v", last, err)
	}
	want(t, "rejects of runs", one(t, w, "SELECT count() FROM reject WHERE release = 0 AND run != ''"), "5")
}

// An engine without a keeper says so at once: then a file has the lease of the loads.
func TestWithoutAKeeper(t *testing.T) {
	t.Parallel()
	if keeps, err := warehousetest.Lend(t).KeepsLeases(t.Context()); keeps || err != nil {
		t.Errorf("keeps leases: %v, %v", keeps, err)
	}
}
