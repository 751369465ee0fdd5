package etl

import (
	"encoding/binary"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/etl/mapping"
	"github.com/niengiam/niengiam/stats/number"
)

// What a fact has, in bits of the first byte of its record.
const (
	hasValue = 1 << iota
	hasDenominator
	isConflicting
	isDerived
	hasTexts // note, citation or approximation
)

// marked are the facts that are looked at beside the others of their cell.
const marked = isConflicting | isDerived

// The uses of words.
const (
	useFile = iota
	useSheet
	useColumn
	useWhole
)

// factWriter writes records.
type factWriter struct{ to []byte }

func (w *factWriter) num(n uint64) { w.to = binary.AppendUvarint(w.to, n) }

func (w *factWriter) text(text string) {
	w.num(uint64(len(text)))
	w.to = append(w.to, text...)
}

// fact writes what the key of a fact does not have.
func (w *factWriter) fact(o *mapping.Fact, p *page) {
	has := byte(0)
	mark := func(bit byte, is bool) {
		if is {
			has |= bit
		}
	}
	mark(hasValue, o.Value.Valid)
	mark(hasDenominator, o.Denominator.Valid)
	mark(isConflicting, o.Conflicting)
	mark(isDerived, o.Derived)
	mark(hasTexts, o.Note != "" || o.Citation != "" || o.Approximation != "")
	w.to = append(w.to, has, byte(slices.Index(p.facts.statuses, o.Status)))
	w.num(p.word(useFile, o.Place.File))
	w.num(p.word(useSheet, o.Place.Sheet))
	w.num(p.word(useColumn, o.Place.Column))
	w.num(p.word(useWhole, o.WholeColumn))
	w.num(uint64(o.Place.Line))
	if o.Value.Valid {
		w.decimal(o.Value.Decimal)
	}
	if o.Denominator.Valid {
		w.decimal(o.Denominator.Decimal)
	}
	if has&hasTexts != 0 {
		w.text(o.Note)
		w.text(o.Citation)
		w.text(string(o.Approximation))
	}
	w.text(o.Text)
	w.text(o.Whole)
}

// decimal writes a number with its digits as they are.
func (w *factWriter) decimal(n decimal.Decimal) {
	w.to = binary.AppendVarint(w.to, int64(n.Exponent()))
	if n.NumDigits() <= wordDigits {
		w.to = append(w.to, 0)
		w.to = binary.AppendVarint(w.to, n.CoefficientInt64())
		return
	}
	digits := n.Coefficient().String()
	w.to = append(w.to, 1)
	w.text(digits)
}

// wordDigits is how many digits a machine word holds, whatever they are.
const wordDigits = 18

// factReader reads records. What is short or wrong is told once, at the end.
type factReader struct {
	from  []byte
	short bool
}

func (r *factReader) bytes(n uint64) []byte {
	if n > uint64(len(r.from)) {
		r.short = true
		return nil
	}
	taken := r.from[:n]
	r.from = r.from[n:]
	return taken
}

func (r *factReader) byte() byte {
	if one := r.bytes(1); one != nil {
		return one[0]
	}
	return 0
}

func (r *factReader) num() uint64 {
	n, size := binary.Uvarint(r.from)
	r.short = r.short || size <= 0
	r.from = r.from[max(size, 0):]
	return n
}

func (r *factReader) int() int64 {
	n, size := binary.Varint(r.from)
	r.short = r.short || size <= 0
	r.from = r.from[max(size, 0):]
	return n
}

func (r *factReader) text() string { return string(r.bytes(r.num())) }

// word reads the number of a word.
func (r *factReader) word(f *facts) string {
	if n := r.num(); n < uint64(len(f.words.texts)) {
		return f.words.texts[n]
	}
	r.short = true
	return ""
}

// fact reads what fact of the writer wrote; the cells as they stand in the file only for those
// who quote them.
func (r *factReader) fact(o *mapping.Fact, f *facts, texts bool) {
	has, status := r.byte(), int(r.byte())
	if status < len(f.statuses) {
		o.Status = f.statuses[status]
	}
	o.Conflicting, o.Derived = has&isConflicting != 0, has&isDerived != 0
	o.Place.File, o.Place.Sheet = r.word(f), r.word(f)
	o.Place.Column, o.WholeColumn = r.word(f), r.word(f)
	o.Place.Line = int(r.num())
	if has&hasValue != 0 {
		o.Value = decimal.NewNullDecimal(r.decimal())
	}
	if has&hasDenominator != 0 {
		o.Denominator = decimal.NewNullDecimal(r.decimal())
	}
	if has&hasTexts != 0 {
		o.Note, o.Citation = r.text(), r.text()
		o.Approximation = number.Approximation(r.text())
	}
	if texts {
		o.Text, o.Whole = r.text(), r.text()
	}
}

func (r *factReader) decimal() decimal.Decimal {
	exponent := int32(r.int())
	if r.byte() == 0 {
		return decimal.New(r.int(), exponent)
	}
	digits, err := decimal.NewFromString(r.text())
	r.short = r.short || err != nil
	return digits.Shift(exponent)
}

// page is the records of some facts, before they have their places in the order of all.
type page struct {
	facts   *facts
	records []byte // keys and values, one behind the other
	ends    []recordEnd
	words   words
	common  []uint64 // what the words have for numbers among those of all facts
}

// recordEnd is where the key and the value of a record end.
type recordEnd struct{ key, value int }

// newPage makes a page; pages may be filled at once.
func (f *facts) newPage() mapping.Page { return &page{facts: f, words: newWords()} }

// Add adds a fact; it is copied.
func (p *page) Add(o *mapping.Fact) {
	to := binary.BigEndian.AppendUint64(p.records, p.facts.ranks[o.Indicator]<<(yearBits+unitBits)|uint64(o.Year)<<unitBits|uint64(o.Unit))
	to = append(append(to, o.Breakdown...), 0)
	to = binary.BigEndian.AppendUint32(to, uint32(o.At.Published))
	key := len(to) + placeSize
	w := factWriter{append(to, make([]byte, placeSize)...)} // the place is known when the page is kept
	w.fact(o, p)
	p.records, p.ends = w.to, append(p.ends, recordEnd{key, len(w.to)})
}

// Keep keeps the facts of the page behind those that were kept before.
func (p *page) Keep() error {
	begin, f := 0, p.facts
	for _, end := range p.ends {
		binary.BigEndian.PutUint64(p.records[end.key-placeSize:], f.added)
		f.added++
		if err := f.sorter.Add(p.records[begin:end.key], p.records[end.key:end.value]); err != nil {
			return err
		}
		begin = end.value
	}
	p.records, p.ends = p.records[:0], p.ends[:0]
	return nil
}

// word is the number of a text among those of all facts. The page knows nearly all of them.
func (p *page) word(use int, text string) uint64 {
	own := p.words.number(use, text)
	if own == uint64(len(p.common)) {
		p.common = append(p.common, p.facts.word(use, text))
	}
	return p.common[own]
}
