package warehouse_test

import (
	"context"
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// Whoever lets go of an insert that is over breaks no other statement, though the machine is
// so busy that what watched the insert is still there.
func TestInsertsAreLetGo(t *testing.T) {
	w := warehousetest.Lend(t)
	var over atomic.Bool
	var turns atomic.Int64
	defer over.Store(true)
	for range 4 * runtime.GOMAXPROCS(0) {
		go func() {
			for !over.Load() {
				turns.Add(1)
			}
		}()
	}
	for n := range 40 {
		ctx, cancel := context.WithCancel(t.Context())
		err := w.StartRun(ctx, ledger.Run{ID: fmt.Sprint(n), Source: "s"})
		cancel()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.LastRuns(t.Context()); err != nil {
			t.Fatalf("after %d inserts: %v", n+1, err)
		}
	}
}
