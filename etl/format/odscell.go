package format

import (
	"encoding/xml"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// odsCell is a cell as it is written.
type odsCell struct {
	sheet     *odsSheet
	start     xml.StartElement
	name      string
	isPercent bool
	fault     *number.Error
}

// read reads a cell to its end and gives what it says: of numbers, days and truths the
// value, else its text.
func (c *odsCell) read(m *markup, look *odsLook, column int) (string, error) {
	style := attribute(c.start, "style-name")
	if style == "" {
		style = look.style(column)
	}
	runs, err := c.text(m)
	if err != nil {
		return "", err
	}
	shown := strings.TrimSpace(textOf(runs, c.sheet.book.styles[style].font, look.fonts))
	kind := ""
	for _, a := range c.start.Attr {
		switch {
		case a.Name.Local != "value-type":
		case a.Value == "error":
			return shown, nil
		case kind == "":
			kind = a.Value
		}
	}
	value := strings.TrimSpace(attribute(c.start, "value"))
	switch kind {
	case "float", "currency", "percentage":
		c.isPercent = kind == "percentage"
		return plainNumber(value), nil
	case "date":
		return strings.TrimSuffix(attribute(c.start, "date-value"), "T00:00:00"), nil
	case "time":
		return attribute(c.start, "time-value"), nil
	case "boolean":
		return strings.ToUpper(attribute(c.start, "boolean-value")), nil
	case "string":
		if said := attribute(c.start, "string-value"); said != "" && shown == "" {
			return strings.TrimSpace(textOf([]textRun{{text: said}}, c.sheet.book.styles[style].font, look.fonts)), nil
		}
	case "":
		if attribute(c.start, "formula") != "" && shown == "" {
			c.fault = noResult(c.sheet.at(""), c.name)
		}
	}
	return shown, nil
}

// text reads the paragraphs of a cell, a line for each. Remarks and drawings that hang on it
// are left out.
func (c *odsCell) text(m *markup) ([]textRun, error) {
	var runs []textRun
	paragraphs, length := 0, 0
	for depth := m.depth; ; {
		token, err := m.next()
		if token == nil || err != nil || m.depth < depth {
			return runs, err
		}
		start, ok := token.(xml.StartElement)
		switch {
		case !ok:
		case start.Name.Local == "p":
			if paragraphs++; paragraphs > 1 {
				runs = append(runs, textRun{text: "\n"})
			}
			read, err := c.paragraph(m)
			if err != nil {
				return nil, err
			}
			for _, run := range read {
				length += len(run.text)
			}
			if runs = append(runs, read...); length+paragraphs > m.limits.Cell {
				return nil, m.limits.over(c.sheet.at(c.name), number.Say("bytes in a cell"), int64(m.limits.Cell))
			}
		default:
			if err := m.pass(); err != nil {
				return nil, err
			}
		}
	}
}

// paragraph reads text to the end of its paragraph; spans may have fonts of their own.
func (c *odsCell) paragraph(m *markup) ([]textRun, error) {
	var runs []textRun
	var text strings.Builder
	fonts := []string{""} // of the spans that the text stands in
	length := 0
	flush := func() {
		if text.Len() > 0 {
			runs = append(runs, textRun{text.String(), fonts[len(fonts)-1]})
			length += text.Len()
			text.Reset()
		}
	}
	for depth := m.depth; ; {
		token, err := m.next()
		if err != nil {
			return nil, err
		}
		if token == nil || m.depth < depth {
			flush()
			return runs, nil
		}
		switch t := token.(type) {
		case xml.CharData:
			text.WriteString(collapsed(string(t)))
		case xml.EndElement:
			flush()
			fonts = fonts[:len(fonts)-1]
		case xml.StartElement:
			if isBeside(t) {
				if err := m.pass(); err != nil {
					return nil, err
				}
				continue
			}
			text.WriteString(odsSpace(t, m.limits.Cell))
			flush()
			font := fonts[len(fonts)-1]
			if own := c.sheet.book.styles[attribute(t, "style-name")].font; own != "" {
				font = own
			}
			fonts = append(fonts, font)
		}
		if length+text.Len() > m.limits.Cell {
			return nil, m.limits.over(c.sheet.at(c.name), number.Say("bytes in a cell"), int64(m.limits.Cell))
		}
	}
}

// isBeside reports whether an element within a paragraph is no part of its text.
func isBeside(e xml.StartElement) bool {
	switch e.Name.Local {
	case "annotation", "note", "frame", "ruby-text":
		return true
	}
	return false
}

// odsSpace is what an element that stands for spaces stands for.
func odsSpace(e xml.StartElement, most int) string {
	switch e.Name.Local {
	case "s":
		return strings.Repeat(" ", min(repeat(e, "c"), most))
	case "tab":
		return "\t"
	case "line-break":
		return "\n"
	}
	return ""
}
