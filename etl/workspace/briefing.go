package workspace

import (
	"github.com/niengiam/niengiam/stats/catalogue"
)

func readBriefings(r *reader, n node) []*catalogue.BriefingTemplate {
	var templates []*catalogue.BriefingTemplate
	for _, item := range n.list() {
		templates = append(templates, readBriefing(r, item))
	}
	return templates
}

func readBriefing(r *reader, item node) *catalogue.BriefingTemplate {
	m := item.mapping("code", "title", "levels", "headlines", "indicators", "targets", "scorecards", "cohorts", "rankings", "charts")
	code := m.need("code")
	t := &catalogue.BriefingTemplate{
		Code:           code.code(),
		Titles:         m.need("title").text(),
		LevelCodes:     r.levels.readList(m.get("levels")),
		IndicatorCodes: r.indicators.readList(m.get("indicators")),
		TargetCodes:    r.targets.readList(m.get("targets")),
		ScorecardCodes: r.scorecards.readList(m.get("scorecards")),
		CohortCodes:    r.cohorts.readList(m.get("cohorts")),
		ChartCodes:     r.indicators.readList(m.get("charts")),
	}
	r.briefings.declare(&r.faults, t.Code, code.at)
	headlines := m.need("headlines")
	for _, item := range bounded(headlines) {
		h := item.mapping("indicator", "quoted")
		indicator := h.need("indicator")
		headline := catalogue.HeadlineTemplate{IndicatorCode: indicator.scalar(), Quoted: h.get("quoted").flag()}
		r.indicators.refer(&r.faults, headline.IndicatorCode, indicator.at)
		t.Headlines = append(t.Headlines, headline)
	}
	if headlines.exists() && len(t.Headlines) == 0 {
		headlines.fault(MissingKey, "a briefing has at least one headline")
	}
	for _, item := range bounded(m.get("rankings")) {
		t.Rankings = append(t.Rankings, readRanking(r, item, t))
	}
	return t
}

func readRanking(r *reader, item node, t *catalogue.BriefingTemplate) catalogue.RankingTemplate {
	m := item.mapping("indicator", "by", "top")
	indicator, by := m.need("indicator"), m.need("by")
	ranking := catalogue.RankingTemplate{IndicatorCode: indicator.scalar(), By: by.scalar(), Top: m.get("top").integer(1, 1000)}
	known := r.indicators.refer(&r.faults, ranking.IndicatorCode, indicator.at)
	if !r.levels.refer(&r.faults, ranking.By, by.at) {
		return ranking
	}
	if known {
		if lowest := r.byCode[ranking.IndicatorCode].Eligibility.Level; r.rank(ranking.By) > r.rank(lowest) {
			by.fault(BadValue, "%q is not published below the level %q", ranking.IndicatorCode, lowest)
		}
	}
	for _, level := range t.LevelCodes {
		if r.rank(ranking.By) <= r.rank(level) {
			by.fault(BadValue, "units of the level %q do not lie within one of the level %q, for which the briefing is", ranking.By, level)
		}
	}
	return ranking
}
