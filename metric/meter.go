package metric

import (
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// The values of labels that stand for all that has no value of its own.
const (
	otherKind = "other"
	otherCode = "OTHER"
)

// Config is what a Meter may name.
type Config struct {
	// Version and GoVersion are those of the program.
	Version, GoVersion string
	// Fields are the root fields of the schema, Questions the codes of the saved questions.
	// Requests for anything else are counted as "other".
	Fields, Questions []string
	// Sources are the codes of the sources of the workspace.
	Sources []string
}

// Meter counts what happens. Its methods may be called from any goroutine.
type Meter struct {
	registry *prometheus.Registry
	kinds    map[kind]*instruments // never changes after New
	codes    sync.Map              // from number.Code to true, of those that people are told of
	requests *prometheus.CounterVec
	errors   *prometheus.CounterVec
	duration *prometheus.HistogramVec
	memory   prometheus.Counter
	engine   prometheus.Counter
	loads    loads
}

// kind is what requests are told apart by.
type kind struct{ door, operation string }

// instruments count the requests of one kind. They are made at its first request, so that
// what nobody asks takes no room.
type instruments struct {
	once                      sync.Once
	answered, failed, refused prometheus.Counter
	duration                  prometheus.Observer
}

// New makes a Meter.
func New(config Config) *Meter {
	labels := []string{"door", "operation"}
	m := &Meter{
		registry: prometheus.NewRegistry(), kinds: map[kind]*instruments{},
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "niengiam_graph_requests_total",
			Help: "Requests for answers, by door (graphql: the API; export: a file of any question; question: a file of a saved one), operation (root field or saved question; several, introspection, other) and result (answered; failed: executed, with an error in the answer; refused: not executed).",
		}, append(labels, "result")),
		errors: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "niengiam_graph_errors_total",
			Help: "Requests whose answer has an error, by door, operation and code of the error (docs/errors.md); a request with several codes counts once for each.",
		}, append(labels, "code")),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "niengiam_graph_request_duration_seconds",
			Help:    "Time in seconds from the head of a request until its answer is made, sending left out, by door and operation.",
			Buckets: []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10},
		}, labels),
		loads: newLoads(config.Sources),
	}
	answers := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "niengiam_graph_answers_total",
		Help: "Operations that were answered, by where the figures came from (memory: no statement was sent to ClickHouse, or the whole answer was kept; engine: at least one was).",
	}, []string{"from"})
	m.memory, m.engine = answers.WithLabelValues("memory"), answers.WithLabelValues("engine")
	for _, door := range []string{"graphql", "export"} {
		for _, field := range append([]string{"several", "introspection", otherKind}, config.Fields...) {
			m.kinds[kind{door, field}] = &instruments{}
		}
	}
	for _, question := range append([]string{otherKind}, config.Questions...) {
		m.kinds[kind{"question", question}] = &instruments{}
	}
	m.kinds[kind{otherKind, otherKind}] = &instruments{}
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Name: "niengiam_build_info", Help: "Always 1; the labels are the version of the program and of Go.",
	}, []string{"version", "goversion"})
	build.WithLabelValues(config.Version, config.GoVersion).Set(1)
	m.registry.MustRegister(m.requests, m.errors, m.duration, answers, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.registry.MustRegister(m.loads.all()...)
	return m
}

// Answered counts a request; it meets graph.Observer. Without errors it allocates nothing.
func (m *Meter) Answered(door, operation string, took time.Duration, statements int64, codes []number.Code) {
	k := kind{door, operation}
	of := m.kinds[k]
	if of == nil {
		k.operation = otherKind
		if of = m.kinds[k]; of == nil {
			k.door = otherKind
			of = m.kinds[k]
		}
	}
	of.once.Do(func() {
		of.answered = m.requests.WithLabelValues(k.door, k.operation, "answered")
		of.failed = m.requests.WithLabelValues(k.door, k.operation, "failed")
		of.refused = m.requests.WithLabelValues(k.door, k.operation, "refused")
		of.duration = m.duration.WithLabelValues(k.door, k.operation)
	})
	of.duration.Observe(took.Seconds())
	switch {
	case len(codes) == 0:
		of.answered.Inc()
	case statements < 0:
		of.refused.Inc()
	default:
		of.failed.Inc()
	}
	switch {
	case statements == 0:
		m.memory.Inc()
	case statements > 0:
		m.engine.Inc()
	}
	for _, code := range codes {
		m.errors.WithLabelValues(k.door, k.operation, m.code(code)).Inc()
	}
}

// code returns a code as the value of a label: only those that people are told of have one.
func (m *Meter) code(code number.Code) string {
	if _, known := m.codes.Load(code); known {
		return string(code)
	}
	if _, told := code.Fault(); !told {
		return otherCode // not kept, so that nothing grows
	}
	m.codes.Store(code, true)
	return string(code)
}

// Loaded counts a run of a source that has ended.
func (m *Meter) Loaded(run ledger.Run) { m.loads.add(run) }

// StageEnded counts the time that a stage of a load took.
func (m *Meter) StageEnded(stage string, took time.Duration) { m.loads.passed(stage, took) }
