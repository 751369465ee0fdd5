package warehouse

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"maps"
	"regexp"
	"sync/atomic"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// Config is the settings of a Warehouse. Only Options is required.
type Config struct {
	// Options returns the options of a connection as the program's own user, a new value
	// at each call.
	Options func() *clickhouse.Options
	// Analyst returns those of a user who may only read the database, for Query. nil:
	// Query runs as the program's user, read-only.
	Analyst func() *clickhouse.Options
	// Database is the name of the database. Empty: "niengiam".
	Database string
	// Server reports whether ClickHouse is a separate server, where the dictionary must
	// log in like every other client.
	Server bool
	// CountedAtOnce is how many postings may be counted at each start; where there are more,
	// what was counted is kept. 0: a million.
	CountedAtOnce int
	// RolledUpBeyond is how many postings there are before sums are kept for the levels above
	// the lowest. 0: a hundred thousand; below 0: from the first one on, of all levels; math.MaxInt: none
	// are kept, and none are read.
	RolledUpBeyond int
	// LeaseTime is how long the lease of the loads is held without a sign of life. 0: half a
	// minute.
	LeaseTime time.Duration
	// AnswerLimit is how long a statement may go without its answer; then it fails with
	// ENGINE_DOWN, whatever ClickHouse or the network between does. Empty: five minutes.
	AnswerLimit time.Duration
	// Logger receives migrations, releases and what Recover removed. nil: nothing is logged.
	Logger *slog.Logger
}

func (c *Config) countedAtOnce() uint64 {
	if c.CountedAtOnce == 0 {
		return countedAtOnce
	}
	return uint64(c.CountedAtOnce)
}

func (c *Config) rolledUpBeyond() uint64 {
	if c.RolledUpBeyond == 0 {
		return rolledUpBeyond
	}
	return uint64(max(c.RolledUpBeyond, 0))
}

// database holds the connections to the configured database and runs statements in it.
type database struct {
	cfg  Config
	log  *slog.Logger
	pool *atomic.Pointer[pool]
	// control reports whether statements go over the connections that no question takes.
	control bool
	// spent adds up what all statements but those for control cost.
	spent *figure.Cost
}

// pool holds the connections while the warehouse is open.
type pool struct {
	// own are those of the program for questions and loads, control those by which it
	// looks after the engine and the releases, however many questions wait; analyst are
	// those of people with SQL.
	own, control, analyst driver.Conn
}

// controls is how many connections there are for control: as many as a new release is read
// by side by side, and some to ask whether the engine answers.
const controls = 8

// What is asked for control goes first in the engine: questions wait while it runs.
const (
	controlPriority  = 1
	questionPriority = 2
)

// ranked gives connections their place in the engine. Settings are a map that other options
// may share.
func ranked(options *clickhouse.Options, priority int) {
	options.Settings = maps.Clone(options.Settings)
	if options.Settings == nil {
		options.Settings = clickhouse.Settings{}
	}
	options.Settings["priority"] = priority
}

// leaseTime is how long a lease is held without a sign of life.
func (db *database) leaseTime() time.Duration { return cmp.Or(db.cfg.LeaseTime, leaseTime) }

// forControl returns the database on the connections that no question takes.
func (db *database) forControl() *database {
	own := *db
	own.control = true
	return &own
}

// Close closes the connections. Closing twice is allowed.
func (db *database) Close() error {
	p := db.pool.Swap(nil)
	if p == nil {
		return nil
	}
	err := errors.Join(p.own.Close(), p.control.Close())
	if p.analyst != p.own {
		err = errors.Join(err, p.analyst.Close())
	}
	return err
}

