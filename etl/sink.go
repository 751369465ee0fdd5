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
	Catalogue() *stats.Calendar
	// Define makes the workspace's definitions the present ones, giving a key
	// to each new unit. It does nothing when the present ones have the same checksum.
	Define(ctx context.Context, definitions stats.Definitions, checksum string) error
	// LastSnapshot gives the snapshot of the last run of a source that ended as
	// Published, Unchanged or Waiting; "" when there is none, or when a release was
	// withdrawn since.
	LastSnapshot(ctx context.Context, source string) (string, error)
	// History gives all visible observations of the indicators and years, those
	// of one cell in order of position.
	History(ctx context.Context, indicators []string, years []stats.Year) ([]stats.Observation, error)
	// Refresh reads what other programs published: Catalogue has it afterwards.
	Refresh(ctx context.Context) error
	// Stated lists the indicators and years of which some releases say something.
	Stated(ctx context.Context, releases []stats.ReleaseID) (indicators []string, years []stats.Year, err error)
	// Claim takes so many numbers, above those of all releases, that no other load
	// has, and gives the first. Those that are not used leave a gap.
	Claim(ctx context.Context, count int) (stats.ReleaseID, error)
	// Stage writes observations and their postings under their release's number,
	// which nobody reads yet. It may be called many times.
	Stage(ctx context.Context, observations []stats.Observation, postings []stats.Posting) error
	// PublishAll makes staged releases visible, all at once or none; findings and
	// rejects come with them. Afterwards Catalogue has them. It fails when anything
	// was published after the release after, from whose state they were worked out.
	PublishAll(ctx context.Context, after stats.ReleaseID, all []stats.Issue) error
	// Hold keeps a restatement, whole or not at all; nothing of it is visible to
	// questions. Restatements lists all, the latest first; HeldCells gives what one
	// says; Decide keeps what was decided about one.
	Hold(ctx context.Context, r *stats.Restatement, cells []stats.HeldCell) error
	Restatements(ctx context.Context) ([]*stats.Restatement, error)
	HeldCells(ctx context.Context, id stats.ReleaseID) ([]stats.HeldCell, error)
	Decide(ctx context.Context, d stats.Decision) error
	// StartRun and EndRun keep the record of a run; rejects of a run that made no
	// release are kept by EndRun.
	StartRun(ctx context.Context, run stats.Run) error
	EndRun(ctx context.Context, run stats.Run, rejects []stats.Reject) error
	// LastRuns gives the last run of each source that was ever loaded; RunRejects
	// the rows that a run did not accept, by file and line.
	LastRuns(ctx context.Context) ([]*stats.Run, error)
	RunRejects(ctx context.Context, run *stats.Run, offset, limit int) ([]stats.Reject, error)
}
