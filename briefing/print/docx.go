package print

import (
	"archive/zip"
	"embed"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// skeleton is a document of Word without its text: styles and relations, by their
// place in the package.
//
//go:embed docx
var skeleton embed.FS

// parts are the files of the package, in the order in which readers like them.
func parts() [][2]string {
	return [][2]string{
		{"[Content_Types].xml", "docx/content_types.xml"},
		{"_rels/.rels", "docx/rels.xml"},
		{"word/_rels/document.xml.rels", "docx/document_rels.xml"},
		{"word/styles.xml", "docx/styles.xml"},
		{"word/numbering.xml", "docx/numbering.xml"},
	}
}

// DOCX writes the sheet as a document of Word: styles, lists and tables, to be edited.
func (s *Sheet) DOCX(w io.Writer) error {
	archive := zip.NewWriter(w)
	for _, part := range parts() {
		content, err := skeleton.ReadFile(part[1])
		if err != nil {
			return fmt.Errorf("print: %w", err)
		}
		if err := pack(archive, part[0], content); err != nil {
			return err
		}
	}
	if err := pack(archive, "word/document.xml", []byte(document(s))); err != nil {
		return err
	}
	return archive.Close()
}

func pack(archive *zip.Writer, name string, content []byte) error {
	part, err := archive.Create(name)
	if err != nil {
		return err
	}
	_, err = part.Write(content)
	return err
}

// textWidth is how wide the text is, A4 without its margins, in twentieths of a point.
const textWidth = 11906 - 2*1020

// wordML is a document while it is written.
type wordML struct {
	strings.Builder
	lang string // in which its spelling is checked
}

// document is the text of the document.
func document(s *Sheet) string {
	d := &wordML{}
	d.lang = map[string]string{"vi": "vi-VN", "en": "en-GB"}[s.Lang]
	d.WriteString(xml.Header + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	d.paragraph("Title", Run{Text: s.Title})
	d.paragraph("Subtitle", Run{Text: s.Subject})
	d.paragraph("Small", Run{Text: s.Span + " · " + s.Published})
	d.group(s.Headlines)
	for _, g := range s.Groups {
		d.group(g)
	}
	d.group(s.Targets)
	d.group(s.Others)
	d.group(s.Revised)
	for _, t := range s.Rankings {
		d.paragraph("Heading1", Run{Text: t.Title})
		d.line("Normal", t.Lead)
		d.table(t.Head, t.Rows, rankingWidths())
	}
	if len(s.Charts) > 0 {
		d.paragraph("Heading1", Run{Text: s.Labels.Charts})
		for _, c := range s.Charts {
			d.paragraph("Normal", Run{Text: c.Title + " (" + c.Unit + ")"})
			years, row := []string{}, []string{}
			for _, p := range c.Points {
				years = append(years, strconv.Itoa(p.Year))
				row = append(row, p.Text)
			}
			if len(row) > 0 {
				d.table(years, [][]string{row}, nil)
			}
		}
	}
	if len(s.Footnotes) > 0 {
		d.paragraph("Heading1", Run{Text: s.Labels.Sources})
	}
	for _, f := range s.Footnotes {
		d.paragraph("Small", Run{Text: fmt.Sprintf("%d. %s, %s", f.Number, f.Source, f.Details)})
		if f.URL != "" {
			d.paragraph("Small", Run{Text: f.URL})
		}
	}
	if len(s.Notes) > 0 {
		d.paragraph("Heading1", Run{Text: s.Labels.Notes})
	}
	for _, n := range s.Notes {
		d.paragraph("Small", Run{Text: n})
	}
	d.paragraph("Small", Run{Text: s.Ending})
	// A4 with margins of 18 mm.
	d.WriteString(`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1020" w:right="1020" w:bottom="1020" w:left="1020" w:header="0" w:footer="0" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return d.String()
}

func (d *wordML) group(g Group) {
	if len(g.Lines) == 0 {
		return
	}
	d.paragraph("Heading1", Run{Text: g.Title})
	for _, l := range g.Lines {
		d.line("Line", l)
	}
}

// line writes a sentence, its word before it and its footnotes above the line.
func (d *wordML) line(style string, l Line) {
	d.open(style)
	if l.Said() {
		d.run(Run{Text: l.Word + " · ", Strong: true}, "")
	}
	for _, run := range l.Runs {
		d.run(run, "")
	}
	for i, number := range l.Notes {
		text := strconv.Itoa(number)
		if i > 0 {
			text = "," + text
		}
		d.run(Run{Text: text}, `<w:vertAlign w:val="superscript"/>`)
	}
	d.WriteString(`</w:p>`)
}

func (d *wordML) paragraph(style string, runs ...Run) {
	d.open(style)
	for _, run := range runs {
		d.run(run, "")
	}
	d.WriteString(`</w:p>`)
}

func (d *wordML) open(style string) {
	d.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`)
}

func (d *wordML) run(run Run, properties string) {
	if run.Strong {
		properties = `<w:b/>` + properties
	}
	d.WriteString(`<w:r><w:rPr>` + properties + `<w:lang w:val="` + d.lang + `"/></w:rPr><w:t xml:space="preserve">`)
	_ = xml.EscapeText(d, []byte(run.Text)) // a builder takes everything
	d.WriteString(`</w:t></w:r>`)
}

// table writes a table whose columns take the parts of its width that are given, or
// as much as each other.
func (d *wordML) table(head []string, rows [][]string, widths []float64) {
	if len(rows) == 0 { // a table without rows is none
		return
	}
	d.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	wide := make([]string, len(head)) // in twentieths of a point
	for i := range head {
		part := 1 / float64(len(head))
		if widths != nil {
			part = widths[i]
		}
		wide[i] = strconv.Itoa(int(part * textWidth))
		d.WriteString(`<w:gridCol w:w="` + wide[i] + `"/>`)
	}
	d.WriteString(`</w:tblGrid>`)
	write := func(cells []string, properties string, strong bool) {
		d.WriteString(`<w:tr>` + properties)
		for i, cell := range cells {
			d.WriteString(`<w:tc><w:tcPr><w:tcW w:w="` + wide[i] + `" w:type="dxa"/></w:tcPr>`)
			d.paragraph("Normal", Run{Text: cell, Strong: strong})
			d.WriteString(`</w:tc>`)
		}
		d.WriteString(`</w:tr>`)
	}
	write(head, `<w:trPr><w:tblHeader/></w:trPr>`, true)
	for _, cells := range rows {
		write(cells, "", false)
	}
	d.WriteString(`</w:tbl><w:p/>`)
}
