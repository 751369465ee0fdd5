package stats

import (
	"strconv"
	"time"
)

// ReleaseID numbers the releases of a warehouse in the order in which they were loaded, from 1.
type ReleaseID uint32

// ParseReleaseID reads a release's number.
func ParseReleaseID(text string) (ReleaseID, bool) {
	n, err := strconv.ParseUint(text, 10, 32)
	return ReleaseID(n), err == nil && n > 0
}

// String writes the number.
func (id ReleaseID) String() string { return strconv.FormatUint(uint64(id), 10) }

// Release is one publication of figures: visible whole or not at all, and never
// changed afterwards.
type Release struct {
	// ID numbers the release.
	ID ReleaseID
	// Source is the code of the source that was loaded.
	Source string
	// Published is the day on which the publisher made the figures public.
	Published Date
	// Loaded is the moment at which the release became visible here.
	Loaded time.Time
	// By says who or what loaded it: a schedule, a person.
	By string
	// Files are the files that it was made from.
	Files []File
	// Added counts the cells that had no value before.
	Added int
	// Revised counts the cells whose earlier value it replaces.
	Revised int
	// Rejected counts the rows of its files that were not published.
	Rejected int
}

// File is a file as it was read, byte for byte.
type File struct {
	// Path is its path in the workspace.
	Path string
	// SHA256 is the checksum of its bytes, in hexadecimal.
	SHA256 string
	// Bytes is its size.
	Bytes int64
}

// Finding is something about published figures that their reader should know.
type Finding struct {
	// Code says what was found.
	Code NoteCode
	// Release is the release whose load found it.
	Release ReleaseID
	// Indicator, UnitCode and Year name the cell that it is about; UnitKey is its unit.
	Indicator string
	UnitCode  string
	UnitKey   uint32
	Year      Year
	// Breakdown is that of the cell, "" for the total; with a * for a member it is
	// about the members of a dimension and the cell that they divide.
	Breakdown string
	// Used is the value that is published, Other the one that is not.
	Used, Other string
	// UsedCitation and OtherCitation tell where each was printed.
	UsedCitation, OtherCitation string
	// Place is where the other value stands.
	Place Place
}

// Reject is a row, or one value of a row, that was not published.
type Reject struct {
	// Place is where it stands.
	Place Place
	// Value is what stands there.
	Value string
	// Reason is the code of the fault.
	Reason Code
	// Detail says what is wrong and, where there is one, what may have been meant.
	Detail string
}

// CellChange is one cell that a release added or revised.
type CellChange struct {
	// Indicator is the code of the indicator.
	Indicator string
	// UnitCode is the code of the unit, and UnitNames its name in that year.
	UnitCode  string
	UnitNames Text
	// Year is the year of the figure.
	Year Year
	// Breakdown is the members that it is a figure of; empty for the total.
	Breakdown []*Breakdown
	// Old is the value before, none when the cell was new; New the value since.
	Old, New Value
	// OldDenominator and NewDenominator are theirs.
	OldDenominator, NewDenominator Value
	// Place is where the new value stands, Note what its source says of it, and
	// Citation where it was printed.
	Place    Place
	Note     string
	Citation string
}

// UnitName is the proper name of the unit in that year.
func (c *CellChange) UnitName(language Language) string { return c.UnitNames.In(language) }
