package warehouse

import (
	"context"
	"errors"
	"iter"
	"math/big"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/ledger"
)

// Stage writes observations and their postings under their release's number,
// which nobody reads before it is published. A number with more digits than the
// warehouse keeps is refused, never rounded, and nothing is written.
func (f facts) Stage(ctx context.Context, observations []ledger.Observation, postings []ledger.Posting) error {
	return f.StageAll(ctx, func(yield func(*ledger.Block, error) bool) {
		yield(&ledger.Block{Observations: observations, Postings: postings}, nil)
	})
}

// StageAll is Stage for blocks of any number, of which one at a time is in memory here. Many of
// them are one statement, so that the engine can write few large parts. It ends with the first
// error of the blocks.
func (f facts) StageAll(ctx context.Context, blocks iter.Seq2[*ledger.Block, error]) (err error) {
	ctx = clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Settings{
		"max_execution_time": 0, "min_insert_block_size_rows": stagedAtOnce, "min_insert_block_size_bytes": 128 << 20, "parallel_view_processing": 1,
	}))
	timed, step, answered := f.db.stepwise(ctx)
	defer answered()
	moving := &sending{db: f.db, into: "moving"}
	defer func() {
		if err != nil {
			err = errors.Join(err, moving.abort())
		}
	}()
	rows := &stagedRows{}
	for block, err := range blocks {
		if err != nil {
			return err
		}
		for i := range block.Observations {
			if err := inRange(&block.Observations[i]); err != nil {
				return err
			}
		}
		rest := rows.fill(block)
		over := step()
		if err := rows.send(timed, moving); err != nil {
			return fault("moving", unanswered(timed, err))
		}
		over()
		if err := f.post(ctx, rest); err != nil {
			return err
		}
	}
	step()
	return fault("moving", unanswered(timed, moving.end()))
}

// stagedAtOnce is how many rows the engine gathers before it writes a part.
const stagedAtOnce = 500_000

