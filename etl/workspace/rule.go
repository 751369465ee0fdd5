package workspace

import (
	"reflect"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
)

// column reads `{column: name}`, "" when absent.
func column(n node) string {
	if !n.exists() {
		return ""
	}
	m := n.mapping("column")
	return m.need("column").scalar()
}

// one checks that exactly one of several keys is there and gives it.
func one(m mapping, keys ...string) string {
	if !m.exists() {
		return ""
	}
	var given []string
	for _, key := range keys {
		if _, ok := m.keys[key]; ok {
			given = append(given, key)
		}
	}
	switch {
	case len(given) == 0:
		m.fault(MissingKey, "one of these keys is missing: %s", strings.Join(keys, ", "))
		return ""
	case len(given) > 1:
		m.fault(BadMapping, "only one of these keys can be given: %s", strings.Join(given, ", "))
		return ""
	case !m.get(given[0]).exists():
		m.need(given[0])
	}
	return given[0]
}

// cell reads `{column: name}` or `{constant: text}`, with the place of the text.
func cell(n node) (Cell, mark) {
	m := n.mapping("column", "constant")
	key := one(m, "column", "constant")
	return Cell{Column: m.get("column").scalar(), Constant: m.get("constant").scalar()}, m.get(key).at
}

// readUnitRule reads how the unit of a row is found.
func readUnitRule(r *reader, n node) UnitRule {
	m := n.mapping("column", "constant", "name", "level", "within")
	rule := UnitRule{
		Cell:  Cell{Column: m.get("column").scalar(), Constant: m.get("constant").scalar()},
		Name:  m.get("name").scalar(),
		Level: m.get("level").scalar(),
	}
	switch one(m, "column", "constant", "name") {
	case "constant":
		r.units.refer(&r.faults, rule.Constant, m.get("constant").at)
		fallthrough
	case "column":
		if m.get("level").exists() || m.get("within").exists() {
			m.fault(BadMapping, "a unit given by its code has no level and no parent to look in")
		}
	case "name":
		level := m.need("level")
		known := r.levels.refer(&r.faults, rule.Level, level.at)
		within := m.get("within")
		if !within.exists() {
			break
		}
		parent := readUnitRule(r, within)
		if known && rank(r, parent.Level) >= rank(r, rule.Level) {
			within.fault(BadMapping, "the level %s is not above the level %s", parent.Level, rule.Level)
		}
		rule.Within = &parent
	}
	return rule
}

func readYearRule(n node) YearRule {
	m := n.mapping("column", "constant", "headers")
	one(m, "column", "constant", "headers")
	headers := m.get("headers")
	rule := YearRule{Column: m.get("column").scalar(), Constant: year(m.get("constant")), Headers: headers.flag()}
	if headers.exists() && !rule.Headers {
		headers.fault(BadMapping, "headers is true or left out")
	}
	return rule
}

func readDateRule(n node) DateRule {
	m := n.mapping("column", "constant")
	one(m, "column", "constant")
	return DateRule{Column: m.get("column").scalar(), Constant: m.get("constant").date()}
}

// readMeasures reads the columns of figures and checks them against each other
// and against the kinds of their indicators.
func readMeasures(r *reader, n node, source *Source) []Measure {
	wide := source.Year.Headers
	var measures []Measure
	var seen []Measure
	items := n.list()
	for _, item := range items {
		measure := readMeasure(r, item, wide)
		same := measure
		same.Optional = false
		if slices.ContainsFunc(seen, func(other Measure) bool { return reflect.DeepEqual(other, same) }) {
			item.fault(BadMapping, "the same column is read twice as the same indicator")
		}
		seen = append(seen, same)
		checkBreakdown(r, item, source.Breakdown, &measure)
		measures = append(measures, measure)
	}
	switch {
	case n.exists() && len(items) == 0:
		n.fault(MissingKey, "a source has at least one measure")
	case wide && len(items) > 1:
		items[1].fault(BadMapping, "a wide table has one measure: its columns are years")
	}
	return measures
}

func readMeasure(r *reader, item node, wide bool) Measure {
	m := item.mapping("indicator", "value", "rate", "denominator", "weight", "breakdown", "optional")
	indicator, at := cell(m.need("indicator"))
	measure := Measure{
		Indicator:   indicator,
		Denominator: column(m.get("denominator")),
		Weight:      column(m.get("weight")),
		Breakdown:   readBreakdown(r, m.get("breakdown")),
		Optional:    m.get("optional").flag(),
	}
	switch one(m, "value", "rate") {
	case "rate":
		measure.Rate = true
		measure.Value = readValueColumn(m.get("rate"), wide)
		if m.get("denominator").exists() {
			m.get("denominator").fault(BadMapping, "a printed rate has no denominator beside it")
		}
	case "value":
		measure.Value = readValueColumn(m.get("value"), wide)
		if wide && m.get("denominator").exists() {
			m.get("denominator").fault(BadMapping, "a wide table has no column for a denominator")
		}
		if wide && m.get("weight").exists() {
			m.get("weight").fault(BadMapping, "a wide table has no column for a weight")
		}
	}
	if code := indicator.Constant; code != "" && r.indicators.refer(&r.faults, code, at) {
		checkKind(m, measure, r.byCode[code].Kind)
	}
	return measure
}

// checkKind checks that the columns of a measure are those that an indicator of
// the kind has.
func checkKind(m mapping, measure Measure, kind catalogue.IndicatorKind) {
	switch {
	case measure.Rate && kind != catalogue.Ratio:
		m.get("rate").fault(BadMapping, "only a ratio has a printed rate: %s is none", measure.Indicator.Constant)
	case !measure.Rate && kind == catalogue.Ratio && measure.Denominator == "":
		m.fault(BadMapping, "the ratio %s needs a denominator, or a rate in place of the value", measure.Indicator.Constant)
	case measure.Denominator != "" && kind != catalogue.Ratio && kind != catalogue.Attainment:
		m.get("denominator").fault(BadMapping, "only a ratio or an attainment has a denominator: %s is neither", measure.Indicator.Constant)
	case measure.Weight != "" && kind != catalogue.Mean:
		m.get("weight").fault(BadMapping, "only a mean has a weight: %s is none", measure.Indicator.Constant)
	}
}

// readValueColumn reads `{column: name}`, or `{headers: year}` in a wide table.
func readValueColumn(n node, wide bool) string {
	m := n.mapping("column", "headers")
	switch one(m, "column", "headers") {
	case "headers":
		if word := m.get("headers").scalar(); word != "year" {
			m.get("headers").fault(BadValue, "headers can only be year, not %q", word)
		}
		if !wide {
			m.get("headers").fault(BadMapping, "values under years need the source's `year: {headers: true}`")
		}
	case "column":
		if wide {
			m.get("column").fault(BadMapping, "a wide table has its values under the years: write `{headers: year}`")
		}
		return m.get("column").scalar()
	}
	return ""
}
