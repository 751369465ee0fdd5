package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/shopspring/decimal"
)

// The ways to an answer.
const (
	bareSQL   = "bare SQL"
	firstTime = "first time"
	inMemory  = "in memory"
	bareDoor  = "bare gqlgen"
)

// subject is what a row of the table measures: one way to one kind of answer.
type subject struct {
	kind, way string
	asked     *atomic.Int64
	// open makes an asker of one client. It is given the numbers of questions,
	// each number once.
	open func(ctx context.Context) (ask func(n int) error, leave func() error, err error)
}

// subjects lists what is measured, those to be compared next to each other.
func subjects(s *set) []*subject {
	all := []*subject{{kind: "growth", way: bareSQL, open: askSQL(s)}}
	for _, kind := range []string{comparison, ranking} {
		all = append(all, &subject{kind: kind, way: firstTime, open: askFirst(s, kind)})
	}
	for _, kind := range []string{comparison, ranking} {
		all = append(all,
			&subject{kind: kind, way: inMemory, open: askAgain(s, kind, func() string { return s.ours }, []byte(`"rowsRead":0,`))},
			&subject{kind: kind, way: bareDoor, open: askAgain(s, kind, func() string { return s.bare }, nil)})
	}
	for _, subject := range all {
		subject.asked = &atomic.Int64{}
	}
	return all
}

// askSQL asks growth.sql and reads its rows.
func askSQL(s *set) func(context.Context) (func(int) error, func() error, error) {
	return func(ctx context.Context) (func(int) error, func() error, error) {
		ask := func(n int) error {
			found := 0
			err := s.growth(ctx, s.pool[n%len(s.pool)], func(rows driver.Rows) error {
				var place uint64
				var before, after decimal.Decimal
				var growth float64
				found++
				return rows.Scan(&place, &before, &after, &growth)
			})
			if err == nil && found == 0 {
				err = errors.New("growth.sql found nothing")
			}
			return err
		}
		return ask, func() error { return nil }, nil
	}
}

// askFirst asks our server what it has not been asked before.
func askFirst(s *set, kind string) func(context.Context) (func(int) error, func() error, error) {
	return func(ctx context.Context) (func(int) error, func() error, error) {
		c, err := dial(ctx, s.ours)
		if err != nil {
			return nil, nil, err
		}
		start := time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
		ask := func(n int) error {
			at := n % len(s.pool)
			day := start.AddDate(0, 0, int(s.days.Add(1)))
			body, err := s.pool[at].body(kind, &day)
			if err != nil {
				return err
			}
			answer, err := c.ask(body)
			if err == nil && bytes.Contains(tail(answer), []byte(`"rowsRead":0,`)) {
				err = fmt.Errorf("%s of %s was in memory already", kind, s.pool[at].indicator)
			}
			return judge(s, kind, at, answer, err)
		}
		return ask, c.close, nil
	}
}

// askAgain asks a server what it can answer without reading; the end of each
// answer must say what is wanted.
func askAgain(s *set, kind string, address func() string, end []byte) func(context.Context) (func(int) error, func() error, error) {
	return func(ctx context.Context) (func(int) error, func() error, error) {
		bodies := make([][]byte, len(s.pool))
		for i, q := range s.pool {
			var err error
			if bodies[i], err = q.body(kind, nil); err != nil {
				return nil, nil, err
			}
		}
		c, err := dial(ctx, address())
		if err != nil {
			return nil, nil, err
		}
		ask := func(n int) error {
			at := n % len(s.pool)
			answer, err := c.ask(bodies[at])
			if err == nil && !bytes.Contains(tail(answer), end) {
				err = fmt.Errorf("%s of %s was not in memory", kind, s.pool[at].indicator)
			}
			return judge(s, kind, at, answer, err)
		}
		return ask, c.close, nil
	}
}

// tail is where a response says what it cost.
func tail(answer []byte) []byte { return answer[max(len(answer)-100, 0):] }

// judge compares an answer with the right one.
func judge(s *set, kind string, at int, answer []byte, err error) error {
	if err == nil && !bytes.HasPrefix(answer, s.answers[kind][at]) {
		err = fmt.Errorf("wrong answer to the %s of %s %d: %s", kind, s.pool[at].indicator, s.pool[at].year, answer)
	}
	return err
}
