package main

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/engine"
)

// stopTime is how long the engine may take to end.
const stopTime = 5 * time.Second

// opened is a warehouse with whatever runs it.
type opened struct {
	*warehouse.Warehouse
	engine *engine.Engine // that runs it; nil where another program does
	close  func() error
}

// open opens the warehouse: on the server that is configured, on the engine of a running
// serve, or on an engine that it starts. With own it does not attach to another program's
// engine.
func open(ctx context.Context, s *session, own bool) (*opened, error) {
	if s.WarehouseDSN != "" {
		return openServer(ctx, s)
	}
	config := warehouse.Config{Database: s.WarehouseDatabase, AnswerLimit: s.WarehouseAnswerLimit, Logger: s.log}
	dir := filepath.Join(s.Data, "engine")
	if !own {
		running, err := engine.Attach(dir)
		if err == nil {
			config.Options, config.Analyst = running.Options, running.AnalystOptions
			return openOn(ctx, config, nil)
		}
		if number.CodeOf(err) != engine.EngineNotRunning {
			return nil, err
		}
	}
	e := engine.New(engine.Config{
		Dir: dir, Library: s.WarehouseLibrary, Database: s.WarehouseDatabase, MaxMemory: s.WarehouseMemory << 20, MuteLimit: s.WarehouseMuteLimit, Logger: s.log, Reader: s.reader,
	})
	if err := e.Start(ctx); err != nil {
		return nil, err
	}
	config.Options, config.Analyst = e.Options, e.AnalystOptions
	return openOn(ctx, config, e)
}

// openServer returns the warehouse on a ClickHouse server.
func openServer(ctx context.Context, s *session) (*opened, error) {
	options, database, err := warehouse.Address(s.WarehouseDSN)
	if err != nil {
		return nil, err
	}
	return openOn(ctx, warehouse.Config{Options: options, Database: database, Server: true, AnswerLimit: s.WarehouseAnswerLimit, Logger: s.log}, nil)
}

// openOn opens the warehouse. The engine, when there is one, is ours to stop.
func openOn(ctx context.Context, config warehouse.Config, e *engine.Engine) (*opened, error) {
	stop := func() error {
		if e == nil {
			return nil
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
		defer cancel()
		return e.Stop(ctx)
	}
	w := warehouse.New(config)
	if err := w.Open(ctx); err != nil {
		return nil, errors.Join(err, stop())
	}
	return &opened{Warehouse: w, engine: e, close: func() error { return errors.Join(w.Close(), stop()) }}, nil
}
