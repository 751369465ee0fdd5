package warehouse

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/schema"
	"github.com/niengiam/niengiam/stats/number"
)

// Copy copies a warehouse into an empty database of another ClickHouse: all that was ever
// published, held, refused or recorded. What an earlier copy wrote before it was cut off is
// recognised by its contents and not written again.
type Copy struct {
	// From is the warehouse, which is open. Nothing may be published in it meanwhile.
	From *Warehouse
	// To is the database that is written to. It is created where it does not exist.
	To Config
	// Batch is about how many rows are in memory at once. 0: 50,000.
	Batch int
	// Progress is called when rows were written or found to be there: how many of a table
	// are done. It may be nil.
	Progress func(table string, done, total uint64)
}

// Copied is what a copy did.
type Copied struct {
	// Tables are those that were copied, in the order of writing.
	Tables []CopiedTable
	// Releases is how many releases were compared by their receipts, Figures how many
	// figures were summed on both sides, of Indicators indicators.
	Releases, Indicators int
	Figures              uint64
	// Before reports whether an earlier copy had been completed, so that this one only
	// compared.
	Before bool
}

// CopiedTable is a table of a copy.
type CopiedTable struct {
	// Name is that of the table, Rows how many it has, Wrote how many this copy wrote; the
	// others were there.
	Name        string
	Rows, Wrote uint64
}

// defaultBatch is of observations 15 MB.
const defaultBatch = 50_000

// passes is how often the source is read again for what was recorded meanwhile.
const passes = 3

