package workspace

import (
	"slices"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
)

// mostDecimals is how many digits after the point a printed figure may have.
const mostDecimals = 10

// mostConfidential is the greatest threshold of a confidential indicator.
const mostConfidential = 1000

// readIndicators reads the files of a list. A denominator or weight may be declared
// after the indicator that names it, so they are checked last.
func readIndicators(r *reader, n node) []*catalogue.Indicator {
	var indicators []*catalogue.Indicator
	var wholes []whole
	files := n.list()
	r.indicators.partial = len(files) == 0
	for _, file := range files {
		document := r.document(file)
		r.indicators.partial = r.indicators.partial || !document.exists()
		for _, item := range document.mapping("indicators").need("indicators").list() {
			indicator, whole := readIndicator(r, item)
			indicators = append(indicators, indicator)
			wholes = append(wholes, whole...)
		}
	}
	for _, whole := range wholes {
		if !whole.exists() || !countOf(r, whole.node) || whole.of == nil {
			continue
		}
		if code := whole.scalar(); code == whole.of.Code {
			whole.fault(BadValue, "%q cannot weigh itself: what a unit weighs would not be known where it does not report", code)
		} else {
			checkCoverageWeight(r, whole.node, whole.of.Eligibility)
		}
	}
	checkDerivations(r)
	return indicators
}

// whole is where an indicator names another one that counts what it is a part of.
type whole struct {
	node
	of *catalogue.Indicator // whose units it weighs; nil for a denominator and the weight of a mean
}

// countOf checks that what is named is an indicator whose parts add up.
func countOf(r *reader, n node) bool {
	code := n.scalar()
	if !r.indicators.refer(&r.faults, code, n.at) {
		return false
	}
	if kind := r.byCode[code].Kind; kind != catalogue.Count && kind != catalogue.Amount {
		n.fault(BadValue, "%q is neither a count nor an amount", code)
		return false
	}
	return true
}

// checkCoverageWeight checks that an indicator can weigh each unit that is expected
// to report, also one that does not.
func checkCoverageWeight(r *reader, n node, of catalogue.Eligibility) {
	by := r.byCode[n.scalar()]
	its := by.Eligibility
	level, below := slices.Index(r.levels.order, of.Level), slices.Index(r.levels.order, its.Level)
	narrower := func(kind string) bool { return !slices.Contains(its.Kinds, kind) }
	switch {
	case level < 0 || below < 0: // a fault of its own
	case below < level:
		n.fault(BadValue, "%q is reported by the level %q, and says nothing of each unit of the level %q", by.Code, its.Level, of.Level)
	case below == level && len(its.Kinds) > 0 && (len(of.Kinds) == 0 || slices.ContainsFunc(of.Kinds, narrower)):
		n.fault(BadValue, "%q is not expected of all units that are to be weighed: its kinds are %s", by.Code, strings.Join(its.Kinds, ", "))
	}
}

// readRegister reads what makes an attainment a register of decisions.
func readRegister(m mapping, indicator *catalogue.Indicator) {
	if indicator.IsRegister() && indicator.Kind != catalogue.Attainment {
		m.get("absent").fault(BadValue, "only an attainment can be a register: the kind is %s", m.get("kind").scalar())
	}
	from := m.get("complete_from")
	if !from.exists() {
		return
	}
	if indicator.Complete = year(from); !indicator.IsRegister() {
		from.fault(BadValue, "only a register (absent: not-met) is complete from a year on")
	}
}

// readScale reads what a ratio is per.
func readScale(m mapping, indicator *catalogue.Indicator) {
	per := m.get("per")
	if !per.exists() {
		return
	}
	if indicator.Kind != catalogue.Ratio && (!indicator.IsDerived() || indicator.Derivation.Formula != catalogue.FormulaRatio) {
		per.fault(BadValue, "only a ratio is per something: the kind is %s", m.get("kind").scalar())
		return
	}
	var written []string
	for _, scale := range catalogue.Scales() {
		written = append(written, strconv.Itoa(scale))
	}
	indicator.Scale, _ = strconv.Atoi(per.choice(written...))
}

