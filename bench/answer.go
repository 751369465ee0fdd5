package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/shopspring/decimal"
)

// line is what an answer says of one district, whoever gave it.
type line struct {
	code, name              string
	before, after, absolute decimal.Decimal
	percent                 float64
	rank                    int // 0: it has none
}

// reply is a response of any of the servers.
type reply struct {
	Data struct {
		Ranking, Comparison *struct{ Rows []nestedRow }
		FlatRanking         []flatRow
		Dashboard           *struct{ Tiles []tile }
	}
	Errors json.RawMessage
}

type nestedRow struct {
	Rank          int
	Unit          struct{ Code, Name string }
	Base, Current struct{ Value *decimal.Decimal }
	Change        struct{ Absolute, Percent *decimal.Decimal }
}

type flatRow struct {
	Rank                             int
	Code, Name                       string
	Base, Current, Absolute, Percent *decimal.Decimal
}

// nestedLines are the lines of a nested ranking or comparison, such as ours.
func nestedLines(answer []byte) ([]line, error) {
	var r reply
	if err := read(answer, &r, &r.Errors); err != nil {
		return nil, err
	}
	of := r.Data.Ranking
	if of == nil {
		of = r.Data.Comparison
	}
	if of == nil {
		return nil, errors.New("there is no answer")
	}
	return linesOf(of.Rows)
}

func linesOf(rows []nestedRow) (lines []line, err error) {
	for _, row := range rows {
		flat := flatRow{row.Rank, row.Unit.Code, row.Unit.Name, row.Base.Value, row.Current.Value, row.Change.Absolute, row.Change.Percent}
		next, fault := flat.line()
		lines, err = append(lines, next), errors.Join(err, fault)
	}
	return lines, err
}

// flatLines are those of the flat server.
func flatLines(answer []byte) (lines []line, err error) {
	var r reply
	err = read(answer, &r, &r.Errors)
	for _, row := range r.Data.FlatRanking {
		next, fault := row.line()
		lines, err = append(lines, next), errors.Join(err, fault)
	}
	return lines, err
}

// plainLines are those of the server as most would write it.
func plainLines(answer []byte) (lines []line, err error) {
	var r struct {
		Data   struct{ Ranking []flatRow }
		Errors json.RawMessage
	}
	err = read(answer, &r, &r.Errors)
	for _, row := range r.Data.Ranking {
		next, fault := row.line()
		lines, err = append(lines, next), errors.Join(err, fault)
	}
	return lines, err
}

// read reads a response that must not have errors.
func read(answer []byte, into any, faults *json.RawMessage) error {
	if err := json.Unmarshal(answer, into); err != nil {
		return err
	}
	if *faults != nil {
		return fmt.Errorf("it was refused: %s", *faults)
	}
	return nil
}

func (r flatRow) line() (line, error) {
	if r.Base == nil || r.Current == nil || r.Absolute == nil || r.Percent == nil {
		return line{}, fmt.Errorf("%s has no figure", r.Code)
	}
	return line{r.Code, r.Name, *r.Base, *r.Current, *r.Absolute, r.Percent.InexactFloat64(), r.Rank}, nil
}

// expertLines asks expert.sql.
func expertLines(ctx context.Context, conn driver.Conn, q question) (lines []line, err error) {
	err = statement(ctx, conn, "expert", q.parameters(), func(rows driver.Rows) error {
		l := line{rank: len(lines) + 1}
		err := rows.Scan(&l.code, &l.name, &l.before, &l.after, &l.absolute, &l.percent)
		lines = append(lines, l)
		return err
	})
	if err == nil && len(lines) == 0 {
		err = errors.New("expert.sql found nothing")
	}
	return lines, err
}

