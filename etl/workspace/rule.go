package workspace

import "github.com/niengiam/niengiam/stats/number"

// UnitRule is how the unit of a row is found: by the code in a column, by one code for all
// rows, or by the name in a column among the units of a level.
type UnitRule struct {
	Cell
	// Levels are those that codes may be of; none for any.
	Levels []string `json:"levels,omitempty"`
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
		Cell: Cell{Column: m.get("column").scalar(), Constant: m.get("constant").scalar()},
		Name: m.get("name").scalar(),
	}
	switch one(m, "column", "constant", "name") {
	case "constant":
		r.units.refer(&r.faults, rule.Constant, m.get("constant").at)
		if m.get("level").exists() {
			m.fault(BadMapping, "one unit for all rows has no level beside it")
		}
		fallthrough
	case "column":
		if m.get("within").exists() {
			m.fault(BadMapping, "a unit given by its code has no parent to look in")
		}
		rule.Levels = readLevelsOf(r, m.get("level"))
	case "name":
		level := m.need("level")
		rule.Level = level.scalar()
		known := r.levels.refer(&r.faults, rule.Level, level.at)
		within := m.get("within")
		if !within.exists() {
			break
		}
		parent := readUnitRule(r, within)
		for _, above := range append([]string{parent.Level}, parent.Levels...) {
			if known && r.rank(above) >= r.rank(rule.Level) {
				within.fault(BadMapping, "the level %s is not above the level %s", above, rule.Level)
			}
		}
		rule.Within = &parent
	}
	return rule
}

// readLevelsOf reads the level of codes, or a list where there are several.
func readLevelsOf(r *reader, n node) []string {
	switch {
	case !n.exists():
		return nil
	case n.isList():
		return r.levels.readList(n)
	}
	return []string{r.levels.read(n)}
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

// readBasis reads on the units of which day rows are stated.
func readBasis(r *reader, n node) DateRule {
	if !n.exists() {
		return DateRule{}
	}
	rule := readDateRule(n)
	if day := rule.Constant; !day.IsOpen() && day < r.knownFrom {
		n.fault(BadValue, "the units of %s are not known: the list begins on %s", day, r.knownFrom)
	}
	return rule
}
