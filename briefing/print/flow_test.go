package print

import (
	"strings"
	"testing"
)

// What stands together stays together: a comma with the word before it, and the
// numbers of footnotes with the last word.
func TestWordsAreNotTorn(t *testing.T) {
	l := Line{
		Word: "đạt", Spoken: true, Notes: []int{1, 12},
		Runs: []Run{{Text: "Xã đạt: "}, {Text: "97/119 xã (81,5%)", Strong: true}, {Text: ", tăng 14 xã (sơ bộ)"}},
	}
	var words []string
	for _, word := range wordsLine(l) {
		var b strings.Builder
		for _, part := range word {
			b.WriteString(part.text)
		}
		words = append(words, b.String())
	}
	const want = "đạt|·|Xã|đạt:|97/119|xã|(81,5%),|tăng|14|xã|(sơ|bộ)1,12"
	if got := strings.Join(words, "|"); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
