package etl

import (
	"encoding/binary"

	"github.com/niengiam/niengiam/etl/mapping"
)

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
