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

// deepest is how often a value within a phrase may be a phrase itself: a run tells of
// its first reject, that of a unit, and that of the level where it was looked for.
const deepest = 3

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

// Told says in a language, on one line, what Error says in English; where the fault has
// no hint of its own, what its code advises.
func (e *Error) Told(language Language) string {
	message, hint := e.In(language)
	if fault, ok := e.Code.Fault(); ok && hint == "" {
		hint = fault.Remedy.In(language)
	}
	nearest := Text{VI: "gần nhất", EN: "nearest"}
	return e.line(message, nearest.In(language), hint)
}

// told gives in a language what was said in English: what no phrase is known for stays
// English, and says so.
func told(text string, language Language) string {
	if language == English || text == "" {
		return text
	}
	if said, ok := inVietnamese(text, deepest); ok {
		return said
	}
	return "chỉ có bằng tiếng Anh: " + text
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
	var found []captured
	for line := range strings.Lines(phrases) {
		format, words, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if start, _, _ := strings.Cut(format, "%"); !strings.HasPrefix(text, start) {
			continue
		}
		parts := partsOf(format)
		if !strings.HasSuffix(text, parts[len(parts)-1].text) {
			continue
		}
		values, ok := capture(text, parts)
		own := 0
		for _, p := range parts {
			own += len(p.text)
		}
		if ok && own > best {
			best, said, found = own, words, values
		}
	}
	return fill(said, found, depth), best >= 0
}

// phrasePart is a verb of a format, 0 before the first, and the text that follows it.
type phrasePart struct {
	verb byte
	text string
}

// partsOf parts a format at its verbs.
func partsOf(format string) []phrasePart {
	parts := make([]phrasePart, 1, strings.Count(format, "%")+1)
	for {
		before, after, more := strings.Cut(format, "%")
		last := &parts[len(parts)-1]
		if last.text += before; !more {
			return parts
		}
		after = strings.TrimLeft(after, "0123456789") // a width
		if format = after[1:]; after[0] == '%' {
			last.text += "%"
			continue
		}
		parts = append(parts, phrasePart{verb: after[0]})
	}
}

// captured is what stood for a verb. What was quoted is somebody's own words and no phrase.
type captured struct {
	text   string
	quoted bool
}

// capture reads the values out of a text that was made of parts and values.
func capture(text string, parts []phrasePart) (values []captured, ok bool) {
	if text, ok = strings.CutPrefix(text, parts[0].text); !ok {
		return nil, false
	}
	for i, p := range parts[1:] {
		end, own := -1, captured{}
		switch last := i == len(parts)-2; {
		case p.verb == 'q':
			if quote, err := strconv.QuotedPrefix(text); err == nil && quote[0] == '"' {
				end, own = len(quote), captured{quote[1 : len(quote)-1], true}
			}
		case p.verb == 'd':
			if digits := len(text) - len(strings.TrimLeft(text, "-0123456789")); digits > 0 {
				end, own = digits, captured{text: text[:digits]}
			}
		case last: // the text ends with what follows the last value
			end = len(text) - len(p.text)
			own.text = text[:max(end, 0)]
		default:
			end = strings.Index(text, p.text)
			own.text = text[:max(end, 0)]
		}
		if end < 0 || !strings.HasPrefix(text[end:], p.text) {
			return nil, false
		}
		values, text = append(values, own), text[end+len(p.text):]
	}
	return values, text == ""
}

// fill puts the values of a phrase in their places.
func fill(words string, values []captured, depth int) string {
	if len(values) == 0 {
		return words
	}
	var places []string
	for i, v := range values {
		if depth > 0 && !v.quoted {
			if inner, is := inVietnamese(v.text, depth-1); is {
				v.text = inner
			}
		}
		places = append(places, "{"+strconv.Itoa(i+1)+"}", v.text)
	}
	return strings.NewReplacer(places...).Replace(words)
}
