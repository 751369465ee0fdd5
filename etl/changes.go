package etl

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"iter"

	"github.com/niengiam/niengiam/etl/spill"
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
	staged     bool           // the cells were staged while they were compared
}

// remember keeps what is new in a cell, as long as that is little.
func (c *changes) remember(cell *compared) error {
	switch {
	case len(cell.entries) == 0 || c.remembered == nil:
		return nil
	case c.cells > c.comparison.remembers():
		return c.close()
	}
	return c.remembered.add(record{cell.seq, cell.dropped, cell.history, cell.entries})
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
		return c.remembered.all(func(is *record) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return each(&compared{seq: is.Seq, dropped: is.Dropped, history: is.History, entries: is.Entries})
		})
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
	found := newTally(c, allowed, see)
	found.remembered = newRemembered(c.aside)
	drafting, err := c.compare(ctx, func(cell *compared) error {
		found.cell(cell)
		return found.remember(cell)
	})
	if err != nil {
		return nil, errors.Join(err, found.close())
	}
	found.draft(drafting.Releases(), after+1)
	return found.changes, nil
}

// tally counts what changes while cells are compared.
type tally struct {
	*changes
	allowed ledger.Allowance
	see     func(cell *compared)
	files   map[madeFrom]bool
	last    madeFrom // that was noted
}

// madeFrom is a file that a release, with its preliminary number, is made from.
type madeFrom struct {
	release ledger.ReleaseID
	file    string
}

func newTally(c *comparison, allowed ledger.Allowance, see func(cell *compared)) *tally {
	return &tally{changes: &changes{comparison: c}, allowed: allowed, see: see, files: map[madeFrom]bool{}}
}

// cell counts a cell and shows it.
func (t *tally) cell(cell *compared) {
	for i := range cell.entries {
		e := &cell.entries[i]
		t.count(e, t.allowed)
		if from := (madeFrom{e.At.Release, e.Place.File}); from != t.last {
			t.files[from], t.last = true, from
		}
	}
	t.see(cell)
}

// draft makes drafts of the releases that have entries, numbered from first.
func (t *tally) draft(releases []*ledger.Release, first ledger.ReleaseID) {
	for _, r := range releases {
		files := map[string]bool{}
		for from := range t.files {
			if from.release == r.ID {
				files[from.file] = true
			}
		}
		t.drafts = append(t.drafts, &draft{Draft: &ledger.Draft{}, files: files})
	}
	t.numbers = ledger.Number(releases, first)
	for i, r := range releases {
		t.drafts[i].Release = *r
	}
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

// pending gives the cells as a restatement keeps them, one after the other; each is valid until
// the next one.
func (c *changes) pending(ctx context.Context) iter.Seq2[*ledger.PendingCell, error] {
	return func(yield func(*ledger.PendingCell, error) bool) {
		err := c.each(ctx, func(cell *compared) error {
			for i := range cell.entries {
				p := ledger.PendingCell{Observation: cell.entries[i].Observation, Old: cell.entries[i].Old}
				p.At.Release, p.Since = 0, 0 // both are decided with it
				if !yield(&p, nil) {
					return errEnough
				}
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
}

// errEnough ends a walk of which no more is asked for.
var errEnough = errors.New("enough")

// digest is the digest of what a restatement would keep.
func (c *changes) digest(ctx context.Context) (_ string, err error) {
	lines := spill.New(mostRemembered, c.comparison.aside)
	defer func() { err = errors.Join(err, lines.Close()) }()
	for cell, err := range c.pending(ctx) {
		if err == nil {
			err = lines.Add([]byte(cell.DigestLine()), nil)
		}
		if err != nil {
			return "", err
		}
	}
	sum := sha256.New()
	err = lines.All(func(line, _ []byte) error {
		_, _ = sum.Write(line) // never fails
		return nil
	})
	return hex.EncodeToString(sum.Sum(nil)), err
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
