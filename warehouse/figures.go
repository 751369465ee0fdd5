package warehouse

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/shopspring/decimal"
	"golang.org/x/sync/errgroup"

	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// figures reads sums of facts over the hierarchy of units.
type figures struct {
	db      *database
	current *current
}

// Slices returns one slice for each key, in their order. One statement answers all keys
// of one view, whatever their indicators, years and levels.
func (f figures) Slices(ctx context.Context, keys []figure.SliceKey) ([]*figure.Slice, error) {
	now, err := f.current.reaching(ctx, keys)
	if err != nil {
		return nil, err
	}
	places := map[ledger.View][]int{}
	for i, key := range keys {
		places[key.View] = append(places[key.View], i)
	}
	answer := make([]*figure.Slice, len(keys))
	for view, places := range places {
		q := &question{now: now, view: view, tables: map[cells]*table{}}
		for _, i := range places {
			q.keys = append(q.keys, keys[i])
		}
		if err := ask(ctx, f.db, q); err != nil {
			return nil, err
		}
		if q.lacks() {
			q = &question{now: now, view: view, keys: q.keys, tables: map[cells]*table{}, posted: true}
			if err := ask(ctx, f.db, q); err != nil {
				return nil, err
			}
		}
		for _, i := range places {
			answer[i] = figure.NewSlice(sumUp(q, keys[i]))
		}
	}
	return answer, nil
}

// ask reads the sums of a question: of roll-ups, of postings, or, side by side, of both.
func ask(ctx context.Context, db *database, q *question) error {
	sql, v := q.statement()
	packed, of := q.rolledStatement()
	var read map[series][]packedSums
	parts, within := errgroup.WithContext(ctx)
	if sql != "" {
		parts.Go(func() error { return askPostings(within, db, q, sql, v) })
	}
	if packed != "" {
		parts.Go(func() (err error) {
			read, err = readPacked(within, db, q, packed, of)
			return err
		})
	}
	if err := parts.Wait(); err != nil {
		return err
	}
	q.found = make(map[series]bool, len(read))
	for at, rows := range read {
		q.found[at] = true
		unpack(rows, func(place uint64, s *sums) { q.take(cells{at, ""}, place, s) })
	}
	enforce(q)
	return nil
}

// askPostings runs the statement that adds up postings.
func askPostings(ctx context.Context, db *database, q *question, sql string, v values) error {
	return db.readText(ctx, "slices", sql, v, func(rows driver.Rows) error {
		var s sums
		var indicator, breakdown, weighted string
		var year uint16
		var place uint64
		err := rows.Scan(&indicator, &year, &breakdown, &place, &s.value, &s.denominator, &weighted, &s.tally, &s.flaws, &s.doubts, &s.reporters, &s.latest, &s.approximations)
		if err != nil {
			return err
		}
		if weighted != "" {
			if s.weighted, err = decimal.NewFromString(weighted); err != nil {
				return err
			}
		}
		q.take(cells{series{indicator, number.Year(year)}, breakdown}, place, &s)
		return nil
	})
}
