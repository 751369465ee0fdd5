package warehouse

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/google/uuid"
	"golang.org/x/sync/semaphore"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// rolledUpBeyond is how many postings a warehouse has before it keeps roll-ups: to sum fewer costs
// each publication more than questions would gain.
const rolledUpBeyond = 100_000

// unitsForEach is how many units with facts a level has below it for each unit of its own where
// it is worth a roll-up.
const unitsForEach = 4

// rollups keeps the postings summed to the places that slices are asked for, in generations: a
// generation is made on one hierarchy of units of all that is visible, and gets what is published
// afterwards before that is visible. A question reads the newest one where it is marked as whole,
// and postings otherwise.
type rollups struct {
	db      *database
	current *current
	mu      *semaphore.Weighted // held while something is summed
}

func newRollups(db *database, current *current) rollups {
	return rollups{db, current, semaphore.NewWeighted(1)}
}

// rolled is what a state knows of roll-ups.
type rolled struct {
	newest uint64  // generation; 0 where there never was one
	levels []uint8 // that may be read; none while postings have to be
}

// reads reports whether slices of a level can be read from roll-ups.
func (r rolled) reads(level int) bool {
	for _, l := range r.levels {
		if int(l) == level {
			return true
		}
	}
	return false
}

// readRolled reads which roll-ups hold all that is visible.
func readRolled(ctx context.Context, db *database, head ledger.ReleaseID, next *state) error {
	next.rolled = rolled{}
	if db.cfg.RolledUpBeyond == math.MaxInt {
		return nil
	}
	return db.one(ctx, "rollup_current", values{"catalogue": num(next.number), "head": num(head)}, &next.rolled.newest, &next.rolled.levels)
}

