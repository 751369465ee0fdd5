package number_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/niengiam/niengiam/stats/number"
)

// A message quotes a bounded piece of whatever value it is given, in both languages.
func TestMessagesQuoteLittle(t *testing.T) {
	t.Parallel()
	type code string
	long := strings.Repeat("ấ", 300_000)
	for name, value := range map[string]any{
		"a text": long, "a code": code(long), "an error": errors.New(long), "a list": []string{long, long}, "a number": number.Code(long),
	} {
		for _, message := range []number.Message{
			number.EnglishOnly("%q is wrong", value), number.EnglishOnly("%s is wrong", value), number.EnglishOnly("%v is wrong", value),
			number.EnglishOnly("%s", &number.Error{Message: number.EnglishOnly("%v", value)}),
		} {
			fault := number.Error{Code: "X", Message: message, Where: long, Hint: message}
			for _, language := range []number.Language{number.English, number.Vietnamese} {
				said := fault.Line(language)
				if letters := utf8.RuneCountInString(said); letters > 2_000 || !strings.Contains(said, "…") || !utf8.ValidString(said) {
					t.Errorf("%s: %d letters", name, letters)
				}
			}
		}
	}
	if said := number.EnglishOnly("%q", strings.Repeat("ấ", 200)).String(); said != `"`+strings.Repeat("ấ", 200)+`"` {
		t.Errorf("what is short enough is quoted whole, not %s", said)
	}
	if said := number.EnglishOnly("%q", strings.Repeat("ấ", 201)).String(); said != `"`+strings.Repeat("ấ", 200)+`…"` {
		t.Errorf("what is too long is cut, not %s", said)
	}
}
