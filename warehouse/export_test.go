package warehouse

import (
	"context"
	"io/fs"

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
	return insertHeld(ctx, w.database, id, cells)
}
