// Package warehouse keeps facts in ClickHouse. It is the only room that speaks
// to it: the embedded engine and a server are reached in the same way, with the
// same tables (schema/clickhouse) and the same statements (query).
//
// Facts are added and never changed. A release is written under a number that
// nobody reads, and one row in the table release makes all of it visible; so a
// reader who names a release always gets the same answer. Figures are summed
// from the ledger of postings (ledger.Post) up the hierarchy of units, which a
// dictionary knows for every day.
package warehouse

import (
	"context"
	"errors"
	"log/slog"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

var _ figure.Source = (*Warehouse)(nil)

// Config says where the warehouse is. Only Options is required.
type Config struct {
	// Options gives the options of a connection as the program's own user; each
	// call gives a value of its own.
	Options func() *clickhouse.Options
	// Analyst gives those of a user who may read the database and nothing else,
	// for Query. nil: Query runs as the program's user, read-only.
	Analyst func() *clickhouse.Options
	// Database is the name of the database. Empty: "niengiam".
	Database string
	// Server tells that ClickHouse is a server of its own, where the dictionary
	// must log in like everybody else.
	Server bool
	// Owner tells that no other process works on the database while this one
	// opens it: then Open removes what interrupted loads left behind.
	Owner bool
	// Logger receives migrations, releases and what was swept. nil: nothing is logged.
	Logger *slog.Logger
}

// Warehouse is one database with facts. It meets figure.Source and etl.Sink. Its
// methods may be called from any goroutine, between Open and Close.
type Warehouse struct {
	cfg  Config
	log  *slog.Logger
	pool atomic.Pointer[pool]
	now  atomic.Pointer[state]
	mu   sync.Mutex // held while now is made anew
}

// pool are the connections.
type pool struct {
	own, analyst driver.Conn
}

// New prepares a warehouse and does nothing else.
func New(cfg Config) *Warehouse {
	if cfg.Database == "" {
		cfg.Database = "niengiam"
	}
	w := &Warehouse{cfg: cfg, log: cfg.Logger}
	if w.log == nil {
		w.log = slog.New(slog.DiscardHandler)
	}
	w.now.Store(emptyState())
	return w
}

// Open creates the database when there is none, brings its tables up to date
// and reads the catalogue. When it fails nothing stays open.
func (w *Warehouse) Open(ctx context.Context) (err error) {
	if !regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`).MatchString(w.cfg.Database) {
		return &number.Error{
			Code: DatabaseName, Message: number.Say("the database cannot be called %s", quote(w.cfg.Database)),
			Hint: number.Say("use lower-case letters, digits and _"),
		}
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
	if err := migrate(ctx, w); err != nil {
		return err
	}
	if w.cfg.Owner {
		if err := sweep(ctx, w); err != nil {
			return err
		}
	}
	return w.Refresh(ctx)
}

// Close closes the connections. Closing twice is allowed.
func (w *Warehouse) Close() error {
	p := w.pool.Swap(nil)
	if p == nil {
		return nil
	}
	if p.analyst != p.own {
		return errors.Join(p.own.Close(), p.analyst.Close())
	}
	return p.own.Close()
}

// createDatabase works without a current database, for there may be none.
func (w *Warehouse) createDatabase(ctx context.Context) error {
	options := w.cfg.Options()
	options.Auth.Database = ""
	conn, err := clickhouse.Open(options)
	if err != nil {
		return fault("connect", err)
	}
	err = conn.Exec(ctx, "CREATE DATABASE IF NOT EXISTS "+w.cfg.Database)
	return errors.Join(fault("create database", err), conn.Close())
}

func (w *Warehouse) connect() error {
	options := w.cfg.Options()
	options.Auth.Database = w.cfg.Database
	keep(options)
	own, err := clickhouse.Open(options)
	if err != nil {
		return fault("connect", err)
	}
	p := &pool{own: own, analyst: own}
	if w.cfg.Analyst != nil {
		options := w.cfg.Analyst()
		options.Auth.Database = w.cfg.Database
		if p.analyst, err = clickhouse.Open(options); err != nil {
			return errors.Join(fault("connect", err), own.Close())
		}
	}
	w.pool.Store(p)
	return nil
}

// kept is how many connections stay open when nobody asks: as many as there may
// be, because to make one costs more than most questions do.
const kept = 16

// keep sets the size of the pool, unless the configuration has.
func keep(options *clickhouse.Options) {
	if options.MaxOpenConns == 0 {
		options.MaxOpenConns = max(kept, options.MaxIdleConns)
	}
	if options.MaxIdleConns == 0 {
		options.MaxIdleConns = options.MaxOpenConns
	}
}

// connection gives the pool, and one that refuses everything when the
// warehouse is not open.
func (w *Warehouse) connection() driver.Conn {
	if p := w.pool.Load(); p != nil {
		return p.own
	}
	return closed{}
}

// Ready is nil when ClickHouse answers, and otherwise says why it does not.
func (w *Warehouse) Ready(ctx context.Context) error {
	return fault("ready", w.connection().Ping(ctx))
}

// Catalogue gives the present definitions and holdings.
func (w *Warehouse) Catalogue() *catalogue.Calendar { return w.now.Load().catalogue }

// Watch looks every so often for what another process published or defined, and
// returns when ctx ends.
func (w *Warehouse) Watch(ctx context.Context, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if err := w.Refresh(ctx); err != nil && ctx.Err() == nil {
			w.log.Warn("cannot look for new releases", "code", number.CodeOf(err), "error", err)
		}
	}
}
