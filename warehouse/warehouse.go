// Package warehouse keeps facts in ClickHouse. It is the only package that speaks to
// ClickHouse: the embedded engine and a server are used in the same way, with the same
// tables (schema/clickhouse) and the same statements (query).
//
// Facts are added and never changed. A release is written under a number that
// nobody reads, and one row in the table release makes all of it visible; so a
// reader who names a release always gets the same answer. Figures are sums of the
// postings of the ledger (ledger.Post) over the hierarchy of units, which a dictionary
// holds for every day.
package warehouse

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"

	"github.com/niengiam/niengiam/stats/figure"
)

var _ figure.Source = (*Warehouse)(nil)

// Warehouse is one database with facts. It implements figure.Source and etl.Sink with the
// methods of its parts, each in the file of its name: first the connections, then what
// is kept in memory, then one part for each thing that is stored. Its methods may be
// called from any goroutine, between Open and Close.
type Warehouse struct {
	*database
	*current
	catalogues
	facts
	releases
	changes
	figures
	runs
	pauses
	leases
	rejects
	restatements
	receipts
	remains
	console
	rollups
}

// New returns a warehouse that is not open yet.
func New(cfg Config) *Warehouse {
	if cfg.Database == "" {
		cfg.Database = "niengiam"
	}
	if cfg.AnswerLimit == 0 {
		cfg.AnswerLimit = answerLimit
	}
	db := &database{cfg: cfg, log: cfg.Logger, pool: &atomic.Pointer[pool]{}, spent: &figure.Cost{}}
	if db.log == nil {
		db.log = slog.New(slog.DiscardHandler)
	}
	now := newCurrent(db.forControl())
	rejects, leases, rollups := rejects{db}, leases{db, &atomic.Pointer[Lease]{}}, newRollups(db, now)
	return &Warehouse{
		database: db, current: now,
		catalogues: catalogues{db, now}, facts: facts{db}, releases: releases{db, now, rejects, receipts{db}, remains{db}, leases, rollups}, changes: changes{db, now},
		figures: figures{db, now}, runs: runs{db, rejects}, pauses: pauses{db}, leases: leases, rejects: rejects, restatements: restatements{db, now}, receipts: receipts{db},
		remains: remains{db}, console: console{db}, rollups: rollups,
	}
}

// Open creates the database if it does not exist, migrates its tables and reads the
// catalogue. When it fails, no connection stays open.
func (w *Warehouse) Open(ctx context.Context) (err error) {
	if err := w.checkName(); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.Close())
		}
	}()
	if err := w.createDatabase(ctx); err != nil {
		return err
	}
	if err := w.connect(); err != nil {
		return err
	}
	if err := migrate(ctx, w.database); err != nil {
		return err
	}
	if err := refuseUnfinished(ctx, w.database); err != nil {
		return err
	}
	// Before Recover is called: what lost its release was not left by a load.
	if err := w.check(ctx); err != nil {
		return err
	}
	if err := w.noteMissing(ctx); err != nil {
		return err
	}
	return w.Refresh(ctx)
}
