package warehouse

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// rejects writes and reads the rows of source files that a load did not accept.
type rejects struct{ db *database }

// ofReleases writes the rejects of releases.
func (r rejects) ofReleases(ctx context.Context, all []ledger.PendingRelease) error {
	return r.db.insert(ctx, "reject", func(add func(...any) error) error {
		for i := range all {
			if err := addRejects(add, all[i].Release.ID, "", all[i].Rejects); err != nil {
				return err
			}
		}
		return nil
	})
}

// ofRun writes the rejects of a run that made no release.
func (r rejects) ofRun(ctx context.Context, run string, all []ledger.Reject) error {
	return r.db.insert(ctx, "reject", func(add func(...any) error) error { return addRejects(add, 0, run, all) })
}

func addRejects(add func(...any) error, id ledger.ReleaseID, run string, all []ledger.Reject) error {
	for i := range all {
		reject := &all[i]
		err := add(uint32(id), run, reject.Place.File, reject.Place.Sheet, uint32(reject.Place.Line), reject.Place.Column,
			reject.Value, string(reject.Reason), reject.Detail.EN, reject.Detail.VI)
		if err != nil {
			return err
		}
	}
	return nil
}

// Rejects lists the rows that the load of each of some releases did not publish, by file
// and line.
func (r rejects) Rejects(ctx context.Context, releases []ledger.ReleaseID, offset, limit int) ([]ledger.Excerpt[ledger.Reject], error) {
	v := excerpt("releases", numbers(releases), offset, limit)
	return excerpts(ctx, r.db, "rejects", "count_rejects", v, asNumbers(releases), scanReject[uint32])
}

// RunRejects lists the rows that each of some runs did not accept, by file and line; of one
// that did not examine the files, those of the run that did.
func (r rejects) RunRejects(ctx context.Context, runs []*ledger.Run, offset, limit int) ([]ledger.Excerpt[ledger.Reject], error) {
	examiners := make([]string, len(runs))
	for i, run := range runs {
		examiners[i] = run.Examiner()
	}
	v := excerpt("runs", names(examiners), offset, limit)
	return excerpts(ctx, r.db, "run_rejects", "count_run_rejects", v, examiners, scanReject[string])
}

func scanReject[K comparable](rows driver.Rows) (of K, reject ledger.Reject, err error) {
	var line uint32
	var reason string
	err = rows.Scan(&of, &reject.Place.File, &reject.Place.Sheet, &line, &reject.Place.Column, &reject.Value, &reason, &reject.Detail.EN, &reject.Detail.VI)
	reject.Place.Line, reject.Reason = int(line), number.Code(reason)
	return of, reject, err
}