// agree holds an answer against that of expert.sql: the same districts and figures, and where
// it ranks, an order that the figures bear out. Floats may differ from decimals by their last digits.
func agree(q question, got, want []line, floats bool) error {
	if len(got) != len(want) {
		return fmt.Errorf("it has %d rows, expert SQL has %d", len(got), len(want))
	}
	right := map[string]line{}
	for _, l := range want {
		right[l.code] = l
	}
	last := math.Inf(1)
	for i, l := range got {
		r, known := right[l.code]
		if !known || l.name != r.name {
			return fmt.Errorf("%s %q is unknown or twice there", l.code, l.name)
		}
		delete(right, l.code)
		for _, pair := range [][2]decimal.Decimal{{l.before, r.before}, {l.after, r.after}, {l.absolute, r.absolute}} {
			if !pair[0].Equal(pair[1]) && (!floats || !near(pair[0].InexactFloat64(), pair[1].InexactFloat64())) {
				return fmt.Errorf("%s: it says %s, expert SQL says %s", l.code, pair[0], pair[1])
			}
		}
		if !near(l.percent, r.percent) {
			return fmt.Errorf("%s: it says %g %%, expert SQL says %g", l.code, l.percent, r.percent)
		}
		if l.rank == 0 {
			continue
		}
		by := r.by(q.order)
		if by > last+1e-9 || l.rank > i+1 || by < last-1e-9 && l.rank != i+1 {
			return fmt.Errorf("%s is ranked %d in place %d", l.code, l.rank, i+1)
		}
		last = by
	}
	return nil
}

// by is what a line is ranked by.
func (l line) by(order string) float64 {
	switch order {
	case percent:
		return l.percent
	case "ABSOLUTE":
		return l.absolute.InexactFloat64()
	}
	return l.after.InexactFloat64()
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(math.Abs(a), math.Abs(b), 1) }

// tile is an answer within a dashboard.
type tile struct {
	Kind       string
	Comparison *struct{ Rows []nestedRow }
	Series     *struct {
		Years  []int
		Series []struct {
			Figures []struct{ Value *decimal.Decimal }
		}
	}
	Ranking  *struct{ Rows []nestedRow }
	Refusals []struct{ Code string }
}

// agreeTiles holds the twelve tiles against expert.sql: want has the lines of the four indicators.
func agreeTiles(q question, answer []byte, want [][]line) error {
	var r reply
	if err := read(answer, &r, &r.Errors); err != nil {
		return err
	}
	if r.Data.Dashboard == nil || len(r.Data.Dashboard.Tiles) != 3*len(want) {
		return errors.New("it has not twelve tiles")
	}
	for i, t := range r.Data.Dashboard.Tiles {
		if err := t.agree(q, want[i%len(want)]); err != nil {
			return fmt.Errorf("tile %d: %w", i+1, err)
		}
	}
	return nil
}

// agree holds one tile against the lines of its indicator.
func (t tile) agree(q question, want []line) error {
	sum := decimal.Decimal{}
	for _, l := range want {
		sum = sum.Add(l.after)
	}
	switch {
	case len(t.Refusals) > 0:
		return fmt.Errorf("it was refused: %v", t.Refusals)
	case t.Comparison != nil && len(t.Comparison.Rows) == 1:
		return same(t.Comparison.Rows[0].Current.Value, sum)
	case t.Series != nil && len(t.Series.Series) == 1:
		at := slices.Index(t.Series.Years, q.year)
		if at < 0 {
			return errors.New("it has not the year")
		}
		return same(t.Series.Series[0].Figures[at].Value, sum)
	case t.Ranking != nil && len(t.Ranking.Rows) >= 5:
		got, err := linesOf(t.Ranking.Rows)
		if err != nil {
			return err
		}
		return agree(q, got, want[:min(len(got), len(want))], false)
	}
	return fmt.Errorf("it has no answer of its kind, %s", t.Kind)
}

func same(got *decimal.Decimal, want decimal.Decimal) error {
	if got == nil || !got.Equal(want) {
		return fmt.Errorf("it says %v, expert SQL says %s", got, want)
	}
	return nil
}
