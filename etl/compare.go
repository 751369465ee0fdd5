package etl

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// comparison holds the facts of a load against what is published, cell by cell: both come in
// the same order, and no more than a cell of each is in memory. It may be made several times,
// and gives the same each time: once to find what the load would change, and once more to
// publish or to hold that.
type comparison struct {
	load       *load
	facts      *facts
	calendar   *catalogue.Calendar
	indicators []string      // whose history is looked at
	years      []number.Year // and of which years
	whole      map[string]bool
	refused    map[ledger.CellKey][]ledger.PendingCell
	leftOut    int // cells that were refused before, in the last comparison
}

// compared is a cell of a load beside what is published of it.
type compared struct {
	said    []ledger.Observation // what the load says, by day of publication
	seq     []uint64             // the places of these in the order of the load
	history []ledger.Observation // what is published, in order of publication
	dropped int                  // how many of those that are said stand for a row that is gone: the last ones
	entries []ledger.Entry       // what of it is new
}

// compare compares all cells. What it gives to each is valid until the next one.
func (c *comparison) compare(ctx context.Context, each func(cell *compared) error) (*ledger.Drafting, error) {
	m := merging{comparison: c, each: each, seq: c.facts.added, drafting: c.calendar.Ledger().Drafting(correcting(c.load.Config, c.calendar, c.load.source.Code))}
	c.leftOut = 0
	published, stop := iter.Pull2(c.load.Sink.Published(ctx, c.indicators, c.years))
	defer stop()
	m.published = published
	if err := m.advance(); err != nil {
		return nil, err
	}
	err := c.facts.cells(false, func(cell []fact) error {
		if m.cells++; m.cells%cellsAtOnce == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		return m.fact(cell)
	})
	if err == nil {
		err = m.rest()
	}
	return m.drafting, err
}

// cellsAtOnce is how many cells are compared before somebody looks whether the load goes on.
const cellsAtOnce = 1000

// merging walks over facts and history at once.
type merging struct {
	*comparison
	drafting  *ledger.Drafting
	published func() (ledger.Observation, error, bool)
	next      *ledger.Observation // the first that was not taken yet; nil behind the last
	own       ledger.Observation  // what next points to
	each      func(cell *compared) error
	cell      compared
	cells     int
	seq       uint64 // of the next observation that stands for a row that is gone
}

func (m *merging) advance() error {
	o, err, more := m.published()
	if err != nil {
		return fmt.Errorf("read what is published: %w", err)
	}
	if m.next = nil; more {
		m.own = o
		m.next = &m.own
	}
	return nil
}

// order orders cells as the facts and the history come.
func order(a, b *ledger.CellKey) int {
	if by := strings.Compare(a.Indicator, b.Indicator); by != 0 {
		return by
	}
	switch {
	case a.Year != b.Year:
		return int(a.Year - b.Year)
	case a.Unit < b.Unit:
		return -1
	case a.Unit > b.Unit:
		return 1
	}
	return strings.Compare(a.Breakdown, b.Breakdown)
}

// take takes the history of the cell that next is of.
func (m *merging) take() error {
	key := m.next.CellKey
	for m.next != nil && m.next.CellKey == key {
		m.cell.history = append(m.cell.history, *m.next)
		if err := m.advance(); err != nil {
			return err
		}
	}
	return nil
}

// begin begins a cell.
func (m *merging) begin() {
	m.cell.said, m.cell.seq, m.cell.history, m.cell.dropped = m.cell.said[:0], m.cell.seq[:0], m.cell.history[:0], 0
}

// fact compares the facts of a cell, and before it all that is published of cells of which the
// load says nothing.
func (m *merging) fact(cell []fact) error {
	used, _, _ := splitFacts(cell)
	if len(used) == 0 {
		return nil // all of them are rejects
	}
	for m.next != nil && order(&m.next.CellKey, &used[0].CellKey) < 0 {
		if err := m.silent(); err != nil {
			return err
		}
	}
	m.begin()
	for i := range used {
		m.cell.said, m.cell.seq = append(m.cell.said, used[i].Observation), append(m.cell.seq, used[i].seq)
	}
	if m.next != nil && m.next.CellKey == used[0].CellKey {
		if err := m.take(); err != nil {
			return err
		}
	}
	return m.give()
}

// silent compares a cell of which the load says nothing.
func (m *merging) silent() error {
	m.begin()
	if err := m.take(); err != nil {
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
	if !m.load.source.KeepDropped && len(c.history) > 0 {
		if o, dropped := droppedRow(m.comparison, c.said, c.history); dropped {
			c.said, c.seq, c.dropped = append(c.said, o), append(c.seq, m.seq), 1
			m.seq++
		}
	}
	if len(m.refused) > 0 {
		m.refuse()
	}
	c.entries = m.drafting.Cell(c.said, c.history)
	return m.each(c)
}

// refuse leaves out what was refused before.
func (m *merging) refuse() {
	c := &m.cell
	kept := 0
	for i := range c.said {
		repeats := func(cell ledger.PendingCell) bool { return cell.Repeats(&c.said[i]) }
		if slices.ContainsFunc(m.refused[c.said[i].CellKey], repeats) {
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

// isDropped reports whether an entry stands for a row that is gone.
func (c *compared) isDropped(e *ledger.Entry) bool { return e.Nth >= len(c.said)-c.dropped }
