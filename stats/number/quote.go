package number

import (
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"
)

// The length, in letters, to which a message quotes what it is given. Whoever sends a
// megabyte must not have it echoed, nor fill the log or the record of a load with it.
const (
	maxQuoted = 200 // a value between quotation marks, a place
	maxTold   = 600 // another text: a list of names, what a library said
)

// Quote cuts a text to what a message quotes of it: at most 200 letters.
func Quote(text string) string { return cut(text, maxQuoted) }

// Excerpt cuts a text that somebody else made, such as a library's error, to what is
// told of it: at most 600 letters.
func Excerpt(text string) string { return cut(text, maxTold) }

// cut ends a text that is too long with an ellipsis.
func cut(text string, most int) string {
	if len(text) <= most || utf8.RuneCountInString(text) <= most {
		return text
	}
	at := 0
	for range most {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return text[:at] + "…"
}

// quoted cuts a value of a message that is written by a verb of package fmt; a number or
// another short value stays what it is.
func quoted(value any, verb string) any {
	most := maxTold
	if strings.HasSuffix(verb, "q") {
		most = maxQuoted
	}
	switch v := value.(type) {
	case nil:
		return nil
	case string:
		return cut(v, most)
	case error:
		if text := v.Error(); len(text) > most {
			return cut(text, most)
		}
		return value
	case fmt.Stringer:
		if text := v.String(); len(text) > most {
			return cut(text, most)
		}
		return value
	}
	switch kind := reflect.ValueOf(value); kind.Kind() { //nolint:exhaustive // nothing else has a length that a caller sets
	case reflect.String:
		if kind.Len() > most {
			return cut(kind.String(), most)
		}
	case reflect.Slice, reflect.Array, reflect.Map, reflect.Struct, reflect.Pointer, reflect.Interface:
		if text := fmt.Sprintf(verb, value); len(text) > most {
			return whole(cut(text, most))
		}
	}
	return value
}

// whole is a text that has been formatted already: no verb changes it.
type whole string

// Format writes the text as it is.
func (w whole) Format(state fmt.State, _ rune) { _, _ = state.Write([]byte(w)) }
