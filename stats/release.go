package stats

import (
	"strconv"
	"time"

	"github.com/shopspring/decimal"
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
	// SourceCode is the code of the source that was loaded.
	SourceCode string
	// Published is the day on which the publisher made the figures public.
	Published Date
	// Loaded is the moment at which the release became visible here.
	Loaded time.Time
	// Actor says who or what loaded it: a schedule, a person.
	Actor string
	// Files are the files that it was made from.
	Files []File
	// Added counts the cells that had no value before.
	Added int
	// Revised counts the cells whose earlier value it replaces.
	Revised int
	// Removed counts the cells that have no figure any more: what a withdrawal leaves.
	Removed int
	// Rejected counts the rows of its files that were not published.
	Rejected int
	// Withdraws is the release that this one withdraws, Restores the one that it
	// lets count again; 0 where it publishes figures of its own.
	Withdraws, Restores ReleaseID
	// Comment says why it withdraws or restores, or why a restatement was approved.
	Comment string
	// Restatement is the number of the restatement that it was held as, 0 when it
	// was not held; ApprovedBy says who approved it.
	Restatement ReleaseID
	ApprovedBy  string
}

// At is its place in the order of publications.
func (r *Release) At() Position { return Position{Published: r.Published, Release: r.ID} }

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
	// IndicatorCode, UnitCode and Year name the cell that it is about; UnitKey is its unit.
	// Restatements that are held keep findings as JSON, with the code under this key.
	IndicatorCode string `json:"Indicator"`
	UnitCode      string
	UnitKey       uint32
	Year          Year
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
	// Detail says what is wrong and, where there is one, what may have been meant; in
	// English alone where the reject was kept before it was told in both languages.
	Detail Text
}

// CellChange is one cell that a release added, revised or took back.
type CellChange struct {
	// IndicatorCode is the code of the indicator.
	IndicatorCode string
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
	// OldStatus and NewStatus are theirs; "" where the cell had or has no figure.
	OldStatus, NewStatus Status
	// Release is the release that changed it last, nil where none has yet.
	Release *Release
	// Place is where the new value stands, or the old one where there is no new
	// one; Note is what its source says of it, and Citation where it was printed.
	Place    Place
	Note     string
	Citation string

	indicator *Indicator // nil when it is not defined any more
}

// UnitName is the proper name of the unit in that year.
func (c *CellChange) UnitName(language Language) string { return c.UnitNames.In(language) }

// NoteText is the note, in a language where it is told in both.
func (c *CellChange) NoteText(language *Language) string { return noteIn(c.Note, language) }

// IndicatorName is the name of the indicator, its code when it is not defined any more.
func (c *CellChange) IndicatorName(language Language) string {
	if c.indicator == nil {
		return c.IndicatorCode
	}
	return c.indicator.Name(language)
}

// Name completes a change with its indicator, the unit of a key as it was in that
// year, and the breakdown of its cell.
func (c *CellChange) Name(calendar *Calendar, unit uint32, breakdown string) {
	c.Breakdown = []*Breakdown{}
	if c.indicator = calendar.Indicator(c.IndicatorCode); c.indicator != nil {
		c.Breakdown = c.indicator.BreakdownOf(breakdown)
	}
	if u := calendar.At(c.Year.Reference()).ByKey(unit); u != nil {
		c.UnitCode = u.Code
		c.UnitNames = Text{VI: u.Name(Vietnamese), EN: u.Name(English)}
	}
}

// ChangeOf tells how a cell went from one observation to another; either may be
// nil, but not both.
func (c *Calendar) ChangeOf(old, current *Observation) CellChange {
	at := current
	if at == nil {
		at = old
	}
	change := CellChange{
		IndicatorCode: at.Indicator, Year: at.Year, Place: at.Place, Note: at.Note, Citation: at.Citation, Release: c.Release(at.At.Release),
	}
	if old != nil {
		change.Old, change.OldDenominator, change.OldStatus = number(old.Value), number(old.Denominator), old.Status
	}
	if current != nil {
		change.New, change.NewDenominator, change.NewStatus = number(current.Value), number(current.Denominator), current.Status
	}
	change.Name(c, at.Unit, at.Breakdown)
	return change
}

func number(n decimal.NullDecimal) Value {
	if !n.Valid {
		return None(MissingValue)
	}
	return Exactly(n.Decimal)
}
