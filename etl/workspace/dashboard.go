package workspace

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// mostTiles is how many tiles a dashboard can have: it is one screen.
const mostTiles = 20

// readDashboards reads the files that a workspace names, one dashboard each.
func readDashboards(r *reader, n node) []*catalogue.DashboardTemplate {
	var all []*catalogue.DashboardTemplate
	for _, file := range n.list() {
		if document := r.document(file); document.exists() {
			all = append(all, readDashboard(r, document))
		}
	}
	return all
}

func readDashboard(r *reader, document node) *catalogue.DashboardTemplate {
	m := document.mapping("code", "title", "description", "unit", "year", "base_year", "tiles")
	code, unit, tiles := m.need("code"), m.need("unit"), m.need("tiles")
	t := &catalogue.DashboardTemplate{
		Code: code.code(), Titles: m.need("title").text(), Descriptions: m.get("description").text(),
		UnitCode: unit.scalar(), Year: year(m.need("year")), BaseYear: cmp.Or(year(m.get("base_year")), number.DefaultBaseYear),
	}
	r.dashboards.declare(&r.faults, t.Code, code.at)
	r.units.refer(&r.faults, t.UnitCode, unit.at)
	if t.Year == t.BaseYear && t.Year != 0 {
		m.get("base_year").fault(BadValue, "the base year is the year shown, %d", t.Year)
	}
	items := tiles.list()
	switch {
	case tiles.exists() && len(items) == 0:
		tiles.fault(MissingKey, "a dashboard has at least one tile")
	case len(items) > mostTiles:
		tiles.fault(BadValue, "%d tiles; a dashboard can have %d", len(items), mostTiles)
	}
	for _, item := range items {
		t.Tiles = append(t.Tiles, readTile(r, item))
	}
	return t
}

// tileKeys are the keys that a kind of tile has besides kind and title: those that it
// must have, and those that it can have.
func tileKeys(kind catalogue.TileKind) (needs, takes []string) {
	switch kind {
	case catalogue.TrendTile:
		return []string{"indicator"}, []string{"units", "by", "within", "from", "year"}
	case catalogue.RankingTile:
		return []string{"indicator", "by"}, []string{"within", "year", "base_year", "order_by", "top", "target"}
	case catalogue.TargetsTile:
		return nil, []string{"indicator", "target", "unit", "year"}
	case catalogue.ScorecardTile:
		return []string{"set"}, []string{"by", "within", "unit", "year", "base_year"}
	case catalogue.TableTile:
		return []string{"indicators"}, []string{"units", "by", "within", "measures", "year", "base_year"}
	}
	return []string{"indicator"}, []string{"unit", "year", "base_year"}
}

// readTile reads a tile: its kind says which keys make its question, or it names a saved
// question.
func readTile(r *reader, item node) *catalogue.TileTemplate {
	all := item.mapping("kind", "title", "indicator", "indicators", "set", "target", "unit", "units", "by", "within", "year", "base_year",
		"from", "order_by", "top", "measures", "question", "variables")
	if _, saved := all.keys["question"]; saved {
		return readSaved(r, all)
	}
	word := all.need("kind").choice("headline", "trend", "ranking", "targets", "scorecard", "churn", "table")
	t := &catalogue.TileTemplate{Kind: catalogue.TileKind(constant(word)), Titles: all.need("title").text()}
	needs, takes := tileKeys(t.Kind)
	onlyKeys(r, all, fmt.Sprintf("a tile %q", word), slices.Concat(needs, takes, []string{"kind", "title"})...)
	for _, key := range needs {
		all.need(key)
	}
	t.IndicatorCode, t.SetCode = codeReader(r, all.get("indicator"), r.indicators), codeReader(r, all.get("set"), r.scorecards)
	t.TargetCode = codeReader(r, all.get("target"), r.targets)
	t.IndicatorCodes, t.UnitCodes = readCodes(r, all.get("indicators"), r.indicators), readCodes(r, all.get("units"), r.units)
	if unit := codeReader(r, all.get("unit"), r.units); unit != "" {
		t.UnitCodes = []string{unit}
	}
	t.By, t.WithinCode = codeReader(r, all.get("by"), r.levels), codeReader(r, all.get("within"), r.units)
	t.Year, t.BaseYear, t.From = year(all.get("year")), year(all.get("base_year")), year(all.get("from"))
	t.Top = all.get("top").integer(1, 1000)
	if order := all.get("order_by"); order.exists() {
		t.OrderBy = catalogue.RankingOrder(constant(order.choice("value", "absolute", "percent", "points", "gap")))
	}
	for _, measure := range bounded(all.get("measures")) {
		t.Measures = append(t.Measures, catalogue.TableMeasure(constant(measure.choice("figure", "value", "denominator", "rate", "absolute",
			"percent", "points", "index", "cagr", "rank", "movement"))))
	}
	checkTile(r, all, t)
	return t
}

// onlyKeys checks that a mapping has no other keys.
func onlyKeys(r *reader, m mapping, what string, known ...string) {
	for _, key := range slices.Sorted(maps.Keys(m.keys)) {
		if !slices.Contains(known, key) {
			r.add(m.keys[key], BadValue, "%s has no %q", what, key).Hint = number.EnglishOnly("it takes %s", strings.Join(known, ", "))
		}
	}
}

// codeReader reads a code that is declared; "" for an absent node.
func codeReader(r *reader, n node, known *names) string {
	code := n.scalar()
	known.refer(&r.faults, code, n.at)
	return code
}

// checkTile checks what can be known of a tile's question before it is asked.
func checkTile(r *reader, m mapping, t *catalogue.TileTemplate) {
	indicator := r.byCode[t.IndicatorCode]
	if t.WithinCode != "" && t.By == "" {
		m.get("within").fault(BadValue, "within narrows by, which is not given")
	}
	for _, key := range []string{"unit", "units"} {
		if t.By != "" && m.get(key).exists() {
			m.get(key).fault(BadValue, "both %s and by are given: %s names units, by a level, each of whose units is asked for", key, key)
		}
	}
	if t.OrderBy == catalogue.ByGap && t.TargetCode == "" {
		m.get("order_by").fault(BadValue, "the gap is that to a target, which is not given")
	}
	if indicators := m.get("indicators"); indicators.exists() && len(t.IndicatorCodes) == 0 {
		indicators.fault(MissingKey, "a table has at least one indicator")
	}
	if indicator == nil {
		return
	}
	if t.Kind == catalogue.ChurnTile && indicator.Kind != catalogue.Attainment {
		m.get("indicator").fault(BadValue, "the indicator %q is no attainment: nobody gains or loses it", indicator.Code)
	}
	order := func(level string) int { return slices.Index(r.levels.order, level) }
	if lowest := indicator.Eligibility.Level; t.By != "" && order(t.By) > order(lowest) {
		m.get("by").fault(BadValue, "%q is not published below the level %q", indicator.Code, lowest)
	}
}
