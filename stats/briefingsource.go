package stats

import (
	"context"
	"slices"
	"strings"
)

// Footnote is a publication that sentences of a briefing quote.
type Footnote struct {
	// Number is the number by which sentences name it, from 1.
	Number int
	// Citation is where it was printed; "" where a figure is summed from more
	// observations than can be named one by one.
	Citation string
	// Published is the day of the publication, the latest of several.
	Published Date
	// Release is the release that brought it here, the latest of several.
	Release *Release
	// ObservationCount is the number of observations that it stands for.
	ObservationCount int
	// Remarks are what the source says of the figures.
	Remarks []string
	// Figures are those that were made from it.
	Figures []*Figure
}

// FigureIDs are the identifiers of the figures, for provenance.
func (f *Footnote) FigureIDs() []string { return (&SentencePart{Figures: f.Figures}).FigureIDs() }

// mostCitations is how many publications of one figure are named one by one.
const mostCitations = 3

// citations number the publications in the order in which they are mentioned.
type citations struct {
	history map[string][]Observation // by indicator
	numbers map[string]int           // by publication
	cited   map[string][]int         // by figure
}

// readCitations reads the observations behind the figures that sentences tell.
func (d *drafting) readCitations(ctx context.Context, s *Service) error {
	d.cite = citations{history: map[string][]Observation{}, numbers: map[string]int{}, cited: map[string][]int{}}
	var codes []string
	var years []Year
	need := func(figures ...*Figure) {
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
		need(d.figure(f, d.Question.Unit, d.Question.Year), d.figure(f, d.Question.Unit, d.Question.BaseYear))
	}
	for _, target := range d.Targets {
		need(target.Row.Current, target.Row.Base)
	}
	if len(codes) == 0 {
		return nil
	}
	slices.Sort(codes)
	slices.Sort(years)
	history, err := s.source.History(ctx, slices.Compact(codes), slices.Compact(years))
	if err != nil {
		return err
	}
	history = d.State.seen(d.Question.view.View, history)
	if err := s.redactRemarks(ctx, d.State, history); err != nil {
		return err
	}
	for _, o := range history {
		d.cite.history[o.Indicator] = append(d.cite.history[o.Indicator], o)
	}
	return nil
}

// behind gives the observations that a figure is made of; none of one that is not shown.
func (c *citations) behind(d *drafting, f *Figure) []Observation {
	if f.Reason() != nil {
		return nil
	}
	at := cell{indicator: f.Indicator, unit: f.Unit, year: f.Year, view: f.view.View, basis: f.view.basis}
	return d.State.behind(at, c.history[f.Indicator.Code], "")
}

// note is what the source says of a reported figure, in the language of the briefing.
func (c *citations) note(d *drafting, f *Figure) string {
	if behind := c.behind(d, f); f.Origin == OriginReported && len(behind) == 1 {
		return d.words.remark(behind[0].Note)
	}
	return ""
}

// remark is a source's note in one language: a note may have both, Vietnamese first,
// with “ / ” between them.
func (w briefingWords) remark(note string) string { return noteIn(note, &w.Language) }

// noteIn gives what a source says of a figure in a language, where it says so in both,
// and all of it without a language.
func noteIn(note string, language *Language) string {
	vi, en, both := strings.Cut(note, " / ")
	if !both || language == nil {
		return note
	}
	return Text{VI: vi, EN: en}.In(*language)
}

// of numbers the publications behind figures.
func (c *citations) of(d *drafting, figures ...*Figure) []int {
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

// enter adds the observations behind a figure to their footnotes and gives the
// numbers of these. A figure of too many publications has one footnote for all.
func (c *citations) enter(d *drafting, f *Figure, behind []Observation) []int {
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
func (f *Footnote) add(d *drafting, of *Figure, o *Observation, summed bool) {
	if last := len(f.Figures) - 1; last < 0 || f.Figures[last] != of {
		f.Figures = append(f.Figures, of)
	}
	f.ObservationCount++
	if f.Published <= o.At.Published {
		f.Published, f.Release = o.At.Published, d.State.Release(o.At.Release)
	}
	if remark := d.words.remark(o.Note); !summed && remark != "" && !slices.Contains(f.Remarks, remark) {
		f.Remarks = append(f.Remarks, remark)
	}
}

// readRevisions finds the unit's figures that were revised since the last briefing.
func (d *drafting) readRevisions(ctx context.Context, s *Service) error {
	page := Page{First: 1000}
	for d.ask.Since != nil {
		set, err := s.Revisions(ctx, *d.ask.Since, "", d.ask.Scope, page)
		if err != nil {
			return err
		}
		for _, cell := range set.Nodes {
			told := slices.ContainsFunc(d.told, func(i *Indicator) bool { return i.Code == cell.IndicatorCode })
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

// collected gives the notes on all figures, each with its indicator; those that
// several answers have once.
func (d *drafting) collected() []*Note {
	var all []*Note
	about := func(i *Indicator, notes []*Note) {
		for _, note := range notes {
			own := *note
			own.Indicator = i
			all = append(all, &own)
		}
	}
	for _, i := range d.told {
		about(i, d.notes[i.Code].all())
	}
	for _, r := range d.Rankings {
		if r.Ranking != nil {
			about(r.Indicator, r.Ranking.Notes)
		}
	}
	all = append(all, d.targetNotes...)
	outside := slices.ContainsFunc(d.Targets, func(t *BriefingTarget) bool { return !t.Ahead && !t.Row.Target.Years.contains(t.Row.Year) })
	seen := map[string]bool{}
	notes := []*Note{}
	for _, note := range all {
		// That a target lies ahead, or the base year has no figures, is told in sentences.
		told := note.Code == NoteBaseYear || note.Code == NoteOutside && !outside
		plain := string(note.Code) + note.text.EN
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
