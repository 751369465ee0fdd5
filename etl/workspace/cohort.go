package workspace

import (
	"slices"

	"github.com/niengiam/niengiam/stats"
)

func (r *reader) readCohorts(n node) []*stats.Cohort {
	document := r.document(n)
	if !document.exists() {
		return nil
	}
	var cohorts []*stats.Cohort
	for _, item := range document.mapping("cohorts").need("cohorts").list() {
		m := item.mapping("code", "name", "level", "years", "units", "source")
		code, level := m.need("code"), m.need("level")
		cohort := &stats.Cohort{
			Code:   code.code(),
			Names:  m.need("name").text(),
			Level:  level.scalar(),
			Years:  readYears(m.need("years")),
			Source: readCitation(m.get("source")),
		}
		r.cohorts.declare(&r.faults, cohort.Code, code.at)
		r.levels.refer(&r.faults, cohort.Level, level.at)
		if m.get("years").exists() && cohort.Years.From == 0 {
			m.get("years").fault(MissingKey, "the first year of a cohort is missing: its units are those of that year")
		}
		for _, item := range m.need("units").list() {
			unit := item.scalar()
			if slices.Contains(cohort.Units, unit) {
				item.fault(DuplicateCode, "the unit %q stands twice in the cohort", unit)
				continue
			}
			cohort.Units = append(cohort.Units, unit)
			r.checkMember(item, cohort, unit)
		}
		cohorts = append(cohorts, cohort)
	}
	return cohorts
}

// checkMember checks that a code was a unit of the cohort's level on 31 December
// of the cohort's first year or of the year before it: a set that is named in a
// year whose end abolishes its units is named for those units.
func (r *reader) checkMember(item node, cohort *stats.Cohort, unit string) {
	if !r.units.refer(&r.faults, unit, item.at) || cohort.Years.From == 0 {
		return
	}
	for _, year := range []stats.Year{cohort.Years.From, cohort.Years.From - 1} {
		if version := r.unitOn(unit, year.Reference()); version != nil {
			if version.Level != cohort.Level {
				item.fault(UnknownReference, "the unit %q is of the level %s, not %s", unit, version.Level, cohort.Level)
			}
			return
		}
	}
	item.fault(UnknownReference, "the unit %q did not exist on 31 December of %d or the year before", unit, cohort.Years.From)
}

func (r *reader) readTargets(n node) []*stats.Target {
	document := r.document(n)
	if !document.exists() {
		return nil
	}
	var targets []*stats.Target
	for _, item := range document.mapping("targets").need("targets").list() {
		targets = append(targets, r.readTarget(item))
	}
	return targets
}

func (r *reader) readTarget(item node) *stats.Target {
	m := item.mapping("code", "indicator", "unit", "level", "years", "on", "comparator", "value", "statement", "source")
	code, indicator, unit, level := m.need("code"), m.need("indicator"), m.get("unit"), m.get("level")
	target := &stats.Target{
		Code:       code.code(),
		Indicator:  indicator.scalar(),
		Unit:       unit.scalar(),
		Level:      level.scalar(),
		Years:      readYears(m.need("years")),
		On:         m.need("on").choice("value", "rate", "change-percent", "change-absolute"),
		Comparator: m.need("comparator").choice("at-least", "at-most"),
		Value:      readDecimal(m.need("value")),
		Statement:  m.need("statement").text(),
		Source:     readCitation(m.get("source")),
	}
	r.targets.declare(&r.faults, target.Code, code.at)
	known := r.indicators.refer(&r.faults, target.Indicator, indicator.at)
	if known && target.On == "rate" && !r.byCode[target.Indicator].Kind.IsPercentage() {
		m.get("on").fault(BadValue, "the indicator %q has no rate", target.Indicator)
	}
	switch {
	case unit.exists() == level.exists():
		m.fault(BadValue, "a target is for a unit or for a level: name one of them")
	case unit.exists():
		r.units.refer(&r.faults, target.Unit, unit.at)
	default:
		r.levels.refer(&r.faults, target.Level, level.at)
	}
	return target
}
