package main

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"time"
)

// trial is what was measured of one subject.
type trial struct {
	latencies []time.Duration
	elapsed   time.Duration
	cpu       time.Duration // of this process
	rates     []float64     // requests/s of each turn
}

// run lets all clients ask at once for a time, at least once each.
func (t *trial) run(ctx context.Context, s *subject, askers []func(int) error, d time.Duration) error {
	runtime.GC() // nobody pays for what the one before left
	latencies, faults := make([][]time.Duration, len(askers)), make([]error, len(askers))
	var group sync.WaitGroup
	begin, worked := time.Now(), processorTime()
	for i, ask := range askers {
		group.Go(func() {
			for asked := time.Now(); faults[i] == nil; {
				faults[i] = errors.Join(ask(int(s.asked.Add(1)-1)), ctx.Err())
				now := time.Now()
				latencies[i] = append(latencies[i], now.Sub(asked))
				if asked = now; now.Sub(begin) >= d {
					return
				}
			}
		})
	}
	group.Wait()
	before := len(t.latencies)
	elapsed := time.Since(begin)
	t.elapsed += elapsed
	t.cpu += processorTime() - worked
	for _, some := range latencies {
		t.latencies = append(t.latencies, some...)
	}
	t.rates = append(t.rates, float64(len(t.latencies)-before)/elapsed.Seconds())
	return errors.Join(faults...)
}

// processorTime is how long this process has kept the processors busy.
func processorTime() time.Duration {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// row computes the row of the table.
func (t *trial) row(name string, clients int, s *subject) row {
	slices.Sort(t.latencies)
	at := func(share float64) float64 {
		return float64(t.latencies[int(share*float64(len(t.latencies)-1))].Microseconds()) / 1000
	}
	return row{
		Set: name, Kind: s.kind, Way: s.way, Clients: clients, Requests: len(t.latencies),
		rates: t.rates, PerSecond: float64(len(t.latencies)) / t.elapsed.Seconds(), P50: at(0.50), P95: at(0.95), P99: at(0.99),
		CPU: float64(t.cpu.Microseconds()) / 1000 / float64(len(t.latencies)),
	}
}
