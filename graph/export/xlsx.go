package export

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/graph/sheet"
	"github.com/niengiam/niengiam/stats/number"
)

// What Excel allows (Excel specifications and limits), and what a float64 holds.
const (
	maxRows, maxColumns = 1_048_576, 16_384
	maxText             = 32_767 // letters of a cell
	maxSheetName        = 31
	exactDigits         = 15
)

// xlsxFile writes a workbook: a sheet for each table, then one with notes and
// sources. It is written as it comes, part by part of the archive, with texts in
// their cells: libraries gather a workbook before they write it. Cells have types,
// so that no text is ever a formula.
type xlsxFile struct {
	archive  *zip.Writer
	part     *bufio.Writer // the sheet that is being written
	document *document
	names    []string
	columns  []columnOf
	styles   []string // number formats, by style from firstStyle
	row1     int
}

func prepareXLSX(d *document) (begin, *number.Error) {
	if fault := checkXLSX(d); fault != nil {
		return nil, fault
	}
	return func(w io.Writer) (encoder, error) {
		return &xlsxFile{archive: zip.NewWriter(w), document: d}, nil
	}, nil
}

// checkXLSX finds tables that Excel cannot hold.
func checkXLSX(d *document) *number.Error {
	for _, t := range d.tables {
		if columns := len(t.columns); columns > maxColumns {
			return &number.Error{
				Code: number.TooMany, Message: number.Say("the table %s has %d columns; Excel takes %d", t.Name, columns, maxColumns), Hint: number.Say("take .csv"),
			}
		}
		rows := 0
		for _, err := range t.rows() {
			if err != nil {
				return nil // whoever writes the rows meets it again
			}
			if rows++; rows == maxRows {
				return &number.Error{
					Code: number.TooMany, Message: number.Say("the table %s has more than the %d rows that Excel takes", t.Name, maxRows-1), Hint: number.Say("take .csv"),
				}
			}
		}
	}
	return nil
}

