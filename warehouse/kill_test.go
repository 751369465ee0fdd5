package warehouse_test

import (
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// TestKilledWhilePublishing kills the engine in the moments around the row that makes
// a release visible: it is there with all its figures or not at all, it is there when
// that was said, and the next one is published as ever.
func TestKilledWhilePublishing(t *testing.T) {
	e, w := mortal(t)
	before := "1"
	load(t, w, "people", 2020, map[string]string{"a": before, "a2": before, "b": before})
	start := time.Now()
	load(t, w, "cases", 2020, map[string]string{"a": "1"})
	took := time.Since(start) / 2 // its second half publishes
	const moments = 8
	for moment := range moments {
		id, err := w.NextRelease(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		after := strconv.Itoa(moment + 2)
		stage(t, w, ledger.Position{Published: number.NewDate(2021, 3, 1), Release: id}, cells(t, w, "people", 2020, map[string]string{"a": after, "a2": after, "b": after}))
		killed := make(chan error, 1)
		time.AfterFunc(took*time.Duration(moment)/moments, func() { killed <- syscall.Kill(e.PID(), syscall.SIGKILL) })
		said := w.Publish(t.Context(), ledger.Release{ID: id, SourceCode: "s", Published: number.NewDate(2021, 3, 1), Loaded: time.Now()}, nil, nil)
		if err := <-killed; err != nil {
			t.Fatal(err)
		}
		for err := w.Refresh(t.Context()); err != nil; err = w.Refresh(t.Context()) {
			wantCode(t, err, "ENGINE_DOWN")
			time.Sleep(10 * time.Millisecond)
		}
		visible := w.Catalogue().Release(id) != nil
		t.Logf("killed after %s: said %v, visible %v", took*time.Duration(moment)/moments, said, visible)
		if said == nil && !visible {
			t.Errorf("release %d was acknowledged and lost", id)
		}
		if visible {
			before = after
		}
		for unit, want := range map[string]string{"a": before, "a2": before, "b": before} {
			if got := value(t, w, w.Catalogue().Head, "people", 2020, "commune", unit); got != want {
				t.Errorf("release %d, visible %v: unit %s has %s, not %s", id, visible, unit, got, want)
			}
		}
	}
}
