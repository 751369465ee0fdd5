package warehouse

import (
	"context"
	"fmt"
	"time"

	"github.com/niengiam/niengiam/stats"
)

// Publish makes a staged release visible, by one row; files, findings and
// rejects come with it. Releases are published in the order of their numbers:
// otherwise the answers of a view would change. Afterwards Catalogue has it.
func (w *Warehouse) Publish(ctx context.Context, release stats.Release, findings []stats.Finding, rejects []stats.Reject) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.refresh(ctx); err != nil {
		return err
	}
	if head := w.Catalogue().Head; release.ID <= head {
		return &stats.Error{
			Code: ReleaseTaken, Message: fmt.Sprintf("release %d cannot be published after release %d", release.ID, head),
			Hint: "load the files again: they get a new number",
		}
	}
	if err := w.insertFiles(ctx, release); err != nil {
		return err
	}
	if err := w.insertFindings(ctx, release.ID, findings); err != nil {
		return err
	}
	if err := w.insertRejects(ctx, release.ID, "", rejects); err != nil {
		return err
	}
	if release.Loaded.IsZero() {
		release.Loaded = time.Now()
	}
	err := w.insert(ctx, "release", func(add func(...any) error) error {
		return add(uint32(release.ID), release.Source, uint32(release.Published), release.Loaded, release.By,
			uint64(release.Added), uint64(release.Revised), uint64(release.Rejected))
	})
	if err != nil {
		return err
	}
	w.log.Info("release published", "release", release.ID, "source", release.Source,
		"added", release.Added, "revised", release.Revised, "rejected", release.Rejected)
	return w.refresh(ctx)
}

func (w *Warehouse) insertFiles(ctx context.Context, release stats.Release) error {
	if len(release.Files) == 0 {
		return nil
	}
	return w.insert(ctx, "release_file", func(add func(...any) error) error {
		for i, file := range release.Files {
			if err := add(uint32(release.ID), uint32(i), file.Path, file.SHA256, uint64(file.Bytes)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *Warehouse) insertFindings(ctx context.Context, id stats.ReleaseID, findings []stats.Finding) error {
	if len(findings) == 0 {
		return nil
	}
	return w.insert(ctx, "finding", func(add func(...any) error) error {
		for i := range findings {
			f := &findings[i]
			err := add(uint32(id), uint32(i), string(f.Code), f.Indicator, f.UnitKey, f.UnitCode, uint16(f.Year), f.Breakdown,
				f.Used, f.Other, f.UsedCitation, f.OtherCitation,
				f.Place.File, f.Place.Sheet, uint32(f.Place.Line), f.Place.Column)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *Warehouse) insertRejects(ctx context.Context, id stats.ReleaseID, run string, rejects []stats.Reject) error {
	if len(rejects) == 0 {
		return nil
	}
	return w.insert(ctx, "reject", func(add func(...any) error) error {
		for i := range rejects {
			r := &rejects[i]
			err := add(uint32(id), run, r.Place.File, r.Place.Sheet, uint32(r.Place.Line), r.Place.Column,
				r.Value, string(r.Reason), r.Detail)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// StartRun keeps the record of a run that starts.
func (w *Warehouse) StartRun(ctx context.Context, run stats.Run) error { return w.insertRun(ctx, run) }

// EndRun keeps the record of a run that ended, with the rejects of one that
// made no release.
func (w *Warehouse) EndRun(ctx context.Context, run stats.Run, rejects []stats.Reject) error {
	if err := w.insertRejects(ctx, 0, run.ID, rejects); err != nil {
		return err
	}
	return w.insertRun(ctx, run)
}

func (w *Warehouse) insertRun(ctx context.Context, run stats.Run) error {
	releases := make([]uint32, len(run.Releases))
	for i, id := range run.Releases {
		releases[i] = uint32(id)
	}
	ended := run.Ended
	if ended.IsZero() {
		ended = time.Unix(0, 0)
	}
	return w.insert(ctx, "run", func(add func(...any) error) error {
		return add(run.ID, run.Source, run.By, run.Started, ended, string(run.Outcome), run.Snapshot,
			uint64(run.Read), uint64(run.Accepted), uint64(run.Rejected), uint64(run.New), releases, run.Error)
	})
}

// LastSnapshot gives the fingerprint of the last snapshot of a source that was
// loaded to its end; "" when there is none.
func (w *Warehouse) LastSnapshot(ctx context.Context, source string) (string, error) {
	var snapshot string
	err := w.one(ctx, "last_snapshot", values{"source": escape(source)}, &snapshot)
	return snapshot, err
}
