package format

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/schema"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"github.com/niengiam/niengiam/stats/number"
)

// storedOf gives bytes as those of a file on the disk are given.
func storedOf(name string, content []byte) File {
	return File{Name: name, Stored: bytes.NewReader(content)}
}

// invented makes a CSV file of several parts: rows of several lines, quotes, letters with marks that
// are composed, lines that end as Windows ends them, and rows longer than a part.
func invented(dice *rand.Rand) string {
	var b strings.Builder
	b.WriteString("a,b,c")
	for b.Len() < 5*partBytes {
		if dice.IntN(200) == 0 {
			b.WriteString("\n" + strings.Repeat("ê\u0301,", dice.IntN(partBytes/3)%15_000) + "x")
			continue
		}
		b.WriteString([]string{"\n", "\r\n"}[dice.IntN(2)] + "x")
		for range dice.IntN(6) {
			b.WriteString("," + []string{"", "1.5", " xã ", "ê\u0301", "o\u031B\u0323", "\"1\n2\"", "\"a,\"\"b\"\"\r\nđ\"", strings.Repeat("é", dice.IntN(3000))}[dice.IntN(8)])
		}
	}
	return b.String()
}

// A text is read in parts as it is read whole by encoding/csv.
func TestTextInParts(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	dice := rand.New(rand.NewPCG(seed, 0))
	for round := range 6 {
		text := invented(dice)
		content, encoding := []byte("\uFEFF"+text), "utf-8"
		if round == 1 {
			content, encoding = nil, "utf-16"
			for _, unit := range utf16.Encode([]rune("\uFEFF" + text)) {
				content = append(content, byte(unit), byte(unit>>8))
			}
		}
		reference := csv.NewReader(strings.NewReader(norm.NFC.String(text)))
		reference.FieldsPerRecord = -1
		sheets, err := Read(storedOf("in.csv", content), Options{Format: CSV, Encoding: encoding})
		if err != nil {
			t.Fatal(err)
		}
		for row, err := range sheets[0].Rows {
			want, failed := reference.Read()
			if err != nil || failed != nil {
				t.Fatalf("row %d: %v, %v", row.Line, err, failed)
			}
			if line, _ := reference.FieldPos(0); row.Line != line || !slices.Equal(row.Cells, trimmed(want)) {
				t.Fatalf("row %d is %.200q, and row %d is %.200q", row.Line, row.Cells, line, want)
			}
		}
		if _, err := reference.Read(); err == nil {
			t.Error("rows are missing at the end")
		}
	}
	page, err := charmap.Windows1258.NewEncoder().String(strings.Repeat("ê\u0301,é\n", partBytes))
	if err != nil {
		t.Fatal(err)
	}
	sheets, err := Read(storedOf("in.csv", []byte(page)), Options{Format: CSV, Encoding: "windows-1258"})
	if err != nil {
		t.Fatal(err)
	}
	for row, err := range sheets[0].Rows {
		if err != nil || !slices.Equal(row.Cells, []string{"ế", "é"}) {
			t.Fatalf("%v, %v", row, err)
		}
	}
}

