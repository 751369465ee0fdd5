package briefing

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// writeSentences sorts what was read and words it.
func writeSentences(d *drafting) {
	t := d.Question.Template
	for _, h := range t.Headlines {
		d.Headlines = append(d.Headlines, changedUnits(d, h.IndicatorCode, h.Quoted))
	}
	for _, code := range t.IndicatorCodes {
		c := changedUnits(d, code, false)
		list := changeList(d, c)
		*list = append(*list, c)
	}
	for _, list := range [][]*BriefingChange{d.Improved, d.FellBack, d.Changed} {
		slices.SortStableFunc(list, func(a, b *BriefingChange) int { return b.extent().Cmp(a.extent()) })
	}
	for _, target := range d.Targets {
		target.Sentence = wordTarget(d, target)
	}
	for _, score := range d.Scorecards {
		score.Sentence = wordScore(d, score)
	}
	for _, code := range t.CohortCodes {
		for _, cohort := range d.State.Cohorts {
			if cohort.Code == code {
				d.Cohorts = append(d.Cohorts, &BriefingCohort{Cohort: cohort, Sentence: wordCohort(d, cohort)})
			}
		}
	}
	for _, ranking := range d.Rankings {
		ranking.Sentence = wordRanking(d, ranking)
	}
	for _, code := range t.ChartCodes {
		i := d.Indicator(code)
		chart := &BriefingChart{Indicator: i, Figures: []*figure.Figure{}}
		for _, year := range d.charted(i) {
			chart.Figures = append(chart.Figures, query.FigureOf(d.facts[code], d.Question.Unit, year))
		}
		d.Charts = append(d.Charts, chart)
	}
	d.Footnotes, d.Notes = d.cite.footnotes, collected(d)
	for _, note := range d.Footnotes {
		d.Know(note.Release)
	}
}

// changedUnits makes the change of an indicator, worded.
func changedUnits(d *drafting, code string, quoted bool) *BriefingChange {
	q, f := d.Question, d.facts[code]
	c := &BriefingChange{
		Indicator: f.Indicator, Current: query.FigureOf(f, q.Unit, q.Year), Base: query.FigureOf(f, q.Unit, q.BaseYear), quoted: quoted,
	}
	c.Change = query.Compare(c.Base, c.Current)
	d.notes[code].Change(c.Change)
	c.Sentence = wordChange(d, c)
	return c
}

// changeList returns the list that a change belongs to.
func changeList(d *drafting, c *BriefingChange) *[]*BriefingChange {
	moved, known := c.Change.Measure(c.Change.Primary()).Number()
	if !known { // a relative change from zero has a direction all the same
		moved, known = c.Change.Absolute().Number()
	}
	better := map[catalogue.Direction]int{catalogue.HigherIsBetter: 1, catalogue.LowerIsBetter: -1}[c.Indicator.Direction]
	switch {
	case !known:
		return &d.Unknown
	case moved.Sign() == 0:
		return &d.Unchanged
	case better == 0:
		return &d.Changed
	case moved.Sign() == better:
		return &d.Improved
	}
	return &d.FellBack
}

// wordChange tells a figure and how it changed, or what is missing of it.
func wordChange(d *drafting, c *BriefingChange) *Sentence {
	w, s := d.words, &Sentence{}
	s.say(c.Indicator.Name(w.Language)+": ", c.Current)
	switch {
	case c.Current.Reason() != nil:
		s.say(w.missing(c.Current), c.Current)
		if c.Base.Reason() == nil {
			s.say(fmt.Sprintf(" (%s: %s%s)", w.year(c.Base.Year), c.Base.Text(w.Language), w.mark(c.Base)), c.Base)
			s.mention(d.cite.of(c.Base)...)
		}
		return s
	case c.Base.Reason() != nil:
		s.say(c.Current.Text(w.Language)+w.mark(c.Current), c.Current)
		quote(d, s, c)
		s.say("; "+w.missing(c.Base)+w.in(" để so sánh", " to compare with"), c.Base)
	default:
		s.say(c.Current.Text(w.Language)+w.mark(c.Current), c.Current)
		quote(d, s, c)
		s.say(", "+c.Change.Text(w.Language)+w.mark(c.Base)+w.unlike(c.Change), c.Base, c.Current)
		s.mention(d.cite.of(c.Base)...)
	}
	s.mention(d.cite.of(c.Current)...)
	return s
}

