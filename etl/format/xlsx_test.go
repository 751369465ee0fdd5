package format

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// xlsxOf makes a workbook with a writer that is not ours.
func xlsxOf(t testing.TB, fill func(book *excelize.File) error) File {
	t.Helper()
	book := excelize.NewFile()
	if err := fill(book); err != nil {
		t.Fatal(err)
	}
	b, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return File{Name: "invented.xlsx", Content: b.Bytes()}
}

// rawXLSX makes a workbook of one sheet from its XML.
func rawXLSX(t testing.TB, sheet string, more ...string) File {
	t.Helper()
	const head = `<?xml version="1.0" encoding="UTF-8"?>`
	return File{Name: "invented.xlsx", Content: zipOf(t, append([]string{
		"[Content_Types].xml", head + `<Types/>`,
		"xl/workbook.xml", head + `<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", head + `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="rId3" Type="x/styles" Target="styles.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", head + sheet,
	}, more...)...)}
}

func TestReadXLSX(t *testing.T) {
	file := xlsxOf(t, func(book *excelize.File) error {
		const sheet = "Sheet1"
		date, err := book.NewStyle(&excelize.Style{NumFmt: 14})
		if err != nil {
			return err
		}
		ownDate, ownPercent, time := `"ngày" dd/mm/yyyy`, `0.0%`, "h:mm"
		own, err := book.NewStyle(&excelize.Style{CustomNumFmt: &ownDate})
		if err != nil {
			return err
		}
		percent, err := book.NewStyle(&excelize.Style{CustomNumFmt: &ownPercent})
		if err != nil {
			return err
		}
		hours, err := book.NewStyle(&excelize.Style{CustomNumFmt: &time})
		if err != nil {
			return err
		}
		if _, err = book.NewSheet("Â\u0309n"); err != nil {
			return err
		}
		for _, set := range []struct {
			cell  string
			value any
			style int
		}{
			{"A1", "  Hoà Bi\u0300nh ", 0}, {"C1", 8.43560000000000016, 0}, {"D1", true, 0}, {"E1", false, 0},
			{"A3", 43525, date}, {"B3", 43525.75, own}, {"C3", 59, date}, {"D3", 60, date}, {"E3", 0.125, percent}, {"F3", 0.5, hours}, {"G3", 1e21, 0},
			{"A5", "hidden", 0}, {"A6", "too", 0}, {"A8", "and", 0},
		} {
			if err := book.SetCellValue(sheet, set.cell, set.value); err != nil {
				return err
			}
			if err := book.SetCellStyle(sheet, set.cell, set.cell, set.style); err != nil {
				return err
			}
		}
		for _, row := range []int{5, 6, 8} {
			if err := book.SetRowVisible(sheet, row, false); err != nil {
				return err
			}
		}
		if err := book.SetColVisible(sheet, "C:D", false); err != nil {
			return err
		}
		if err := book.MergeCell(sheet, "A1", "B2"); err != nil {
			return err
		}
		if err := book.SetCellFormula(sheet, "B6", "=SUM(C1:C3)"); err != nil {
			return err
		}
		if err := book.SetCellValue("Â\u0309n", "B2", "#N/A"); err != nil {
			return err
		}
		return book.SetSheetVisible("Â\u0309n", false)
	})
	expect(t, printed(file, Options{}), `
= Sheet1
hidden rows: 5-6, 8
hidden columns: C-D
merged A1:B2
1|Hoà Bình||8.4356|TRUE|FALSE|
3|2019-03-01|2019-03-01T18:00:00|1900-02-28|60|0.125|0.5|1000000000000000000000| percent [4]
5|hidden|
6|too| FORMULA_WITHOUT_RESULT invented.xlsx:Sheet1!B6: the formula of the cell B6 has no result in the file
8|and|
= Ẩn
hidden sheet: Ẩn
2||#N/A|
`)
}

