package etl

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"

	"github.com/niengiam/niengiam/etl/mapping"
	"github.com/niengiam/niengiam/etl/spill"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// fact is what the files say of a cell.
type fact struct {
	mapping.Fact
	unitCode string
	kind     catalogue.IndicatorKind
	seq      uint64 // its place in the order in which they were read
}

// facts are the facts of a load, however many there are: they are given cell by cell, in the
// order in which the warehouse gives what is published.
type facts struct {
	bounds bounds
	sorter *spill.Sorter
	codes  []string          // of the indicators, in order
	ranks  map[string]uint64 // their places
	kinds  []catalogue.IndicatorKind

	units []string // their codes, by their keys

	statuses []number.Status
	naming   sync.Mutex // of words: pages are filled at once
	words    words

	years  catalogue.Years // that are given; zero for all
	series map[uint64]bool // the indicators and years of what is published: rank and year in bits

	added uint64
}

// bounds say how much of a load is in memory at once, whatever it has; zero takes the default.
type bounds struct {
	facts      int // bytes of facts that are held before they are written to the disk; 24 MiB
	rows       int // that are mapped at once by one goroutine
	goroutines int // that map, as mapping.Mapper has them
}

// newFacts makes room for facts of the indicators of a catalogue. What memory does not hold is
// written in a directory, "" for that of the system.
func newFacts(c *catalogue.Calendar, b bounds, dir string) *facts {
	f := &facts{bounds: b, series: map[uint64]bool{}, statuses: number.Precedence(), sorter: spill.New(cmp.Or(b.facts, 24<<20), dir), ranks: map[string]uint64{}, words: newWords()}
	for _, indicator := range c.Indicators {
		f.codes = append(f.codes, indicator.Code)
	}
	slices.Sort(f.codes)
	for rank, code := range f.codes {
		f.ranks[code] = uint64(rank)
		f.kinds = append(f.kinds, c.Indicator(code).Kind)
	}
	most := uint32(0)
	for i := range c.Units {
		most = max(most, c.Units[i].Key)
	}
	f.units = make([]string, most+1)
	for i := range c.Units {
		f.units[c.Units[i].Key] = c.Units[i].Code
	}
	return f
}

// only leaves out the facts of all years but some.
func (f *facts) only(years catalogue.Years) {
	f.years = years
	maps.DeleteFunc(f.series, func(series uint64, _ bool) bool { return !years.Contains(yearOf(series)) })
}

// yearOf is the year in what stands above the unit in a key.
func yearOf(series uint64) number.Year { return number.Year(series & (1<<yearBits - 1)) }

// close frees what the facts take.
func (f *facts) close() error {
	if f == nil {
		return nil
	}
	return f.sorter.Close()
}

// The head of a key: the rank of the indicator, the year and the key of the unit, in bits.
const (
	yearBits = 12
	unitBits = 32
	headSize = 8
)

// keyTail is what stands in a key behind its cell: the day of publication, and the place of
// the fact in the order in which they were read.
const keyTail = 4 + placeSize

const placeSize = 8

// cellOf is the part of a key that names its cell.
func cellOf(key []byte) []byte { return key[:len(key)-keyTail] }

// readFact reads the fact of a record.
func (f *facts) readFact(key, value []byte, o *fact, texts bool) error {
	cell, tail := cellOf(key), key[len(key)-keyTail:]
	head := binary.BigEndian.Uint64(cell)
	r := factReader{from: value}
	*o = fact{}
	o.Indicator, o.kind = f.codes[head>>(yearBits+unitBits)], f.kinds[head>>(yearBits+unitBits)]
	o.Year = number.Year(head >> unitBits & (1<<yearBits - 1))
	o.Unit = uint32(head)
	o.unitCode = f.units[o.Unit]
	o.Breakdown = f.words.keep(cell[headSize : len(cell)-1])
	o.At.Published = number.Date(binary.BigEndian.Uint32(tail))
	o.seq = binary.BigEndian.Uint64(tail[4:])
	r.fact(&o.Fact, f, texts)
	if r.short {
		return fmt.Errorf("read the facts: %w", io.ErrUnexpectedEOF)
	}
	return nil
}