// readIndicator reads an indicator, and what it names as its denominator and weights.
func readIndicator(r *reader, item node) (*catalogue.Indicator, []whole) {
	m := item.mapping("code", "topic", "kind", "formula", "parts", "name", "description", "unit", "per", "decimals", "direction", "eligible",
		"absent", "complete_from", "dimensions", "denominator", "weight", "coverage_weight", "over_time", "minimum_coverage", "tolerance", "small", "confidential_below", "recast", "definition", "also", "checks")
	code, topic, denominator, weight := m.need("code"), m.need("topic"), m.get("denominator"), m.get("weight")
	coverage := m.get("coverage_weight")
	indicator := &catalogue.Indicator{
		Code:               code.code(),
		TopicCode:          topic.code(),
		Kind:               catalogue.IndicatorKind(constant(m.need("kind").choice("count", "amount", "ratio", "attainment", "mean", "reported", "derived"))),
		Names:              m.need("name").text(),
		Descriptions:       m.need("description").text(),
		Noun:               m.need("unit").noun(),
		Decimals:           int32(m.get("decimals").integer(0, mostDecimals)),
		Direction:          catalogue.Direction(constant(m.need("direction").choice("higher", "lower", "neutral"))),
		Absent:             catalogue.Absent(constant(m.get("absent").choice("unreported", "not-met"))),
		DenominatorCode:    denominator.scalar(),
		WeightCode:         weight.scalar(),
		CoverageWeightCode: coverage.scalar(),
		Over:               catalogue.OverTime(constant(m.get("over_time").choice("", "none", "stock", "flow"))),
		MinimumCoverage:    readCoverage(m.get("minimum_coverage")),
		Tolerance:          readDecimal(m.get("tolerance")),
		Small:              m.get("small").flag(),
		Recast:             catalogue.Recast(constant(m.get("recast").choice("", "all", "any", "share"))),
		Definition:         readCitation(m.get("definition")),
	}
	if below := m.get("confidential_below"); below.exists() {
		indicator.Threshold = below.integer(catalogue.MinThreshold, mostConfidential)
		if !indicator.Kind.CanBeConfidential() {
			below.fault(BadValue, "only a count, an amount, a ratio or a mean tells of how many persons: the kind is %s", m.get("kind").scalar())
		}
	}
	for _, other := range m.get("also").list() {
		indicator.Also = append(indicator.Also, other.scalar())
	}
	indicator.DimensionCodes = dimensionsOf(r, m.get("dimensions"), indicator)
	if indicator.Derivation = readDerivation(r, m, indicator); indicator.Derivation == nil {
		indicator.Eligibility = readEligibility(r, m.need("eligible"))
	}
	inherit(r, m.get("checks"), indicator)
	readRegister(m, indicator)
	readScale(m, indicator)
	if indicator.Recast != "" && indicator.Kind != catalogue.Attainment {
		m.get("recast").fault(BadValue, "only an attainment has a rule for merged units: the kind is %s", m.get("kind").scalar())
	}
	if denominator.exists() && indicator.Kind != catalogue.Ratio {
		denominator.fault(BadValue, "only a ratio has a denominator: the kind is %s", m.get("kind").scalar())
	}
	if indicator.Over == catalogue.Flow && indicator.Kind != catalogue.Count && indicator.Kind != catalogue.Amount {
		m.get("over_time").fault(BadValue, "only a count or an amount is a flow, which is summed over years: the kind is %s", m.get("kind").scalar())
	}
	if weight.exists() && indicator.Kind != catalogue.Mean {
		weight.fault(BadValue, "only a mean has a weight: the kind is %s", m.get("kind").scalar())
	}
	if indicator.Tolerance.IsNegative() {
		m.get("tolerance").fault(BadValue, "a tolerance is not negative")
	}
	r.topics.refer(&r.faults, indicator.TopicCode, topic.at)
	r.indicators.declare(&r.faults, indicator.Code, code.at)
	r.byCode[indicator.Code] = indicator
	return indicator, []whole{{node: denominator}, {node: weight}, {coverage, indicator}}
}
