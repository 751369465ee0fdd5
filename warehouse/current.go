package warehouse

import (
	"context"
	"math"
	"sync/atomic"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"golang.org/x/sync/semaphore"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// current keeps the present state of the database in memory, and reads it again after
// something was published or defined.
type current struct {
	db  *database
	now atomic.Pointer[state]
	mu  *semaphore.Weighted // held while now is made anew; a mute engine lets nobody wait longer than they want to
}

func newCurrent(db *database) *current {
	c := &current{db: db, mu: semaphore.NewWeighted(1)}
	c.now.Store(emptyState())
	return c
}

// Catalogue returns the current definitions and holdings.
func (c *current) Catalogue() *catalogue.Calendar { return c.now.Load().catalogue }

// Refresh reads new releases and definitions, if there are any. Where there are none it
// costs one small query.
func (c *current) Refresh(ctx context.Context) error {
	if err := c.mu.Acquire(ctx, 1); err != nil {
		return err
	}
	defer c.mu.Release(1)
	return c.refresh(ctx)
}

// refresh is Refresh for callers that hold mu.
func (c *current) refresh(ctx context.Context) error {
	var head, number uint32
	var generation uint64
	if err := c.db.one(ctx, "head", nil, &head, &number, &generation); err != nil {
		return err
	}
	old := c.now.Load()
	if head == uint32(old.catalogue.Head) && number == old.number && (generation == old.rolled.newest || c.db.cfg.RolledUpBeyond == math.MaxInt) {
		return nil
	}
	next := *old
	holdings := old.catalogue.Holdings
	if number != old.number {
		if err := readDefinitions(ctx, c.db, number, &next); err != nil {
			return err
		}
		if err := loadHierarchy(ctx, c.db, number); err != nil {
			return err
		}
		next.cells = nil // units may have other levels now
		holdings = ledger.Holdings{}
	}
	if err := readHoldings(ctx, c.db, ledger.ReleaseID(head), &holdings, &next); err != nil {
		return err
	}
	next.catalogue = catalogue.NewCalendar(catalogue.NewCatalogue(next.definitions, holdings))
	c.now.Store(&next)
	return nil
}

// reaching returns the present state, read again first when a key names a release that
// is not known yet.
func (c *current) reaching(ctx context.Context, keys []figure.SliceKey) (*state, error) {
	for _, key := range keys {
		if key.View.Head > c.now.Load().catalogue.Head {
			if err := c.Refresh(ctx); err != nil {
				return nil, err
			}
			break
		}
	}
	return c.now.Load(), nil
}

// Watch calls Refresh where there are new rows, for what another process published or defined:
// it looks at each interval, and returns when ctx ends.
func (c *current) Watch(ctx context.Context, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	var known uint64
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		rows, err := c.rows(ctx) // before what they say is read: what comes in between is seen next time
		if err == nil && rows != known {
			err = c.Refresh(ctx)
		}
		switch {
		case err == nil:
			known = rows
		case ctx.Err() == nil:
			c.db.log.Warn("cannot look for new releases", "code", number.CodeOf(err), "error", err)
		}
	}
}

// rows counts the releases, catalogues and marks of roll-ups that there ever were.
func (c *current) rows(ctx context.Context) (all uint64, err error) {
	err = c.db.read(ctx, "head_rows", nil, func(rows driver.Rows) error {
		var n uint64
		err := rows.Scan(&n)
		all += n
		return err
	})
	return all, err
}
