package format

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"strings"
	"testing"
)

func gzipOf(t testing.TB, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestUnpack(t *testing.T) {
	const px = `CHARSET="ANSI";STUB="year";VALUES("year")="2019";DATA=5;`
	book := rawXLSX(t, `<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>`).Content
	several := zipOf(t, "data/", "", "data/xã.csv", "a,b\n1,2\n", "data/t.px", px, "readme.txt", "x", "__MACOSX/data/._t.px", "x")
	encrypted := zipOf(t, "a.csv", "a")
	for _, mark := range []string{"PK\x03\x04", "PK\x01\x02"} { // the flags stand in both headers
		at := bytes.Index(encrypted, []byte(mark)) + map[string]int{"PK\x03\x04": 6, "PK\x01\x02": 8}[mark]
		encrypted[at] |= 1
	}
	damaged := bytes.Clone(several)
	entry := bytes.LastIndex(damaged, []byte("data/xã.csv")) - 46
	binary.LittleEndian.PutUint32(damaged[entry+16:], 7)
	if entry < 0 {
		t.Fatal("no entry")
	}
	for _, c := range []struct {
		name    string
		file    string
		content []byte
		member  string
		want    string
	}{
		{"gzip", "t.px.gz", gzipOf(t, px), "", "= \n1|year|year label|value|status|\n2|2019|2019|5||\n"},
		{"gzip of a workbook", "t.xlsx.gz", gzipOf(t, string(book)), "", "= A\n1|1|\n"},
		{"the only member", "t.zip", zipOf(t, "t.xlsx", string(book)), "", "= A\n1|1|\n"},
		{"by name", "t.zip", several, "*.csv", "= \n1|a|b|\n2|1|2|\n"},
		{"by path", "t.zip", several, "data/t.*", "= \n1|year|year label|value|status|\n2|2019|2019|5||\n"},
		{"gzip in ZIP", "t.zip", zipOf(t, "t.csv.gz", string(gzipOf(t, "a"))), "", "= \n1|a|\n"},
		{"three layers", "t.zip", zipOf(t, "t.csv.gz", string(gzipOf(t, string(gzipOf(t, "a"))))), "", "FILE_TOO_LARGE t.zip/t.csv: there are more than 2 archives within each other\n"},
		{"none is named", "t.zip", several, "", "FILE_MEMBER t.zip: the archive has several files: \"data/t.px\", \"data/xã.csv\", \"readme.txt\"\n"},
		{"none fits", "t.zip", several, "*.xls", "FILE_MEMBER t.zip: \"*.xls\" fits no file of the archive, which has \"data/t.px\", \"data/xã.csv\", \"readme.txt\"\n"},
		{"several fit", "t.zip", several, "data/*", "FILE_MEMBER t.zip: \"data/*\" fits several files of the archive: \"data/t.px\", \"data/xã.csv\"\n"},
		{"no pattern", "t.zip", several, "[", "FILE_MEMBER t.zip: \"[\" is no pattern of names\n"},
		{"no member", "t.zip", zipOf(t, "a/", ""), "", "FILE_MEMBER t.zip: the archive has no file\n"},
		{"encrypted", "t.zip", encrypted, "", "FILE_LOCKED t.zip/a.csv: the member \"a.csv\" is encrypted\n"},
		{"damaged", "t.zip", damaged, "*.csv", "FILE_MALFORMED t.zip/data/xã.csv: this is no zip: the checksum of the member \"data/xã.csv\" is another one\n"},
		{"cut off", "t.zip", several[:40], "", "FILE_MALFORMED t.zip: this is no zip: it is cut off or damaged: the directory of its members, at its end, cannot be read\n"},
		{"gzip cut off", "t.gz", gzipOf(t, px)[:30], "", "FILE_MALFORMED t.gz: this is no gzip: it cannot be unpacked\n"},
		{"gzip too large", "t.gz", gzipOf(t, strings.Repeat("a", 1<<20)), "", "FILE_TOO_LARGE t.gz: there are more than 100000 bytes\n"},
		{"ZIP too large", "t.zip", zipOf(t, "a", strings.Repeat("a", 1<<20)), "", "FILE_TOO_LARGE t.zip/a: there are more than 100000 bytes\n"},
		{"empty", "t.gz", gzipOf(t, ""), "", "CSV_EMPTY t: the file is empty\n"},
	} {
		if got := printed(File{Name: c.file, Content: c.content}, Options{Member: c.member, Limits: Limits{Bytes: 100_000}}); got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add(gzipOf(f, "a,b"), "")
	f.Add(zipOf(f, "a.csv", "a,b", "b/c.csv.gz", string(gzipOf(f, "a"))), "*.csv*")
	f.Fuzz(func(_ *testing.T, content []byte, member string) {
		file, err := unpack(File{Name: "fuzzed", Content: content}, Options{Member: member, Limits: Limits{Bytes: 1 << 20}})
		if mustBeCoded(err); err != nil {
			return
		}
		file, err = file.whole()
		if mustBeCoded(err); len(file.Content) > max(1<<20, len(content)) {
			panic("it is too large")
		}
	})
}
