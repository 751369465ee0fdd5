package format

import (
	"strings"
	"testing"

	"github.com/niengiam/niengiam/stats/number"
)

// The letters of each code page, and a byte that is none of its characters.
func TestDecodeCodePages(t *testing.T) {
	for _, c := range []struct{ encoding, bytes, want string }{
		{"windows-1252", "P\xf5lva \x93\x80\x94", "Põlva “€”"}, {"windows-1252", "\x81", ""}, {"windows-1252", "\x9d", ""},
		{"iso-8859-1", "V\xf5ru \xa4", "Võru ¤"}, {"iso-8859-1", "\x93", ""}, {"iso-8859-15", "V\xf5ru \xa4", "Võru €"}, {"iso-8859-15", "\x80", ""},
		{"iso-8859-2", "\xe8\xbb", "čť"}, {"iso-8859-3", "\xf8", "ĝ"}, {"iso-8859-3", "\xa5", ""}, {"iso-8859-4", "\xe8", "č"}, {"iso-8859-5", "\xd8", "и"},
		{"iso-8859-6", "\xc8", "ب"}, {"iso-8859-6", "\xa1", ""}, {"iso-8859-7", "\xe1\xdd", "αέ"}, {"iso-8859-8", "\xe0", "א"}, {"iso-8859-9", "\xfe\xf0", "şğ"},
		{"iso-8859-10", "\xe8", "č"}, {"iso-8859-11", "\xa1\xd2", "กา"}, {"iso-8859-11", "\x85", ""}, {"iso-8859-13", "\xf0", "š"}, {"iso-8859-14", "\xf0", "ŵ"},
		{"windows-1258", "Ph\xfa T\xe2n \xfe", "Phú Tân ₫"}, {"windows-1258", "\x9e", ""},
	} {
		got, err := decode("in.csv", []byte(c.bytes), c.encoding)
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("% x in %s is %q %v, want %q", c.bytes, c.encoding, got, err, c.want)
		}
	}
}

// What is said of a byte that is no text names no code page: it would give other letters.
func TestNoCodePageIsProposed(t *testing.T) {
	for _, encoding := range Encodings() {
		for _, bytes := range []string{"V\xf5ru k\xfcla", "\x81\x8d\x93\xa5\xff", "P\xf5lva"} {
			_, err := decode("in.csv", []byte(bytes), encoding)
			for _, fault := range number.Errors(err) {
				told := fault.Line(number.English) + fault.Line(number.Vietnamese) + fault.Error()
				for _, other := range Encodings()[4:] {
					if other != encoding && !strings.HasPrefix(encoding, other) && strings.Contains(told, other) {
						t.Errorf("%s says %q", encoding, told)
					}
				}
			}
		}
	}
}
