package workspace

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
)

// mostHeadlines is how many entries a list of a briefing can have: it is one page.
const mostHeadlines = 30

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
		LevelCodes:     readCodes(r, m.get("levels"), r.levels),
		IndicatorCodes: readCodes(r, m.get("indicators"), r.indicators),
		TargetCodes:    readCodes(r, m.get("targets"), r.targets),
		ScorecardCodes: readCodes(r, m.get("scorecards"), r.scorecards),
		CohortCodes:    readCodes(r, m.get("cohorts"), r.cohorts),
		ChartCodes:     readCodes(r, m.get("charts"), r.indicators),
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
	order := func(level string) int { return slices.Index(r.levels.order, level) }
	if known {
		if lowest := r.byCode[ranking.IndicatorCode].Eligibility.Level; order(ranking.By) > order(lowest) {
			by.fault(BadValue, "%q is not published below the level %q", ranking.IndicatorCode, lowest)
		}
	}
	for _, level := range t.LevelCodes {
		if order(ranking.By) <= order(level) {
			by.fault(BadValue, "units of the level %q do not lie within one of the level %q, for which the briefing is", ranking.By, level)
		}
	}
	return ranking
}

// readCodes reads a list of codes that are declared, each once.
func readCodes(r *reader, n node, known *names) []string {
	var codes []string
	for _, item := range bounded(n) {
		code := item.scalar()
		if slices.Contains(codes, code) {
			item.fault(DuplicateCode, "%s %q stands here twice", known.sort, code)
			continue
		}
		known.refer(&r.faults, code, item.at)
		codes = append(codes, code)
	}
	return codes
}

// bounded gives the items of a list of a briefing.
func bounded(n node) []node {
	items := n.list()
	if len(items) > mostHeadlines {
		n.fault(BadValue, "%d entries; a list of a briefing can have %d", len(items), mostHeadlines)
		return items[:mostHeadlines]
	}
	return items
}
