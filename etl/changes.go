package etl

import (
	"cmp"
	"context"
	"slices"

	"github.com/niengiam/niengiam/stats/ledger"
)

// changes are what a load would change of what is published: the drafts of its releases, what
// its checks find, and how much of what there is. The cells themselves are compared again by
// those who need them.
type changes struct {
	comparison *comparison
	drafts     []*draft
	numbers    ledger.Numbers // that the drafts have now, counted from the release after the last
	findings   []finding      // of checks
	cells      int            // that say something new
	revised    int            // that change a published figure
	corrected  int            // of which the source had published another figure under the same day
	mustWait   bool           // a published figure changes by more than is allowed
	few        []compared     // the cells with entries, where these are few; else they are compared again
}

// mostFew is how many cells are remembered.
const mostFew = 30_000

// remember keeps what is new in a cell, as long as that is little.
func (c *changes) remember(cell *compared) {
	if len(cell.entries) == 0 || c.cells > mostFew {
		if c.cells > mostFew {
			c.few = nil
		}
		return
	}
	own := compared{said: slices.Clone(cell.said), seq: slices.Clone(cell.seq), history: slices.Clone(cell.history), dropped: cell.dropped, entries: slices.Clone(cell.entries)}
	for i := range own.entries {
		if old := own.entries[i].Old; old != nil {
			copied := *old
			own.entries[i].Old = &copied
		}
	}
	c.few = append(c.few, own)
}

// each gives the cells in which something is new. They are valid until the next one.
func (c *changes) each(ctx context.Context, each func(cell *compared) error) error {
	if c.cells > mostFew {
		c.few = nil
		_, err := c.comparison.compare(ctx, each)
		return err
	}
	for i := range c.few {
		cell := c.few[i]
		cell.entries = slices.Clone(cell.entries) // which may get other numbers
		for e := range cell.entries {
			cell.entries[e].Postings = slices.Clone(cell.entries[e].Postings)
		}
		if err := each(&cell); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// changesOf finds what a load would change.
func changesOf(ctx context.Context, c *comparison) (*changes, error) {
	found := &changes{comparison: c}
	checking := newChecking(c)
	files := map[ledger.ReleaseID]map[string]bool{}
	drafting, err := c.compare(ctx, func(cell *compared) error {
		for i := range cell.entries {
			e := &cell.entries[i]
			found.count(e, c.load.source.Auto)
			of := files[e.At.Release]
			if of == nil {
				of = map[string]bool{}
				files[e.At.Release] = of
			}
			of[e.Place.File] = true
		}
		found.remember(cell)
		checking.cell(cell)
		return nil
	})
	if err != nil {
		return nil, err
	}
	checking.end()
	releases := drafting.Releases()
	for _, r := range releases {
		r.SourceCode, r.Actor = c.load.source.Code, c.load.run.Actor
		found.drafts = append(found.drafts, &draft{Draft: &ledger.Draft{}, files: files[r.ID]})
	}
	found.numbers = ledger.Number(releases, c.load.after+1)
	for i, r := range releases {
		found.drafts[i].Release = *r
	}
	found.findings, err = checking.quoted(c.facts)
	return found, err
}

// count counts an entry.
func (c *changes) count(e *ledger.Entry, allowed ledger.Allowance) {
	c.cells++
	if e.Corrects {
		c.corrected++
	}
	if e.Old == nil {
		return
	}
	c.revised++
	c.mustWait = c.mustWait || !allowed.Covers(&ledger.Revision{Old: *e.Old, New: e.Observation})
}

// pending lists the cells as a restatement keeps them, release by release, in the order of the
// load.
func (c *changes) pending(ctx context.Context) ([]ledger.PendingCell, error) {
	type placed struct {
		ledger.PendingCell
		release ledger.ReleaseID
		seq     uint64
	}
	var all []placed
	err := c.each(ctx, func(cell *compared) error {
		for i := range cell.entries {
			e := &cell.entries[i]
			p := placed{release: e.At.Release, seq: cell.seq[e.Nth]}
			p.Observation = e.Observation
			p.At.Release, p.Since = 0, 0 // both are decided with it
			if e.Old != nil {
				old := *e.Old
				p.Old = &old
			}
			all = append(all, p)
		}
		return nil
	})
	slices.SortFunc(all, func(a, b placed) int { return cmp.Or(cmp.Compare(a.release, b.release), cmp.Compare(a.seq, b.seq)) })
	cells := make([]ledger.PendingCell, len(all))
	for i := range all {
		cells[i] = all[i].PendingCell
	}
	return cells, err
}

// entries gives what is new, with the numbers of its releases; it is valid until the next one.
func (c *changes) entries(ctx context.Context, each func(e *ledger.Entry) error) error {
	return c.each(ctx, func(cell *compared) error {
		for i := range cell.entries {
			c.numbers.Enter(&cell.entries[i])
			if err := each(&cell.entries[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// renumber gives the drafts, and what comes with them, the numbers that were claimed.
func (c *changes) renumber(from, to ledger.ReleaseID) {
	for preliminary, id := range c.numbers {
		c.numbers[preliminary] = id - from + to
	}
	for _, d := range c.drafts {
		d.Release.ID += to - from
		for i := range d.findings {
			d.findings[i].Release = d.Release.ID
		}
	}
}
