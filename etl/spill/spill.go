// Package spill sorts more records than memory should hold: what does not fit in a bound is
// written to sorted runs on the disk, which are merged when they are read. Records are a key
// and a value, both bytes; what they mean is not known here.
package spill

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// Sorter takes records and gives them in the order of their keys; of equal keys the one that
// came first comes first. Close it when it is no longer needed.
type Sorter struct {
	bound int
	dir   string
	runs  *os.File // all of them, one behind the other; nil while everything fits
	ends  []int64  // where each run ends

	held    []byte // keys and values of the records that are in no run yet
	records []record
	sorted  bool
	count   int
}

// record is where a record stands among those that are held.
type record struct {
	first    uint64 // the first bytes of the key: most comparisons end there
	start    int
	key, end int32 // lengths: of the key, and of all of it
}

// New makes a sorter that holds so many bytes in memory and writes the rest into a file of a
// directory, "" for that of the system; nobody sees the file, and it goes with the sorter.
func New(bound int, dir string) *Sorter { return &Sorter{bound: bound, dir: dir} }

// Len is how many records were added.
func (s *Sorter) Len() int { return s.count }

// Add adds a record; key and value are copied.
func (s *Sorter) Add(key, value []byte) error {
	if len(s.records) > 0 && len(s.held)+len(key)+len(value)+len(s.records)*recordSize > s.bound {
		if err := s.flush(); err != nil {
			return err
		}
	}
	start := len(s.held)
	s.grow(len(key) + len(value))
	s.held = append(append(s.held, key...), value...)
	s.records = append(s.records, record{first: first(key), start: start, key: int32(len(key)), end: int32(len(key) + len(value))})
	s.sorted = false
	s.count++
	return nil
}

// grow makes room for a record: a few times as long as there is little, then for all that the bound
// allows, so that what is held is not copied again and again.
func (s *Sorter) grow(size int) {
	if len(s.held)+size > cap(s.held) {
		more := max(len(s.held), size, 1<<12)
		if len(s.held) > s.bound/16 {
			more = max(size, s.bound-len(s.held))
		}
		s.held = slices.Grow(s.held, more)
	}
	if len(s.records) == cap(s.records) {
		more := max(len(s.records), 1<<6)
		if len(s.records)*recordSize > s.bound/16 {
			each := len(s.held)/len(s.records) + recordSize
			more = max(more/4, s.bound/each+1-len(s.records))
		}
		s.records = slices.Grow(s.records, more)
	}
}

// recordSize is what a record takes beside its bytes.
const recordSize = 24

// first are the first eight bytes of a key, in the order of the keys.
func first(key []byte) uint64 {
	if len(key) >= 8 {
		return binary.BigEndian.Uint64(key)
	}
	var padded [8]byte
	copy(padded[:], key)
	return binary.BigEndian.Uint64(padded[:])
}

func (s *Sorter) compare(a, b record) int {
	if a.first != b.first {
		return cmp.Compare(a.first, b.first)
	}
	return bytes.Compare(s.key(&a), s.key(&b))
}

func (s *Sorter) key(r *record) []byte   { return s.held[r.start : r.start+int(r.key)] }
func (s *Sorter) value(r *record) []byte { return s.held[r.start+int(r.key) : r.start+int(r.end)] }

func (s *Sorter) sort() {
	if s.sorted {
		return
	}
	if !slices.IsSortedFunc(s.records, s.compare) {
		s.sortByFirst()
		for begin, end := 0, 0; begin < len(s.records); begin = end {
			for end = begin + 1; end < len(s.records) && s.records[end].first == s.records[begin].first; {
				end++
			}
			if end > begin+1 {
				slices.SortStableFunc(s.records[begin:end], s.compare)
			}
		}
	}
	s.sorted = true
}

// sortByFirst sorts by the first bytes of the keys, those that are the same as they came: byte by
// byte from the last one on, but those that all keys have the same.
func (s *Sorter) sortByFirst() {
	all, some := ^uint64(0), uint64(0) // the bits that all keys have, and those that some have
	for i := range s.records {
		all, some = all&s.records[i].first, some|s.records[i].first
	}
	from, to := s.records, make([]record, len(s.records))
	for shift := 0; shift < 64; shift += 8 {
		if byte((all^some)>>shift) == 0 {
			continue
		}
		var places [256]int
		for i := range from {
			places[byte(from[i].first>>shift)]++
		}
		sum := 0
		for digit := range places {
			places[digit], sum = sum, sum+places[digit]
		}
		for i := range from {
			digit := byte(from[i].first >> shift)
			to[places[digit]] = from[i]
			places[digit]++
		}
		from, to = to, from
	}
	if len(from) > 0 && &from[0] != &s.records[0] {
		copy(s.records, from)
	}
}

