package workspace

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// readTile reads a tile: its kind says which keys make its question, or it names a saved
// question.
func readTile(r *reader, questions Questions, item node) *catalogue.TileTemplate {
	all := item.mapping("kind", "title", "indicator", "indicators", "set", "target", "unit", "units", "by", "within", "year", "base_year",
		"from", "order_by", "top", "measures", "question", "variables")
	if _, saved := all.keys["question"]; saved {
		return readSaved(r, questions, all)
	}
	word := all.need("kind").choice("headline", "trend", "ranking", "targets", "scorecard", "churn", "table")
	t := &catalogue.TileTemplate{Kind: catalogue.TileKind(constant(word)), Titles: all.need("title").text()}
	needs, takes := tileKeys(t.Kind)
	onlyKeys(r, all, fmt.Sprintf("a tile %q", word), slices.Concat(needs, takes, []string{"kind", "title"})...)
	for _, key := range needs {
		all.need(key)
	}
	t.IndicatorCode, t.SetCode = r.indicators.read(all.get("indicator")), r.scorecards.read(all.get("set"))
	t.TargetCode = r.targets.read(all.get("target"))
	t.IndicatorCodes, t.UnitCodes = r.indicators.readList(all.get("indicators")), r.units.readList(all.get("units"))
	if unit := r.units.read(all.get("unit")); unit != "" {
		t.UnitCodes = []string{unit}
	}
	t.By, t.WithinCode = r.levels.read(all.get("by")), r.units.read(all.get("within"))
	t.Year, t.BaseYear, t.From = year(all.get("year")), baseYear(all.get("base_year")), year(all.get("from"))
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

// readSaved makes a tile of the saved question that it names.
func readSaved(r *reader, questions Questions, all mapping) *catalogue.TileTemplate {
	onlyKeys(r, all, "a tile of a saved question", "question", "title", "variables")
	question, title, variables := all.need("question"), all.get("title").text(), all.get("variables").mapping()
	code := question.scalar()
	if !r.questions.refer(&r.faults, code, question.at) {
		return &catalogue.TileTemplate{}
	}
	given := map[string][]string{}
	for name, value := range variables.fields {
		given[name] = value.scalars()
	}
	t, err := questions.Tile(code, title, given)
	for _, fault := range number.Errors(err) {
		at, message := question.at, number.EnglishOnly("the saved question %q is no tile: %s: %s", code, fault.Where, fault.Message)
		if variable, is := variables.fields[fault.Where]; is {
			at, message = variable.at, fault.Message
		}
		told := r.add(at, fault.Code, "%s", message)
		told.Nearest, told.Hint = fault.Nearest, fault.Hint
	}
	if err != nil {
		if len(number.Errors(err)) == 0 {
			r.all = append(r.all, err) // no fault is dropped, whatever it is
		}
		return &catalogue.TileTemplate{}
	}
	for _, named := range []struct {
		known *names
		codes []string
	}{
		{r.indicators, append([]string{t.IndicatorCode}, t.IndicatorCodes...)},
		{r.scorecards, []string{t.SetCode}},
		{r.targets, []string{t.TargetCode}},
		{r.levels, []string{t.By}},
		{r.units, append([]string{t.WithinCode}, t.UnitCodes...)},
	} {
		for _, code := range named.codes {
			named.known.refer(&r.faults, code, question.at)
		}
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
	if lowest := indicator.Eligibility.Level; t.By != "" && r.rank(t.By) > r.rank(lowest) {
		m.get("by").fault(BadValue, "%q is not published below the level %q", indicator.Code, lowest)
	}
}
