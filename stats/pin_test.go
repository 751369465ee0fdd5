package stats_test

import (
	"testing"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/stats/statstest"
)

// A pinned service keeps its catalogue while releases come; the service it was
// made from follows them.
func TestPin(t *testing.T) {
	store := statstest.NewMemory()
	service := query.New(store)
	pinned, _ := service.Gather(1)
	if err := store.Publish(t.Context(), ledger.Release{ID: 1, Published: number.NewDate(2021, 3, 12)}, nil, nil); err != nil {
		t.Fatal(err)
	}
	if pinned.Release("1") != nil {
		t.Error("a pinned service sees a later release")
	}
	if later, _ := service.Gather(1); service.Release("1") == nil || later.Release("1") == nil {
		t.Error("the service does not see its last release")
	}
}
