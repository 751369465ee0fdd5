package format

import (
	"fmt"
	"strings"
	"testing"
)

func TestBrokenJSON(t *testing.T) {
	t.Parallel()
	for _, c := range []broken{
		{"invented-records.json", `"002"`, "", "FILE_MALFORMED invented-records.json:3END"},
		{"invented-records.json", "  {\"year\"", "3 {\"year\"", "FILE_MALFORMED invented-records.json:5"},
		{"invented-records.json", `"v": 1.50`, `"v": NaN`, "FILE_MALFORMED invented-records.json:2"},
		{"invented-records.json", `"new": true`, `"year": 1, "year": 1`, "5 |1e3|||x|"},
		{"invented-records.json", `"sex": {"m"`, `"sex": ` + strings.Repeat(`{"a":`, 60) + `{"m"`, "FILE_TOO_LARGE invented-records.json"},
		{"invented-records.json", "\n]", "\n, 3]", "FILE_MALFORMED invented-records.json"}, // no list of objects
		{"invented-records.json", `{"year": 1e3`, `{"year": 1, "year": 2`, "5 FILE_MALFORMED"},
		{"invented-paths.json", `{"meta"`, `{"meta" 1`, "FILE_MALFORMED invented-paths.json:1"},
		{"invented-lines.jsonl", `"deep"`, "\xff", "CSV_ENCODING invented-lines.jsonl:9"},
	} {
		c.try(t)
	}
	for _, c := range []struct{ name, content, want string }{
		{"a.json", "[]", "FILE_MALFORMED a.json"}, {"a.json", "{}", "FILE_MALFORMED a.json"}, {"a.json", `[1]`, "1 [1]"},
		{"a.json", `{"columns":["a","b"],"index":["x","y"],"data":[[1,2],[3,4]]}`, "1 1|2\n1 3|4"}, // which of the two has the names is not known
		{"a.json", `{"index":["x"],"columns":["a","b"],"data":[[1,2]]}`, "1 a|b\n1 1|2"},
		{"a.json", `[[[1,2],[3,4]]]`, "1 1|2\n1 3|4"}, {"a.json", `{"a":[[1]],"b":[{"c":2}]}`, "1 c\n1 2"}, // a text in brackets is no JSON
		{"a.json", "\ufeff[{\"a\":1}]\x00", "1 a\n1 1"}, {"a.csv", "[c],x\n1,2", "1 [c]|x\n2 1|2"}, {"a.csv", "{c},x", "1 {c}|x"},
	} {
		if got := table(t, c.name, c.content, Options{}); got != c.want {
			t.Errorf("%q is %q, want %q", c.content, got, c.want)
		}
	}
}

func TestJSONIsBounded(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		content string
		format  Kind
		limits  Limits
		want    string
	}{
		{`[{"a":1},{"a":1}]`, JSON, Limits{Rows: 1}, "FILE_TOO_LARGE a:1"},
		{`[{"a":1},{"b":1}]`, JSON, Limits{Columns: 1}, "FILE_TOO_LARGE a:1"},
		{"[{\"a\":1},\n{\"a\":12}]", JSON, Limits{Cell: 1}, "1 a\n1 1\nFILE_TOO_LARGE a:2"},
		{`[[1,2],[3,4]]`, JSON, Limits{Columns: 1}, "FILE_TOO_LARGE a:1"},
		{`[[1],[2]]`, JSON, Limits{Rows: 1}, "1 1\nFILE_TOO_LARGE a:1"},
		{"[[1],\n[22]]", JSON, Limits{Cell: 1}, "1 1\nFILE_TOO_LARGE a:2"},
		{"[{\"a\":[1,2]}]", JSON, Limits{Cell: 4}, "1 a\nFILE_TOO_LARGE a:1"},
		{"{\"a\":1}\n{\"a\":1234}\n", JSONLines, Limits{Line: 9}, "FILE_TOO_LARGE a:2"},
		{"{\"a\":1}\n{\"a\":{\"b\":1}}\n", JSONLines, Limits{Depth: 1}, "FILE_TOO_LARGE a:2"},
		{"{\"a\":1}\n{\"b\":1}\n", JSONLines, Limits{Columns: 1}, "FILE_TOO_LARGE a:2"},
	} {
		if got := table(t, "a", c.content, Options{Format: c.format, Limits: c.limits}); got != c.want {
			t.Errorf("%s is %q, want %q", c.content, got, c.want)
		}
	}
	if got := allSheets(t, "a", []byte(`{"a":[{"b":1}],"c":[{"d":1}]}`), Options{Limits: Limits{Sheets: 1}}); got != "FILE_TOO_LARGE a\n" {
		t.Error(got)
	}
}

// A few bytes can stand for millions of cells; in each format in which they can they are
// refused before anybody holds these.
func TestFewBytesAreNotMillionsOfCells(t *testing.T) {
	t.Parallel()
	list := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return strings.TrimSuffix(b.String(), ",")
	}
	index := func(name string) string {
		return `"` + name + `":{"category":{"index":[` + list(2000, `"%d",`) + `]}}`
	}
	for name, c := range map[string]struct{ content, want string }{
		"keys of objects":       {`[{` + list(2000, `"k%d":1,`) + `},` + list(3000, `{"k%d":1},`) + `]`, "FILE_TOO_LARGE a"},
		"sparse cube":           {`{"version":"2.0","class":"dataset","id":["a","b"],"size":[2000,2000],"dimension":{` + index("a") + "," + index("b") + `},"value":{}}`, "FILE_TOO_LARGE a"},
		"attributes":            {`{"dataSets":[{"observations":{` + list(2000, `"%d":[],`) + `}}],"structure":{"dimensions":{"observation":[{"id":"D","values":[` + list(2000, `{"id":"%d"},`) + `]}]},"attributes":{"observation":[` + list(4000, `{"id":"A%d"},`) + `]}}}`, "FILE_TOO_LARGE a"},
		"cells over many rows":  {"<table><tr>" + strings.Repeat("<td rowspan=9999 colspan=1000>1", 9) + strings.Repeat("<tr>", 9000) + "</table>", "FILE_TOO_LARGE a"},
		"codes in a first cell": {strings.Repeat("a,", 25_000) + "b\\t\t1\n", "FILE_TOO_LARGE a:1"},
		"labels of columns":     {"STRUCTURE" + strings.Repeat(",A: b", 15_000) + "\nx" + strings.Repeat(",c: d", 15_000) + "\n", "FILE_TOO_LARGE a:1"},
	} {
		if got := table(t, "a", c.content, Options{}); got != c.want {
			t.Errorf("%s: %.200s", name, got)
		}
	}
}
