package number

// Language is the language of a text for people.
type Language string

// The languages in which every text is complete.
const (
	Vietnamese Language = "VI"
	English    Language = "EN"
)

// Text is a text in both languages.
type Text struct {
	VI string `json:"vi"`
	EN string `json:"en"`
}

// In returns the text in one language.
func (t Text) In(language Language) string {
	if language == English {
		return t.EN
	}
	return t.VI
}

// Same is a text that reads the same in both languages.
func Same(text string) Text { return Text{VI: text, EN: text} }