// What excelize does not write: rich text, results of formulas, errors, the calendar of 1904.
func TestReadXLSXAsOtherProgramsWrite(t *testing.T) {
	file := rawXLSX(t, `<x:worksheet xmlns:x="x"><x:dimension ref="A1:XFD2147483648"/><x:sheetData>
<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s" s="1"><x:v>1</x:v></x:c><x:c t="s"><x:v>2</x:v></x:c></x:row>
<x:row r="4"><x:c r="A4"><x:f>B4</x:f><x:v>8.9999999999999997E-2</x:v></x:c><x:c r="C4" t="e"><x:f>1/0</x:f><x:v>#DIV/0!</x:v></x:c><x:c t="str"><x:f>""</x:f><x:v></x:v></x:c><x:c t="b"><x:v>1</x:v></x:c><x:c t="d"><x:v>2019-03-01T00:00:00</x:v></x:c></x:row>
<x:row><x:c><x:f>A1</x:f><x:v/></x:c></x:row>
<x:row><x:c t="inlineStr" s="2"><x:is><x:t>Hµ</x:t><x:r><x:rPr><x:rFont val="Arial"/></x:rPr><x:t> x_x000A__x000D_y_xZ</x:t></x:r></x:is></x:c></x:row>
</x:sheetData></x:worksheet>`,
		"xl/sharedStrings.xml", `<sst><si><t>Năm</t><rPh><t>spoken</t></rPh></si><si><t>B¾c</t></si><si><r><t>1 </t></r><r><rPr><rFont val="VNI-Times"/></rPr><t>Ñaø Naüng</t></r></si></sst>`,
		"xl/styles.xml", `<styleSheet><fonts><font><name val="Arial"/></font><font><name val=".VnTime"/></font><font><name val=".VnArialH"/></font></fonts>`+
			`<cellStyleXfs><xf fontId="1"/></cellStyleXfs><cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs></styleSheet>`)
	expect(t, printed(file, Options{}), `
= A
font encoding: TCVN3: .VnArialH, .VnTime
font encoding: VNI: VNI-Times
1|Năm|Bắc|1 Đà Nẵng|
4|0.089999999999999997||#DIV/0!||TRUE|2019-03-01|
5|| FORMULA_WITHOUT_RESULT invented.xlsx:A!A5: the formula of the cell A5 has no result in the file
6|HÀ x
y_xZ|
`)
}

