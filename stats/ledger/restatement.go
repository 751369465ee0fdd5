package ledger

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/number"
)

// RestatementState is the state of a restatement.
type RestatementState string

// The states.
const (
	// Pending: it awaits a decision, and nothing of it is visible.
	Pending RestatementState = "HELD"
	// Approved: it was published.
	Approved RestatementState = "APPROVED"
	// Declined: it was refused; nothing of it is visible.
	Declined RestatementState = "REFUSED"
	// Superseded: a newer load of its source took its place.
	Superseded RestatementState = "SUPERSEDED"
)

// Restatement is a load that would change published figures, or in which a check that asks
// for approval found something. All of it is pending until somebody approves or rejects it.
type Restatement struct {
	// ID is its number, taken from those of the releases, so that no release has it.
	ID ReleaseID
	// SourceCode is the code of the source that was loaded.
	SourceCode string
	// Run is the run that loaded it, Actor who or what started it.
	Run, Actor string
	// HeldSince is the moment from which it is or was pending.
	HeldSince time.Time
	// Digest is a checksum of all its cells.
	Digest string
	// Added counts the cells that it would add, Revised those that it would change.
	Added, Revised int
	// Corrections counts the cells of which its source had published another figure under the
	// same day; of a restatement that was held before this was known it is 0.
	Corrections int
	// Files, Findings and Rejects come with its releases.
	Files    []File
	Findings []Finding
	Rejects  []Reject
	// Decision is what became of it; its State is Held while it is pending.
	Decision
}

// Decision is what was decided about a restatement.
type Decision struct {
	// Restatement is its number.
	Restatement ReleaseID
	// State is what was decided.
	State RestatementState
	// DecidedBy says who decided, Comment why, Decided when. The comment of one that was
	// superseded is NewerLoad.
	DecidedBy, Comment string
	Decided            time.Time
	// Slip says that its approval mended copying slips, so that older answers changed.
	Slip bool
	// Releases are those that its approval published.
	Releases []ReleaseID
	// Successor is the restatement that took its place, 0 when the newer load needed
	// no approval.
	Successor ReleaseID
}

// NewerLoad is the comment of a restatement that a newer load of its source superseded.
const NewerLoad = "a newer load of its source"

// CommentText is why it was decided: as somebody wrote it or, where the program
// superseded it, in words of the language.
func (d *Decision) CommentText(language number.Language) string {
	if d.State != Superseded {
		return d.Comment
	}
	if d.Comment == NewerLoad {
		return number.Say(NewerLoad).In(language)
	}
	return number.OnlyEnglish(number.Text{EN: d.Comment}, language)
}

// PendingCell is one figure of a restatement.
type PendingCell struct {
	// Observation is what it says; At has no release, and Since no day.
	Observation
	// Old is what was published when it was loaded; nil where it adds to what was known.
	Old *Observation
}

// PendingCells lists the cells of drafts, each with the published one that it would change.
func PendingCells(drafts []*Draft) []PendingCell {
	var cells []PendingCell
	for _, d := range drafts {
		revisions := d.Revisions // in the order of the observations
		for _, o := range d.Observations {
			cell := PendingCell{Observation: o}
			if len(revisions) > 0 && revisions[0].New.CellKey == o.CellKey {
				cell.Old, revisions = &revisions[0].Old, revisions[1:]
			}
			cell.At.Release, cell.Since = 0, 0 // both are decided with it
			cells = append(cells, cell)
		}
	}
	return cells
}

// Digest returns a checksum of the cells of a restatement; their order does not matter.
func Digest(cells []PendingCell) string {
	lines := make([]string, len(cells))
	for i := range cells {
		lines[i] = cells[i].DigestLine()
	}
	slices.Sort(lines)
	sum := sha256.New()
	for _, line := range lines {
		_, _ = sum.Write([]byte(line)) // never fails
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// DigestLine is what Digest knows of the cell: the digest is the SHA-256 of the sorted lines, for
// those who have more cells than memory should hold.
func (c *PendingCell) DigestLine() string {
	return fmt.Sprintf("%q %d %d %q %d %s %s %s\n", c.Indicator, c.Unit, c.Year, c.Breakdown, c.At.Published,
		written(c.Value), written(c.Denominator), c.Status)
}

func written(n decimal.NullDecimal) string {
	if !n.Valid {
		return "-"
	}
	return n.Decimal.String()
}

// Repeats reports whether an observation says the same of the same publication.
func (c *PendingCell) Repeats(o *Observation) bool {
	return c.CellKey == o.CellKey && c.At.Published == o.At.Published && c.SameFigure(o)
}

// Allowance is how much a source may change published figures without approval. The
// zero value allows nothing.
type Allowance struct {
	// Absolute is the most that a value, and a denominator, may change by.
	Absolute decimal.NullDecimal `json:"absolute,omitzero"`
	// Relative is the most that each may change by in percent of what it was.
	Relative decimal.NullDecimal `json:"relative,omitzero"`
}

// Covers reports whether a revision may go without approval: value and denominator
// stay within every bound that is given, both were and are known, and the status
// is A, P or E before and after.
func (a Allowance) Covers(r *Revision) bool {
	plain := func(s number.Status) bool {
		return s == number.Normal || s == number.Provisional || s == number.Estimated
	}
	return (a.Absolute.Valid || a.Relative.Valid) && plain(r.Old.Status) && plain(r.New.Status) &&
		r.Old.Value.Valid && r.New.Value.Valid && r.Old.Denominator.Valid == r.New.Denominator.Valid &&
		a.within(r.Old.Value.Decimal, r.New.Value.Decimal) && a.within(r.Old.Denominator.Decimal, r.New.Denominator.Decimal)
}

func (a Allowance) within(before, after decimal.Decimal) bool {
	by := after.Sub(before).Abs()
	if a.Absolute.Valid && by.GreaterThan(a.Absolute.Decimal) {
		return false
	}
	hundred := decimal.NewFromInt(100)
	return !a.Relative.Valid || !by.Mul(hundred).GreaterThan(before.Abs().Mul(a.Relative.Decimal))
}

// MustWait reports whether drafts need approval: whether one of them changes a
// published figure by more than is allowed.
func MustWait(drafts []*Draft, allowed Allowance) bool {
	for _, d := range drafts {
		for i := range d.Revisions {
			if !allowed.Covers(&d.Revisions[i]) {
				return true
			}
		}
	}
	return false
}

// SortRestatements sorts restatements by number, the latest first.
func SortRestatements(all []*Restatement) {
	slices.SortFunc(all, func(a, b *Restatement) int { return cmp.Compare(b.ID, a.ID) })
}

// DecidedAt is when it was decided, nil while it is pending.
func (d *Decision) DecidedAt() *time.Time { return moment(d.Decided) }