// What cannot be decoded is told with its place, however far it stands behind the first part.
func TestBadByteBehindTheFirstPart(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ before, want string }{
		{"a\n" + strings.Repeat("12345\n", partBytes/2), fmt.Sprintf("in.csv:%d at byte 3 of the line", partBytes/2+2)},
		{"a\n" + strings.Repeat("1234567,", 18_000), "in.csv:2 at byte 144003 of the line"},
		{"a\n" + strings.Repeat("1\n", partBytes) + strings.Repeat("1234567,", 18_000), fmt.Sprintf("in.csv:%d at byte 144003 of the line", partBytes+2)},
	} {
		sheets, err := Read(storedOf("in.csv", []byte(c.before+"xy\xFFz\n1\n")), Options{Format: CSV})
		if err != nil {
			t.Fatal(err)
		}
		for _, err = range sheets[0].Rows {
			if err != nil {
				break
			}
		}
		faults := number.Errors(err)
		if len(faults) != 1 || faults[0].Code != Encoding {
			t.Fatalf("%v", err)
		}
		_, place, _ := strings.Cut(faults[0].Message.Text().EN, ", ")
		if got := faults[0].Where + " " + place; got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

// All formats are read from the disk as from memory.
func TestStoredIsReadAsContent(t *testing.T) {
	t.Parallel()
	contents := map[string][]byte{
		"a.csv.gz": gzipOf(t, "a,b\n1,2\n"), "a.zip": zipOf(t, "a.csv", "a,b\n1,2\n"), "l.jsonl": []byte("{\"a\":1}\n{\"b\":{\"c\":[1,2]}}\n\nx\n{\"a\":2,\"b\":{\"c\":3}}"),
		"w.xlsx": rawXLSX(t, `<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>`).Content, "gz.xlsx.gz": gzipOf(t, string(rawXLSX(t, `<worksheet/>`).Content)),
		"page.html": []byte("<html><table><tr><td>1</table>"), "bad.zip": []byte("PK\x03\x04"), "bad.parquet": []byte("PAR1PAR1"), "bad.json": []byte(`{"a":`),
		"xls.xlsx": compoundOf("Workbook", nil),
	}
	for name, content := range contents {
		want, got := printed(File{Name: name, Content: content}, Options{}), printed(storedOf(name, content), Options{})
		if want != got {
			t.Errorf("%s from memory is\n%s\nand from the disk\n%s", name, want, got)
		}
		if a, b := Detect(File{Name: name, Content: content}), Detect(storedOf(name, content)); a != b {
			t.Errorf("%s is %s and %s", name, a, b)
		}
	}
}

// Files of many megabytes are read in a few, packed and as text; what unpacks to more than may
// be is refused in as few.
func TestLongFilesAreNotHeld(t *testing.T) {
	var csvText, lines strings.Builder
	for i := range 1 << 18 {
		fmt.Fprintf(&csvText, "%07d,invented,%d.5\n", i, i)
		fmt.Fprintf(&lines, "{\"a\":%d,\"b\":\"invented\"}\n", i)
	}
	packed := gzipOf(t, csvText.String())
	bomb := gzipOf(t, strings.Repeat(strings.Repeat("1", 99)+"\n", 1<<19))
	for _, c := range []struct {
		file   File
		limits Limits
		code   number.Code
	}{
		{storedOf("in.csv", []byte(csvText.String())), Limits{}, ""},
		{storedOf("in.csv.gz", packed), Limits{}, ""},
		{storedOf("in.jsonl", []byte(lines.String())), Limits{}, ""},
		{storedOf("in.csv.gz", bomb), Limits{Bytes: 40 << 20}, TooLarge},
	} {
		runtime.GC()
		var before, now runtime.MemStats
		runtime.ReadMemStats(&before)
		most, rows := uint64(0), 0
		sheets, err := Read(c.file, Options{Limits: c.limits})
		for _, sheet := range sheets {
			for _, err = range sheet.Rows {
				if rows++; rows%(1<<15) == 0 {
					runtime.GC()
					runtime.ReadMemStats(&now)
					most = max(most, now.HeapAlloc-min(before.HeapAlloc, now.HeapAlloc))
				}
			}
		}
		if number.CodeOf(err) != c.code || c.code == "" && rows < 1<<18 || most > 4<<20 {
			t.Errorf("%s: %d rows in %d bytes, %v", c.file.Name, rows, most, err)
		}
	}
}

// The columns of Parquet are told apart by their names, in whatever order they stand.
func TestParquetInAnotherOrder(t *testing.T) {
	t.Parallel()
	code := written{node(t, "code", schema.StringLogicalType{}, parquet.Types.ByteArray, -1), []parquet.ByteArray{[]byte("89"), []byte("xã"), []byte("89")}, []int16{1, 1, 1}}
	value := written{node(t, "value", schema.NewDecimalLogicalType(38, 10), parquet.Types.FixedLenByteArray, 16),
		[]parquet.FixedLenByteArray{sixteen(15_000_000_000), sixteen(-5), append([]byte{1}, make([]byte, 15)...)}, []int16{1, 1, 1}}
	first := printed(storedOf("a.parquet", parquetOf(t, schema.FieldList{code.node, value.node}, []written{code, value})), Options{})
	if want := "= \n1|code|value|\n2|89|1.5000000000|\n3|xã|-0.0000000005|\n4|89|132922799578491587290380706.0280344576|\n"; !strings.HasPrefix(first, want) {
		t.Errorf("it is\n%s", first)
	}
	second := printed(storedOf("a.parquet", parquetOf(t, schema.FieldList{value.node, code.node}, []written{value, code})), Options{})
	for i, line := range strings.Split(strings.TrimSpace(second), "\n")[1:] {
		cells := strings.Split(line, "|")
		if want := strings.Split(strings.Split(first, "\n")[i+1], "|"); cells[1] != want[2] || cells[2] != want[1] {
			t.Errorf("the row is %q, and was %q", cells, want)
		}
	}
}

// Columns that nobody needs are not read, unless a row has nothing else.
func TestParquetColumnsThatAreNeeded(t *testing.T) {
	t.Parallel()
	const rows = 3*batch + 100
	var codes, others []parquet.ByteArray
	var isCode, isOther []int16
	for i := range rows {
		is := int16(1)
		if i == 2*batch+5 || i == rows-1 {
			is = 0
		} else {
			codes = append(codes, fmt.Appendf(nil, "c%d", i))
		}
		isCode = append(isCode, is)
		is = int16(i % 2) // every other one is null
		if is == 1 {
			others = append(others, fmt.Appendf(nil, "o%d", i))
		}
		isOther = append(isOther, is)
	}
	code := written{node(t, "code", schema.StringLogicalType{}, parquet.Types.ByteArray, -1), codes, isCode}
	other := written{node(t, "other", schema.StringLogicalType{}, parquet.Types.ByteArray, -1), others, isOther}
	content := parquetOf(t, schema.FieldList{other.node, code.node}, []written{other, code})
	sheets, err := Read(storedOf("a.parquet", content), Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := collect(t, sheets[0])
	sheets[0].Need([]bool{false, true})
	some := collect(t, sheets[0])
	read := 0
	for i, row := range some {
		if want := all[i]; row[1] != want[1] || row[0] != "" && row[0] != want[0] || row[1] == "" && row[0] != want[0] {
			t.Fatalf("row %d is %q, and was %q", i+1, row, want)
		}
		if row[0] != "" {
			read++
		}
	}
	if len(some) != len(all) || read < 10 || read > 3*batch {
		t.Errorf("%d rows of %d, %d cells of the other column", len(some), len(all), read)
	}
}

func collect(t *testing.T, s Sheet) (rows [][]string) {
	t.Helper()
	for row, err := range s.Rows {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row.Cells)
	}
	return rows
}

// sixteen is a number as the bytes of a decimal of 38 digits.
func sixteen(n int64) []byte {
	raw := bytes.Repeat([]byte{byte(n >> 63)}, 16)
	for i := range 8 {
		raw[15-i] = byte(n >> (8 * i))
	}
	return raw
}

// Decimals are written as those of any size are.
func TestWordText(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		raw := make([]byte, 1+dice.IntN(16))
		for i := range raw {
			raw[i] = byte(dice.Uint64())
		}
		if dice.IntN(2) == 0 {
			fill := byte(0)
			if dice.IntN(2) == 0 {
				fill = 0xFF
			}
			for i := range dice.IntN(len(raw) + 1) {
				raw[i] = fill
			}
		}
		scale, want := dice.IntN(25), ""
		want = decimalText(unscaled(raw), scale)
		if n, fits := word(raw); fits {
			if got := wordText(n, scale); got != want {
				t.Fatalf("%x with %d decimals is %s, want %s", raw, scale, got, want)
			}
		} else if unscaled(raw).IsInt64() {
			t.Fatalf("%x fits", raw)
		}
	}
}
