package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/bench/proc"
)

// set is a data set with the servers that answer from it.
type set struct {
	shape shape
	home  home
	bare  string      // the program of the other servers
	conn  driver.Conn // to the engine, as the expert has it

	ours, ready, plain *process
	peers              *peers // nil where they are not measured

	right   map[question][]line // what expert SQL said
	closers []func() error
}

// peers are the servers of others: PostGraphile on a PostgreSQL of its own.
type peers struct {
	server   *process
	database *process
}

// open fills a set and starts what answers from it: our program, and beside it the others, which
// get the engine of ours.
func open(ctx context.Context, o *options, root string, s shape) (_ *set, err error) {
	opened := &set{shape: s, bare: o.bare, right: map[question][]line{}}
	defer func() {
		if err != nil {
			err = errors.Join(err, opened.close())
		}
	}()
	if opened.home, err = fill(ctx, o, root, s); err != nil {
		return nil, err
	}
	if opened.ours, err = serve(ctx, o, opened.home); err != nil {
		return nil, err
	}
	opened.closers = append(opened.closers, opened.ours.stop)
	d, err := doorOf(opened.home.data())
	if err != nil {
		return nil, err
	}
	if opened.conn, err = d.connect(slicesMax(o.clients)); err != nil {
		return nil, err
	}
	opened.closers = append(opened.closers, opened.conn.Close)
	dsn := fmt.Sprintf("BENCH_DSN=clickhouse://niengiam:%s@%s/bench?max_open_conns=16&max_idle_conns=16", d.Password, d.Address)
	if opened.plain, err = start(ctx, o.bare, []string{dsn}); err != nil {
		return nil, err
	}
	opened.closers = append(opened.closers, opened.plain.stop)
	return opened, opened.quiet(ctx)
}

func slicesMax(numbers []int) (most int) {
	for _, n := range numbers {
		most = max(most, n)
	}
	return most
}

// prepare asks our server the repeated questions and starts the server that has their answers
// ready, and asks what makes the slices of the renewed ones be at hand.
func (s *set) prepare(ctx context.Context) (err error) {
	c, err := dial(ctx, s.ours.address, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	path := filepath.Join(string(s.home), "answers.jsonl")
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(file)
	for _, q := range repeated(s.shape) {
		for _, kind := range []string{ranking, comparison} {
			if err := s.keep(ctx, c, json.NewEncoder(out), q, kind); err != nil {
				return errors.Join(err, file.Close())
			}
		}
	}
	if err := errors.Join(out.Flush(), file.Close()); err != nil {
		return err
	}
	for kind, questions := range map[string][]question{ranking: warming(s.shape), dashboard: screens()} {
		for _, q := range questions {
			body, err := q.body(kind)
			if err == nil {
				_, err = c.ask(body)
			}
			if err != nil {
				return err
			}
		}
	}
	if s.ready, err = start(ctx, s.bare, nil, "-answers", path); err != nil {
		return err
	}
	s.closers = append(s.closers, s.ready.stop)
	return s.compare(ctx, c)
}

// meet asks our server about one pair of years of each indicator that first questions are of: what
// is asked then is of other years of indicators that were asked for.
func (s *set) meet(ctx context.Context) (err error) {
	c, err := dial(ctx, s.ours.address, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	for n := range firstOf(s.shape.indicators) {
		body, err := first(s.shape, n).body(ranking)
		if err == nil {
			_, err = c.ask(body)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// compare makes sure that the server that has the answers ready sends byte for byte the same data.
func (s *set) compare(ctx context.Context, us *client) (err error) {
	them, err := dial(ctx, s.ready.address, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, them.close()) }()
	for _, q := range repeated(s.shape) {
		for _, kind := range []string{ranking, comparison} {
			body, err := q.body(kind)
			if err != nil {
				return err
			}
			own, err := us.ask(body)
			if err != nil {
				return err
			}
			other, err := them.ask(body)
			if err != nil {
				return err
			}
			if data := bytes.TrimSuffix(bytes.TrimSpace(other), []byte("}")); !bytes.Equal(dataOf(own), data) {
				return fmt.Errorf("the bare %s of %+v has other bytes: %.300s", kind, q, other)
			}
		}
	}
	return nil
}

// mostKept is of how many questions the right answers are kept, some hundred bytes for each row.
const mostKept = 1000

// expect gives the right answer to a question, by whose order its rows do not stand: they are
// found by their codes.
func (s *set) expect(ctx context.Context, q question) ([]line, error) {
	q.order, q.top = percent, 0
	if lines := s.right[q]; lines != nil {
		return lines, nil
	}
	lines, err := expertLines(ctx, s.conn, q)
	if len(s.right) >= mostKept {
		clear(s.right)
	}
	if err == nil {
		s.right[q] = lines
	}
	return lines, err
}

// keep writes the right answer to a question for the server that has it ready.
func (s *set) keep(ctx context.Context, c *client, out *json.Encoder, q question, kind string) error {
	body, err := q.body(kind)
	if err != nil {
		return err
	}
	answer, err := c.ask(body)
	if err != nil {
		return err
	}
	got, err := nestedLines(answer)
	if err != nil {
		return fmt.Errorf("%w: %.300s", err, answer)
	}
	want, err := s.expect(ctx, q)
	if err == nil {
		err = agree(q, got, want, false)
	}
	if err != nil {
		return fmt.Errorf("%s of %+v: %w", kind, q, err)
	}
	var response struct{ Data json.RawMessage }
	if err := json.Unmarshal(answer, &response); err != nil {
		return err
	}
	return out.Encode(map[string]any{"indicator": indicator(q.indicator), "year": q.year, "base": q.base, "data": response.Data})
}

// quietTime is how long the engine may be at work by itself after a start: it reads all that was
// published once, and merges.
const quietTime = 20 * time.Minute

// idle is what an engine takes of the processors in a second while nobody asks it anything: the
// program looks for releases of other programs some times a second, and it has works of its own.
const idle = 250 * time.Millisecond

// quiet waits until the engine does nothing by itself any more.
func (s *set) quiet(ctx context.Context) error {
	engine := s.ours.engine()
	for end := time.Now().Add(quietTime); time.Now().Before(end); {
		var merges uint64
		before := proc.CPU(engine)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
		if err := s.conn.QueryRow(ctx, text("idle")).Scan(&merges); err != nil {
			return err
		}
		if merges == 0 && proc.CPU(engine)-before < idle {
			return nil
		}
	}
	return errors.New("the engine does not come to rest")
}

// close ends everything, last opened first.
func (s *set) close() error {
	var all error
	for len(s.closers) > 0 {
		last := len(s.closers) - 1
		all = errors.Join(all, s.closers[last]())
		s.closers = s.closers[:last]
	}
	return all
}
