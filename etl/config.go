package etl

import (
	"log/slog"
	"time"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
)

// Config is what a pipeline needs. Wait, Ended and FaultPoint may be left out.
type Config struct {
	// Workspace defines the sources and the catalogue.
	Workspace *workspace.Workspace
	// Sink keeps releases.
	Sink Sink
	// Logger logs what happens.
	Logger *slog.Logger
	// Now is the clock.
	Now func() time.Time
	// Snapshots is the directory in which the files of every load are kept.
	Snapshots string
	// LockFile is the file that is locked so that only one load runs on the same data.
	LockFile string
	// Lease takes the lease of the loads on a warehouse that several programs write to; nil
	// where LockFile is enough, because they all share this program's directory.
	Lease LeaseFunc
	// Wait is how long a load waits for another one to end before it fails.
	Wait time.Duration
	// Ended is called after each run that began, with how it ended; nil where nobody asks.
	Ended func(ledger.Run)
	// StageEnded is called after each stage of a run with the time that it took; nil where
	// nobody asks.
	StageEnded func(stage string, took time.Duration)
	// Feed tells those who follow the runs; nil for nobody.
	Feed *Feed
	// FaultPoint is called wherever a load or a decision enters a stage or goes on in it, so
	// that a test can break the world in that very moment; nil in the program.
	FaultPoint func(stage string, done int)
}

// tell crosses the fault point of a stage.
func (c Config) tell(stage string, done, _ int) {
	if c.FaultPoint != nil {
		c.FaultPoint(stage, done)
	}
}

// Progress is called with how far a load is: how many of a total are done in a stage, which
// is one of ledger.Stages.
type Progress func(stage string, done, total int)
