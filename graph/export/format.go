package export

import (
	"github.com/niengiam/niengiam/stats/number"
)

// format is one form of file; formats has the table of all.
type format struct {
	ending, media string
	// many says that a file holds several tables.
	many bool
	// prepare checks that the form can hold a document, before anything is sent, and
	// gives what begins the file.
	prepare func(d *document) (begin, *number.Error)
}

func formats() []format {
	return []format{
		{ending: ".csv", media: "text/csv; charset=utf-8; header=present", prepare: prepareCSV},
		{ending: ".xlsx", media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", many: true, prepare: prepareXLSX},
		{ending: ".parquet", media: "application/vnd.apache.parquet", prepare: prepareParquet},
		{ending: ".arrow", media: "application/vnd.apache.arrow.file", prepare: prepareArrow},
		{ending: ".json", media: "application/json; charset=utf-8", prepare: prepareJSON},
		{ending: ".jsonstat", media: "application/json; charset=utf-8", prepare: prepareJSONStat},
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
