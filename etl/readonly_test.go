package etl

import (
	"errors"
	"testing"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
)

// A preview cannot write: what it does not refuse itself would go to the sink, which is none here.
func TestPreviewsWriteNothing(t *testing.T) {
	t.Parallel()
	r, ctx := &readOnly{}, t.Context()
	_, claimed := r.Claim(ctx, 1)
	_, recovered := r.Recover(ctx)
	for name, err := range map[string]error{
		"Claim": claimed, "Recover": recovered, "Define": r.Define(ctx, catalogue.Definitions{}, ""), "StageAll": r.StageAll(ctx, nil),
		"PublishAll": r.PublishAll(ctx, 0, nil), "HoldAll": r.HoldAll(ctx, nil, nil), "Decide": r.Decide(ctx, ledger.Decision{}),
		"SetPause": r.SetPause(ctx, ledger.Pause{}), "StartRun": r.StartRun(ctx, ledger.Run{}), "EndRun": r.EndRun(ctx, ledger.Run{}, nil),
	} {
		if !errors.Is(err, errors.ErrUnsupported) {
			t.Errorf("%s is not refused: %v", name, err)
		}
	}
}
