package statstest

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"github.com/niengiam/niengiam/stats/briefing"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// declareBriefing declares a template, one list a line:
//
//	briefing page for province
//	  headlines crimes leaflets!      # ! quotes what the source says
//	  indicators crimes pupils
//	  targets fewer
//	  scorecards standard
//	  cohorts pilot
//	  ranking pupils by district top 3
//	  charts pupils
func declareBriefing(w *world, s statement) error {
	a := &arguments{words: s.words[1:]}
	t := &catalogue.BriefingTemplate{Code: a.next()}
	t.Titles = number.Same(t.Code)
	if level := a.after("for"); level != "" {
		t.LevelCodes = []string{level}
	}
	for _, b := range s.body {
		words := b.words[1:]
		switch b.words[0] {
		case "headlines":
			for _, word := range words {
				code, quoted := strings.CutSuffix(word, "!")
				t.Headlines = append(t.Headlines, catalogue.HeadlineTemplate{IndicatorCode: code, Quoted: quoted})
			}
		case "indicators":
			t.IndicatorCodes = words
		case "targets":
			t.TargetCodes = words
		case "scorecards":
			t.ScorecardCodes = words
		case "cohorts":
			t.CohortCodes = words
		case "charts":
			t.ChartCodes = words
		case "ranking":
			a := &arguments{words: words}
			ranking := catalogue.RankingTemplate{IndicatorCode: a.next(), By: a.after("by")}
			if top := a.after("top"); top != "" {
				if _, err := fmt.Sscan(top, &ranking.Top); err != nil {
					return err
				}
			}
			t.Rankings = append(t.Rankings, ranking)
		default:
			return fmt.Errorf("line %d: %q is no part of a briefing", b.line, b.words[0])
		}
	}
	w.definitions.Briefings = append(w.definitions.Briefings, t)
	w.defined = false
	return a.end()
}

// brief asks for a briefing and writes its sentences, each after the name of its
// part; [english] in English, [parts] with the figures of each piece in brackets.
//
//	brief P 2020 [vs 2018] [template page] [english] [since 2020-03-01] [as of 2020-12-31]
//	  headline crimes: 120 vụ, giảm 5 vụ so với năm 2019 [1]
//	  note PROVISIONAL_FIGURES …
func brief(ctx context.Context, in *session, a *arguments) ([]string, error) {
	ask := briefing.BriefingAsk{Unit: a.next(), Template: a.after("template")}
	question := query.Ask{}
	if err := period(a, &question, "brief"); err != nil {
		return nil, err
	}
	if a.has("english") {
		ask.Language = number.English
	}
	if since := a.after("since"); since != "" {
		date, err := number.ParseDate(since)
		if err != nil {
			return nil, err
		}
		ask.Since = &query.AsOf{Date: &date}
	}
	options(a, &question)
	ask.Year, ask.BaseYear, ask.Scope = question.Year, question.BaseYear, question.Scope
	if err := a.end(); err != nil {
		return nil, err
	}
	b, err := briefing.NewWriter(in.service).Briefing(ctx, ask)
	if err != nil {
		return nil, err
	}
	lines := append(sentences(b), exhibits(b)...)
	return append(lines, notes(b.Notes, "")...), traced(b)
}

// sentences writes the sentences, each after the name of its part.
func sentences(b *briefing.Briefing) []string {
	var lines []string
	say := func(part string, s *briefing.Sentence) {
		words := []string{part, s.Text()}
		for _, number := range s.Footnotes {
			words = append(words, fmt.Sprintf("[%d]", number))
		}
		lines = append(lines, strings.Join(words, " "))
	}
	for _, list := range []struct {
		name    string
		changes []*briefing.BriefingChange
	}{
		{"headline", b.Headlines}, {"improved", b.Improved}, {"fell back", b.FellBack},
		{"changed", b.Changed}, {"unchanged", b.Unchanged}, {"unknown", b.Unknown},
	} {
		for _, c := range list.changes {
			say(list.name, c.Sentence)
		}
	}
	for _, t := range b.Targets {
		say("target", t.Sentence)
	}
	for _, s := range b.Scorecards {
		say("score", s.Sentence)
	}
	for _, c := range b.Cohorts {
		say("cohort", c.Sentence)
	}
	for _, ranking := range b.Rankings {
		say("ranking", ranking.Sentence)
	}
	for _, revision := range b.Revised {
		say("revised", revision.Sentence)
	}
	return lines
}

// exhibits writes the charts and footnotes.
func exhibits(b *briefing.Briefing) []string {
	var lines []string
	for _, chart := range b.Charts {
		words := []string{"chart", chart.Indicator.Code}
		for _, f := range chart.Figures {
			words = append(words, fmt.Sprintf("%d %s", f.Year, f.Measure()))
		}
		lines = append(lines, strings.Join(words, " "))
	}
	for _, f := range b.Footnotes {
		line := fmt.Sprintf("footnote %d %s %s observations %d", f.Number, orNone(f.Citation), f.Published, f.ObservationCount)
		lines = append(lines, strings.TrimSpace(line+" "+strings.Join(f.Remarks, "; ")))
	}
	return lines
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

// traced fails when a numeral of a briefing leads to no figure.
func traced(b *briefing.Briefing) error {
	for _, s := range b.Sentences() {
		for _, part := range s.Parts {
			named := len(part.Figures) > 0 || part.Target != nil || part.Cohort != nil || part.Set != nil || part.Cell != nil
			if strings.IndexFunc(part.Text, unicode.IsDigit) >= 0 && !named {
				return fmt.Errorf("%q has a numeral and tells of no figure", part.Text)
			}
		}
	}
	return nil
}
