package etl

import (
	"context"
	"iter"
	"time"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Sink keeps what loads publish. Package warehouse implements it with ClickHouse.
//
// One load runs at a time on a warehouse. Whatever was staged and not
// published, because the load failed or was killed, is never visible, and a
// later load of the same files publishes it under a new number.
type Sink interface {
	// Catalogue returns the current definitions and holdings.
	Catalogue() *catalogue.Calendar
	// Define makes the definitions of a workspace the current ones and gives a key to
	// each new unit. It does nothing if the current ones have the same checksum.
	Define(ctx context.Context, definitions catalogue.Definitions, checksum string) error
	// CatalogueWith returns the catalogue as Define would make it, new units with the keys
	// that they would get, and changes nothing.
	CatalogueWith(ctx context.Context, definitions catalogue.Definitions, checksum string) (*catalogue.Calendar, error)
	// Recover removes what loads and decisions that died wrote and never made visible, and
	// returns the moment before which whatever began and has not ended is dead. It is called
	// while no load runs on the same data.
	Recover(ctx context.Context) (before time.Time, err error)
	// LastSnapshot returns the snapshot of the last run of a source that ended as
	// Published, Unchanged or Waiting; "" when there is none, or when a release was
	// withdrawn since.
	LastSnapshot(ctx context.Context, source string) (string, error)
	// History returns all visible observations of the indicators and years, those
	// of one cell in order of position.
	History(ctx context.Context, indicators []string, years []number.Year) ([]ledger.Observation, error)
	// Published gives what History returns one after the other: by indicator, year, unit and breakdown,
	// those of one cell in order of position. Each is valid until the next one; an error ends it.
	Published(ctx context.Context, indicators []string, years []number.Year) iter.Seq2[*ledger.Observation, error]
	// HeldHistory gives those of the cells of a restatement in the same way.
	HeldHistory(ctx context.Context, id ledger.ReleaseID) iter.Seq2[*ledger.Observation, error]
	// Refresh reads what other processes have published; Catalogue includes it afterwards.
	Refresh(ctx context.Context) error
	// Stated lists the indicators and years for which the releases have observations.
	Stated(ctx context.Context, releases []ledger.ReleaseID) (indicators []string, years []number.Year, err error)
	// Claim reserves that many release numbers, above those of all releases, and returns
	// the first. Numbers that are not used leave a gap.
	Claim(ctx context.Context, count int) (ledger.ReleaseID, error)
	// StageAll writes observations and their postings under their release's number, which
	// is not visible yet. It takes one block after the other, which is valid until the next
	// one, and ends with the first error that comes with one. It may be called many times.
	StageAll(ctx context.Context, blocks iter.Seq2[*ledger.Block, error]) error
	// PublishAll makes staged releases visible, all at once or none, with their findings
	// and rejects. Catalogue includes them afterwards. It fails if anything was published
	// after the release `after`, the last one that they were computed from.
	PublishAll(ctx context.Context, after ledger.ReleaseID, all []ledger.PendingRelease) error
	// HoldAll keeps a restatement, whole or not at all; nothing of it is visible to
	// questions. It takes its cells one after the other, each valid until the next one, and
	// ends with the first error that comes with one. Restatements lists all, the latest
	// first; Held gives the cells of one, by cell and day of publication, each valid
	// until the next one; HeldExcerpts returns a part of those of each of several; Decide
	// records the decision about one.
	HoldAll(ctx context.Context, r *ledger.Restatement, cells iter.Seq2[*ledger.PendingCell, error]) error
	Restatements(ctx context.Context) ([]*ledger.Restatement, error)
	Held(ctx context.Context, id ledger.ReleaseID) iter.Seq2[*ledger.PendingCell, error]
	// HeldRevisions gives those cells of some restatements that would have changed a published
	// figure, by cell, each valid until the next one.
	HeldRevisions(ctx context.Context, ids []ledger.ReleaseID) iter.Seq2[*ledger.PendingCell, error]
	HeldExcerpts(ctx context.Context, ids []ledger.ReleaseID, offset, limit int) ([]ledger.Excerpt[ledger.PendingCell], error)
	Decide(ctx context.Context, d ledger.Decision) error
	// StartRun and EndRun record a run; EndRun also keeps the rejects of a run that made
	// no release.
	StartRun(ctx context.Context, run ledger.Run) error
	EndRun(ctx context.Context, run ledger.Run, rejects []ledger.Reject) error
	// Pauses lists the sources whose schedule is paused; SetPause records that one is paused or
	// goes on.
	Pauses(ctx context.Context) ([]*ledger.Pause, error)
	SetPause(ctx context.Context, pause ledger.Pause) error
	// LastRuns returns the last run of each source that was ever loaded. Runs lists a part of
	// those of each of some sources, the latest first. However many sources there are, the
	// number of statements is the same; so it is of what follows.
	LastRuns(ctx context.Context) ([]*ledger.Run, error)
	Runs(ctx context.Context, sources []string, offset, limit int) ([]ledger.Excerpt[*ledger.Run], error)
	// RunRejects lists a part of the rows that each of some runs, or the one that it repeats,
	// did not accept, by file and line.
	RunRejects(ctx context.Context, runs []*ledger.Run, offset, limit int) ([]ledger.Excerpt[ledger.Reject], error)
}
