package workspace

import (
	"slices"

	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/name"
)

// TableRule is how the table of a source is found within its files, and which of its rows are
// data. The zero value takes the only sheet, a header of one row, and all rows below it.
type TableRule struct {
	// Format is that of the files; "" finds it in their bytes.
	Format format.Kind `json:"format,omitempty"`
	// Language is the one to take where a file has several, Member which file of an archive.
	Language string `json:"language,omitempty"`
	Member   string `json:"member,omitempty"`
	// Sheets are the sheets to read, by name; none for the only one that has cells.
	Sheets []name.Pattern `json:"sheets,omitempty"`
	// Header is how many rows the header has; 0 is 1.
	Header int `json:"header,omitempty"`
	// From fits a cell of the first row of the header; without it the header is the first
	// row that has all columns that the source reads.
	From name.Pattern `json:"from,omitzero"`
	// To fits the first cell of the row behind the last one: a source, a note.
	To []name.Pattern `json:"to,omitempty"`
	// Keep are what the rows have that are read, Skip what those have that are passed over,
	// Totals what those have that are the sum of others; Groups are rows that the rows below
	// them belong to.
	Keep   []RowRule `json:"keep,omitempty"`
	Skip   []RowRule `json:"skip,omitempty"`
	Totals []RowRule `json:"totals,omitempty"`
	Groups []RowRule `json:"groups,omitempty"`
}

// RowRule is what rows have in a column.
type RowRule struct {
	// Column is the column; "" is the first cell that is not blank.
	Column string `json:"column,omitempty"`
	// Patterns are what may stand there.
	Patterns []name.Pattern `json:"patterns"`
}

// mostHeaderRows is how many rows a header may have.
const mostHeaderRows = 10

// readTableRule reads how the table is found within its file.
func readTableRule(n node) TableRule {
	m := n.mapping("format", "language", "member", "sheet", "header", "from", "to", "keep", "skip", "totals", "groups")
	rule := TableRule{
		Format:   format.Kind(m.get("format").choice(append([]string{""}, format.Kinds()...)...)),
		Language: m.get("language").scalar(),
		Member:   m.get("member").scalar(),
		Sheets:   patterns(m.get("sheet")),
		Header:   m.get("header").integer(1, mostHeaderRows),
		To:       patterns(m.get("to")),
		Keep:     readRowRules(m.get("keep")),
		Skip:     readRowRules(m.get("skip")),
		Totals:   readRowRules(m.get("totals")),
		Groups:   readRowRules(m.get("groups")),
	}
	if from := m.get("from"); from.exists() {
		rule.From = from.pattern()
	}
	return rule
}

// readRowRules reads `[pattern, …]`, of the first cell of rows, or `{column: pattern, …}`.
func readRowRules(n node) []RowRule {
	if !n.exists() {
		return nil
	}
	if !n.isMapping() {
		return []RowRule{{Patterns: patterns(n)}}
	}
	var rules []RowRule
	m := n.mapping()
	for column := range m.keys {
		rules = append(rules, RowRule{Column: column, Patterns: patterns(m.get(column))})
	}
	slices.SortFunc(rules, func(a, b RowRule) int {
		if a.Column < b.Column {
			return -1
		}
		return 1
	})
	return rules
}

// pattern reads a text with open places.
func (n node) pattern() name.Pattern {
	pattern, err := name.CompilePattern(n.scalar())
	if err != nil {
		n.fault(BadValue, "%q is no pattern of texts: %s", n.scalar(), err)
	}
	return pattern
}

// patterns reads one pattern or a list of them.
func patterns(n node) []name.Pattern {
	if !n.exists() {
		return nil
	}
	if !n.isList() {
		return []name.Pattern{n.pattern()}
	}
	all := []name.Pattern{}
	for _, item := range n.list() {
		all = append(all, item.pattern())
	}
	return all
}

// readSpellings reads the headers that a column may have: `{population: [Dân số, "Dân số*"]}`.
func readSpellings(n node) map[string][]name.Pattern {
	if !n.exists() {
		return nil
	}
	m, all := n.mapping(), map[string][]name.Pattern{}
	for column := range m.keys {
		all[column] = patterns(m.get(column))
	}
	return all
}