func TestXLSXIsRefused(t *testing.T) {
	const rows = `<worksheet><sheetData>%s</sheetData></worksheet>`
	small := Limits{Bytes: 100_000, Columns: 10, Cell: 1000}
	for _, c := range []struct {
		name string
		file File
		want string
	}{
		{"no sheet", File{Name: "f", Content: zipOf(t, "[Content_Types].xml", "<a/>", "xl/workbook.xml", "<a/>")}, "FILE_MALFORMED f: this is no xlsx: it has no sheet"},
		{"cut off", File{Name: "f", Content: xlsxOf(t, func(*excelize.File) error { return nil }).Content[:3000]}, "FILE_MALFORMED f: "},
		{"row 2^31", rawXLSX(t, fmt.Sprintf(rows, `<row r="2147483648"><c><v>1</v></c></row>`)), "FILE_TOO_LARGE invented.xlsx:A!2147483648: there are more than 1048576 rows"},
		{"rows not in order", rawXLSX(t, fmt.Sprintf(rows, `<row r="2"/><row r="2"/>`)), `FILE_MALFORMED invented.xlsx:A!"2": `},
		{"column 11", rawXLSX(t, fmt.Sprintf(rows, `<row><c r="K1"/></row>`)), "FILE_TOO_LARGE invented.xlsx:A!1: there are more than 10 cells"},
		{"long cell", rawXLSX(t, fmt.Sprintf(rows, `<row><c><v>`+strings.Repeat("1", 1001)+`</v></c></row>`)), "FILE_TOO_LARGE invented.xlsx/xl/worksheets/sheet1.xml: there are more than 1000 bytes in a cell"},
		{"cell elsewhere", rawXLSX(t, fmt.Sprintf(rows, `<row><c r="A7"/></row>`)), `FILE_MALFORMED invented.xlsx:A!"A7": `},
		{"document type", rawXLSX(t, `<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><worksheet>&c;</worksheet>`), "FILE_MALFORMED invented.xlsx/xl/worksheets/sheet1.xml: this is no xlsx: its XML declares"},
		{"deep", rawXLSX(t, strings.Repeat("<a>", 1000)), "FILE_TOO_LARGE invented.xlsx/xl/worksheets/sheet1.xml: there are more than 50 elements"},
		{"no such text", rawXLSX(t, fmt.Sprintf(rows, `<row><c t="s"><v>7</v></c></row>`)), "FILE_MALFORMED invented.xlsx:A!A1: "},
		{"too large", rawXLSX(t, strings.Repeat(" ", 100_001)), "FILE_TOO_LARGE invented.xlsx/xl/worksheets/sheet1.xml: there are more than 100000 bytes"},
		{"many cells", rawXLSX(t, fmt.Sprintf(rows, strings.Repeat(`<row><c/><c/><c/><c/><c/><c/><c/><c/><c/><c><v>1</v></c></row>`, 1))+strings.Repeat(" ", 20)), "= A\n1||||||||||1|"},
		{"merged wrongly", rawXLSX(t, `<worksheet><mergeCell ref="B2:A1"/></worksheet>`), `FILE_MALFORMED invented.xlsx:A!"B2:A1": `},
		{"not XML", rawXLSX(t, `<worksheet`), "FILE_MALFORMED invented.xlsx/xl/worksheets/sheet1.xml: this is no xlsx: its XML cannot be read"},
		{"XML of 2003", File{Name: "f.xls", Content: []byte(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table/></Workbook>`)}, `FILE_FORMAT f.xls: files of the format "XML Spreadsheet 2003" are not read`},
		{"binary workbook", File{Name: "f", Content: zipOf(t, "[Content_Types].xml", "", "xl/workbook.bin", "")}, `FILE_FORMAT f: files of the format "xlsb" are not read`},
	} {
		if got := printed(c.file, Options{Limits: small}); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

// A damaged sheet is refused where it is read; those beside it are what they are. A sheet that
// goes over a limit refuses the book.
func TestDamagedSheet(t *testing.T) {
	book := func(second string) File {
		return File{Name: "f", Content: zipOf(t, "[Content_Types].xml", "<Types/>",
			"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="1"/><sheet name="B" sheetId="2" r:id="2"/><sheet name="C" sheetId="3" r:id="3"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="1" Type="x/worksheet" Target="a.xml"/><Relationship Id="2" Type="x/worksheet" Target="b.xml"/><Relationship Id="3" Type="x/worksheet" Target="c.xml"/></Relationships>`,
			"xl/a.xml", `<worksheet><row><c><v>1</v></c></row></worksheet>`, "xl/b.xml", second)}
	}
	got := printed(book(`<worksheet><row><c><v>2`), Options{})
	for _, want := range []string{"= A\n1|1|\n", "= B\nFILE_MALFORMED f/xl/b.xml: this is no xlsx: its XML cannot be read", "= C\nFILE_MALFORMED f: this is no xlsx: it has no member \"xl/c.xml\""} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %q in\n%s", want, got)
		}
	}
	if got := printed(book(`<worksheet><row r="2147483648"><c><v>1</v></c></row></worksheet>`), Options{}); !strings.HasPrefix(got, "FILE_TOO_LARGE f:B!2147483648") {
		t.Error(got)
	}
}

// A bomb of 64 MiB is refused before it is unpacked.
func TestBombIsNotUnpacked(t *testing.T) {
	file := rawXLSX(t, strings.Repeat(" ", 64<<20))
	if got := printed(file, Options{}); !strings.HasPrefix(got, "FILE_TOO_LARGE invented.xlsx/xl/worksheets/sheet1.xml: it unpacks to more than 200 times its size") {
		t.Error(got)
	}
}

func FuzzReadXLSX(f *testing.F) {
	f.Add(rawXLSX(f, `<worksheet><cols><col min="1" max="3" hidden="1"/></cols><sheetData><row r="3" hidden="1"><c t="s"><v>0</v></c><c r="B3"><f>1</f></c></row></sheetData><mergeCell ref="A1:B2"/></worksheet>`,
		"xl/sharedStrings.xml", `<sst><si><r><rPr><rFont val=".VnTime"/></rPr><t>µ_x000A_</t></r></si></sst>`).Content)
	f.Add(xlsxOf(f, func(book *excelize.File) error { return book.SetCellValue("Sheet1", "C7", 1.5) }).Content)
	f.Fuzz(func(_ *testing.T, content []byte) { drain(XLSX, content) })
}

// FuzzReadXLSXSheet changes the XML of a sheet, which a packed file hides from the fuzzer.
func FuzzReadXLSXSheet(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="3"><c r="B3" t="inlineStr"><is><t>x</t></is></c><c><f>1</f><v>2E+5</v></c></row></sheetData></worksheet>`)
	f.Fuzz(func(t *testing.T, sheet string) { drain(XLSX, rawXLSX(t, sheet).Content) })
}
