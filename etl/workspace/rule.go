package workspace

import "github.com/niengiam/niengiam/stats/number"

// UnitRule is how the unit of a row is found: by the code in a column, by one code for all
// rows, or by the name in a column among the units of a level.
type UnitRule struct {
	Cell
	// Name is the column of the name, Level the code of the level.
	Name  string `json:"name,omitempty"`
	Level string `json:"level,omitempty"`
	// Within is the rule of the unit that the named one lies in; nil for anywhere.
	Within *UnitRule `json:"within,omitempty"`
}

// YearRule is how the year of a figure is found.
type YearRule struct {
	Column   string      `json:"column,omitempty"`
	Constant number.Year `json:"constant,omitempty"`
	// Headers is true for a wide table: the headers of its columns are years.
	Headers bool `json:"headers,omitempty"`
}

// DateRule is how the day of publication is found.
type DateRule struct {
	Column   string      `json:"column,omitempty"`
	Constant number.Date `json:"constant,omitzero"`
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
		if known && r.rank(parent.Level) >= r.rank(rule.Level) {
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
