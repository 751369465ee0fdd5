package main

import (
	"context"
	"hash/maphash"

	"github.com/niengiam/niengiam/bench/proc"
)

// The ways to an answer.
const (
	ours       = "niengiam"
	oursZipped = "niengiam, gzip"
	bareNested = "bare gqlgen, the same bytes"
	bareFlat   = "bare gqlgen, flat"
	plain      = "plain gqlgen + ClickHouse"
	expert     = "expert SQL"
	function   = "PostGraphile, function"
	view       = "PostGraphile, view"
)

// The rows of the table, by how the questions are asked.
const (
	again     = "repeated"
	compared  = "repeated comparison"
	renew     = "new on slices in memory"
	firstTime = "first"
	tiles     = "dashboard of 12 tiles"
)

// mode is how questions are asked, and of whom.
type mode struct {
	name     string
	subjects []*subject
	most     int // questions of a turn; 0: as many as its time allows
}

// modes are those of a set of the table.
func modes(s *set, o *options) []mode {
	repeats := repeated(s.shape)
	repeat := func(n int) question { return repeats[n%len(repeats)] }
	anew := func(n int) question { return renewed(s.shape, n) }
	if o.peers {
		return []mode{
			{again, []*subject{
				s.nested(ours, ranking, s.ours, false, repeat), s.peer(function, repeat), s.peer(view, repeat), s.sql(repeat),
			}, 0},
			{firstTime, s.firsts(s.peer(function, s.nth), s.peer(view, s.nth)), o.once},
		}
	}
	return []mode{
		{again, []*subject{
			s.nested(ours, ranking, s.ours, false, repeat), s.nested(bareNested, ranking, s.ready, false, repeat),
			s.nested(oursZipped, ranking, s.ours, true, repeat),
			s.flat(repeat), s.plainly(repeat), s.sql(repeat),
		}, 0},
		{compared, []*subject{
			s.nested(ours, comparison, s.ours, false, repeat), s.nested(bareNested, comparison, s.ready, false, repeat),
		}, 0},
		{renew, []*subject{
			s.nested(ours, ranking, s.ours, false, anew), s.nested(bareNested, ranking, s.ready, false, repeat),
			s.plainly(anew), s.sql(anew),
		}, o.once},
		{tiles, []*subject{s.dashboard(), s.nested(bareNested, ranking, s.ready, false, repeat)}, 0},
		{firstTime, s.firsts(), o.once},
	}
}

func (s *set) nth(n int) question { return first(s.shape, n) }

// firsts are those who are asked first questions, and others.
func (s *set) firsts(others ...*subject) []*subject {
	us := s.nested(ours, ranking, s.ours, false, s.nth)
	us.first = true
	return append([]*subject{us, s.plainly(s.nth), s.sql(s.nth)}, others...)
}

// subject makes one that is asked over HTTP.
func (s *set) subject(way, query string, p *process, zipped bool, n func(int) question, lines func([]byte) ([]line, error)) *subject {
	made := s.asked(way, n)
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

// asked makes a subject that nobody can ask yet.
func (s *set) asked(way string, n func(int) question) *subject {
	return &subject{
		set: s, way: way, question: n,
		known: map[question]uint64{}, doubts: map[doubt][]byte{}, bodies: map[question][]byte{}, seed: maphash.MakeSeed(),
	}
}

// nested is a server that answers as ours does.
func (s *set) nested(way, query string, p *process, zipped bool, n func(int) question) *subject {
	return s.subject(way, query, p, zipped, n, nestedLines)
}

func (s *set) flat(n func(int) question) *subject {
	return s.subject(bareFlat, "flat", s.ready, false, n, flatLines)
}

// plainly is the server as most would write it, which knows one order.
func (s *set) plainly(n func(int) question) *subject {
	made := s.subject(plain, "plain", s.plain, false, func(i int) question {
		q := n(i)
		q.order, q.top = percent, 0
		return q
	}, plainLines)
	made.engine, made.floats = s.ours.engine(), true
	return made
}

// dashboard asks ours for twelve tiles, of one year after the other.
func (s *set) dashboard() *subject {
	made := s.subject(ours, dashboard, s.ours, false, func(n int) question {
		year := lastYear - n%4
		return question{indicator: 0, year: year, base: year - 1, order: percent}
	}, nil)
	made.check = func(ctx context.Context, q question, answer []byte) error {
		var want [][]line
		for i := range 4 {
			of := q
			of.indicator = i
			lines, err := expertLines(ctx, s.conn, of)
			if err != nil {
				return err
			}
			want = append(want, lines)
		}
		return agreeTiles(q, answer, want)
	}
	return made
}

// sql is the expert: the bench itself asks the engine of ours.
func (s *set) sql(n func(int) question) *subject {
	made := s.asked(expert, n)
	made.program, made.engine = proc.Self, s.ours.engine()
	made.open = func(ctx context.Context) (asker, func() error, error) {
		return func(q question, _ []byte) (answer, error) {
			lines, err := expertLines(ctx, s.conn, q)
			return answer{lines: lines}, err
		}, func() error { return nil }, nil
	}
	return made
}
