package etl

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
)

// readOnly is a sink that a preview reads: it has the catalogue that a load would define, and
// keeps nothing.
type readOnly struct {
	Sink
	catalogue *catalogue.Calendar
}

// Catalogue returns the catalogue that a load would define.
func (r *readOnly) Catalogue() *catalogue.Calendar { return r.catalogue }

// Refresh does nothing: a preview is of one moment.
func (r *readOnly) Refresh(context.Context) error { return nil }

// What a load would write is refused.

// Define refuses.
func (r *readOnly) Define(context.Context, catalogue.Definitions, string) error {
	return errors.ErrUnsupported
}

// Recover refuses.
func (r *readOnly) Recover(context.Context) (time.Time, error) {
	return time.Time{}, errors.ErrUnsupported
}

// Claim refuses.
func (r *readOnly) Claim(context.Context, int) (ledger.ReleaseID, error) {
	return 0, errors.ErrUnsupported
}

// StageAll refuses.
func (r *readOnly) StageAll(context.Context, iter.Seq2[*ledger.Block, error]) error {
	return errors.ErrUnsupported
}

// PublishAll refuses.
func (r *readOnly) PublishAll(context.Context, ledger.ReleaseID, []ledger.PendingRelease) error {
	return errors.ErrUnsupported
}

// HoldAll refuses.
func (r *readOnly) HoldAll(context.Context, *ledger.Restatement, iter.Seq2[*ledger.PendingCell, error]) error {
	return errors.ErrUnsupported
}

// Decide refuses.
func (r *readOnly) Decide(context.Context, ledger.Decision) error { return errors.ErrUnsupported }

// SetPause refuses.
func (r *readOnly) SetPause(context.Context, ledger.Pause) error { return errors.ErrUnsupported }

// StartRun refuses.
func (r *readOnly) StartRun(context.Context, ledger.Run) error { return errors.ErrUnsupported }

// EndRun refuses.
func (r *readOnly) EndRun(context.Context, ledger.Run, []ledger.Reject) error {
	return errors.ErrUnsupported
}
