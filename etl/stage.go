package etl

// The stages of a load, in the order in which a load enters them. Progress, the events of a
// run, metrics, log fields and fault points name them by these words and by no others.
const (
	// StageWait: another load runs on the same data.
	StageWait = "wait"
	// StageFetch: the files of the source are read where they are.
	StageFetch = "fetch"
	// StageSnapshot: they are kept unchanged, each under its checksum.
	StageSnapshot = "snapshot"
	// StageParse: tables become rows that carry file, line and column.
	StageParse = "parse"
	// StageMap: names and codes of rows become units, indicators and years.
	StageMap = "map"
	// StageCheck: cells are checked against each other, and the drafts by the checks of the
	// workspace.
	StageCheck = "check"
	// StageDiff: what the files say is held against what is published.
	StageDiff = "diff"
	// StageHold: what would change published figures is kept for a decision.
	StageHold = "hold"
	// StageStage: the drafts are written under numbers that nobody reads yet.
	StageStage = "stage"
	// StagePublish: all of them become visible, by one insert.
	StagePublish = "publish"
	// StageRecord: the record of the run gets its end.
	StageRecord = "record"
)

// Stages returns the stages in that order.
func Stages() []string {
	return []string{
		StageWait, StageFetch, StageSnapshot, StageParse, StageMap, StageCheck, StageDiff, StageHold, StageStage, StagePublish, StageRecord,
	}
}
