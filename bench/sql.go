package main

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// fillTime is how long one statement may take: those that fill take minutes.
const fillTime = time.Hour

//go:embed sql/*.sql sql/postgres/*.sql questions/*.graphql
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

// values are typed parameters of a statement.
type values map[string]any

// with gives a statement its parameters.
func with(ctx context.Context, v values) context.Context {
	written := clickhouse.Parameters{}
	for name, value := range v {
		written[name] = fmt.Sprint(value)
	}
	return clickhouse.Context(ctx, clickhouse.WithParameters(written))
}

// statement runs the statement of a file and calls each for every row.
func statement(ctx context.Context, conn driver.Conn, name string, v values, each func(driver.Rows) error) (err error) {
	rows, err := conn.Query(with(ctx, v), text(name))
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
func execute(ctx context.Context, conn driver.Conn, name string, v values) error {
	if err := conn.Exec(with(ctx, v), text(name)); err != nil {
		return fmt.Errorf("%s.sql: %w", name, err)
	}
	return nil
}

// door is how to reach the engine of a running program over the native protocol.
type door struct{ Address, Password string }

// doorOf reads the door of the engine in a data directory.
func doorOf(data string) (d door, err error) {
	text, err := os.ReadFile(filepath.Join(data, "engine", "engine.json"))
	if err == nil {
		err = json.Unmarshal(text, &d)
	}
	return d, err
}

// connect gives a pool of native connections to the database of the facts, all kept open.
func (d door) connect(connections int) (driver.Conn, error) {
	return clickhouse.Open(&clickhouse.Options{
		Addr: []string{d.Address}, Auth: clickhouse.Auth{Database: "niengiam", Username: "niengiam", Password: d.Password},
		MaxOpenConns: connections, MaxIdleConns: connections, ReadTimeout: fillTime,
	})
}
