package format

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// oldFont is the encoding of text that is Vietnamese only in a certain font, as it was
// written before Unicode: the bytes of other letters, for which the font has Vietnamese
// glyphs.
type oldFont int

const (
	unicodeFont   oldFont = iota
	tcvn3                 // .VnTime, .VnArial and others
	tcvn3Capitals         // .VnTimeH, .VnArialH and others, whose small letters look like capitals
	vni                   // VNI-Times, VNI-Helve and others
)

// oldFontOf knows an encoding by the name of a font.
func oldFontOf(name string) oldFont {
	name = strings.ToLower(strings.TrimSpace(name))
	switch {
	case strings.HasPrefix(name, ".vn") && strings.HasSuffix(name, "h"):
		return tcvn3Capitals
	case strings.HasPrefix(name, ".vn"):
		return tcvn3
	case strings.HasPrefix(name, "vni-"), strings.HasPrefix(name, "vni "):
		return vni
	}
	return unicodeFont
}

// tcvn3Letters has the letters of TCVN 5712:1993 (VN3) at the bytes from 0xA1 to 0xFE; a
// space is a byte that has none.
const tcvn3Letters = "ĂÂÊÔƠƯĐăâêôơưđ" + "      " + // A1 to AE, AF to B4
	"àảãáạ" + " " + "ằẳẵắ" + "       " + "ặ" + // B5 to B9, BA, BB to BE, BF to C5, C6
	"ầẩẫấậ" + "è" + " " + "ẻẽéẹ" + "ềểễếệ" + // C7 to CB, CC, CD, CE to D1, D2 to D6
	"ìỉ" + "   " + "ĩíị" + "ò" + " " + "ỏõóọ" + // D7, D8, D9 to DB, DC to DE, DF, E0, E1 to E4
	"ồổỗốộ" + "ờởỡớợ" + "ù" + " " + "ủũúụ" + // E5 to E9, EA to EE, EF, F0, F1 to F4
	"ừửữứự" + "ỳỷỹýỵ" // F5 to F9, FA to FE

// vniLetters are the letters of VNI that stand alone, small ones.
const vniLetters = "ñđôơöưæỉóĩòịîỵ"

// vniMarks are the marks that a sign of VNI puts on the letter before it; "" for what is no
// such sign.
func vniMarks(sign rune) string {
	const (
		tones      = "ùøûõï"  // acute, grave, hook, tilde, dot below
		circumflex = "âáàåãä" // alone, then with each tone
		breve      = "êéèúüë"
	)
	tone := []string{"", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"}
	for _, c := range []struct{ signs, mark string }{{" " + tones, ""}, {circumflex, "\u0302"}, {breve, "\u0306"}} {
		if at := strings.IndexRune(c.signs, sign); at >= 0 {
			return c.mark + tone[len([]rune(c.signs[:at]))]
		}
	}
	return ""
}

// decode makes Unicode of a text in the font; isOld reports whether it had anything to
// decode. A text that has letters which no old font has is Unicode already, whatever its
// font.
func (f oldFont) decode(text string) (decoded string, isOld bool) {
	if f == unicodeFont || f != tcvn3Capitals && isASCII(text) {
		return text, false
	}
	for _, r := range text {
		if _, ok := charmap.Windows1252.EncodeRune(r); !ok && unicode.IsLetter(r) {
			return text, false
		}
	}
	if f == vni {
		decoded = decodeVNI(text)
	} else {
		decoded = decodeTCVN3(text)
	}
	if f == tcvn3Capitals {
		decoded = strings.ToUpper(decoded)
	}
	return decoded, decoded != text
}

func isASCII(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r >= 0x80 }) < 0
}

func decodeTCVN3(text string) string {
	const first = 0xA1
	letters := []rune(tcvn3Letters)
	return strings.Map(func(r rune) rune {
		if at := int(r) - first; at >= 0 && at < len(letters) && letters[at] != ' ' {
			return letters[at]
		}
		return r
	}, text)
}

// decodeVNI puts the marks on the letters before them.
func decodeVNI(text string) string {
	var b strings.Builder
	var base rune // the letter before, where it can take a mark
	for _, r := range text {
		small := unicode.ToLower(r)
		if marked := vniOn(base, small); marked != 0 {
			b.WriteRune(marked)
			base = 0
			continue
		}
		if base != 0 {
			b.WriteRune(base)
		}
		if base = vniLetter(r); base == r && !strings.ContainsRune("aeouyAEOUY", r) {
			b.WriteRune(r)
			base = 0
		}
	}
	if base != 0 {
		b.WriteRune(base)
	}
	return b.String()
}

// vniOn is a letter with the mark of a sign; 0 where there is no such letter.
func vniOn(base, sign rune) rune {
	marks := vniMarks(sign)
	if base == 0 || marks == "" {
		return 0
	}
	composed := []rune(norm.NFC.String(string(base) + marks))
	if len(composed) != 1 {
		return 0
	}
	return composed[0]
}

func vniLetter(r rune) rune {
	letters := []rune(vniLetters)
	for i := 0; i < len(letters); i += 2 {
		switch r {
		case letters[i]:
			return letters[i+1]
		case unicode.ToUpper(letters[i]):
			return unicode.ToUpper(letters[i+1])
		}
	}
	return r
}

// fontsSeen remembers the fonts whose text was decoded, by name.
type fontsSeen map[string]oldFont

// notes say what was decoded: text that was changed in reading is never a secret.
func (s fontsSeen) notes() []Note {
	fonts := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(s)) {
		encoding := "TCVN3"
		if s[name] == vni {
			encoding = "VNI"
		}
		fonts[encoding] = append(fonts[encoding], name)
	}
	var notes []Note
	for _, encoding := range slices.Sorted(maps.Keys(fonts)) {
		notes = append(notes, Note{"font encoding", encoding + ": " + strings.Join(fonts[encoding], ", ")})
	}
	return notes
}
