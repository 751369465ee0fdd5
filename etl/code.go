package etl

import "github.com/niengiam/niengiam/stats"

// The codes of what ends a load.
const (
	// UnknownSource: the workspace has no such source.
	UnknownSource stats.Code = "UNKNOWN_SOURCE"
	// LoadRunning: another load is running on the same data.
	LoadRunning stats.Code = "LOAD_RUNNING"
	// LoadRefused: rows were rejected, and the source asks to stop then.
	LoadRefused stats.Code = "LOAD_REFUSED"
	// LoadFailed: the program itself failed.
	LoadFailed stats.Code = "LOAD_FAILED"
	// UnknownRestatement: no restatement has the number.
	UnknownRestatement stats.Code = "UNKNOWN_RESTATEMENT"
	// RestatementDecided: it was decided about the restatement already.
	RestatementDecided stats.Code = "RESTATEMENT_DECIDED"
	// ReasonMissing: a decision has no name or no reason.
	ReasonMissing stats.Code = "REASON_MISSING"
	// WithdrawalRefused: the release cannot be withdrawn or restored, or not since that day.
	WithdrawalRefused stats.Code = "WITHDRAWAL_REFUSED"
	// FileUnreadable: a file cannot be read, or its copy cannot be kept.
	FileUnreadable stats.Code = "FILE_UNREADABLE"
	// CSVEmpty: a file has no header.
	CSVEmpty stats.Code = "CSV_EMPTY"
	// CSVEncoding: the bytes of a file are no text in the encoding that its source declares.
	CSVEncoding stats.Code = "CSV_ENCODING"
	// CSVQuote: a quote that is never closed, so that nobody can say where rows end.
	CSVQuote stats.Code = "CSV_QUOTE"
	// CSVMissingColumn: a column that the source reads is not in the file.
	CSVMissingColumn stats.Code = "CSV_MISSING_COLUMN"
	// CSVDuplicateColumn: two columns have the header that the source reads.
	CSVDuplicateColumn stats.Code = "CSV_DUPLICATE_COLUMN"
)

// The reasons why a row, or a figure of it, is rejected. An unknown unit and an
// unknown indicator are stats.UnknownUnit and stats.UnknownIndicator.
const (
	// RaggedRow: the row has more or fewer cells than the header.
	RaggedRow stats.Code = "RAGGED_ROW"
	// BadQuote: a quote stands where none can, within one line.
	BadQuote stats.Code = "BAD_QUOTE"
	// AmbiguousUnit: several units have the name.
	AmbiguousUnit stats.Code = "AMBIGUOUS_UNIT"
	// NotEligible: the unit did not exist in that year, or is none of those that have the indicator.
	NotEligible stats.Code = "NOT_ELIGIBLE"
	// BadYear: not a year.
	BadYear stats.Code = "BAD_YEAR"
	// BadDate: not a day of publication.
	BadDate stats.Code = "BAD_DATE"
	// BadStatus: not a status, or one that the figure cannot have.
	BadStatus stats.Code = "BAD_STATUS"
	// BadStanding: neither used nor conflicting.
	BadStanding stats.Code = "BAD_STANDING"
	// BlankCell: nothing stands where a figure must; nothing is neither zero nor “not known”.
	BlankCell stats.Code = "BLANK_CELL"
	// NotANumber: not a number as the source writes them.
	NotANumber stats.Code = "NOT_A_NUMBER"
	// TooLarge: more digits before the decimal sign than can be kept.
	TooLarge stats.Code = "TOO_LARGE"
	// TooManyDecimals: more digits after the decimal sign than can be kept.
	TooManyDecimals stats.Code = "TOO_MANY_DECIMALS"
	// NegativeCount: less than none of something counted.
	NegativeCount stats.Code = "NEGATIVE_COUNT"
	// FractionalCount: a part of something counted.
	FractionalCount stats.Code = "FRACTIONAL_COUNT"
	// DenominatorMissing: the figure is a part of a whole that is not given.
	DenominatorMissing stats.Code = "DENOMINATOR_MISSING"
	// DenominatorNotPositive: the whole is zero or less.
	DenominatorNotPositive stats.Code = "DENOMINATOR_NOT_POSITIVE"
	// UnexpectedDenominator: a denominator beside a figure that has none.
	UnexpectedDenominator stats.Code = "UNEXPECTED_DENOMINATOR"
	// ValueOverDenominator: more units met it than there are.
	ValueOverDenominator stats.Code = "VALUE_OVER_DENOMINATOR"
	// NotYesOrNo: one unit either met it, 1, or did not, 0.
	NotYesOrNo stats.Code = "NOT_YES_OR_NO"
	// RateNotAllowed: a printed rate for an indicator that is no ratio.
	RateNotAllowed stats.Code = "RATE_NOT_ALLOWED"
	// DuplicateKey: the same cell several times in one publication.
	DuplicateKey stats.Code = "DUPLICATE_KEY"
	// ConflictWithoutUsed: a conflicting value beside no used one.
	ConflictWithoutUsed stats.Code = "CONFLICT_WITHOUT_USED"
)
