package format

import (
	"strings"
	"testing"
)

func TestBrokenPages(t *testing.T) {
	t.Parallel()
	for _, c := range []broken{
		{"invented-page.html", "windows-1258", "utf-8", "CSV_ENCODING invented-page.html:6"},
		{"invented-page.html", "windows-1258", "klingon", "CSV_ENCODING invented-page.html"},
		{"invented-page.html", "<table><thead>", "<ul><thead>", "1 d"},
		{"invented-bare.html", "<table>", "<table>" + strings.Repeat("<tr><td><table>", 600), "FILE_MALFORMED invented-bare.html"},
		{"invented-bare.html", "<td>2", "<td>" + strings.Repeat("2", 70_000), "FILE_TOO_LARGE invented-bare.html:1"},
		{"invented-bare.html", "<td>1", strings.Repeat("<td colspan=1000>1", 21), "FILE_TOO_LARGE invented-bare.html"},
	} {
		c.try(t)
	}
	for _, c := range []struct {
		content string
		options Options
		want    string
	}{
		{"<html><p>none", Options{}, "FILE_MALFORMED a.html\n"},
		{"<html><table><tr><td>", Options{}, "FILE_MALFORMED a.html\n"},
		{"<table><tr><td>1</table><table><tr><td>2</table>", Options{Limits: Limits{Sheets: 1}}, "FILE_TOO_LARGE a.html\n"},
		{"<table><tr><td>1</table>", Options{Limits: Limits{Bytes: 20}}, "FILE_TOO_LARGE a.html\n"},
	} {
		if got := allSheets(t, "a.html", []byte(c.content), c.options); got != c.want {
			t.Errorf("%q is %q, want %q", c.content, got, c.want)
		}
	}
}

// What is declared comes before what the page says, a byte order mark before that, and bytes
// that are all UTF-8 before a code page.
func TestEncodingsOfPages(t *testing.T) {
	t.Parallel()
	page := func(said, text string) string {
		return `<html><meta charset="` + said + `"><table><tr><td>` + text + "</table>"
	}
	for _, c := range []struct{ content, declared, want string }{
		{page("latin1", "V\xf5ru \x80"), "", "1 Võru €"}, {page("ISO-8859-1", "V\xf5ru"), "windows-1258", "1 Vơru"}, {page("utf-16", "Võru"), "", "1 Võru"},
		{"\ufeff" + page("windows-1252", "Võru"), "", "1 Võru"}, {page("windows-1252", "Võru"), "", "1 Võru"}, {page("windows-1252", "Võru"), "windows-1252", "1 VÃµru"},
		{page("latin1", "V\xf5ru \x80"), "utf-8", "1 Võru €"}, {page("", "V\xf5ru"), "", "CSV_ENCODING a.html:1"},
	} {
		if got := table(t, "a.html", c.content, Options{Encoding: c.declared}); got != c.want {
			t.Errorf("%q is %q, want %q", c.content, got, c.want)
		}
	}
}
