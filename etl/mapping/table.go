package mapping

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/layout"
	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// table is a table of a file whose columns the source knows. Cells have no spaces around
// them.
type table struct {
	*layout.Table
	columns map[string]int // header → place in a row; the headers that the source reads
	wide    [][]yearColumn // of a wide table: those of each measure
	year    flaggedYear    // that the name of the file or sheet says
	plain   bool           // its numbers are written as computers write them
}

// yearColumn is a column of a wide table.
type yearColumn struct {
	header      string
	place       int
	year        number.Year
	status      number.Status // that the header gives
	whole       int           // the place of the denominator or weight beside it, -1 for none
	wholeHeader string
}

// cell gives the text in a column; "" for the column "", which is none.
func (t *table) cell(r *layout.Row, column string) string {
	if column == "" {
		return ""
	}
	return r.Cells[t.columns[column]]
}

// place is where a cell of a row stands.
func (t *table) place(r *layout.Row, column string) ledger.Place {
	if r.Mended != "" {
		return ledger.Place{File: r.Mended, Line: r.Line, Column: column}
	}
	return t.at(r.Line, column)
}

// at is a place in the table.
func (t *table) at(line int, column string) ledger.Place {
	return ledger.Place{File: t.File, Sheet: t.Sheet, Line: line, Column: column}
}

// rejectColumn makes a reject of a header.
func (t *table) rejectColumn(header string, reason number.Code, detail number.Message) Reject {
	r := NewReject(t.at(t.Line, header), header, reason, detail)
	r.OfNoRow = true
	return r
}

// fault is a fault of the header.
func (t *table) fault(code number.Code, message number.Message) *number.Error {
	return &number.Error{Code: code, Message: message, Where: t.Where(t.Line)}
}

// ruledColumns are the places of the columns that tell which rows are read.
func (t *table) ruledColumns(source *workspace.Source) map[int]bool {
	rules := slices.Concat(source.Table.Keep, source.Table.Skip, source.Table.Totals, source.Table.Groups)
	for _, measure := range source.Measures {
		rules = append(rules, measure.Where...)
	}
	ruled := map[int]bool{}
	for _, rule := range rules {
		if rule.Column == "" {
			ruled[0] = true // the label of a row stands first
		} else if place := layout.Place(t.Header, rule.Column, source.Spellings); place >= 0 {
			ruled[place] = true
		}
	}
	return ruled
}

// isRead reports whether the source reads the column at a place.
func (t *table) isRead(place int) bool {
	for _, at := range t.columns {
		if at == place {
			return true
		}
	}
	for _, columns := range t.wide {
		if slices.ContainsFunc(columns, func(c yearColumn) bool { return c.place == place || c.whole == place }) {
			return true
		}
	}
	return false
}

// neededColumns are the places of the columns that the source reads, or that tell which rows are of a
// measure; nil for all, where any cell may tell that.
func (t *table) neededColumns(source *workspace.Source) []bool {
	for i := range source.Measures {
		if slices.ContainsFunc(source.Measures[i].Where, func(rule workspace.RowRule) bool { return rule.Column == "" }) {
			return nil
		}
	}
	ruled, needed := t.ruledColumns(source), make([]bool, len(t.Header))
	for place := range needed {
		needed[place] = t.isRead(place) || ruled[place]
	}
	return needed
}

// checkRows makes rejects of the rows that cannot be read and leaves the others.
func (t *table) checkRows() []Reject {
	var rejects []Reject
	t.Keep(func(_ int, row *layout.Row) bool {
		r, wrong := t.checkRow(row)
		if wrong {
			rejects = append(rejects, r)
		}
		return !wrong
	})
	return rejects
}

// checkRow makes a reject of a row that cannot be read.
func (t *table) checkRow(r *layout.Row) (rejected Reject, wrong bool) {
	switch {
	case r.Fault != nil:
		return NewReject(t.place(r, ""), "", r.Fault.Code, r.Fault.Message), true
	case len(r.Cells) != len(t.Header):
		return NewReject(t.place(r, ""), strings.Join(r.Cells, " | "), RaggedRow,
			number.Say("the row has %d cells, the header %d", len(r.Cells), len(t.Header))), true
	}
	return Reject{}, false
}

// hasFigures reports whether a row has figures of a measure.
func hasFigures(source *workspace.Source, t *table, row *layout.Row, measure *workspace.Measure) bool {
	if len(measure.Group) > 0 && !name.FitsAny(measure.Group, row.Group) {
		return false
	}
	return !slices.ContainsFunc(measure.Where, func(rule workspace.RowRule) bool { return !t.Fits(row, rule, source.Spellings) })
}

// eachHeld gives the rows that the table holds.
func (t *table) eachHeld(each func(row *layout.Row) error) error {
	for i := range t.Rows {
		if err := each(&t.Rows[i]); err != nil {
			return err
		}
	}
	return nil
}
