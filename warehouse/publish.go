package warehouse

import (
	"context"
	"fmt"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Publish makes a staged release visible after all that are visible now.
func (w *Warehouse) Publish(ctx context.Context, release ledger.Release, findings []ledger.Finding, rejects []ledger.Reject) error {
	if err := w.Refresh(ctx); err != nil {
		return err
	}
	return w.PublishAll(ctx, w.Catalogue().Head, []ledger.PendingRelease{{Release: release, Findings: findings, Rejects: rejects}})
}

// PublishAll makes staged releases visible, all by one insert; files, findings
// and rejects come with them. Afterwards Catalogue has them.
//
// Their postings were worked out from what was visible up to the release after.
// Where another one was published since, by whatever program, it fails with
// RELEASE_TAKEN and nothing becomes visible: otherwise the answers of a view
// would change. The server keeps the first of two inserts after one release.
func (w *Warehouse) PublishAll(ctx context.Context, after ledger.ReleaseID, all []ledger.PendingRelease) error {
	if len(all) == 0 {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := refresh(ctx, w); err != nil {
		return err
	}
	if head := w.Catalogue().Head; all[0].Release.ID <= head || head != after {
		return taken(all[0].Release.ID, head)
	}
	for i := range all {
		if err := insertBeside(ctx, w, &all[i]); err != nil {
			return err
		}
	}
	err := insert(once(ctx, fmt.Sprintf("after %d", after)), w, "release", func(add func(...any) error) error {
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
	if err := refresh(ctx, w); err != nil {
		return err
	}
	for i := range all {
		release := &all[i].Release
		if w.Catalogue().Release(release.ID) == nil {
			return taken(release.ID, w.Catalogue().Head)
		}
		w.log.Info("release published", "release", release.ID, "source", release.SourceCode, "added", release.Added,
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

// once makes an insert the first of its token, or nothing.
func once(ctx context.Context, token string) context.Context {
	return clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Settings{"insert_deduplicate": 1, "insert_deduplication_token": token}))
}

func releaseRow(r *ledger.Release) []any {
	if r.Loaded.IsZero() {
		r.Loaded = time.Now()
	}
	return []any{
		uint32(r.ID), r.SourceCode, uint32(r.Published), r.Loaded, r.Actor, uint64(r.Added), uint64(r.Revised), uint64(r.Rejected),
		uint64(r.Removed), uint32(r.Withdraws), uint32(r.Restores), r.Comment, uint32(r.Restatement), r.ApprovedBy,
	}
}

// insertBeside writes what is read only with a visible release.
func insertBeside(ctx context.Context, w *Warehouse, p *ledger.PendingRelease) error {
	if err := insertFiles(ctx, w, p.Release); err != nil {
		return err
	}
	if err := insertFindings(ctx, w, p.Release.ID, p.Findings); err != nil {
		return err
	}
	return insertRejects(ctx, w, p.Release.ID, "", p.Rejects)
}

func insertFiles(ctx context.Context, w *Warehouse, release ledger.Release) error {
	if len(release.Files) == 0 {
		return nil
	}
	return insert(ctx, w, "release_file", func(add func(...any) error) error {
		for i, file := range release.Files {
			if err := add(uint32(release.ID), uint32(i), file.Path, file.SHA256, uint64(file.Bytes)); err != nil {
				return err
			}
		}
		return nil
	})
}

func insertFindings(ctx context.Context, w *Warehouse, id ledger.ReleaseID, findings []ledger.Finding) error {
	if len(findings) == 0 {
		return nil
	}
	return insert(ctx, w, "finding", func(add func(...any) error) error {
		for i := range findings {
			f := &findings[i]
			err := add(uint32(id), uint32(i), string(f.Code), f.IndicatorCode, f.UnitKey, f.UnitCode, uint16(f.Year), f.Breakdown,
				f.Used, f.Other, f.UsedCitation, f.OtherCitation,
				f.Place.File, f.Place.Sheet, uint32(f.Place.Line), f.Place.Column)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func insertRejects(ctx context.Context, w *Warehouse, id ledger.ReleaseID, run string, rejects []ledger.Reject) error {
	if len(rejects) == 0 {
		return nil
	}
	return insert(ctx, w, "reject", func(add func(...any) error) error {
		for i := range rejects {
			r := &rejects[i]
			err := add(uint32(id), run, r.Place.File, r.Place.Sheet, uint32(r.Place.Line), r.Place.Column,
				r.Value, string(r.Reason), r.Detail.EN, r.Detail.VI)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// StartRun keeps the record of a run that starts.
func (w *Warehouse) StartRun(ctx context.Context, run ledger.Run) error {
	return insertRun(ctx, w, run)
}

// EndRun keeps the record of a run that ended, with the rejects of one that
// made no release.
func (w *Warehouse) EndRun(ctx context.Context, run ledger.Run, rejects []ledger.Reject) error {
	if err := insertRejects(ctx, w, 0, run.ID, rejects); err != nil {
		return err
	}
	return insertRun(ctx, w, run)
}

func insertRun(ctx context.Context, w *Warehouse, run ledger.Run) error {
	releases := make([]uint32, len(run.Releases))
	for i, id := range run.Releases {
		releases[i] = uint32(id)
	}
	ended := run.Ended
	if ended.IsZero() {
		ended = time.Unix(0, 0)
	}
	return insert(ctx, w, "run", func(add func(...any) error) error {
		return add(run.ID, run.Source, run.Actor, run.StartedAt, ended, string(run.Outcome), run.Snapshot,
			uint64(run.Read), uint64(run.Accepted), uint64(run.Rejected), uint64(run.Added), releases, run.Error.EN, run.Error.VI)
	})
}

// LastSnapshot gives the fingerprint of the last snapshot of a source that was
// loaded to its end; "" when there is none.
func (w *Warehouse) LastSnapshot(ctx context.Context, source string) (string, error) {
	var snapshot string
	err := one(ctx, w, "last_snapshot", values{"source": escape(source)}, &snapshot)
	return snapshot, err
}
