package warehouse

import (
	"context"
	"maps"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/number"
)

// countedAtOnce is how many postings are counted at each start: that takes a fraction of a
// second. Where there are more, what was counted is kept with the releases.
const countedAtOnce = 1_000_000

// readCells adds the new cells to those that were counted before. What everything that was
// published has is read from what was counted at an earlier start, where that is much.
func readCells(ctx context.Context, db *database, between values, next *state) error {
	statement := "holdings_counted"
	if between["after"] == "0" && areCounted(ctx, db, next.number, between) {
		statement = "holdings"
	}
	v := maps.Clone(between)
	v["catalogue"] = num(next.number)
	cells := maps.Clone(next.cells)
	if cells == nil {
		cells = map[holding]tallied{}
	}
	err := db.read(ctx, statement, v, func(rows driver.Rows) error {
		var indicator, breakdown string
		var year uint16
		var level uint64
		var count int64
		var reversals uint64
		var t tallied
		err := rows.Scan(&indicator, &year, &breakdown, &level, &count, &t.cells.first, &t.cells.since, &reversals, &t.reversals.first, &t.reversals.since)
		t.cells.count, t.reversals.count = int(count), int(reversals)
		at := holding{series{indicator, number.Year(year)}, breakdown, int(level)}
		known := cells[at]
		cells[at] = tallied{known.cells.add(t.cells), known.reversals.add(t.reversals)}
		return err
	})
	next.cells = cells
	return err
}

// areCounted counts the releases that were not counted for a catalogue, and reports whether all
// are. Where that cannot be kept they are counted each time.
func areCounted(ctx context.Context, db *database, catalogue uint32, between values) bool {
	var postings, missing uint64
	if err := db.one(ctx, "posting_count", nil, &postings); err != nil || postings <= db.cfg.countedAtOnce() {
		return false
	}
	v := values{"catalogue": num(catalogue), "head": between["head"]}
	err := db.one(ctx, "holding_missing", v, &missing)
	if err == nil && missing > 0 {
		within := clickhouse.Context(ctx, clickhouse.WithParameters(v))
		if err = db.connection().Exec(within, text("holding")); err == nil {
			err = db.connection().Exec(within, text("holding_done"))
		}
		if err == nil {
			err = db.one(ctx, "holding_missing", v, &missing)
		}
	}
	if err != nil {
		db.log.Warn("what is published is counted at each start", "code", number.CodeOf(err), "error", err)
	}
	return err == nil && missing == 0
}
