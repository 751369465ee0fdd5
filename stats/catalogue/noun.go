package catalogue

import "github.com/niengiam/niengiam/stats/number"

// Noun is the word for what is counted or measured.
type Noun struct {
	// VI is the Vietnamese word; it has one form.
	VI string `json:"vi"`
	// EN is the English word for one.
	EN string `json:"en"`
	// ENPlural is the English word for several.
	ENPlural string `json:"en_plural,omitempty"`
}

// One is the word for one of them.
func (n Noun) One(language number.Language) string { return n.For(false, language) }

// For is the word beside a number: the plural is English's alone.
func (n Noun) For(plural bool, language number.Language) string {
	switch {
	case language == number.Vietnamese:
		return n.VI
	case plural && n.ENPlural != "":
		return n.ENPlural
	}
	return n.EN
}
