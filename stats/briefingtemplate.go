package stats

import (
	"slices"
)

// UnknownBriefing is the code of a template that no briefing has.
const UnknownBriefing Code = "UNKNOWN_BRIEFING"

// BriefingTemplate says what a briefing tells, and in which order.
type BriefingTemplate struct {
	// Code names the template.
	Code string `json:"code"`
	// Titles is the subject: “new rural development and security”.
	Titles Text `json:"title"`
	// LevelCodes are the codes of the levels for whose units it is written; empty for all.
	LevelCodes []string `json:"levels,omitempty"`
	// Headlines are told first, in their order.
	Headlines []HeadlineTemplate `json:"headlines"`
	// IndicatorCodes are the indicators that are sorted into improved and fallen back.
	IndicatorCodes []string `json:"indicators,omitempty"`
	// TargetCodes are the targets that the unit is held against.
	TargetCodes []string `json:"targets,omitempty"`
	// ScorecardCodes are the sets of criteria that are told.
	ScorecardCodes []string `json:"scorecards,omitempty"`
	// CohortCodes are the cohorts that are told.
	CohortCodes []string `json:"cohorts,omitempty"`
	// Rankings are the rankings of units within the unit.
	Rankings []RankingTemplate `json:"rankings,omitempty"`
	// ChartCodes are the indicators that are drawn over the years.
	ChartCodes []string `json:"charts,omitempty"`
}

// HeadlineTemplate is one headline.
type HeadlineTemplate struct {
	// IndicatorCode is the code of its indicator.
	IndicatorCode string `json:"indicator"`
	// Quoted adds what the source says of the figure: “over 160”.
	Quoted bool `json:"quoted,omitempty"`
}

// RankingTemplate is one ranking.
type RankingTemplate struct {
	// IndicatorCode is the code of its indicator.
	IndicatorCode string `json:"indicator"`
	// By is the code of the level whose units are ranked.
	By string `json:"by"`
	// Top keeps the first so many ranks; 0 keeps all.
	Top int `json:"top,omitempty"`
}

// Title is the subject.
func (t *BriefingTemplate) Title(language Language) string { return t.Titles.In(language) }

// Templates lists the templates of briefings.
func (w *Writer) Templates() []*BriefingTemplate { return w.Catalogue().Briefings }

// Template gives the template of a code, nil when there is none.
func (c *Catalogue) Template(code string) *BriefingTemplate {
	for _, t := range c.Briefings {
		if t.Code == code {
			return t
		}
	}
	return nil
}

// template finds the template that was asked for, or the first one for the unit's
// level; where the workspace has none, one of all that is known of the unit.
func (r *resolver) template(code string, q *BriefingQuestion) *BriefingTemplate {
	if code != "" {
		if t := r.Template(code); t != nil {
			return t
		}
		var names []name
		for _, t := range r.Briefings {
			names = append(names, named(t.Code, t.Titles.VI, t.Titles.EN))
		}
		r.fault(&Error{
			Code: UnknownBriefing, Where: "template", Message: Say("no briefing has the template %q", code),
			Nearest: nearest(code, names), Hint: Say("list them with { briefingTemplates { code title } }"),
		})
		return nil
	}
	unit := q.Unit
	if unit == nil {
		return nil
	}
	for _, t := range r.Briefings {
		if len(t.LevelCodes) == 0 || slices.Contains(t.LevelCodes, unit.Level.Code) {
			return t
		}
	}
	return r.allKnown(q)
}

// The sizes of a briefing that has no template.
const (
	plainHeadlines = 5
	plainCharts    = 4
)

// allKnown is a template of all indicators with figures for the unit in either
// year, in the order of the topics and of the catalogue, and of its targets.
func (r *resolver) allKnown(q *BriefingQuestion) *BriefingTemplate {
	t := &BriefingTemplate{Titles: Text{VI: "Các chỉ tiêu chính", EN: "Main indicators"}}
	unit, year, base := q.Unit, q.Year, q.BaseYear
	h := r.frame(q.view.basis, year.Reference())
	for _, topic := range r.Topics {
		for _, i := range r.Indicators {
			if i.Topic() != topic || !i.hasYear(year, q.view.View) && !i.hasYear(base, q.view.View) || h.Eligible(i, unit) == 0 {
				continue
			}
			t.IndicatorCodes = append(t.IndicatorCodes, i.Code)
			if i.hasYear(year, q.view.View) && len(t.Headlines) < plainHeadlines {
				t.Headlines = append(t.Headlines, HeadlineTemplate{IndicatorCode: i.Code})
			}
			if len(i.yearsIn(q.view.View)) > 2 && len(t.ChartCodes) < plainCharts {
				t.ChartCodes = append(t.ChartCodes, i.Code)
			}
		}
	}
	for _, target := range r.Targets {
		if target.UnitCode == unit.Code || target.LevelCode == unit.Level.Code {
			t.TargetCodes = append(t.TargetCodes, target.Code)
		}
	}
	return t
}
