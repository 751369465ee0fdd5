package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/bench/bare"
	"github.com/niengiam/niengiam/bench/bare/gen"
)

// data starts a response that has no errors.
const data = `{"data":`

// check asks every question, holds the answers against two statements of plain
// SQL and against each other, and keeps them: whoever gives others later is wrong.
func check(ctx context.Context, s *set) error {
	ours, err := dial(ctx, s.ours)
	if err != nil {
		return err
	}
	defer ours.close()
	prepared := bare.New()
	for i, q := range s.pool {
		for _, kind := range []string{comparison, ranking} {
			answer, err := right(ours, q, kind)
			if err != nil {
				return err
			}
			s.answers[kind] = append(s.answers[kind], append([]byte(data), answer...))
			if err := prepared.Prepare(q.asked(), answer); err != nil {
				return err
			}
		}
		if err := checkGrowth(ctx, s, q, s.answers[ranking][i]); err != nil {
			return fmt.Errorf("%s %d: %w", q.indicator, q.year, err)
		}
	}
	if s.name == synthetic {
		for _, i := range []int{0, len(s.pool) / 2, len(s.pool) - 1} {
			if err := checkObserved(ctx, s, s.pool[i], s.answers[comparison][i]); err != nil {
				return fmt.Errorf("%s %d: %w", s.pool[i].indicator, s.pool[i].year, err)
			}
		}
	}
	s.bare, err = s.listen(ctx, prepared.Handler())
	return errors.Join(err, checkBare(ctx, s))
}

// right asks a question and gives the data of the answer.
func right(c *client, q question, kind string) ([]byte, error) {
	body, err := q.body(kind, nil)
	if err != nil {
		return nil, err
	}
	answer, err := c.ask(body)
	if err != nil {
		return nil, err
	}
	var response struct {
		Data   json.RawMessage
		Errors json.RawMessage
	}
	if err := json.Unmarshal(answer, &response); err != nil {
		return nil, err
	}
	if response.Errors != nil {
		return nil, fmt.Errorf("%s of %s %d: %s", kind, q.indicator, q.year, response.Errors)
	}
	return response.Data, nil
}

// checkBare makes sure that the bare server gives byte for byte the same data.
func checkBare(ctx context.Context, s *set) error {
	c, err := dial(ctx, s.bare)
	if err != nil {
		return err
	}
	defer c.close()
	for kind, answers := range s.answers {
		for i, q := range s.pool {
			answer, err := right(c, q, kind)
			if err != nil {
				return err
			}
			if !bytes.Equal(answer, answers[i][len(data):]) {
				return fmt.Errorf("the bare %s of %s %d differs: %s", kind, q.indicator, q.year, answer)
			}
		}
	}
	return nil
}

// pair is two sums of a unit.
type pair struct{ before, after decimal.Decimal }

func (p pair) is(before, after *string) error {
	for _, side := range []struct {
		sum  decimal.Decimal
		text *string
	}{{p.before, before}, {p.after, after}} {
		if side.text == nil {
			return errors.New("there is no figure")
		}
		if figure, err := decimal.NewFromString(*side.text); err != nil || !figure.Equal(side.sum) {
			return fmt.Errorf("the figure is %s, plain SQL says %s", *side.text, side.sum)
		}
	}
	return nil
}

// checkGrowth holds a ranking against growth.sql: every sum, and the order.
func checkGrowth(ctx context.Context, s *set, q question, answer []byte) error {
	var got struct{ Ranking gen.Ranking }
	if err := json.Unmarshal(answer[len(data):], &got); err != nil {
		return err
	}
	sums, growth := map[string]pair{}, map[string]float64{}
	err := s.growth(ctx, q, func(rows driver.Rows) error {
		place, p, percent := uint64(0), pair{}, float64(0)
		err := rows.Scan(&place, &p.before, &p.after, &percent)
		if unit := s.catalogue.At(s.day(q)).ByKey(uint32(place)); unit != nil {
			sums[unit.Code], growth[unit.Code] = p, percent
		}
		return err
	})
	if err != nil {
		return err
	}
	if len(sums) != len(got.Ranking.Rows) || len(sums) == 0 {
		return fmt.Errorf("%d units are ranked, plain SQL ranks %d", len(got.Ranking.Rows), len(sums))
	}
	last := math.Inf(1)
	for _, row := range got.Ranking.Rows {
		if err := sums[row.Unit.Code].is(row.Base.Value, row.Current.Value); err != nil {
			return fmt.Errorf("%s: %w", row.Unit.Code, err)
		}
		if growth[row.Unit.Code] > last+1e-9 {
			return fmt.Errorf("%s is ranked %d, too low", row.Unit.Code, *row.Rank)
		}
		last = growth[row.Unit.Code]
	}
	return nil
}

// checkObserved holds a comparison against check.sql.
func checkObserved(ctx context.Context, s *set, q question, answer []byte) error {
	var got struct{ Comparison gen.Comparison }
	if err := json.Unmarshal(answer[len(data):], &got); err != nil {
		return err
	}
	sums := map[string]pair{}
	err := statement(ctx, s.conn, "check", map[string]any{"indicator": q.indicator, "year": q.year, "base": q.base}, func(rows driver.Rows) error {
		code, p := "", pair{}
		err := rows.Scan(&code, &p.before, &p.after)
		sums[code] = p
		return err
	})
	if err != nil {
		return err
	}
	if len(sums) != len(got.Comparison.Rows) {
		return fmt.Errorf("%d units are compared, plain SQL knows %d", len(got.Comparison.Rows), len(sums))
	}
	for _, row := range got.Comparison.Rows {
		if err := sums[row.Unit.Code].is(row.Base.Value, row.Current.Value); err != nil {
			return fmt.Errorf("%s: %w", row.Unit.Code, err)
		}
	}
	return nil
}
