package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// stage is what a stage of a load cost.
type stage struct {
	Name  string
	Spent spent
}

// stages measures the stages of a load or a decision, one after the other: they have no gap
// between them. What comes before the first is called begin.
type stages struct {
	meter  meter
	name   string
	last   spent
	passed []stage
}

func (s *stages) begin(m meter) { s.meter, s.name = m, "begin" }

// enter begins a stage, if it is another one.
func (s *stages) enter(name string, _ int) {
	if name != s.name {
		s.end()
		s.name = name
	}
}

// end ends the stage at hand and lists those that were passed.
func (s *stages) end() []stage {
	now := s.meter.stop()
	s.passed = append(s.passed, stage{s.name, spent{Wall: now.Wall - s.last.Wall, CPU: now.CPU - s.last.CPU, Own: now.Own - s.last.Own}})
	s.last = now
	return s.passed
}

// writeStages prints what the stages of the quickest load of each kind cost.
func (r report) writeStages(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\nwhat\tstage\ttime\tCPU of the program\tCPU of the engine\t")
	for _, m := range r {
		for _, one := range []struct {
			what  string
			loads []result
		}{{m.form, m.loads}, {"unchanged", m.unchanged}, {"1 % restated", m.held}, {"its approval", m.approved}} {
			if len(one.loads) == 0 {
				continue
			}
			for _, s := range quickest(one.loads).Stages {
				fmt.Fprintf(w, "%s\t%s\t%.2f s\t%.2f s\t%.2f s\t\n", one.what, s.Name, s.Spent.Wall.Seconds(), s.Spent.Own.Seconds(), max(0, s.Spent.CPU-s.Spent.Own).Round(time.Millisecond).Seconds())
			}
		}
	}
	return w.Flush()
}
