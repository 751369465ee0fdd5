package etl

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/niengiam/niengiam/stats/ledger"
)

// changes are what a load, or the approval of one, would change of what is published: the drafts
// of its releases, what its checks find, and how much of what there is. The changed cells are
// remembered, on the disk where they are many; where nearly all change they are compared again
// instead.
type changes struct {
	comparison *comparison
	drafts     []*draft
	numbers    ledger.Numbers // that the drafts have now, counted from the release after the last
	findings   []finding      // of checks
	cells      int            // that say something new
	revised    int            // that change a published figure
	corrected  int            // of which the source had published another figure under the same day
	mustWait   bool           // a published figure changes by more than is allowed
	remembered *remembered    // nil where the cells are compared again
}

// mostFew is how many cells are remembered whatever is published.
const mostFew = 30_000

// remembers is how many cells are remembered: to compare all again costs about as much as to
// remember one in eight of them.
func (c *comparison) remembers() int { return max(mostFew, c.expected/8) }

// remember keeps what is new in a cell, as long as that is little.
func (c *changes) remember(cell *compared) error {
	switch {
	case len(cell.entries) == 0 || c.remembered == nil:
		return nil
	case c.cells > c.comparison.remembers():
		return c.close()
	}
	return c.remembered.add(cell)
}

// close frees what the changes take.
func (c *changes) close() error {
	if c == nil || c.remembered == nil {
		return nil
	}
	err := c.remembered.close()
	c.remembered = nil
	return err
}

// each gives the cells in which something is new. They are valid until the next one.
func (c *changes) each(ctx context.Context, each func(cell *compared) error) error {
	if c.remembered != nil {
		return c.remembered.all(ctx, each)
	}
	_, err := c.comparison.compare(ctx, func(cell *compared) error {
		if len(cell.entries) == 0 {
			return nil
		}
		return each(cell)
	})
	return err
}

// changesOf finds what would change, and how much of that a source may change without
// approval. Each cell that is compared is shown to see. The changes are to be closed; where
// they cannot be found they are.
func changesOf(ctx context.Context, c *comparison, after ledger.ReleaseID, allowed ledger.Allowance, see func(cell *compared)) (*changes, error) {
	found := &changes{comparison: c, remembered: newRemembered(c.aside)}
	files := map[ledger.ReleaseID]map[string]bool{}
	drafting, err := c.compare(ctx, func(cell *compared) error {
		for i := range cell.entries {
			e := &cell.entries[i]
			found.count(e, allowed)
			of := files[e.At.Release]
			if of == nil {
				of = map[string]bool{}
				files[e.At.Release] = of
			}
			of[e.Place.File] = true
		}
		see(cell)
		return found.remember(cell)
	})
	if err != nil {
		return nil, errors.Join(err, found.close())
	}
	releases := drafting.Releases()
	for _, r := range releases {
		found.drafts = append(found.drafts, &draft{Draft: &ledger.Draft{}, files: files[r.ID]})
	}
	found.numbers = ledger.Number(releases, after+1)
	for i, r := range releases {
		found.drafts[i].Release = *r
	}
	return found, nil
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
