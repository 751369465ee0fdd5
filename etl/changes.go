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
			if err := checking.add(ctx, e, cell.seq[e.Nth]); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = checking.end(ctx)
	}
	if err != nil {
		return nil, err
	}
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
	_, err := c.comparison.compare(ctx, func(cell *compared) error {
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
	_, err := c.comparison.compare(ctx, func(cell *compared) error {
		for i := range cell.entries {
			c.numbers.Enter(&cell.entries[i])
			if err := each(&cell.entries[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return err
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
