package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/engine"
)

// The names of the data sets; also of their databases.
const (
	sample    = "sample"
	synthetic = "synthetic"
)

// stopTime is how long the engine may take to end.
const stopTime = 10 * time.Second

// site is an engine in a directory of its own, which goes when it closes.
type site struct {
	dir     string
	engine  *engine.Engine
	machine machine
}

// machine is what the numbers were measured on.
type machine struct {
	Cores      int
	Go         string
	ClickHouse string
	Libraries  map[string]string
}

// open starts an engine.
func open(ctx context.Context) (_ *site, err error) {
	s := &site{machine: machine{Cores: runtime.GOMAXPROCS(0), Go: runtime.Version(), Libraries: libraries()}}
	if s.dir, err = os.MkdirTemp("", "niengiam-bench-"); err != nil {
		return nil, err
	}
	s.engine = engine.New(engine.Config{Dir: filepath.Join(s.dir, "engine")})
	if err := s.engine.Start(ctx); err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.dir))
	}
	conn, err := s.connect("", 1)
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	err = conn.QueryRow(ctx, text("version")).Scan(&s.machine.ClickHouse)
	if err = errors.Join(err, conn.Close()); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

func (s *site) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	return errors.Join(s.engine.Stop(ctx), os.RemoveAll(s.dir))
}

// connect gives a pool of native connections to a database, all kept open.
func (s *site) connect(database string, connections int) (driver.Conn, error) {
	options := s.engine.Options()
	options.Auth.Database = database
	options.MaxOpenConns, options.MaxIdleConns = connections, connections
	return clickhouse.Open(options)
}

// warehouse opens a warehouse on a database of its own.
func (s *site) warehouse(ctx context.Context, database string) (*warehouse.Warehouse, error) {
	w := warehouse.New(warehouse.Config{Options: s.engine.Options, Database: database})
	return w, w.Open(ctx)
}

// libraries gives the versions of the libraries that the numbers depend on.
func libraries() map[string]string {
	versions := map[string]string{}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return versions
	}
	for _, module := range info.Deps {
		switch module.Path {
		case "github.com/99designs/gqlgen", "github.com/ClickHouse/clickhouse-go/v2":
			versions[module.Path] = module.Version
		}
	}
	return versions
}
