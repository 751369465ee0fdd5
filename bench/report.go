package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

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
	Fault    string // for which the run ended early; empty where it did not
	Rows     []row
	Verdicts []verdict
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
	end := "all answers were right"
	if r.Fault != "" {
		end = "the run ended early, see the fault"
	}
	_, err := fmt.Fprintf(out, "\n%s; the run took %s\n", end, r.Took.Round(time.Second))
	return err
}
