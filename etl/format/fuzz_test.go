package format

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/schema"

	"github.com/niengiam/niengiam/stats/number"
)

// fuzzed reads bytes as a format to the end: what comes is rows within the limits, or a fault
// with a code and words in both languages. It is never a panic.
func fuzzed(f *testing.F, kind Kind, ending string, seeds ...string) {
	f.Helper()
	limits := Limits{Bytes: 1 << 20, Columns: 200, Line: 4096, Cell: 512, Sheets: 20, Rows: 5000, Depth: 20}.orDefault()
	files, err := filepath.Glob("testdata/*" + ending)
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range files {
		f.Add(read(f, path))
	}
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		file := File{Name: "in", Content: content}
		Detect(file)
		sheets, err := Read(file, Options{Format: kind, Limits: limits})
		if err != nil {
			coded(t, err)
			return
		}
		for _, sheet := range sheets {
			rows := 0
			for row, err := range sheet.Rows {
				if rows++; err != nil {
					coded(t, err)
					break
				}
				if row.Fault != nil {
					coded(t, row.Fault)
				}
				if fault := limits.check("in", row); fault != nil {
					t.Fatalf("row %d goes over a limit: %v", row.Line, fault)
				}
				if row.Line < 1 || rows > 2*limits.Rows {
					t.Fatalf("row %d of %d", row.Line, rows)
				}
			}
			for _, a := range sheet.Merged {
				if a.FirstRow < 1 || a.LastRow < a.FirstRow || a.FirstCell < 0 || a.LastCell < a.FirstCell || a.LastCell >= limits.Columns {
					t.Fatalf("the area %+v", a)
				}
			}
		}
	})
}

func coded(t *testing.T, err error) {
	t.Helper()
	faults := number.Errors(err)
	if len(faults) == 0 {
		t.Fatalf("%v has no code", err)
	}
	for _, fault := range faults {
		if text := fault.Message.Text(); text.VI == "" || text.EN == "" {
			t.Fatalf("%v lacks a language", fault)
		}
	}
}

func FuzzReadCSV(f *testing.F) {
	fuzzed(f, CSV, ".csv", "a,b\n1,\"2\"\"\n3\"\n", "sep=;\na;b\n", "a\n\"", "\ufeffa\r\n1\r", "a\xff")
}

func FuzzReadTSV(f *testing.F) { fuzzed(f, TSV, ".tsv", "a\tb\n1\t\"2\"\n") }
func FuzzReadJSON(f *testing.F) {
	fuzzed(f, JSON, ".json", `[{"a":[{"b":1}]}]`, `{"a":{"b":[{}]}}`, `{"c":["a"],"d":[[1],[[2]]]}`)
}
func FuzzReadJSONLines(f *testing.F) { fuzzed(f, JSONLines, ".jsonl", "{}\n{\"a\":{\"b\":[1]}}\n") }
func FuzzReadJSONStat(f *testing.F)  { fuzzed(f, JSONStat, ".json") }
func FuzzReadPX(f *testing.F) {
	fuzzed(f, PX, ".px", `HEADING="a";VALUES("a")="b";DATA=1;`, `STUB="s";HEADING="a";VALUES("a")="b";VALUES("s")="c";KEYS("s")=VALUES;DATA="c",1;`)
}
func FuzzReadSDMXCSV(f *testing.F)  { fuzzed(f, SDMXCSV, ".csv", "DATAFLOW,A: b\nx,c: d\n") }
func FuzzReadSDMXJSON(f *testing.F) { fuzzed(f, SDMXJSON, ".json") }
func FuzzReadEurostat(f *testing.F) { fuzzed(f, EurostatTSV, ".tsv", "a,b\\t\t1 \nc,d\t: \n") }
func FuzzReadHTML(f *testing.F) {
	fuzzed(f, HTML, ".html", "<table><tr><td rowspan=3 colspan=2>1<td>2<tr><td>3<tr><td rowspan=0>4</table>")
}

func FuzzReadParquet(f *testing.F) {
	text := node(f, "a", schema.StringLogicalType{}, parquet.Types.ByteArray, 0)
	long := node(f, "b", schema.NewDecimalLogicalType(9, 2), parquet.Types.Int64, 0)
	fuzzed(f, Parquet, ".parquet", string(parquetOf(f, schema.FieldList{text, long}, []written{
		{text, []parquet.ByteArray{[]byte("x"), []byte("y")}, []int16{1, 0, 1}}, {long, []int64{1, 2}, []int16{0, 1, 1}},
	})))
}

// FuzzGuess: what is guessed can be read so, and the same bytes are guessed the same.
func FuzzGuess(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2.5\n", "a;b\n1,5;2\n", "a\tb\n1.234\t1,234.5\n", "V\xf5ru\n", "a\x00b\x00,\x00"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		s := Guess(File{Name: "in", Content: content})
		if s.Encoding.Known {
			if _, err := decode("in", content, s.Encoding.Value); err != nil && !strings.HasPrefix(s.Encoding.Value, "utf-16") {
				t.Fatalf("%s: %v", s.Encoding.Value, err)
			}
		}
		for _, found := range []Finding{s.Encoding, s.Delimiter, s.Decimal, s.Thousands} {
			if text := found.Why.Text(); (text.EN == "") != (text.VI == "") {
				t.Fatalf("%+v is told in one language", found)
			}
		}
	})
}