func (x *xlsxFile) table(name string, columns []columnOf) error {
	x.columns = columns
	if err := x.begin(name); err != nil {
		return err
	}
	x.write(`<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`)
	for i, c := range columns {
		width := min(max(utf8.RuneCountInString(c.Name)+2, 12), 40)
		x.write(fmt.Sprintf(`<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, width))
	}
	x.write(`</cols><sheetData>`)
	x.open()
	for i, c := range columns {
		x.text(i, c.Name, heading)
	}
	return x.close()
}

func (x *xlsxFile) row(cells []sheet.Cell) error {
	x.open()
	for i, cell := range cells {
		if !cell.Known {
			continue
		}
		switch kind := x.columns[i].Kind; kind {
		case sheet.Integer, sheet.Decimal:
			x.number(i, cell.Text)
		case sheet.Boolean:
			x.write(`<c r="` + x.at(i) + `" t="b"><v>` + map[string]string{"true": "1"}[cell.Text] + map[string]string{"false": "0"}[cell.Text] + `</v></c>`)
		case sheet.Date:
			x.date(i, cell.Text)
		default:
			x.text(i, cell.Text, plain)
		}
	}
	return x.close()
}

func (x *xlsxFile) end() error {
	if err := x.finish(); err != nil {
		return err
	}
	if err := x.notes(); err != nil {
		return err
	}
	for _, part := range parts(x.names, x.styles) {
		if err := x.create(part.name); err != nil {
			return err
		}
		x.write(part.text)
		if err := x.part.Flush(); err != nil {
			return err
		}
	}
	return x.archive.Close()
}

// notes writes the sheet of what the file says of itself.
func (x *xlsxFile) notes() error {
	if err := x.begin("Ghi chú - Notes"); err != nil {
		return err
	}
	x.write(`<cols><col min="1" max="1" width="42" customWidth="1"/><col min="2" max="2" width="120" customWidth="1"/></cols><sheetData>`)
	lines := x.document.paper.lines()
	for _, t := range x.document.paper.Columns {
		for _, c := range t.Columns {
			lines = append(lines, line{"Cột / Column " + t.Name, c.Name + ": " + c.Description})
		}
	}
	for text := range strings.Lines(x.document.paper.Query) {
		lines = append(lines, line{"Câu truy vấn / Query", strings.TrimRight(text, "\r\n")})
	}
	for _, l := range lines {
		x.open()
		x.text(0, l.label, heading)
		x.text(1, l.text, wrapped)
		if err := x.close(); err != nil {
			return err
		}
	}
	return x.finish()
}

// begin starts a sheet; the one before is finished.
func (x *xlsxFile) begin(name string) error {
	if err := x.finish(); err != nil {
		return err
	}
	x.names = append(x.names, x.sheetName(name))
	x.row1 = 0
	if err := x.create(fmt.Sprintf("xl/worksheets/sheet%d.xml", len(x.names))); err != nil {
		return err
	}
	x.write(xml.Header + `<worksheet ` + xlsxSpace + `>`)
	return nil
}

// finish ends the sheet that is being written, if there is one.
func (x *xlsxFile) finish() error {
	if x.part == nil {
		return nil
	}
	x.write(`</sheetData></worksheet>`)
	err := x.part.Flush()
	x.part = nil
	return err
}

func (x *xlsxFile) create(name string) error {
	part, err := x.archive.Create(name) // without a time, so that the same answer is the same file
	if err != nil {
		return err
	}
	x.part = bufio.NewWriter(part)
	return nil
}

// sheetName makes a name that Excel takes and no other sheet has.
func (x *xlsxFile) sheetName(name string) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return '-'
		}
		return r
	}, name)
	runes := []rune(clean)
	if len(runes) > maxSheetName {
		runes = runes[len(runes)-maxSheetName:] // the end tells tables apart: rows.criteria
	}
	unique := string(runes)
	for i := 2; slices.ContainsFunc(x.names, func(other string) bool { return strings.EqualFold(other, unique) }); i++ {
		suffix := fmt.Sprintf(" (%d)", i)
		unique = string(runes[:min(len(runes), maxSheetName-len(suffix))]) + suffix
	}
	return unique
}

func (x *xlsxFile) write(text string) { _, _ = x.part.WriteString(text) } // the writer keeps its fault

func (x *xlsxFile) open() {
	x.row1++
	x.write(`<row r="` + strconv.Itoa(x.row1) + `">`)
}

func (x *xlsxFile) close() error {
	_, err := x.part.WriteString("</row>")
	return err
}

// at is the address of a cell of the row: AB12.
func (x *xlsxFile) at(column int) string {
	letters := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return letters + strconv.Itoa(x.row1)
}

func (x *xlsxFile) text(column int, text string, style int) {
	if runes := []rune(text); len(runes) > maxText {
		text = string(runes[:maxText-1]) + "…"
	}
	x.write(fmt.Sprintf(`<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">`, x.at(column), style))
	_ = xml.EscapeText(x.part, []byte(text)) // the writer keeps its fault
	x.write(`</t></is></c>`)
}

// number writes a number, shown with the places of its column. Excel keeps
// fifteen digits: a division that does not end loses none that say anything, but a
// longer exact number stays a text rather than become another one.
func (x *xlsxFile) number(column int, text string) {
	number, err := decimal.NewFromString(text)
	places := -number.Exponent()
	if err != nil || number.NumDigits() > exactDigits && places < scale {
		x.text(column, text, plain)
		return
	}
	if over := int32(number.NumDigits() - exactDigits); over > 0 {
		number = number.Round(places - over)
	}
	style := plain
	if shown := x.columns[column].places; shown >= 0 {
		style = x.style("#,##0" + strings.TrimSuffix("."+strings.Repeat("0", int(shown)), "."))
		if x.columns[column].Kind == sheet.Integer {
			style = x.style("0") // years and ranks have no groups
		}
	}
	x.write(fmt.Sprintf(`<c r="%s" s="%d"><v>%s</v></c>`, x.at(column), style, number))
}

// date writes a day as Excel counts them; those before its calendar stay texts.
func (x *xlsxFile) date(column int, text string) {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil || at.Year() < 1901 {
		x.text(column, text, plain)
		return
	}
	days := int(at.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour))
	x.write(fmt.Sprintf(`<c r="%s" s="%d"><v>%d</v></c>`, x.at(column), day, days))
}

// style gives the style of a number format.
func (x *xlsxFile) style(format string) int {
	at := slices.Index(x.styles, format)
	if at < 0 {
		at = len(x.styles)
		x.styles = append(x.styles, format)
	}
	return firstStyle + at
}
