package format

import (
	"strings"
	"testing"
)

func TestBrokenSDMX(t *testing.T) {
	t.Parallel()
	for _, c := range []broken{
		{"invented-sdmx1.json", `"1:0"`, `"2:0"`, "FILE_MALFORMED invented-sdmx1.json"}, // a value that is not there
		{"invented-sdmx1.json", `"1:0"`, `"1"`, "FILE_MALFORMED invented-sdmx1.json"},
		{"invented-sdmx1.json", `"1:0"`, `"1:x"`, "FILE_MALFORMED invented-sdmx1.json"},
		{"invented-sdmx1.json", `"1:0"`, `"1:-1"`, "FILE_MALFORMED invented-sdmx1.json"},
		{"invented-sdmx1.json", `"1": [-2.50`, `"5": [-2.50`, "FILE_MALFORMED invented-sdmx1.json"},
		{"invented-sdmx1.json", `[-2.50, 0]`, `[-2.50, 1]`, "FILE_MALFORMED invented-sdmx1.json"},
		{"invented-sdmx1.json", `[-2.50, 0]`, `[-2.50, 0, 0]`, "FILE_MALFORMED invented-sdmx1.json"},
		{"invented-sdmx1.json", `[-2.50, 0]`, `-2.50`, "FILE_MALFORMED invented-sdmx1.json"},
		{"invented-sdmx1.json", `"action"`, `"structure": 1, "action"`, "FILE_MALFORMED invented-sdmx1.json"},
		{"invented-sdmx1.json", `"attributes": {
   "dataset"`, "", "FILE_MALFORMED invented-sdmx1.json:12END"},
		{"invented-sdmx2.json", `":1"`, `"1"`, "FILE_MALFORMED invented-sdmx2.json"},
		{"invented-sdmx2.json", `[0, 1]]`, `[0, 2]]`, "FILE_MALFORMED invented-sdmx2.json"},
		{"invented-sdmx2.json", `"1:1": []`, `"1:": []`, "FILE_MALFORMED invented-sdmx2.json"},
		{"invented-sdmx2.csv", "e: Estimated", "\"e: Estimated", "4 BAD_QUOTE"},
		{"invented-sdmx2.csv", `;2020: 2020;10,8`, `;about 2020;10,8`, "4 dataflow|INV:DF_X(1.6.0)|Invented: figures|I|A|Annual|002|Nam|2021: 2021||e|Estimated|"},
		{"invented-eurostat.tsv", "A,VN2", `A,NR,"VN2`, "4 BAD_QUOTE"},
		{"invented-eurostat.tsv", "A,VN2", "A,NR,VN2", "4 A|NR|VN2|1|2|3"},
	} {
		c.try(t)
	}
	for _, c := range []struct {
		content string
		format  Kind
		want    string
	}{
		{"a,b\n", SDMXCSV, "FILE_MALFORMED a"}, {"a\tb\n", EurostatTSV, "FILE_MALFORMED a"}, {"{}", SDMXJSON, "FILE_MALFORMED a"},
		{"{\"dataSets\":[{}]}", SDMXJSON, "FILE_MALFORMED a"}, {"[]", SDMXJSON, "FILE_MALFORMED a"},
	} {
		if got := table(t, "a", c.content, Options{Format: c.format}); got != c.want {
			t.Errorf("%q is %q, want %q", c.content, got, c.want)
		}
	}
}

// Names are in the language that was asked for, where the message has it.
func TestLanguagesOfSDMX(t *testing.T) {
	t.Parallel()
	content := read(t, "testdata/invented-sdmx2.json")
	vi := allSheets(t, "a.json", content, Options{Language: "vi"})
	for _, want := range []string{"title: Bịa đặt\n", "2 001|Bắc|2020|2020|1.0|3|một ghi chú|", "4 002|South|2020|2020|NaN|0|free|a, b|A, B||"} {
		if !strings.Contains(vi, want) {
			t.Errorf("in Vietnamese there is no %q:\n%s", want, vi)
		}
	}
}
