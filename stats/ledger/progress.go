package ledger

import (
	"slices"
	"time"
)

// The stages of a load, in their order. Logs, metrics, events and pages name a stage with
// this one word. What is checked may be held instead of staged and published.
const (
	StageWait     = "wait"     // for another load to end
	StageFetch    = "fetch"    // brings the files from their place
	StageSnapshot = "snapshot" // keeps them unchanged
	StageParse    = "parse"    // reads their rows
	StageMap      = "map"      // finds the unit, year and indicator of each figure
	StageCheck    = "check"    // checks the figures
	StageDiff     = "diff"     // compares them with what is published
	StageHold     = "hold"     // keeps what must be approved
	StageStage    = "stage"    // writes what nobody reads yet
	StagePublish  = "publish"  // makes it visible
	StageRecord   = "record"   // notes how the run ended
)

// Stages lists the stages in their order.
func Stages() []string {
	return []string{
		StageWait, StageFetch, StageSnapshot, StageParse, StageMap, StageCheck, StageDiff, StageHold, StageStage, StagePublish, StageRecord,
	}
}

// RunProgress is how far a run is at a moment.
type RunProgress struct {
	// Run identifies the run, "" while it waits for its turn; Source is the code of the source.
	Run, Source string
	// Stage is the stage that it is in; Done of Total are done in it, Total is 0 where nobody
	// knows how much there is.
	Stage       string
	Done, Total int
	// Rows are the data rows that were read by now, Rejects those that were not accepted.
	Rows, Rejects int
	// Rate is how many rows were read in a second since the run began, 0 before it is known.
	Rate float64
	// StartedAt is when the run began, At the moment of this event.
	StartedAt, At time.Time
	// Outcome is Running, or how the run ended: then this event is the last.
	Outcome Outcome
}

// IsLast reports whether no event follows.
func (p *RunProgress) IsLast() bool { return p.Outcome != Running }

// Step is the place of the stage among all of them, from 1; 0 for one that is none.
func (p *RunProgress) Step() int { return slices.Index(Stages(), p.Stage) + 1 }

// Steps is the number of stages.
func (p *RunProgress) Steps() int { return len(Stages()) }

// Ending is the outcome as a text.
func (p *RunProgress) Ending() string { return string(p.Outcome) }

// RunID is the identifier of the run, nil while it waits.
func (p *RunProgress) RunID() *string {
	if p.Run == "" {
		return nil
	}
	return &p.Run
}
