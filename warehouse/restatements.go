package warehouse

import (
	"cmp"
	"context"
	"encoding/json"
	"iter"
	"math"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// restatements keeps changes of published figures until they are approved or rejected.
type restatements struct {
	db      *database
	current *current
}

// heldAtOnce is how many cells of a restatement are written at once.
const heldAtOnce = 50_000

// attachments is what a restatement keeps for its releases.
type attachments struct {
	Files    []ledger.File    `json:"files"`
	Findings []ledger.Finding `json:"findings"`
	Rejects  []heldReject     `json:"rejects"`
}

// heldReject is a reject as a restatement keeps it: Detail is English, as it was before
// rejects were told in both languages.
type heldReject struct {
	ledger.Reject
	Detail   string
	DetailVI string
}

func holdRejects(rejects []ledger.Reject) []heldReject {
	held := make([]heldReject, len(rejects))
	for i, r := range rejects {
		held[i] = heldReject{Reject: r, Detail: r.Detail.EN, DetailVI: r.Detail.VI}
	}
	return held
}

func heldRejects(held []heldReject) []ledger.Reject {
	var rejects []ledger.Reject
	for _, h := range held {
		h.Reject.Detail = number.Text{VI: h.DetailVI, EN: h.Detail}
		rejects = append(rejects, h.Reject)
	}
	return rejects
}

// Hold is HoldAll for a few cells.
func (rs restatements) Hold(ctx context.Context, r *ledger.Restatement, cells []ledger.PendingCell) error {
	return rs.HoldAll(ctx, r, given(cells))
}

// HoldAll stores a restatement that waits for a decision, completely or not at all: its row
// is written last. No question sees any of it. A number with more digits than the
// warehouse keeps is refused.
func (rs restatements) HoldAll(ctx context.Context, r *ledger.Restatement, cells iter.Seq2[*ledger.PendingCell, error]) error {
	next, stop := iter.Pull2(cells)
	defer stop()
	for more := true; more; {
		var err error
		if more, err = insertHeld(ctx, rs.db, r.ID, next); err != nil {
			return err
		}
	}
	document, err := json.Marshal(attachments{r.Files, r.Findings, holdRejects(r.Rejects)})
	if err != nil {
		return fault("restatement", err)
	}
	return rs.db.insert(ctx, "restatement", func(add func(...any) error) error {
		return add(uint32(r.ID), r.SourceCode, r.Run, r.Actor, r.HeldSince, r.Digest, uint64(r.Added), uint64(r.Revised), string(document), uint64(r.Corrections))
	})
}

// insertHeld writes the next cells of a restatement, and reports whether there may be more.
func insertHeld(ctx context.Context, db *database, id ledger.ReleaseID, next func() (*ledger.PendingCell, error, bool)) (more bool, err error) {
	err = db.insert(ctx, "restatement_cell", func(add func(...any) error) error {
		for range heldAtOnce {
			var c *ledger.PendingCell
			var err error
			if c, err, more = next(); err != nil || !more {
				return err
			}
			if err := inRange(&c.Observation); err != nil {
				return err
			}
			var old ledger.Observation
			if c.Old != nil {
				old = *c.Old
			}
			err = add(uint32(id), c.Indicator, uint16(c.Year), c.Unit, c.Breakdown, uint32(c.At.Published),
				c.Value, c.Denominator, string(c.Status), c.Note, c.Citation,
				c.Place.File, c.Place.Sheet, uint32(c.Place.Line), c.Place.Column,
				old.Value, old.Denominator, string(old.Status))
			if err != nil {
				return err
			}
		}
		return nil
	})
	return more, err
}

// Decide stores a decision about a restatement. An approval that publishes releases is
// not stored here: their rows record it.
func (rs restatements) Decide(ctx context.Context, d ledger.Decision) error {
	if d.Decided.IsZero() {
		d.Decided = time.Now()
	}
	return rs.db.insert(ctx, "restatement_decision", func(add func(...any) error) error {
		return add(uint32(d.Restatement), string(d.State), d.DecidedBy, d.Comment, d.Decided, uint32(d.Successor))
	})
}

// Restatements lists all restatements with their decisions, the latest first.
func (rs restatements) Restatements(ctx context.Context) ([]*ledger.Restatement, error) {
	all := []*ledger.Restatement{}
	err := rs.db.read(ctx, "restatements", nil, func(rows driver.Rows) error {
		r := &ledger.Restatement{}
		var id, successor uint32
		var added, revised, corrections uint64
		var document, state string
		err := rows.Scan(&id, &r.SourceCode, &r.Run, &r.Actor, &r.HeldSince, &r.Digest, &added, &revised, &document, &corrections,
			&state, &r.DecidedBy, &r.Decision.Comment, &r.Decided, &successor)
		if err != nil {
			return err
		}
		r.ID, r.Restatement, r.Successor = ledger.ReleaseID(id), ledger.ReleaseID(id), ledger.ReleaseID(successor)
		r.Corrections = int(corrections)
		r.Added, r.Revised, r.State, r.HeldSince = int(added), int(revised), ledger.RestatementState(state), r.HeldSince.In(time.UTC)
		if r.Decided = r.Decided.In(time.UTC); state == "" {
			r.State, r.Decided = ledger.Pending, time.Time{}
		}
		var beside attachments
		err = json.Unmarshal([]byte(document), &beside)
		r.Files, r.Findings, r.Rejects = beside.Files, beside.Findings, heldRejects(beside.Rejects)
		for i := range r.Findings {
			r.Findings[i].Severity = cmp.Or(r.Findings[i].Severity, ledger.Warn) // of what was held before there were checks
		}
		all = append(all, r)
		return err
	})
	if err != nil {
		return nil, err
	}
	return all, tellApproved(ctx, rs.current, all)
}

// tellApproved completes the restatements of which releases were published.
func tellApproved(ctx context.Context, now *current, all []*ledger.Restatement) error {
	if err := now.Refresh(ctx); err != nil {
		return err
	}
	for _, r := range all {
		for _, release := range now.Catalogue().Releases {
			if release.Restatement != r.ID {
				continue
			}
			r.State, r.DecidedBy, r.Decision.Comment = ledger.Approved, release.ApprovedBy, release.Comment
			r.Decided = release.Loaded
			r.Slip = r.Slip || release.MendsSlips()
			r.Releases = append(r.Releases, release.ID)
		}
	}
	return nil
}

// HeldCells lists the cells of a restatement, by cell and day of publication.
func (rs restatements) HeldCells(ctx context.Context, id ledger.ReleaseID) ([]ledger.PendingCell, error) {
	return collect(rs.Held(ctx, id))
}

// Held gives the cells of a restatement one after the other. Each is valid until the next one.
func (rs restatements) Held(ctx context.Context, id ledger.ReleaseID) iter.Seq2[*ledger.PendingCell, error] {
	return each(ctx, rs.db, "restatement_cells", excerpt("restatements", numbers([]ledger.ReleaseID{id}), 0, math.MaxInt64), scanCell)
}

// HeldRevisions gives those cells of some restatements that would have changed a published figure, one
// after the other, by cell. Each is valid until the next one.
func (rs restatements) HeldRevisions(ctx context.Context, ids []ledger.ReleaseID) iter.Seq2[*ledger.PendingCell, error] {
	return each(ctx, rs.db, "restatement_revisions", values{"restatements": numbers(ids)}, scanCell)
}

func scanCell(rows driver.Rows) (*ledger.PendingCell, error) {
	_, c, err := scanPendingCell(rows)
	return &c, err
}

// HeldExcerpts lists a part of the cells of each of some restatements, in the same order.
func (rs restatements) HeldExcerpts(ctx context.Context, ids []ledger.ReleaseID, offset, limit int) ([]ledger.Excerpt[ledger.PendingCell], error) {
	v := excerpt("restatements", numbers(ids), offset, limit)
	return excerpts(ctx, rs.db, "restatement_cells", "count_restatement_cells", v, asNumbers(ids), scanPendingCell)
}

func scanPendingCell(rows driver.Rows) (id uint32, c ledger.PendingCell, err error) {
	var old ledger.Observation
	var year uint16
	var line, published uint32
	var status, oldStatus string
	err = rows.Scan(&id, &c.Indicator, &year, &c.Unit, &c.Breakdown, &published, &c.Value, &c.Denominator, &status, &c.Note, &c.Citation,
		&c.Place.File, &c.Place.Sheet, &line, &c.Place.Column, &old.Value, &old.Denominator, &oldStatus)
	c.Year, c.Status, c.Place.Line, c.At.Published = number.Year(year), number.Status(status), int(line), number.Date(published)
	if oldStatus != "" {
		old.CellKey, old.Status = c.CellKey, number.Status(oldStatus)
		c.Old = &old
	}
	return id, c, err
}
