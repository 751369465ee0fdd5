package warehouse_test

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// other opens the same database as another program does.
func other(t *testing.T, cfg warehouse.Config) *warehouse.Warehouse {
	t.Helper()
	return warehousetest.Open(t, cfg)
}

func TestHeldSurvivesARestart(t *testing.T) {
	t.Parallel()
	cfg := warehousetest.Config(t)
	w := warehousetest.Open(t, cfg)
	load(t, w, "people", 2020, map[string]string{"a": "1"})
	said := cells(t, w, "people", 2020, map[string]string{"a": "2", "b": "..."})
	old := said[0]
	old.Value.Decimal = old.Value.Decimal.Sub(old.Value.Decimal)
	old.Place, old.Note, old.Citation, old.At = ledger.Place{}, "", "", ledger.Position{}
	held := []ledger.PendingCell{{Observation: said[0], Old: &old}, {Observation: said[1]}}
	for i := range held {
		held[i].At.Published = number.NewDate(2021, 4, 1)
	}
	r := &ledger.Restatement{
		ID: 2, SourceCode: "s", Run: "run", Actor: "An", HeldSince: time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC), Digest: "d", Added: 1, Revised: 1,
		Files: []ledger.File{{Path: "f", SHA256: "x", Bytes: 3}}, Findings: []ledger.Finding{{Code: number.NoteConflict, Used: "1"}},
		Rejects: []ledger.Reject{{Value: "v", Detail: number.Text{VI: "của nó", EN: "it's"}}},
	}
	if err := w.Hold(t.Context(), r, held); err != nil {
		t.Fatal(err)
	}
	again := warehousetest.Open(t, cfg)
	all, err := again.Restatements(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("%v %v", all, err)
	}
	got := all[0]
	if got.State != ledger.Pending || got.ID != 2 || got.SourceCode != "s" || got.Actor != "An" || !got.HeldSince.Equal(r.HeldSince) || got.Digest != "d" ||
		!slices.Equal(got.Files, r.Files) || got.Findings[0].Used != "1" || got.Rejects[0] != r.Rejects[0] || got.Added != 1 || got.Revised != 1 {
		t.Errorf("%+v", got)
	}
	back, err := again.HeldCells(t.Context(), 2)
	if err != nil || len(back) != 2 || back[0].Old == nil || !back[0].Old.SameFigure(&old) || back[1].Old != nil || !back[1].SameFigure(&said[1]) || !back[0].Repeats(&held[0].Observation) {
		t.Errorf("%+v %v", back, err)
	}
	revisions := 0
	for cell, err := range again.HeldRevisions(t.Context(), []ledger.ReleaseID{7, 2}) {
		if revisions++; err != nil || !cell.Repeats(&held[0].Observation) || !cell.Old.SameFigure(&old) {
			t.Errorf("%+v %v", cell, err)
		}
	}
	if revisions != 1 {
		t.Errorf("%d cells would change what is published", revisions)
	}
	parts, err := again.HeldExcerpts(t.Context(), []ledger.ReleaseID{7, 2}, 1, 5)
	if err != nil || len(parts) != 2 || parts[0].Total != 0 || parts[1].Total != 2 || len(parts[1].Entries) != 1 || !parts[1].Entries[0].SameFigure(&said[1]) {
		t.Errorf("%+v %v", parts, err)
	}
	want(t, "nothing of it is seen", value(t, again, 9, "people", 2020, "district", "A"), "1")
	want(t, "nor by readers with SQL", one(t, again, "SELECT count() FROM published"), "1")
	for _, d := range []ledger.Decision{
		{Restatement: 2, State: ledger.Declined, DecidedBy: "An", Comment: "no", Decided: r.HeldSince},
		{Restatement: 2, State: ledger.Superseded, DecidedBy: "Ba", Comment: "newer", Decided: r.HeldSince.Add(time.Minute), Successor: 3},
	} {
		if err := again.Decide(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		all, err = again.Restatements(t.Context())
		if err != nil || len(all) != 1 || all[0].State != d.State || all[0].DecidedBy != d.DecidedBy || all[0].Decision.Comment != d.Comment || all[0].Successor != d.Successor {
			t.Errorf("%+v %v", all[0], err)
		}
	}
}

// TestSweepOfAHold holds one restatement, and another up to the row that comes last:
// of this nothing can be seen, and it is gone when the owner opens again.
func TestSweepOfAHold(t *testing.T) {
	t.Parallel()
	cfg := warehousetest.Config(t)
	w := warehousetest.Open(t, cfg)
	load(t, w, "people", 2020, map[string]string{"a": "1"})
	held := []ledger.PendingCell{{Observation: cells(t, w, "people", 2020, map[string]string{"a": "2"})[0]}}
	if first, err := w.Claim(t.Context(), 2); err != nil || first != 2 {
		t.Fatal(first, err)
	}
	whole := &ledger.Restatement{ID: 2, SourceCode: "s", HeldSince: time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC)}
	if err := w.Hold(t.Context(), whole, held); err != nil {
		t.Fatal(err)
	}
	if err := w.HoldCells(t.Context(), 3, held); err != nil {
		t.Fatal(err)
	}
	all, err := w.Restatements(t.Context())
	if err != nil || len(all) != 1 || all[0].ID != 2 {
		t.Errorf("%v %v", all, err)
	}
	other(t, cfg)
	want(t, "another process opens", one(t, w, "SELECT count() FROM restatement_cell"), "2")
	again := warehousetest.Open(t, cfg)
	if _, err := again.Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
	want(t, "what died is removed", one(t, w, "SELECT count() FROM restatement_cell WHERE restatement = 3"), "0")
	if left, err := again.HeldCells(t.Context(), 2); err != nil || len(left) != 1 {
		t.Errorf("%v %v", left, err)
	}
}

