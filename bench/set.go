package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync/atomic"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/memory"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/warehouse"
)

// set is a data set, opened and served, with the questions to ask of it.
type set struct {
	name  string
	facts int
	took  time.Duration // to make it
	pool  []question
	// answers are the right ones, by kind and place in the pool: the start of a
	// response, up to the end of its data.
	answers   map[string][][]byte
	catalogue *catalogue.Calendar
	level     int // index of the level asked for
	conn      driver.Conn
	ours      string // addresses
	bare      string
	closers   []func() error
	days      atomic.Int64 // how many questions were asked as of a day of their own
}

// String names the set, its size and what is asked of it.
func (s *set) String() string {
	rows := len(s.catalogue.At(s.day(s.pool[0])).Level(s.pool[0].level))
	return fmt.Sprintf("%s: %d facts, made in %.1f s; growth by %s, %d of them, %d questions",
		s.name, s.facts, s.took.Seconds(), s.pool[0].level, rows, len(s.pool))
}

func (s *set) day(q question) number.Date { return number.Year(q.year).Reference() }

// serve opens our server, with a memory before the warehouse.
func (s *set) serve(ctx context.Context, w *warehouse.Warehouse) error {
	memory.Collect(0, os.Getenv)
	slices, err := memory.New(w, 0)
	if err != nil {
		return err
	}
	s.ours, err = s.listen(ctx, graph.New(graph.Config{Stats: query.New(slices)}))
	return err
}

// listen serves a handler on a free port of loopback until the set is closed.
func (s *set) listen(ctx context.Context, handler http.Handler) (string, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	s.closers = append(s.closers, func() error {
		err := server.Close()
		if end := <-served; !errors.Is(end, http.ErrServerClosed) {
			err = errors.Join(err, end)
		}
		return err
	})
	return listener.Addr().String(), nil
}

// close ends everything, last opened first.
func (s *set) close() error {
	var all error
	for len(s.closers) > 0 {
		last := len(s.closers) - 1
		all = errors.Join(all, s.closers[last]())
		s.closers = s.closers[:last]
	}
	return all
}

// growth runs growth.sql and calls each for every row.
func (s *set) growth(ctx context.Context, q question, each func(driver.Rows) error) error {
	return statement(ctx, s.conn, "growth", map[string]any{
		"indicator": q.indicator, "year": q.year, "base": q.base, "level": s.level, "day": int(s.day(q)),
	}, each)
}
