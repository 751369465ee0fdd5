package etl

import "github.com/niengiam/niengiam/stats/number"

// The codes of errors that end a load or stop a decision.
const (
	// LoadRunning: another load is running on the same data.
	LoadRunning number.Code = "LOAD_RUNNING"
	// LoadTimedOut: a load took longer than its source allows.
	LoadTimedOut number.Code = "LOAD_TIMED_OUT"
	// NotScheduled: this program starts no loads, or the source has no schedule.
	NotScheduled number.Code = "NOT_SCHEDULED"
	// LoadRefused: rows were rejected, and the source says to stop in that case.
	LoadRefused number.Code = "LOAD_REFUSED"
	// LoadFailed: an error of the program itself.
	LoadFailed number.Code = "LOAD_FAILED"
	// LoadInterrupted: the program was killed in a load.
	LoadInterrupted number.Code = "LOAD_INTERRUPTED"
	// DiskFull: there is no space left for a snapshot; the code is that of the engine's disk, which
	// is nearly always the same.
	DiskFull number.Code = "ENGINE_DISK_FULL"
	// UnknownRestatement: no restatement has the number.
	UnknownRestatement number.Code = "UNKNOWN_RESTATEMENT"
	// RestatementDecided: the restatement has been decided already.
	RestatementDecided number.Code = "RESTATEMENT_DECIDED"
	// NothingToMend: a restatement is approved as mending slips and corrects nothing.
	NothingToMend number.Code = "NOTHING_TO_MEND"
	// CommentMissing: a decision lacks a actor or a comment.
	CommentMissing number.Code = "COMMENT_MISSING"
	// WithdrawalRefused: the release cannot be withdrawn or restored, or not from that day.
	WithdrawalRefused number.Code = "WITHDRAWAL_REFUSED"
	// LoadTooDear: a load, or a decision about one, needs more memory or time of ClickHouse
	// than it may take.
	LoadTooDear number.Code = "LOAD_TOO_DEAR"
	// FileUnclear: it is not clear which file of a source another one takes the place of.
	FileUnclear number.Code = "FILE_UNCLEAR"
	// FileUnreadable: a file cannot be read, or its copy cannot be kept.
	FileUnreadable number.Code = "FILE_UNREADABLE"
)

// The reasons why a fact is rejected beside the others of its cell. Those of a row alone are of
// package mapping.
const (
	// DuplicateKey: the same cell occurs several times in one publication.
	DuplicateKey number.Code = "DUPLICATE_KEY"
	// ConflictWithoutUsed: a conflicting value without a used one.
	ConflictWithoutUsed number.Code = "CONFLICT_WITHOUT_USED"
)
