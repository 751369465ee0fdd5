package print

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/briefing"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// Sheet is the contents of the page of a briefing, in its order.
type Sheet struct {
	// Lang is the language as documents name it: vi, en.
	Lang string
	// Title is the unit and the year, Subject what the briefing is about, Span the
	// years, Published up to when figures count.
	Title, Subject, Span, Published string
	// Headlines come first.
	Headlines Group
	// Groups are what improved, fell back and so on; empty ones are left out.
	Groups []Group
	// Targets are the targets, each marked.
	Targets Group
	// Others are scorecards and cohorts.
	Others Group
	// Revised are figures that changed since the last briefing.
	Revised Group
	// Rankings are tables.
	Rankings []Table
	// Charts are drawn.
	Charts []Chart
	// Footnotes and Notes stand at the end.
	Footnotes []Footnote
	Notes     []string
	// Ending is the last line.
	Ending string
	// Labels are the words between.
	Labels Labels
}

// Group is lines under a heading.
type Group struct {
	Title string
	Lines []Line
}

// Line is a sentence with its mark and footnotes.
type Line struct {
	// Mark is the shape before it, Word what the shape means.
	Mark, Word string
	// Spoken sets the word before the line.
	Spoken bool
	// Runs are its pieces.
	Runs []Run
	// Notes are the numbers of its footnotes.
	Notes []int
	// sorted tells that its list is ordered by the size of the change.
	sorted bool
}

// Run is a part of a line in one weight.
type Run struct {
	Text   string
	Strong bool
	// Figure is the identifier of the first figure in it.
	Figure string
}

// Said reports whether the word of the mark stands before the line; that of a group
// stands in its heading.
func (l Line) Said() bool { return l.Word != "" && l.Spoken }

// Text is the line without its footnotes.
func (l Line) Text() string {
	var b strings.Builder
	for _, run := range l.Runs {
		b.WriteString(run.Text)
	}
	return b.String()
}

// Table is a ranking.
type Table struct {
	Title string
	Lead  Line
	Head  []string
	Rows  [][]string
}

// Footnote is a publication.
type Footnote struct {
	Number int
	// Source is its host or title, URL its address, "" where it has none.
	Source, URL string
	// Details is the day, the release and what the source says.
	Details string
}

// NewSheet lays a briefing out.
func NewSheet(b *briefing.Briefing) *Sheet {
	q := b.Question
	l := labels(q.Language)
	s := &Sheet{
		Lang: strings.ToLower(string(q.Language)), Labels: l,
		Title: q.Unit.FullName(q.Language), Subject: q.Template.Title(q.Language),
		Span: fmt.Sprintf(l.Span, q.Year, q.BaseYear), Published: l.Nothing,
	}
	if b.Release != nil {
		s.Published = fmt.Sprintf(l.Published, b.Release.Published.In(q.Language), b.DataVersion)
	}
	s.changes(b, l)
	s.Targets = Group{Title: l.Targets}
	for _, t := range b.Targets {
		set := line(t.Sentence)
		set.Mark, set.Word = targetMark(t, l)
		set.Spoken = true
		s.Targets.Lines = append(s.Targets.Lines, set)
	}
	s.Others = Group{Title: l.Others}
	for _, score := range b.Scorecards {
		s.Others.Lines = append(s.Others.Lines, line(score.Sentence))
	}
	for _, c := range b.Cohorts {
		s.Others.Lines = append(s.Others.Lines, line(c.Sentence))
	}
	s.Revised = Group{Title: l.Revised}
	for _, r := range b.Revised {
		s.Revised.Lines = append(s.Revised.Lines, line(r.Sentence))
	}
	for _, r := range b.Rankings {
		s.Rankings = append(s.Rankings, ranking(r, q.Language, l))
	}
	for _, c := range b.Charts {
		if chart := newChart(c, q.Language); len(chart.Lines()) > 0 {
			s.Charts = append(s.Charts, chart)
		}
	}
	for _, f := range b.Footnotes {
		s.Footnotes = append(s.Footnotes, footnote(f, q.Language, l))
	}
	s.Notes = notes(b.Notes, q.Language, l)
	if slices.ContainsFunc(s.Rankings, Table.unlike) {
		s.Notes = append(s.Notes, l.Unlike)
	}
	if s.isEmpty() {
		s.Headlines.Lines = []Line{{Runs: []Run{{Text: fmt.Sprintf(l.Silent, q.Year, q.BaseYear)}}}}
	}
	s.Ending = strings.TrimSpace(s.order() + " " + l.Made)
	return s
}

// isEmpty reports whether there is nothing about the unit.
func (s *Sheet) isEmpty() bool {
	return len(s.Headlines.Lines)+len(s.Groups)+len(s.Targets.Lines)+len(s.Others.Lines)+len(s.Revised.Lines)+len(s.Rankings)+len(s.Charts) == 0
}

// order says in which order changes are told, where several are.
func (s *Sheet) order() string {
	for _, group := range s.Groups {
		if len(group.Lines) > 1 && group.Lines[0].sorted {
			return s.Labels.Order
		}
	}
	return ""
}

// mostNames is how many indicators a note names.
const mostNames = 4

// notes sets the warnings, each once, after the indicators that it is about.
func notes(all []*query.Note, language number.Language, l Labels) []string {
	var texts []string
	about := map[string][]string{}
	for _, n := range all {
		text := n.Text(language)
		if _, known := about[text]; !known {
			texts, about[text] = append(texts, text), nil
		}
		if n.Indicator != nil {
			about[text] = append(about[text], n.Indicator.Name(language))
		}
	}
	for i, text := range texts {
		switch names := about[text]; {
		case len(names) > mostNames:
			texts[i] = fmt.Sprintf(l.Several, len(names)) + " – " + text
		case len(names) > 0:
			texts[i] = strings.Join(names, "; ") + " – " + text
		}
	}
	return texts
}

