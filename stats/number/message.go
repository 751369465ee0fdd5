package number

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// messages has the Vietnamese of each message: its id, which is its English format, and
// the words, with {1} for the first value. A test holds it complete and without rows
// that nobody says.
//
//go:embed message.tsv
var messages string

// inVietnamese finds the words of a message by its id: read once, never changed.
//
//nolint:gochecknoglobals // reading the table for each message would cost more than the rest of an answer
var inVietnamese = sync.OnceValue(func() map[string]string {
	words := map[string]string{}
	for line := range strings.Lines(messages) {
		id, said, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		words[id] = said
	}
	return words
})

// Message is a sentence for people, or a part of one: an id and values, put into words
// once for each language. The zero Message is empty.
type Message struct {
	// id is the English format, as package fmt reads it.
	id      string
	values  []any
	english bool
}

// Say makes a message that has words in both languages. Its id is the English format, a
// constant; message.tsv has the Vietnamese. A value that is a Message, a Text or an
// *Error is put into the language of the message; any other stays what it is.
func Say(id string, values ...any) Message {
	if false {
		_ = fmt.Sprintf(id, values...) // so that go vet checks the values
	}
	return Message{id: id, values: values}
}

// EnglishOnly makes a message for those who administer the program (command line, log,
// files of the workspace), or of a text from elsewhere, such as an engine's error. A
// Vietnamese page shows the meaning of the error's code instead.
func EnglishOnly(format string, values ...any) Message {
	if false {
		_ = fmt.Sprintf(format, values...) // so that go vet checks the values
	}
	return Message{id: format, values: values, english: true}
}

// String is the message in English.
func (m Message) String() string { return m.In(English) }

// IsEmpty reports whether the message says nothing.
func (m Message) IsEmpty() bool { return m.id == "" }

// In puts the message into words; in English where it has no others.
func (m Message) In(language Language) string {
	if language == Vietnamese && m.hasVietnamese() {
		return m.vietnamese()
	}
	return fmt.Sprintf(m.id, valuesIn(language, m.id, m.values)...)
}

// Text is the message in both languages; the Vietnamese is empty where it has none.
func (m Message) Text() Text {
	text := Text{EN: m.In(English)}
	if m.hasVietnamese() {
		text.VI = m.vietnamese()
	}
	return text
}

// Replacing returns the message with one text among its values replaced by another.
func (m Message) Replacing(old, replacement string) Message {
	values := make([]any, len(m.values))
	for i, value := range m.values {
		if values[i] = value; value == any(old) {
			values[i] = replacement
		}
	}
	m.values = values
	return m
}

// hasVietnamese reports whether the message has words in Vietnamese.
func (m Message) hasVietnamese() bool {
	_, known := inVietnamese()[m.id]
	return m.id != "" && known && !m.english
}

// vietnamese fills the Vietnamese words with the values. What the English quotes is
// escaped alike and stands between the quotation marks of the words.
func (m Message) vietnamese() string {
	words := inVietnamese()[m.id]
	if len(m.values) == 0 {
		return words
	}
	values, places := valuesIn(Vietnamese, m.id, m.values), make([]string, 0, 2*len(m.values))
	for i, verb := range verbsOf(m.id) {
		if i >= len(values) {
			break
		}
		said := fmt.Sprintf(verb, values[i])
		if strings.HasSuffix(verb, "q") && len(said) > 1 {
			said = said[1 : len(said)-1]
		}
		places = append(places, "{"+strconv.Itoa(i+1)+"}", said)
	}
	return strings.NewReplacer(places...).Replace(words)
}

// verbsOf lists the verbs of a format in order, each with its flags and width: %s, %02X.
func verbsOf(format string) []string {
	var verbs []string
	for at := 0; at < len(format); at++ {
		if format[at] != '%' {
			continue
		}
		end := at + 1
		for end < len(format)-1 && strings.IndexByte("+-# 0123456789.", format[end]) >= 0 {
			end++
		}
		if end < len(format) && format[end] != '%' {
			verbs = append(verbs, format[at:end+1])
		}
		at = end
	}
	return verbs
}

// valuesIn puts the values that are messages themselves into words, and cuts the others
// to what is quoted of them.
func valuesIn(language Language, id string, values []any) []any {
	said := make([]any, len(values))
	verbs := []string(nil)
	if len(values) > 0 {
		verbs = verbsOf(id)
	}
	for i, value := range values {
		switch value := value.(type) {
		case Message:
			said[i] = value.In(language)
		case Text:
			said[i] = value.In(language)
		case *Error:
			said[i] = value.Line(language)
		default:
			verb := "%v"
			if i < len(verbs) {
				verb = verbs[i]
			}
			said[i] = quoted(value, verb)
		}
	}
	return said
}

// OnlyEnglish returns a stored text in a language; in Vietnamese, where it was stored in
// English alone, the English text with a remark that says so.
func OnlyEnglish(kept Text, language Language) string {
	if language == Vietnamese && kept.Lacks(Vietnamese) {
		return "chỉ có bằng tiếng Anh: " + kept.EN
	}
	return kept.In(language)
}
