package workspace

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/validation"
)

const (
	// mostMissing is how many units may lose their figures before coverage is a finding.
	mostMissing = 1_000_000
	// mostFrozen is over how many years a value may be the same.
	mostFrozen = 200
)

// Plan is the checks that are made when the source is loaded, with those of the indicators
// of its workspace.
func (s *Source) Plan(ofIndicators map[string][]validation.Check) validation.Plan {
	return validation.Plan{Own: s.Checks, OfIndicator: ofIndicators}
}

// inherit reads the checks that an indicator declares for every source.
func inherit(r *reader, n node, indicator *catalogue.Indicator) {
	if checks := readChecks(r, n, indicator); len(checks) > 0 {
		r.checks[indicator.Code] = checks
	}
}

// bounds lists the bounds that a kind of check has.
func bounds(kind validation.Kind) []string {
	switch kind {
	case validation.Range:
		return []string{"from", "to"}
	case validation.Children:
		return []string{"tolerance"}
	case validation.Change:
		return []string{"relative", "robust_z"}
	case validation.Coverage:
		return []string{"units"}
	case validation.Frozen:
		return []string{"years"}
	}
	return nil
}

// readChecks reads a list of checks: of a source or, where one is given, of an indicator.
// Each is a word, a word with its severity, or a word with its bounds and beside them
// its severity.
func readChecks(r *reader, n node, of *catalogue.Indicator) []validation.Check {
	var kinds []string
	for _, kind := range validation.Kinds() {
		kinds = append(kinds, string(kind))
	}
	var checks []validation.Check
	for _, item := range n.list() {
		if !item.isMapping() {
			if word := item.scalar(); slices.Contains(kinds, word) {
				checks = append(checks, readCheck(r, mapping{node: item}, word, of))
			} else {
				item.fault(BadValue, "%q is no check: there are %s", word, strings.Join(kinds, ", ")).Nearest = name.Nearest(word, kinds)
			}
			continue
		}
		m := item.mapping(append(slices.Clone(kinds), "severity")...)
		var named []string
		for _, kind := range kinds {
			if _, has := m.keys[kind]; has {
				named = append(named, kind)
			}
		}
		if len(named) == 1 {
			checks = append(checks, readCheck(r, m, named[0], of))
		} else if len(named) > 1 || len(m.keys) > 0 {
			item.fault(BadValue, "an item has one check: %s", strings.Join(kinds, ", "))
		}
	}
	return checks
}

// readCheck reads a check of a kind.
func readCheck(r *reader, m mapping, kind string, of *catalogue.Indicator) validation.Check {
	c := validation.Check{Kind: validation.Kind(kind)}
	own, severity := m.get(kind), m.get("severity")
	if own.exists() && !own.isMapping() { // coverage: hold
		if severity.exists() {
			severity.fault(DuplicateKey, "the severity stands here twice")
		}
		severity, own = own, node{faults: own.faults, at: own.at}
	}
	c.Severity = ledger.Severity(constant(severity.choice("warn", "hold", "stop", "off")))
	keys := bounds(c.Kind)
	if of == nil {
		keys = append(keys, "indicator")
	}
	if own.exists() && len(keys) == 0 {
		own.fault(BadValue, "the check %s has no bounds", kind)
		return c
	}
	b := own.mapping(keys...)
	for key, bound := range map[string]*decimal.NullDecimal{"from": &c.From, "to": &c.To, "tolerance": &c.Tolerance, "relative": &c.Relative, "robust_z": &c.RobustZ} {
		if given := b.get(key); given.exists() {
			*bound = decimal.NewNullDecimal(readDecimal(given))
			if bound.Decimal.IsNegative() && key != "from" && key != "to" {
				given.fault(BadValue, "%s is not negative", key)
			}
		}
	}
	c.Units, c.Years = b.get("units").integer(1, mostMissing), b.get("years").integer(2, mostFrozen)
	switch {
	case c.Severity == validation.Off:
	case c.Kind == validation.Range && !c.From.Valid && !c.To.Valid, c.Kind == validation.Change && !c.Relative.Valid && !c.RobustZ.Valid:
		m.fault(MissingKey, "the check %s says its bounds: %s or both", kind, strings.Join(bounds(c.Kind), ", "))
	case c.From.Valid && c.To.Valid && c.From.Decimal.GreaterThan(c.To.Decimal):
		own.fault(BadValue, "the range runs backwards: from %s to %s", c.From.Decimal, c.To.Decimal)
	}
	if indicator := b.get("indicator"); indicator.exists() {
		c.Indicator = r.indicators.read(indicator)
		return fitting(indicator, r.byCode[c.Indicator], c)
	}
	return fitting(m.node, of, c)
}

// fitting reports a check that an indicator cannot break; nil is any indicator.
func fitting(n node, of *catalogue.Indicator, c validation.Check) validation.Check {
	lacks := func(what string) { n.fault(BadMapping, "the check %s finds nothing of %s: %s", c.Kind, of.Code, what) }
	switch {
	case of == nil:
	case of.Kind == catalogue.Derived:
		lacks("nothing is reported of an indicator that is made of others")
	case c.Kind == validation.Numerator && of.Kind != catalogue.Ratio && of.Kind != catalogue.Attainment:
		lacks("it has no denominator")
	case c.Kind == validation.Members && len(of.DimensionCodes) == 0:
		lacks("it has no dimensions")
	case c.Kind == validation.Children && (of.Kind == catalogue.Reported || of.Absent == catalogue.NotMet):
		lacks("its figures are not added up")
	case (c.Kind == validation.Change || c.Kind == validation.Magnitude || c.Kind == validation.Frozen) && of.Kind == catalogue.Attainment:
		lacks("of one unit it is yes or no")
	}
	return c
}
