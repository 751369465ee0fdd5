package number

// Language is the language of a text for people.
type Language string

// The languages. What the program says is complete in both; a workspace may have its
// texts in one.
const (
	Vietnamese Language = "VI"
	English    Language = "EN"
)

// Other returns the other language.
func (l Language) Other() Language {
	if l == English {
		return Vietnamese
	}
	return English
}

// Text is a text in both languages, or in the one that there is.
type Text struct {
	VI string `json:"vi"`
	EN string `json:"en"`
}

// In returns the text in a language, or in the other where it lacks that one.
func (t Text) In(language Language) string {
	if t.Lacks(language) {
		language = language.Other()
	}
	return language.Of(t.VI, t.EN)
}

// Lacks reports whether the text is there in the other language alone.
func (t Text) Lacks(language Language) bool {
	return language.Of(t.VI, t.EN) == "" && language.Other().Of(t.VI, t.EN) != ""
}

// Of chooses between words in Vietnamese and in English, either of which may be empty.
func (l Language) Of(vi, en string) string {
	if l == English {
		return en
	}
	return vi
}

// Same is a text that reads the same in both languages.
func Same(text string) Text { return Text{VI: text, EN: text} }
