package format

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// inventedGlobals has fonts, styles and texts: 0 Arial, 1 a day, 2 a percentage, 3 .VnTime,
// 4 .VnArialH, 5 VNI-Times.
func inventedGlobals() [][]byte {
	texts := [][]byte{
		// Plain; the second half goes on in the next record, and with two bytes for each letter.
		biff(biffSST, uint32(9), uint32(5), 7, byte(0), "Nam Bo ", 6, byte(0), "D\xa9n"),
		biff(biffContinue, byte(1), wide(" sè"), 2, byte(1), wide("Ấ₤")),
		// Rich, with a run in Arial from the third letter, and with what East Asia has.
		biff(biffContinue, 7, byte(8|4), 1, uint32(3), "\xb5\xb5 \xb5 \xb5\xb5", 2, 0, "ext", 3, byte(0), "Hu\xd5"),
	}
	return slices.Concat(
		fontsOf("Arial", "Arial", "Arial", "Arial", ".VnTime", ".VnArialH", "VNI-Times"),
		[][]byte{
			biff(biffFormat, 164, 4, byte(0), "0.0%"), biff(biffDateMode, 0),
			styleOf(0, 0), styleOf(0, 14), styleOf(0, 164), styleOf(5, 0), styleOf(6, 0), styleOf(7, 0),
		}, texts)
}

func TestReadXLS(t *testing.T) {
	const whole, hundredth = 2, 1
	file := xlsOf(inventedGlobals(),
		inventedSheet{name: "Bi\xeau", records: [][]byte{
			biff(biffColInfo, 2, 3, 100, 0, 1), biff(biffRow, 4, 0, 3, 0, 0, 0, 0x20, 0),
			biff(biffLabelSST, 0, 0, 0, uint32(0)), biff(biffLabelSST, 0, 1, 3, uint32(1)), biff(biffLabelSST, 0, 2, 0, uint32(2)),
			biff(biffLabelSST, 0, 3, 4, uint32(3)), biff(biffLabelSST, 0, 5, 3, uint32(4)),
			biff(biffLabel, 1, 0, 5, 9, byte(0), "\xd1a\xf8 Na\xfcng"),
			biff(biffNumber, 2, 0, 0, 8.4356), biff(biffNumber, 2, 1, 1, 43525.0), biff(biffNumber, 2, 2, 2, 0.125),
			biff(biffRK, 2, 3, 0, uint32(1234<<2|whole|hundredth)), biff(biffRK, 2, 4, 0, uint32(1<<32-(5<<2)|whole)),
			biff(biffMulRK, 2, 5, 0, uint32(0x3FF80000), 1, uint32(43525<<2|whole), 6),
			// A chart within the sheet has records of its own.
			biff(biffBOF, 0x0600, 0x20, 0, 0, uint32(0), uint32(0)), biff(biffNumber, 2, 0, 0, 99.0), biff(biffEOF),
			biff(biffFormula, 6, 0, 0, 2.5, 0, uint32(0), 0),
			biff(biffFormula, 6, 1, 3, "\x00\x00\x00\x00\x00\x00\xff\xff", 0, uint32(0), 0), biff(0x04BC, 0), biff(biffString, 3, byte(0), "B\xbec"),
			biff(biffFormula, 6, 2, 0, "\x01\x00\x01\x00\x00\x00\xff\xff", 0, uint32(0), 0), biff(biffFormula, 6, 3, 0, "\x02\x00\x07\x00\x00\x00\xff\xff", 0, uint32(0), 0),
			biff(biffFormula, 6, 4, 0, "\x03\x00\x00\x00\x00\x00\xff\xff", 0, uint32(0), 0), biff(biffBoolErr, 6, 5, 0, byte(0), byte(0)), biff(biffBoolErr, 6, 6, 0, byte(0x2A), byte(1)),
			// Rows need not be in order.
			biff(biffNumber, 4, 0, 0, 1e15), biff(biffFormula, 5, 1, 0, "\x00\x00\x00\x00\x00\x00\xff\xff", 0, uint32(0), 0),
			biff(biffMerged, 2, 0, 1, 0, 1, 4, 4, 2, 3),
		}},
		inventedSheet{name: "chart", kind: 2},
		inventedSheet{name: "an", state: 2, records: [][]byte{biff(biffNumber, 0, 0, 0, -0.5)}})
	expect(t, printed(file, Options{}), `
= Biêu
hidden rows: 5
hidden columns: C-D
font encoding: TCVN3: .VnArialH, .VnTime
font encoding: VNI: VNI-Times
merged A1:B2
merged C5:D5
1|Nam Bo|Dân số|Ấ₤|ÀÀ µ µµ||Huế|
2|Đà Nẵng|
3|8.4356|2019-03-01|0.125|12.34|-5|1.5|2019-03-01| percent [2]
5|1000000000000000|
6|| FORMULA_WITHOUT_RESULT invented.xls:Biêu!B6: the formula of the cell B6 has no result in the file
7|2.5|Bắc|TRUE|#DIV/0!||FALSE|#N/A|
= an
hidden sheet: an
1|-0.5|
`)
}

