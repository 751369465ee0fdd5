package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"maps"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

//go:embed sql/*.sql questions/*.graphql
var texts embed.FS

// text gives the statement of a file in sql/.
func text(name string) string { return file("sql/" + name + ".sql") }

// document gives the query of a file in questions/.
func document(name string) string { return file("questions/" + name + ".graphql") }

func file(name string) string {
	content, err := texts.ReadFile(name)
	if err != nil { // whoever reads it refuses it by name
		return "unknown file " + name
	}
	return string(content)
}

// parameters writes typed parameters of a statement.
func parameters(values map[string]any) clickhouse.Parameters {
	written := clickhouse.Parameters{}
	for name, value := range maps.All(values) {
		written[name] = fmt.Sprint(value)
	}
	return written
}

// statement runs the statement of a file and calls each for every row.
func statement(ctx context.Context, conn driver.Conn, name string, values map[string]any, each func(driver.Rows) error) (err error) {
	rows, err := conn.Query(clickhouse.Context(ctx, clickhouse.WithParameters(parameters(values))), text(name))
	if err != nil {
		return fmt.Errorf("%s.sql: %w", name, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := each(rows); err != nil {
			return fmt.Errorf("%s.sql: %w", name, err)
		}
	}
	return rows.Err()
}

// execute runs the statement of a file that answers nothing.
func execute(ctx context.Context, conn driver.Conn, name string, values map[string]any) error {
	ctx = clickhouse.Context(ctx, clickhouse.WithParameters(parameters(values)))
	if err := conn.Exec(ctx, text(name)); err != nil {
		return fmt.Errorf("%s.sql: %w", name, err)
	}
	return nil
}
