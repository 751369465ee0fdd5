package export

import "github.com/niengiam/niengiam/stats/number"

// The codes of errors of exports.
const (
	// UnknownQuestion: the workspace has no saved question with that code.
	UnknownQuestion number.Code = "UNKNOWN_QUESTION"
	// UnknownFormat: there is no format with that ending.
	UnknownFormat number.Code = "UNKNOWN_FORMAT"
	// NotACube: the rows of a table do not have distinct codes and years, which JSON-stat
	// needs.
	NotACube number.Code = "NOT_A_CUBE"
	// NumberTooLong: a number has more digits than the format can hold.
	NumberTooLong number.Code = "NUMBER_TOO_LONG"

	methodNotAllowed number.Code = "METHOD_NOT_ALLOWED"
)
