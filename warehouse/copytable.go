package warehouse

import (
	"context"
	"reflect"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/number"
)

// copiedTable is a table that a copy of a warehouse has, in chunks of rows that agree in two
// columns: what a query can read of it without reading all of it. Where a table is small, the
// columns are those that all of a partition agree in.
type copiedTable struct{ name, first, second string }

const partition = "_partition_id"

// copiedTables lists the tables of a copy in the order in which they are written: as with a
// load the releases, which make all of it visible, come last.
func copiedTables() []copiedTable {
	return []copiedTable{
		{"unit_key", partition, partition},
		{"unit", partition, partition},
		{"indicator", partition, partition},
		{"place", partition, partition},
		{"catalogue", "number", partition},
		{"observation", "indicator", "year"},
		{"posting", "indicator", "year"},
		{"finding", "release", partition},
		{"release_file", "release", partition},
		{"reject", "release", "file"},
		{"run", "source", partition},
		{"pause", "source", partition},
		{"restatement_cell", "restatement", partition},
		{"restatement", "id", partition},
		{"restatement_decision", partition, partition},
		{"claim", partition, partition},
		{"receipt", partition, partition},
		{"release", partition, partition},
	}
}

// notCopied lists the tables that a copy does not have, and why.
func notCopied() map[string]string {
	return map[string]string{
		"migration":             "each database has its own: what was applied to it, and when",
		"copied":                "it says of which warehouse its own database is a copy",
		"holding":               "it is counted anew: what releases hold by the levels of a catalogue",
		"rollup":                "it is empty: roll-ups are in rollup_series since",
		"rollup_series":         "it is summed anew from posting",
		"rollup_mark":           "it says what rollup_series has",
		"hierarchy":             "a dictionary: ClickHouse reads it from place",
		"moving":                "it keeps nothing: loads pass through it",
		"moving_observation":    "a view: what it makes of a load is in observation",
		"moving_posting":        "a view: what it makes of a load is in posting",
		"published":             "a view: it has no rows of its own",
		"published_indicator":   "a view: it has no rows of its own",
		"published_observation": "a view: it has no rows of its own",
		"published_stated":      "a view: it has no rows of its own",
		"published_unit":        "a view: it has no rows of its own",
	}
}

// content is how many rows there are and the sum of their hashes: of two sets of rows with
// one content, every row of either is in the other.
type content struct{ rows, checksum uint64 }

// chunk names a chunk of a table by the values of its columns.
type chunk struct{ a, b string }

// chunks reads what a database has of a table, and in which order.
func chunks(ctx context.Context, db *database, table copiedTable) (order []chunk, all map[chunk]content, err error) {
	all = map[chunk]content{}
	err = db.read(ctx, "copy_chunks", table.values(), func(rows driver.Rows) error {
		var key chunk
		var c content
		err := rows.Scan(&key.a, &key.b, &c.rows, &c.checksum)
		order, all[key] = append(order, key), c
		return err
	})
	return order, all, err
}

func (t copiedTable) values() values {
	return values{"table": t.name, "first": t.first, "second": t.second}
}

// of returns the parameters of the statements that read a bucket of a chunk.
func (t copiedTable) of(key chunk, buckets, bucket uint64) values {
	v := t.values()
	v["a"], v["b"], v["buckets"], v["bucket"] = escape(key.a), escape(key.b), num(buckets), num(bucket)
	return v
}

// copying is what a copy of one table needs.
type copying struct {
	from, to *database
	table    copiedTable
	batch    uint64 // about how many rows are in memory, and in one insert
	wrote    func(rows uint64)
}

// chunk copies of a chunk what the target lacks, a bucket at a time. A bucket is one insert,
// of which ClickHouse keeps all or nothing.
func (c *copying) chunk(ctx context.Context, key chunk, rows uint64) error {
	buckets := (rows + c.batch - 1) / c.batch
	want, err := c.buckets(ctx, c.from, key, buckets)
	if err != nil {
		return err
	}
	there, err := c.buckets(ctx, c.to, key, buckets)
	if err != nil {
		return err
	}
	for bucket := range buckets {
		if want[bucket] == there[bucket] {
			continue
		}
		known := map[uint64]int{}
		if there[bucket].rows > 0 {
			if known, err = c.hashes(ctx, key, buckets, bucket); err != nil {
				return err
			}
		}
		if err := c.bucket(ctx, c.table.of(key, buckets, bucket), known); err != nil {
			return err
		}
	}
	return nil
}

func (c *copying) buckets(ctx context.Context, db *database, key chunk, buckets uint64) (map[uint64]content, error) {
	all := map[uint64]content{}
	err := db.read(ctx, "copy_buckets", c.table.of(key, buckets, 0), func(rows driver.Rows) error {
		var bucket uint64
		var held content
		err := rows.Scan(&bucket, &held.rows, &held.checksum)
		all[bucket] = held
		return err
	})
	return all, err
}

// hashes reads how often the target has each row of a bucket.
func (c *copying) hashes(ctx context.Context, key chunk, buckets, bucket uint64) (map[uint64]int, error) {
	known := map[uint64]int{}
	err := c.to.read(ctx, "copy_hashes", c.table.of(key, buckets, bucket), func(rows driver.Rows) error {
		var hash uint64
		err := rows.Scan(&hash)
		known[hash]++
		return err
	})
	return known, err
}

// bucket copies the rows of a bucket but those that are known. What is known and is not
// among them is of another warehouse.
func (c *copying) bucket(ctx context.Context, v values, known map[uint64]int) error {
	var wrote uint64
	err := c.to.insert(ctx, c.table.name, func(add func(...any) error) error {
		var places []any
		err := c.from.read(ctx, "copy_rows", v, func(rows driver.Rows) error {
			if places == nil {
				for _, column := range rows.ColumnTypes() {
					places = append(places, reflect.New(column.ScanType()).Interface())
				}
			}
			if err := rows.Scan(places...); err != nil {
				return err
			}
			row := make([]any, len(places))
			for i, place := range places {
				row[i] = reflect.ValueOf(place).Elem().Interface()
			}
			last := len(row) - 1
			if hash, is := row[last].(uint64); is && known[hash] > 0 {
				known[hash]--
				return nil
			}
			wrote++
			return add(row[:last]...)
		})
		for _, rest := range known {
			if err == nil && rest > 0 {
				return otherRows(c.table.name)
			}
		}
		return err
	})
	if err == nil && wrote > 0 {
		c.wrote(wrote)
	}
	return err
}

func otherRows(table string) error {
	return &number.Error{
		Code: CopyTargetOther, Where: table, Message: number.Say("the target has rows that this warehouse has not"),
		Hint: number.Say("give the address of an empty database; nothing was removed"),
	}
}
