package export

import (
	"encoding/json"
	"iter"
	"net/url"
	"slices"

	"github.com/niengiam/niengiam/graph/sheet"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// document is an answer that becomes a file: its tables, and what the file says of itself.
type document struct {
	options options
	tables  []*table
	paper   *paper
}

// options are what an address says of the file rather than of the question.
type options struct {
	// table is the table to give, "" for the only one.
	table string
	// noNotes leaves what is about the answer out of a CSV file.
	noNotes bool
	// comma writes a decimal comma, and semicolons between cells, in a CSV file.
	comma bool
}

func (o *options) read(values url.Values) *number.Error {
	o.table = values.Get("table")
	for _, c := range []struct {
		name, usual, other string
		set                *bool
	}{{"notes", "yes", "no", &o.noNotes}, {"decimal", "point", "comma", &o.comma}} {
		switch given := values.Get(c.name); given {
		case "", c.usual:
		case c.other:
			*c.set = true
		default:
			return &number.Error{
				Code: number.BadArgument, Where: c.name, Message: number.Say("%s=%q means nothing", c.name, given), Nearest: []string{c.usual, c.other},
			}
		}
	}
	return nil
}

// table is a table of an answer with its columns.
type table struct {
	*sheet.Sheet
	about   *sheet.About // nil where nothing is said about the answer
	columns []columnOf
	data    json.RawMessage // of all the answers
}

// columnOf is a column with what its numbers are printed with.
type columnOf struct {
	sheet.Column
	// places is the number of digits after the point that people are shown, −1 for
	// as many as there are.
	places int32
	// unit is the unit of measure in both languages; empty where nothing says it.
	unit string
}

// jsonStatUnit is the unit of a metric of JSON-stat.
func (c columnOf) jsonStatUnit() map[string]any {
	unit := map[string]any{}
	if c.places >= 0 {
		unit["decimals"] = c.places
	}
	if c.unit != "" {
		unit["label"] = c.unit
	}
	return unit
}

// newTables makes tables of an answer.
func newTables(catalogue *catalogue.Calendar, sheets []*sheet.Sheet, abouts []*sheet.About, data json.RawMessage) []*table {
	tables := make([]*table, len(sheets))
	for i, s := range sheets {
		t := &table{Sheet: s, data: data}
		if at := slices.IndexFunc(abouts, func(about *sheet.About) bool { return about.Root == s.Root }); at >= 0 {
			t.about = abouts[at]
		}
		for _, c := range s.Columns(t.about) {
			code := c.Indicator
			if code == "" && t.about != nil && len(t.about.Indicators) == 1 {
				code = t.about.Indicators[0]
			}
			t.columns = append(t.columns, columnOf{c, placesOf(c, catalogue.Indicator(code)), unitOf(c, catalogue.Indicator(code))})
		}
		tables[i] = t
	}
	return tables
}

// rows reads the rows of the table, one at a time. An error ends them.
func (t *table) rows() iter.Seq2[[]sheet.Cell, error] { return t.Rows(t.data, t.about) }

// placesOf is the number of digits after the point of a column's numbers, −1
// where nothing says it.
func placesOf(c sheet.Column, i *catalogue.Indicator) int32 {
	switch {
	case c.Kind == sheet.Integer:
		return 0
	case c.Kind != sheet.Decimal || i == nil:
		return -1
	}
	switch c.Of + "." + c.Field {
	case "Figure.rate", "RollUp.rate", "TableCell.RATE":
		if i.HasRate() {
			return i.Decimals
		}
		return i.RatePlaces()
	case "Change.percent", "Change.points", "Change.index", "Change.cagr", "RankingRow.share",
		"TableCell.PERCENT", "TableCell.POINTS", "TableCell.INDEX", "TableCell.CAGR":
		return i.RatePlaces()
	case "TableCell.FIGURE":
		return i.Decimals
	case "TableCell.RANK", "TableCell.MOVEMENT":
		return 0
	case "Change.absolute", "TableCell.ABSOLUTE":
		if !i.IsRatio() || !i.IsPercentage() { // of which the points are printed
			return i.ChangePlaces()
		}
	case "Figure.value", "RollUp.value", "TableCell.VALUE":
		if !i.IsRatio() { // whose values are as they were reported
			return i.ValuePlaces()
		}
	}
	return -1
}

// unitOf is the unit of measure of a column's numbers: người / people.
func unitOf(c sheet.Column, i *catalogue.Indicator) string {
	if i == nil || c.Kind != sheet.Decimal {
		return ""
	}
	in := i.UnitOfMeasure
	switch c.Of + "." + c.Field {
	case "Change.percent", "Change.cagr", "RankingRow.share", "TableCell.PERCENT", "TableCell.CAGR":
		return "%"
	case "Figure.rate", "RollUp.rate", "TableCell.RATE":
		if in = i.MeasureUnit; !i.HasRate() {
			return ""
		}
	case "TableCell.FIGURE":
		in = i.MeasureUnit
	case "Figure.value", "RollUp.value", "TableCell.VALUE":
		in = func(language number.Language) string { return i.ValueNoun(true, language) }
	case "Change.absolute", "TableCell.ABSOLUTE":
		if i.IsRatio() && i.IsPercentage() {
			return ""
		}
	default:
		return ""
	}
	vi, en := in(number.Vietnamese), in(number.English)
	if vi == en {
		return vi
	}
	return vi + " / " + en
}

// columnsOf lists the columns of tables.
func columnsOf(tables []*table) []tableOfColumns {
	var all []tableOfColumns
	for _, t := range tables {
		its := tableOfColumns{Name: t.Name}
		for _, c := range t.columns {
			its.Columns = append(its.Columns, column{c.Name, c.Kind, c.Description})
		}
		all = append(all, its)
	}
	return all
}
