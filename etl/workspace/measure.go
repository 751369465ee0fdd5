package workspace

import (
	"reflect"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/catalogue"
)

// Measure is a column of figures and the indicator that they are of.
type Measure struct {
	Indicator Cell `json:"indicator"`
	// Value is the column of the value, or of the printed rate if Rate is true;
	// "" in a wide table, where the values are in the columns of the years.
	Value string `json:"value,omitempty"`
	Rate  bool   `json:"rate,omitempty"`
	// Denominator is the column of the denominator; "" where there is none.
	Denominator string `json:"denominator,omitempty"`
	// Headers fit the headers of the values in a wide table, and WholeHeaders those of the
	// denominators or weights beside them, with {year} where the year stands; empty fits
	// headers that are years.
	Headers      name.Pattern `json:"headers,omitzero"`
	WholeHeaders name.Pattern `json:"whole_headers,omitzero"`
	// Weight is the column of a mean's weight; "" where there is none.
	Weight string `json:"weight,omitempty"`
	// Breakdown gives the members that the figures of this column are of, in addition
	// to the breakdown of the source.
	Breakdown []BreakdownRule `json:"breakdown,omitempty"`
	// Optional is true where a blank cell means that the row has no such figure.
	Optional bool `json:"optional,omitempty"`
	// Multiplier is what the cells are counted in: 1000 for thousands. 0 is 1.
	Multiplier decimal.Decimal `json:"multiplier,omitzero"`
	// Percent is true where cells may be percentages, with their sign or shown as such.
	Percent bool `json:"percent,omitempty"`
	// Where says which rows have such figures; none for all. Group fits the row above that
	// these rows belong to.
	Where []RowRule      `json:"where,omitempty"`
	Group []name.Pattern `json:"group,omitempty"`
}

// Whole returns the column that a value is related to: the weight of a mean, the
// denominator of any other kind.
func (m *Measure) Whole(kind catalogue.IndicatorKind) string {
	if kind == catalogue.Mean {
		return m.Weight
	}
	return m.Denominator
}

// readMeasures reads the columns of figures and checks them against each other
// and against the kinds of their indicators. A source may have a wide table, and a
// breakdown of all its figures.
func readMeasures(r *reader, n node, wide bool, breakdown []BreakdownRule) []Measure {
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
		checkBreakdown(r, item, breakdown, &measure)
		measures = append(measures, measure)
	}
	switch {
	case n.exists() && len(items) == 0:
		n.fault(MissingKey, "a source has at least one measure")
	case wide && len(items) > 1:
		for i := range items[1:] {
			if measures[i+1].Headers.IsEmpty() && measures[i+1].Where == nil && measures[i+1].Group == nil {
				items[i+1].fault(BadMapping, "a wide table has one measure whose columns are years: the others say what their headers or rows are, as in `{headers: \"births {year}\"}`")
			}
		}
	}
	return measures
}

func readMeasure(r *reader, item node, wide bool) Measure {
	m := item.mapping("indicator", "value", "rate", "denominator", "weight", "breakdown", "optional", "multiplier", "percent", "rows", "where", "group")
	indicator, at := cell(m.need("indicator"))
	measure := Measure{
		Indicator: indicator,
		Breakdown: readBreakdown(r, m.get("breakdown")),
		Optional:  m.get("optional").flag(),
		Percent:   m.get("percent").flag(),
		Where:     append(readRowRules(m.get("rows")), readRowRules(m.get("where"))...),
		Group:     patterns(m.get("group")),
	}
	if multiplier := m.get("multiplier"); multiplier.exists() {
		if measure.Multiplier = readDecimal(multiplier); !measure.Multiplier.IsPositive() {
			multiplier.fault(BadValue, "the multiplier is a number above 0, like 1000")
		}
	}
	measure.Denominator, measure.WholeHeaders = readColumn(m.get("denominator"), wide)
	if weight := m.get("weight"); weight.exists() {
		measure.Weight, measure.WholeHeaders = readColumn(weight, wide)
	}
	switch one(m, "value", "rate") {
	case "rate":
		measure.Rate = true
		measure.Value, measure.Headers = readColumn(m.get("rate"), wide)
		if m.get("denominator").exists() {
			m.get("denominator").fault(BadMapping, "a printed rate has no denominator beside it")
		}
	case "value":
		measure.Value, measure.Headers = readColumn(m.get("value"), wide)
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
	case kind == catalogue.Derived:
		m.get("indicator").fault(BadMapping, "%s is derived: it is made of other indicators, and nothing is reported of it", measure.Indicator.Constant)
	case measure.Rate && kind != catalogue.Ratio:
		m.get("rate").fault(BadMapping, "only a ratio has a printed rate: %s is none", measure.Indicator.Constant)
	case !measure.Rate && kind == catalogue.Ratio && measure.Denominator == "" && measure.WholeHeaders.IsEmpty():
		m.fault(BadMapping, "the ratio %s needs a denominator, or a rate in place of the value", measure.Indicator.Constant)
	case (measure.Denominator != "" || m.get("denominator").exists()) && kind != catalogue.Ratio && kind != catalogue.Attainment:
		m.get("denominator").fault(BadMapping, "only a ratio or an attainment has a denominator: %s is neither", measure.Indicator.Constant)
	case m.get("weight").exists() && kind != catalogue.Mean:
		m.get("weight").fault(BadMapping, "only a mean has a weight: %s is none", measure.Indicator.Constant)
	}
}

// readColumn reads `{column: name}`, or in a wide table `{headers: year}` or a pattern of
// headers with {year} in it.
func readColumn(n node, wide bool) (string, name.Pattern) {
	if !n.exists() {
		return "", name.Pattern{}
	}
	m := n.mapping("column", "headers")
	switch headers := m.get("headers"); one(m, "column", "headers") {
	case "headers":
		if !wide {
			headers.fault(BadMapping, "values under years need the source's `year: {headers: true}`")
		}
		if headers.scalar() == "year" {
			return "", name.Pattern{}
		}
		pattern := headers.pattern()
		if !pattern.Has("year") && !pattern.IsEmpty() {
			headers.fault(BadValue, "headers are `year`, or a pattern that has {year} where the year stands, not %q", pattern.String())
		}
		return "", pattern
	case "column":
		if wide {
			m.get("column").fault(BadMapping, "a wide table has its values under the years: write `{headers: year}`")
		}
		return m.get("column").scalar(), name.Pattern{}
	}
	return "", name.Pattern{}
}

// checkBreakdown checks the breakdown of a source against that of a measure and
// against what the measure's indicator has.
func checkBreakdown(r *reader, item node, source []BreakdownRule, measure *Measure) {
	indicator := r.byCode[measure.Indicator.Constant]
	has := map[string]bool{}
	for at, rules := range [][]BreakdownRule{source, measure.Breakdown} {
		for _, rule := range rules {
			if at == 1 && has[rule.Dimension] {
				item.fault(BadMapping, "the source says already how figures are broken down by %s", rule.Dimension)
			}
			has[rule.Dimension] = true
		}
	}
	if indicator == nil {
		return // found row by row, or a fault already
	}
	for _, rule := range slices.Concat(source, measure.Breakdown) {
		known := newNames("breakdown of " + indicator.Code + " by")
		for _, code := range indicator.DimensionCodes {
			known.declare(&faults{}, code, mark{})
		}
		known.refer(&r.faults, rule.Dimension, item.at)
	}
}
