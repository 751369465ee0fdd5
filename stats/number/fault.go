package number

import (
	_ "embed"
	"strings"
)

// faultWords has a line for each code that a person can meet on a page or in a load:
// what it means and what to do, in both languages. The English words are those of
// docs/errors.md; a test holds them together and the list complete.
//
//go:embed fault.tsv
var faultWords string

// Fault is the explanation of a code for people.
type Fault struct {
	// Meaning says what is wrong, Remedy what to do about it: phrases, without a
	// capital or a full stop.
	Meaning, Remedy Text
}

// Fault returns the explanation of a code; false for a code that occurs on the command
// line alone.
func (c Code) Fault() (Fault, bool) {
	for line := range strings.Lines(faultWords) {
		word := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if word[0] == string(c) {
			return Fault{Meaning: Text{VI: word[1], EN: word[2]}, Remedy: Text{VI: word[3], EN: word[4]}}, true
		}
	}
	return Fault{}, false
}

// Meaning returns what a code means in words, the code itself where it has none.
func Meaning(code Code, language Language) string {
	if fault, ok := code.Fault(); ok {
		return fault.Meaning.In(language)
	}
	return string(code)
}
