package format

import (
	"archive/zip"
	"encoding/xml"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"github.com/niengiam/niengiam/stats/number"
)

// textRun is a stretch of text; font is "" where it has that of its cell.
type textRun struct{ text, font string }

// sharedStrings are the texts of a workbook, one after another in one string, so that a
// million short ones take little more memory than their letters.
type sharedStrings struct {
	all  strings.Builder
	ends []uint32
	rich map[int][]textRun // those with fonts of their own
	// keepRich says that cells may be in an old font: then it matters which part of a text is
	// in another.
	keepRich bool
}

// get gives a text as runs.
func (s *sharedStrings) get(index int) ([]textRun, bool) {
	if index < 0 || index >= len(s.ends) {
		return nil, false
	}
	if runs, ok := s.rich[index]; ok {
		return runs, true
	}
	first := uint32(0)
	if index > 0 {
		first = s.ends[index-1]
	}
	return []textRun{{text: s.all.String()[first:s.ends[index]]}}, true
}

// add keeps a text.
func (s *sharedStrings) add(runs []textRun) {
	for _, run := range runs {
		if run.font != "" && (s.keepRich || oldFontOf(run.font) != unicodeFont) {
			s.rich[len(s.ends)] = runs
		}
	}
	if s.rich[len(s.ends)] == nil {
		for _, run := range runs {
			s.all.WriteString(run.text)
		}
	}
	s.ends = append(s.ends, uint32(s.all.Len()))
}

// readStrings reads the texts that cells share.
func (b *xlsxBook) readStrings(member *zip.File) error {
	const most = 1<<32 - 1
	m, end, err := b.open(member)
	if err != nil {
		return err
	}
	defer end()
	for {
		token, err := m.next()
		if token == nil || err != nil {
			return err
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "si" {
			runs, err := m.runs()
			if err != nil {
				return err
			}
			if b.shared.add(runs); int64(b.shared.all.Len()) > min(b.limits.Bytes, most) {
				return b.limits.over(b.archive.place(member), number.Say("bytes"), b.limits.Bytes)
			}
		}
	}
}

// runs reads the text of an element (si, is) to its end: one that is plain, or runs with
// fonts. How East Asian text is spoken (rPh) is left out.
func (m *markup) runs() ([]textRun, error) {
	var runs []textRun
	var text strings.Builder
	font, isText := "", false
	for depth, silent := m.depth, 0; ; {
		token, err := m.next()
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case nil:
			return runs, nil
		case xml.StartElement:
			switch name := t.Name.Local; {
			case silent > 0:
			case name == "rPh":
				silent = m.depth
			case name == "r":
				font = ""
			case name == "rFont":
				font = attribute(t, "val")
			case name == "t":
				isText = true
			}
		case xml.CharData:
			if isText && silent == 0 {
				text.Write(t)
			}
			if text.Len() > m.limits.Cell {
				return nil, m.limits.over(m.where, number.Say("bytes in a cell"), int64(m.limits.Cell))
			}
		case xml.EndElement:
			switch {
			case m.depth < depth:
				return runs, nil
			case silent > m.depth:
				silent = 0
			case isText && t.Name.Local == "t":
				runs = append(runs, textRun{unescaped(text.String()), font})
				text.Reset()
				isText = false
			}
		}
	}
}

// unescaped reads _x000D_, which stands for a sign that XML cannot have.
func unescaped(text string) string {
	const length = len("_x000D_")
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, "_x")
		if !found {
			return b.String() + text
		}
		b.WriteString(before)
		code, err := strconv.ParseUint(after[:min(4, len(after))], 16, 16)
		switch {
		case err != nil || len(after) < 5 || after[4] != '_':
			b.WriteString("_x")
			text = after
			continue
		case !utf16.IsSurrogate(rune(code)):
			b.WriteRune(rune(code))
		}
		text = text[len(before)+length:]
	}
}

// textOf decodes and joins runs; fonts without a name are that of the cell.
func textOf(runs []textRun, cellFont string, seen fontsSeen) string {
	var b strings.Builder
	for _, run := range runs {
		font := run.font
		if font == "" {
			font = cellFont
		}
		encoding := oldFontOf(font)
		text, isOld := encoding.decode(run.text)
		if isOld {
			seen[font] = encoding
		}
		b.WriteString(text)
	}
	return norm.NFC.String(strings.Map(withoutControl, b.String()))
}

// withoutControl leaves out the signs that no text has.
func withoutControl(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' {
		return -1
	}
	return r
}

// noResult is the fault of a row with a formula whose result the file does not have.
func noResult(sheet, cell string) *number.Error {
	return &number.Error{
		Code: NoResult, Message: number.Say("the formula of the cell %s has no result in the file", cell), Where: sheet + cell,
		Hint: number.Say("open the file in a spreadsheet program, let it compute, and save it"),
	}
}