// post writes postings that no observation carries.
func (f facts) post(ctx context.Context, postings []*ledger.Posting) error {
	if len(postings) == 0 {
		return nil
	}
	return f.db.insert(ctx, "posting", func(add func(...any) error) error {
		for _, p := range postings {
			t, denominator := countsOf(p), p.Denominator
			denominator.Valid = denominator.Valid && p.Value.Valid // a part of nothing
			err := add(p.Indicator, uint16(p.Year), p.Unit, p.Breakdown, position(p.At), uint32(p.Loaded), p.Sign,
				signed(p.Value, p.Sign), signed(denominator, p.Sign), t.tally, t.flaws, t.doubts, approximationsOf(p))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// What a staged row has, as the table moving says.
const (
	hasValue = 1 << iota
	hasDenominator
	isPosted
)

// stagedRows are rows of the table moving, column by column.
type stagedRows struct {
	indicator, breakdown, status, note, citation, file, sheet, column, approximation []string
	year                                                                             []uint16
	unit, published, release, line, since                                            []uint32
	has                                                                              []uint8
	valueLow, denominatorLow, position                                               []uint64
	valueHigh, denominatorHigh, tally, flaws, doubts, approximations                 []int64
}

// columns lists the columns in the order of the table.
func (r *stagedRows) columns() []any {
	return []any{
		r.indicator, r.year, r.unit, r.breakdown, r.published, r.release, r.has, r.valueLow, r.valueHigh, r.denominatorLow, r.denominatorHigh,
		r.status, r.note, r.citation, r.file, r.sheet, r.line, r.column, r.since, r.approximation, r.position, r.tally, r.flaws, r.doubts, r.approximations,
	}
}

// send sends the rows.
func (r *stagedRows) send(ctx context.Context, to *sending) error {
	if len(r.has) == 0 {
		return nil
	}
	batch, err := to.open(ctx)
	if err != nil {
		return err
	}
	for i, column := range r.columns() {
		if err := batch.Column(i).Append(column); err != nil {
			return err
		}
	}
	return to.flush()
}

// fill makes rows of a block and returns the postings that they do not carry.
func (r *stagedRows) fill(block *ledger.Block) (rest []*ledger.Posting) {
	r.clear()
	next := 0 // of the postings, which come in the order of the observations
	for i := range block.Observations {
		o := &block.Observations[i]
		var own *ledger.Posting
		for ; own == nil && next < len(block.Postings) && block.Postings[next].CellKey == o.CellKey; next++ {
			if p := &block.Postings[next]; carries(o, p) {
				own = p
			} else {
				rest = append(rest, p)
			}
		}
		r.add(o, own)
	}
	for ; next < len(block.Postings); next++ {
		rest = append(rest, &block.Postings[next])
	}
	return rest
}

// carries reports whether a posting enters an observation as it is, at its position.
func carries(o *ledger.Observation, p *ledger.Posting) bool {
	return p.Sign > 0 && p.Loaded == o.At.Release && p.At == o.From() && p.Status == o.Status && p.Approximation == o.Approximation &&
		p.Value == o.Value && p.Denominator == o.Denominator
}

func (r *stagedRows) add(o *ledger.Observation, p *ledger.Posting) {
	has := uint8(0)
	value, denominator := exact{}, exact{}
	if o.Value.Valid {
		has, value = has|hasValue, exactly(o.Value.Decimal)
	}
	if o.Denominator.Valid {
		has, denominator = has|hasDenominator, exactly(o.Denominator.Decimal)
	}
	var t packedCounts
	at, approximations := uint64(0), int64(0)
	if p != nil {
		has |= isPosted
		t, at, approximations = countsOf(p), position(p.At), approximationsOf(p)
	}
	r.indicator, r.year, r.unit, r.breakdown = append(r.indicator, o.Indicator), append(r.year, uint16(o.Year)), append(r.unit, o.Unit), append(r.breakdown, o.Breakdown)
	r.published, r.release, r.has = append(r.published, uint32(o.At.Published)), append(r.release, uint32(o.At.Release)), append(r.has, has)
	r.valueLow, r.valueHigh = append(r.valueLow, value.low), append(r.valueHigh, value.high)
	r.denominatorLow, r.denominatorHigh = append(r.denominatorLow, denominator.low), append(r.denominatorHigh, denominator.high)
	r.status, r.note, r.citation = append(r.status, string(o.Status)), append(r.note, o.Note), append(r.citation, o.Citation)
	r.file, r.sheet, r.line, r.column = append(r.file, o.Place.File), append(r.sheet, o.Place.Sheet), append(r.line, uint32(o.Place.Line)), append(r.column, o.Place.Column)
	r.since, r.approximation = append(r.since, uint32(o.Since)), append(r.approximation, string(o.Approximation))
	r.position, r.approximations = append(r.position, at), append(r.approximations, approximations)
	r.tally, r.flaws, r.doubts = append(r.tally, t.tally), append(r.flaws, t.flaws), append(r.doubts, t.doubts)
}

// clear empties the rows and keeps their memory.
func (r *stagedRows) clear() {
	for _, texts := range []*[]string{&r.indicator, &r.breakdown, &r.status, &r.note, &r.citation, &r.file, &r.sheet, &r.column, &r.approximation} {
		*texts = (*texts)[:0]
	}
	for _, numbers := range []*[]uint32{&r.unit, &r.published, &r.release, &r.line, &r.since} {
		*numbers = (*numbers)[:0]
	}
	for _, numbers := range []*[]uint64{&r.valueLow, &r.denominatorLow, &r.position} {
		*numbers = (*numbers)[:0]
	}
	for _, numbers := range []*[]int64{&r.valueHigh, &r.denominatorHigh, &r.tally, &r.flaws, &r.doubts, &r.approximations} {
		*numbers = (*numbers)[:0]
	}
	r.year, r.has = r.year[:0], r.has[:0]
}

// exactly gives the number × 10^10, of which inRange says that it is whole and fits.
func exactly(n decimal.Decimal) exact {
	if n.Exponent() == -fractionDigits && n.NumDigits() <= wordDigits {
		word := n.CoefficientInt64()
		return exact{high: word >> 63, low: uint64(word)}
	}
	all := n.Shift(fractionDigits).BigInt()
	low := new(big.Int).And(all, new(big.Int).SetUint64(1<<64-1)).Uint64()
	return exact{high: new(big.Int).Rsh(all, 64).Int64(), low: low}
}

// wordDigits is how many digits a machine word holds, whatever they are.
const wordDigits = 18
