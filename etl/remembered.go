package etl

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/etl/spill"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// remembered keeps compared cells in which something is new, in the order in which they were
// compared: a few in memory, many on the disk.
type remembered struct {
	sorter *spill.Sorter
	words  words
	key    []byte
	record []byte
}

// mostRemembered is how many bytes of cells are held before they are written to the disk.
const mostRemembered = 16 << 20

// newRemembered makes room for cells. What memory does not hold is written in a directory, ""
// for that of the system.
func newRemembered(dir string) *remembered {
	return &remembered{sorter: spill.New(mostRemembered, dir), words: words{numbers: map[string]uint64{}}}
}

func (r *remembered) close() error { return r.sorter.Close() }

// add adds a cell; it is copied. What it said that is not new is left out.
func (r *remembered) add(cell *compared) error {
	r.key = binary.BigEndian.AppendUint64(r.key[:0], uint64(r.sorter.Len()))
	w := cellWriter{factWriter{r.record[:0]}, &r.words}
	key := &cell.entries[0].CellKey
	w.word(useIndicator, key.Indicator)
	w.num(uint64(key.Unit))
	w.num(uint64(key.Year))
	w.word(useBreakdown, key.Breakdown)
	w.num(uint64(cell.dropped))
	w.num(uint64(len(cell.seq)))
	for _, seq := range cell.seq {
		w.num(seq)
	}
	w.num(uint64(len(cell.history)))
	for i := range cell.history {
		w.observation(&cell.history[i])
	}
	w.num(uint64(len(cell.entries)))
	for i := range cell.entries {
		w.entry(&cell.entries[i])
	}
	r.record = w.to
	return r.sorter.Add(r.key, r.record)
}

// all gives the cells; each is valid until the next one.
func (r *remembered) all(ctx context.Context, each func(cell *compared) error) error {
	var cell compared
	cells := 0
	return r.sorter.All(func(_, record []byte) error {
		if cells++; cells%cellsAtOnce == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		from := cellReader{factReader{from: record}, &r.words, ledger.CellKey{}}
		from.cell(&cell)
		if from.short || len(from.from) > 0 {
			return fmt.Errorf("read the changed cells: %w", io.ErrUnexpectedEOF)
		}
		return each(&cell)
	})
}

// Further uses of words.
const (
	useIndicator = iota
	useBreakdown
	useRemark
	usePlace
)

// cellWriter writes cells.
type cellWriter struct {
	factWriter
	words *words
}

func (w *cellWriter) word(use int, text string) { w.num(w.words.number(use, text)) }

func (w *cellWriter) position(at ledger.Position) {
	w.num(uint64(at.Published))
	w.num(uint64(at.Release))
}

// figure writes what an observation and a posting say.
func (w *cellWriter) figure(value, denominator decimal.NullDecimal, status number.Status, approximation number.Approximation) {
	has := byte(0)
	if value.Valid {
		has |= hasValue
	}
	if denominator.Valid {
		has |= hasDenominator
	}
	w.to = append(w.to, has)
	if value.Valid {
		w.decimal(value.Decimal)
	}
	if denominator.Valid {
		w.decimal(denominator.Decimal)
	}
	w.text(string(status))
	w.text(string(approximation))
}

// observation writes what an observation has beside its cell.
func (w *cellWriter) observation(o *ledger.Observation) {
	w.figure(o.Value, o.Denominator, o.Status, o.Approximation)
	w.text(o.Note)
	w.text(o.Citation)
	w.word(useRemark, o.Place.File)
	w.word(useRemark, o.Place.Sheet)
	w.word(usePlace, o.Place.Column)
	w.num(uint64(o.Place.Line))
	w.position(o.At)
	w.num(uint64(o.Since))
}

func (w *cellWriter) entry(e *ledger.Entry) {
	w.observation(&e.Observation)
	w.flag(e.Corrects)
	w.num(uint64(e.Nth))
	w.flag(e.Old != nil)
	if e.Old != nil {
		w.observation(e.Old)
	}
	w.num(uint64(len(e.Postings)))
	for i := range e.Postings {
		p := &e.Postings[i]
		w.flag(p.Sign > 0)
		w.position(p.At)
		w.num(uint64(p.Loaded))
		// It is told by the number itself, which both share, so that they share it again.
		same := p.Value == e.Value && p.Denominator == e.Denominator && p.Status == e.Status && p.Approximation == e.Approximation
		if w.flag(same); !same {
			w.figure(p.Value, p.Denominator, p.Status, p.Approximation)
		}
	}
}

func (w *cellWriter) flag(is bool) {
	bit := byte(0)
	if is {
		bit = 1
	}
	w.to = append(w.to, bit)
}

// cellReader reads what a cellWriter wrote.
type cellReader struct {
	factReader
	words *words
	key   ledger.CellKey
}

func (r *cellReader) word() string {
	if n := r.num(); n < uint64(len(r.words.texts)) {
		return r.words.texts[n]
	}
	r.short = true
	return ""
}

// count reads how many follow, of which each takes a byte at least.
func (r *cellReader) count() int {
	n := r.num()
	if n > uint64(len(r.from)) {
		r.short = true
		return 0
	}
	return int(n)
}

func (r *cellReader) position() ledger.Position {
	return ledger.Position{Published: number.Date(r.num()), Release: ledger.ReleaseID(r.num())}
}

func (r *cellReader) cell(c *compared) {
	r.key = ledger.CellKey{Indicator: r.word(), Unit: uint32(r.num()), Year: number.Year(r.num()), Breakdown: r.word()}
	c.dropped = int(r.num())
	c.seq, c.history, c.entries = c.seq[:0], c.history[:0], c.entries[:0]
	for range r.count() {
		c.seq = append(c.seq, r.num())
	}
	for range r.count() {
		c.history = append(c.history, r.observation())
	}
	for range r.count() {
		c.entries = append(c.entries, r.entry())
	}
}

func (r *cellReader) figure() (value, denominator decimal.NullDecimal, status number.Status, approximation number.Approximation) {
	has := r.byte()
	if has&hasValue != 0 {
		value = decimal.NewNullDecimal(r.decimal())
	}
	if has&hasDenominator != 0 {
		denominator = decimal.NewNullDecimal(r.decimal())
	}
	return value, denominator, number.Status(r.text()), number.Approximation(r.text())
}

func (r *cellReader) observation() ledger.Observation {
	o := ledger.Observation{CellKey: r.key}
	o.Value, o.Denominator, o.Status, o.Approximation = r.figure()
	o.Note, o.Citation = r.text(), r.text()
	o.Place.File, o.Place.Sheet, o.Place.Column, o.Place.Line = r.word(), r.word(), r.word(), int(r.num())
	o.At, o.Since = r.position(), number.Date(r.num())
	return o
}

func (r *cellReader) entry() ledger.Entry {
	e := ledger.Entry{Observation: r.observation(), Corrects: r.byte() == 1, Nth: int(r.num())}
	if r.byte() == 1 {
		old := r.observation()
		e.Old = &old
	}
	for range r.count() {
		p := ledger.Posting{CellKey: r.key, Sign: -1}
		if r.byte() == 1 {
			p.Sign = 1
		}
		p.At, p.Loaded = r.position(), ledger.ReleaseID(r.num())
		if r.byte() == 1 {
			p.Value, p.Denominator, p.Status, p.Approximation = e.Value, e.Denominator, e.Status, e.Approximation
		} else {
			p.Value, p.Denominator, p.Status, p.Approximation = r.figure()
		}
		e.Postings = append(e.Postings, p)
	}
	return e
}
