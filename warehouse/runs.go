package warehouse

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/ledger"
)

// runs writes and reads the log of load runs.
type runs struct {
	db      *database
	rejects rejects
}

// LastRuns returns the last run of each source that was ever loaded.
func (r runs) LastRuns(ctx context.Context) ([]*ledger.Run, error) {
	all := []*ledger.Run{}
	err := r.db.read(ctx, "last_runs", nil, func(rows driver.Rows) error {
		run, err := scanRun(rows)
		all = append(all, run)
		return err
	})
	return all, err
}

// Runs lists runs of each of some sources, the latest first.
func (r runs) Runs(ctx context.Context, sources []string, offset, limit int) ([]ledger.Excerpt[*ledger.Run], error) {
	v := excerpt("sources", names(sources), offset, limit)
	return excerpts(ctx, r.db, "runs", "count_runs", v, sources, func(rows driver.Rows) (string, *ledger.Run, error) {
		run, err := scanRun(rows)
		return run.Source, run, err
	})
}

func scanRun(rows driver.Rows) (*ledger.Run, error) {
	run := &ledger.Run{}
	var outcome string
	var read, accepted, rejected, fresh uint64
	var releases []uint32
	var files, addresses, versions []string
	err := rows.Scan(&run.ID, &run.Source, &run.Actor, &run.StartedAt, &run.Ended, &outcome, &run.Snapshot,
		&read, &accepted, &rejected, &fresh, &releases, &run.Error.EN, &run.Error.VI, &run.Due, &run.Repeats,
		&files, &addresses, &versions, &run.Years)
	run.Outcome, run.StartedAt = ledger.Outcome(outcome), run.StartedAt.In(time.UTC)
	run.Ended, run.Due = timeOrNone(run.Ended), timeOrNone(run.Due)
	run.Read, run.Accepted, run.Rejected, run.Added = int(read), int(accepted), int(rejected), int(fresh)
	run.Releases = make([]ledger.ReleaseID, len(releases))
	for i, id := range releases {
		run.Releases[i] = ledger.ReleaseID(id)
	}
	for i, file := range files {
		run.Fetched = append(run.Fetched, ledger.Fetched{File: file, Address: addresses[i], Version: versions[i]})
	}
	return run, err
}

// StartRun records a run that starts.
func (r runs) StartRun(ctx context.Context, run ledger.Run) error {
	return insertRun(ctx, r.db, run)
}

// EndRun records a run that ended, with the rejects of one that made no release.
func (r runs) EndRun(ctx context.Context, run ledger.Run, rejects []ledger.Reject) error {
	if err := r.rejects.ofRun(ctx, run.ID, rejects); err != nil {
		return err
	}
	return insertRun(ctx, r.db, run)
}

func insertRun(ctx context.Context, db *database, run ledger.Run) error {
	releases := make([]uint32, len(run.Releases))
	for i, id := range run.Releases {
		releases[i] = uint32(id)
	}
	var files, addresses, versions []string
	for _, f := range run.Fetched {
		files, addresses, versions = append(files, f.File), append(addresses, f.Address), append(versions, f.Version)
	}
	return db.insert(ctx, "run", func(add func(...any) error) error {
		return add(run.ID, run.Source, run.Actor, run.StartedAt, timeOrEpoch(run.Ended), string(run.Outcome), run.Snapshot,
			uint64(run.Read), uint64(run.Accepted), uint64(run.Rejected), uint64(run.Added), releases, run.Error.EN, run.Error.VI, timeOrEpoch(run.Due), run.Repeats,
			files, addresses, versions, run.Years)
	})
}

// timeOrEpoch writes a time that may not be known as the first of January 1970;
// timeOrNone reads it.
func timeOrEpoch(t time.Time) time.Time {
	if t.IsZero() {
		return time.Unix(0, 0)
	}
	return t
}

func timeOrNone(t time.Time) time.Time {
	if t.Unix() == 0 {
		return time.Time{}
	}
	return t.In(time.UTC)
}

// LastSnapshot returns the fingerprint of the last snapshot of a source that was loaded
// completely; "" when there is none.
func (r runs) LastSnapshot(ctx context.Context, source string) (string, error) {
	var snapshot string
	err := r.db.one(ctx, "last_snapshot", values{"source": escape(source)}, &snapshot)
	return snapshot, err
}
