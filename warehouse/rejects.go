package warehouse

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// rejects writes and reads the rows of source files that a load did not accept.
type rejects struct{ db *database }

// insert writes the rejects of a release, or of a run that made none.
func (r rejects) insert(ctx context.Context, id ledger.ReleaseID, run string, all []ledger.Reject) error {
	if len(all) == 0 {
		return nil
	}
	return r.db.insert(ctx, "reject", func(add func(...any) error) error {
		for i := range all {
			reject := &all[i]
			err := add(uint32(id), run, reject.Place.File, reject.Place.Sheet, uint32(reject.Place.Line), reject.Place.Column,
				reject.Value, string(reject.Reason), reject.Detail.EN, reject.Detail.VI)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Rejects lists the rows that the load of a release did not publish, by file and line.
func (r rejects) Rejects(ctx context.Context, release ledger.ReleaseID, offset, limit int) ([]ledger.Reject, error) {
	return r.list(ctx, "rejects", page(release, offset, limit))
}

// CountRejects counts the rejects of a release.
func (r rejects) CountRejects(ctx context.Context, release ledger.ReleaseID) (int, error) {
	var count uint64
	err := r.db.one(ctx, "count_rejects", values{"release": num(release)}, &count)
	return int(count), err
}

// RunRejects lists the rows that a run did not accept, by file and line; of one that did
// not examine the files, those of the run that did. CountRunRejects counts all of them.
func (r rejects) RunRejects(ctx context.Context, run *ledger.Run, offset, limit int) ([]ledger.Reject, error) {
	v := page(0, offset, limit)
	delete(v, "release")
	v["run"] = escape(run.Examiner())
	return r.list(ctx, "run_rejects", v)
}

// CountRunRejects counts the rows that RunRejects lists.
func (r rejects) CountRunRejects(ctx context.Context, run *ledger.Run) (int, error) {
	var count uint64
	err := r.db.one(ctx, "count_run_rejects", values{"run": escape(run.Examiner())}, &count)
	return int(count), err
}

func (r rejects) list(ctx context.Context, query string, v values) ([]ledger.Reject, error) {
	all := []ledger.Reject{}
	err := r.db.read(ctx, query, v, func(rows driver.Rows) error {
		var reject ledger.Reject
		var line uint32
		var reason string
		err := rows.Scan(&reject.Place.File, &reject.Place.Sheet, &line, &reject.Place.Column, &reject.Value, &reason, &reject.Detail.EN, &reject.Detail.VI)
		reject.Place.Line, reject.Reason = int(line), number.Code(reason)
		all = append(all, reject)
		return err
	})
	return all, err
}
