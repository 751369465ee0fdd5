package workspace

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// mostDecimals is how many digits after the point a printed figure may have.
const mostDecimals = 10

// mostConfidential is the greatest threshold of a confidential indicator.
const mostConfidential = 1000

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
			m := item.mapping("code", "name")
			code := m.need("code")
			kind := &catalogue.Kind{Code: code.code(), Names: m.need("name").text()}
			kinds.declare(&r.faults, kind.Code, code.at)
			level.Kinds = append(level.Kinds, kind)
		}
		levels = append(levels, level)
		r.byLevel[level.Code] = level
	}
	return levels
}

// kindsOf gives the kinds that a level has.
func kindsOf(r *reader, level string) *names {
	kinds := newNames("kind of the level " + level)
	known := r.byLevel[level]
	kinds.partial = known == nil
	if known != nil {
		for _, kind := range known.Kinds {
			kinds.marks[kind.Code] = mark{}
			kinds.order = append(kinds.order, kind.Code)
		}
	}
	return kinds
}

func readTopics(r *reader, n node) []*catalogue.Topic {
	document := r.document(n)
	r.topics.partial = !document.exists()
	var topics []*catalogue.Topic
	for _, item := range document.mapping("topics").need("topics").list() {
		m := item.mapping("code", "name")
		code := m.need("code")
		topic := &catalogue.Topic{Code: code.code(), Names: m.need("name").text()}
		r.topics.declare(&r.faults, topic.Code, code.at)
		topics = append(topics, topic)
	}
	return topics
}

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

// readIndicator reads an indicator, and what it names as its denominator and weights.
func readIndicator(r *reader, item node) (*catalogue.Indicator, []whole) {
	m := item.mapping("code", "topic", "kind", "name", "description", "unit", "decimals", "direction", "eligible",
		"absent", "complete_from", "dimensions", "denominator", "weight", "coverage_weight", "over_time", "minimum_coverage", "tolerance", "small", "confidential_below", "recast", "definition", "also")
	code, topic, denominator, weight := m.need("code"), m.need("topic"), m.get("denominator"), m.get("weight")
	coverage := m.get("coverage_weight")
	indicator := &catalogue.Indicator{
		Code:               code.code(),
		TopicCode:          topic.code(),
		Kind:               catalogue.IndicatorKind(constant(m.need("kind").choice("count", "amount", "ratio", "attainment", "mean", "reported"))),
		Names:              m.need("name").text(),
		Descriptions:       m.need("description").text(),
		Noun:               m.need("unit").noun(),
		Decimals:           int32(m.get("decimals").integer(0, mostDecimals)),
		Direction:          catalogue.Direction(constant(m.need("direction").choice("higher", "lower", "neutral"))),
		Eligibility:        readEligibility(r, m.need("eligible")),
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
	if from := m.get("complete_from"); from.exists() {
		indicator.Complete = year(from)
		if !indicator.IsRegister() {
			from.fault(BadValue, "only a register (absent: not-met) is complete from a year on")
		}
	}
	indicator.DimensionCodes = dimensionsOf(r, m.get("dimensions"), indicator)
	if indicator.IsRegister() && indicator.Kind != catalogue.Attainment {
		m.get("absent").fault(BadValue, "only an attainment can be a register: the kind is %s", m.get("kind").scalar())
	}
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

func readEligibility(r *reader, n node) catalogue.Eligibility {
	m := n.mapping("level", "kinds")
	level := m.need("level")
	eligibility := catalogue.Eligibility{Level: level.scalar()}
	if !r.levels.refer(&r.faults, eligibility.Level, level.at) {
		return eligibility
	}
	known := kindsOf(r, eligibility.Level)
	for _, item := range m.get("kinds").list() {
		kind := item.scalar()
		known.refer(&r.faults, kind, item.at)
		eligibility.Kinds = append(eligibility.Kinds, kind)
	}
	return eligibility
}

// readCoverage reads a share from 0 to 1; absent it is the World Bank's two thirds.
func readCoverage(n node) number.Fraction {
	text := "2/3"
	if n.exists() {
		text = n.scalar()
	}
	fraction, err := number.ParseFraction(text)
	one := number.Whole(decimal.New(1, 0))
	switch {
	case err != nil:
		n.fault(BadValue, "%s", err)
	case fraction.Sign() < 0 || fraction.Cmp(one) > 0:
		n.fault(BadValue, "a share lies between 0 and 1: %s does not", text)
	}
	return fraction
}

func readDecimal(n node) decimal.Decimal {
	if !n.exists() {
		return decimal.Decimal{}
	}
	number, err := decimal.NewFromString(n.scalar())
	if err != nil {
		n.fault(BadValue, "%q is not a number like 12.5", n.scalar())
	}
	return number
}

func readCitation(n node) *catalogue.Citation {
	if !n.exists() {
		return nil
	}
	m := n.mapping("title", "url", "date")
	return &catalogue.Citation{Title: m.need("title").scalar(), URL: m.get("url").scalar(), Date: m.get("date").date()}
}

func readYears(n node) catalogue.Years {
	m := n.mapping("from", "to")
	years := catalogue.Years{From: year(m.get("from")), To: year(m.get("to"))}
	if years.From != 0 && years.To != 0 && years.From > years.To {
		m.fault(BadValue, "the years run backwards: from %d to %d", years.From, years.To)
	}
	return years
}

func year(n node) number.Year {
	return number.Year(n.integer(int(number.FirstYear), int(number.LastYear)))
}

// constant turns a word of the files into the constant of package stats: not-met
// is NOT_MET.
func constant(word string) string {
	return strings.ToUpper(strings.ReplaceAll(word, "-", "_"))
}
