package warehouse

import (
	"context"
	"embed"
	"fmt"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse/engine"
)

//go:embed query/*.sql
var queries embed.FS

// values are the typed parameters of a statement, {name:Type} in its text. They
// travel beside it; no value ever becomes part of a text.
type values = clickhouse.Parameters

// text gives the statement of a file in query/.
func text(name string) string {
	sql, err := queries.ReadFile("query/" + name + ".sql")
	if err != nil { // ClickHouse refuses it by name
		return "unknown statement " + name
	}
	return string(sql)
}

// read runs the statement of a file and calls each for every row of its result.
func read(ctx context.Context, w *Warehouse, name string, v values, each func(rows driver.Rows) error) error {
	return readText(ctx, w, name, text(name), v, each)
}

func readText(ctx context.Context, w *Warehouse, name, sql string, v values, each func(rows driver.Rows) error) error {
	cost := figure.CostOf(ctx)
	cost.Statements.Add(1)
	ctx = clickhouse.Context(ctx, clickhouse.WithParameters(v), clickhouse.WithProgress(func(p *clickhouse.Progress) {
		cost.RowsRead.Add(int64(p.Rows))
	}))
	rows, err := w.connection().Query(ctx, sql)
	if err != nil {
		return fault(name, err)
	}
	defer func() { _ = rows.Close() }() // what it could say, Err says
	for rows.Next() {
		if err := each(rows); err != nil {
			return fault(name, err)
		}
	}
	return fault(name, rows.Err())
}

// one runs the statement of a file and reads its only row into the places; they
// stay as they are when there is none.
func one(ctx context.Context, w *Warehouse, name string, v values, places ...any) error {
	return read(ctx, w, name, v, func(rows driver.Rows) error { return rows.Scan(places...) })
}

func exec(ctx context.Context, w *Warehouse, name string) error {
	return fault(name, w.connection().Exec(ctx, text(name)))
}

// insert writes the rows that fill appends, as one block; none when it appends none.
func insert(ctx context.Context, w *Warehouse, into string, fill func(add func(row ...any) error) error) error {
	batch, err := w.connection().PrepareBatch(ctx, "INSERT INTO "+into)
	if err != nil {
		return fault(into, err)
	}
	if err := fill(batch.Append); err != nil {
		_ = batch.Abort()
		return fault(into, err)
	}
	if batch.Rows() == 0 {
		return fault(into, batch.Abort())
	}
	return fault(into, batch.Send())
}

// fault gives an error its code, or says which statement it came from.
func fault(name string, err error) error {
	if err == nil {
		return nil
	}
	if err = engine.Translate(err); number.CodeOf(err) != "" {
		return err
	}
	return fmt.Errorf("warehouse: %s: %w", name, err)
}

// num writes an integer parameter.
func num[T ~int | ~int64 | ~uint32 | ~uint64](n T) string { return fmt.Sprintf("%d", n) }

// numbers writes an Array of integers.
func numbers[T ~int | ~uint8 | ~uint32](all []T) string {
	texts := make([]string, len(all))
	for i, n := range all {
		texts[i] = fmt.Sprintf("%d", n)
	}
	return "[" + strings.Join(texts, ",") + "]"
}

// names writes an Array(String).
func names(all []string) string {
	quoted := make([]string, len(all))
	for i, name := range all {
		quoted[i] = quote(name)
	}
	return "[" + strings.Join(quoted, ",") + "]"
}

// quote writes a string literal.
func quote(s string) string { return "'" + escape(s) + "'" }

// escape writes a String parameter, which is read with its escapes.
func escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "\x00", `\0`).Replace(s)
}
