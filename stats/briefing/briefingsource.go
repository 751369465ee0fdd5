package briefing

import (
	"context"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// Footnote is a publication that sentences of a briefing quote.
type Footnote struct {
	// Number is the number by which sentences name it, from 1.
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
	// Remarks are what the source says of the figures.
	Remarks []string
	// Figures are those that were made from it.
	Figures []*figure.Figure
}

// FigureIDs are the identifiers of the figures, for provenance.
func (f *Footnote) FigureIDs() []string { return (&SentencePart{Figures: f.Figures}).FigureIDs() }

// mostCitations is how many publications of one figure are named one by one.
const mostCitations = 3

// citations number the publications in the order in which they are mentioned.
type citations struct {
	history map[string][]ledger.Observation // by indicator
	numbers map[string]int                  // by publication
	cited   map[string][]int                // by figure
}

// readCitations reads the observations behind the figures that sentences tell.
func readCitations(ctx context.Context, d *drafting, s *query.Service) error {
	d.cite = citations{history: map[string][]ledger.Observation{}, numbers: map[string]int{}, cited: map[string][]int{}}
	var codes []string
	var years []number.Year
	need := func(figures ...*figure.Figure) {
		for _, f := range figures {
			if f == nil || f.Reason() != nil {
				continue
			}
			codes = append(codes, f.Indicator.Code)
			years = append(years, f.Year)
			if f.Indicator.IsRegister() {
				years = append(years, f.Indicator.Years()...)
			}
		}
	}
	for _, i := range d.told {
		f := d.facts[i.Code]
		need(query.FigureOf(f, d.Question.Unit, d.Question.Year), query.FigureOf(f, d.Question.Unit, d.Question.BaseYear))
	}
	for _, target := range d.Targets {
		need(target.Row.Current, target.Row.Base)
	}
	if len(codes) == 0 {
		return nil
	}
	slices.Sort(codes)
	slices.Sort(years)
	history, err := s.Source.History(ctx, slices.Compact(codes), slices.Compact(years))
	if err != nil {
		return err
	}
	history = d.State.Visible(d.Question.view.View, history)
	if err := s.RedactRemarks(ctx, d.State, history); err != nil {
		return err
	}
	for _, o := range history {
		d.cite.history[o.Indicator] = append(d.cite.history[o.Indicator], o)
	}
	return nil
}

// behind returns the observations that a figure is made of; none of one that is not shown.
func (c *citations) behind(d *drafting, f *figure.Figure) []ledger.Observation {
	if f.Reason() != nil {
		return nil
	}
	at := query.Cell{Indicator: f.Indicator, Unit: f.Unit, Year: f.Year, View: f.View.View, Basis: f.View.Basis}
	return query.ObservationsBehind(d.State, at, c.history[f.Indicator.Code], "")
}

// note is what the source says of a reported figure, in the language of the briefing.
func (c *citations) note(d *drafting, f *figure.Figure) string {
	if behind := c.behind(d, f); f.Origin == figure.OriginReported && len(behind) == 1 {
		return remark(d.words, behind[0].Note)
	}
	return ""
}

// remark is a source's note in one language: a note may have both, Vietnamese first,
// with “ / ” between them.
func remark(w briefingWords, note string) string { return catalogue.NoteIn(note, &w.Language) }

// of numbers the publications behind figures.
func (c *citations) of(d *drafting, figures ...*figure.Figure) []int {
	var numbers []int
	for _, f := range figures {
		id := f.ID()
		if _, known := c.cited[id]; !known {
			c.cited[id] = c.enter(d, f, c.behind(d, f))
		}
		numbers = append(numbers, c.cited[id]...)
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// enter adds the observations behind a figure to their footnotes and returns the
// numbers of these. A figure of too many publications has one footnote for all.
func (c *citations) enter(d *drafting, f *figure.Figure, behind []ledger.Observation) []int {
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
			d.Footnotes = append(d.Footnotes, &Footnote{Number: len(d.Footnotes) + 1, Citation: citation})
			c.numbers[key] = len(d.Footnotes)
		}
		note := d.Footnotes[c.numbers[key]-1]
		note.add(d, f, o, summed)
		numbers = append(numbers, note.Number)
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// add counts an observation of a figure.
func (f *Footnote) add(d *drafting, of *figure.Figure, o *ledger.Observation, summed bool) {
	if last := len(f.Figures) - 1; last < 0 || f.Figures[last] != of {
		f.Figures = append(f.Figures, of)
	}
	f.ObservationCount++
	if f.Published <= o.At.Published {
		f.Published, f.Release = o.At.Published, d.State.Release(o.At.Release)
	}
	if remark := remark(d.words, o.Note); !summed && remark != "" && !slices.Contains(f.Remarks, remark) {
		f.Remarks = append(f.Remarks, remark)
	}
}

// readRevisions finds the unit's figures that were revised since the last briefing.
func readRevisions(ctx context.Context, d *drafting, s *query.Service) error {
	page := query.Page{First: 1000}
	for d.ask.Since != nil {
		set, err := s.Revisions(ctx, *d.ask.Since, "", d.ask.Scope, page)
		if err != nil {
			return err
		}
		for _, cell := range set.Nodes {
			told := slices.ContainsFunc(d.told, func(i *catalogue.Indicator) bool { return i.Code == cell.IndicatorCode })
			if !told || cell.UnitCode != d.Question.Unit.Code || len(cell.Breakdown) > 0 || cell.Year > d.Question.Year {
				continue
			}
			part := &SentencePart{Text: cell.Text(d.words.Language), Cell: cell}
			d.Revised = append(d.Revised, &BriefingRevision{Cell: cell, Sentence: &Sentence{Parts: []*SentencePart{part}}})
		}
		if !set.PageInfo.HasNextPage {
			return nil
		}
		page.After = set.PageInfo.EndCursor
	}
	return nil
}

// collected returns the notes on all figures, each with its indicator; those that
// several answers have once.
func collected(d *drafting) []*query.Note {
	var all []*query.Note
	about := func(i *catalogue.Indicator, notes []*query.Note) {
		for _, note := range notes {
			own := *note
			own.Indicator = i
			all = append(all, &own)
		}
	}
	for _, i := range d.told {
		about(i, d.notes[i.Code].All())
	}
	for _, r := range d.Rankings {
		if r.Ranking != nil {
			about(r.Indicator, r.Ranking.Notes)
		}
	}
	all = append(all, d.targetNotes...)
	outside := slices.ContainsFunc(d.Targets, func(t *BriefingTarget) bool { return !t.Ahead && !t.Row.Target.Years.Contains(t.Row.Year) })
	seen := map[string]bool{}
	notes := []*query.Note{}
	for _, note := range all {
		// That a target lies ahead, or the base year has no figures, is told in sentences.
		told := note.Code == number.NoteBaseYear || note.Code == number.NoteOutside && !outside
		plain := string(note.Code) + note.Words.EN
		own := plain
		if note.Indicator != nil {
			own += "\n" + note.Indicator.Code
		}
		if !seen[own] && !told {
			seen[plain], seen[own] = true, true
			notes = append(notes, note)
		}
	}
	return notes
}
