package stats

import (
	_ "embed"
	"strconv"
	"strings"
)

// phrases has what faults say, as formats of fmt, and the same in Vietnamese with {1}
// for the first value. A test holds the list complete for the rooms that pages ask.
//
//go:embed phrase.tsv
var phrases string

// deepest is how often a value within a phrase may be a phrase itself.
const deepest = 2

// longest is the length of a text that is looked up at all.
const longest = 2000

// In says in a language what is wrong and what to do about it. Where no phrase is known
// in Vietnamese it is what the code means.
func (e *Error) In(language Language) (message, hint string) {
	if language == English {
		return e.Message, e.Hint
	}
	fault, _ := e.Code.Fault()
	message, hint = fault.Meaning.VI, fault.Remedy.VI
	if said, ok := inVietnamese(e.Message, deepest); ok {
		message = said
	}
	if said, ok := inVietnamese(e.Hint, deepest); ok {
		hint = said
	}
	if message == "" {
		message = e.Message
	}
	return message, hint
}

// Phrased tells whether a format has words in Vietnamese.
func Phrased(format string) bool {
	for line := range strings.Lines(phrases) {
		if known, _, _ := strings.Cut(line, "\t"); known == format {
			return true
		}
	}
	return false
}

// inVietnamese finds the phrase that a text was made from; of several the one with the
// most letters of its own.
func inVietnamese(text string, depth int) (string, bool) {
	if len(text) > longest {
		return "", false
	}
	best, said := -1, ""
	for line := range strings.Lines(phrases) {
		format, words, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if start, _, _ := strings.Cut(format, "%"); !strings.HasPrefix(text, start) {
			continue
		}
		parts := partsOf(format)
		values, ok := capture(text, parts)
		if own := len(strings.Join(parts, "")); ok && own > best {
			best, said = own, fill(words, values, depth)
		}
	}
	return said, best >= 0
}

// fill puts the values of a phrase in their places.
func fill(words string, values []string, depth int) string {
	var places []string
	for i, value := range values {
		if depth > 0 {
			if inner, is := inVietnamese(value, depth-1); is {
				value = inner
			}
		}
		places = append(places, "{"+strconv.Itoa(i+1)+"}", value)
	}
	return strings.NewReplacer(places...).Replace(words)
}

// partsOf gives what stands around the values of a format.
func partsOf(format string) []string {
	return strings.Split(strings.NewReplacer("%q", "\"\x00\"", "%s", "\x00", "%d", "\x00", "%v", "\x00", "%%", "%").Replace(format), "\x00")
}

// capture reads the values out of a text that was made of parts and values.
func capture(text string, parts []string) (values []string, ok bool) {
	if text, ok = strings.CutPrefix(text, parts[0]); !ok {
		return nil, false
	}
	for i, part := range parts[1:] {
		at := strings.Index(text, part)
		if i == len(parts)-2 { // the last part ends the text
			if at = len(text) - len(part); !strings.HasSuffix(text, part) {
				at = -1
			}
		}
		if at < 0 {
			return nil, false
		}
		values, text = append(values, text[:at]), text[at+len(part):]
	}
	return values, text == ""
}