// changes sets headlines, and what improved, fell back and so on.
func (s *Sheet) changes(b *briefing.Briefing, l Labels) {
	language := b.Question.Language
	s.Headlines = Group{Title: l.Headlines}
	told := map[string]bool{}
	for _, c := range b.Headlines {
		told[c.Indicator.Code] = true
		s.Headlines.Lines = append(s.Headlines.Lines, line(c.Sentence))
	}
	for _, g := range []struct {
		title, mark string
		changes     []*briefing.BriefingChange
		sorted      bool
	}{
		{l.Improved, "up", b.Improved, true}, {l.FellBack, "down", b.FellBack, true}, {l.Changed, "same", b.Changed, true},
		{l.Unchanged, "same", b.Unchanged, false}, {l.Unknown, "unknown", b.Unknown, false},
	} {
		group := Group{Title: g.title}
		for _, c := range g.changes {
			set := line(c.Sentence)
			if told[c.Indicator.Code] && c.Change.Absolute().IsKnown() { // its sentence stands above already
				set = changeLine(c, language)
			}
			set.Mark, set.Word, set.sorted = g.mark, g.title, g.sorted
			group.Lines = append(group.Lines, set)
		}
		if len(group.Lines) > 0 {
			s.Groups = append(s.Groups, group)
		}
	}
}

// line sets a sentence: what it is about plainly, its first figure in bold.
func line(sentence *briefing.Sentence) Line {
	l := Line{Notes: sentence.Footnotes}
	for i, part := range sentence.Parts {
		run := Run{Text: part.Text, Strong: i == 1}
		if len(part.Figures) > 0 {
			run.Figure = part.Figures[0].ID()
		}
		l.Runs = append(l.Runs, run)
	}
	return l
}

// changeLine makes the line of the change of one indicator.
func changeLine(c *briefing.BriefingChange, language number.Language) Line {
	return Line{Runs: []Run{
		{Text: c.Indicator.Name(language) + ": ", Figure: c.Current.ID()},
		{Text: c.Change.Text(language), Strong: true, Figure: c.Current.ID()},
	}}
}

// targetMark returns the shape and the word for the result of a target.
func targetMark(t *briefing.BriefingTarget, l Labels) (mark, word string) {
	switch {
	case t.Row.Current.Reason() != nil && *t.Row.Current.Reason() == number.Suppressed:
		return "unknown", l.Withheld
	case t.Row.Current.Reason() != nil:
		return "unknown", l.NoFigure
	case t.Ahead:
		return "ahead", fmt.Sprintf(l.Ahead, t.Row.Target.FirstYear())
	}
	switch t.Row.Result {
	case query.Met:
		return "met", l.Met
	case query.Missed:
		return "missed", l.Missed
	case query.OnTrack:
		return "met", l.OnTrack
	case query.OffTrack:
		return "missed", l.OffTrack
	}
	return "unknown", l.NoFigure
}

// Unlike marks a change whose two figures do not cover the same units.
const Unlike = "*"

// unlike reports whether a row has such a change.
func (t Table) unlike() bool {
	return slices.ContainsFunc(t.Rows, func(row []string) bool { return strings.HasSuffix(row[len(row)-1], Unlike) })
}

// rankingWidths are the parts of a ranking's width that its columns take.
func rankingWidths() []float64 { return []float64{0.09, 0.22, 0.31, 0.38} }

// ranking sets a ranking.
func ranking(r *briefing.BriefingRanking, language number.Language, l Labels) Table {
	t := Table{Title: fmt.Sprintf(l.Ranked, r.Level.Noun.For(false, language)) + ": " + r.Indicator.Name(language), Lead: line(r.Sentence)}
	if r.Ranking == nil {
		return t
	}
	t.Head = []string{l.Rank, l.Unit, l.Figure, l.Change}
	add := func(rank string, name string, row *query.RankingRow) {
		change := "–"
		if row.Change.Absolute().IsKnown() {
			change = row.Change.Text(language)
			if row.Change.Verdict() == query.CoverageDiffers {
				change += Unlike
			}
		}
		t.Rows = append(t.Rows, []string{rank, name, row.Current.Text(language), change})
	}
	for _, row := range r.Ranking.Rows {
		add(fmt.Sprint(*row.Rank), row.Unit.Label(language), row)
	}
	if r.Ranking.Others != nil {
		add("", r.Ranking.Others.Unit.Label(language), r.Ranking.Others)
	}
	for _, row := range r.Ranking.Unranked {
		add("–", row.Unit.Label(language), row)
	}
	return t
}

// footnote sets a publication: its host, the day and what it says.
func footnote(f *briefing.Footnote, language number.Language, l Labels) Footnote {
	set := Footnote{Number: f.Number, Source: f.Citation}
	if address, err := url.Parse(f.Citation); err == nil && address.Host != "" {
		set.Source, set.URL = strings.TrimPrefix(address.Host, "www."), f.Citation
	}
	if set.Source == "" {
		set.Source = fmt.Sprintf(l.Summed, number.FormatCount(f.ObservationCount, language))
		if len(f.Figures) > 0 { // a sum has a footnote of its own
			set.Source = fmt.Sprintf("%s, %d: %s", f.Figures[0].Indicator.Name(language), f.Figures[0].Year, set.Source)
		}
	}
	set.Details = f.Published.In(language)
	if f.Release != nil {
		set.Details += " " + fmt.Sprintf(l.Release, f.Release.ID)
	}
	if len(f.Remarks) > 0 {
		set.Details += ": " + strings.Join(f.Remarks, "; ")
	}
	return set
}
