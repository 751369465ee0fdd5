package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strconv"
	"strings"
	"time"
)

// rounds is into how many turns the time of a row is split: the rows take turns,
// so that whatever else the machine does meets all of them alike.
const rounds = 10

// measure gives the rows of a data set.
func measure(ctx context.Context, s *set, o options) ([]row, error) {
	var rows []row
	for _, clients := range o.clients {
		some, err := measureClients(ctx, s, o, clients)
		if err != nil {
			return nil, err
		}
		rows = append(rows, some...)
	}
	return rows, nil
}

// measureClients gives the rows of a data set for so many clients at once. The
// subjects take turns, so that what the machine does besides meets all of them.
func measureClients(ctx context.Context, s *set, o options, clients int) (rows []row, err error) {
	turns := rounds
	if o.profiles != "" {
		turns = 1 // a profile cannot be interrupted
	}
	subjects := subjects(s)
	trials := make([]trial, len(subjects))
	askers := make([][]func(int) error, len(subjects))
	var leaves []func() error
	defer func() {
		for _, leave := range leaves {
			err = errors.Join(err, leave())
		}
	}()
	for i, subject := range subjects {
		var leave func() error
		if askers[i], leave, err = openAskers(ctx, subject, clients); err != nil {
			return nil, err
		}
		leaves = append(leaves, leave)
		if err := warmUp(ctx, subject, askers[i], o.duration/time.Duration(rounds)); err != nil {
			return nil, err
		}
	}
	for turn := range turns {
		for i := range subjects {
			at := (i + turn) % len(subjects) // nobody always follows the same one
			if err := profiled(o.profiles, s.name, clients, subjects[at], func() error {
				return trials[at].run(ctx, subjects[at], askers[at], o.duration/time.Duration(turns))
			}); err != nil {
				return nil, err
			}
		}
	}
	for i, subject := range subjects {
		rows = append(rows, trials[i].row(s.name, clients, subject))
	}
	return rows, nil
}

// openAskers opens as many askers as there are clients.
func openAskers(ctx context.Context, s *subject, clients int) (askers []func(int) error, leave func() error, err error) {
	var closers []func() error
	leave = func() error {
		var all error
		for _, closer := range closers {
			all = errors.Join(all, closer())
		}
		return all
	}
	for range clients {
		ask, closer, err := s.open(ctx)
		if err != nil {
			return nil, leave, errors.Join(err, leave())
		}
		askers, closers = append(askers, ask), append(closers, closer)
	}
	return askers, leave, nil
}

func warmUp(ctx context.Context, s *subject, askers []func(int) error, d time.Duration) error {
	var unused trial
	return unused.run(ctx, s, askers, d)
}

// profiled runs something and writes its CPU profile to a directory, when there is one.
func profiled(dir, name string, clients int, s *subject, run func() error) error {
	if dir == "" {
		return run()
	}
	file, err := os.Create(filepath.Join(dir, strings.ReplaceAll(strings.Join(
		[]string{name, strconv.Itoa(clients), s.kind, s.way}, "-"), " ", "-")+".pprof"))
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return errors.Join(err, file.Close())
	}
	err = run()
	pprof.StopCPUProfile()
	return errors.Join(err, file.Close())
}
