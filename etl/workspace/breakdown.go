package workspace

// BreakdownRule is how the member of a dimension is found that a figure is of: by the
// code or a name in a column, or by one code for all rows.
type BreakdownRule struct {
	Dimension string `json:"dimension"`
	Cell
	// Total are the texts of cells that mean the total over all members of the dimension.
	Total []string `json:"total,omitempty"`
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
			Total:     readWords(m.get("total")),
		}
		key := one(m, "column", "constant")
		seen.declare(&r.faults, rule.Dimension, code.at)
		if !r.dimensions.refer(&r.faults, rule.Dimension, code.at) {
			continue
		}
		if key == "constant" {
			r.membersOf(rule.Dimension).refer(&r.faults, rule.Constant, m.get("constant").at)
			if m.get("total").exists() {
				m.get("total").fault(BadMapping, "only a column has cells that say: the total")
			}
		}
		rules = append(rules, rule)
	}
	return rules
}
