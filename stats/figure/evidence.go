package figure

import (
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Evidence is one observation behind a figure, with the place that it was read from.
type Evidence struct {
	// Indicator is what was observed: that of the figure, or one that it is derived from.
	Indicator *catalogue.Indicator
	// Unit is the unit that was observed, as it was in the year of the figure.
	Unit *catalogue.Unit
	// Year is the year of the observation; in a register, of the decision.
	Year number.Year
	// Basis is the day on whose units it was stated; open for those of its year.
	Basis number.Date
	// Breakdown is the members that were observed; empty for the total.
	Breakdown []*catalogue.Breakdown
	// Value and Denominator are as they were reported.
	Value, Denominator number.Value
	// Status is the observation's own.
	Status number.Status
	// Approximation says how the value lies to the one that is meant; nil where it is exact.
	Approximation *number.Approximation
	// Note is what its source says of it, Citation where it was printed.
	Note, Citation string
	// Place is its place in its file.
	Place ledger.Place
	// Release is the release that published it.
	Release *ledger.Release
}

// NoteText is the remark, in a language where it is written in both.
func (e *Evidence) NoteText(language *number.Language) string {
	return catalogue.NoteIn(e.Note, language)
}
