package number

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
)

// FormatNumber writes a number for people: 2.159 and 81,5 in Vietnamese, 2,159
// and 81.5 in English. Negative numbers have a minus sign, not a hyphen.
func FormatNumber(d decimal.Decimal, places int32, language Language) string {
	group, point := ".", ","
	if language == English {
		group, point = ",", "."
	}
	rounded := d.Round(places)
	whole, fraction, _ := strings.Cut(rounded.Abs().StringFixed(max(places, 0)), ".")
	var b strings.Builder
	if rounded.Sign() < 0 {
		b.WriteString(minus)
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteRune(digit)
	}
	if fraction != "" {
		b.WriteString(point + fraction)
	}
	return b.String()
}

// FormatCount writes a count for people, its digits grouped as the language does.
func FormatCount(n int, language Language) string {
	return FormatNumber(decimal.NewFromInt(int64(n)), 0, language)
}

// CountText writes a sentence in both languages, with a count (int) or words (Text) for
// each %s of it.
func CountText(vi, en string, parts ...any) Text {
	in := func(sentence string, language Language) string {
		written := make([]any, len(parts))
		for i, part := range parts {
			switch part := part.(type) {
			case int:
				written[i] = FormatCount(part, language)
			case Text:
				written[i] = part.In(language)
			}
		}
		return fmt.Sprintf(sentence, written...)
	}
	return Text{in(vi, Vietnamese), in(en, English)}
}

// Texts are built from the facts by rules. Every numeral in them is a figure
// rounded once, half away from zero.

// minus is the sign of negative numbers in running text.
const minus = "−"

// IsPlural reports whether a number takes the plural in English.
func IsPlural(d decimal.Decimal) bool { return !d.Abs().Equal(One()) }

// Join puts a number before its noun; % and ‰ stand without a space.
func Join(number, noun string) string {
	if noun == "" || strings.HasPrefix(noun, "%") || strings.HasPrefix(noun, "‰") {
		return number + noun
	}
	return number + " " + noun
}
