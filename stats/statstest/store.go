// Package statstest runs the scripts that define what the numbers mean, on any store of
// observations: the Memory of this package and the real warehouse. docs/numbers.md points
// from each rule to its scripts.
//
// Run in run.go executes a script, statement by statement. Statements that declare
// something add to the world; load, submit and those like them fill the store of the
// session; questions start in ask.go. There is one file for each statement, above
// script.go, which reads the words of a line, options.go and print.go.
package statstest

import (
	"context"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
)

// Store is a source of figures that a script can also write to, in the way a load does.
type Store interface {
	figure.Source
	// Define makes the definitions the current ones and assigns a key to each new unit.
	Define(ctx context.Context, definitions catalogue.Definitions, checksum string) error
	// NextRelease returns a number that no release has.
	NextRelease(ctx context.Context) (ledger.ReleaseID, error)
	// Stage writes observations and their postings, which nobody reads yet.
	Stage(ctx context.Context, observations []ledger.Observation, postings []ledger.Posting) error
	// Publish makes a staged release visible.
	Publish(ctx context.Context, release ledger.Release, findings []ledger.Finding, rejects []ledger.Reject) error
	// Hold stores a restatement that waits for a decision and is not visible;
	// Restatements lists all, the latest first; HeldCells returns the cells of one;
	// Decide stores a decision.
	Hold(ctx context.Context, r *ledger.Restatement, cells []ledger.PendingCell) error
	Restatements(ctx context.Context) ([]*ledger.Restatement, error)
	HeldCells(ctx context.Context, id ledger.ReleaseID) ([]ledger.PendingCell, error)
	Decide(ctx context.Context, d ledger.Decision) error
}
