package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"
	"time"
)

// The ratios that Niengiam sets out to reach.
const (
	mostFirst   = 1.5 // first time ÷ bare SQL, p50
	leastMemory = 0.6 // in memory ÷ bare gqlgen, requests/s
)

// row is a row of the table. Times are in milliseconds.
type row struct {
	Set, Kind, Way string
	Clients        int
	Requests       int
	PerSecond      float64
	P50, P95, P99  float64
	CPU            float64 // of this process for one request, the client's included and the engine's not

	rates []float64 // requests/s of each turn
}

// ratio is a comparison of two rows.
type ratio struct {
	Set, Kind, Of string
	Clients       int
	Ratio, Target float64
	Reached       bool
}

// report is all that is printed.
type report struct {
	Machine  machine
	Duration time.Duration // of measuring one row
	Took     time.Duration
	Sets     []string
	Rows     []row
	Ratios   []ratio
}

// add takes the rows of a data set and sets them in relation.
func (r *report) add(s *set, rows []row) {
	r.Sets, r.Rows = append(r.Sets, s.String()), append(r.Rows, rows...)
	find := func(clients int, kind, way string) row {
		return rows[slices.IndexFunc(rows, func(r row) bool { return r.Clients == clients && r.Kind == kind && r.Way == way })]
	}
	for _, floor := range rows {
		if floor.Way != bareSQL {
			continue
		}
		for _, kind := range []string{comparison, ranking} {
			first := find(floor.Clients, kind, firstTime).P50 / floor.P50
			memory := middle(find(floor.Clients, kind, inMemory).rates, find(floor.Clients, kind, bareDoor).rates)
			r.Ratios = append(r.Ratios,
				ratio{s.name, kind, "first time ÷ bare SQL, p50", floor.Clients, first, mostFirst, first <= mostFirst},
				ratio{s.name, kind, "in memory ÷ bare gqlgen, requests/s", floor.Clients, memory, leastMemory, memory >= leastMemory})
		}
	}
}

// middle gives the median of the ratios of the turns: two rows take theirs one
// after the other, so that what disturbs one turn disturbs both or is outvoted.
func middle(ours, theirs []float64) float64 {
	ratios := make([]float64, len(ours))
	for i := range ours {
		ratios[i] = ours[i] / theirs[i]
	}
	slices.Sort(ratios)
	return (ratios[(len(ratios)-1)/2] + ratios[len(ratios)/2]) / 2
}

func (r *report) writeJSON(out io.Writer) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(r)
}

// write prints the table. Nothing is lost when it fails: whoever reads has gone.
func (r *report) write(out io.Writer) error {
	fmt.Fprintf(out, "%d cores, %s, ClickHouse %s", r.Machine.Cores, r.Machine.Go, r.Machine.ClickHouse)
	for _, path := range slices.Sorted(maps.Keys(r.Machine.Libraries)) {
		fmt.Fprintf(out, ", %s %s", path, r.Machine.Libraries[path])
	}
	fmt.Fprintf(out, "\nserver, engine and clients share the cores; each row was measured for %s in turns; CPU is that of the Go process alone, client included, for one request\n", r.Duration)
	for _, s := range r.Sets {
		fmt.Fprintln(out, s)
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\ndata\tclients\tquestion\tanswered\trequests\trequests/s\tp50 ms\tp95 ms\tp99 ms\tCPU ms\t")
	for _, row := range r.Rows {
		fmt.Fprintf(table, "%s\t%d\t%s\t%s\t%d\t%.0f\t%.2f\t%.2f\t%.2f\t%.2f\t\n",
			row.Set, row.Clients, row.Kind, row.Way, row.Requests, row.PerSecond, row.P50, row.P95, row.P99, row.CPU)
	}
	fmt.Fprintln(table)
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(table, "data\tclients\tquestion\tratio\tis\ttarget\t\t")
	for _, ratio := range r.Ratios {
		sign, verdict := "≤", "reached"
		if ratio.Target == leastMemory {
			sign = "≥"
		}
		if !ratio.Reached {
			verdict = "not reached"
		}
		fmt.Fprintf(table, "%s\t%d\t%s\t%s\t%.2f\t%s %.1f\t%s\t\n",
			ratio.Set, ratio.Clients, ratio.Kind, ratio.Of, ratio.Ratio, sign, ratio.Target, verdict)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "\nall answers were right; the run took %s\n", r.Took.Round(time.Second))
	return err
}
