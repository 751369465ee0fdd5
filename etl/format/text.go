package format

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"github.com/niengiam/niengiam/stats/number"
)

// Encodings lists the encodings that files may be in; the first is the default.
func Encodings() []string {
	encodings := []string{"utf-8", "utf-16", "utf-16le", "utf-16be", "windows-1252", "windows-1258"}
	for part := 1; part <= 15; part++ {
		if part != 12 { // there is none
			encodings = append(encodings, fmt.Sprintf("iso-8859-%d", part))
		}
	}
	return encodings
}

// decode makes text of a file's bytes, composed (NFC) and without a byte order
// mark. Bytes that are no text in the encoding are an error with their place,
// never a replacement character.
func decode(path string, content []byte, encoding string) (string, error) {
	return decodeBehind(path, content, encoding, given{}, true)
}

// decodeBehind is decode for a part of a file behind others; only the first may begin with a byte
// order mark.
func decodeBehind(path string, content []byte, encoding string, before given, isFirst bool) (string, error) {
	var text string
	var bad badByte
	switch encoding {
	case "utf-16", "utf-16le", "utf-16be":
		text, bad = decodeUTF16(content, encoding, isFirst)
	case "utf-8":
		text, bad = decodeUTF8(content, isFirst)
	default:
		page := codePage(encoding)
		if page == nil { // as a file names it; a workspace names those of Encodings alone
			return "", &number.Error{Code: Encoding, Message: number.Say("the file says that it is in the encoding %q, which is not read", encoding), Where: path}
		}
		text, bad = decodeCodePage(content, page, strings.HasPrefix(encoding, "iso-"))
	}
	if nul := strings.IndexByte(text, 0); bad.message.IsEmpty() && nul >= 0 {
		bad = badByte{before: text[:nul], message: number.Say("a NUL byte is no text")}
	}
	if bad.message.IsEmpty() {
		return norm.NFC.String(text), nil
	}
	line := 1 + before.lines + strings.Count(bad.before, "\n")
	inLine := len(bad.before) - strings.LastIndexByte(bad.before, '\n')
	if line == 1+before.lines {
		inLine += before.bytes
	}
	return "", &number.Error{
		Code:    Encoding,
		Message: number.Say("the file is not %s: %s, at byte %d of the line", encoding, bad.message, inLine),
		Where:   fmt.Sprintf("%s:%d", path, line),
		Hint:    bad.hint,
	}
}

// saidEncoding is the encoding that a file says it is in, or UTF-8 where all of it is that and
// has signs beyond ASCII: in the encoding that it names these would be pairs of odd letters,
// as when a program saved the file anew and left its first lines as they were. A note tells.
func saidEncoding(content []byte, said string) (string, []Note) {
	if said == "utf-8" || strings.HasPrefix(said, "utf-16") || !utf8.Valid(content) || !slices.ContainsFunc(content, func(b byte) bool { return b >= utf8.RuneSelf }) {
		return said, nil
	}
	return "utf-8", []Note{{"encoding", fmt.Sprintf("utf-8 ≠ %s", said)}}
}

// badByte is what cannot be decoded and the text before it, one byte of text for
// each byte of the file or, in UTF-16, for what it decodes to. No message: nothing is bad.
type badByte struct {
	before        string
	message, hint number.Message
}

func decodeUTF8(content []byte, isFirst bool) (string, badByte) {
	if isFirst {
		content = bytes.TrimPrefix(content, []byte("\uFEFF"))
	}
	if utf8.Valid(content) {
		return unsafe.String(unsafe.SliceData(content), len(content)), badByte{} // nobody changes a file's bytes: no copy of all of them
	}
	at := 0
	for at < len(content) {
		r, size := utf8.DecodeRune(content[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	bad := badByte{
		before:  string(content[:at]),
		message: number.Say("0x%02X cannot stand there", content[at]),
		hint:    number.Say("save it as UTF-8 or declare its encoding under csv"),
	}
	if isFirst && at == 0 && (bytes.HasPrefix(content, []byte{0xFF, 0xFE}) || bytes.HasPrefix(content, []byte{0xFE, 0xFF})) {
		bad.hint = number.Say("it begins like UTF-16: declare encoding utf-16")
	}
	return "", bad
}

// codePage gives the characters of the 256 bytes of an encoding that has one byte for each.
func codePage(encoding string) *charmap.Charmap {
	return map[string]*charmap.Charmap{
		"windows-1252": charmap.Windows1252, "windows-1258": charmap.Windows1258,
		"iso-8859-1": charmap.ISO8859_1, "iso-8859-2": charmap.ISO8859_2, "iso-8859-3": charmap.ISO8859_3, "iso-8859-4": charmap.ISO8859_4,
		"iso-8859-5": charmap.ISO8859_5, "iso-8859-6": charmap.ISO8859_6, "iso-8859-7": charmap.ISO8859_7, "iso-8859-8": charmap.ISO8859_8,
		"iso-8859-9": charmap.ISO8859_9, "iso-8859-10": charmap.ISO8859_10, "iso-8859-11": charmap.Windows874, "iso-8859-13": charmap.ISO8859_13,
		"iso-8859-14": charmap.ISO8859_14, "iso-8859-15": charmap.ISO8859_15,
	}[encoding]
}

// decodeCodePage makes text of bytes. A byte that has no character, or a control character
// from 0x80 to 0x9F that no text has, is an error: the file is in another code page, whose
// letters may differ, too, so that none is proposed.
func decodeCodePage(content []byte, page *charmap.Charmap, isISO bool) (string, badByte) {
	var b strings.Builder
	for i, c := range content {
		r := page.DecodeByte(c)
		if r == utf8.RuneError || unicode.IsControl(r) && c >= 0x80 || isISO && c >= 0x80 && c < 0xA0 {
			return "", badByte{
				before:  strings.Map(lineOnly, string(content[:i])),
				message: number.Say("0x%02X means nothing there", c),
			}
		}
		b.WriteRune(r)
	}
	return b.String(), badByte{}
}

// lineOnly keeps the ends of lines and makes one byte of each other byte.
func lineOnly(r rune) rune {
	if r == '\n' {
		return r
	}
	return ' '
}

func decodeUTF16(content []byte, encoding string, isFirst bool) (string, badByte) {
	big := encoding == "utf-16be"
	switch {
	case !isFirst:
	case bytes.HasPrefix(content, []byte{0xFF, 0xFE}) && !big:
		content = content[2:]
	case bytes.HasPrefix(content, []byte{0xFE, 0xFF}) && encoding != "utf-16le":
		content, big = content[2:], true
	case encoding == "utf-16":
		return "", badByte{
			message: number.Say("it does not begin with a byte order mark"),
			hint:    number.Say("declare utf-16le or utf-16be, or save it as UTF-8"),
		}
	}
	var b strings.Builder
	for len(content) > 1 {
		unit, size := unit16(content, big), 2
		r := rune(unit)
		if utf16.IsSurrogate(r) {
			var low rune
			if len(content) > 3 {
				low = rune(unit16(content[2:], big))
			}
			if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
				return "", badByte{before: b.String(), message: number.Say("half of a pair of surrogates stands alone")}
			}
			size = 4
		}
		b.WriteRune(r)
		content = content[size:]
	}
	if len(content) == 1 {
		return "", badByte{before: b.String(), message: number.Say("half a character stands at the end")}
	}
	return b.String(), badByte{}
}

func unit16(content []byte, big bool) uint16 {
	if big {
		return uint16(content[0])<<8 | uint16(content[1])
	}
	return uint16(content[1])<<8 | uint16(content[0])
}
