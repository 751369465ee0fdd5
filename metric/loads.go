package metric

import (
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/niengiam/niengiam/stats/ledger"
)

// loads count the runs of sources that this program made; those of `niengiam load` are
// another program's, and are seen as the last run of their source.
type loads struct {
	sources  []string
	ended    *prometheus.CounterVec
	late     *prometheus.CounterVec
	read     *prometheus.CounterVec
	rejected *prometheus.CounterVec
	duration *prometheus.HistogramVec
	stages   *prometheus.HistogramVec
}

func newLoads(sources []string) loads {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	}
	l := loads{
		sources: sources,
		ended: counter("niengiam_etl_loads_total",
			"Loads that this program has ended, by source and outcome (published; unchanged: nothing new; refused: rejected rows stopped it, as its source asks; held: it waits for approval; failed).", "source", "outcome"),
		late: counter("niengiam_etl_late_loads_total",
			"Loads by schedule that began more than two minutes after they were due, by source.", "source"),
		read: counter("niengiam_etl_rows_read_total",
			"Data rows of files that loads have examined, by source; a load that finds its files unchanged examines none.", "source"),
		rejected: counter("niengiam_etl_rows_rejected_total",
			"Rows and columns of files that loads have examined and not accepted, by source.", "source"),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "niengiam_etl_load_duration_seconds", Help: "Time in seconds that loads took from their start, waiting for other loads left out, by source.",
			Buckets: []float64{0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600},
		}, []string{"source"}),
		stages: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "niengiam_etl_stage_duration_seconds", Help: "Time in seconds that the stages of loads took, by stage: the words of the log and of the progress of a run.",
			Buckets: []float64{0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900},
		}, []string{"stage"}),
	}
	for _, stage := range ledger.Stages() {
		l.stages.WithLabelValues(stage)
	}
	for _, source := range sources { // so that the first failure is seen as an increase
		for _, outcome := range outcomes() {
			l.ended.WithLabelValues(source, string(outcome))
		}
		l.late.WithLabelValues(source)
		l.read.WithLabelValues(source)
		l.rejected.WithLabelValues(source)
	}
	return l
}

// outcomes lists how a run may have ended.
func outcomes() []ledger.Outcome {
	return []ledger.Outcome{ledger.Published, ledger.Unchanged, ledger.Refused, ledger.Waiting, ledger.Failed}
}

func (l loads) all() []prometheus.Collector {
	return []prometheus.Collector{l.ended, l.late, l.read, l.rejected, l.duration, l.stages}
}

func (l loads) add(run ledger.Run) {
	source := run.Source
	if !slices.Contains(l.sources, source) {
		source = otherKind
	}
	l.ended.WithLabelValues(source, string(run.Outcome)).Inc()
	l.duration.WithLabelValues(source).Observe(run.Ended.Sub(run.StartedAt).Seconds())
	if run.IsLate() {
		l.late.WithLabelValues(source).Inc()
	}
	if run.Repeats == "" { // otherwise the counts are those of an earlier run
		l.read.WithLabelValues(source).Add(float64(run.Read))
		l.rejected.WithLabelValues(source).Add(float64(run.Rejected))
	}
}

// passed counts the time of a stage; what is no stage has no series.
func (l loads) passed(stage string, took time.Duration) {
	if slices.Contains(ledger.Stages(), stage) {
		l.stages.WithLabelValues(stage).Observe(took.Seconds())
	}
}
