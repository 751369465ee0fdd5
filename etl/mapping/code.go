package mapping

import "github.com/niengiam/niengiam/stats/number"

// The faults of a file that ends a load.
const (
	// CSVMissingColumn: the file lacks a column that the source reads.
	CSVMissingColumn number.Code = "CSV_MISSING_COLUMN"
	// CSVDuplicateColumn: two columns have the header that the source reads.
	CSVDuplicateColumn number.Code = "CSV_DUPLICATE_COLUMN"
	// CSVUnknownColumn: the file has a column that its source does not read, and the source's
	// contract is that it has none.
	CSVUnknownColumn number.Code = "CSV_UNKNOWN_COLUMN"
)

// The reasons why a row, or a figure of it, is rejected. An unknown unit and an
// unknown indicator are number.UnknownUnit and number.UnknownIndicator.
const (
	// MendedRowUnknown: the row that a mended one stands in for is not in its file.
	MendedRowUnknown number.Code = "MENDED_ROW_UNKNOWN"
	// RaggedRow: the row has more or fewer cells than the header.
	RaggedRow number.Code = "RAGGED_ROW"
	// NewColumn: a column that the source does not read, and has not left out on purpose.
	NewColumn number.Code = "NEW_COLUMN"
	// TotalDiffers: a printed total is not the sum of the rows that it is the total of.
	TotalDiffers number.Code = "TOTAL_DIFFERS"
	// AmbiguousUnit: several units have the name.
	AmbiguousUnit number.Code = "AMBIGUOUS_UNIT"
	// LeadingZeros: the code fits a unit only with other leading zeros.
	LeadingZeros number.Code = "LEADING_ZEROS"
	// WrongLevel: the code is that of a unit of another level than the source's codes are.
	WrongLevel number.Code = "WRONG_LEVEL"
	// DerivedIndicator: nothing is reported of an indicator that is made of others.
	DerivedIndicator number.Code = "DERIVED_INDICATOR"
	// BasisNotAllowed: figures of the indicator cannot be stated on the units of another day.
	BasisNotAllowed number.Code = "BASIS_NOT_ALLOWED"
	// NotEligible: the unit did not exist in that year, or the indicator is not reported for it.
	NotEligible number.Code = "NOT_ELIGIBLE"
	// BadYear: not a year.
	BadYear number.Code = "BAD_YEAR"
	// BadDate: not a day of publication.
	BadDate number.Code = "BAD_DATE"
	// BadStatus: not a status, or one that the figure cannot have.
	BadStatus number.Code = "BAD_STATUS"
	// BadApproximation: no word or sign for a figure that is not exact.
	BadApproximation number.Code = "BAD_APPROXIMATION"
	// BadStanding: neither used, derived nor conflicting, or derived and no note says how.
	BadStanding number.Code = "BAD_STANDING"
	// BlankCell: a required figure is blank; a blank is neither zero nor “not known”.
	BlankCell number.Code = "BLANK_CELL"
	// NotANumber: not a number in the format of the source.
	NotANumber number.Code = "NOT_A_NUMBER"
	// TooLarge: more digits before the decimal mark than can be stored.
	TooLarge number.Code = "TOO_LARGE"
	// TooManyDecimals: more digits after the decimal mark than can be stored.
	TooManyDecimals number.Code = "TOO_MANY_DECIMALS"
	// NegativeCount: a negative count.
	NegativeCount number.Code = "NEGATIVE_COUNT"
	// FractionalCount: a count that is no whole number.
	FractionalCount number.Code = "FRACTIONAL_COUNT"
	// DenominatorMissing: the denominator is not given.
	DenominatorMissing number.Code = "DENOMINATOR_MISSING"
	// DenominatorNotPositive: the denominator is zero or negative.
	DenominatorNotPositive number.Code = "DENOMINATOR_NOT_POSITIVE"
	// UnexpectedDenominator: a denominator for an indicator that has none.
	UnexpectedDenominator number.Code = "UNEXPECTED_DENOMINATOR"
	// ValueOverDenominator: the value is greater than the denominator.
	ValueOverDenominator number.Code = "VALUE_OVER_DENOMINATOR"
	// NotYesOrNo: the value of a single unit is neither 1, met, nor 0, not met.
	NotYesOrNo number.Code = "NOT_YES_OR_NO"
	// RateNotAllowed: a printed rate for an indicator that is not a ratio.
	RateNotAllowed number.Code = "RATE_NOT_ALLOWED"
)
