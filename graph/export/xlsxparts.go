package export

import (
	"encoding/xml"
	"fmt"
	"html"
	"strings"
)

// The styles of every workbook; those of number formats follow.
const (
	plain = iota
	heading
	day
	wrapped
	firstStyle
)

// part is one file of the archive that a workbook is.
type part struct{ name, text string }

// parts are those that say what the sheets of the names are, and which styles they have (ECMA-376, Part 1: the smallest
// set that a workbook has, and its styles).
func parts(names, styles []string) []part {
	const (
		types = "application/vnd.openxmlformats-officedocument.spreadsheetml."
		links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		pack  = "http://schemas.openxmlformats.org/package/2006/"
	)
	var overrides, sheets, relations strings.Builder
	for i, name := range names {
		fmt.Fprintf(&overrides, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, types)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, html.EscapeString(name), i+1, i+1)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, links, i+1)
	}
	return []part{
		{"xl/workbook.xml", xml.Header + `<workbook ` + xlsxSpace + ` xmlns:r="` + links + `"><sheets>` + sheets.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", xml.Header + `<Relationships xmlns="` + pack + `relationships">` + relations.String() +
			fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/></Relationships>`, len(names)+1, links)},
		{"xl/styles.xml", styleSheet(styles)},
		{"_rels/.rels", xml.Header + `<Relationships xmlns="` + pack + `relationships"><Relationship Id="rId1" Type="` + links +
			`/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"[Content_Types].xml", xml.Header + `<Types xmlns="` + pack + `content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + types + `sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + types + `styles+xml"/>` + overrides.String() + `</Types>`},
	}
}

// styleSheet lists the styles in the order of their constants.
func styleSheet(styles []string) string {
	const firstFormat = 164 // those below are Excel's own
	var formats, cells strings.Builder
	fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="yyyy-mm-dd"/>`, firstFormat)
	for i, format := range styles {
		fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, firstFormat+1+i, html.EscapeString(format))
		fmt.Fprintf(&cells, `<xf numFmtId="%d" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`, firstFormat+1+i)
	}
	return xml.Header + `<styleSheet ` + xlsxSpace + `>` +
		fmt.Sprintf(`<numFmts count="%d">%s</numFmts>`, len(styles)+1, formats.String()) +
		`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		fmt.Sprintf(`<cellXfs count="%d">`, firstStyle+len(styles)) +
		`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>` +
		fmt.Sprintf(`<xf numFmtId="%d" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`, firstFormat) +
		`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
		cells.String() + `</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
}

const xlsxSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
