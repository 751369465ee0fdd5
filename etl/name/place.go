package name

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Place folds the name of a unit further than Fold does, by what offices write of places:
// hyphens and dashes are spaces, what cannot be seen is nothing, an abbreviation has no full
// stop, and marks of footnotes at the end are not part of it. The tones and the letters stay.
func Place(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r): // zero-width space, byte order mark, soft hyphen
			return -1
		case unicode.Is(unicode.Pd, r), r == '.', r == ',', r == '−', r == '_':
			return ' '
		}
		return r
	}, text)
	text = strings.TrimSpace(text)
	if last, _ := utf8.DecodeLastRuneInString(text); strings.ContainsRune("*)]⁰¹²³⁴⁵⁶⁷⁸⁹", last) { // few end like this
		text = footnote().ReplaceAllString(text, "")
	}
	return Fold(text)
}

// footnote finds marks of footnotes at the end of a name: * (*) (1) 1) and raised digits.
func footnote() *regexp.Regexp {
	return regexp.MustCompile(`(\s*(\*+|\(\s*(\*+|[0-9]{1,2})\s*\)|\[[0-9]{1,2}\]|[0-9]\)|[⁰¹²³⁴⁵⁶⁷⁸⁹]+))+$`)
}

// Readings lists other ways to take a folded name, in the order of their likelihood, for
// where the name itself is known to nobody: without the number of its row (1. Long Xuyên, II.
// Tri Tôn), without the number of a footnote right behind its last letter.
func Readings(folded string) []string {
	var others []string
	rest := withoutRowNumber(folded)
	if rest != folded && rest != "" {
		others = append(others, rest)
	}
	if end := len(rest) - 1; end > 0 && isDigit(rune(rest[end])) {
		if last, _ := utf8.DecodeLastRuneInString(rest[:end]); unicode.In(last, unicode.L, unicode.M) {
			others = append(others, rest[:end])
		}
	}
	return others
}

// withoutRowNumber cuts off the number of a row before a folded name, whose full stop is a space:
// up to three digits, or a Roman number up to the thirties.
func withoutRowNumber(folded string) string {
	word, rest, several := strings.Cut(folded, " ")
	word = strings.TrimSuffix(word, ")")
	isRoman := func(r rune) bool { return strings.ContainsRune("ivx", r) }
	switch {
	case !several || word == "":
	case len(word) <= 3 && strings.TrimFunc(word, isDigit) == "", len(word) <= 5 && strings.TrimFunc(word, isRoman) == "":
		return strings.TrimLeft(rest, " ")
	}
	return folded
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// WithoutMarks takes all tone marks and the marks of letters off a folded name.
func WithoutMarks(folded string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(folded) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'đ':
			b.WriteByte('d')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Abbreviations lists what officials write for the words of kinds of units in Vietnam, folded
// as Place folds: TP. for thành phố.
func Abbreviations(kind string) []string {
	return map[string][]string{
		Place("tỉnh"): {"t"}, Place("thành phố"): {"tp"}, Place("thị xã"): {"tx"}, Place("thị trấn"): {"tt"},
		Place("quận"): {"q"}, Place("huyện"): {"h"}, Place("phường"): {"p"}, Place("xã"): {"x"},
	}[kind]
}
