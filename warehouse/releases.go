package warehouse

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// releases claims numbers for releases and publishes them.
type releases struct {
	db       *database
	current  *current
	rejects  rejects
	receipts receipts
	remains  remains
	leases   leases
	rollups  rollups
}

// Publish makes a staged release visible, after all that are visible now.
func (r releases) Publish(ctx context.Context, release ledger.Release, findings []ledger.Finding, rejects []ledger.Reject) error {
	if err := r.current.Refresh(ctx); err != nil {
		return err
	}
	return r.PublishAll(ctx, r.current.Catalogue().Head, []ledger.PendingRelease{{Release: release, Findings: findings, Rejects: rejects}})
}

// PublishAll makes staged releases visible, all by one insert; files, findings
// and rejects come with them. Afterwards Catalogue has them.
//
// Their postings were computed from the releases up to after. Where another release was
// published since, by any program, PublishAll fails with RELEASE_TAKEN and nothing
// becomes visible, because the answers of a view would change otherwise. Of two inserts
// after the same release the server keeps the first. A program that had the lease of the
// loads and has it no more publishes nothing.
func (r releases) PublishAll(ctx context.Context, after ledger.ReleaseID, all []ledger.PendingRelease) error {
	if len(all) == 0 {
		return nil
	}
	published := make([]ledger.ReleaseID, len(all))
	for i := range all {
		published[i] = all[i].Release.ID
	}
	if err := r.rollups.add(ctx, published); err != nil {
		return err
	}
	if err := r.current.mu.Acquire(ctx, 1); err != nil {
		return err
	}
	defer r.current.mu.Release(1)
	if err := r.current.refresh(ctx); err != nil {
		return err
	}
	if head := r.current.Catalogue().Head; all[0].Release.ID <= head || head != after {
		return taken(all[0].Release.ID, head)
	}
	if err := r.remains.living(ctx, all[0].Release.ID); err != nil {
		return err
	}
	if err := r.insertBeside(ctx, all); err != nil {
		return err
	}
	if err := r.leases.verifyLease(ctx); err != nil {
		return err
	}
	err := r.db.insert(once(ctx, fmt.Sprintf("after %d", after)), "release", func(add func(...any) error) error {
		for i := range all {
			if err := add(releaseRow(&all[i].Release)...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	noted := make(chan error, 1) // both read all that is new, and neither needs the other
	go func() { noted <- r.receipts.note(ctx, published) }()
	err = r.current.refresh(ctx)
	if fault := <-noted; fault != nil { // they are published all the same
		r.db.log.Warn("releases have no receipt yet", "releases", published, "code", number.CodeOf(fault), "error", fault)
	}
	if err != nil {
		return err
	}
	for i := range all {
		release := &all[i].Release
		if r.current.Catalogue().Release(release.ID) == nil {
			return taken(release.ID, r.current.Catalogue().Head)
		}
		r.db.log.Info("release published", "release", release.ID, "source", release.SourceCode, "added", release.Added,
			"revised", release.Revised, "removed", release.Removed, "rejected", release.Rejected, "restatement", release.Restatement)
	}
	return nil
}

func taken(id, head ledger.ReleaseID) error {
	return &number.Error{
		Code: ReleaseTaken, Message: number.Say("release %d cannot be published after release %d", id, head),
		Hint: number.Say("another program published meanwhile; load the files again: they get a new number"),
	}
}

func releaseRow(r *ledger.Release) []any {
	if r.Loaded.IsZero() {
		r.Loaded = time.Now()
	}
	return []any{
		uint32(r.ID), r.SourceCode, uint32(r.Published), r.Loaded, r.Actor, uint64(r.Added), uint64(r.Revised), uint64(r.Rejected),
		uint64(r.Removed), uint32(r.Withdraws), uint32(r.Restores), r.Comment, uint32(r.Restatement), r.ApprovedBy,
		uint32(r.Corrects), uint32(r.Corrected),
	}
}

// insertBeside writes what is read only with visible releases: of all of them at once, for
// each insert costs the engine a part on the disk.
func (r releases) insertBeside(ctx context.Context, all []ledger.PendingRelease) error {
	if err := insertFiles(ctx, r.db, all); err != nil {
		return err
	}
	if err := insertFindings(ctx, r.db, all); err != nil {
		return err
	}
	return r.rejects.ofReleases(ctx, all)
}

func insertFiles(ctx context.Context, db *database, all []ledger.PendingRelease) error {
	return db.insert(ctx, "release_file", func(add func(...any) error) error {
		for r := range all {
			for i, file := range all[r].Release.Files {
				if err := add(uint32(all[r].Release.ID), uint32(i), file.Path, file.SHA256, uint64(file.Bytes)); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func insertFindings(ctx context.Context, db *database, all []ledger.PendingRelease) error {
	return db.insert(ctx, "finding", func(add func(...any) error) error {
		for r := range all {
			for i := range all[r].Findings {
				f := &all[r].Findings[i]
				err := add(uint32(all[r].Release.ID), uint32(i), string(f.Code), f.IndicatorCode, f.UnitKey, f.UnitCode, uint16(f.Year), f.Breakdown,
					f.Used, f.Other, f.UsedCitation, f.OtherCitation,
					f.Place.File, f.Place.Sheet, uint32(f.Place.Line), f.Place.Column, f.Derivation,
					string(f.Severity), f.Rule, f.Value, f.Measured, uint32(f.Cells))
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// NextRelease claims a number that no release has, staged ones included.
func (r releases) NextRelease(ctx context.Context) (ledger.ReleaseID, error) {
	return r.Claim(ctx, 1)
}

// Claim reserves count numbers that no release has and no other program has claimed,
// and returns the first. Numbers that are not used leave a gap.
func (r releases) Claim(ctx context.Context, count int) (ledger.ReleaseID, error) {
	mine, err := uuid.NewV7()
	if err != nil {
		return 0, fmt.Errorf("warehouse: claim: %w", err)
	}
	for {
		var first uint32
		if err := r.db.one(ctx, "next_release", nil, &first); err != nil {
			return 0, err
		}
		last := first + uint32(max(count, 1)) - 1
		err := r.db.insert(once(ctx, fmt.Sprintf("first %d", first)), "claim", func(add func(...any) error) error {
			return add(first, last, mine, time.Now())
		})
		if err != nil {
			return 0, err
		}
		var owner string
		if err := r.db.one(ctx, "claim", values{"first": num(first)}, &owner); err != nil || owner == mine.String() {
			return ledger.ReleaseID(first), err
		}
	}
}
