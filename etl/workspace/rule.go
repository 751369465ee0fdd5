package workspace

import (
	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/number"
)

// UnitRule is how the unit of a row is found: by the code in a column or in several, by one
// code for all rows, or by the name in a column among the units of a level or of several.
type UnitRule struct {
	Cell
	// Levels are those that codes may be of; none for any.
	Levels []string `json:"levels,omitempty"`
	// Columns are the columns whose cells make the code together, and Pad how many digits
	// each part has, filled with zeros from the left; none where the code is in Column whole.
	Columns []string `json:"columns,omitempty"`
	Pad     []int    `json:"pad,omitempty"`
	// Name is the column of the name, Level the code of the level; where the column has
	// units of several levels, these are Levels.
	Name  string `json:"name,omitempty"`
	Level string `json:"level,omitempty"`
	// WithoutMarks is true where names may be written without the marks of tones and letters.
	WithoutMarks bool `json:"without_marks,omitempty"`
	// Within is the rule of the unit that the named one lies in; nil for anywhere.
	Within *UnitRule `json:"within,omitempty"`
}

// YearRule is how the year of a figure is found.
type YearRule struct {
	Column   string      `json:"column,omitempty"`
	Constant number.Year `json:"constant,omitempty"`
	// Headers is true for a wide table: the headers of its columns are years.
	Headers bool `json:"headers,omitempty"`
	// Sheet and File have {year} where the name of a sheet, or of a file, has it.
	Sheet name.Pattern `json:"sheet,omitzero"`
	File  name.Pattern `json:"file,omitzero"`
	// Statuses are those of whole years, where the files do not say them beside the year.
	Statuses map[number.Year]number.Status `json:"statuses,omitempty"`
}

// DateRule is how the day of publication is found.
type DateRule struct {
	Column   string      `json:"column,omitempty"`
	Constant number.Date `json:"constant,omitzero"`
}

// readUnitRule reads how the unit of a row is found.
func readUnitRule(r *reader, n node) UnitRule {
	m := n.mapping("column", "columns", "pad", "constant", "name", "level", "marks", "within")
	rule := UnitRule{
		Cell:         Cell{Column: m.get("column").scalar(), Constant: m.get("constant").scalar()},
		Columns:      m.get("columns").scalars(),
		Name:         m.get("name").scalar(),
		WithoutMarks: m.get("marks").choice("needed", "optional") == "optional",
	}
	given := one(m, "column", "columns", "constant", "name")
	rule.Pad = readPad(m.get("pad"), given, max(1, len(rule.Columns)))
	if m.get("marks").exists() && given != "name" {
		m.get("marks").fault(BadMapping, "marks are those of names: codes have none")
	}
	switch given {
	case "constant":
		r.units.refer(&r.faults, rule.Constant, m.get("constant").at)
		if m.get("level").exists() {
			m.fault(BadMapping, "one unit for all rows has no level beside it")
		}
		fallthrough
	case "column", "columns":
		if m.get("within").exists() {
			m.fault(BadMapping, "a unit given by its code has no parent to look in")
		}
		rule.Levels = readLevelsOf(r, m.get("level"))
	case "name":
		level := m.need("level")
		if level.isList() {
			rule.Levels = r.levels.readList(level)
			if m.get("within").exists() {
				m.fault(BadMapping, "names of several levels lie in no unit of another column")
			}
			break
		}
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

// NameLevels lists the levels whose units names are of.
func (r *UnitRule) NameLevels() []string {
	if r.Level != "" {
		return []string{r.Level}
	}
	return r.Levels
}

// CodeColumns lists the columns that make the code.
func (r *UnitRule) CodeColumns() []string {
	if r.Column != "" {
		return []string{r.Column}
	}
	return r.Columns
}

// mostCodeDigits is how many digits a part of a code may be filled up to.
const mostCodeDigits = 20

// readPad reads how many digits the parts of a code have.
func readPad(n node, given string, parts int) []int {
	if !n.exists() {
		return nil
	}
	if given != "column" && given != "columns" {
		n.fault(BadMapping, "only codes are filled up with zeros")
	}
	if !n.isList() {
		return []int{n.integer(1, mostCodeDigits)}
	}
	var pad []int
	for _, item := range n.list() {
		pad = append(pad, item.integer(1, mostCodeDigits))
	}
	if len(pad) != parts {
		n.fault(BadMapping, "%d columns need as many numbers of digits, not %d", parts, len(pad))
	}
	return pad
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
	m := n.mapping("column", "constant", "headers", "sheet", "file", "status")
	one(m, "column", "constant", "headers", "sheet", "file")
	headers := m.get("headers")
	rule := YearRule{Column: m.get("column").scalar(), Constant: year(m.get("constant")), Headers: headers.flag(), Statuses: readYearStatuses(m.get("status"))}
	for key, pattern := range map[string]*name.Pattern{"sheet": &rule.Sheet, "file": &rule.File} {
		if given := m.get(key); given.exists() {
			if *pattern = given.pattern(); !pattern.Has("year") {
				given.fault(BadValue, "the pattern says with {year} where the year stands")
			}
		}
	}
	if headers.exists() && !rule.Headers {
		headers.fault(BadMapping, "headers is true or left out")
	}
	return rule
}

// readYearStatuses reads `{P: [2023, 2024]}`.
func readYearStatuses(n node) map[number.Year]number.Status {
	if !n.exists() {
		return nil
	}
	m, statuses := n.mapping(), map[number.Year]number.Status{}
	for letter, at := range m.keys {
		status, ok := number.ParseStatus(letter)
		if !ok || letter == "" {
			n.faults.add(at, BadValue, "%q is no status: years stand under A, P, E, B, M or C", letter)
			continue
		}
		for _, item := range m.get(letter).list() {
			statuses[year(item)] = status
		}
	}
	return statuses
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