// quote adds what the source says of the figure: it may be more exact than a number,
// such as “over 160”.
func quote(d *drafting, s *Sentence, c *BriefingChange) {
	if !c.quoted {
		return
	}
	if note := d.cite.note(c.Current); note != "" {
		s.say(d.words.in(" (nguồn ghi: ", " (the source says: ")+note+")", c.Current)
	}
}

// wordTarget says how the unit stands to a target.
func wordTarget(d *drafting, b *BriefingTarget) *Sentence {
	w, s, row := d.words, &Sentence{}, b.Row
	figures := []*figure.Figure{row.Current}
	if row.Base != nil {
		figures = append(figures, row.Base)
	}
	s.Parts = append(s.Parts, &SentencePart{Text: row.Target.Statement(w.Language) + ": ", Target: row.Target})
	s.mention(d.cite.of(figures...)...)
	gap, known := row.Gap.Number()
	switch {
	case row.Current.Reason() != nil:
		return s.say(w.missing(row.Current), figures...)
	case !b.Ahead:
		s.Parts = append(s.Parts, &SentencePart{Text: row.Text(w.Language) + w.mark(row.Current), Figures: figures, Target: row.Target})
		return s
	}
	s.say(fmt.Sprintf("%s: %s%s", w.year(row.Year), row.Current.Text(w.Language), w.mark(row.Current)), figures...)
	tell := func(text string) {
		s.Parts = append(s.Parts, &SentencePart{Text: "; " + text, Figures: figures, Target: row.Target})
	}
	switch {
	case !known:
		tell(row.Reason.Text(w.Language))
	case row.Target.Met(gap):
		tell(w.in("đã ở mức mục tiêu (", "already there (") + query.GapText(row, w.Language) + ")")
	default:
		tell(query.GapText(row, w.Language))
		if pace, paced := b.PaceNeeded.Number(); paced {
			tell(query.PaceText(row, number.Text{VI: "cần ", EN: "needed: "}, pace, w.Language) + w.in(" đến năm ", " until ") + strconv.Itoa(int(row.Target.Years.To)))
		}
	}
	return s
}

// wordScore says how the unit stands to a set of criteria.
func wordScore(d *drafting, b *BriefingScore) *Sentence {
	w, s := d.words, &Sentence{}
	s.Parts = append(s.Parts, &SentencePart{Text: b.Set.Name(w.Language) + ": ", Set: b.Set})
	text := w.in("chưa có số liệu năm ", "no figure for ") + strconv.Itoa(int(d.Question.Year))
	var figures []*figure.Figure
	if b.Row != nil {
		text = b.Row.Text(w.Language)
		for _, result := range b.Row.Criteria {
			if result.Current != nil {
				figures = append(figures, result.Current)
			}
		}
	}
	s.Parts = append(s.Parts, &SentencePart{Text: text, Figures: figures, Set: b.Set})
	return s
}

