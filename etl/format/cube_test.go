package format

import (
	"strings"
	"testing"
)

func TestBrokenCubes(t *testing.T) {
	t.Parallel()
	for _, c := range []broken{
		{"invented-v2.json", `"status"`, "", "FILE_MALFORMED invented-v2.json:5END"},
		{"invented-v2.json", `"e"}`, `"e"}{}`, "FILE_MALFORMED invented-v2.json:5"},
		{"invented-v2.json", `[2, 3]`, `[2, 4]`, "FILE_MALFORMED invented-v2.json"},
		{"invented-v2.json", `[2, 3]`, `[2]`, "FILE_MALFORMED invented-v2.json"},
		{"invented-v2.json", `["geo", "year"]`, `["geo", "time"]`, "FILE_MALFORMED invented-v2.json"},
		{"invented-v2.json", `["geo", "year"]`, `"geo"`, "FILE_MALFORMED invented-v2.json"},
		{"invented-v2.json", `-4, "5"`, `-4`, "FILE_MALFORMED invented-v2.json"},
		{"invented-v2.json", `{"index": ["A", "B"], "label"`, `{"label"`, "FILE_MALFORMED invented-v2.json"}, // two categories in no order
		{"invented-v2.json", `"e"}`, `{"6": "p"}}`, "FILE_MALFORMED invented-v2.json"},
		{"invented-v2.json", `"Rates`, "\"\xff", "CSV_ENCODING invented-v2.json:1"},
		{"invented-v2.json", `{"version"`, strings.Repeat(`{"a":`, 60) + `{"version"`, "FILE_TOO_LARGE invented-v2.json"},
		{"invented-v1.json", `"001": 1,`, `"001": 0,`, "FILE_MALFORMED invented-v1.json"}, // two in one place
		{"invented-v1.json", `"001": 1,`, `"001": 2,`, "FILE_MALFORMED invented-v1.json"},
		{"invented-v1.json", `{"0": 1e3`, `{"x": 1e3`, "FILE_MALFORMED invented-v1.json"},
		{"invented-v1.json", `"dimension"`, `"dimensions"`, `5 002|002|2024|Prel. 2024|12345678901234567890.10|e`}, // what is no dataset is passed over
		{"invented-nul.json", `"x":{`, `"y":{`, "FILE_MALFORMED invented-nul.json"},
		{"invented-utf8.px", "2 3;", "2;", "FILE_MALFORMED invented-utf8.px:8"},
		{"invented-utf8.px", "2 3;", "2 3 4;", "FILE_MALFORMED invented-utf8.px:8"},
		{"invented-utf8.px", "2 3;", "2 3", "FILE_MALFORMED invented-utf8.px:8"},
		{"invented-utf8.px", "DATA", "", "FILE_MALFORMED invented-utf8.pxEND"},
		{"invented-utf8.px", `HEADING="năm";`, "", "FILE_MALFORMED invented-utf8.px"},
		{"invented-utf8.px", `VALUES("năm")`, `VALUES("nam")`, "FILE_MALFORMED invented-utf8.px"},
		{"invented-utf8.px", `"vi";`, `"vi;`, "FILE_MALFORMED invented-utf8.px:4"}, // the quote takes in what follows
		{"invented-utf8.px", `LANGUAGE="vi"`, "LANGUAGE", "FILE_MALFORMED invented-utf8.px:4"},
		{"invented-utf8.px", `DATA=`, `CODES("năm")="1","2";DATA=`, "FILE_MALFORMED invented-utf8.px"},
		{"invented-utf8.px", `DATA=`, `KEYS("năm")=VALUES;DATA=`, "FILE_MALFORMED invented-utf8.px"},
		{"invented-keys.px", `"01","Men"`, `"01","Man"`, "FILE_MALFORMED invented-keys.px:23"},
		{"invented-keys.px", `"01","Men"`, `"02","Women"`, "FILE_MALFORMED invented-keys.px:23"},
		{"invented-keys.px", `".." -`, `".."`, "FILE_MALFORMED invented-keys.px:24"},
		{"invented-keys.px", `KEYS("sex")=VALUES;`, ``, "FILE_MALFORMED invented-keys.px"},
		{"invented-keys.px", `KEYS("sex")=VALUES;`, `KEYS("sex")=CODES;`, "5 02|South, all|Women|Women|2020|2020|12.50|"},
		{"invented-keys.px", "-\n;", "-\n", "FILE_MALFORMED invented-keys.px:21"},
		{"invented-languages.px", `"iso-8859-15"`, `"klingon"`, "CSV_ENCODING invented-languages.px"},
		{"invented-languages.px", `HEADING[da]="tid";`, `HEADING[da]="tid","sted";`, `9 1|North|Women|Women|2021|2021||......`},
	} {
		c.try(t)
	}
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	content := read(t, "testdata/invented-languages.px")
	da := allSheets(t, "a.px", content, Options{Language: "da"})
	for _, want := range []string{"title: Hunde (opdigtet)\n", "units: Antal\n", "1 distrikt|distrikt label|køn|køn label|tid|tid label|value|status\n", "6 1|Nørre|Mænd|Mænd|2020|2020|3|\n", "sign .: Confidential"} {
		if !strings.Contains(da, want) {
			t.Errorf("in Danish there is no %q:\n%s", want, da)
		}
	}
	en := allSheets(t, "a.px", content, Options{})
	for _, language := range []string{"en", "kl"} { // the main one, and one that the file has not
		if got := allSheets(t, "a.px", content, Options{Language: language}); got != en {
			t.Errorf("in %s it is\n%s", language, got)
		}
	}
	if got := allSheets(t, "a.px", []byte(strings.Replace(string(content), `HEADING[da]="tid";`, `HEADING[da]="tid","sted";`, 1)), Options{Language: "da"}); got != "FILE_MALFORMED a.px\n" {
		t.Error(got)
	}
}

// A file that names a code page and is UTF-8 was saved anew by something that left its first
// lines as they were.
func TestPXInAnotherEncodingThanItSays(t *testing.T) {
	t.Parallel()
	content, err := decode("", read(t, "testdata/invented-languages.px"), "iso-8859-15")
	if err != nil {
		t.Fatal(err)
	}
	saved := allSheets(t, "a.px", []byte(content), Options{Language: "da"})
	if !strings.Contains(saved, "|Nørre|") || !strings.Contains(saved, "encoding: utf-8 ≠ iso-8859-15\n") {
		t.Error(saved)
	}
	if declared := allSheets(t, "a.px", []byte(content), Options{Language: "da", Encoding: "iso-8859-15"}); !strings.Contains(declared, "|NÃžrre|") {
		t.Error(declared)
	}
}

func TestCubesAreBounded(t *testing.T) {
	t.Parallel()
	v2 := string(read(t, "testdata/invented-v2.json"))
	if got := table(t, "a.json", v2, Options{Limits: Limits{Rows: 5}}); got != "FILE_TOO_LARGE a.json" {
		t.Error(got)
	}
	if got := table(t, "a.px", string(read(t, "testdata/invented-utf8.px")), Options{Limits: Limits{Rows: 2}}); got != "FILE_TOO_LARGE a.px:7" {
		t.Error(got)
	}
	if _, err := Read(File{Name: "a.json", Content: read(t, "testdata/invented-v1.json")}, Options{Limits: Limits{Sheets: 1}}); told(t, err) != "FILE_TOO_LARGE a.json" {
		t.Error(err)
	}
}
