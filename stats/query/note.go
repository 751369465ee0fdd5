package query

import (
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// Note is a warning beside an answer: a code for programs, a sentence for people.
type Note struct {
	// Code names the kind of warning.
	Code number.NoteCode
	// Indicator, Unit and Year are what it is about; nil when it is about the whole answer.
	Indicator *catalogue.Indicator
	Unit      *catalogue.Unit
	Year      *number.Year
	// Citations are where the figures it speaks of were printed.
	Citations []string

	Words number.Text
}

// Text is the warning in words.
func (n *Note) Text(language number.Language) string { return n.Words.In(language) }
