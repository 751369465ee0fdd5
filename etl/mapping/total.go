package mapping

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/etl/layout"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/validation"
)

// checkTotals compares the totals that a table prints with the sums of its rows: of all, of
// those below up to the next total, or of those above since the one before. A total that is
// none of these sums is a reject; the totals are not loaded, so that nothing is counted twice.
// Only what adds up is compared, and only where all rows are known.
func checkTotals(source *workspace.Source, calendar *catalogue.Calendar, t *table) []Reject {
	if len(t.Totals) == 0 {
		return nil
	}
	var rejects []Reject
	for i := range source.Measures {
		measure := &source.Measures[i]
		indicator := calendar.Indicator(measure.Indicator.Constant)
		if indicator == nil || indicator.Kind != catalogue.Count && indicator.Kind != catalogue.Amount {
			continue
		}
		keys := keysOf(source, measure)
		parts := map[string][]int{} // the rows of each key, so that a total looks at its own alone
		for at := range t.Rows {
			if row := &t.Rows[at]; hasFigures(source, t, row, measure) {
				key := keyOf(t, row, keys)
				parts[key] = append(parts[key], at)
			}
		}
		for at := range t.Totals {
			total := &t.Totals[at]
			if len(total.Cells) != len(t.Header) {
				continue
			}
			for _, column := range valueColumns(t, measure, i) {
				sums := summer{source, t, measure, column.place, total, parts[keyOf(t, total, keys)]}
				if r, differs := sums.compare(at, column); differs {
					rejects = append(rejects, r)
				}
			}
		}
	}
	return rejects
}

// valueColumns lists the columns of a measure's values.
func valueColumns(t *table, measure *workspace.Measure, at int) []yearColumn {
	if measure.Value != "" {
		return []yearColumn{{header: measure.Value, place: t.columns[measure.Value]}}
	}
	return t.wide[at]
}

// summer adds up one column of a table.
type summer struct {
	source  *workspace.Source
	table   *table
	measure *workspace.Measure
	place   int
	total   *layout.Row
	parts   []int // the rows that may be parts of the total
}

// keysOf lists the columns, but for that of the unit, that tell figures of a measure apart.
func keysOf(source *workspace.Source, measure *workspace.Measure) []string {
	keys := []string{source.Year.Column, source.Published.Column, source.Basis.Column, measure.Indicator.Column}
	for _, rule := range slices.Concat(source.Breakdown, measure.Breakdown) {
		keys = append(keys, rule.Column)
	}
	return slices.DeleteFunc(keys, func(column string) bool { return column == "" })
}

// keyOf is what a row has in these columns.
func keyOf(t *table, row *layout.Row, columns []string) string {
	cells := make([]string, len(columns))
	for i, column := range columns {
		cells[i] = t.cell(row, column)
	}
	return strings.Join(cells, "\x00")
}

// between are the parts from one row on to before another.
func (s summer) between(from, to int) []int {
	first, _ := slices.BinarySearch(s.parts, from)
	last, _ := slices.BinarySearch(s.parts, to)
	return s.parts[first:max(first, last)]
}

// compare compares a total with the sums that it may be.
func (s summer) compare(at int, column yearColumn) (Reject, bool) {
	t, total := s.table, s.total
	cell := total.Cells[column.place]
	printed, known := s.read(total)
	if !known {
		return Reject{}, false
	}
	from, to := 0, len(t.Rows)
	if at > 0 {
		from = t.Totals[at-1].After
	}
	if at+1 < len(t.Totals) {
		to = t.Totals[at+1].After
	}
	var compared []decimal.Decimal
	for _, rows := range [][]int{s.parts, s.between(total.After, to), s.between(from, total.After)} {
		sum, unit, parts, ok := s.sum(rows)
		if !ok {
			continue
		}
		if validation.IsPrintedSum(printed, sum, unit, parts) {
			return Reject{}, false
		}
		compared = append(compared, sum)
	}
	if len(compared) == 0 {
		return Reject{}, false
	}
	r := NewReject(t.at(total.Line, column.header), cell, TotalDiffers, number.Say("the rows add up to %s and the printed total is %s: they differ by %s", compared[0], printed, compared[0].Sub(printed).Abs()))
	r.OfNoRow = true
	return r, true
}

// sum adds up rows and says how many they are and what the last digit that is printed is
// worth, zero where figures are whole and not multiplied, so that none was rounded. It is false
// where there are no rows, or one is not known.
func (s summer) sum(rows []int) (sum, unit decimal.Decimal, parts int, ok bool) {
	digits := int32(0)
	for _, at := range rows {
		row := &s.table.Rows[at]
		if cell := row.Cells[s.place]; cell == "" && s.measure.Optional {
			continue
		}
		value, known := s.read(row)
		if !known {
			return sum, unit, parts, false
		}
		digits = max(digits, -value.Exponent())
		sum, parts = sum.Add(value), parts+1
	}
	switch {
	case !s.measure.Multiplier.IsZero():
		unit = s.lastDigit(rows)
	case digits > 0:
		unit = decimal.New(1, -digits)
	}
	return sum, unit, parts, parts > 0
}

// lastDigit is the unit of the last digit that is printed, multiplied.
func (s summer) lastDigit(rows []int) decimal.Decimal {
	digits := int32(0)
	plain := *s.measure
	plain.Multiplier = decimal.Decimal{}
	for _, at := range rows {
		row := &s.table.Rows[at]
		if value, reason, _ := readCell(row.Cells[s.place], formOf(s.table, row, s.place), &plain, s.source); reason == "" {
			digits = max(digits, -value.Exponent())
		}
	}
	return decimal.New(1, -digits).Mul(s.measure.Multiplier)
}

// read reads the number of a row; false where it has none.
func (s summer) read(row *layout.Row) (decimal.Decimal, bool) {
	cell := row.Cells[s.place]
	if slices.Contains(s.source.Zero, cell) {
		return decimal.Decimal{}, true
	}
	rest, _, _ := splitFlags(cell, s.source.Flags)
	value, reason, _ := readCell(rest, formOf(s.table, row, s.place), s.measure, s.source)
	return value, reason == ""
}
