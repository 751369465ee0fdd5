package warehouse

import (
	"context"
	"time"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// remains are the rows that loads and decisions wrote and never made visible, because they
// failed or were killed.
type remains struct{ db *database }

// deadAfter is how long a load on a server may take. Programs with data directories of their
// own do not see each other's loads there: what was begun longer ago is taken for dead.
const deadAfter = 24 * time.Hour

// Recover removes what loads and decisions that died left, and returns the moment before
// which whatever began and has not ended is dead. It is called while the lock of the loads is
// held: no other program on the same embedded engine writes anything then. Where nothing
// was left it costs one small query.
func (r remains) Recover(ctx context.Context) (before time.Time, err error) {
	before = time.Now()
	if r.db.cfg.Server {
		before = before.Add(-deadAfter)
	}
	var last, known uint32
	moment := before.UTC().Format("2006-01-02 15:04:05.000")
	if err := r.db.one(ctx, "abandoned", values{"before": moment}, &last, &known); err != nil {
		return before, err
	}
	if !r.db.cfg.Server && last <= known {
		return before, nil
	}
	v := values{"last": num(ledger.ReleaseID(last)), "before": moment}
	var rows uint64
	if err := r.db.one(ctx, "unpublished", v, &rows); err != nil || rows == 0 {
		return before, err
	}
	r.db.log.Info("removing what interrupted loads left", "rows", rows)
	for _, name := range []string{"sweep_rollup", "sweep_restatement_cell", "sweep_posting", "sweep_observation", "sweep_finding", "sweep_release_file", "sweep_reject"} {
		if err := r.db.execWith(ctx, name, v); err != nil {
			return before, err
		}
	}
	return before, nil
}

// living refuses to publish a release whose number was claimed so long ago that another
// program on the same server may have taken its load for dead and removed its rows.
func (r remains) living(ctx context.Context, id ledger.ReleaseID) error {
	if !r.db.cfg.Server {
		return nil
	}
	var claimed time.Time
	if err := r.db.one(ctx, "claimed", values{"number": num(id)}, &claimed); err != nil {
		return err
	}
	if time.Since(claimed) < deadAfter-time.Hour {
		return nil
	}
	return &number.Error{
		Code: ReleaseTaken, Message: number.Say("release %d was begun %s ago: that is too long", id, time.Since(claimed).Round(time.Hour).String()),
		Hint: number.Say("load the files again: they get a new number"),
	}
}