// checkName refuses what cannot be the name of a database.
func (db *database) checkName() error {
	if regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`).MatchString(db.cfg.Database) {
		return nil
	}
	return &number.Error{
		Code: DatabaseName, Message: number.Say("the database cannot be called %s", quote(db.cfg.Database)),
		Hint: number.Say("use lower-case letters, digits and _"),
	}
}

// createDatabase connects without a current database, since it may not exist yet.
func (db *database) createDatabase(ctx context.Context) error {
	options := db.cfg.Options()
	options.Auth.Database = ""
	conn, err := clickhouse.Open(options)
	if err != nil {
		return fault("connect", err)
	}
	err = conn.Exec(ctx, "CREATE DATABASE IF NOT EXISTS "+db.cfg.Database)
	return errors.Join(fault("create database", err), conn.Close())
}

func (db *database) connect() error {
	options := db.cfg.Options()
	options.Auth.Database = db.cfg.Database
	keep(options)
	db.hurry(options)
	ranked(options, questionPriority)
	own, err := clickhouse.Open(options)
	if err != nil {
		return fault("connect", err)
	}
	options = db.cfg.Options()
	options.Auth.Database, options.MaxOpenConns, options.MaxIdleConns = db.cfg.Database, controls, controls
	db.hurry(options)
	ranked(options, controlPriority)
	control, err := clickhouse.Open(options)
	if err != nil {
		return errors.Join(fault("connect", err), own.Close())
	}
	p := &pool{own: own, control: control, analyst: own}
	if db.cfg.Analyst != nil {
		options := db.cfg.Analyst()
		options.Auth.Database = db.cfg.Database
		if p.analyst, err = clickhouse.Open(options); err != nil {
			return errors.Join(fault("connect", err), own.Close(), control.Close())
		}
	}
	db.pool.Store(p)
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

// connection returns the program's own connections, or while the warehouse is not open
// one that refuses every statement.
func (db *database) connection() driver.Conn {
	p := db.pool.Load()
	switch {
	case p == nil:
		return closed{}
	case db.control:
		return p.control
	}
	return p.own
}

// Spent returns what the statements of this program cost since its start, those by which
// it looks after the engine and the releases left out.
func (db *database) Spent() *figure.Cost { return db.spent }

// count adds a statement to what was spent, and returns where to add the rows that it reads.
func (db *database) count() *figure.Cost {
	if db.control {
		return &figure.Cost{}
	}
	db.spent.Statements.Add(1)
	return db.spent
}

// Ready returns nil when ClickHouse answers, otherwise the reason why it does not.
func (db *database) Ready(ctx context.Context) error {
	return fault("ready", db.forControl().connection().Ping(ctx))
}

// read runs the statement of a file and calls each for every row of its result.
func (db *database) read(ctx context.Context, name string, v values, each func(rows driver.Rows) error) error {
	return db.readText(ctx, name, text(name), v, each)
}

// readText is read for a statement that was put together, whose name is for errors.
func (db *database) readText(ctx context.Context, name, sql string, v values, each func(rows driver.Rows) error) error {
	ctx, answered := db.within(ctx)
	defer answered()
	cost, spent := figure.CostOf(ctx), db.count()
	cost.Statements.Add(1)
	ctx = clickhouse.Context(ctx, clickhouse.WithParameters(v), clickhouse.WithProgress(func(p *clickhouse.Progress) {
		cost.RowsRead.Add(int64(p.Rows))
		spent.RowsRead.Add(int64(p.Rows))
	}))
	rows, err := db.connection().Query(ctx, sql)
	if err != nil {
		return fault(name, unanswered(ctx, err))
	}
	defer func() { _ = rows.Close() }() // what it could say, Err says
	for rows.Next() {
		if err := each(rows); err != nil {
			return fault(name, err)
		}
	}
	return fault(name, unanswered(ctx, rows.Err()))
}

// one runs the statement of a file and reads its only row into the places; they
// stay as they are when there is none.
func (db *database) one(ctx context.Context, name string, v values, places ...any) error {
	return db.read(ctx, name, v, func(rows driver.Rows) error { return rows.Scan(places...) })
}

// exec runs the statement of a file that has no result.
func (db *database) exec(ctx context.Context, name string) error {
	return db.execWith(ctx, name, nil)
}

// execWith is exec for a statement with parameters.
func (db *database) execWith(ctx context.Context, name string, v values) error {
	ctx, answered := db.within(ctx)
	defer answered()
	db.count()
	ctx = clickhouse.Context(ctx, clickhouse.WithParameters(v))
	return fault(name, unanswered(ctx, db.connection().Exec(ctx, text(name))))
}

// insert writes the rows that fill appends, a block at a time.
func (db *database) insert(ctx context.Context, into string, fill func(add func(row ...any) error) error) error {
	ctx, answered := db.within(ctx)
	defer answered()
	rows := &sending{db: db, into: into}
	err := fill(func(row ...any) error {
		batch, err := rows.open(ctx)
		if err == nil {
			err = batch.Append(row...)
		}
		if err != nil || batch.Rows() < sentAtOnce {
			return err
		}
		return rows.flush()
	})
	if err != nil {
		_ = rows.abort()
		return fault(into, unanswered(ctx, err))
	}
	return fault(into, unanswered(ctx, rows.end()))
}

// sentAtOnce is how many rows are in memory before they are sent; the statement goes on.
const sentAtOnce = 50_000

// once makes ClickHouse ignore an insert when an earlier one had the same token.
func once(ctx context.Context, token string) context.Context {
	return clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Settings{"insert_deduplicate": 1, "insert_deduplication_token": token}))
}
