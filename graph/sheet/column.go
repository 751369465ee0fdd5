package sheet

import "github.com/vektah/gqlparser/v2/ast"

// Kind is the type of the cells of a column.
type Kind string

// The kinds of column.
const (
	Text    Kind = "TEXT"    // texts, codes and enums; lists of them, joined by semicolons
	Integer Kind = "INTEGER" // whole numbers: years, ranks, counts
	Decimal Kind = "DECIMAL" // exact numbers, with at most sixteen digits after the point
	Boolean Kind = "BOOLEAN" // true or false
	Date    Kind = "DATE"    // days, 2025-07-01
	Moment  Kind = "MOMENT"  // moments, in RFC 3339
)

// IsNumber reports whether the cells are numbers.
func (k Kind) IsNumber() bool { return k == Integer || k == Decimal }

// Column is one column of a table.
type Column struct {
	// Name is its heading: the path of its field from the row, unit.code; in a
	// table(...) the name of the column in the API.
	Name string
	// Kind is the type of its cells.
	Kind Kind
	// Of is the type of the schema that the field belongs to, Field its name there.
	Of, Field string
	// Description is the description of the field in the schema.
	Description string
	// Indicator is the code of the indicator that the column is of; empty where it is
	// given by the rows or by the question.
	Indicator string

	path []string
}

func kindOf(t *ast.Type) Kind {
	if t.Elem != nil {
		return Text
	}
	switch t.Name() {
	case "Int":
		return Integer
	case "Decimal", "Float":
		return Decimal
	case "Boolean":
		return Boolean
	case "Date":
		return Date
	case "Time":
		return Moment
	}
	return Text
}
