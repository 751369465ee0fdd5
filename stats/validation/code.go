package validation

import "github.com/niengiam/niengiam/stats/number"

// The codes of what checks find, as the reasons why a load was stopped: those of the notes
// of the same names.
const (
	// Stopped: a check with the severity stop found something.
	Stopped number.Code = "LOAD_STOPPED"
	// OutOfRange: a value lies outside what its check allows.
	OutOfRange number.Code = "OUT_OF_RANGE"
	// OverDenominator: a part is more than what it is a part of.
	OverDenominator number.Code = "OVER_DENOMINATOR"
	// MembersDisagree: the members of a dimension and the total do not agree.
	MembersDisagree number.Code = "MEMBERS_DISAGREE"
	// MembersAgree: they agree again.
	MembersAgree number.Code = "MEMBERS_AGREE"
	// ChildrenDisagree: the units within a unit do not add up to what it reported.
	ChildrenDisagree number.Code = "CHILDREN_DISAGREE"
	// SuddenChange: a figure changed from the year before by more than its check allows.
	SuddenChange number.Code = "SUDDEN_CHANGE"
	// CoverageShrank: units that had figures in the latest release have none.
	CoverageShrank number.Code = "COVERAGE_SHRANK"
	// MagnitudeSlip: a value is about 10, 100, 1,000 … times what was published before.
	MagnitudeSlip number.Code = "MAGNITUDE_SLIP"
	// FrozenValue: a value is the same over more years than its check allows.
	FrozenValue number.Code = "FROZEN_VALUE"
	// ConflictingValues: another value was published for the same cell.
	ConflictingValues number.Code = "CONFLICTING_VALUES"
	// Derived: the source derived the figure of other numbers.
	Derived number.Code = "DERIVED"
)
