package workspace

import "strings"

// Cell is where a text is found: in a column of each row, or the same for all rows.
// Exactly one of the two is given.
type Cell struct {
	Column   string `json:"column,omitempty"`
	Constant string `json:"constant,omitempty"`
}

// cell reads `{column: name}` or `{constant: text}`, with the place of the text.
func cell(n node) (Cell, mark) {
	m := n.mapping("column", "constant")
	key := one(m, "column", "constant")
	return Cell{Column: m.get("column").scalar(), Constant: m.get("constant").scalar()}, m.get(key).at
}

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

// readWords reads a list of texts of cells that have a meaning of their own.
func readWords(n node, defaults ...string) []string {
	if !n.exists() {
		return defaults
	}
	words := []string{}
	for _, item := range n.list() {
		words = append(words, strings.TrimSpace(item.scalar()))
	}
	return words
}
