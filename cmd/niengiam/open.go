package main

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/niengiam/niengiam/stats"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/engine"
)

// stopTime is how long the engine may take to end.
const stopTime = 5 * time.Second

// opened is a warehouse with whatever runs it.
type opened struct {
	*warehouse.Warehouse
	analyst *clickhouse.Options // those of a person with SQL
	close   func() error
}

// open gives the warehouse: on the server that is configured, on the engine of
// a running serve, or on an engine that it starts. Whoever must own the engine
// does not attach to another's.
func (s *session) open(ctx context.Context, own bool) (*opened, error) {
	if s.WarehouseDSN != "" {
		options, err := warehouse.ParseDSN(s.WarehouseDSN)
		if err != nil {
			return nil, err
		}
		return s.openOn(ctx, options, options, options.Auth.Database, false, nil)
	}
	dir := filepath.Join(s.Data, "engine")
	if !own {
		running, err := engine.Attach(dir)
		if err == nil {
			return s.openOn(ctx, running.Options(), running.AnalystOptions(), s.WarehouseDatabase, false, nil)
		}
		if stats.CodeOf(err) != engine.EngineNotRunning {
			return nil, err
		}
	}
	e := engine.New(engine.Config{
		Dir: dir, Library: s.EngineLibrary, Database: s.WarehouseDatabase, MaxMemory: s.EngineMemory << 20, Logger: s.log,
	})
	if err := e.Start(ctx); err != nil {
		return nil, err
	}
	return s.openOn(ctx, e.Options(), e.AnalystOptions(), s.WarehouseDatabase, true, e)
}

// openOn opens the warehouse on a connection. The engine, when there is one, is
// ours to stop.
func (s *session) openOn(ctx context.Context, options, analyst *clickhouse.Options, database string, owner bool, e *engine.Engine) (*opened, error) {
	stop := func() error {
		if e == nil {
			return nil
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
		defer cancel()
		return e.Stop(ctx)
	}
	w := warehouse.New(warehouse.Config{Options: options, Database: database, Logger: s.log, Owner: owner})
	if err := w.Open(ctx); err != nil {
		return nil, errors.Join(err, w.Close(), stop())
	}
	return &opened{Warehouse: w, analyst: analyst, close: func() error { return errors.Join(w.Close(), stop()) }}, nil
}
