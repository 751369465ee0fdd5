package briefing

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
)

// Sentence is a sentence of a briefing. It is made of parts, so that every numeral
// in it can be traced to its figure.
type Sentence struct {
	// Parts are read one after the other.
	Parts []*SentencePart
	// Footnotes are the numbers of the publications that its figures were printed in.
	Footnotes []int
}

// SentencePart is a part of a sentence. One that has a numeral has a figure, or the
// target or cohort whose numeral it is.
type SentencePart struct {
	// Text is its words, blanks and punctuation included.
	Text string
	// Figures are the figures that it tells of; empty where it tells of none.
	Figures []*figure.Figure
	// Target is the target that it words; nil for none.
	Target *catalogue.Target
	// Cohort is the cohort that it words; nil for none.
	Cohort *catalogue.Cohort
	// Set is the set of criteria that it words; nil for none.
	Set *catalogue.CriteriaSet
	// Cell is the revised figure that it tells of; nil for none.
	Cell *catalogue.CellChange
}

// Text is the whole sentence.
func (s *Sentence) Text() string {
	var b strings.Builder
	for _, part := range s.Parts {
		b.WriteString(part.Text)
	}
	return b.String()
}

// FigureIDs are the identifiers of the figures, for provenance.
func (p *SentencePart) FigureIDs() []string {
	ids := make([]string, len(p.Figures))
	for i, f := range p.Figures {
		ids[i] = f.ID()
	}
	return ids
}

// say adds a part about figures.
func (s *Sentence) say(text string, figures ...*figure.Figure) *Sentence {
	s.Parts = append(s.Parts, &SentencePart{Text: text, Figures: figures})
	return s
}

// mention adds footnotes, each once, ascending.
func (s *Sentence) mention(numbers ...int) {
	s.Footnotes = append(s.Footnotes, numbers...)
	slices.Sort(s.Footnotes)
	s.Footnotes = slices.Compact(s.Footnotes)
}
