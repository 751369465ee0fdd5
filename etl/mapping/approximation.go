package mapping

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/niengiam/niengiam/stats/number"
)

// approximationWords are what sources write before a figure that is not exact, apart by
// bars; of two that begin alike the longer one comes first.
func approximationWords() []struct {
	words string
	is    number.Approximation
} {
	return []struct {
		words string
		is    number.Approximation
	}{
		{"≥|>=|ít nhất|at least", number.AtLeastThat},
		{">|trên|hơn|over|more than", number.MoreThan},
		{"gần|nearly|almost", number.Almost},
		{"≈|~|khoảng|about", number.About},
	}
}

// cutApproximation separates the word or sign before a number from the number: trên 160,
// ≥98. "" is exact.
func cutApproximation(cell string) (is number.Approximation, rest string) {
	folded := strings.ToLower(cell)
	if len(folded) != len(cell) {
		return "", cell
	}
	for _, w := range approximationWords() {
		for word := range strings.SplitSeq(w.words, "|") {
			after, found := strings.CutPrefix(folded, word)
			first, _ := utf8.DecodeRuneInString(word)
			next, _ := utf8.DecodeRuneInString(after)
			if found && (!unicode.IsLetter(first) || after == "" || unicode.IsSpace(next)) { // a word of its own
				return w.is, strings.TrimSpace(cell[len(word):])
			}
		}
	}
	return "", cell
}
