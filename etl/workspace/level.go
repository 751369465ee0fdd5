package workspace

import "github.com/niengiam/niengiam/stats/catalogue"

func readLevels(r *reader, n node) []*catalogue.Level {
	document := r.document(n)
	r.levels.partial = !document.exists()
	var levels []*catalogue.Level
	for _, item := range document.mapping("levels").need("levels").list() {
		m := item.mapping("code", "name", "kinds")
		code := m.need("code")
		level := &catalogue.Level{Code: code.code(), Noun: m.need("name").noun()}
		r.levels.declare(&r.faults, level.Code, code.at)
		kinds := newNames("kind of the level " + level.Code)
		for _, item := range m.need("kinds").list() {
			m := item.mapping("code", "name", "short", "aggregate", "bare")
			code := m.need("code")
			kind := &catalogue.Kind{Code: code.code(), Names: m.need("name").text(), Aggregate: m.get("aggregate").flag(), Bare: m.get("bare").flag()}
			if short := m.get("short"); short.exists() {
				kind.Abbreviation = short.text()
			}
			kinds.declare(&r.faults, kind.Code, code.at)
			level.Kinds = append(level.Kinds, kind)
		}
		levels = append(levels, level)
		r.byLevel[level.Code] = level
	}
	return levels
}

func readEligibility(r *reader, n node) catalogue.Eligibility {
	m := n.mapping("level", "kinds")
	level := m.need("level")
	eligibility := catalogue.Eligibility{Level: level.scalar()}
	if !r.levels.refer(&r.faults, eligibility.Level, level.at) {
		return eligibility
	}
	known := r.kindsOf(eligibility.Level)
	for _, item := range m.get("kinds").list() {
		kind := item.scalar()
		known.refer(&r.faults, kind, item.at)
		if r.isAggregate(eligibility.Level, kind) {
			item.fault(BadValue, "units of the kind %q are aggregates, of which none is expected to report", kind)
		}
		eligibility.Kinds = append(eligibility.Kinds, kind)
	}
	return eligibility
}
