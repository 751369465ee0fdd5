package ledger

import "github.com/niengiam/niengiam/stats/number"

// Finding is something a load found that readers of published figures should know, such
// as another published value of the same cell.
type Finding struct {
	// Code says what was found.
	Code number.NoteCode
	// Release is the release whose load found it.
	Release ReleaseID
	// IndicatorCode, UnitCode and Year name the cell that it is about; UnitKey is its
	// unit. Pending restatements store findings as JSON, with the code of the indicator
	// under this key.
	IndicatorCode string `json:"Indicator"`
	UnitCode      string
	UnitKey       uint32
	Year          number.Year
	// Breakdown is that of the cell, "" for the total; with a * for a member it is
	// about the members of a dimension and the cell that they divide.
	Breakdown string
	// Used is the value that is published, Other the one that is not; "" where there is none.
	Used, Other string
	// Derivation is how the source derived the value, in its own words; "" for other findings.
	Derivation string `json:",omitempty"`
	// UsedCitation and OtherCitation are where each was printed.
	UsedCitation, OtherCitation string
	// Place is the place of the other value, or of the derived one, in its file.
	Place Place
}

// Repeats reports whether the last finding about some members already says what is found
// now: that they differ by the values of m or, without differs, that they agree again.
func (f *Finding) Repeats(m Finding, differs bool) bool {
	if !differs {
		return f.Code == number.NoteMembersAgree
	}
	return f.Code == number.NoteMembers && f.Used == m.Used && f.Other == m.Other
}