// flush writes what is held as a run.
func (s *Sorter) flush() error {
	s.sort()
	if s.runs == nil {
		file, err := os.CreateTemp(s.dir, "niengiam-sort-*")
		if err != nil {
			return fmt.Errorf("sort on the disk: %w", err)
		}
		s.runs = file
		if err := os.Remove(file.Name()); err != nil { // it goes with the program, whatever becomes of that
			return fmt.Errorf("sort on the disk: %w", err)
		}
	}
	out := bufio.NewWriterSize(s.runs, 1<<18)
	end := int64(0)
	if len(s.ends) > 0 {
		end = s.ends[len(s.ends)-1]
	}
	var head [2 * binary.MaxVarintLen32]byte
	for i := range s.records {
		r := &s.records[i]
		n := binary.PutUvarint(head[:], uint64(r.key))
		n += binary.PutUvarint(head[n:], uint64(r.end))
		_, _ = out.Write(head[:n]) // Flush tells what fails
		_, _ = out.Write(s.held[r.start : r.start+int(r.end)])
		end += int64(n) + int64(r.end)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("sort on the disk: %w", err)
	}
	s.ends, s.held, s.records = append(s.ends, end), s.held[:0], s.records[:0]
	return nil
}

// Close frees memory and disk.
func (s *Sorter) Close() error {
	s.held, s.records = nil, nil
	if s.runs == nil {
		return nil
	}
	file := s.runs
	s.runs = nil
	return file.Close()
}

// All gives all records in order, as often as it is called. Key and value are valid until the
// next one. It stops at the first error of the disk or of each.
func (s *Sorter) All(each func(key, value []byte) error) error {
	s.sort()
	if len(s.ends) == 0 {
		for i := range s.records {
			if err := each(s.key(&s.records[i]), s.value(&s.records[i])); err != nil {
				return err
			}
		}
		return nil
	}
	m := s.merge()
	for {
		at, err := m.next()
		if err != nil || at == nil {
			return err
		}
		if err := each(at.key, at.value); err != nil {
			return err
		}
	}
}

// cursor reads a run, or what is held.
type cursor struct {
	nth        int
	from       *bufio.Reader // of a run
	buffer     []byte
	sorter     *Sorter // of what is held
	at         int
	first      uint64 // the first bytes of the key
	key, value []byte
}

// advance goes to the next record; false behind the last.
func (c *cursor) advance() (bool, error) {
	if c.sorter != nil {
		if c.at == len(c.sorter.records) {
			return false, nil
		}
		r := &c.sorter.records[c.at]
		c.at++
		c.first, c.key, c.value = r.first, c.sorter.key(r), c.sorter.value(r)
		return true, nil
	}
	key, err := binary.ReadUvarint(c.from)
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	var end uint64
	if err == nil {
		end, err = binary.ReadUvarint(c.from)
	}
	if err == nil {
		c.buffer = slices.Grow(c.buffer[:0], int(end))[:end]
		_, err = io.ReadFull(c.from, c.buffer)
	}
	if err != nil {
		return false, fmt.Errorf("read what was sorted on the disk: %w", err)
	}
	c.key, c.value = c.buffer[:key], c.buffer[key:]
	c.first = first(c.key)
	return true, nil
}

// merger gives the least record of several runs: a heap of cursors.
type merger struct {
	heap  []*cursor
	fresh []*cursor // that stand before their first record
	given bool      // the record of the first was given
}

// merge begins to merge the runs and what is held.
func (s *Sorter) merge() *merger {
	m := &merger{}
	begin := int64(0)
	size := max(1<<12, min(1<<18, s.bound/(len(s.ends)+1)))
	for i, end := range s.ends {
		m.fresh = append(m.fresh, &cursor{nth: i, from: bufio.NewReaderSize(io.NewSectionReader(s.runs, begin, end-begin), size)})
		begin = end
	}
	m.fresh = append(m.fresh, &cursor{nth: len(s.ends), sorter: s})
	return m
}

func (m *merger) next() (*cursor, error) {
	for len(m.fresh) > 0 {
		c := m.fresh[0]
		m.fresh = m.fresh[1:]
		more, err := c.advance()
		if err != nil {
			return nil, err
		}
		if more {
			m.heap = append(m.heap, c)
			m.up(len(m.heap) - 1)
		}
	}
	if m.given {
		more, err := m.heap[0].advance()
		if err != nil {
			return nil, err
		}
		if !more {
			last := len(m.heap) - 1
			m.heap[0], m.heap = m.heap[last], m.heap[:last]
		}
		m.down(0)
	}
	if m.given = len(m.heap) > 0; !m.given {
		return nil, nil
	}
	return m.heap[0], nil
}

func (m *merger) less(i, j int) bool {
	a, b := m.heap[i], m.heap[j]
	if a.first != b.first {
		return a.first < b.first // nearly always
	}
	order := bytes.Compare(a.key, b.key)
	return order < 0 || order == 0 && a.nth < b.nth
}

func (m *merger) up(i int) {
	for i > 0 && m.less(i, (i-1)/2) {
		m.heap[i], m.heap[(i-1)/2] = m.heap[(i-1)/2], m.heap[i]
		i = (i - 1) / 2
	}
}

func (m *merger) down(i int) {
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(m.heap); child++ {
			if m.less(child, least) {
				least = child
			}
		}
		if least == i {
			return
		}
		m.heap[i], m.heap[least] = m.heap[least], m.heap[i]
		i = least
	}
}
