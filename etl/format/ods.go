package format

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// odsBook is a spreadsheet of OpenDocument (ISO/IEC 26300): what its sheets share.
type odsBook struct {
	archive *archive
	content *zip.File
	name    string
	limits  Limits
	styles  map[string]odsStyle
	texts   int64 // how many bytes the texts of its sheets may still have
}

// odsStyle is what is read of a style of cells, of text or of a sheet.
type odsStyle struct {
	font     string
	isHidden bool
}

// errFound ends the reading of a member early.
var errFound = errors.New("found")

// readODS reads the sheets of a spreadsheet. All stand in one member, which is looked through
// once; each sheet is read again from where it begins.
func readODS(f File, o Options) ([]Sheet, error) {
	a, err := openArchive(f, ODS, o.Limits)
	if err != nil {
		return nil, err
	}
	b := &odsBook{archive: a, content: a.find("content.xml"), name: f.Name, limits: o.Limits, styles: map[string]odsStyle{}, texts: o.Limits.Bytes}
	if b.content == nil {
		return nil, malformed(f.Name, ODS, number.Say("it has no member %q", "content.xml"), nil)
	}
	if err := b.refuseLocked(); err != nil {
		return nil, err
	}
	sheets, err := b.sheets()
	if err == nil && len(sheets) == 0 {
		err = malformed(f.Name, ODS, number.Say("it has no sheet"), nil)
	}
	if err != nil {
		return nil, err
	}
	return sheets, nil
}

// refuseLocked looks into the list of members, which says how they are encrypted.
func (b *odsBook) refuseLocked() error {
	manifest := b.archive.find("META-INF/manifest.xml")
	if manifest == nil {
		return nil
	}
	content, err := b.archive.open(manifest)
	if err != nil {
		return err
	}
	defer content.Close()
	return newMarkup(content, b.archive.place(manifest), ODS, b.limits).each(func(e xml.StartElement) error {
		if e.Name.Local == "encryption-data" {
			return locked(b.name)
		}
		return nil
	})
}

// sheets looks through the member that has the cells.
func (b *odsBook) sheets() ([]Sheet, error) {
	content, err := b.archive.open(b.content)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	m := newMarkup(content, b.archive.place(b.content), ODS, b.limits)
	var sheets []Sheet
	style, faces := "", map[string]string{} // the style that is being read, and fonts by name
	err = m.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "font-face":
			faces[attribute(e, "name")] = attribute(e, "font-family")
		case "style", "default-style":
			style = attribute(e, "name")
		case "text-properties":
			if font := odsFont(e, faces); font != "" && style != "" {
				b.styles[style] = odsStyle{font: font, isHidden: b.styles[style].isHidden}
			}
		case "table-properties":
			if attribute(e, "display") == "false" {
				b.styles[style] = odsStyle{font: b.styles[style].font, isHidden: true}
			}
		case "dde-links", "tracked-changes":
			return m.pass()
		case "table":
			const copied = "ta_extref" // what was copied of another file, for its references
			if attribute(e, "style-name") == copied {
				return m.pass()
			}
			if len(sheets) == b.limits.Sheets {
				return b.limits.over(b.name, number.Say("sheets"), int64(b.limits.Sheets))
			}
			s := &odsSheet{book: b, name: attribute(e, "name"), offset: m.before, isHidden: b.styles[attribute(e, "style-name")].isHidden}
			sheet, err := s.look(m)
			sheets = append(sheets, sheet)
			return err
		}
		return nil
	})
	return sheets, err
}

// odsFont is the font of text, which a style gives by a name of the file or by its own.
func odsFont(e xml.StartElement, faces map[string]string) string {
	font := attribute(e, "font-name")
	if family := faces[font]; family != "" {
		font = family
	}
	if font == "" {
		font = attribute(e, "font-family")
	}
	return strings.Trim(font, `'"`)
}

// rowsFrom reads the rows of a sheet again.
func (s *odsSheet) rowsFrom(yield func(Row, error) bool) {
	stopped := false
	err := s.again(func(r Row) bool {
		stopped = !yield(r, nil)
		return !stopped
	})
	if err != nil && !stopped {
		yield(Row{}, err)
	}
}

func (s *odsSheet) again(yield func(Row) bool) error {
	content, err := s.book.archive.open(s.book.content)
	if err != nil {
		return err
	}
	defer content.Close()
	if _, err := io.CopyN(io.Discard, content, s.offset); err != nil {
		return malformed(s.at(""), ODS, number.Say("it is cut off or damaged"), err)
	}
	m := newMarkup(content, s.book.archive.place(s.book.content), ODS, s.book.limits)
	err = m.each(func(xml.StartElement) error {
		if err := s.walk(m, &odsLook{fonts: fontsSeen{}}, yield); err != nil {
			return err
		}
		return errFound
	})
	if errors.Is(err, errFound) {
		return nil
	}
	return err
}
