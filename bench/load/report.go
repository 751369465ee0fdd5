package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// report is what was measured, form by form.
type report []*rows

// target is the most that a ratio may be; 0 where none is said.
func target(form string) float64 {
	switch form {
	case long:
		return 4
	case wide:
		return 3
	case parquet:
		return 6
	}
	return 1.25
}

// The other targets.
const (
	mostMemory    = 300 << 20
	mostUnchanged = 1.5
	mostDisk      = 2
	mostRestated  = 0.3
)

// write prints the ratios, by the clock and by what was used of the processors: where other
// programs run beside the bench, the second tells more.
func (r report) write(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "what\tfacts\tload\tbeside it\tratio\tCPU of load\tCPU beside it\tratio of CPU\ttarget\t")
	for _, m := range r {
		load, bare := best(m.loads), best(m.bare)
		beside := "the engine alone"
		if m.form == xlsx {
			beside = "reading alone"
		}
		line(w, m.form+" ÷ "+beside, m.loads[0].Facts, load, bare, target(m.form))
		if m.form == long {
			line(w, "unchanged files ÷ their checksum", m.loads[0].Facts, best(m.unchanged), best(m.hashed), mostUnchanged)
			both := best(m.held)
			approved := best(m.approved)
			both.Wall, both.CPU = both.Wall+approved.Wall, both.CPU+approved.CPU
			line(w, "1 % restated, held and approved ÷ first load", m.loads[0].Facts, both, load, mostRestated)
		}
	}
	for _, m := range r {
		facts := float64(m.loads[0].Facts)
		memory := most(m.loads)
		fmt.Fprintf(w, "%s: memory of the program\t%.0f\t%d MB\t\t%.0f bytes a fact\t\t\t\t≤ 300 MB: %s\t\n", m.form, facts, memory>>20, float64(memory)/facts, reached(float64(memory), mostMemory))
		if m.form == xlsx {
			continue
		}
		disk, bare := float64(m.loads[0].Disk), float64(m.bare[0].Disk)
		fmt.Fprintf(w, "%s: disk ÷ a bare table\t%.0f\t%.1f bytes a fact\t%.1f\t%.2f\t\t\t\t≤ %d: %s\t\n", m.form, facts, disk/facts, bare/facts, disk/bare, mostDisk, reached(disk/bare, mostDisk))
	}
	for _, m := range r {
		if m.form == long {
			fmt.Fprintf(w, "open: empty, and with what was loaded\t%d\t%v\t%v\t\t\t\t\t\t\n", m.loads[0].Facts, m.loads[0].Open.Round(time.Millisecond), m.unchanged[0].Open.Round(time.Millisecond))
		}
	}
	return w.Flush()
}

func line(w io.Writer, what string, facts int, load, bare spent, target float64) {
	ratio, ofCPU := load.Wall.Seconds()/bare.Wall.Seconds(), load.CPU.Seconds()/bare.CPU.Seconds()
	fmt.Fprintf(w, "%s\t%d\t%.2f s\t%.2f s\t%.2f\t%.2f s\t%.2f s\t%.2f\t≤ %.4g: %s\t\n", what, facts, load.Wall.Seconds(), bare.Wall.Seconds(), ratio,
		load.CPU.Seconds(), bare.CPU.Seconds(), ofCPU, target, reached(ratio, target))
}

func reached(ratio, target float64) string {
	if ratio <= target {
		return "reached"
	}
	return "missed"
}

// best is the least that a subject cost, which other programs disturbed least.
func best(results []result) spent { return quickest(results).Spent }

func quickest(results []result) result {
	return slices.MinFunc(results, func(a, b result) int { return int(a.Spent.Wall - b.Spent.Wall) })
}

func most(results []result) (bytes int64) {
	for _, r := range results {
		bytes = max(bytes, r.Peak)
	}
	return bytes
}