// cells gives the facts of each cell, by day of publication and in the order in which they
// were read. They are valid until the next ones. With texts they have the cells as they stand
// in the file.
func (f *facts) cells(texts bool, each func(cell []fact) error) error {
	var cell []fact
	var named []byte
	err := f.sorter.All(func(key, value []byte) error {
		if !f.years.Contains(yearOf(binary.BigEndian.Uint64(key) >> unitBits)) {
			return nil
		}
		if len(cell) > 0 && !bytes.Equal(named, cellOf(key)) {
			if err := each(cell); err != nil {
				return err
			}
			cell = cell[:0]
		}
		named = append(named[:0], cellOf(key)...)
		cell = slices.Grow(cell, 1)[:len(cell)+1]
		return f.readFact(key, value, &cell[len(cell)-1], texts)
	})
	if err == nil && len(cell) > 0 {
		err = each(cell)
	}
	return err
}

// doubtful gives the cells that have several facts, or one that is marked, and tells the days of
// publication of all others: these need not be looked at. Each returns how many facts of a cell
// are published.
func (f *facts) doubtful(each func(cell []fact) int, plain func(published number.Date)) error {
	var cell []fact
	var key, value []byte // of the first fact of the cell
	last := ^uint64(0)
	note := func() {
		if series := binary.BigEndian.Uint64(key) >> unitBits; series != last {
			f.series[series], last = true, series
		}
	}
	give := func() error {
		switch {
		case len(cell) > 0:
		case len(key) == 0:
			return nil
		case value[0]&marked == 0:
			note()
			plain(number.Date(binary.BigEndian.Uint32(key[len(key)-keyTail:])))
			return nil
		default:
			cell = append(cell, fact{})
			if err := f.readFact(key, value, &cell[0], true); err != nil {
				return err
			}
		}
		if each(cell) > 0 {
			note()
		}
		cell = cell[:0]
		return nil
	}
	err := f.sorter.All(func(k, v []byte) error {
		if len(key) == 0 || !bytes.Equal(cellOf(key), cellOf(k)) {
			err := give()
			key, value = append(key[:0], k...), append(value[:0], v...)
			return err
		}
		if len(cell) == 0 {
			cell = append(cell, fact{})
			if err := f.readFact(key, value, &cell[0], true); err != nil {
				return err
			}
		}
		cell = append(cell, fact{})
		return f.readFact(k, v, &cell[len(cell)-1], true)
	})
	if err != nil {
		return err
	}
	return give()
}

// all lists facts that are published, by day of publication and in the order in which they
// were read: for those who look at a few.
func (f *facts) all() ([]fact, error) {
	var all []fact
	err := f.cells(true, func(cell []fact) error {
		used, _, _ := splitFacts(cell)
		all = append(all, used...)
		return nil
	})
	slices.SortFunc(all, func(a, b fact) int {
		return cmp.Or(cmp.Compare(a.At.Published, b.At.Published), cmp.Compare(a.seq, b.seq))
	})
	return all, err
}

// quote finds the facts that stand at some places, of several at one place the last that was
// published.
func (f *facts) quote(places map[ledger.Place]*fact) error {
	if len(places) == 0 {
		return nil
	}
	return f.cells(true, func(cell []fact) error {
		used, _, _ := splitFacts(cell)
		for i := range used {
			found, wanted := places[used[i].Place]
			if wanted && (found == nil || found.At.Published < used[i].At.Published || found.At.Published == used[i].At.Published && found.seq < used[i].seq) {
				own := used[i]
				places[own.Place] = &own
			}
		}
		return nil
	})
}

// word is the number of a text.
func (f *facts) word(use int, text string) uint64 {
	f.naming.Lock()
	defer f.naming.Unlock()
	return f.words.number(use, text)
}

// words numbers texts of which there are few: names of files, sheets and columns.
type words struct {
	numbers map[string]uint64
	texts   []string
	last    [4]uint64 // the numbers that were given last, by what they were asked for
}

func newWords() words { return words{numbers: map[string]uint64{}} }

// number is the number of a text; use tells for what it is asked, so that the text of the fact
// before is known at once.
func (w *words) number(use int, text string) uint64 {
	if last := w.last[use]; last < uint64(len(w.texts)) && w.texts[last] == text {
		return last
	}
	known, is := w.numbers[text]
	if !is {
		known = uint64(len(w.texts))
		w.numbers[text], w.texts = known, append(w.texts, text)
	}
	w.last[use] = known
	return known
}

// keep gives a text, the same one for the same bytes.
func (w *words) keep(text []byte) string {
	if len(text) == 0 {
		return ""
	}
	known, is := w.numbers[string(text)]
	if !is {
		known = w.number(0, string(text))
	}
	return w.texts[known]
}
