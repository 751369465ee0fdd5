package format

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/stats/number"
)

// table reads the only sheet of a file as lines of cells with | between them, each after the
// number of its line; a fault is its code.
func table(t *testing.T, name, content string, o Options) string {
	t.Helper()
	sheets, err := Read(File{Name: name, Content: []byte(content)}, o)
	if err != nil {
		return told(t, err)
	}
	if len(sheets) != 1 {
		t.Fatalf("%s has %d sheets", name, len(sheets))
	}
	return laidOut(t, sheets[0])
}

func laidOut(t *testing.T, s Sheet) string {
	t.Helper()
	var b strings.Builder
	for row, err := range s.Rows {
		switch {
		case err != nil:
			b.WriteString(told(t, err))
		case row.Fault != nil:
			fmt.Fprintf(&b, "%d %s\n", row.Line, told(t, row.Fault))
		default:
			fmt.Fprintf(&b, "%d %s\n", row.Line, strings.Join(row.Cells, "|"))
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// told is the code of a fault and its place, where it has words in both languages.
func told(t *testing.T, err error) string {
	t.Helper()
	faults := number.Errors(err)
	if len(faults) == 0 {
		t.Fatalf("%v has no code", err)
	}
	if faults[0].Message.Text().VI == "" || !faults[0].Hint.IsEmpty() && faults[0].Hint.Text().VI == "" {
		t.Errorf("%v has no Vietnamese", err)
	}
	return strings.TrimSpace(string(faults[0].Code) + " " + faults[0].Where)
}

func TestCSV(t *testing.T) {
	t.Parallel()
	small := Limits{Line: 40, Cell: 10, Columns: 4}
	for _, c := range []struct {
		content string
		options Options
		want    string
	}{
		{"a,b\n1,2\n", Options{}, "1 a|b\n2 1|2"},
		{"sep=;\r\na;b\r\n1,5;2\r\n", Options{Delimiter: ','}, "2 a|b\n3 1,5|2"},
		{"\ufeff\"sep=\t\"\na\tb\n", Options{}, "2 a|b"},
		{"Sep=|\ntitle\na|b\n", Options{Skip: 2}, "3 a|b"}, // the line counts as one above the header
		{"sep=;\na;b\n", Options{Skip: 1}, "2 a|b"},
		{"sep=x\n1\n", Options{}, "1 sep=x\n2 1"}, // a header that is called so
		{"sep=\n1\n", Options{}, "1 sep=\n2 1"},
		{"sep=;;\n1\n", Options{}, "1 sep=;;\n2 1"},
		{"a\tb\n1,5\t\"x\ty\"\n", Options{Format: TSV}, "1 a|b\n2 1,5|x\ty"},
		{"a;b\n1;2\n", Options{Format: TSV, Delimiter: ';'}, "1 a|b\n2 1|2"},
		{"a,b\n\n\"1\n2\",3\n4,5", Options{}, "1 a|b\n3 1\n2|3\n5 4|5"},
		{"a,b\n1,x\"y\"\n\"u\"v,1\n3,4\n", Options{}, "1 a|b\n2 BAD_QUOTE\n3 BAD_QUOTE\n4 3|4"},
		{"a,b\n\"1,2\n3,4\n", Options{}, "1 a|b\nCSV_QUOTE in.csv:2"},
		{"a,b\n1,2,3,4,5\n", Options{Limits: small}, "1 a|b\nFILE_TOO_LARGE in.csv:2"},
		{"a\n1234567890\n12345678901\n", Options{Limits: small}, "1 a\n2 1234567890\nFILE_TOO_LARGE in.csv:3"},
		{"a\n\"1234567890\"\n\"12345678901\"\n", Options{Limits: small}, "1 a\n2 1234567890\nFILE_TOO_LARGE in.csv:3"},
		{"a\n" + strings.Repeat("123456789,", 3) + "123\n" + strings.Repeat("\"123\"\"456789\",", 3) + "1234\n", Options{Limits: small},
			"1 a\n2 123456789|123456789|123456789|123\nFILE_TOO_LARGE in.csv:3"},
		{"a\n1,\"2\n" + strings.Repeat("3,4\n", 30), Options{Limits: small}, "1 a\nCSV_QUOTE in.csv:2"},
		{"a\n1,2\"" + strings.Repeat("3,4 ", 30), Options{Limits: small}, "1 a\nFILE_TOO_LARGE in.csv:2"},
		{"a\n1\n2\n", Options{Limits: Limits{Rows: 2}}, "1 a\n2 1\nFILE_TOO_LARGE in.csv:3"},
		{"a,b\n", Options{Limits: Limits{Bytes: 3}}, "FILE_TOO_LARGE in.csv"},
		{"a", Options{Format: "numbers"}, "FILE_FORMAT in.csv"},
		{"", Options{}, "CSV_EMPTY in.csv"},
	} {
		if got := table(t, "in.csv", c.content, c.options); got != c.want {
			t.Errorf("%q is\n%s\nwant\n%s", c.content, got, c.want)
		}
	}
}

// What goes over a limit is refused when that much of it was read, whatever its size: the
// memory of a whole row would be many times its bytes. A row with a bad quote is read to the end of its
// line, and held until then.
func TestLongRowsAreNotHeld(t *testing.T) {
	for name, row := range map[string]string{
		"cells": strings.Repeat(",", 8<<20), "a cell": strings.Repeat("7", 8<<20), "quotes": `"` + strings.Repeat(`""`, 8<<20),
		"lines": `"` + strings.Repeat("1,2\n", 4<<20), "a bad quote": `a"` + strings.Repeat(",", 24<<20),
	} {
		text := text{file: File{Name: "in.csv", Content: []byte("a,b\n" + row)}, encoding: "utf-8", comma: ',', limits: Limits{}.orDefault()}
		var last error
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for _, err := range text.rows {
			last = err
		}
		runtime.ReadMemStats(&after)
		bytes := after.TotalAlloc - before.TotalAlloc
		if name == "a bad quote" {
			bytes /= 6 * 16
		}
		if code := number.CodeOf(last); code != TooLarge && code != Quote || bytes > 1<<20 {
			t.Errorf("%s: %v after %d bytes", name, last, bytes)
		}
	}
}

func TestGuess(t *testing.T) {
	t.Parallel()
	utf16 := func(s string, first, second int) string {
		b := make([]byte, 2*len(s))
		for i := range len(s) {
			b[2*i+first], b[2*i+second] = s[i], 0
		}
		return string(b)
	}
	for _, c := range []struct{ content, encoding, delimiter, decimal, thousands string }{
		{"a,b\n1,2.5\n", "utf-8", ",", ".", "none"},
		{"\ufefftỉnh;số\n1;2,5\n", "utf-8", ";", ",", "none"},
		{"a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n", "utf-8", ";", ",", "none"}, // commas part it evenly, too
		{"sep=|\na|b\n1|1.234.567\n", "utf-8", "|", ",", "."},
		{"a\tb\n1\t1.810\n", "utf-8", "\t", "? . ,", "? . ,"}, // 1810 or 1.81
		{"a\tb\n1.5\t1,810\n", "utf-8", "\t", ".", ","},
		{"a\tb\n1.5\t1.810\n", "utf-8", "\t", ".", "none"},
		{"a\tb\n1.5\t1,5\n", "utf-8", "\t", "? . ,", "none"},
		{"a\tb\n1.234,5\t1,234.5\n", "utf-8", "\t", "? . ,", "? . ,"},
		{"a;b\n1 234 567,5;1 234\n", "utf-8", ";", ",", " "},
		{"a;b\n-1\u00a0234;0.125%\n", "utf-8", ";", ".", " "},
		{"a,b;c\nd,e;f\n", "utf-8", "? ; ,", ".", "none"},
		{"a,b\n\"x;y\",2\n\"u;v\",3\n", "utf-8", ",", ".", "none"},
		{"one column\n1\n", "utf-8", "?", ".", "none"},
		{"\xff\xfea\x00", "utf-16", "?", ".", "none"},
		{utf16("code,value\n1,2\n", 0, 1), "utf-16le", ",", ".", "none"},
		{utf16("code,value\n1,2\n", 1, 0), "utf-16be", ",", ".", "none"},
		{"a,b\n1,\x00\n", "?", "?", "?", "?"},
		{"a,b\n1,V\xf5ru k\xfcla\n2,3.5", "? windows-1252 windows-1258 iso-8859-1 iso-8859-2 iso-8859-3 iso-8859-4 iso-8859-5 iso-8859-7 iso-8859-9 iso-8859-10 iso-8859-13 iso-8859-14 iso-8859-15", ",", ".", "none"},
		{"<table><tr><td>1</table>", "?", "?", "?", "?"}, // no text with cells
	} {
		s := Guess(File{Name: "in.csv", Content: []byte(c.content)})
		for _, f := range []struct {
			of, want string
			found    Finding
		}{{"encoding", c.encoding, s.Encoding}, {"delimiter", c.delimiter, s.Delimiter}, {"decimal mark", c.decimal, s.Decimal}, {"thousands", c.thousands, s.Thousands}} {
			got := f.found.Value
			if f.found.Known && got == "" {
				got = "none"
			}
			for i, candidate := range append([]Candidate{{}}, f.found.Candidates...) {
				if i == 0 && !f.found.Known {
					got = "?"
				} else if i > 0 {
					got += " " + candidate.Value
				}
			}
			if got != f.want {
				t.Errorf("the %s of %q is %s, want %s", f.of, c.content, got, f.want)
			}
			if why := f.found.Why.Text(); f.want != "?" && (why.EN == "" || why.VI == "") {
				t.Errorf("the %s of %q is told in %+v", f.of, c.content, why)
			}
		}
		if again := Guess(File{Name: "in.csv", Content: []byte(c.content)}); fmt.Sprint(again) != fmt.Sprint(s) {
			t.Errorf("%q is guessed in two ways", c.content)
		}
	}
	found := Guess(File{Name: "in.csv", Content: []byte("a,b\n1,V\xf5ru\n")}).Encoding
	if !slices.Contains(found.Candidates, Candidate{"windows-1252", "Võru"}) || !slices.Contains(found.Candidates, Candidate{"windows-1258", "Vơru"}) {
		t.Errorf("the candidates are %+v", found.Candidates)
	}
}
