package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// row is a row of the table: the medians of the passes. Times are in milliseconds.
type row struct {
	Set, Mode, Way  string
	Clients         int
	Requests        int // of all passes
	PerSecond       float64
	P50, P95, P99   float64
	Program, Engine float64 // of the processors, for one request
	Bytes           int     // of an answer, after it was unpacked

	passes []pass
}

func newRow(mode string, clients int, s *subject, passes []pass) row {
	of := func(value func(pass) float64) float64 {
		var all []float64
		for _, p := range passes {
			all = append(all, value(p))
		}
		return median(all)
	}
	r := row{
		Set: s.set.shape.String(), Mode: mode, Way: s.way, Clients: clients, Bytes: s.bytes, passes: passes,
		PerSecond: of(func(p pass) float64 { return p.perSecond }),
		P50:       of(func(p pass) float64 { return p.p50 }), P95: of(func(p pass) float64 { return p.p95 }), P99: of(func(p pass) float64 { return p.p99 }),
		Program: of(func(p pass) float64 { return p.program }), Engine: of(func(p pass) float64 { return p.engine }),
	}
	for _, p := range passes {
		r.Requests += p.requests
	}
	return r
}

// verdict is a number beside its target.
type verdict struct {
	Set, Name string
	Clients   int // 0: it is not about clients
	Is        float64
	Unit      string // empty: a ratio
	Target    string // empty: none was set
	Reached   bool
}

// target is what a number sets out to reach.
type target struct {
	most  bool // the number is to be at most, not at least, so large
	value float64
}

func atMost(value float64) *target { return &target{true, value} }

func atLeast(value float64) *target { return &target{false, value} }

// judge sets a number beside its target; nil is none.
func judge(set, name string, clients int, is float64, unit string, t *target) verdict {
	v := verdict{Set: set, Name: name, Clients: clients, Is: is, Unit: unit}
	if t == nil {
		return v
	}
	v.Target, v.Reached = fmt.Sprintf("≥ %g", t.value), is >= t.value
	if t.most {
		v.Target, v.Reached = fmt.Sprintf("≤ %g", t.value), is <= t.value
	}
	return v
}

// String is how a verdict is printed.
func (v verdict) String() string {
	switch {
	case v.Target == "":
		return "–"
	case v.Reached:
		return "reached"
	}
	return "missed"
}

// report is all that is printed.
type report struct {
	Machine  machine
	Options  string
	Loads    []string // load averages in the course of the run
	Took     time.Duration
	Rows     []row
	Verdicts []verdict
}

// ratio gives the median of the ratios of two rows, pass by pass: what disturbs a pass disturbs
// both of them or is outvoted.
func ratio(a, b row, value func(pass) float64) float64 {
	var all []float64
	for i := range a.passes {
		all = append(all, value(a.passes[i])/value(b.passes[i]))
	}
	return median(all)
}

func rate(p pass) float64 { return p.perSecond }

func time50(p pass) float64 { return p.p50 }

// find gives a row, and whether it was measured.
func find(rows []row, set, mode, way string, clients int) (row, bool) {
	at := slices.IndexFunc(rows, func(r row) bool { return r.Set == set && r.Mode == mode && r.Way == way && r.Clients == clients })
	if at < 0 {
		return row{}, false
	}
	return rows[at], true
}

func (r *report) writeJSON(out io.Writer) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(r)
}

// write prints the table. Nothing is lost when it fails: whoever reads has gone.
func (r *report) write(out io.Writer) error {
	fmt.Fprintln(out, r.Machine)
	fmt.Fprintln(out, r.Options)
	fmt.Fprintf(out, "load averages in the course of the run: %s\n", r.Loads)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\ndata\tasked\tclients\tanswered by\trequests\trequests/s\tp50 ms\tp95 ms\tp99 ms\tprogram CPU ms\tengine CPU ms\tbytes\t")
	for _, row := range r.Rows {
		fmt.Fprintf(table, "%s\t%s\t%d\t%s\t%d\t%.0f\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%d\t\n",
			row.Set, row.Mode, row.Clients, row.Way, row.Requests, row.PerSecond, row.P50, row.P95, row.P99, row.Program, row.Engine, row.Bytes)
	}
	fmt.Fprintln(table)
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(table, "data\tclients\tmeasured\tis\ttarget\t\t")
	for _, v := range r.Verdicts {
		clients := ""
		if v.Clients > 0 {
			clients = fmt.Sprint(v.Clients)
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%.2f %s\t%s\t%s\t\n", v.Set, clients, v.Name, v.Is, v.Unit, v.Target, v)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "\nall answers were right; the run took %s\n", r.Took.Round(time.Second))
	return err
}
