package main

import (
	"context"
	"fmt"
	"net"
	"runtime"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/gate"
	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/graph/kept"
	"github.com/niengiam/niengiam/graph/question"
	"github.com/niengiam/niengiam/metric"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/memory"
)

// metricsSettings are the flags of serve about what Prometheus is told.
type metricsSettings struct {
	Addr string `help:"Serve metrics for Prometheus at http://HOST:PORT/metrics, an address of their own: whoever runs the program reads them, not whoever asks it. Port 0 picks a free one. Off by default." placeholder:"HOST:PORT"`
}

// metrics is what Prometheus is told, while it is served; with no listener it is counted
// and told to nobody.
type metrics struct {
	*metric.Meter
	listener net.Listener
	running  *serving // nil until it is served
}

// open listens, where an address was given, before anything is started.
func (m metricsSettings) open(w *workspace.Workspace, saved question.Set) (*metrics, error) {
	config := metric.Config{Version: version, GoVersion: runtime.Version()}
	for _, root := range []string{"Query", "Mutation", "Subscription"} {
		for _, field := range graph.Schema().Types[root].Fields {
			config.Fields = append(config.Fields, field.Name)
		}
	}
	for _, q := range saved {
		config.Questions = append(config.Questions, q.Code)
	}
	for _, source := range w.Sources {
		config.Sources = append(config.Sources, source.Code)
	}
	opened := &metrics{Meter: metric.New(config)}
	if m.Addr == "" {
		return opened, nil
	}
	var err error
	opened.listener, err = listen("metrics-addr", m.Addr)
	return opened, err
}

// close stops serving.
func (m *metrics) close() {
	if m.running != nil {
		m.running.stop()
	}
	if m.listener != nil {
		_ = m.listener.Close() // the server may have closed it
	}
}

// serve serves the metrics until close.
func (m *metrics) serve(s *session, settings gateSettings, state metric.State) {
	if m.listener == nil {
		return
	}
	m.Watch(state)
	settings.MaxConnections = scrapers
	m.running = startServer(settings.open(s, m.listener), m.listener, guarded(m.Handler(s.log)))
	fmt.Fprintf(s.out, "Metrics for Prometheus: http://%s%s\n", m.listener.Addr(), metric.Path)
}

// scrapers is how many connections those who read metrics may have at once.
const scrapers = 16

// stateOf is where the state of what serves is read.
func stateOf(state *readiness, before *gate.Gate, slices *memory.Source, answers *kept.Answers[catalogue.Calendar], manager *etl.ReleaseManager) metric.State {
	read := metric.State{
		Ready: state.Ready, Gate: before.Usage, Slices: slices.Usage, Catalogue: state.store.Catalogue, Spent: state.store.Spent(),
		Jobs: func(ctx context.Context) ([]*ledger.Job, error) { return manager.Jobs(ctx) },
	}
	if answers != nil {
		read.Answers = answers.Usage
	}
	if state.store.engine != nil {
		read.Engine = state.store.engine.Usage
	}
	return read
}
