package number

// The notes that stand beside an answer.
const (
	// NoteRanked: some units have no value and are not ranked.
	NoteRanked NoteCode = "UNRANKED_UNITS"
	// NoteProvisional: figures of the answer are provisional.
	NoteProvisional NoteCode = "PROVISIONAL_FIGURES"
	// NoteCoverage: the figures cover different sets of units.
	NoteCoverage NoteCode = "COVERAGE_DIFFERS"
	// NoteWithheld: aggregates are withheld because too few units reported.
	NoteWithheld NoteCode = "AGGREGATE_WITHHELD"
	// NoteUnlisted: aggregates are withheld because the catalogue has the reporting
	// units of too few of the parts, however many of those units reported.
	NoteUnlisted NoteCode = "UNITS_NOT_LISTED"
	// NoteRegister: a report counts more units than the register names, so that figures are bounds.
	NoteRegister NoteCode = "REGISTER_INCOMPLETE"
	// NoteEligible: the number of eligible units is not the same in both years.
	NoteEligible NoteCode = "ELIGIBLE_UNITS_CHANGED"
	// NoteReconciliation: a reported figure and the roll-up of its parts differ.
	NoteReconciliation NoteCode = "RECONCILIATION"
	// NoteConflict: another value was published for the same cell.
	NoteConflict NoteCode = "CONFLICTING_VALUES"
	// NoteCorrected: a slip of copying was mended, so that older answers have other figures.
	NoteCorrected NoteCode = "CORRECTED"
	// NoteRevised: a figure took the place of another published one.
	NoteRevised NoteCode = "REVISED"
	// NoteUniverse: the units of the two years are not the same, so that ranks do not move.
	NoteUniverse NoteCode = "UNITS_DIFFER"
	// NoteBaseYear: the base year has no data at all.
	NoteBaseYear NoteCode = "BASE_YEAR_WITHOUT_DATA"
	// NoteOutside: a target is compared with a year for which it was not set.
	NoteOutside NoteCode = "OUTSIDE_PERIOD"
	// NoteOthers: a target is compared with units for which it was not set.
	NoteOthers NoteCode = "TARGET_OF_OTHERS"
	// NoteBreak: figures lie before and after a break in the series.
	NoteBreak NoteCode = "BREAK_IN_SERIES"
	// NoteNegativeBase: relative changes from a negative base are measured against its magnitude.
	NoteNegativeBase NoteCode = "NEGATIVE_BASE"
	// NoteCompleted: totals that were not reported are sums over all members of a dimension.
	NoteCompleted NoteCode = "TOTAL_OF_MEMBERS"
	// NoteEveryMember: all members of a dimension were asked for, which is not the total.
	NoteEveryMember NoteCode = "ALL_MEMBERS_ADDED"
	// NoteMembers: the members of a dimension and the total do not agree.
	NoteMembers NoteCode = "MEMBERS_DISAGREE"
	// NoteMembersAgree: they agree again, since the release of the finding.
	NoteMembersAgree NoteCode = "MEMBERS_AGREE"
	// NoteChildren: the units within a unit do not add up to what it reported.
	NoteChildren NoteCode = "CHILDREN_DISAGREE"
	// NoteRange: a value lies outside what its check allows.
	NoteRange NoteCode = "OUT_OF_RANGE"
	// NotePart: a part is more than what it is a part of.
	NotePart NoteCode = "OVER_DENOMINATOR"
	// NoteChange: a figure changed from the year before by more than its check allows.
	NoteChange NoteCode = "SUDDEN_CHANGE"
	// NoteShrank: units that had figures in the latest release have none.
	NoteShrank NoteCode = "COVERAGE_SHRANK"
	// NoteMagnitude: a value is about 10, 100, 1,000 … times what was published before.
	NoteMagnitude NoteCode = "MAGNITUDE_SLIP"
	// NoteFrozen: a value is the same over more years than its check allows.
	NoteFrozen NoteCode = "FROZEN_VALUE"
	// NoteSuppressed: figures are withheld from the caller because they are small, or
	// because small ones could be computed back from them.
	NoteSuppressed NoteCode = "FIGURES_SUPPRESSED"
	// NoteDerived: figures are made of those of other indicators, or their source derived
	// them of other numbers.
	NoteDerived NoteCode = "DERIVED"
	// NoteUnitsLeftOut: units that have no figures of both years are left out.
	NoteUnitsLeftOut NoteCode = "UNITS_LEFT_OUT"
	// NoteOtherLanguage: names are in the other language, because the workspace lacks them in
	// the one asked for.
	NoteOtherLanguage NoteCode = "NAMES_IN_OTHER_LANGUAGE"
	// NoteUnknownRows: rows are left out because a number that they are compared by is none.
	NoteUnknownRows NoteCode = "ROWS_WITHOUT_NUMBER"
)

// NoteCode names a kind of warning or finding.
type NoteCode string
