package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"sync"
	"sync/atomic"
	"time"

	"github.com/niengiam/niengiam/bench/proc"
)

// subject is one way to the answers of one set: a server and a query, or expert SQL.
type subject struct {
	set    *set
	way    string
	first  bool // what it is asked must not be at hand
	floats bool
	// question number n; each number is asked once.
	question func(n int) question
	// open makes an asker of one client.
	open func(ctx context.Context) (ask asker, leave func() error, err error)
	// query is the file of the query; empty where no body is sent.
	query string
	lines func(answer []byte) ([]line, error)
	// check, where there is one, holds an answer against expert SQL instead of lines.
	check func(ctx context.Context, q question, answer []byte) error
	// crowded: so many ask that some may be refused, for the time that it takes or an engine that
	// gives in; they are counted.
	crowded bool
	refused atomic.Int64
	// The processes that work for it.
	program, engine string

	mu      sync.Mutex
	known   map[question]uint64 // fingerprints of the data of right answers
	doubts  map[doubt][]byte    // answers to be checked when nobody is measured
	seed    maphash.Seed
	bodies  map[question][]byte
	bytes   int // of an answer
	doubted int // how many answers are kept to be checked; 0: all
	asked   int // how many questions so far
}

// overHTTP makes a subject that is asked over HTTP.
func overHTTP(s *set, way, query string, p *process, zipped bool, n func(int) question, lines func([]byte) ([]line, error)) *subject {
	made := newSubject(s, way, n)
	made.query, made.lines, made.program, made.engine = query, lines, p.id(), p.engine()
	made.open = func(ctx context.Context) (asker, func() error, error) {
		c, err := dial(ctx, p.address, zipped)
		if err != nil {
			return nil, nil, err
		}
		return func(_ question, body []byte) (answer, error) {
			bytes, err := c.ask(body)
			return answer{bytes: bytes}, err
		}, c.close, nil
	}
	return made
}

// newSubject makes a subject that nobody can ask yet.
func newSubject(s *set, way string, n func(int) question) *subject {
	return &subject{
		set: s, way: way, question: n,
		known: map[question]uint64{}, doubts: map[doubt][]byte{}, bodies: map[question][]byte{}, seed: maphash.MakeSeed(),
	}
}

// doubt is an answer that is not known to be right.
type doubt struct {
	question question
	mark     uint64 // its fingerprint
}

// answer is what came back: bytes, or lines where there are no bytes.
type answer struct {
	bytes []byte
	lines []line
}

// asker asks a question, whose body is made beforehand: to make it is no part of what is measured.
type asker func(q question, body []byte) (answer, error)

// take gives the next question and its body.
func (s *subject) take() (q question, body []byte, err error) {
	s.mu.Lock()
	q = s.question(s.asked)
	s.asked++
	body = s.bodies[q]
	s.mu.Unlock()
	if body != nil || s.query == "" {
		return q, body, nil
	}
	if body, err = q.body(s.query); err == nil {
		s.mu.Lock()
		s.bodies[q] = body
		s.mu.Unlock()
	}
	return q, body, err
}

// note compares an answer with what is known to be right, and keeps it to be checked where it
// is not known. It is called while others ask: it does no more than a hash.
func (s *subject) note(q question, a answer) {
	if a.bytes == nil {
		return // lines of expert SQL: they are what is right
	}
	if s.crowded && bytes.HasPrefix(a.bytes, []byte(`{"errors":`)) {
		s.refused.Add(1)
		return
	}
	mark := maphash.Bytes(s.seed, dataOf(a.bytes))
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bytes = len(a.bytes)
	if right, known := s.known[q]; known && right == mark {
		return
	}
	if s.doubted > 0 && len(s.doubts) >= s.doubted {
		return
	}
	if d := (doubt{q, mark}); s.doubts[d] == nil {
		s.doubts[d] = bytes.Clone(a.bytes)
	}
}

// dataOf cuts off what a response says of itself: the time that it took is never the same.
func dataOf(answer []byte) []byte {
	end := answer[max(len(answer)-200, 0):]
	if at := bytes.LastIndex(end, []byte(`,"extensions":`)); at >= 0 {
		return answer[:len(answer)-len(end)+at]
	}
	return answer
}

// settle checks what was answered since the last time.
func (s *subject) settle(ctx context.Context) error {
	for d, answer := range s.doubts {
		if err := s.right(ctx, d.question, answer); err != nil {
			return fmt.Errorf("%s, %s: wrong answer to %+v: %w: %.300s", s.set.shape, s.way, d.question, err, answer)
		}
		s.known[d.question] = d.mark
	}
	clear(s.doubts)
	return nil
}

func (s *subject) right(ctx context.Context, q question, answer []byte) error {
	if s.first && bytes.Contains(answer, []byte(`"rowsRead":0,`)) {
		return errors.New("it was at hand already")
	}
	if s.check != nil {
		return s.check(ctx, q, answer)
	}
	got, err := s.lines(answer)
	if err != nil {
		return err
	}
	want, err := s.set.expect(ctx, q)
	if err != nil {
		return err
	}
	return agree(q, got, want, s.floats)
}

// cost is what the processes of a subject have used so far.
func (s *subject) cost() (program, engine time.Duration) {
	if s.engine != "" {
		engine = proc.CPU(s.engine)
		for _, child := range proc.Children(s.engine) { // PostgreSQL has one for each connection
			engine += proc.CPU(child)
		}
	}
	return proc.CPU(s.program), engine
}