// wordCohort says how many units a cohort has, and what was planned.
func wordCohort(d *drafting, c *catalogue.Cohort) *Sentence {
	w, planned := d.words, map[number.Year]int{}
	var years []number.Year
	for _, member := range c.Members {
		if member.Planned != 0 {
			if planned[member.Planned]++; planned[member.Planned] == 1 {
				years = append(years, member.Planned)
			}
		}
	}
	slices.Sort(years)
	noun := c.Level().Noun.For(len(c.Members) != 1, w.Language)
	text := fmt.Sprintf("%s: %s %s", c.Name(w.Language), number.FormatCount(len(c.Members), w.Language), noun)
	var parts []string
	for _, year := range years {
		parts = append(parts, fmt.Sprintf(w.in("%[1]d %[3]s năm %[2]d", "%[1]d in %[2]d"), planned[year], year, noun))
	}
	if len(parts) > 0 {
		text += w.in("; kế hoạch: ", "; planned: ") + strings.Join(parts, ", ")
	}
	return &Sentence{Parts: []*SentencePart{{Text: text, Cohort: c}}}
}

// mostLeaders is how many units that share a rank are named.
const mostLeaders = 3

// wordRanking tells who leads and who is last.
func wordRanking(d *drafting, b *BriefingRanking) *Sentence {
	w, s := d.words, &Sentence{}
	level := b.Level.Noun.For(true, w.Language)
	if b.Ranking == nil || len(b.Ranking.Rows) == 0 {
		if row := b.withheld(); row != nil {
			return s.say(b.Indicator.Name(w.Language)+w.in(", theo ", ", by ")+w.in(level, b.Level.Noun.One(number.English))+": "+w.missing(row.Current), row.Current)
		}
		own := d.facts[b.Indicator.Code]
		about := []*figure.Figure{}
		if own != nil {
			about = append(about, query.FigureOf(own, d.Question.Unit, d.Question.Year))
		}
		return s.say(fmt.Sprintf(w.in("%s: chưa có số liệu năm %d theo %s", "%s: no figures for %d by %s"),
			b.Indicator.Name(w.Language), d.Question.Year, w.in(level, b.Level.Noun.One(number.English))), about...)
	}
	rows := b.Ranking.Rows
	var leaders []*query.RankingRow
	for _, row := range rows {
		if *row.Rank == 1 {
			leaders = append(leaders, row)
		}
	}
	first := leaders[0].Current
	s.say(b.Indicator.Name(w.Language)+w.in(", theo ", ", by ")+w.in(level, b.Level.Noun.One(number.English))+": ", first)
	if len(leaders) > mostLeaders {
		s.say(fmt.Sprintf(w.in("%s %s cùng dẫn đầu, %s", "%s %s lead together, %s"), number.FormatCount(len(leaders), w.Language), level, first.Text(w.Language)), figuresOf(leaders)...)
		return rankedOf(w, s, b)
	}
	for i, row := range leaders {
		switch {
		case i > 0 && i == len(leaders)-1:
			s.say(w.in(" và ", " and "))
		case i > 0:
			s.say(", ")
		}
		s.say(row.Unit.Label(w.Language)+" "+row.Current.Text(w.Language)+w.mark(row.Current), row.Current)
	}
	s.say(w.in(" dẫn đầu", " first"))
	if last := rows[len(rows)-1]; *last.Rank > 1 && b.Ranking.Others == nil {
		s.say(w.in("; cuối là ", "; last "))
		s.say(last.Unit.Label(w.Language)+" "+last.Current.Text(w.Language)+w.mark(last.Current), last.Current)
	}
	return rankedOf(w, s, b)
}

// rankedOf says how many units are ranked where some are not: the first of them need
// not be the first of all.
func rankedOf(w briefingWords, s *Sentence, b *BriefingRanking) *Sentence {
	if r := b.Ranking; len(r.Unranked) > 0 {
		s.say(fmt.Sprintf(w.in(" (xếp hạng %s trên %s %s)", " (ranked %s of %s %s)"), number.FormatCount(r.RankedCount, w.Language), number.FormatCount(r.UniverseCount, w.Language), b.Level.Noun.For(true, w.Language)), figuresOf(r.Rows)...)
	}
	return s
}

func figuresOf(rows []*query.RankingRow) []*figure.Figure {
	figures := make([]*figure.Figure, len(rows))
	for i, row := range rows {
		figures[i] = row.Current
	}
	return figures
}
