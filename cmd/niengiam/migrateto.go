package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse"
)

type migrateToCommand struct {
	DSN   string        `arg:"" name:"dsn" env:"NIENGIAM_MIGRATE_TO" help:"The empty database: clickhouse://user:password@host:9000/database. NIENGIAM_MIGRATE_TO in the environment keeps the password out of the list of processes."`
	Wait  time.Duration `help:"How long to wait for a load to end: 30s, 5m. Default: 1m." default:"1m" placeholder:"TIME"`
	Batch int           `help:"About how many rows are in memory at once." default:"50000" placeholder:"ROWS"`
}

// Run copies the embedded warehouse to a server and compares both. Loads and decisions wait
// until it has ended, those of a running serve, too; questions are answered meanwhile.
func (c *migrateToCommand) Run(s *session) (err error) {
	if s.WarehouseDSN != "" {
		return &number.Error{
			Code: BadSettings, Where: "--warehouse-dsn", Message: number.EnglishOnly("migrate-to copies the embedded warehouse of --data, not that of a server"),
			Hint: number.EnglishOnly("leave --warehouse-dsn out; servers have BACKUP and RESTORE"),
		}
	}
	if c.Batch < 1 {
		return &number.Error{Code: BadSettings, Where: "--batch", Message: number.EnglishOnly("a batch has one row or more")}
	}
	if _, err := os.Stat(filepath.Join(s.Data, "engine")); err != nil {
		return &number.Error{
			Code: BadSettings, Where: s.Data, Message: number.EnglishOnly("there is no warehouse in the data directory: %s", reason(err)),
			Hint: number.EnglishOnly("give the directory of the embedded engine with --data"), Err: err,
		}
	}
	options, database, err := warehouse.Address(c.DSN)
	if err != nil {
		return err
	}
	store, err := open(s.ctx, s, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.close()) }()
	release, err := etl.HoldLoads(s.ctx, filepath.Join(s.Data, "load.lock"), c.Wait)
	if err != nil {
		return err
	}
	defer release()
	fmt.Fprintf(s.out, "copying the warehouse of %s to %s; loads, approvals and withdrawals wait until it has ended\n", s.Data, shownDSN(c.DSN))
	copied, err := warehouse.Copy{
		From: store.Warehouse, To: warehouse.Config{Options: options, Database: database, Server: true, Logger: s.log},
		Batch: c.Batch, Progress: (&copyProgress{s: s}).tell,
	}.Run(s.ctx)
	if err != nil {
		return err
	}
	c.summary(s, &copied)
	return nil
}

// tellEvery is how often a table that takes long is told of.
const tellEvery = 2 * time.Second

// copyProgress prints a line when a table is copied, and from time to time within it.
type copyProgress struct {
	s    *session
	told time.Time
	last string // the table that was told to be copied
}

func (p *copyProgress) tell(name string, done, total uint64) {
	whole := done == total
	if name == p.last || !whole && time.Since(p.told) < tellEvery {
		return
	}
	if p.told = time.Now(); whole {
		p.last = name
	}
	fmt.Fprintf(p.s.out, "%s: %d of %d rows\n", name, done, total)
}

// summary prints what was copied and compared, and what to do next.
func (c *migrateToCommand) summary(s *session, copied *warehouse.Copied) {
	t := table.NewWriter()
	t.SetOutputMirror(s.out)
	t.SetStyle(table.StyleLight)
	t.AppendHeader(table.Row{"table", "rows", "copied now", "were there"})
	for _, row := range copied.Tables {
		t.AppendRow(table.Row{row.Name, row.Rows, row.Wrote, row.Rows - min(row.Wrote, row.Rows)})
	}
	t.Render()
	fmt.Fprintf(s.out, "compared on both sides: %d releases with their receipts; %d figures of %d indicators, summed anew for every year and level; every row of %d tables: all equal\n",
		copied.Releases, copied.Figures, copied.Indicators, len(copied.Tables))
	if copied.Before {
		fmt.Fprintln(s.out, "the copy was complete before; nothing was written")
	}
	fmt.Fprintf(s.out, "complete. Stop what serves %s, keep it as a backup, and start: niengiam serve --warehouse-dsn %s\n", s.Data, shownDSN(c.DSN))
}

// shownDSN is the address of a server without its password.
func shownDSN(dsn string) string {
	parsed, err := url.Parse(dsn)
	if err != nil {
		return "the server"
	}
	return parsed.Redacted()
}
