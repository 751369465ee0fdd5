package briefing

import (
	"slices"

	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// Footnote is a publication that sentences of a briefing cite.
type Footnote struct {
	// Number is the number by which sentences refer to it, from 1.
	Number int
	// Citation is where it was printed; "" where a figure is summed from more
	// observations than can be named one by one.
	Citation string
	// Published is the day of the publication, the latest of several.
	Published number.Date
	// Release is the release that brought it here, the latest of several.
	Release *ledger.Release
	// ObservationCount is the number of observations that it stands for.
	ObservationCount int
	// Remarks are the notes of the source about the figures.
	Remarks []string
	// Figures are the figures that were computed from it.
	Figures []*figure.Figure
}

// FigureIDs returns the identifiers of the figures, for provenance.
func (f *Footnote) FigureIDs() []string { return (&SentencePart{Figures: f.Figures}).FigureIDs() }

// mostCitations is how many publications of one figure are named one by one.
const mostCitations = 3

// citations number the publications in the order in which they are mentioned.
type citations struct {
	state     *figure.State
	words     briefingWords
	footnotes []*Footnote
	history   map[string][]ledger.Observation // by indicator
	numbers   map[string]int                  // by publication
	cited     map[string][]int                // by figure
}

func newCitations(state *figure.State, words briefingWords) citations {
	return citations{
		state: state, words: words,
		history: map[string][]ledger.Observation{}, numbers: map[string]int{}, cited: map[string][]int{},
	}
}

// behind returns the observations that a figure is made of; none of one that is not shown.
func (c *citations) behind(f *figure.Figure) []ledger.Observation {
	if f.Reason() != nil {
		return nil
	}
	var behind []ledger.Observation
	for _, source := range f.Indicator.Sources() { // of a derived figure, those of its parts
		at := query.Cell{Indicator: source, Unit: f.Unit, Year: f.Year, View: f.View.View, Basis: f.View.Basis}
		behind = append(behind, query.ObservationsBehind(c.state, at, c.history[source.Code], "")...)
	}
	return behind
}

// note is what the source says of a reported figure, in the language of the briefing.
func (c *citations) note(f *figure.Figure) string {
	if behind := c.behind(f); f.Origin == figure.OriginReported && len(behind) == 1 {
		return c.words.remark(behind[0].Note)
	}
	return ""
}

// of numbers the publications behind figures.
func (c *citations) of(figures ...*figure.Figure) []int {
	var numbers []int
	for _, f := range figures {
		id := f.ID()
		if _, known := c.cited[id]; !known {
			c.cited[id] = c.enter(f, c.behind(f))
		}
		numbers = append(numbers, c.cited[id]...)
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// enter adds the observations behind a figure to their footnotes and returns the
// numbers of these. A figure of too many publications has one footnote for all.
func (c *citations) enter(f *figure.Figure, behind []ledger.Observation) []int {
	printed := map[string]bool{}
	for i := range behind {
		printed[behind[i].Citation] = true
	}
	summed := len(printed) > mostCitations
	var numbers []int
	for i := range behind {
		o := &behind[i]
		key, citation := o.Citation, o.Citation
		if summed {
			key, citation = " "+f.ID(), "" // no address begins with a blank
		}
		if c.numbers[key] == 0 {
			c.footnotes = append(c.footnotes, &Footnote{Number: len(c.footnotes) + 1, Citation: citation})
			c.numbers[key] = len(c.footnotes)
		}
		note := c.footnotes[c.numbers[key]-1]
		note.add(c, f, o, summed)
		numbers = append(numbers, note.Number)
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// add counts an observation of a figure.
func (f *Footnote) add(c *citations, of *figure.Figure, o *ledger.Observation, summed bool) {
	if last := len(f.Figures) - 1; last < 0 || f.Figures[last] != of {
		f.Figures = append(f.Figures, of)
	}
	f.ObservationCount++
	if f.Published <= o.At.Published {
		f.Published, f.Release = o.At.Published, c.state.Release(o.At.Release)
	}
	if remark := c.words.remark(o.Note); !summed && remark != "" && !slices.Contains(f.Remarks, remark) {
		f.Remarks = append(f.Remarks, remark)
	}
}
