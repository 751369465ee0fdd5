package warehouse_test

import (
	"testing"
	"time"

	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// TestAnotherProcess sees what was published, defined and summed elsewhere.
func TestAnotherProcess(t *testing.T) {
	t.Parallel()
	cfg := rolling(t)
	serve, loader := warehousetest.Open(t, cfg), warehousetest.Open(t, cfg)
	go serve.Watch(t.Context(), 10*time.Millisecond)
	sees := func(what string, seen func() bool) {
		t.Helper()
		for deadline := time.Now().Add(time.Minute); !seen(); time.Sleep(5 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("%s was not seen", what)
			}
		}
	}
	id := load(t, loader, "people", 2020, map[string]string{"a": "1"})
	sees("the release", func() bool { return serve.Catalogue().Head >= id && serve.ReadsRollUps() })
	want(t, "figure", value(t, serve, id, "people", 2020, "district", "A"), "1")
	moved := small()
	moved.Units[4].Parent = "B"
	if err := loader.Define(t.Context(), moved, "a2 lies in B"); err != nil {
		t.Fatal(err)
	}
	sees("the definition", func() bool { return serve.Catalogue().At(20201231).Unit("a2").Parent().Code == "B" })
	if serve.ReadsRollUps() {
		t.Fatal("roll-ups of other units are read")
	}
	if err := loader.RollUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	sees("the roll-up", serve.ReadsRollUps)
}
