package warehousetest

import (
	"context"
	"embed"
	"io/fs"
	"strings"
	"sync"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/niengiam/niengiam/warehouse"
)

// empty are the statements that empty a database, in order.
//
//go:embed empty/*.sql
var empty embed.FS

// free are the databases that no test uses now. They are emptied and have all
// migrations: to apply those costs a quarter of a second of CPU, to empty a database
// a hundredth.
var free struct {
	mu  sync.Mutex
	all []warehouse.Config
}

// Lend opens a warehouse on an empty database that another test may have had
// before. It is for tests that write rows alone; what changes tables, or wants a
// database that was just made, calls Start.
func Lend(t testing.TB) *warehouse.Warehouse {
	t.Helper()
	return Open(t, Borrow(t))
}

// Borrow is the configuration of a database as Lend opens it, which may have its
// migrations already and no rows.
func Borrow(t testing.TB) warehouse.Config {
	t.Helper()
	cfg := borrowed(t)
	t.Cleanup(func() { // after the warehouse is closed
		if t.Failed() {
			drop(t, cfg)
			return
		}
		if err := emptied(cfg); err != nil {
			t.Errorf("cannot empty %s: %v", cfg.Database, err)
			return
		}
		free.mu.Lock()
		defer free.mu.Unlock()
		free.all = append(free.all, cfg)
	})
	return cfg
}

func borrowed(t testing.TB) warehouse.Config {
	t.Helper()
	free.mu.Lock()
	defer free.mu.Unlock()
	last := len(free.all) - 1
	if last < 0 {
		return named(t)
	}
	cfg := free.all[last]
	free.all = free.all[:last]
	return cfg
}

// emptied leaves a database as its migrations made it.
func emptied(cfg warehouse.Config) error {
	conn, err := clickhouse.Open(cfg.Options())
	if err != nil {
		return err
	}
	defer conn.Close()
	names, err := fs.Glob(empty, "empty/*.sql")
	for _, name := range names {
		var statement []byte
		if statement, err = empty.ReadFile(name); err == nil {
			err = conn.Exec(context.Background(), strings.ReplaceAll(string(statement), "{database}", cfg.Database)) // DDL takes no parameters
		}
		if err != nil {
			return err
		}
	}
	return err
}
