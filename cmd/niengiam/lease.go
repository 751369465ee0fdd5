package main

import (
	"context"
	"path/filepath"
	"time"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/stats/number"
)

// lease takes the lease of the loads on a warehouse. On a server that has a keeper it is there,
// for programs on all machines; else it is a file of the data directory, which those have in
// common who use it.
func (s *session) lease(store *opened) etl.LeaseFunc {
	file := etl.FileLease(filepath.Join(s.Data, "load.lock"))
	if s.WarehouseDSN == "" {
		return file
	}
	return func(ctx context.Context, wait time.Duration, waits func(number.Message)) (etl.Lease, error) {
		keeps, err := store.KeepsLeases(ctx)
		if err != nil {
			return nil, err
		}
		if !keeps {
			return file(ctx, wait, waits)
		}
		lease, holder, err := store.TakeLease(ctx, wait, func(holder string) {
			if waits != nil {
				waits(inProcess(holder))
			}
		})
		switch {
		case err != nil:
			return nil, err
		case lease == nil:
			return nil, etl.Running(inProcess(holder))
		}
		return lease, nil
	}
}

// inProcess says which process holds a lease.
func inProcess(holder string) number.Message { return number.Say(", on %s", holder) }
