package workspace

// ApproximateRule says where a source writes that a figure is not exact: before the number
// in its cell, or in a column of its own. The zero value says that all its figures are exact.
type ApproximateRule struct {
	Cells  bool   `json:"cells,omitempty"`
	Column string `json:"column,omitempty"`
}

// readApproximateRule reads `{cells: true}` or `{column: name}`.
func readApproximateRule(n node) ApproximateRule {
	if !n.exists() {
		return ApproximateRule{}
	}
	m := n.mapping("cells", "column")
	one(m, "cells", "column")
	return ApproximateRule{Cells: m.get("cells").flag(), Column: m.get("column").scalar()}
}
