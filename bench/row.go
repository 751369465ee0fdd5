package main

import (
	"slices"
	"time"
)

// pass is what one turn of a subject was like. Times are in milliseconds.
type pass struct {
	requests        int
	perSecond       float64
	p50, p95, p99   float64
	program, engine float64 // of the processors, for one request
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

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

// newRow is the row of a subject, by its set and way.
func newRow(set, mode, way string, clients, bytes int, passes []pass) row {
	of := func(value func(pass) float64) float64 {
		var all []float64
		for _, p := range passes {
			all = append(all, value(p))
		}
		return median(all)
	}
	r := row{
		Set: set, Mode: mode, Way: way, Clients: clients, Bytes: bytes, passes: passes,
		PerSecond: of(func(p pass) float64 { return p.perSecond }),
		P50:       of(func(p pass) float64 { return p.p50 }), P95: of(func(p pass) float64 { return p.p95 }), P99: of(func(p pass) float64 { return p.p99 }),
		Program: of(func(p pass) float64 { return p.program }), Engine: of(func(p pass) float64 { return p.engine }),
	}
	for _, p := range passes {
		r.Requests += p.requests
	}
	return r
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

// median of what passes have.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	if len(sorted) == 0 {
		return 0
	}
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}
