package workspace

import (
	"regexp"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
)

// mostCriteria is how many criteria, parts included, a set can have.
const mostCriteria = 500

func readScorecards(r *reader, n node) []*catalogue.CriteriaSet {
	document := r.document(n)
	if !document.exists() {
		return nil
	}
	var sets []*catalogue.CriteriaSet
	for _, item := range document.mapping("scorecards").need("scorecards").list() {
		sets = append(sets, readCriteriaSet(r, item))
	}
	return sets
}

func readCriteriaSet(r *reader, item node) *catalogue.CriteriaSet {
	m := item.mapping("code", "name", "eligible", "years", "bands", "minimum_coverage", "coverage_weight", "criteria", "source")
	code, criteria, weight := m.need("code"), m.need("criteria"), m.get("coverage_weight")
	set := &catalogue.CriteriaSet{
		Code:               code.code(),
		Names:              m.need("name").text(),
		Eligibility:        readEligibility(r, m.need("eligible")),
		Years:              readYears(m.get("years")),
		MinimumCoverage:    readCoverage(m.get("minimum_coverage")),
		CoverageWeightCode: weight.scalar(),
		Source:             readCitation(m.get("source")),
	}
	if weight.exists() && countOf(r, weight) {
		checkCoverageWeight(r, weight, set.Eligibility)
	}
	r.scorecards.declare(&r.faults, set.Code, code.at)
	known := newNames("criterion of " + set.Code)
	for _, item := range criteria.list() {
		set.Criteria = append(set.Criteria, readCriterion(r, item, set, known, "criteria"))
	}
	switch {
	case criteria.exists() && len(set.Criteria) == 0:
		criteria.fault(MissingKey, "a set has at least one criterion")
	case len(known.order) > mostCriteria:
		criteria.fault(BadValue, "%d criteria; a set can have %d", len(known.order), mostCriteria)
	}
	set.BandFloors = readBands(m.get("bands"), len(set.Criteria))
	return set
}

// readCriterion reads a criterion: what an indicator says, or what the criteria
// under a key say together. Those have no parts themselves.
func readCriterion(r *reader, item node, set *catalogue.CriteriaSet, known *names, parts ...string) *catalogue.Criterion {
	m := item.mapping(append([]string{"code", "name", "indicator"}, parts...)...)
	code, indicator := m.need("code"), m.get("indicator")
	criterion := &catalogue.Criterion{Code: code.scalar(), Names: m.need("name").text(), IndicatorCode: indicator.scalar()}
	if code.exists() && !regexp.MustCompile(`^[a-z0-9]+([.-][a-z0-9]+)*$`).MatchString(criterion.Code) {
		code.fault(BadValue, "%q is not the code of a criterion, like 19 or 19.2", criterion.Code)
	}
	known.declare(&r.faults, criterion.Code, code.at)
	for _, key := range parts {
		for _, part := range m.get(key).list() {
			criterion.Parts = append(criterion.Parts, readCriterion(r, part, set, known))
		}
	}
	switch {
	case !indicator.exists():
	case len(criterion.Parts) > 0:
		indicator.fault(BadValue, "the criterion %q has parts, which say whether it is met: it has no indicator", criterion.Code)
	case r.indicators.refer(&r.faults, criterion.IndicatorCode, indicator.at):
		checkCriterion(indicator, set, r.byCode[criterion.IndicatorCode])
	}
	return criterion
}

// checkCriterion checks that an indicator says of each scored unit whether it
// meets a criterion.
func checkCriterion(at node, set *catalogue.CriteriaSet, indicator *catalogue.Indicator) {
	own, theirs := indicator.Eligibility, set.Eligibility
	kinds := func(e catalogue.Eligibility) []string { return slices.Compact(slices.Sorted(slices.Values(e.Kinds))) }
	switch {
	case indicator.Kind != catalogue.Attainment:
		at.fault(BadValue, "the indicator %q is no attainment: it does not say who meets a criterion", indicator.Code)
	case own.Level != theirs.Level || !slices.Equal(kinds(own), kinds(theirs)):
		at.fault(BadValue, "the indicator %q has other units (eligible) than the set %q", indicator.Code, set.Code)
	}
}

// readBands reads the least numbers of met criteria of each band.
func readBands(n node, criteria int) []int {
	var bands []int
	for _, item := range n.list() {
		least := item.integer(0, max(criteria, 0))
		if len(bands) > 0 && least >= bands[len(bands)-1] {
			item.fault(BadValue, "bands stand from the highest down: %d is not less than %d", least, bands[len(bands)-1])
		}
		bands = append(bands, least)
	}
	if n.exists() && (len(bands) == 0 || bands[len(bands)-1] != 0) {
		n.fault(BadValue, "the last band begins at 0, so that every unit is in one")
	}
	return bands
}
