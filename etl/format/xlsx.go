package format

import (
	"archive/zip"
	"encoding/xml"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/niengiam/niengiam/stats/number"
)

// xlsxBook is a workbook of Office Open XML (ISO/IEC 29500): what its sheets share.
type xlsxBook struct {
	archive  *archive
	name     string
	limits   Limits
	shared   *sharedStrings
	styles   []xlsxStyle
	from1904 bool
	texts    int64 // how many bytes the texts of its sheets may still have
}

// xlsxStyle is what is read of the style of a cell.
type xlsxStyle struct {
	numberFormat

	font string
}

// xlsxPart is a part of a workbook, as another part refers to it.
type xlsxPart struct{ kind, member string }

// readXLSX reads the sheets of a workbook, a token of its XML at a time. Each sheet is read
// twice, for what tells the merged cells stands below the rows.
func readXLSX(f File, o Options) ([]Sheet, error) {
	head, err := f.head(8)
	if err != nil {
		return nil, err
	}
	if isCompound(head) { // it is encrypted, or named wrongly
		if f, err = f.whole(); err != nil {
			return nil, err
		}
		return readXLS(f, o)
	}
	a, err := openArchive(f, XLSX, o.Limits)
	if err != nil {
		return nil, err
	}
	book := &xlsxBook{archive: a, name: f.Name, limits: o.Limits, texts: o.Limits.Bytes}
	book.shared = &sharedStrings{rich: map[int][]textRun{}}
	main, parts, err := book.mainPart()
	if err != nil {
		return nil, err
	}
	listed, err := book.listed(main, parts)
	if err != nil {
		return nil, err
	}
	if len(listed) == 0 {
		return nil, malformed(f.Name, XLSX, number.Say("it has no sheet"), nil)
	}
	if err := book.readShared(parts); err != nil {
		return nil, err
	}
	var sheets []Sheet
	var damaged []error
	for _, sheet := range listed {
		read, err := sheet.read()
		if number.CodeOf(err) == TooLarge {
			return nil, err
		}
		if err != nil {
			read = damagedSheet(sheet.name, err)
			damaged = append(damaged, err)
		}
		sheets = append(sheets, read)
	}
	if len(damaged) == len(sheets) {
		return nil, damaged[0]
	}
	return sheets, nil
}

// mainPart finds the part that lists the sheets, and the parts that it refers to, by id.
func (b *xlsxBook) mainPart() (main string, parts map[string]xlsxPart, err error) {
	main = "xl/workbook.xml"
	of, err := b.related("")
	if err != nil {
		return "", nil, err
	}
	for _, part := range of {
		if part.kind == "officeDocument" {
			main = part.member
		}
	}
	if b.archive.find(main) == nil {
		return "", nil, malformed(b.name, XLSX, number.Say("it has no member %q", main), nil)
	}
	parts, err = b.related(main)
	return main, parts, err
}

// related reads the parts that a part refers to.
func (b *xlsxBook) related(part string) (map[string]xlsxPart, error) {
	related := map[string]xlsxPart{}
	folder, file := path.Split(part)
	return related, b.each(folder+"_rels/"+file+".rels", func(e xml.StartElement) error {
		if e.Name.Local != "Relationship" || attribute(e, "TargetMode") == "External" {
			return nil
		}
		target := strings.ReplaceAll(attribute(e, "Target"), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = folder + target
		}
		related[attribute(e, "Id")] = xlsxPart{kind: path.Base(attribute(e, "Type")), member: target}
		return nil
	})
}

// each gives the elements of a member; one that is not there has none.
func (b *xlsxBook) each(name string, see func(xml.StartElement) error) error {
	member := b.archive.find(name)
	if member == nil {
		return nil
	}
	m, end, err := b.open(member)
	if err != nil {
		return err
	}
	defer end()
	return m.each(see)
}