// Run copies, compares both sides and only then says that the copy is complete. Until then
// no program opens the target.
func (c Copy) Run(ctx context.Context) (copied Copied, err error) {
	if c.Batch == 0 {
		c.Batch = defaultBatch
	}
	if c.Progress == nil {
		c.Progress = func(string, uint64, uint64) {}
	}
	if err := c.From.noteMissing(ctx); err != nil { // each release is compared by its receipt
		return copied, err
	}
	target := New(c.To)
	if err := target.checkName(); err != nil {
		return copied, err
	}
	if err := target.createDatabase(ctx); err != nil {
		return copied, err
	}
	if err := target.connect(); err != nil {
		return copied, err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	if copied.Before, err = c.begin(ctx, target.database); err != nil {
		return copied, err
	}
	copied.Tables = make([]CopiedTable, len(copiedTables()))
	for range passes {
		if err := c.pass(ctx, target.database, &copied); err != nil {
			return copied, err
		}
		changed, err := compareRows(ctx, c.From.database, target.database, copied.Tables)
		if err != nil {
			return copied, err
		}
		if !changed {
			return copied, c.finish(ctx, target, &copied)
		}
	}
	return copied, &number.Error{
		Code: CopySourceChanged, Message: number.Say("the warehouse was written to while it was copied"),
		Hint: number.Say("let its loads end, and run the command again: what is copied stays"),
	}
}

// begin looks at the target before anything of it is changed, makes its tables and notes
// whose copy it is. It reports whether that copy had been completed.
func (c Copy) begin(ctx context.Context, to *database) (complete bool, err error) {
	var mine string
	if err := c.From.one(ctx, "copy_identity", nil, &mine); err != nil {
		return false, err
	}
	begun, err := lookAt(ctx, to)
	if err != nil {
		return false, err
	}
	if err := migrate(ctx, to); err != nil {
		return false, err
	}
	if !begun {
		return false, noteCopy(ctx, to, mine, false)
	}
	whose := ""
	if err := to.one(ctx, "copy_state", nil, &whose, &complete); err != nil {
		return false, err
	}
	if whose != mine {
		return false, &number.Error{
			Code: CopyTargetOther, Message: number.Say("the target has a copy of another warehouse"),
			Hint: number.Say("give the address of an empty database; nothing was removed"),
		}
	}
	return complete, c.settle(ctx, to)
}

// settleTime is how long an insert of a program that was killed may take to end.
const settleTime = time.Minute

// settle waits until no insert of an earlier copy runs: its rows would not be recognised.
func (c Copy) settle(ctx context.Context, to *database) error {
	const pause = 250 * time.Millisecond
	quiet := 0
	for deadline := time.Now().Add(settleTime); quiet < 2 && time.Now().Before(deadline); {
		var running uint64
		if err := to.one(ctx, "copy_running", nil, &running); err != nil {
			return err
		}
		if quiet++; running > 0 {
			quiet = 0
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
	return nil
}

// lookAt refuses a target that a newer program has changed or that has rows of anything but
// a copy, and reports whether a copy was begun there.
func lookAt(ctx context.Context, to *database) (begun bool, err error) {
	there := map[string]uint64{}
	err = to.read(ctx, "copy_tables", nil, func(rows driver.Rows) error {
		var name string
		var count uint64
		var keeps bool
		err := rows.Scan(&name, &count, &keeps)
		there[name] = count
		return err
	})
	if err != nil {
		return false, err
	}
	if _, is := there["migration"]; is {
		if err := notNewer(ctx, to); err != nil {
			return false, err
		}
	}
	if there["copied"] > 0 {
		return true, nil
	}
	ours := map[string]bool{}
	for _, table := range copiedTables() {
		ours[table.name] = true
	}
	for name, count := range there {
		_, known := notCopied()[name]
		if (!known && !ours[name]) || (count > 0 && ours[name]) {
			return false, notEmpty(name)
		}
	}
	return false, nil
}

func notEmpty(table string) error {
	return &number.Error{
		Code: CopyTargetNotEmpty, Where: table, Message: number.Say("the target is not empty, and what is there is no copy of this warehouse that was cut off"),
		Hint: number.Say("give the address of an empty database; nothing was removed"),
	}
}

// notNewer refuses a database with migrations that this program does not know.
func notNewer(ctx context.Context, to *database) error {
	files := schema.ClickHouse()
	all, err := fs.Glob(files, "*.sql")
	if err != nil {
		return fault("migrate", err)
	}
	applied, err := appliedMigrations(ctx, to)
	if err == nil {
		_, err = pending(files, all, applied)
	}
	return err
}

func noteCopy(ctx context.Context, to *database, source string, complete bool) error {
	return to.insert(ctx, "copied", func(add func(...any) error) error { return add(source, complete, time.Now()) })
}

// refuseUnfinished refuses a database into which a copy was begun and not completed.
func refuseUnfinished(ctx context.Context, db *database) error {
	source, complete := "", true
	if err := db.one(ctx, "copy_state", nil, &source, &complete); err != nil || complete {
		return err
	}
	return &number.Error{
		Code: CopyUnfinished, Message: number.Say("the database %s has a part of a copy", quote(db.cfg.Database)),
		Hint: number.Say("run niengiam migrate-to again until it says that the copy is complete"),
	}
}

// pass copies of all tables what the target lacks.
func (c Copy) pass(ctx context.Context, to *database, copied *Copied) error {
	for i, table := range copiedTables() {
		order, want, err := chunks(ctx, c.From.database, table)
		if err != nil {
			return err
		}
		_, there, err := chunks(ctx, to, table)
		if err != nil {
			return err
		}
		for key := range there {
			if _, is := want[key]; !is {
				return otherRows(table.name)
			}
		}
		told := &copied.Tables[i]
		told.Name, told.Rows = table.name, 0
		for _, held := range want {
			told.Rows += held.rows
		}
		done, within := uint64(0), uint64(0) // of the chunks before, and of the chunk at work
		work := copying{from: c.From.database, to: to, table: table, batch: uint64(c.Batch), wrote: func(rows uint64) {
			told.Wrote, within = told.Wrote+rows, within+rows
			c.Progress(table.name, done+within, told.Rows)
		}}
		for _, key := range order {
			if want[key] != there[key] {
				if copied.Before {
					return notEmpty(table.name)
				}
				if err := work.chunk(ctx, key, want[key].rows); err != nil {
					return err
				}
			}
			done, within = done+want[key].rows, 0
			c.Progress(table.name, done, told.Rows)
		}
	}
	return nil
}

// finish compares what the rows amount to, and notes that the copy is complete.
func (c Copy) finish(ctx context.Context, target *Warehouse, copied *Copied) error {
	if err := compareFigures(ctx, c.From, target, copied); err != nil || copied.Before {
		return err
	}
	var mine string
	if err := c.From.one(ctx, "copy_identity", nil, &mine); err != nil {
		return err
	}
	return noteCopy(ctx, target.database, mine, true)
}
