package workspace

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// mostParts is how many indicators a sum may be made of.
const mostParts = 10

// derived is where an indicator that is made of others is declared. Its parts may be
// declared after it, so they are checked last.
type derived struct {
	mapping
	of      *catalogue.Indicator
	checked bool
}

// readDerivation reads how an indicator is made of others; nil where it is reported.
func readDerivation(r *reader, m mapping, indicator *catalogue.Indicator) *catalogue.Derivation {
	formula, parts := m.get("formula"), m.get("parts")
	if indicator.Kind != catalogue.Derived {
		for _, key := range []node{formula, parts} {
			if key.exists() {
				key.fault(BadValue, "only a derived indicator is made of others: the kind is %s", m.get("kind").scalar())
			}
		}
		return nil
	}
	for _, key := range []string{"eligible", "dimensions", "coverage_weight", "over_time", "minimum_coverage", "tolerance"} {
		if of := m.get(key); of.exists() {
			of.fault(BadValue, "a derived indicator has the %s of its parts", key)
		}
	}
	d := &catalogue.Derivation{Formula: catalogue.Formula(constant(m.need("formula").choice("ratio", "share", "sum", "difference"))), PartCodes: m.need("parts").scalars()}
	if count := len(d.PartCodes); parts.exists() && (count < 2 || count > 2 && d.Formula != catalogue.FormulaSum || count > mostParts) {
		parts.fault(BadValue, "a %s is made of two indicators, a sum of up to %d: here are %d", formula.scalar(), mostParts, count)
		d.PartCodes = nil
	}
	r.derived = append(r.derived, &derived{mapping: m, of: indicator})
	return d
}

// checkDerivations checks what derived indicators are made of.
func checkDerivations(r *reader) {
	for _, d := range r.derived {
		d.check(r, nil)
	}
}

// check checks the parts, those that are derived first. The path leads to it from what is
// made of it.
func (d *derived) check(r *reader, path []*derived) {
	if slices.Contains(path, d) {
		if path[0] == d {
			d.get("parts").fault(BadValue, "%s is made of itself", strings.Join(codesOf(append(path, d)), " of "))
		}
		return
	}
	for _, code := range d.of.Derivation.PartCodes {
		if at := slices.IndexFunc(r.derived, func(other *derived) bool { return other.of.Code == code }); at >= 0 {
			r.derived[at].check(r, append(slices.Clip(path), d))
		}
	}
	if d.checked {
		return
	}
	d.checked = true
	var parts []*catalogue.Indicator
	for at, item := range d.get("parts").list() {
		if at < len(d.of.Derivation.PartCodes) && r.indicators.refer(&r.faults, item.scalar(), item.at) && d.takes(item, r.byCode[item.scalar()], parts) {
			parts = append(parts, r.byCode[item.scalar()])
		}
	}
	if len(parts) < 2 || len(parts) < len(d.of.Derivation.PartCodes) {
		return
	}
	d.of.Eligibility = parts[0].Eligibility
	for _, part := range parts[1:] {
		if rank := r.rank(part.Eligibility.Level); rank >= 0 && rank < r.rank(d.of.Eligibility.Level) {
			d.of.Eligibility = part.Eligibility
		}
	}
	d.checkFit(parts)
}

func codesOf(path []*derived) []string {
	var codes []string
	for _, d := range path {
		codes = append(codes, d.of.Code)
	}
	return codes
}

// takes reports whether an indicator may be a part beside others.
func (d *derived) takes(item node, part *catalogue.Indicator, others []*catalogue.Indicator) bool {
	switch {
	case !part.IsSum():
		item.fault(BadValue, "%q cannot be a part: only counts, amounts, and sums and differences of them can", part.Code)
	case slices.Contains(others, part):
		item.fault(BadValue, "%q is named twice", part.Code)
	default:
		return true
	}
	return false
}

// checkFit checks that the parts can be put together: they are expected of the same units,
// and what is added, subtracted or compared in percent has one unit of measure.
func (d *derived) checkFit(parts []*catalogue.Indicator) {
	first, of := parts[0], d.of
	for _, part := range parts[1:] {
		if !slices.Equal(slices.Sorted(slices.Values(part.Eligibility.Kinds)), slices.Sorted(slices.Values(first.Eligibility.Kinds))) {
			d.get("parts").fault(BadValue, "%q and %q are not expected of the same kinds of unit", first.Code, part.Code)
		}
		if of.Derivation.Formula == catalogue.FormulaRatio && !of.IsPercentage() {
			continue // it has a unit of measure of its own
		}
		if !sameWord(part.Noun, first.Noun) {
			d.get("parts").fault(BadValue, "%q counts in %s and %q in %s: only a ratio that is not per 100 is made of two units of measure", first.Code, first.Noun.One(number.English), part.Code, part.Noun.One(number.English))
		}
	}
	if (!of.IsRatio() || of.IsPercentage()) && !sameWord(of.Noun, first.Noun) {
		d.get("unit").fault(BadValue, "its parts count in %s, not in %s", first.Noun.One(number.English), of.Noun.One(number.English))
	}
}

// sameWord reports whether two words are the same in a language that both have.
func sameWord(a, b catalogue.Noun) bool {
	return a.VI != "" && a.VI == b.VI || a.EN != "" && a.EN == b.EN && (a.VI == "" || b.VI == "")
}
