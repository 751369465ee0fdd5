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
	// Parts are the parts in reading order.
	Parts []*SentencePart
	// Footnotes are the numbers of the footnotes that it refers to.
	Footnotes []int
}

// SentencePart is a part of a sentence. A part with a numeral has the figure, target,
// cohort, set of criteria or cell that the numeral comes from.
type SentencePart struct {
	// Text is its text, with blanks and punctuation.
	Text string
	// Figures are the figures in it; empty when there are none.
	Figures []*figure.Figure
	// Target is the target that it words; nil for none.
	Target *catalogue.Target
	// Cohort is the cohort that it words; nil for none.
	Cohort *catalogue.Cohort
	// Set is the set of criteria that it words; nil for none.
	Set *catalogue.CriteriaSet
	// Cell is the revised cell that it words; nil for none.
	Cell *catalogue.CellChange
}

// Text returns the whole sentence.
func (s *Sentence) Text() string {
	var b strings.Builder
	for _, part := range s.Parts {
		b.WriteString(part.Text)
	}
	return b.String()
}

// FigureIDs returns the identifiers of the figures, for provenance.
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