func (b *xlsxBook) open(member *zip.File) (m *markup, end func(), err error) {
	content, err := b.archive.open(member)
	if err != nil {
		return nil, nil, err
	}
	return newMarkup(content, b.archive.place(member), XLSX, b.limits), func() { _ = content.Close() }, nil
}

// listed finds the sheets in the order of the workbook. Charts and macros on sheets of their
// own have no cells.
func (b *xlsxBook) listed(main string, parts map[string]xlsxPart) ([]*xlsxSheet, error) {
	var sheets []*xlsxSheet
	return sheets, b.each(main, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			b.from1904 = isOn(e, "date1904")
		case "sheet":
			id := ""
			for _, a := range e.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					id = a.Value
				}
			}
			part := parts[id]
			if part.kind != "worksheet" {
				return nil
			}
			if len(sheets) == b.limits.Sheets {
				return b.limits.over(b.name, number.Say("sheets"), int64(b.limits.Sheets))
			}
			sheet := &xlsxSheet{book: b, name: norm.NFC.String(attribute(e, "name")), member: b.archive.find(part.member)}
			if sheet.member == nil {
				sheet.lost = malformed(b.name, XLSX, number.Say("it has no member %q", part.member), nil)
			} else if slices.ContainsFunc(sheets, func(other *xlsxSheet) bool { return other.member == sheet.member }) {
				return malformed(b.name, XLSX, number.Say("two of its sheets are the same member"), nil)
			}
			if state := attribute(e, "state"); state != "" && state != "visible" {
				sheet.isHidden = true
			}
			sheets = append(sheets, sheet)
		}
		return nil
	})
}

// readShared reads the strings and styles that the sheets share.
func (b *xlsxBook) readShared(parts map[string]xlsxPart) error {
	for _, of := range []struct {
		kind string
		read func(*zip.File) error
	}{{"styles", b.readStyles}, {"sharedStrings", b.readStrings}} {
		for _, part := range parts {
			if member := b.archive.find(part.member); member != nil && part.kind == of.kind {
				if err := of.read(member); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// readStyles reads number formats and fonts, and which of them each style of cells has.
func (b *xlsxBook) readStyles(member *zip.File) error {
	formats := map[string]numberFormat{}
	var fonts []string
	inside := "" // of fonts or cellXfs: elements of the same names stand elsewhere, too
	return b.each(member.Name, func(e xml.StartElement) error {
		switch name := e.Name.Local; name {
		case "numFmts", "fonts", "cellXfs", "cellStyleXfs", "fills", "borders", "cellStyles", "dxfs":
			inside = name
		case "numFmt":
			if inside == "numFmts" {
				formats[attribute(e, "numFmtId")] = readFormat(attribute(e, "formatCode"))
			}
		case "font":
			if inside == "fonts" {
				fonts = append(fonts, "")
			}
		case "name":
			if inside == "fonts" && len(fonts) > 0 {
				fonts[len(fonts)-1] = attribute(e, "val")
				b.shared.keepRich = b.shared.keepRich || oldFontOf(attribute(e, "val")) != unicodeFont
			}
		case "xf":
			if inside != "cellXfs" {
				return nil
			}
			id := attribute(e, "numFmtId")
			style := xlsxStyle{numberFormat: formats[id]}
			if _, own := formats[id]; !own {
				n, _ := strconv.Atoi(id) // no number, no format
				style.numberFormat = builtinFormat(n)
			}
			if n, err := strconv.Atoi(attribute(e, "fontId")); err == nil && n >= 0 && n < len(fonts) {
				style.font = fonts[n]
			}
			b.styles = append(b.styles, style)
		}
		return nil
	})
}

// style gives that of a cell by its number.
func (b *xlsxBook) style(number string) xlsxStyle {
	if n, err := strconv.Atoi(number); err == nil && n >= 0 && n < len(b.styles) {
		return b.styles[n]
	}
	return xlsxStyle{}
}
