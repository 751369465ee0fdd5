package catalogue

import "github.com/niengiam/niengiam/stats/number"

// Noun is the word for what is counted or measured.
type Noun struct {
	// VI is the Vietnamese word; it has one form. One of VI and EN may be empty.
	VI string `json:"vi"`
	// EN is the English word for one.
	EN string `json:"en"`
	// ENPlural is the English word for several.
	ENPlural string `json:"en_plural,omitempty"`
}

// Lacks reports whether the word is there in the other language alone.
func (n Noun) Lacks(language number.Language) bool {
	return number.Text{VI: n.VI, EN: n.EN}.Lacks(language)
}

// One is the word for one of them.
func (n Noun) One(language number.Language) string { return n.For(false, language) }

// For is the word beside a number: the plural is English's alone. A word that is not there
// in the language is that of the other.
func (n Noun) For(plural bool, language number.Language) string {
	if n.Lacks(language) {
		language = language.Other()
	}
	switch {
	case language == number.Vietnamese:
		return n.VI
	case plural && n.ENPlural != "":
		return n.ENPlural
	}
	return n.EN
}
