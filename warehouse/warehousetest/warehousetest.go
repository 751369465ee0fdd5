// Package warehousetest gives tests the real thing: one embedded engine for a
// test binary, and for each test a database of its own in it, so that tests may
// run side by side.
package warehousetest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/engine"
)

// shared is the engine of this test binary: starting one for each test would
// cost a third of a second each.
var shared struct {
	once   sync.Once
	engine *engine.Engine
	dir    string
	err    error
	count  atomic.Int64 // of databases
}

// Main runs the tests of a package and stops the engine, if a test started it:
//
//	func TestMain(m *testing.M) { warehousetest.Main(m) }
func Main(m *testing.M) {
	engine.Main() // does not return in the child
	code := m.Run()
	if shared.engine != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		if err := shared.engine.Stop(ctx); err != nil && code == 0 {
			fmt.Fprintln(os.Stderr, "the engine did not stop:", err)
			code = 1
		}
		cancel()
	}
	if shared.dir != "" {
		_ = os.RemoveAll(shared.dir)
	}
	os.Exit(code)
}

// Engine gives the engine of this test binary, started when the first test asks.
func Engine(t testing.TB) *engine.Engine {
	t.Helper()
	shared.once.Do(func() {
		if shared.dir, shared.err = os.MkdirTemp("", "niengiam-test-"); shared.err != nil {
			return
		}
		e := engine.New(engine.Config{Dir: shared.dir, MaxMemory: 4 << 30})
		if shared.err = e.Start(context.Background()); shared.err == nil {
			shared.engine = e
		}
	})
	if shared.err != nil {
		t.Fatalf("the engine does not start: %v", shared.err)
	}
	return shared.engine
}

// Config is that of a warehouse on a database of the test's own, which is
// dropped when the test ends.
func Config(t testing.TB) warehouse.Config {
	t.Helper()
	cfg := named(t)
	t.Cleanup(func() { drop(t, cfg) })
	return cfg
}

// named is the configuration of a database that nobody has.
func named(t testing.TB) warehouse.Config {
	t.Helper()
	return warehouse.Config{
		Options:  Engine(t).Options,
		Database: fmt.Sprintf("test_%d", shared.count.Add(1)),
	}
}

func drop(t testing.TB, cfg warehouse.Config) {
	t.Helper()
	conn, err := clickhouse.Open(cfg.Options())
	if err == nil {
		err = conn.Exec(context.Background(), "DROP DATABASE IF EXISTS "+cfg.Database+" SYNC")
		_ = conn.Close()
	}
	if err != nil {
		t.Errorf("cannot drop %s: %v", cfg.Database, err)
	}
}

// Address is the address of the engine as of a server, clickhouse://…, until
// the engine is started anew.
func Address(t testing.TB, database string) string {
	t.Helper()
	Engine(t)
	var handle struct{ Address, Password string }
	text, err := os.ReadFile(filepath.Join(shared.dir, "engine.json"))
	if err == nil {
		err = json.Unmarshal(text, &handle)
	}
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("clickhouse://niengiam:%s@%s/%s", handle.Password, handle.Address, database)
}

// Start opens a warehouse on a database of the test's own.
func Start(t testing.TB) *warehouse.Warehouse {
	t.Helper()
	return Open(t, Config(t))
}

// Open opens a warehouse and closes it when the test ends.
func Open(t testing.TB, cfg warehouse.Config) *warehouse.Warehouse {
	t.Helper()
	w := warehouse.New(cfg)
	if err := w.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Errorf("closing the warehouse: %v", err)
		}
	})
	return w
}
