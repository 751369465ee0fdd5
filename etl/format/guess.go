package format

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/niengiam/niengiam/stats/number"
)

// Suggestion is what the bytes of a text suggest of how it is written. It is for people to
// confirm and for a workspace to declare: Read takes none of it by itself.
type Suggestion struct {
	Format Kind
	// Encoding is one of Encodings.
	Encoding Finding
	// Delimiter is what stands between the cells.
	Delimiter Finding
	// Decimal is the decimal mark, Thousands the sign between groups of three digits.
	Decimal, Thousands Finding
}

// Finding is one thing that was looked for.
type Finding struct {
	// Known is false where the bytes leave it open; the candidates are what it may be then.
	Known bool
	// Value is what was found; "" for no separator of thousands.
	Value      string
	Candidates []Candidate
	// Why is what was seen.
	Why number.Message
}

// Candidate is what may be meant, and how something in the file reads if it is.
type Candidate struct{ Value, Example string }

// sample is how many lines of a text are looked at for its signs.
const sample = 1000

// Guess finds how a text is written. The same bytes give the same suggestion; a code page is
// never chosen, for those that fit differ in letters only. Formats that say themselves how
// they are written have nothing but a format.
func Guess(f File) Suggestion {
	s := Suggestion{Format: Detect(f)}
	if !slices.Contains([]Kind{CSV, TSV}, s.Format) {
		return s
	}
	s.Encoding = guessEncoding(f.Content)
	encoding := s.Encoding.Value
	if encoding == "" { // its signs and digits are in the same places in all code pages
		if len(s.Encoding.Candidates) == 0 {
			return s
		}
		encoding = s.Encoding.Candidates[0].Value
	}
	text, err := decode(f.Name, f.Content, encoding)
	if err != nil {
		return s
	}
	lines := firstLines(text)
	s.Delimiter = guessDelimiter(text, lines)
	s.Decimal, s.Thousands = guessMarks(lines, s.Delimiter.Value)
	return s
}

// firstLines parts the beginning of a text into lines.
func firstLines(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if lines = append(lines, strings.TrimRight(line, "\r\n")); len(lines) == sample {
			break
		}
	}
	return lines
}

// guessEncoding goes by byte order marks, by what is UTF-8, and by the NUL bytes that UTF-16
// has in every Latin letter.
func guessEncoding(content []byte) Finding {
	switch {
	case bytes.HasPrefix(content, []byte("\uFEFF")) && utf8.Valid(content):
		return Finding{Known: true, Value: "utf-8", Why: number.Say("the file begins with the byte order mark of UTF-8")}
	case bytes.HasPrefix(content, []byte{0xFF, 0xFE}), bytes.HasPrefix(content, []byte{0xFE, 0xFF}):
		return Finding{Known: true, Value: "utf-16", Why: number.Say("the file begins with the byte order mark of UTF-16")}
	}
	if bytes.IndexByte(content, 0) >= 0 {
		return guessUTF16(content)
	}
	bad, letters, foreign := 0, 0, -1
	for place := 0; place < len(content); {
		r, size := utf8.DecodeRune(content[place:])
		if r == utf8.RuneError && size == 1 {
			bad++
			if foreign < 0 {
				foreign = place
			}
		} else if size > 1 {
			letters++
		}
		place += size
	}
	switch {
	case bad > 0:
		return guessCodePage(content, foreign)
	case letters > 0:
		return Finding{Known: true, Value: "utf-8", Why: number.Say("all of it is UTF-8, %d signs beyond ASCII among them; text in another encoding is so by chance only", letters)}
	}
	return Finding{Known: true, Value: "utf-8", Why: number.Say("all of it is ASCII, which reads the same in UTF-8 and in every code page")}
}

// guessUTF16 goes by where the NUL bytes stand.
func guessUTF16(content []byte) Finding {
	var nul [2]int
	head := content[:min(len(content), 1<<16)]
	for i, b := range head {
		if b == 0 {
			nul[i%2]++
		}
	}
	for _, c := range []struct {
		encoding     string
		high, letter int
	}{{"utf-16le", nul[1], nul[0]}, {"utf-16be", nul[0], nul[1]}} {
		if c.letter > 0 || c.high < 4 || 8*c.high < len(head) { // one letter of four
			continue
		}
		if _, err := decode("", content, c.encoding); err == nil {
			return Finding{Known: true, Value: c.encoding, Why: number.Say("%d of its first %d bytes are NUL, all of them where %s has them, and all of it can be read so", c.high, len(head), c.encoding)}
		}
	}
	return Finding{Why: number.Say("it has NUL bytes, and not as UTF-16 has them: it is no text, or a damaged one")}
}

// guessCodePage lists the code pages that have a letter for every byte, and how the word with
// the first byte that is no UTF-8 reads in each.
func guessCodePage(content []byte, foreign int) Finding {
	begin, end := foreign, foreign
	for begin > 0 && foreign-begin < 40 && isWord(content[begin-1]) {
		begin--
	}
	for end < len(content) && end-foreign < 40 && isWord(content[end]) {
		end++
	}
	line := 1 + bytes.Count(content[:foreign], []byte("\n"))
	found := Finding{Why: number.Say("the byte 0x%02X in line %d is no UTF-8, and which code page it is of cannot be told from bytes", content[foreign], line)}
	for _, encoding := range Encodings() {
		if strings.HasPrefix(encoding, "utf-") {
			continue
		}
		if _, err := decode("", content, encoding); err != nil {
			continue
		}
		if word, err := decode("", content[begin:end], encoding); err == nil {
			found.Candidates = append(found.Candidates, Candidate{encoding, word})
		}
	}
	return found
}

func isWord(b byte) bool {
	return b >= 0x80 || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == ' '
}
