package main

import (
	"context"

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
	otherYear = "first of another year"
	tiles     = "dashboard of 12 tiles"
)

// mode is how questions are asked, and of whom.
type mode struct {
	name     string
	subjects []*subject
	most     int // questions of a turn; 0: as many as its time allows
	// prepare is called before anybody is asked; nil for nothing.
	prepare func(context.Context) error
}

// modes are those of a set of the table.
func modes(s *set, o *options) []mode {
	repeats := repeated(s.shape)
	repeat := func(n int) question { return repeats[n%len(repeats)] }
	anew := func(n int) question { return renewed(s.shape, n) }
	if o.peers {
		return []mode{
			{again, []*subject{
				nested(s, ours, ranking, s.ours, false, repeat), peer(s, function, repeat), peer(s, view, repeat), experts(s, repeat),
			}, 0, nil},
			{firstTime, firsts(s, nth(s.shape), peer(s, function, nth(s.shape)), peer(s, view, nth(s.shape))), o.firsts(), nil},
		}
	}
	return []mode{
		{again, []*subject{
			nested(s, ours, ranking, s.ours, false, repeat), nested(s, bareNested, ranking, s.ready, false, repeat),
			nested(s, oursZipped, ranking, s.ours, true, repeat),
			flat(s, repeat), plainly(s, repeat), experts(s, repeat),
		}, 0, nil},
		{compared, []*subject{
			nested(s, ours, comparison, s.ours, false, repeat), nested(s, bareNested, comparison, s.ready, false, repeat),
		}, 0, nil},
		{renew, []*subject{
			nested(s, ours, ranking, s.ours, false, anew), nested(s, bareNested, ranking, s.ready, false, repeat),
			plainly(s, anew), experts(s, anew),
		}, o.once, nil},
		{tiles, []*subject{tiled(s), nested(s, bareNested, ranking, s.ready, false, repeat)}, 0, nil},
		{firstTime, firsts(s, nth(s.shape)), o.firsts(), nil},
		{otherYear, furthers(s), o.once, s.meet},
	}
}

// firsts are those who are asked first questions, and others.
func firsts(s *set, n func(int) question, others ...*subject) []*subject {
	us := nested(s, ours, ranking, s.ours, false, n)
	us.first = true
	return append([]*subject{us, plainly(s, n), experts(s, n)}, others...)
}

// furthers are those who are asked about other years of the same indicators: ours may have read
// them beside.
func furthers(s *set) []*subject {
	all := firsts(s, further(s.shape))
	all[0].first = false
	return all
}

// nested is a server that answers as ours does.
func nested(s *set, way, query string, p *process, zipped bool, n func(int) question) *subject {
	return overHTTP(s, way, query, p, zipped, n, nestedLines)
}

func flat(s *set, n func(int) question) *subject {
	return overHTTP(s, bareFlat, "flat", s.ready, false, n, flatLines)
}

// plainly is the server as most would write it, which knows one order.
func plainly(s *set, n func(int) question) *subject {
	made := overHTTP(s, plain, "plain", s.plain, false, func(i int) question {
		q := n(i)
		q.order, q.top = percent, 0
		return q
	}, plainLines)
	made.engine, made.floats = s.ours.engine(), true
	return made
}

// tiled asks ours for twelve tiles, of one year after the other.
func tiled(s *set) *subject {
	all := screens()
	made := overHTTP(s, ours, dashboard, s.ours, false, func(n int) question { return all[n%len(all)] }, nil)
	made.check = func(ctx context.Context, q question, answer []byte) error {
		var want [][]line
		for i := range 4 {
			of := q
			of.indicator = i
			lines, err := s.expect(ctx, of)
			if err != nil {
				return err
			}
			want = append(want, lines)
		}
		return agreeTiles(q, answer, want)
	}
	return made
}

// experts is the expert: the bench itself asks the engine of ours.
func experts(s *set, n func(int) question) *subject {
	made := newSubject(s, expert, n)
	made.program, made.engine = proc.Self, s.ours.engine()
	made.open = func(ctx context.Context) (asker, func() error, error) {
		return func(q question, _ []byte) (answer, error) {
			lines, err := expertLines(ctx, s.conn, q)
			return answer{lines: lines}, err
		}, func() error { return nil }, nil
	}
	return made
}
