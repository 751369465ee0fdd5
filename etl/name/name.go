// Package name compares the names of places as people write them.
//
// Vietnamese names are written in many ways that mean the same: in capitals,
// with two spaces, with the tone mark on another vowel of the syllable (hòa,
// hoà), composed or decomposed. Fold takes these apart from what does tell
// names apart: the tone itself (Phú Thạnh is not Phú Thành) and the letters.
package name

import (
	"slices"
	"strings"
	"unicode"

	"github.com/agnivade/levenshtein"
	"golang.org/x/text/unicode/norm"
)

// Fold gives the form in which two ways to write the same name are equal: lower
// case, single spaces, and each syllable's tone mark at its end. Tone marks and
// letters are kept.
func Fold(text string) string {
	var folded []string
	for word := range strings.FieldsSeq(strings.ToLower(norm.NFC.String(text))) {
		folded = append(folded, foldWord(word))
	}
	return strings.Join(folded, " ")
}

// foldWord moves the tone of each syllable of a word to the syllable's end. What
// is not a letter ends a syllable: the hyphen of a transcribed name.
func foldWord(word string) string {
	var b strings.Builder
	tone := rune(0)
	end := func() {
		if tone != 0 {
			b.WriteRune(tone)
			tone = 0
		}
	}
	for _, r := range norm.NFD.String(word) {
		switch {
		case isTone(r):
			tone = r
			continue
		case r == 'ð': // the Icelandic letter, whose capital looks like that of đ
			r = 'đ'
		case r == '’' || r == 'ʼ':
			r = '\''
		}
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
			end()
		}
		b.WriteRune(r)
	}
	end()
	return b.String()
}

// isTone reports whether a combining mark is one of the five tones. The circumflex,
// the breve and the horn belong to letters and stay where they are.
func isTone(r rune) bool {
	switch r {
	case 0x0300, 0x0301, 0x0303, 0x0309, 0x0323:
		return true
	}
	return false
}

// CutPrefix takes the words of a folded prefix from the start of a folded name.
// It reports false when the name does not begin with them or is nothing else.
func CutPrefix(folded, prefix string) (string, bool) {
	rest, ok := strings.CutPrefix(folded, prefix+" ")
	return rest, ok && prefix != "" && rest != ""
}

// nearestCount is how many names are worth suggesting.
const nearestCount = 3

// Nearest lists the known names that look most like one that is not known, best
// first: at most three, none that differs in more than half of its letters.
func Nearest(unknown string, known []string) []string {
	type candidate struct {
		name     string
		distance int
	}
	folded := Fold(unknown)
	var candidates []candidate
	for _, text := range known {
		other := Fold(text)
		distance := levenshtein.ComputeDistance(folded, other)
		if limit := max(len([]rune(folded)), len([]rune(other))) / 2; distance <= limit {
			candidates = append(candidates, candidate{text, distance})
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int {
		if a.distance != b.distance {
			return a.distance - b.distance
		}
		return strings.Compare(a.name, b.name)
	})
	var nearest []string
	for _, c := range candidates {
		if len(nearest) == nearestCount {
			break
		}
		if !slices.Contains(nearest, c.name) {
			nearest = append(nearest, c.name)
		}
	}
	return nearest
}
