package warehouse

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// LastRuns gives the last run of each source that was ever loaded.
func (w *Warehouse) LastRuns(ctx context.Context) ([]*ledger.Run, error) {
	var all []*ledger.Run
	err := read(ctx, w, "last_runs", nil, func(rows driver.Rows) error {
		run := &ledger.Run{}
		var outcome string
		var read, accepted, rejected, fresh uint64
		var releases []uint32
		err := rows.Scan(&run.ID, &run.Source, &run.Actor, &run.StartedAt, &run.Ended, &outcome, &run.Snapshot,
			&read, &accepted, &rejected, &fresh, &releases, &run.Error.EN, &run.Error.VI)
		run.Outcome, run.StartedAt, run.Ended = ledger.Outcome(outcome), run.StartedAt.In(time.UTC), run.Ended.In(time.UTC)
		if run.Ended.Unix() == 0 {
			run.Ended = time.Time{}
		}
		run.Read, run.Accepted, run.Rejected, run.Added = int(read), int(accepted), int(rejected), int(fresh)
		run.Releases = make([]ledger.ReleaseID, len(releases))
		for i, id := range releases {
			run.Releases[i] = ledger.ReleaseID(id)
		}
		all = append(all, run)
		return err
	})
	return all, err
}

// Rejects gives the rows that the load of a release did not publish, by file and line.
func (w *Warehouse) Rejects(ctx context.Context, release ledger.ReleaseID, offset, limit int) ([]ledger.Reject, error) {
	return rejectsWarehouse(ctx, w, "rejects", page(release, offset, limit))
}

// RunRejects gives the rows that a run did not accept, by file and line.
func (w *Warehouse) RunRejects(ctx context.Context, run *ledger.Run, offset, limit int) ([]ledger.Reject, error) {
	v := page(0, offset, limit)
	delete(v, "release")
	v["run"], v["releases"] = escape(run.ID), numbers(run.Releases)
	return rejectsWarehouse(ctx, w, "run_rejects", v)
}

func rejectsWarehouse(ctx context.Context, w *Warehouse, query string, v values) ([]ledger.Reject, error) {
	rejects := []ledger.Reject{}
	err := read(ctx, w, query, v, func(rows driver.Rows) error {
		var r ledger.Reject
		var line uint32
		var reason string
		err := rows.Scan(&r.Place.File, &r.Place.Sheet, &line, &r.Place.Column, &r.Value, &reason, &r.Detail.EN, &r.Detail.VI)
		r.Place.Line, r.Reason = int(line), number.Code(reason)
		rejects = append(rejects, r)
		return err
	})
	return rejects, err
}
