//go:build realfiles

package format

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"
)

// Whole files of statistical offices, which are not part of the project: the folder that
// has them is NIENGIAM_FILES.
func realFile(t *testing.T, name string) File {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(os.Getenv("NIENGIAM_FILES"), name))
	if err != nil {
		t.Fatal(err)
	}
	return File{Name: name, Content: content}
}

// Every cell of every sheet is what a reader that is not ours has.
func TestRealPAPI(t *testing.T) {
	file := realFile(t, "formats/papi_2011_2016_by_province.xlsx")
	sheets, err := Read(file, Options{})
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(file.Content))
	if err != nil {
		t.Fatal(err)
	}
	if len(sheets) != 6 {
		t.Fatalf("%d sheets", len(sheets))
	}
	cells := 0
	for _, sheet := range sheets {
		want, err := book.GetRows(sheet.Name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for row, err := range sheet.Rows {
			if err != nil || row.Fault != nil {
				t.Fatal(err, row.Fault)
			}
			for i, cell := range row.Cells {
				if known := norm.NFC.String(strings.TrimSpace(want[row.Line-1][i])); cell != plainNumber(known) {
					t.Errorf("%s %s: %s, not %s", sheet.Name, cellName(row.Line, i), cell, known)
				}
				cells++
			}
		}
	}
	if cells < 6*63*30 {
		t.Errorf("only %d cells were compared", cells)
	}
}

func TestRealTCVN3(t *testing.T) {
	got := printed(realFile(t, "formats/gso_yearbook_2002_tcvn3.xls"), Options{})
	for _, want := range []string{
		"= Bia\nfont encoding: TCVN3: .VnArialH\nmerged A10:J10\n", "\n10|SỐ ĐƠN VỊ HÀNH CHÍNH,|\n11|ĐẤT ĐAI, DÂN SỐ VÀ LAO ĐỘNG|\n",
		"\n8|CẢ NƯỚC|\n9|WHOLE COUNTRY|22|34|59|518|\n", "\n16|Tây Bắc - North West|||4|29|\n", "\n21|Duyên hải Nam Trung Bộ|\n", "\n30|Đồng bằng sông Cửu Long|\n",
		"\n8||Nghìn người - Thous. Pers.|\n9|1990|66016.7|32202.8|33813.9|\n", "= tyleTN\nhidden rows: 22, 25\n", "\n7|CẢ NƯỚC - WHOLE COUNTRY||5.88|6.44|6.28|6.01|\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it lacks %s", want)
		}
	}
	if strings.ContainsAny(got, "¸µ¶·¹¨©ª«¬®") {
		t.Errorf("letters of TCVN3 are left: %s", got)
	}
}
