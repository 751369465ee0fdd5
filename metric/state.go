package metric

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/niengiam/niengiam/gate"
	"github.com/niengiam/niengiam/graph/kept"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/memory"
	"github.com/niengiam/niengiam/warehouse/engine"
)

// State is where the state of the other rooms is read, at each scrape.
type State struct {
	// Ready returns nil where questions can be answered, soon whatever ClickHouse does.
	Ready func(context.Context) error
	// Gate, Slices and Catalogue tell what they have at hand.
	Gate      func() gate.Usage
	Slices    func() memory.Usage
	Catalogue func() *catalogue.Calendar
	// Answers tells what answers are kept; nil where none are.
	Answers func() kept.Usage
	// Engine tells of the embedded engine; nil where there is a server instead.
	Engine func() engine.Usage
	// Spent is what the statements of the program cost.
	Spent *figure.Cost
	// Jobs lists the sources with their last runs, which takes two statements.
	Jobs func(context.Context) ([]*ledger.Job, error)
}

// readTime is how long a scrape waits for what is read of ClickHouse.
const readTime = 2 * time.Second

// Watch adds the state of the other rooms to what is served. It is called once.
func (m *Meter) Watch(state State) {
	m.registry.MustRegister(collector{state: state, d: newDescriptions()})
}

// collector reads the state at each scrape.
type collector struct {
	state State
	d     descriptions
}

// Describe lists what may be collected.
func (c collector) Describe(to chan<- *prometheus.Desc) {
	c.d.each(func(d *prometheus.Desc) { to <- d })
}

// Collect reads the state. What cannot be read is left out, so that nobody takes an old
// number for the present one.
func (c collector) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), readTime)
	defer cancel()
	out := scrape{to}
	ready := c.state.Ready(ctx) == nil
	out.gauge(c.d.ready, truth(ready))
	c.gate(out)
	c.slices(out)
	if c.state.Answers != nil {
		c.answers(out)
	}
	out.counter(c.d.statements, float64(c.state.Spent.Statements.Load()))
	out.counter(c.d.rowsRead, float64(c.state.Spent.RowsRead.Load()))
	if c.state.Engine != nil {
		c.engine(out)
	}
	c.releases(out)
	if jobs, err := c.state.Jobs(ctx); err == nil {
		c.jobs(out, jobs)
	}
}

func (c collector) gate(out scrape) {
	u := c.state.Gate()
	out.gauge(c.d.connections, float64(u.Connections))
	out.gauge(c.d.maxConnections, float64(u.MaxConnections))
	out.gauge(c.d.waitingBytes, float64(u.WaitingBytes))
	out.gauge(c.d.maxWaitingBytes, float64(u.MaxWaitingBytes))
	out.counter(c.d.refused, float64(u.Refused))
	out.counter(c.d.displaced, float64(u.Displaced))
	out.counter(c.d.cutOff, float64(u.CutOff))
}

func (c collector) slices(out scrape) {
	u := c.state.Slices()
	out.gauge(c.d.slices, float64(u.Slices))
	out.gauge(c.d.sliceBytes, float64(u.Bytes))
	out.gauge(c.d.maxSliceBytes, float64(u.MaxBytes))
	out.counter(c.d.sliceHits, float64(u.Hits))
	out.counter(c.d.sliceMisses, float64(u.Misses))
}

func (c collector) answers(out scrape) {
	u := c.state.Answers()
	out.gauge(c.d.answers, float64(u.Answers))
	out.gauge(c.d.answerBytes, float64(u.Bytes))
	out.gauge(c.d.maxAnswerBytes, float64(u.MaxBytes))
	out.counter(c.d.answerHits, float64(u.Hits))
	out.counter(c.d.answerMisses, float64(u.Misses))
}

func (c collector) engine(out scrape) {
	u := c.state.Engine()
	out.gauge(c.d.engineUp, truth(u.Up))
	out.counter(c.d.restarts, float64(u.Restarts))
	out.counter(c.d.muteKills, float64(u.MuteKills))
	if u.ResidentBytes > 0 {
		out.gauge(c.d.engineMemory, float64(u.ResidentBytes))
	}
}

func (c collector) releases(out scrape) {
	holdings := c.state.Catalogue().Holdings
	counts, loaded := map[string]int{}, map[string]time.Time{}
	head := ledger.ReleaseID(0)
	for _, r := range holdings.Releases {
		counts[r.SourceCode]++
		head = max(head, r.ID)
		if r.Loaded.After(loaded[r.SourceCode]) {
			loaded[r.SourceCode] = r.Loaded
		}
	}
	out.gauge(c.d.head, float64(head))
	for source, count := range counts {
		out.gauge(c.d.releases, float64(count), source)
		out.gauge(c.d.loaded, seconds(loaded[source]), source)
	}
}

func (c collector) jobs(out scrape, jobs []*ledger.Job) {
	for _, job := range jobs {
		source := job.SourceCode
		out.gauge(c.d.pending, float64(len(job.Held)), source)
		waiting := 0.0
		if job.WaitingSince != nil {
			waiting = time.Since(*job.WaitingSince).Seconds()
		}
		out.gauge(c.d.waiting, waiting, source)
		if job.Next != nil {
			out.gauge(c.d.next, seconds(*job.Next), source)
		}
		run := job.LastRun
		if run == nil {
			continue
		}
		out.gauge(c.d.lastStart, seconds(run.StartedAt), source)
		out.gauge(c.d.lastLate, truth(run.IsLate()), source)
		out.gauge(c.d.lastRead, float64(run.Read), source)
		out.gauge(c.d.lastRejected, float64(run.Rejected), source)
		for _, outcome := range append(outcomes(), ledger.Running) {
			out.gauge(c.d.lastOutcome, truth(run.Outcome == outcome), source, string(outcome))
		}
		if !run.Ended.IsZero() {
			out.gauge(c.d.lastDuration, run.Ended.Sub(run.StartedAt).Seconds(), source)
		}
	}
}

// scrape takes the numbers of one scrape.
type scrape struct{ to chan<- prometheus.Metric }

func (s scrape) gauge(d *prometheus.Desc, value float64, labels ...string) {
	s.to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
}

func (s scrape) counter(d *prometheus.Desc, value float64) {
	s.to <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, value)
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }
