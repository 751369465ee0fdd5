package workspace

import "github.com/niengiam/niengiam/stats/catalogue"

func readTargets(r *reader, n node) []*catalogue.Target {
	document := r.document(n)
	if !document.exists() {
		return nil
	}
	var targets []*catalogue.Target
	for _, item := range document.mapping("targets").need("targets").list() {
		targets = append(targets, readTarget(r, item))
	}
	return targets
}

func readTarget(r *reader, item node) *catalogue.Target {
	m := item.mapping("code", "indicator", "unit", "level", "years", "base", "on", "comparator", "value", "statement", "source")
	code, indicator, unit, level := m.need("code"), m.need("indicator"), m.get("unit"), m.get("level")
	target := &catalogue.Target{
		Code:          code.code(),
		IndicatorCode: indicator.scalar(),
		UnitCode:      unit.scalar(),
		LevelCode:     level.scalar(),
		Years:         readYears(m.need("years")),
		BaseYear:      year(m.get("base")),
		On:            catalogue.TargetOn(constant(m.need("on").choice("value", "rate", "change-percent", "change-absolute"))),
		Comparator:    catalogue.Comparator(constant(m.need("comparator").choice("at-least", "at-most"))),
		Number:        readDecimal(m.need("value")),
		Statements:    m.need("statement").text(),
		Source:        readCitation(m.get("source")),
	}
	r.targets.declare(&r.faults, target.Code, code.at)
	known := r.indicators.refer(&r.faults, target.IndicatorCode, indicator.at)
	if known && target.On == catalogue.OnRate && !r.byCode[target.IndicatorCode].HasRate() {
		m.get("on").fault(BadValue, "the indicator %q has no rate", target.IndicatorCode)
	}
	checkBase(m, target)
	switch {
	case unit.exists() == level.exists():
		m.fault(BadValue, "a target is for a unit or for a level: name one of them")
	case unit.exists():
		r.units.refer(&r.faults, target.UnitCode, unit.at)
	default:
		r.levels.refer(&r.faults, target.LevelCode, level.at)
	}
	return target
}

// checkBase checks that a target with a base year has a line to follow: from that
// year, which lies before the period, to the period's end.
func checkBase(m mapping, target *catalogue.Target) {
	base := m.get("base")
	switch {
	case target.BaseYear == 0:
	case target.Years.To == 0:
		base.fault(MissingKey, "the last year is missing: a target with a base year is due at the end of its years")
	case target.BaseYear >= target.Years.To, target.Years.From != 0 && target.BaseYear >= target.Years.From:
		base.fault(BadValue, "the base year %d is not before the years of the target", target.BaseYear)
	case target.On != catalogue.OnValue && target.On != catalogue.OnRate:
		base.fault(BadValue, "a target on a change is due each year: it has no base year")
	}
}
