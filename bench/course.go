package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/niengiam/niengiam/bench/proc"
)

// course is a run of the bench.
type course struct {
	o      *options
	root   string // of the data sets
	errs   io.Writer
	report report
}

// load notes the load average, with what is done next.
func (c *course) load(next string) {
	c.report.Loads = append(c.report.Loads, proc.Load())
	fmt.Fprintf(c.errs, "bench: %s (load average %s)\n", next, proc.Load())
}

// all measures everything that is asked for. What was measured before a fault is in the report.
func (c *course) all(ctx context.Context) error {
	for _, s := range shapes(c.o.indicators, c.o.communes) {
		if c.o.only != "" && c.o.only != s.name {
			continue
		}
		if err := c.table(ctx, s); err != nil {
			return err
		}
	}
	return c.growth(ctx)
}

// table measures all rows of a set; of the largest one, how long a start takes, too.
func (c *course) table(ctx context.Context, s shape) error {
	c.load("opening " + s.String())
	opened, err := open(ctx, c.o, c.root, s)
	if err != nil {
		return err
	}
	want, err := c.rows(ctx, opened)
	if err = errors.Join(err, opened.close()); err != nil || c.o.peers || s.name == small && c.o.only == "" {
		return err
	}
	c.load("starting programs")
	found, err := starts(ctx, c.o, c.root, opened.home, s, want)
	c.report.Verdicts = append(c.report.Verdicts, found...)
	return err
}

// rows measures what is asked of a set, and gives the right answer to its first question.
func (c *course) rows(ctx context.Context, s *set) (want []line, err error) {
	if c.report.Machine.Cores == 0 {
		if c.report.Machine, err = machineOf(ctx, s.conn); err != nil {
			return nil, err
		}
	}
	if err := s.prepare(ctx); err != nil {
		return nil, err
	}
	if c.o.peers {
		if err := openPeers(ctx, s, c.o, c.root); err != nil {
			return nil, err
		}
	}
	if err := c.modes(ctx, s); err != nil || c.o.peers {
		return nil, err
	}
	c.load(fmt.Sprintf("%s: a crowd", s.shape))
	for _, look := range []func(context.Context, *set, *options) ([]verdict, error){crowd, disk} {
		found, err := look(ctx, s, c.o)
		if err != nil {
			return nil, err
		}
		c.report.Verdicts = append(c.report.Verdicts, found...)
	}
	return expertLines(ctx, s.conn, repeated(s.shape)[0])
}

// modes measures a set in all ways in which it is asked.
func (c *course) modes(ctx context.Context, s *set) error {
	var rows []row
	defer func() {
		c.report.Rows = append(c.report.Rows, rows...)
		c.report.Verdicts = append(c.report.Verdicts, verdicts(s.shape, rows, c.o)...)
	}()
	for _, m := range modes(s, c.o) {
		if m.prepare != nil {
			if err := m.prepare(ctx); err != nil {
				return err
			}
		}
		for _, clients := range c.o.clients {
			c.load(fmt.Sprintf("%s: %s, clients: %d", s.shape, m.name, clients))
			found, err := measure(ctx, m, c.o, clients)
			if err != nil {
				return err
			}
			rows = append(rows, found...)
		}
		if err := profile(ctx, m, c.o); err != nil {
			return err
		}
	}
	return nil
}

// growth asks sets of several sizes first questions in turns, one client.
func (c *course) growth(ctx context.Context) (err error) {
	if len(c.o.growth) < 2 || c.o.peers || c.o.only != "" && c.o.only != growing {
		return nil
	}
	var shapes []shape
	m := mode{name: firstTime, most: c.o.firsts()}
	var all []*set
	defer func() {
		for _, s := range all {
			err = errors.Join(err, s.close())
		}
	}()
	for _, facts := range c.o.growth {
		s := grown(c.o.indicators, facts)
		c.load("opening " + s.String())
		opened, err := open(ctx, c.o, c.root, s)
		if err != nil {
			return err
		}
		all = append(all, opened)
		shapes, m.subjects = append(shapes, s), append(m.subjects, firsts(opened, nth(s))...)
	}
	c.load("growth of a first question")
	if c.report.Machine.Cores == 0 {
		if c.report.Machine, err = machineOf(ctx, all[0].conn); err != nil {
			return err
		}
	}
	rows, err := measure(ctx, m, c.o, 1)
	if err != nil {
		return err
	}
	c.report.Rows = append(c.report.Rows, rows...)
	c.report.Verdicts = append(c.report.Verdicts, growthVerdicts(shapes, rows)...)
	for _, s := range shapes {
		one := *c.o
		one.clients = []int{1}
		c.report.Verdicts = append(c.report.Verdicts, verdicts(s, rows, &one)...)
	}
	return nil
}
