package ledger

import "github.com/niengiam/niengiam/stats/number"

// Finding is something about published figures that their reader should know.
type Finding struct {
	// Code says what was found.
	Code number.NoteCode
	// Release is the release whose load found it.
	Release ReleaseID
	// IndicatorCode, UnitCode and Year name the cell that it is about; UnitKey is its unit.
	// Restatements that are held keep findings as JSON, with the code under this key.
	IndicatorCode string `json:"Indicator"`
	UnitCode      string
	UnitKey       uint32
	Year          number.Year
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

// Repeats reports whether a finding about members says already what is found.
func (f *Finding) Repeats(m Finding, differs bool) bool {
	if !differs {
		return f.Code == number.NoteMembersAgree
	}
	return f.Code == number.NoteMembers && f.Used == m.Used && f.Other == m.Other
}
