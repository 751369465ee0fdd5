package etl

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
)

// comparison holds what is said, by a load or by what was held of one, against what is
// published, cell by cell: both come in the same order, and no more than a cell of each is in
// memory. It may be made several times, and gives the same each time.
type comparison struct {
	calendar   *catalogue.Calendar
	correcting ledger.Correcting
	// said gives what is said cell by cell, by day of publication, with the places of that in
	// the order of the load; it is valid until the next cell.
	said func(each func(said []ledger.Observation, seq []uint64) error) error
	// published gives what is published of the cells that are compared.
	published func(ctx context.Context) iter.Seq2[*ledger.Observation, error]
	dropping  *ledger.Dropping // nil where no row is missed
	added     uint64           // how many places there are in the order of the load
	expected  int              // about how many cells are published
	atOnce    int              // how many of those are read ahead of the comparison; 0: as many as are good
	aside     string           // the directory for what memory does not hold; "" for that of the system
	// refused gives what was refused before and is left out, by cell; nil where nothing was.
	refused func(ctx context.Context) iter.Seq2[*ledger.PendingCell, error]
	leftOut int // cells that were refused before, in the last comparison
}

// mostFew is how many cells are remembered whatever is published.
const mostFew = 30_000

// remembers is how many cells are remembered: to compare all again costs about as much as to
// remember one in eight of them.
func (c *comparison) remembers() int { return max(mostFew, c.expected/8) }

// saidBy gives the cells of the facts of a load.
func saidBy(f *facts) func(each func(said []ledger.Observation, seq []uint64) error) error {
	return func(each func(said []ledger.Observation, seq []uint64) error) error {
		var said []ledger.Observation
		var seq []uint64
		return f.cells(false, func(cell []fact) error {
			used, _, _ := splitFacts(cell)
			if len(used) == 0 {
				return nil // all of them are rejects
			}
			said, seq = said[:0], seq[:0]
			for i := range used {
				said, seq = append(said, used[i].Observation), append(seq, used[i].seq)
			}
			return each(said, seq)
		})
	}
}

// saidBefore gives the cells of a restatement.
func saidBefore(held iter.Seq2[*ledger.PendingCell, error]) func(each func(said []ledger.Observation, seq []uint64) error) error {
	return func(each func(said []ledger.Observation, seq []uint64) error) error {
		said := func(yield func(*ledger.Observation, error) bool) {
			for cell, err := range held {
				if err == nil && !yield(&cell.Observation, nil) || err != nil && !yield(nil, err) {
					return
				}
			}
		}
		return ledger.EachCell(said, func(cell []ledger.Observation) error { return each(cell, make([]uint64, len(cell))) })
	}
}

// compared is a cell of a load beside what is published of it.
type compared struct {
	said    []ledger.Observation // what is said, by day of publication; nil where it was remembered
	seq     []uint64             // the places of these in the order of the load
	history []ledger.Observation // what is published, in order of publication
	dropped int                  // how many of those that are said stand for a row that is gone: the last ones
	entries []ledger.Entry       // what of it is new
}

// compare compares all cells. What it gives to each is valid until the next one.
func (c *comparison) compare(ctx context.Context, each func(cell *compared) error) (*ledger.Drafting, error) {
	m := merging{comparison: c, each: each, seq: c.added, drafting: c.calendar.Ledger().Drafting(c.correcting)}
	c.leftOut = 0
	published, stop := iter.Pull2(c.readingAhead(ctx))
	defer stop()
	m.published = published
	if c.refused != nil {
		refused, stop := iter.Pull2(c.refused(ctx))
		defer stop()
		m.refusals.given = refused
	}
	if err := errors.Join(m.advance(), m.refusals.advance()); err != nil {
		return nil, err
	}
	err := c.said(func(said []ledger.Observation, seq []uint64) error {
		if m.cells++; m.cells%cellsAtOnce == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		return m.take(said, seq)
	})
	if err == nil {
		err = m.rest()
	}
	return m.drafting, err
}

// cellsAtOnce is how many cells are compared before somebody looks whether the load goes on.
const cellsAtOnce = 1000

// merging walks over what is said and what is published at once.
type merging struct {
	*comparison
	drafting  *ledger.Drafting
	published func() (*[]ledger.Observation, error, bool)
	part      []ledger.Observation // of what is published, that was not taken yet
	next      *ledger.Observation  // the first of them; nil behind the last
	refusals  refusals
	each      func(cell *compared) error
	cell      compared
	cells     int
	seq       uint64 // of the next observation that stands for a row that is gone
}

