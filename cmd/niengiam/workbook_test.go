package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// invented is a workbook as a survey of provinces publishes it: a sheet of explanations, one for
// each year with a title, a header of two rows with merged cells, the highest of all and a
// source below. The figures are nobody's.
func inventedSurvey(t *testing.T) []byte {
	t.Helper()
	book := excelize.NewFile()
	sheets := map[string][][]any{
		"Sheet1": {{"Số liệu bịa"}, {"Mỗi trang là một năm"}},
		"2019_DIEM": {
			{"Điểm bịa của các tỉnh"}, {"Mã", "Tỉnh", "Công khai", nil, "Chung"}, {nil, nil, "Ngân sách", "Đất đai", nil},
			{1, "Hà Nội", 1.25, 1.5, 20.5}, {2, "Hà Giang", 1.75, 1.5, 21}, {89, "An Giang", 1.8, 1.9, 22.25}, {999, "Điểm cao nhất", 1.8, 1.9, 22.25}, {"Nguồn: số bịa"},
		},
		"Sơ bộ 2020_DIEM": {
			{"Điểm bịa của các tỉnh"}, {"Mã", "Tỉnh", "Công khai", nil, "Chung"}, {nil, nil, "Ngân sách", "Đất đai", nil},
			{1, "Hà Nội", 1.5, 1.5, 23}, {2, "Hà Giang", 1.7, nil, 20}, {89, "An Giang", 1.9, 2, 22.5}, {999, "Điểm cao nhất", 1.9, 2, 23}, {"Nguồn: số bịa"},
		},
	}
	for _, name := range []string{"Sheet1", "2019_DIEM", "Sơ bộ 2020_DIEM"} {
		if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for row, cells := range sheets[name] {
			if err := book.SetSheetRow(name, "A"+string(rune('1'+row)), &cells); err != nil {
				t.Fatal(err)
			}
		}
		if name == "Sheet1" {
			continue
		}
		for _, area := range [][2]string{{"A1", "E1"}, {"A2", "A3"}, {"B2", "B3"}, {"C2", "D2"}, {"E2", "E3"}} {
			if err := book.MergeCell(name, area[0], area[1]); err != nil {
				t.Fatal(err)
			}
		}
	}
	var content bytes.Buffer
	if err := book.Write(&content); err != nil {
		t.Fatal(err)
	}
	return content.Bytes()
}

// From a workbook to a ranking in three commands, the last of which serves it: nothing is edited.
func TestWorkbookToARanking(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, workspace := filepath.Join(dir, "diem.xlsx"), filepath.Join(dir, "survey")
	if err := os.WriteFile(file, inventedSurvey(t), 0o600); err != nil {
		t.Fatal(err)
	}
	_, errs, code := niengiam(t, "init", file, "--workspace", workspace, "--level", "province", "--measure", "points", "--publisher", "Nobody", "--published", "2021-03-12")
	if code != 1 {
		t.Fatalf("a sheet was chosen in silence: %d", code)
	}
	has(t, errs, "INIT_UNCLEAR", "which sheet is to be read?", "--sheet", "2019_DIEM")
	out, errs, code := niengiam(t, "init", file, "--workspace", workspace, "--sheet", "{year}_DIEM", "--level", "province", "--measure", "points", "--publisher", "Nobody", "--published", "2021-03-12")
	if code != 0 {
		t.Fatalf("init: %s%s", out, errs)
	}
	has(t, out, "the header has 2 rows", "level province: 3 units by \"Mã\" and \"Tỉnh\"", "indicator cong-khai-ngan-sach: Công khai Ngân sách", "passed over, no units of their own: Điểm cao nhất", "the table ends before: Nguồn*")
	if checked, errs, code := niengiam(t, "check", "--workspace", workspace); code != 0 || !strings.Contains(checked, "6 rows, 17 figures, 1 publications, 0 rejected") {
		t.Fatalf("check: %s%s", checked, errs)
	}
	s := serve(t, "--workspace", workspace, "--load")
	question := `{ ranking(indicator: "chung", level: "province", year: 2020) { rankedCount rows { rank unit { name } current { value status } change { absolute } } } }`
	s.eventually(func() bool { return strings.Contains(s.reply(question).text(), `"rankedCount":3`) })
	rows := s.ask(question).at("ranking", "rows")
	for i, want := range []string{"Hà Nội 23 P 2.5", "An Giang 22.5 P 0.25", "Hà Giang 20 P -1"} {
		row := rows.at(i)
		got := strings.Join([]string{row.at("unit", "name").text(), row.at("current", "value").text(), row.at("current", "status").text(), row.at("change", "absolute").text()}, " ")
		if got != want || row.at("rank").text() != string(rune('1'+i)) {
			t.Errorf("rank %d is %s, want %s", i+1, got, want)
		}
	}
}
