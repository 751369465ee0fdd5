package warehouse_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// Whoever lets go of an insert that is over breaks no other statement, though the machine is
// so busy that what watched the insert is still there.
func TestInsertsAreLetGo(t *testing.T) {
	w := warehousetest.Lend(t)
	idle := make(chan struct{})
	defer close(idle)
	for range 4 * runtime.GOMAXPROCS(0) {
		go func() {
			for {
				select {
				case <-idle:
					return
				default:
				}
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
