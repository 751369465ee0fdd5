// Package format reads a file of any format as sheets of cells. Every reader is a pure
// function of the bytes, which file.go gives from memory or the disk: what it gives says on which line of the file, or row of the sheet,
// each row of it stands. What the cells mean is not known here; all that follows is the
// same for all formats.
//
// read.go finds the reader of a format. Formats that hold a cube rather than a
// table (JSON-stat, PX) are laid out by cube.go, one row for each value.
package format

import (
	"iter"
	"slices"

	"github.com/niengiam/niengiam/stats/number"
)

// The codes of faults of files.
const (
	// Empty: a file has nothing in it.
	Empty number.Code = "CSV_EMPTY"
	// Encoding: a file is not text in the encoding that its source declares.
	Encoding number.Code = "CSV_ENCODING"
	// Quote: a quote is never closed, so that the ends of rows are unknown.
	Quote number.Code = "CSV_QUOTE"
	// BadQuote: a misplaced quote, within one line: only this row cannot be read.
	BadQuote number.Code = "BAD_QUOTE"
	// Malformed: a file is not what its format says.
	Malformed number.Code = "FILE_MALFORMED"
	// UnknownFormat: a file is of no format that can be read, or not of the one declared.
	UnknownFormat number.Code = "FILE_FORMAT"
	// TooLarge: a file goes over a limit; the message names it.
	TooLarge number.Code = "FILE_TOO_LARGE"
)

// Kind is a format: the way in which a file is written.
type Kind string

// The formats that are read.
const (
	CSV         Kind = "csv"        // and every other text with one sign between cells
	TSV         Kind = "tsv"        // where that sign is a tab
	JSON        Kind = "json"       // lists of objects
	JSONLines   Kind = "json-lines" // an object on each line
	JSONStat    Kind = "json-stat"
	SDMXCSV     Kind = "sdmx-csv"
	SDMXJSON    Kind = "sdmx-json"
	EurostatTSV Kind = "eurostat-tsv"
	PX          Kind = "px"
	HTML        Kind = "html" // the tables of a page
	Parquet     Kind = "parquet"
	XLSX        Kind = "xlsx"
	XLS         Kind = "xls"
	ODS         Kind = "ods"
	// These are known, and refused with what to do.
	xlsb          Kind = "xlsb"
	spreadsheetML Kind = "XML Spreadsheet 2003"
	// Of these a file within is read, of any format.
	ZIP  Kind = "zip"
	GZIP Kind = "gzip"
)

// Kinds lists the formats by name.
func Kinds() []string {
	return []string{string(CSV), string(TSV), string(JSON), string(JSONLines), string(JSONStat), string(SDMXCSV), string(SDMXJSON), string(EurostatTSV), string(PX), string(HTML), string(Parquet), string(XLSX), string(XLS), string(ODS)}
}

// HasPlainNumbers reports whether all numbers of a format are written as computers write
// them, with a point.
func HasPlainNumbers(kind Kind) bool {
	return slices.Contains([]Kind{JSONStat, PX, SDMXJSON, Parquet}, kind)
}

// Options says what is known of a file before it is read. The zero value knows nothing.
type Options struct {
	// Format is the declared format; "" finds it in the bytes.
	Format Kind
	// Encoding is that of text; "" is UTF-8, or what a file says itself (PX, HTML). UTF-8 is
	// the default of a workspace and holds no more than that: what it fits is read so anyway.
	Encoding string
	// Delimiter stands between the cells of text; 0 is a comma, or in TSV a tab. What the
	// first line of the file says (sep=;) comes before it.
	Delimiter rune
	// Skip is how many lines of a text stand above its header, a line sep=; among them.
	Skip int
	// Language is the one to take where a file has several; "" takes its first.
	Language string
	// Member is the pattern (path.Match) of the one file to read of an archive of several.
	Member string
	// Limits bound what is read.
	Limits Limits
}

// declared is the encoding that a source declares; "" where it leaves it to the file.
func (o Options) declared() string {
	if o.Encoding == "utf-8" {
		return ""
	}
	return o.Encoding
}

// Sheet is one table of a file: that of a text, a sheet of a spreadsheet, a cube.
type Sheet struct {
	// Name is that of the sheet; "" where the format has none.
	Name string
	// Kind is the format that it was read as; of a packed file that of the file within.
	Kind Kind
	// Notes are what the file says of the sheet beside its cells: its title, source, units.
	Notes []Note
	// Merged are the areas of cells that the sheet shows as one: what stands in the first cell.
	// The other cells are as they are in the file, mostly empty; nothing is spread here.
	Merged []Area
	// Rows gives the rows in order, the header first. Rows of a text with other numbers of
	// cells than the header are as long as they are. An error ends the rows.
	Rows iter.Seq2[Row, error]
	// Need says which columns are needed, so that the others need not be read: their cells may be
	// blank then, in rows in which one that is needed is not. It is nil where nothing is gained by it.
	Need func(columns []bool)
}

// Area is a block of a sheet's cells, its last row and column included.
type Area struct {
	// FirstRow and LastRow are numbers of rows as Row.Line has them, from 1.
	FirstRow, LastRow int
	// FirstCell and LastCell are indices of Row.Cells, from 0.
	FirstCell, LastCell int
}

// Note is a text beside the cells, such as a title.
type Note struct {
	// Kind is what the format calls it: title, source, note, updated.
	Kind string
	// Text is in the language that was asked for.
	Text string
}

// Row is one row.
type Row struct {
	// Line is the line of the file on which the row begins, or its number in the sheet or
	// cube; from 1.
	Line int
	// Cells have no spaces around them.
	Cells []string
	// Numbers lists the indices of the cells that are numbers of the file's own and not
	// text: they are written with a point, whatever the texts beside them have.
	Numbers []int
	// Percent lists the indices of the cells whose numbers a spreadsheet shows as
	// percentages: a cell has 0.125, as it is stored, where people see 12.5 %.
	Percent []int
	// Fault is why this row alone cannot be read; nil where it can.
	Fault *number.Error
}

// set puts a text into a cell of a row, which has as many cells as its last with a text.
func (r *Row) set(cell int, text string) {
	if text == "" {
		return
	}
	if missing := cell + 1 - len(r.Cells); missing > 0 {
		r.Cells = append(r.Cells, make([]string, missing)...)
	}
	r.Cells[cell] = text
}

// weight is about how many bytes a row takes in memory: a few bytes of a file may stand for
// many cells, or for one long text in many of them.
func (r Row) weight() int64 {
	const ofCell = 16
	weight := int64(ofCell * len(r.Cells))
	for _, cell := range r.Cells {
		weight += int64(len(cell))
	}
	return weight
}

// trimmed takes the spaces around cells away, in place.
func trimmed(cells []string) []string {
	for i := range cells {
		cells[i] = trim(cells[i])
	}
	return cells
}
