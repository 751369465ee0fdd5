package warehouse

import (
	"context"
	"errors"
	"io/fs"
	"iter"

	"github.com/niengiam/niengiam/stats/ledger"
)

// MigrateFrom applies the files of another schema, for tests of migrations.
func (w *Warehouse) MigrateFrom(ctx context.Context, files fs.FS) error {
	return migrateFrom(ctx, w.database, files)
}

// Run runs a statement, for tests that read the tables themselves.
func (w *Warehouse) Run(ctx context.Context, sql string) error { return w.connection().Exec(ctx, sql) }

// HoldCells is the part of Hold that comes first, and what is there when it is cut off.
func (w *Warehouse) HoldCells(ctx context.Context, id ledger.ReleaseID, cells []ledger.PendingCell) error {
	next, stop := iter.Pull2(given(cells))
	defer stop()
	_, err := insertHeld(ctx, w.database, id, next)
	return err
}

// TablesOfCopies returns the tables that a copy has, and why it has not the others.
func TablesOfCopies() (copied []string, not map[string]string) {
	for _, table := range copiedTables() {
		copied = append(copied, table.name)
	}
	return copied, notCopied()
}

// RunIn runs a statement in a database that is not opened as a warehouse.
func RunIn(ctx context.Context, cfg Config, sql string) error {
	w := New(cfg)
	if err := w.connect(); err != nil {
		return err
	}
	return errors.Join(w.connection().Exec(ctx, sql), w.Close())
}

// ReadsRollUps reports whether totals of the highest level are read from roll-ups.
func (w *Warehouse) ReadsRollUps() bool { return w.now.Load().rolled.reads(0) }
