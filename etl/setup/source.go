package setup

import (
	"fmt"
	"strings"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// source is a source of a workspace as it is written in YAML; the rules are YAML themselves.
type source struct {
	code, language, title, publisher, file string
	table, signs                           []string
	unit, year, published                  string
	measures                               []string
}

// yaml writes the source as an item of sources.
func (s *source) yaml() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("  - code: %s", s.code)
	line("    title: {%s: %s}", s.language, quote(s.title))
	line("    publisher: {%s: %s}", s.language, quote(s.publisher))
	line("    files: [%s]", quote(s.file))
	if len(s.table) > 0 {
		line("    table: {%s}", strings.Join(s.table, ", "))
	}
	if len(s.signs) > 0 {
		line("    csv: {%s}", strings.Join(s.signs, ", "))
	}
	line("    missing: [%s]", strings.Join(quoted(missingCells()), ", "))
	line("    unit: {%s}", s.unit)
	line("    year: {%s}", s.year)
	line("    published: {constant: %s}", s.published)
	line("    measures:")
	for _, measure := range s.measures {
		line("      - {%s}", measure)
	}
	return b.String()
}

// place is the rule of the table: which sheets it is in, how many rows its header has, and
// rows that say the header again.
func (t *table) place() []string {
	var rule []string
	if t.sheet != "" {
		rule = append(rule, "sheet: "+quote(strings.ReplaceAll(t.sheet, sheetYear, "*")))
	}
	if t.depth > 1 {
		rule = append(rule, fmt.Sprintf("header: %d", t.depth))
	}
	return rule
}

// skipRule writes which rows are passed over: those that say the header again, and others by
// what stands in a column.
func (t *table) skipRule(column string, others []string) []string {
	all := strings.Join(quoted(others), ", ")
	switch {
	case len(others) == 0 && t.repeated == "":
		return nil
	case len(others) == 0:
		return []string{"skip: " + quote(t.repeated)}
	case t.repeated == "":
		return []string{fmt.Sprintf("skip: {%s: [%s]}", quote(column), all)}
	case t.header[0] == column:
		return []string{fmt.Sprintf("skip: {%s: [%s, %s]}", quote(column), quote(t.repeated), all)}
	}
	return []string{fmt.Sprintf("skip: {%s: %s, %s: [%s]}", quote(t.header[0]), quote(t.repeated), quote(column), all)}
}

// readSigns takes the signs of numbers that the texts show; where 1.810 may be a thousand or a
// decimal it asks.
func (t *table) readSigns(o *Options) error {
	found := t.format
	t.signs = workspace.CSV{Decimal: ".", RoundExcess: true}
	switch {
	case o.Decimal == "" && found.Decimal.Known:
		t.signs.Decimal, t.signs.Thousands = found.Decimal.Value, found.Thousands.Value
	case o.Decimal != "" || len(found.Decimal.Candidates) > 0:
		mark, err := o.find(o.Decimal, "which is the decimal mark? "+found.Decimal.Why.In(number.English), "--decimal", []string{".", ","})
		if err != nil {
			return err
		}
		if mark != "." && mark != "," {
			return &number.Error{Code: BadOption, Where: o.File, Message: number.EnglishOnly("--decimal: %q is neither a point nor a comma", mark)}
		}
		if t.signs.Decimal, t.signs.Thousands = mark, ","; mark == "," {
			t.signs.Thousands = "."
		}
	}
	return nil
}

// signsRule says how the texts of the file are written.
func (t *table) signsRule(rounded bool) []string {
	var rule []string
	if sign := t.format.Delimiter.Value; sign != "" && sign != "," {
		rule = append(rule, "delimiter: "+quote(sign))
	}
	if t.encoding != "" && t.encoding != "utf-8" {
		rule = append(rule, "encoding: "+t.encoding)
	}
	if t.signs.Decimal != "." {
		rule = append(rule, "decimal: "+quote(t.signs.Decimal))
	}
	if t.signs.Thousands != "" {
		rule = append(rule, "thousands: "+quote(t.signs.Thousands))
	}
	if rounded {
		rule = append(rule, "beyond_ten: round")
	}
	return rule
}
