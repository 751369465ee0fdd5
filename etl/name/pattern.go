package name

import (
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Pattern is a text as people write it with places left open: * stands for any text, {year}
// for a year with what may stand beside it, {NAME} for a text that is asked for later. Letters
// are compared without regard to case, spaces as one. The zero value fits nothing.
type Pattern struct {
	text   string
	fields []string
	made   *regexp.Regexp
}

// yearExpression finds a year and what people write beside it to say how sure it is; what
// that means is found out later.
const yearExpression = `((?:(?:năm|year|yr|y|mid|số|liệu|sơ bộ|ước tính|ước|sb|prel|preliminary|provisional|est|estimate)[. -]*)*(?:1[89]|2[0-2])[0-9]{2}(?: ?\([^()]*\)| ?\[[^\[\]]*\]| ?[*¹²³]+| ?(?:p|e|r|b|est|prel|prov)\.?)?)`

// CompilePattern reads a pattern.
func CompilePattern(text string) (Pattern, error) {
	text = plainSpaces(text)
	p := Pattern{text: text}
	if text == "" {
		return p, errors.New("it is empty")
	}
	var b strings.Builder
	b.WriteString(`(?is)^`)
	for rest := text; rest != ""; {
		at := strings.IndexAny(rest, "*{")
		if at < 0 {
			b.WriteString(regexp.QuoteMeta(rest))
			break
		}
		b.WriteString(regexp.QuoteMeta(rest[:at]))
		if rest[at] == '*' {
			b.WriteString(`.*?`)
			rest = rest[at+1:]
			continue
		}
		field, after, closed := strings.Cut(rest[at+1:], "}")
		if !closed || field == "" {
			return Pattern{text: text}, errors.New("a { is not closed by a }")
		}
		p.fields = append(p.fields, field)
		if field == "year" {
			b.WriteString(yearExpression)
		} else {
			b.WriteString(`(.+?)`)
		}
		rest = after
	}
	b.WriteString(`$`)
	made, err := regexp.Compile(b.String())
	if err != nil {
		return Pattern{text: text}, err
	}
	p.made = made
	return p, nil
}

// Match returns what stands at the open places that have names, and whether a text fits.
func (p Pattern) Match(text string) (map[string]string, bool) {
	if p.made == nil {
		return nil, false
	}
	text = plainSpaces(text)
	found := p.made.FindStringSubmatchIndex(text)
	if found == nil {
		return nil, false
	}
	fields := make(map[string]string, len(p.fields))
	for i, field := range p.fields {
		from, to := found[2*i+2], found[2*i+3]
		fields[field] = text[from:to]
		if field == "year" {
			fields[field] = wholeWords(text[from:to], text[to:])
		}
	}
	return fields, true
}

// wholeWords takes from the end of a year what is the beginning of a word: in 2013 Poor the P is
// no flag.
func wholeWords(year, behind string) string {
	last, _ := utf8.DecodeLastRuneInString(year)
	next, _ := utf8.DecodeRuneInString(behind)
	if unicode.IsLetter(last) && unicode.IsLetter(next) {
		return strings.TrimRightFunc(year, func(r rune) bool { return !unicode.IsDigit(r) })
	}
	return year
}

// Fits reports whether a text fits.
func (p Pattern) Fits(text string) bool {
	return p.made != nil && p.made.MatchString(plainSpaces(text))
}

// Has reports whether a pattern leaves a place of that name open.
func (p Pattern) Has(field string) bool {
	return slices.Contains(p.fields, field)
}

// IsEmpty reports whether no pattern was given.
func (p Pattern) IsEmpty() bool { return p.text == "" }

// IsZero is IsEmpty under the name that encoding/json asks for.
func (p Pattern) IsZero() bool { return p.text == "" }

// String returns the pattern as it was written.
func (p Pattern) String() string { return p.text }

// MarshalJSON writes the pattern as it was written.
func (p Pattern) MarshalJSON() ([]byte, error) { return json.Marshal(p.text) }

// FitsAny reports whether a text fits one of several patterns.
func FitsAny(patterns []Pattern, text string) bool {
	for _, p := range patterns {
		if p.Fits(text) {
			return true
		}
	}
	return false
}

// plainSpaces composes a text and makes one space of each run of spaces and ends of lines.
func plainSpaces(text string) string {
	return strings.Join(strings.Fields(norm.NFC.String(text)), " ")
}
