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
	// Place is the place of the other value, or of the derived one, in its file; of a check
	// that of the cell that it is about.
	Place Place
	// Severity says what it meant for its load.
	Severity Severity `json:",omitempty"`
	// Rule is the check that found it, as a workspace writes it; "" for what is found without one.
	Rule string `json:",omitempty"`
	// Value is the text of the cell; "" where it is about no single one.
	Value string `json:",omitempty"`
	// Measured is what the check measured: by how much a value is off, since which year it
	// is the same. Cells counts the cells that it is about, 0 for one.
	Measured string `json:",omitempty"`
	Cells    int    `json:",omitempty"`
}

// ReasonText is what was found in words, whatever the figures are.
func (f *Finding) ReasonText(language number.Language) string {
	return number.Meaning(number.Code(f.Code), language)
}

// Remedy is what to do about it.
func (f *Finding) Remedy(language number.Language) string {
	fault, _ := number.Code(f.Code).Fault()
	return fault.Remedy.In(language)
}

// Repeats reports whether the last finding about some members already says what is found
// now: that they differ by the values of m or, without differs, that they agree again.
func (f *Finding) Repeats(m Finding, differs bool) bool {
	if !differs {
		return f.Code == number.NoteMembersAgree
	}
	return f.Code == number.NoteMembers && f.Used == m.Used && f.Other == m.Other
}
