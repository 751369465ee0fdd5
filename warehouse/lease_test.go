//go:build keeper

package warehouse_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/engine"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// leaseFor is how long leases of these tests are held.
const leaseFor = 3 * time.Second

// zooKeeper starts Debian's ZooKeeper and returns its address.
func zooKeeper(t *testing.T) (address string, server *exec.Cmd) {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address = free.Addr().String()
	_ = free.Close()
	_, port, _ := net.SplitHostPort(address)
	dir := t.TempDir()
	config := fmt.Sprintf("tickTime=500\ndataDir=%s\nclientPort=%s\nclientPortAddress=127.0.0.1\nadmin.enableServer=false\n", dir, port)
	if err := os.WriteFile(filepath.Join(dir, "zoo.cfg"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	server = exec.Command("java", "-Xmx128m", "-cp", "/usr/share/java/*", "org.apache.zookeeper.server.quorum.QuorumPeerMain", filepath.Join(dir, "zoo.cfg"))
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			_ = conn.Close()
			return address, server
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

// programAt is a program with a warehouse on an engine of its own.
type programAt struct {
	*warehouse.Warehouse
	engine *engine.Engine
}

func programOf(t *testing.T, keeper string) programAt {
	t.Helper()
	e := engine.New(engine.Config{Dir: t.TempDir(), MaxMemory: 2 << 30, Keeper: keeper, MuteLimit: time.Minute})
	if err := e.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Stop(context.Background()) })
	w := warehousetest.Open(t, warehouse.Config{Options: e.Options, Database: "niengiam", LeaseTime: leaseFor})
	if keeps, err := w.KeepsLeases(t.Context()); err != nil || !keeps {
		t.Fatalf("the engine keeps no leases: %v: %v", err, errors.Unwrap(err))
	}
	return programAt{w, e}
}

// taken takes the lease, or fails.
func taken(t *testing.T, w *warehouse.Warehouse, wait time.Duration) *warehouse.Lease {
	t.Helper()
	lease, holder, err := w.TakeLease(t.Context(), wait, nil)
	if err != nil || lease == nil {
		t.Fatalf("no lease: %q has it, %v", holder, err)
	}
	return lease
}

// Of programs on several engines one has the lease. Who hangs loses it, hears of it, and
// publishes nothing; with the keeper down nobody loads, and soon knows.
func TestOneProgramHasTheLease(t *testing.T) {
	keeper, zoo := zooKeeper(t)
	a, b := programOf(t, keeper), programOf(t, keeper)
	for round := range 3 {
		var mu sync.Mutex
		var all []*warehouse.Lease
		var wait sync.WaitGroup
		for i := range 8 {
			w := []programAt{a, b}[i%2]
			wait.Go(func() {
				lease, holder, err := w.TakeLease(t.Context(), 0, nil)
				if err != nil || lease == nil && holder == "" {
					t.Errorf("%q, %v", holder, err)
				}
				if lease != nil {
					mu.Lock()
					all = append(all, lease)
					mu.Unlock()
				}
			})
		}
		wait.Wait()
		if len(all) != 1 || all[0].Fence() != uint64(round+1) {
			t.Fatalf("round %d has %d winners: %+v", round, len(all), all)
		}
		all[0].Release()
	}
	mine := taken(t, a.Warehouse, 0)
	time.Sleep(2 * leaseFor) // it is kept by signs of life
	told := make(chan string, 1)
	if lease, holder, err := b.TakeLease(t.Context(), time.Second, func(holder string) { told <- holder }); lease != nil || holder == "" || err != nil || <-told != holder {
		t.Fatalf("the lease was not kept: %q, %v", holder, err)
	}
	mine.Release()
	taken(t, b.Warehouse, 5*time.Second).Release()

	stale := taken(t, a.Warehouse, 0)
	ctx, stop := stale.Context(t.Context())
	defer stop()
	load(t, a.Warehouse, "people", 2020, map[string]string{"a": "1"})
	if err := syscall.Kill(a.engine.PID(), syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	next := taken(t, b.Warehouse, 30*time.Second)
	if next.Fence() <= stale.Fence() {
		t.Errorf("the fence went from %d to %d", stale.Fence(), next.Fence())
	}
	select {
	case <-ctx.Done():
	case <-time.After(30 * time.Second):
		t.Fatal("who lost the lease does not hear of it")
	}
	if code := number.CodeOf(context.Cause(ctx)); code != warehouse.LeaseLost {
		t.Errorf("the load ends with %v", context.Cause(ctx))
	}
	if err := syscall.Kill(a.engine.PID(), syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	err := a.Publish(t.Context(), ledger.Release{ID: 2, SourceCode: "people", Published: number.NewDate(2020, 12, 1)}, nil, nil)
	if number.CodeOf(err) != warehouse.LeaseLost || a.Catalogue().Release(2) != nil {
		t.Errorf("a program without the lease publishes: %v", err)
	}
	stale.Release() // takes nothing from the one who has it now
	if lease, _, err := a.TakeLease(t.Context(), 0, nil); lease != nil || err != nil {
		t.Errorf("the lease was taken from its holder: %v", err)
	}
	next.Release()

	_ = zoo.Process.Kill()
	began := time.Now()
	if lease, _, err := b.TakeLease(t.Context(), 0, nil); lease != nil || number.CodeOf(err) != warehouse.KeeperDown {
		t.Errorf("without a keeper: %v", err)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("it took %s to know", took)
	}
}
