package etl

import (
	"context"

	"github.com/niengiam/niengiam/stats"
)

// Sink is where a load goes. Package warehouse meets it with ClickHouse.
//
// One load runs at a time on a warehouse. Whatever was staged and not
// published, because the load failed or was killed, is never visible, and a
// later load of the same files publishes it under a new number.
type Sink interface {
	// Catalogue gives the present definitions and holdings.
	Catalogue() *stats.Catalogue
	// Define makes the workspace's definitions the present ones, giving a key
	// to each new unit. It does nothing when the present ones have the same checksum.
	Define(ctx context.Context, definitions stats.Definitions, checksum string) error
	// LastSnapshot gives the snapshot of the last run of a source that ended as
	// Published or Unchanged; "" when there is none.
	LastSnapshot(ctx context.Context, source string) (string, error)
	// History gives all visible observations of the indicators and years, those
	// of one cell in order of position.
	History(ctx context.Context, indicators []string, years []stats.Year) ([]stats.Observation, error)
	// NextRelease gives a number above those of all releases, staged ones
	// included: it and all higher ones are free for the load that asks.
	NextRelease(ctx context.Context) (stats.ReleaseID, error)
	// Stage writes observations and their postings under their release's number,
	// which nobody reads yet. It may be called many times.
	Stage(ctx context.Context, observations []stats.Observation, postings []stats.Posting) error
	// Publish makes a staged release visible, by one row; findings and rejects
	// come with it. Afterwards Catalogue has it.
	Publish(ctx context.Context, release stats.Release, findings []stats.Finding, rejects []stats.Reject) error
	// StartRun and EndRun keep the record of a run; rejects of a run that made no
	// release are kept by EndRun.
	StartRun(ctx context.Context, run stats.Run) error
	EndRun(ctx context.Context, run stats.Run, rejects []stats.Reject) error
}