// What was kept before rejects were told in both languages is read as it was.
func TestRejectsKeptBefore(t *testing.T) {
	w := warehousetest.Start(t)
	for _, row := range []string{
		`INSERT INTO restatement (id, source, document) VALUES (2, 's', '{"rejects": [{"Value": "v", "Reason": "BLANK_CELL", "Detail": "a blank cell"}]}')`,
		`INSERT INTO reject (run, value, reason, detail) VALUES ('run', 'v', 'BLANK_CELL', 'a blank cell')`,
	} {
		if err := w.Run(t.Context(), row); err != nil {
			t.Fatal(err)
		}
	}
	all, err := w.Restatements(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("%v %v", all, err)
	}
	ofRun, err := w.RunRejects(t.Context(), []*ledger.Run{{ID: "run"}}, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	before := []ledger.Reject{{Value: "v", Reason: "BLANK_CELL", Detail: number.Text{EN: "a blank cell"}}}
	if !slices.Equal(all[0].Rejects, before) || !slices.Equal(ofRun[0].Entries, before) {
		t.Errorf("%+v, %+v, want %+v", all[0].Rejects, ofRun, before)
	}
	want(t, "in Vietnamese", before[0].DetailText(number.Vietnamese), "chỉ có bằng tiếng Anh: a blank cell")
}

func TestWithdrawnIsNotPublished(t *testing.T) {
	t.Parallel()
	w := warehousetest.Start(t)
	load(t, w, "people", 2020, map[string]string{"a": "1"})
	bad := loadOn(t, w, number.NewDate(2021, 4, 1), "people", 2020, map[string]string{"a": "2", "b": "5"})
	reverse := func(r ledger.Release) {
		t.Helper()
		id, err := w.NextRelease(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		r.ID, r.Published, r.Comment = id, number.NewDate(2021, 5, 1), "why"
		history, err := w.History(t.Context(), []string{"people"}, []number.Year{2020})
		if err != nil {
			t.Fatal(err)
		}
		d := w.Catalogue().Ledger().Withdraw(r, history)
		if err := w.Stage(t.Context(), nil, d.Postings); err != nil {
			t.Fatal(err)
		}
		if err := w.PublishAll(t.Context(), w.Catalogue().Head, []ledger.PendingRelease{{Release: d.Release}}); err != nil {
			t.Fatal(err)
		}
	}
	const seen = "SELECT arrayStringConcat(arraySort(groupArray(concat(unit, '=', toString(value)))), ' ') FROM published"
	want(t, "before", one(t, w, seen), "a=1 a=2 b=5")
	reverse(ledger.Release{Withdraws: bad})
	want(t, "withdrawn", one(t, w, seen), "a=1")
	want(t, "a figure", value(t, w, w.Catalogue().Head, "people", 2020, "district", "A"), "1")
	want(t, "as it was", value(t, w, bad, "people", 2020, "district", "A"), "2")
	if r := w.Catalogue().Release(3); r.Withdraws != bad || r.Comment != "why" || r.Revised != 1 || r.Removed != 1 {
		t.Errorf("%+v", r)
	}
	reverse(ledger.Release{Restores: bad})
	want(t, "restored", one(t, w, seen), "a=1 a=2 b=5")
	want(t, "a figure again", value(t, w, w.Catalogue().Head, "people", 2020, "district", "A"), "2")
}

// Programs that share a server never take the same number, and of those that
// worked from the same state one publishes.
func TestProgramsExcludeEachOther(t *testing.T) {
	t.Parallel()
	cfg := warehousetest.Config(t)
	first := warehousetest.Open(t, cfg)
	programs := []*warehouse.Warehouse{first, other(t, cfg), other(t, cfg)}
	if err := first.Define(t.Context(), small(), "small"); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	numbers := map[ledger.ReleaseID]bool{}
	for round := range 5 {
		var wait sync.WaitGroup
		var published, refused atomic.Int32
		after := first.Catalogue().Head
		for _, w := range programs {
			wait.Go(func() {
				id, err := w.Claim(t.Context(), 2)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				if numbers[id] || numbers[id+1] {
					t.Errorf("the number %d was given twice", id)
				}
				numbers[id], numbers[id+1] = true, true
				mu.Unlock()
				both := []ledger.PendingRelease{
					{Release: ledger.Release{ID: id, SourceCode: fmt.Sprint(round)}}, {Release: ledger.Release{ID: id + 1, SourceCode: fmt.Sprint(round)}},
				}
				switch err := w.PublishAll(t.Context(), after, both); {
				case err == nil:
					published.Add(1)
				case number.CodeOf(err) == warehouse.ReleaseTaken:
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if published.Load() != 1 || refused.Load() != 2 {
			t.Errorf("round %d: %d published, %d refused", round, published.Load(), refused.Load())
		}
		for _, w := range programs {
			if err := w.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			if len(w.Catalogue().Releases) != 2*(round+1) {
				t.Errorf("round %d: %d releases", round, len(w.Catalogue().Releases))
			}
		}
	}
}
