package etl

import (
	"context"
	"time"

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
	// LastSnapshot gives the fingerprint of the last snapshot of a source that
	// was loaded to its end; "" when there is none.
	LastSnapshot(ctx context.Context, source string) (string, error)
	// History gives all visible observations of the indicators and years, those
	// of one cell in order of position.
	History(ctx context.Context, indicators []string, years []stats.Year) ([]stats.Observation, error)
	// NextRelease gives a number that no release has, staged ones included.
	NextRelease(ctx context.Context) (stats.ReleaseID, error)
	// Stage writes observations and their postings under their release's number,
	// which nobody reads yet. It may be called many times.
	Stage(ctx context.Context, observations []stats.Observation, postings []stats.Posting) error
	// Publish makes a staged release visible, by one row; findings and rejects
	// come with it. Afterwards Catalogue has it.
	Publish(ctx context.Context, release stats.Release, findings []stats.Finding, rejects []stats.Reject) error
	// StartRun and EndRun keep the record of a run; rejects of a run that made no
	// release are kept by EndRun.
	StartRun(ctx context.Context, run Run) error
	EndRun(ctx context.Context, run Run, rejects []stats.Reject) error
}

// Outcome is how a run ended.
type Outcome string

// The outcomes.
const (
	Running   Outcome = "running"
	Published Outcome = "published"
	Unchanged Outcome = "unchanged" // nothing new
	Refused   Outcome = "refused"   // rejects stopped the load, as its source asks
	Failed    Outcome = "failed"
)

// Run is one execution of a source's job.
type Run struct {
	// ID identifies the run.
	ID string
	// Source is the code of the source.
	Source string
	// By says who or what started it.
	By string
	// Started and Ended are its times; Ended is zero while it runs.
	Started, Ended time.Time
	// Outcome is how it ended.
	Outcome Outcome
	// Snapshot is the fingerprint of the files that it read.
	Snapshot string
	// Read, Accepted and Rejected count data rows of the files; New counts the cells published.
	Read, Accepted, Rejected, New int
	// Releases are the releases that it made.
	Releases []stats.ReleaseID
	// Error says why it failed.
	Error string
}
