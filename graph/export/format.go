package export

import (
	"io"

	"github.com/niengiam/niengiam/graph/sheet"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// format is one form of file.
type format struct {
	ending, media string
	// many says that a file holds several tables.
	many bool
	// begin makes what writes a file.
	begin func(w io.Writer, f *file) (encoder, error)
	// check finds what the form cannot hold, before anything is sent; nil for none.
	check func(f *file) *number.Error
}

// encoder writes the tables of a file, one after the other.
type encoder interface {
	// table begins a table.
	table(name string, columns []columnOf) error
	// row writes a row of the table, with a cell for each column.
	row(cells []sheet.Cell) error
	// end writes what is still to come; the writer below stays open.
	end() error
}

// columnOf is a column with what its numbers are printed with.
type columnOf struct {
	sheet.Column
	// places is the number of digits after the point that people are shown, −1 for
	// as many as there are.
	places int32
}

func formats() []format {
	return []format{
		{ending: ".csv", media: "text/csv; charset=utf-8; header=present", begin: beginCSV},
		{ending: ".xlsx", media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", many: true, begin: beginXLSX, check: checkXLSX},
		{ending: ".parquet", media: "application/vnd.apache.parquet", begin: beginParquet, check: checkDecimals},
		{ending: ".arrow", media: "application/vnd.apache.arrow.file", begin: beginArrow, check: checkDecimals},
		{ending: ".json", media: "application/json; charset=utf-8", begin: beginJSON},
		{ending: ".jsonstat", media: "application/json; charset=utf-8", begin: beginJSONStat, check: checkCube},
	}
}

func formatOf(ending string) (format, bool) {
	for _, f := range formats() {
		if f.ending == ending {
			return f, true
		}
	}
	return format{}, false
}

func endings() []string {
	var all []string
	for _, f := range formats() {
		all = append(all, f.ending)
	}
	return all
}

// columnsFile gives the columns of a table with the places of their numbers.
func columnsFile(f *file, s *sheet.Sheet) []columnOf {
	about := f.about(s)
	columns := s.Columns(about)
	all := make([]columnOf, len(columns))
	for i, c := range columns {
		code := c.Indicator
		if code == "" && about != nil && len(about.Indicators) == 1 {
			code = about.Indicators[0]
		}
		all[i] = columnOf{c, placesOf(c, f.catalogue.Indicator(code))}
	}
	return all
}

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
	case "Figure.rate", "RollUp.rate", "Change.percent", "Change.points", "Change.index", "Change.cagr", "RankingRow.share",
		"TableCell.RATE", "TableCell.PERCENT", "TableCell.POINTS", "TableCell.INDEX", "TableCell.CAGR":
		return i.Places(true)
	case "TableCell.FIGURE":
		return i.Places(i.Kind.IsPercentage())
	case "TableCell.RANK", "TableCell.MOVEMENT":
		return 0
	case "Figure.value", "RollUp.value", "Change.absolute", "TableCell.VALUE", "TableCell.ABSOLUTE":
		if i.Kind != catalogue.Ratio { // whose values are as they were reported, and whose change is one of the rate
			return i.Places(false)
		}
	}
	return -1
}
