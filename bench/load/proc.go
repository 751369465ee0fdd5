package main

import (
	"time"

	"github.com/niengiam/niengiam/bench/proc"
)

// spent is what something cost.
type spent struct {
	// Wall is the time on the clock; CPU is what all processes that took part used of the
	// processors: the one that did it, and the engine.
	Wall, CPU time.Duration
	// Own is the part of CPU of the process that did it.
	Own time.Duration
}

// meter measures from its making on.
type meter struct {
	begun     time.Time
	own, rest time.Duration
}

func newMeter() meter { return meter{time.Now(), proc.CPU(proc.Self), cpuOfChildren()} }

func (m meter) stop() spent {
	own := proc.CPU(proc.Self) - m.own
	return spent{Wall: time.Since(m.begun), Own: own, CPU: own + cpuOfChildren() - m.rest}
}

// cpuOfChildren is what the children of this process, the engine, have used.
func cpuOfChildren() (sum time.Duration) {
	for _, child := range proc.Children(proc.Self) {
		sum += proc.CPU(child)
	}
	return sum
}

// peak is the most memory that this process had at any time, in bytes.
func peak() int64 { return proc.Peak(proc.Self) }
