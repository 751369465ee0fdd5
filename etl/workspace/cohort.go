package workspace

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

func readCohorts(r *reader, n node) []*catalogue.Cohort {
	document := r.document(n)
	if !document.exists() {
		return nil
	}
	var cohorts []*catalogue.Cohort
	for _, item := range document.mapping("cohorts").need("cohorts").list() {
		cohorts = append(cohorts, readCohort(r, item))
	}
	return cohorts
}

func readCohort(r *reader, item node) *catalogue.Cohort {
	m := item.mapping("code", "name", "level", "years", "indicator", "units", "source")
	code, level, indicator := m.need("code"), m.need("level"), m.get("indicator")
	cohort := &catalogue.Cohort{
		Code:          code.code(),
		Names:         m.need("name").text(),
		LevelCode:     level.scalar(),
		Years:         readYears(m.need("years")),
		IndicatorCode: indicator.scalar(),
		Source:        readCitation(m.get("source")),
	}
	r.cohorts.declare(&r.faults, cohort.Code, code.at)
	r.levels.refer(&r.faults, cohort.LevelCode, level.at)
	if m.get("years").exists() && cohort.Years.From == 0 {
		m.get("years").fault(MissingKey, "the first year of a cohort is missing: its units are those of that year")
	}
	planned := 0
	for _, item := range m.need("units").list() {
		unit, year := readMember(r, item, cohort)
		if year != 0 {
			planned++
		}
		if slices.ContainsFunc(cohort.Members, func(m catalogue.Member) bool { return m.Unit == unit }) {
			item.fault(DuplicateCode, "the unit %q stands twice in the cohort", unit)
			continue
		}
		cohort.Members = append(cohort.Members, catalogue.Member{Unit: unit, Planned: year})
	}
	checkPlan(r, m, cohort, planned)
	return cohort
}

// readMember reads a unit of a cohort: its code alone, or its code and the year
// in which it is planned to meet the cohort's indicator.
func readMember(r *reader, item node, cohort *catalogue.Cohort) (string, number.Year) {
	if !item.isMapping() {
		unit := item.scalar()
		checkMember(r, item, cohort, unit)
		return unit, 0
	}
	m := item.mapping("code", "planned")
	code, planned := m.need("code"), m.need("planned")
	unit, year := code.scalar(), year(planned)
	checkMember(r, code, cohort, unit)
	if from, to := cohort.Years.From, cohort.Years.To; year != 0 && from != 0 && (year < from || to != 0 && year > to) {
		planned.fault(BadValue, "the planned year %d lies outside the years of the cohort", year)
	}
	return unit, year
}

// checkPlan checks that planned years and the indicator that they are for stand
// together, and that the indicator is one that the cohort's units can meet.
func checkPlan(r *reader, m mapping, cohort *catalogue.Cohort, planned int) {
	indicator := m.get("indicator")
	switch {
	case planned > 0 && !indicator.exists():
		m.get("units").fault(MissingKey, "the key \"indicator\" is missing: planned years need what is to be met in them")
		return
	case !indicator.exists():
		return
	case planned == 0:
		indicator.fault(BadValue, "no unit has a planned year for the indicator %q", cohort.IndicatorCode)
	}
	if !r.indicators.refer(&r.faults, cohort.IndicatorCode, indicator.at) {
		return
	}
	known := r.byCode[cohort.IndicatorCode]
	switch {
	case known.Kind != catalogue.Attainment:
		indicator.fault(BadValue, "only an attainment can be met: %q is none", cohort.IndicatorCode)
	case known.Eligibility.Level != cohort.LevelCode:
		indicator.fault(BadValue, "%q is met by units of the level %s, not %s", cohort.IndicatorCode, known.Eligibility.Level, cohort.LevelCode)
	}
}

// checkMember checks that a code was a unit of the cohort's level on 31 December
// of the cohort's first year or of the year before it: a set that is named in a
// year whose end abolishes its units is named for those units.
func checkMember(r *reader, item node, cohort *catalogue.Cohort, unit string) {
	if !r.units.refer(&r.faults, unit, item.at) || cohort.Years.From == 0 {
		return
	}
	for _, year := range []number.Year{cohort.Years.From, cohort.Years.From - 1} {
		if version := r.lives.on(unit, year.Reference()); version != nil {
			if version.Level != cohort.LevelCode {
				item.fault(UnknownReference, "the unit %q is of the level %s, not %s", unit, version.Level, cohort.LevelCode)
			}
			return
		}
	}
	item.fault(UnknownReference, "the unit %q did not exist on 31 December of %d or the year before", unit, cohort.Years.From)
}
