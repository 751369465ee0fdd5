package workspace

import (
	"slices"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/catalogue"
)

// BreakdownRule tells of which member of a dimension a figure is: by the code or a
// name in a column, or by one code for all rows.
type BreakdownRule struct {
	Dimension string `json:"dimension"`
	Cell
	// Total are the cells that say: all members, the total over the dimension.
	Total []string `json:"total,omitempty"`
}

func readDimensions(r *reader, n node) []*catalogue.Dimension {
	if !n.exists() {
		return nil
	}
	document := r.document(n)
	r.dimensions.partial = !document.exists()
	var dimensions []*catalogue.Dimension
	for _, item := range document.mapping("dimensions").need("dimensions").list() {
		m := item.mapping("code", "name", "members", "partial")
		code := m.need("code")
		d := &catalogue.Dimension{Code: code.code(), Names: m.need("name").text(), Partial: m.get("partial").flag()}
		r.dimensions.declare(&r.faults, d.Code, code.at)
		d.Members = readMembers(r, d.Code, m.need("members"))
		if least := 2; m.get("members").exists() && !d.Partial && len(d.Members) < least {
			m.get("members").fault(BadValue, "the members of a dimension are its parts: there are at least two, unless it is partial")
		}
		dimensions = append(dimensions, d)
		r.byDimension[d.Code] = d
	}
	return dimensions
}

// readMembers reads the members of a dimension. A file names a member by its code or
// a name, so that no two may share one.
func readMembers(r *reader, dimension string, n node) []*catalogue.DimensionMember {
	var members []*catalogue.DimensionMember
	codes := newNames("member of the dimension " + dimension)
	owner := map[string]string{}
	for _, item := range n.list() {
		m := item.mapping("code", "name")
		code := m.need("code")
		member := &catalogue.DimensionMember{Code: code.code(), Names: m.need("name").text()}
		codes.declare(&r.faults, member.Code, code.at)
		for _, written := range []string{member.Code, member.Names.VI, member.Names.EN} {
			folded := name.Fold(written)
			if other, taken := owner[folded]; taken && other != member.Code && folded != "" {
				item.fault(DuplicateCode, "the member %q is called %q, as the member %q is", member.Code, written, other)
			}
			owner[folded] = member.Code
		}
		members = append(members, member)
	}
	return members
}

// dimensionsOf reads the dimensions of an indicator.
func dimensionsOf(r *reader, n node, i *catalogue.Indicator) []string {
	var codes []string
	for _, item := range n.list() {
		code := item.scalar()
		if !r.dimensions.refer(&r.faults, code, item.at) {
			continue
		}
		codes = append(codes, code)
	}
	if len(codes) > 0 && i.IsRegister() {
		n.fault(BadValue, "a register of decisions has no breakdown: a decision is about the whole unit")
	}
	return codes
}

// readBreakdown reads of which members figures are.
func readBreakdown(r *reader, n node) []BreakdownRule {
	var rules []BreakdownRule
	seen := newNames("breakdown by")
	for _, item := range n.list() {
		m := item.mapping("dimension", "column", "constant", "total")
		code := m.need("dimension")
		rule := BreakdownRule{
			Dimension: code.scalar(),
			Cell:      Cell{Column: m.get("column").scalar(), Constant: m.get("constant").scalar()},
			Total:     wordsNode(m.get("total")),
		}
		key := one(m, "column", "constant")
		seen.declare(&r.faults, rule.Dimension, code.at)
		if !r.dimensions.refer(&r.faults, rule.Dimension, code.at) {
			continue
		}
		if key == "constant" {
			membersOf(r, rule.Dimension).refer(&r.faults, rule.Constant, m.get("constant").at)
			if m.get("total").exists() {
				m.get("total").fault(BadMapping, "only a column has cells that say: the total")
			}
		}
		rules = append(rules, rule)
	}
	return rules
}

// membersOf gives the members that a dimension has.
func membersOf(r *reader, dimension string) *names {
	members := newNames("member of the dimension " + dimension)
	for _, member := range r.byDimension[dimension].Members {
		members.marks[member.Code] = mark{}
		members.order = append(members.order, member.Code)
	}
	return members
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
