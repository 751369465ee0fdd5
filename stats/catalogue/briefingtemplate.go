package catalogue

import "github.com/niengiam/niengiam/stats/number"

// BriefingTemplate defines what a briefing contains, and in which order.
type BriefingTemplate struct {
	// Code names the template.
	Code string `json:"code"`
	// Titles is the subject: “new rural development and security”.
	Titles number.Text `json:"title"`
	// LevelCodes are the codes of the levels for whose units it is written; empty for all.
	LevelCodes []string `json:"levels,omitempty"`
	// Headlines come first, in their order.
	Headlines []HeadlineTemplate `json:"headlines"`
	// IndicatorCodes are the indicators that are sorted into improved and fallen back.
	IndicatorCodes []string `json:"indicators,omitempty"`
	// TargetCodes are the targets that the unit is compared with.
	TargetCodes []string `json:"targets,omitempty"`
	// ScorecardCodes are the sets of criteria that the briefing reports.
	ScorecardCodes []string `json:"scorecards,omitempty"`
	// CohortCodes are the cohorts that the briefing reports.
	CohortCodes []string `json:"cohorts,omitempty"`
	// Rankings are the rankings of units within the unit.
	Rankings []RankingTemplate `json:"rankings,omitempty"`
	// ChartCodes are the indicators that are drawn over the years.
	ChartCodes []string `json:"charts,omitempty"`
}

// HeadlineTemplate defines one headline of a briefing.
type HeadlineTemplate struct {
	// IndicatorCode is the code of its indicator.
	IndicatorCode string `json:"indicator"`
	// Quoted adds what the source says of the figure: “over 160”.
	Quoted bool `json:"quoted,omitempty"`
}

// RankingTemplate defines one ranking of a briefing.
type RankingTemplate struct {
	// IndicatorCode is the code of its indicator.
	IndicatorCode string `json:"indicator"`
	// By is the code of the level whose units are ranked.
	By string `json:"by"`
	// Top keeps the first so many ranks; 0 keeps all.
	Top int `json:"top,omitempty"`
}

// Title is the subject.
func (t *BriefingTemplate) Title(language number.Language) string { return t.Titles.In(language) }