func (m *merging) advance() error {
	if len(m.part) == 0 {
		part, err, more := m.published()
		if err != nil {
			return fmt.Errorf("read what is published: %w", err)
		}
		if m.next = nil; !more {
			return nil
		}
		m.part = *part
	}
	m.next, m.part = &m.part[0], m.part[1:]
	return nil
}

// publishedAtOnce is how many observations are good to be read ahead.
const publishedAtOnce = 1000

// readingAhead gives what is published a part at a time, while the next part is read.
func (c *comparison) readingAhead(ctx context.Context) iter.Seq2[*[]ledger.Observation, error] {
	return inParts(ctx, func(ctx context.Context, part *[]ledger.Observation, give func(*[]ledger.Observation) (*[]ledger.Observation, error)) error {
		for o, err := range c.published(ctx) {
			if err != nil {
				return err
			}
			if *part = append(*part, *o); len(*part) < cmp.Or(c.atOnce, publishedAtOnce) {
				continue
			}
			if part, err = give(part); err != nil {
				return err
			}
			*part = (*part)[:0]
		}
		if len(*part) == 0 {
			return nil
		}
		_, err := give(part)
		return err
	})
}

// begin begins a cell.
func (m *merging) begin() {
	m.cell.said, m.cell.seq, m.cell.history, m.cell.dropped = nil, nil, m.cell.history[:0], 0
}

// remind takes the history of a cell, if next is of it.
func (m *merging) remind(key *ledger.CellKey) error {
	for m.next != nil && m.next.CellKey == *key {
		m.cell.history = append(m.cell.history, *m.next)
		if err := m.advance(); err != nil {
			return err
		}
	}
	return nil
}

// take compares what is said of a cell, and before it all that is published of cells of which
// nothing is said.
func (m *merging) take(said []ledger.Observation, seq []uint64) error {
	key := &said[0].CellKey
	for m.next != nil && m.next.CellKey.Compare(key) < 0 {
		if err := m.silent(); err != nil {
			return err
		}
	}
	m.begin()
	m.cell.said, m.cell.seq = slices.Clip(said), slices.Clip(seq) // what is gone is added to copies
	if err := m.remind(key); err != nil {
		return err
	}
	return m.give()
}

// silent compares a cell of which nothing is said.
func (m *merging) silent() error {
	m.begin()
	key := m.next.CellKey
	if err := m.remind(&key); err != nil {
		return err
	}
	return m.give()
}

func (m *merging) rest() error {
	for m.next != nil {
		if err := m.silent(); err != nil {
			return err
		}
	}
	return nil
}

// give drafts what the cell says and hands it on.
func (m *merging) give() error {
	c := &m.cell
	refused, err := m.refusals.of(c.key())
	if err != nil {
		return err
	}
	if c.entries = nil; len(refused) == 0 && m.drafting.Repeats(c.said, c.history) {
		return m.each(c) // nearly all; what repeats the last publication drops nothing
	}
	if m.dropping != nil && len(c.history) > 0 {
		if o, dropped := m.dropping.Row(c.said, c.history); dropped {
			c.said, c.seq, c.dropped = append(c.said, o), append(c.seq, m.seq), 1
			m.seq++
		}
	}
	if len(refused) > 0 {
		m.refuse(refused)
	}
	c.entries = m.drafting.Cell(c.said, c.history)
	return m.each(c)
}

// refuse leaves out what was refused before.
func (m *merging) refuse(refused []ledger.PendingCell) {
	c := &m.cell
	kept := 0
	for i := range c.said {
		repeats := func(cell ledger.PendingCell) bool { return cell.Repeats(&c.said[i]) }
		if slices.ContainsFunc(refused, repeats) {
			m.leftOut++
			if i >= len(c.said)-c.dropped {
				c.dropped--
			}
			continue
		}
		c.said[kept], c.seq[kept] = c.said[i], c.seq[i]
		kept++
	}
	c.said, c.seq = c.said[:kept], c.seq[:kept]
}

// key names the cell.
func (c *compared) key() *ledger.CellKey {
	if len(c.said) > 0 {
		return &c.said[0].CellKey
	}
	return &c.history[0].CellKey
}

// isDropped reports whether an entry stands for a row that is gone.
func (c *compared) isDropped(e *ledger.Entry) bool { return e.Nth >= len(c.seq)-c.dropped }
