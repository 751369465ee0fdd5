package format

import (
	"bytes"
	"encoding/binary"
	"io"

	"github.com/richardlehane/mscfb"
	"golang.org/x/text/unicode/norm"

	"github.com/niengiam/niengiam/stats/number"
)

// mostXLS is how large an old workbook may be: what is in it is at hand while it is read.
const mostXLS = 128 << 20

// xlsBook is a workbook of Excel 97 to 2003 (BIFF8, [MS-XLS]): what its sheets share.
type xlsBook struct {
	name     string
	limits   Limits
	stream   biffStream
	shared   *sharedStrings
	fonts    []string
	formats  map[int]numberFormat
	styles   []xlsStyle
	sheets   []*xlsSheet
	from1904 bool
	left     int   // how much of the stream no sheet has taken yet
	texts    int64 // how many bytes the texts of its sheets may still have
}

// xlsStyle names the font and the number format of a cell.
type xlsStyle struct{ font, format int }

// readXLS reads the sheets of a workbook of Excel 97 to 2003.
func readXLS(f File, o Options) ([]Sheet, error) {
	stream, err := workbookStream(f, o.Limits)
	if err != nil {
		return nil, err
	}
	b := &xlsBook{name: f.Name, limits: o.Limits, stream: stream, shared: &sharedStrings{rich: map[int][]textRun{}}, formats: map[int]numberFormat{}, left: len(stream), texts: o.Limits.Bytes}
	if err := b.readGlobals(); err != nil {
		return nil, err
	}
	if len(b.sheets) == 0 {
		return nil, b.wrong(number.Say("it has no sheet"))
	}
	var sheets []Sheet
	var damaged []error
	for _, sheet := range b.sheets {
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

// workbookStream takes the stream of the workbook out of the file, which is one of several
// files in it.
func workbookStream(f File, limits Limits) (biffStream, error) {
	if len(f.Content) > mostXLS {
		return nil, limits.over(f.Name, number.Say("bytes"), mostXLS)
	}
	reader, err := mscfb.New(bytes.NewReader(f.Content))
	if err != nil {
		return nil, malformed(f.Name, XLS, number.Say("it is cut off or damaged: the directory of its members cannot be read"), err)
	}
	streams := map[string]*mscfb.File{}
	for _, file := range reader.File {
		if len(file.Path) == 0 && streams[file.Name] == nil {
			streams[file.Name] = file
		}
	}
	switch {
	case streams["EncryptedPackage"] != nil:
		return nil, locked(f.Name)
	case streams["Workbook"] != nil:
		content, err := io.ReadAll(io.LimitReader(streams["Workbook"], int64(len(f.Content))))
		if err != nil {
			return nil, malformed(f.Name, XLS, number.Say("it is cut off or damaged"), err)
		}
		return content, nil
	case streams["Book"] != nil:
		return nil, tooOld(f.Name)
	}
	return nil, &number.Error{Code: UnknownFormat, Message: number.Say("it has no workbook, and may be a document of Word or another program"), Where: f.Name}
}

// locked is the fault of a workbook that only a password opens.
func locked(name string) *number.Error {
	return &number.Error{
		Code: Locked, Message: number.Say("the workbook is encrypted"), Where: name,
		Hint: number.Say("open it with its password and save it without one"),
	}
}

// tooOld is the fault of a workbook from before Excel 97.
func tooOld(name string) *number.Error {
	return &number.Error{
		Code: UnknownFormat, Message: number.Say("the workbook is of Excel 95 or older"), Where: name,
		Hint: number.Say("save it anew as .xlsx"),
	}
}

func (b *xlsBook) wrong(message number.Message) *number.Error {
	return malformed(b.name, XLS, message, nil)
}

// readGlobals reads the records before the sheets.
func (b *xlsBook) readGlobals() error {
	first, ok := b.stream.at(0)
	if !ok || first.kind != biffBOF || len(first.body) < 4 {
		return b.wrong(number.Say("it is cut off or damaged"))
	}
	const biff8 = 0x0600
	if binary.LittleEndian.Uint16(first.body) != biff8 {
		return tooOld(b.name)
	}
	var texts biffRecord
	for place := first.next; ; {
		r, ok := b.stream.at(place)
		if !ok {
			return b.wrong(number.Say("it is cut off or damaged"))
		}
		switch place = r.next; r.kind {
		case biffEOF:
			return b.readTexts(texts)
		case biffSST:
			texts = r // the fonts of its runs may stand behind it
		default:
			if err := b.global(r); err != nil {
				return err
			}
		}
	}
}

// global reads a record that says something of all sheets, or names one.
func (b *xlsBook) global(r biffRecord) error {
	p := b.stream.pieces(r)
	ok := true
	switch r.kind {
	case biffFilePass:
		return locked(b.name)
	case biffDateMode:
		b.from1904 = len(r.body) > 0 && r.body[0] == 1
	case biffFont:
		const head = 14 // height, weight and the like
		var name biffText
		if ok = p.pass(head); ok {
			name, ok = p.text(true)
		}
		b.fonts = append(b.fonts, name.plain())
		if oldFontOf(name.plain()) != unicodeFont {
			b.shared.keepRich = true
		}
	case biffFormat:
		var id int
		var code biffText
		if id, ok = p.uint16(); ok {
			code, ok = p.text(false)
		}
		b.formats[id] = readFormat(code.plain())
	case biffXF:
		if ok = len(r.body) >= 4; ok {
			b.styles = append(b.styles, xlsStyle{int(binary.LittleEndian.Uint16(r.body)), int(binary.LittleEndian.Uint16(r.body[2:]))})
		}
	case biffBoundSheet:
		return b.boundSheet(r)
	}
	if !ok {
		return b.wrong(number.Say("it is cut off or damaged"))
	}
	return nil
}

// boundSheet reads where a sheet is, its name, and whether it is hidden. Charts and macros
// have no cells.
func (b *xlsBook) boundSheet(r biffRecord) error {
	const head, isHidden = 6, 3
	if len(r.body) < head {
		return b.wrong(number.Say("it is cut off or damaged"))
	}
	if r.body[5] != 0 {
		return nil
	}
	name, ok := (&biffPieces{rest: r.body[head:]}).text(true)
	switch {
	case !ok:
		return b.wrong(number.Say("it is cut off or damaged"))
	case len(b.sheets) == b.limits.Sheets:
		return b.limits.over(b.name, number.Say("sheets"), int64(b.limits.Sheets))
	}
	b.sheets = append(b.sheets, &xlsSheet{
		book: b, name: norm.NFC.String(name.plain()), place: int(binary.LittleEndian.Uint32(r.body)), isHidden: r.body[4]&isHidden != 0,
	})
	return nil
}

// readTexts reads the texts that the cells share.
func (b *xlsBook) readTexts(r biffRecord) error {
	const head = 8 // two counts
	if len(r.body) < head {
		return nil // there are none
	}
	count := binary.LittleEndian.Uint32(r.body[4:])
	p := b.stream.pieces(r)
	p.pass(head)
	for range count {
		text, ok := p.text(false)
		if !ok {
			return b.wrong(number.Say("it is cut off or damaged"))
		}
		b.shared.add(text.parts(b.font))
	}
	return nil
}

// font names a font. There is none of the number 4.
func (b *xlsBook) font(number int) string {
	const none = 4
	if number > none {
		number--
	}
	if number < len(b.fonts) {
		return b.fonts[number]
	}
	return ""
}

// style is what is read of the style of a cell.
func (b *xlsBook) style(index int) (format numberFormat, font string) {
	if index >= len(b.styles) {
		return format, ""
	}
	style := b.styles[index]
	format, own := b.formats[style.format]
	if !own {
		format = builtinFormat(style.format)
	}
	return format, b.font(style.font)
}
