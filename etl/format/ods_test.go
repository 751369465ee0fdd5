package format

import (
	"strings"
	"testing"
)

// odsOf makes a spreadsheet of what stands in its body.
func odsOf(t testing.TB, body string, more ...string) File {
	t.Helper()
	const head = `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ` +
		`xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:svg="g" xmlns:calcext="c"><office:font-face-decls><style:font-face style:name="V1" svg:font-family="'.VnTimeH'"/></office:font-face-decls>` +
		`<office:automatic-styles><style:style style:name="hidden"><style:table-properties table:display="false"/></style:style>` +
		`<style:style style:name="old"><style:text-properties style:font-name=".VnTime"/></style:style><style:style style:name="capital"><style:text-properties style:font-name="V1"/></style:style>` +
		`<style:style style:name="vni"><style:text-properties style:font-name="VNI-Times"/></style:style></office:automatic-styles><office:body><office:spreadsheet>`
	return File{Name: "invented.ods", Content: zipOf(t, append([]string{
		"mimetype", "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml", "<manifest/>",
		"content.xml", head + body + `</office:spreadsheet></office:body></office:document-content>`,
	}, more...)...)}
}

func TestReadODS(t *testing.T) {
	file := odsOf(t, `<table:tracked-changes><table:table><table:table-row><table:table-cell><text:p>gone</text:p></table:table-cell></table:table-row></table:table></table:tracked-changes>
<table:table table:name="Biểu">
<table:shapes><text:p>drawn</text:p></table:shapes>
<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name="old" table:number-columns-repeated="16381"/>
<table:table-header-rows><table:table-row>
<table:table-cell office:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="2"><text:p>Tên
  xã<text:s text:c="2"/>1<office:annotation><text:p>a remark</text:p></office:annotation></text:p><text:p>dòng 2</text:p></table:table-cell>
<table:covered-table-cell/><table:table-cell table:number-columns-repeated="2" office:value-type="percentage" office:value="0.125"><text:p>12,5%</text:p></table:table-cell>
</table:table-row></table:table-header-rows>
<table:table-row><table:covered-table-cell table:number-columns-repeated="2"/>
<table:table-cell office:value-type="date" office:date-value="2019-03-01"><text:p>1/3/19</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>B¾c <text:span text:style-name="vni">Ñaø Naüng</text:span></text:p></table:table-cell>
<table:table-cell table:style-name="capital" office:value-type="string"><text:p>hµ</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="3" table:visibility="filter"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="1.5E3"/><table:table-cell office:value-type="boolean" office:boolean-value="true"/>
<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error" table:formula="of:=1/0"><text:p>#DIV/0!</text:p></table:table-cell>
<table:table-cell office:value-type="time" office:time-value="PT01H"/></table:table-row>
<table:table-row><table:table-cell table:formula="of:=[.A1]"/><table:table-cell office:value-type="string" office:string-value="said"/></table:table-row>
<table:table-row table:number-rows-repeated="1048566"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table>
<table:table table:name="ẩn" table:style-name="hidden"><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>
<table:table table:name="'file:///a.ods'#A" table:style-name="ta_extref"><table:table-row><table:table-cell><text:p>y</text:p></table:table-cell></table:table-row></table:table>`)
	want := `
= Biểu
hidden rows: 3-5
hidden columns: B-C
font encoding: TCVN3: .VnTime, .VnTimeH
font encoding: VNI: VNI-Times
merged A1:B2
1|Tên xã  1
dòng 2||0.125|0.125| percent [2 3]
2|||2019-03-01|Bắc Đà Nẵng|HÀ|
6|1500|TRUE|#DIV/0!|PT01H|
7|1500|TRUE|#DIV/0!|PT01H|
8||said| FORMULA_WITHOUT_RESULT invented.ods:Biểu!A8: the formula of the cell A8 has no result in the file
= ẩn
hidden sheet: ẩn
1|x|
`
	expect(t, printed(file, Options{}), want)
}

func TestODSIsRefused(t *testing.T) {
	const x = `<table:table-cell%><text:p>x</text:p></table:table-cell>`
	cell := func(attributes string) string { return strings.Replace(x, "%", attributes, 1) }
	row := func(cells, attributes string) string {
		return `<table:table table:name="A"><table:table-row` + attributes + `>` + cells + `</table:table-row></table:table>`
	}
	for _, c := range []struct {
		name string
		file File
		want string
	}{
		{"no sheet", odsOf(t, ""), "FILE_MALFORMED invented.ods: this is no ods: it has no sheet"},
		{"repeated rows", odsOf(t, row(cell(""), ` table:number-rows-repeated="2147483648"`)), "FILE_TOO_LARGE invented.ods:A!1: there are more than 1048576 rows"},
		{"repeated cells", odsOf(t, row(cell(` table:number-columns-repeated="1000000"`), "")), "FILE_TOO_LARGE invented.ods:A!1: there are more than 10 cells in a row"},
		{"cell far off", odsOf(t, row(`<table:table-cell table:number-columns-repeated="2147483648"/>`+cell(""), "")), "FILE_TOO_LARGE invented.ods:A!1: there are more than 10 cells in a row"},
		{"many repeated texts", odsOf(t, row(cell(""), ` table:number-rows-repeated="1000000"`)), "FILE_TOO_LARGE invented.ods:A!: there are more than 100000 bytes"},
		{"long text", odsOf(t, row(`<table:table-cell><text:p>a<text:s text:c="1000000"/></text:p></table:table-cell>`, "")), "FILE_TOO_LARGE invented.ods:A!A1: there are more than 1000 bytes in a cell"},
		{"long lines", odsOf(t, row(`<table:table-cell>`+strings.Repeat(`<text:p>abc</text:p>`, 1000)+`</table:table-cell>`, "")), "FILE_TOO_LARGE invented.ods:A!A1: there are more than 1000 bytes in a cell"},
		{"deep", odsOf(t, strings.Repeat("<table:table-row-group>", 60)), "FILE_TOO_LARGE invented.ods/content.xml: there are more than 50 elements"},
		{"sheets", odsOf(t, strings.Repeat(`<table:table table:name="A"/>`, 4)), "FILE_TOO_LARGE invented.ods: there are more than 3 sheets"},
		{"not XML", odsOf(t, "<a>"), "FILE_MALFORMED invented.ods/content.xml: this is no ods: its XML cannot be read"},
		{"password", File{Name: "f", Content: zipOf(t, "META-INF/manifest.xml", "<a><b><encryption-data/></b></a>", "content.xml", "?")}, "FILE_LOCKED f: the workbook is encrypted"},
	} {
		if got := printed(c.file, Options{Limits: Limits{Bytes: 100_000, Columns: 10, Cell: 1000, Sheets: 3}}); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func FuzzReadODS(f *testing.F) {
	f.Add(`<table:table table:name="A"><table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="float" office:value="1"/><table:table-cell table:style-name="old" table:number-columns-spanned="2"><text:p>µ<text:s/></text:p></table:table-cell></table:table-row></table:table>`)
	f.Fuzz(func(t *testing.T, body string) { drain(ODS, odsOf(t, body).Content) })
}
