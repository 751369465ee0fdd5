package etl_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// twinSource reads the workbook of the twins: two sheets by year, a header of two rows.
const twinSource = `workspace: test
title: {en: Test}
catalogue:
  levels: catalogue/levels_country.yaml
  topics: catalogue/topics.yaml
  indicators: [catalogue/indicators.yaml]
  units: [catalogue/units_country.csv]
sources:
  - code: twins
    title: {en: Invented}
    publisher: {en: Nobody}
    files: [in.xlsx]
    table: {sheet: "*_NAM", header: 2, from: Mã, totals: ["Cả nước"], to: "Nguồn*"}
    unit: {name: Tỉnh, level: province}
    year: {sheet: "{year}_NAM"}
    published: {constant: 2024-03-12}
    measures:
      - {indicator: {constant: population}, value: {column: Dân số Nam}}
      - {indicator: {constant: households}, value: {column: Hộ Nam}}
`

// twin makes a workbook as the two real ones are, changed in one thing, and examines it.
func twin(t *testing.T, change func(book *excelize.File) error, cut int) (etl.Result, error) {
	t.Helper()
	book := excelize.NewFile()
	for _, sheet := range []string{"2019_NAM", "2020_NAM"} {
		if _, err := book.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		for row, cells := range [][]any{
			{"Số liệu bịa"}, {"Mã", "Tỉnh", "Dân số", nil, "Hộ", nil}, {nil, nil, "Nam", "Nữ", "Nam", "Nữ"},
			{nil, "Cả nước", 600, 66, 60, 6}, {1, "Hà Nội", 100, 11, 10, 1}, {87, "Đồng Tháp", 200, 22, 20, 2}, {89, "An Giang", 300, 33, 30, 3}, {"Nguồn: bịa"},
		} {
			if err := book.SetSheetRow(sheet, fmt.Sprintf("A%d", row+1), &cells); err != nil {
				t.Fatal(err)
			}
		}
		for _, area := range [][2]string{{"A1", "F1"}, {"A2", "A3"}, {"B2", "B3"}, {"C2", "D2"}, {"E2", "F2"}} {
			if err := book.MergeCell(sheet, area[0], area[1]); err != nil {
				t.Fatal(err)
			}
		}
	}
	if change != nil {
		if err := change(book); err != nil {
			t.Fatal(err)
		}
	}
	var content bytes.Buffer
	if err := book.Write(&content); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "catalogue"), os.DirFS("testdata/catalogue")); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{workspace.Filename: twinSource, "in.xlsx": content.String()[:content.Len()-cut]} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	w, err := workspace.Read(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	return etl.Examine(t.Context(), w, w.Sources[0])
}

// Each broken twin of a workbook is told once for each thing that is wrong, with sheet, row,
// column, cell and remedy; what is right beside it is read, and nothing is guessed.
func TestBrokenWorkbooks(t *testing.T) {
	const sheet = "2020_NAM"
	for name, c := range map[string]struct {
		change func(book *excelize.File) error
		cut    int
		told   string
		facts  int
	}{
		"whole":     {facts: 12},
		"truncated": {cut: 500, told: "FILE_MALFORMED in.xlsx: this is no xlsx: it is cut off or damaged: the directory of its members, at its end, cannot be read; ask for the file anew; where it is so at its source, tell its publisher"},
		"wrong sheet": {change: func(book *excelize.File) error {
			return errorsOf(book.SetSheetName("2019_NAM", "Trang 1"), book.SetSheetName(sheet, "Trang 2"))
		}, told: "SHEET_UNCLEAR in.xlsx: no sheet is called \"*_NAM\"; the file has the sheets Sheet1, Trang 1, Trang 2: name one under `table`, or ask for the right file"},
		"a column shifted in": {change: func(book *excelize.File) error { return book.InsertCols(sheet, "B", 1) }, facts: 12},
		"rows shifted by a cell": {change: func(book *excelize.File) error {
			for row := 4; row <= 7; row++ {
				if err := book.SetSheetRow(sheet, fmt.Sprintf("B%d", row), &[]any{row, "An Giang", 1, 2, 3}); err != nil {
					return err
				}
			}
			return nil
		}, facts: 6, told: `UNKNOWN_UNIT in.xlsx [2020_NAM]:4 (Tỉnh) "4": there is no unit "4" of the level province on 31 December 2020
UNKNOWN_UNIT in.xlsx [2020_NAM]:5 (Tỉnh) "5": there is no unit "5" of the level province on 31 December 2020
UNKNOWN_UNIT in.xlsx [2020_NAM]:6 (Tỉnh) "6": there is no unit "6" of the level province on 31 December 2020
UNKNOWN_UNIT in.xlsx [2020_NAM]:7 (Tỉnh) "7": there is no unit "7" of the level province on 31 December 2020`},
		"a merged header removed": {change: func(book *excelize.File) error {
			return errorsOf(book.UnmergeCell(sheet, "E2", "F2"), book.SetCellStr(sheet, "E2", ""))
		}, told: `CSV_MISSING_COLUMN in.xlsx [2020_NAM]:3: there is no column "Hộ Nam"; the header has Mã, Tỉnh, Dân số Nam, Dân số Nữ, Nam, Nữ; correct the header of the file, or the name in the source`},
		"a header that begins otherwise": {change: func(book *excelize.File) error {
			return errorsOf(book.SetCellStr(sheet, "A2", "STT"), book.SetCellStr("2019_NAM", "A2", "STT"))
		}, told: `HEADER_NOT_FOUND in.xlsx [2019_NAM]:1: no row has a cell like "Mã", with which the header begins; correct the header of the file, or ` + "`from` in the source"},
		"a number as text":      {change: func(book *excelize.File) error { return book.SetCellStr(sheet, "C7", "3O0") }, facts: 11, told: `NOT_A_NUMBER in.xlsx [2020_NAM]:7 (Dân số Nam) "3O0": not a number`},
		"a unit misspelt":       {change: func(book *excelize.File) error { return book.SetCellStr(sheet, "B5", "Hà Nôi") }, facts: 10, told: `UNKNOWN_UNIT in.xlsx [2020_NAM]:5 (Tỉnh) "Hà Nôi": there is no unit "Hà Nôi" of the level province on 31 December 2020; nearest: Hà Nội`},
		"a sheet damaged aside": {change: func(book *excelize.File) error { _, err := book.NewSheet("Ghi chú"); return err }, facts: 12},
	} {
		t.Run(name, func(t *testing.T) {
			result, err := twin(t, c.change, c.cut)
			var told []string
			for _, fault := range number.Errors(err) {
				told = append(told, string(fault.Code)+" "+fault.Line(number.English))
			}
			for _, r := range result.Rejects {
				if remedy, ok := r.Reason.Fault(); !ok || remedy.Remedy.VI == "" || remedy.Remedy.EN == "" || r.Detail.VI == "" {
					t.Errorf("%s lacks a remedy, or a language", r.Reason)
				}
				told = append(told, fmt.Sprintf("%s %s [%s]:%d (%s) %q: %s", r.Reason, r.Place.File, r.Place.Sheet, r.Place.Line, r.Place.Column, r.Value, r.Detail.EN))
			}
			if got := strings.Join(told, "\n"); got != c.told || result.Facts != c.facts {
				t.Errorf("%d figures, want %d, and\n%s\nwant\n%s", result.Facts, c.facts, got, c.told)
			}
		})
	}
}

func errorsOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
