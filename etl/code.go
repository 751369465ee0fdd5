package etl

import "github.com/niengiam/niengiam/stats/number"

// The codes of what ends a load.
const (
	// UnknownSource: the workspace has no such source.
	UnknownSource number.Code = "UNKNOWN_SOURCE"
	// LoadRunning: another load is running on the same data.
	LoadRunning number.Code = "LOAD_RUNNING"
	// LoadRefused: rows were rejected, and the source asks to stop then.
	LoadRefused number.Code = "LOAD_REFUSED"
	// LoadFailed: the program itself failed.
	LoadFailed number.Code = "LOAD_FAILED"
	// UnknownRestatement: no restatement has the number.
	UnknownRestatement number.Code = "UNKNOWN_RESTATEMENT"
	// RestatementDecided: it was decided about the restatement already.
	RestatementDecided number.Code = "RESTATEMENT_DECIDED"
	// CommentMissing: a decision has no actor or no comment.
	CommentMissing number.Code = "COMMENT_MISSING"
	// WithdrawalRefused: the release cannot be withdrawn or restored, or not since that day.
	WithdrawalRefused number.Code = "WITHDRAWAL_REFUSED"
	// FileUnreadable: a file cannot be read, or its copy cannot be kept.
	FileUnreadable number.Code = "FILE_UNREADABLE"
	// CSVEmpty: a file has no header.
	CSVEmpty number.Code = "CSV_EMPTY"
	// CSVEncoding: the bytes of a file are no text in the encoding that its source declares.
	CSVEncoding number.Code = "CSV_ENCODING"
	// CSVQuote: a quote that is never closed, so that nobody can say where rows end.
	CSVQuote number.Code = "CSV_QUOTE"
	// CSVMissingColumn: a column that the source reads is not in the file.
	CSVMissingColumn number.Code = "CSV_MISSING_COLUMN"
	// CSVDuplicateColumn: two columns have the header that the source reads.
	CSVDuplicateColumn number.Code = "CSV_DUPLICATE_COLUMN"
)

// The reasons why a row, or a figure of it, is rejected. An unknown unit and an
// unknown indicator are number.UnknownUnit and number.UnknownIndicator.
const (
	// RaggedRow: the row has more or fewer cells than the header.
	RaggedRow number.Code = "RAGGED_ROW"
	// BadQuote: a quote stands where none can, within one line.
	BadQuote number.Code = "BAD_QUOTE"
	// AmbiguousUnit: several units have the name.
	AmbiguousUnit number.Code = "AMBIGUOUS_UNIT"
	// NotEligible: the unit did not exist in that year, or is none of those that have the indicator.
	NotEligible number.Code = "NOT_ELIGIBLE"
	// BadYear: not a year.
	BadYear number.Code = "BAD_YEAR"
	// BadDate: not a day of publication.
	BadDate number.Code = "BAD_DATE"
	// BadStatus: not a status, or one that the figure cannot have.
	BadStatus number.Code = "BAD_STATUS"
	// BadStanding: neither used nor conflicting.
	BadStanding number.Code = "BAD_STANDING"
	// BlankCell: nothing stands where a figure must; nothing is neither zero nor “not known”.
	BlankCell number.Code = "BLANK_CELL"
	// NotANumber: not a number as the source writes them.
	NotANumber number.Code = "NOT_A_NUMBER"
	// TooLarge: more digits before the decimal sign than can be kept.
	TooLarge number.Code = "TOO_LARGE"
	// TooManyDecimals: more digits after the decimal sign than can be kept.
	TooManyDecimals number.Code = "TOO_MANY_DECIMALS"
	// NegativeCount: less than none of something counted.
	NegativeCount number.Code = "NEGATIVE_COUNT"
	// FractionalCount: a part of something counted.
	FractionalCount number.Code = "FRACTIONAL_COUNT"
	// DenominatorMissing: the figure is a part of a whole that is not given.
	DenominatorMissing number.Code = "DENOMINATOR_MISSING"
	// DenominatorNotPositive: the whole is zero or less.
	DenominatorNotPositive number.Code = "DENOMINATOR_NOT_POSITIVE"
	// UnexpectedDenominator: a denominator beside a figure that has none.
	UnexpectedDenominator number.Code = "UNEXPECTED_DENOMINATOR"
	// ValueOverDenominator: more units met it than there are.
	ValueOverDenominator number.Code = "VALUE_OVER_DENOMINATOR"
	// NotYesOrNo: one unit either met it, 1, or did not, 0.
	NotYesOrNo number.Code = "NOT_YES_OR_NO"
	// RateNotAllowed: a printed rate for an indicator that is no ratio.
	RateNotAllowed number.Code = "RATE_NOT_ALLOWED"
	// DuplicateKey: the same cell several times in one publication.
	DuplicateKey number.Code = "DUPLICATE_KEY"
	// ConflictWithoutUsed: a conflicting value beside no used one.
	ConflictWithoutUsed number.Code = "CONFLICT_WITHOUT_USED"
)