// KeepRollUps makes roll-ups anew where the units were defined anew, or where there are none
// yet, and returns when ctx ends. Nobody waits for it.
func (r rollups) KeepRollUps(ctx context.Context, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	var tried *state
	for {
		if now := r.current.now.Load(); now != tried && len(now.rolled.levels) == 0 {
			if err := r.RollUp(ctx); err != nil && ctx.Err() == nil {
				r.db.log.Warn("figures are summed at each question: their roll-ups cannot be made", "code", number.CodeOf(err), "error", err)
			}
			tried = r.current.now.Load()
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// RollUp makes the roll-ups of all that is visible, unless they are there or not worth it.
func (r rollups) RollUp(ctx context.Context) error {
	if err := r.current.Refresh(ctx); err != nil {
		return err
	}
	if err := r.mu.Acquire(ctx, 1); err != nil {
		return err
	}
	defer r.mu.Release(1)
	if now := r.current.now.Load(); len(now.rolled.levels) > 0 || now.catalogue.Head == 0 {
		return nil
	}
	if err := r.begin(ctx, nil); err != nil {
		return err
	}
	return r.current.Refresh(ctx)
}

// add sums what is about to be published, before it is visible. Where that fails questions read
// postings, until the roll-ups are made anew. It returns an error only where the generation that
// was to be added to cannot be retired: whatever it has by then could be read.
func (r rollups) add(ctx context.Context, releases []ledger.ReleaseID) error {
	if err := r.mu.Acquire(ctx, 1); err != nil {
		return err
	}
	defer r.mu.Release(1)
	now := r.current.now.Load()
	extends, whole := len(now.rolled.levels) > 0, true
	var err error
	if extends {
		whole, err = r.extend(ctx, now, releases)
	} else {
		err = r.begin(ctx, releases)
	}
	if err != nil {
		r.db.log.Warn("the roll-ups lack what is published", "releases", releases, "code", number.CodeOf(err), "error", err)
	}
	if extends && (err != nil || !whole) {
		return r.retire(ctx, now)
	}
	return nil
}

// begin makes a generation of what is visible and of releases that will be, where it is worth it.
func (r rollups) begin(ctx context.Context, more []ledger.ReleaseID) error {
	var postings uint64
	if r.db.cfg.RolledUpBeyond == math.MaxInt {
		return nil
	}
	if err := r.db.one(ctx, "posting_count", nil, &postings); err != nil || postings < r.db.cfg.rolledUpBeyond() {
		return err
	}
	ratio := unitsForEach
	if r.db.cfg.RolledUpBeyond < 0 {
		ratio = 0
	}
	now := r.current.now.Load()
	var levels []uint8
	err := r.db.one(ctx, "rollup_levels", values{"catalogue": num(now.number), "ratio": num(ratio)}, &levels)
	if err != nil || len(levels) == 0 {
		return err
	}
	releases := slices.Clone(more)
	for _, release := range now.catalogue.Releases {
		releases = append(releases, release.ID)
	}
	own, err := uuid.NewV7() // begins with the time; of two programs each has its own
	if err != nil {
		return fmt.Errorf("warehouse: roll-up: %w", err)
	}
	generation := max(binary.BigEndian.Uint64(own[:8]), now.rolled.newest+2)
	whole, err := r.fill(ctx, now, generation, levels, releases)
	if err != nil || !whole {
		return err // what it has is never read, and goes with the next one
	}
	r.db.log.Info("figures are summed to the levels above", "levels", len(levels), "postings", postings)
	return r.drop(ctx, generation)
}

// extend adds releases to the generation that is read, unless an attempt to publish them failed:
// what they have may have changed since. It reports whether the generation has them.
func (r rollups) extend(ctx context.Context, now *state, releases []ledger.ReleaseID) (whole bool, err error) {
	var rows uint64
	err = r.db.one(ctx, "rollup_filled", values{"generation": num(now.rolled.newest), "releases": numbers(releases)}, &rows)
	if err != nil || rows > 0 {
		return false, err
	}
	return r.fill(ctx, now, now.rolled.newest, now.rolled.levels, releases)
}

// retire says that a generation is not to be read any more: of what is newest nothing is there.
func (r rollups) retire(ctx context.Context, now *state) error {
	return r.db.insert(ctx, "rollup_mark", func(add func(...any) error) error {
		return add(now.rolled.newest+1, uint64(0), []uint8{}, uint32(0))
	})
}

// fill sums releases into a generation, and marks them if the sums are those of the postings.
// It reports whether they are.
func (r rollups) fill(ctx context.Context, now *state, generation uint64, levels []uint8, releases []ledger.ReleaseID) (whole bool, err error) {
	v := values{"generation": num(generation), "releases": numbers(releases), "catalogue": num(now.number)}
	var dictionary, marked uint64
	if err := r.db.one(ctx, "hierarchy_number", nil, &dictionary); err != nil || dictionary != uint64(now.number) {
		return false, err
	}
	run := func(name string) error {
		return fault(name, r.db.connection().Exec(clickhouse.Context(ctx, clickhouse.WithParameters(v)), text(name)))
	}
	for _, level := range levels {
		v["level"] = num(int(level))
		if err := run("rollup_fill"); err != nil {
			return false, err
		}
	}
	delete(v, "level")
	v["levels"] = numbers(levels)
	if err := run("rollup_marks"); err != nil {
		return false, err
	}
	err = r.db.one(ctx, "rollup_marked", values{"generation": num(generation), "releases": numbers(releases)}, &marked)
	return marked == uint64(len(releases)), err
}

// drop removes the generations before one. A question that meant to read one of them finds no
// row of it, and reads postings.
func (r rollups) drop(ctx context.Context, generation uint64) error {
	var older []uint64
	err := r.db.read(ctx, "rollup_older", values{"generation": num(generation)}, func(rows driver.Rows) error {
		var old uint64
		err := rows.Scan(&old)
		older = append(older, old)
		return err
	})
	for _, old := range older {
		if err == nil {
			err = r.db.execWith(ctx, "rollup_drop", values{"generation": num(old)})
		}
	}
	return err
}
