package schedule

import (
	"context"
	"log/slog"
	"time"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Runs is where runs are recorded; etl.Sink is one.
type Runs interface {
	// LastRuns returns the last run of each source that was ever loaded.
	LastRuns(ctx context.Context) ([]*ledger.Run, error)
	// Pauses lists the sources whose schedule is paused.
	Pauses(ctx context.Context) ([]*ledger.Pause, error)
}

// Record answers what a scheduler asks of the record of runs, which all programs on a
// warehouse share and which outlives them.
type Record struct {
	ctx  context.Context //nolint:containedctx // of the program: a scheduler asks between its loads
	runs Runs
	log  *slog.Logger
}

// NewRecord makes a Record that reads until a context ends.
func NewRecord(ctx context.Context, runs Runs, log *slog.Logger) *Record {
	return &Record{ctx, runs, log}
}

// Last returns when a source was loaded last, false where it never was or nobody knows.
func (r *Record) Last(source string) (time.Time, bool) {
	if run := r.last(source); run != nil {
		return etl.BeganAt(run), true
	}
	return time.Time{}, false
}

// Done returns when the last load of a source ended, false where there is none, or it is
// under way, was refused, is held or has failed.
func (r *Record) Done(source string) (time.Time, bool) {
	run := r.last(source)
	if run == nil || run.Outcome != ledger.Published && run.Outcome != ledger.Unchanged {
		return time.Time{}, false
	}
	return run.Ended, true
}

// Paused reports whether the schedule of a source is paused. Where nobody knows it is:
// what waits is made later.
func (r *Record) Paused(source string) bool {
	pauses, err := r.runs.Pauses(r.ctx)
	if err != nil {
		r.tell(source, err)
		return true
	}
	for _, pause := range pauses {
		if pause.Source == source {
			return true
		}
	}
	return false
}

// last is the last run of a source, nil where there is none.
func (r *Record) last(source string) *ledger.Run {
	runs, err := r.runs.LastRuns(r.ctx)
	if err != nil {
		r.tell(source, err)
		return nil
	}
	for _, run := range runs {
		if run.Source == source {
			return run
		}
	}
	return nil
}

// tell logs why the record cannot be read.
func (r *Record) tell(source string, err error) {
	if r.ctx.Err() == nil {
		r.log.Error("the record of runs cannot be read", "source", source, "code", number.CodeOf(err), "error", err)
	}
}