func TestXLSIsRefused(t *testing.T) {
	one := func(records ...[]byte) File { return xlsOf(nil, inventedSheet{name: "A", records: records}) }
	for _, c := range []struct {
		name string
		file File
		want string
	}{
		{"password", xlsOf([][]byte{biff(biffFilePass, 0)}), "FILE_LOCKED f: the workbook is encrypted"},
		{"password of a new workbook", File{Content: compoundOf("EncryptedPackage", nil)}, "FILE_LOCKED f: the workbook is encrypted"},
		{"Excel 95", File{Content: compoundOf("Book", nil)}, "FILE_FORMAT f: the workbook is of Excel 95 or older"},
		{"BIFF5", File{Content: compoundOf("Workbook", biff(biffBOF, 0x0500, 5, 0, 0))}, "FILE_FORMAT f: the workbook is of Excel 95 or older"},
		{"Word", File{Content: compoundOf("WordDocument", nil)}, "FILE_FORMAT f: it has no workbook"},
		{"no sheet", xlsOf(nil), "FILE_MALFORMED f: this is no xls: it has no sheet"},
		{"cut off", File{Content: one().Content[:600]}, "FILE_MALFORMED f: "},
		{"no end", File{Content: compoundOf("Workbook", bytes.Repeat(biff(biffBOF, 0x0600, 5, 0, 0), 500))}, "FILE_MALFORMED f: this is no xls: it is cut off or damaged"},
		{"short cell", one(biff(biffNumber, 0, 0)), "FILE_MALFORMED f:A!: this is no xls: it is cut off or damaged"},
		{"short areas", one(biff(biffMerged, 7, 0)), "FILE_MALFORMED f:A!: "},
		{"texts cut off", xlsOf([][]byte{biff(biffSST, uint32(1), uint32(2), 1, byte(0), "a")}), "FILE_MALFORMED f: this is no xls: it is cut off or damaged"},
		{"column 11", one(biff(biffNumber, 0, 10, 0, 1.0)), "FILE_TOO_LARGE f:A!1: there are more than 10 cells in a row"},
		{"row 101", one(biff(biffNumber, 100, 0, 0, 1.0)), "FILE_TOO_LARGE f:A!101: there are more than 100 rows"},
		{"sheets", xlsOf(nil, make([]inventedSheet, 4)...), "FILE_TOO_LARGE f: there are more than 3 sheets"},
		{"one text in many cells", xlsOf([][]byte{biff(biffSST, uint32(1), uint32(1), 900, byte(0), strings.Repeat("a", 900))},
			inventedSheet{name: "A", records: slices.Repeat([][]byte{biff(biffLabelSST, 0, 0, 0, uint32(0))}, 1)}), "= A\n1|aaa"},
		{"many texts", xlsOf([][]byte{biff(biffSST, uint32(1), uint32(1), 900, byte(0), strings.Repeat("a", 900))},
			inventedSheet{name: "A", records: func() (all [][]byte) {
				for row := range 100 {
					for cell := range 10 {
						all = append(all, biff(biffLabelSST, row, cell, 0, uint32(0)))
					}
				}
				return all
			}()}), "FILE_TOO_LARGE f:A!"},
	} {
		c.file.Name = "f"
		if got := printed(c.file, Options{Limits: Limits{Bytes: 100_000, Columns: 10, Rows: 100, Sheets: 3}}); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

// Sheets that overlap would be read again and again.
func TestXLSSheetsDoNotOverlap(t *testing.T) {
	file := xlsOf(nil, inventedSheet{name: "A", records: slices.Repeat([][]byte{biff(biffNumber, 0, 0, 0, 1.0)}, 300)}, inventedSheet{name: "B"}, inventedSheet{name: "C"})
	first := bytes.Index(file.Content, []byte("\x85\x00"))
	for at := first; at > 0 && at < first+100; at++ {
		if bytes.HasPrefix(file.Content[at:], []byte("\x85\x00")) {
			copy(file.Content[at+4:at+8], file.Content[first+4:first+8])
		}
	}
	if got := printed(file, Options{}); !strings.Contains(got, "FILE_MALFORMED invented.xls:B!: this is no xls") || !strings.Contains(got, "FILE_MALFORMED invented.xls:C!") {
		t.Error(got)
	}
}

func FuzzReadXLS(f *testing.F) {
	f.Add(xlsOf(inventedGlobals(), inventedSheet{name: "A", records: [][]byte{biff(biffLabelSST, 0, 0, 0, uint32(3)), biff(biffMerged, 1, 0, 1, 0, 1)}}).Content)
	f.Fuzz(func(_ *testing.T, content []byte) { drain(XLS, content) })
}

// FuzzReadXLSStream changes the records alone.
func FuzzReadXLSStream(f *testing.F) {
	f.Add(xlsOf(inventedGlobals(), inventedSheet{name: "A", records: [][]byte{
		biff(biffLabelSST, 0, 0, 0, uint32(3)), biff(biffMulRK, 2, 5, 0, uint32(0x3FF80000), 6), biff(biffFormula, 6, 1, 3, "\x00\x00\x00\x00\x00\x00\xff\xff", 0, uint32(0), 0), biff(biffString, 3, byte(0), "abc"),
	}}).Content[512*4:])
	f.Fuzz(func(_ *testing.T, stream []byte) { drain(XLS, compoundOf("Workbook", stream)) })
}
