//go:build realfiles

package etl

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/niengiam/niengiam/stats/number"
)

// Broken twins of the two real workbooks: what is told of each, by code, and that what is right
// beside it is still read.
func TestBrokenRealWorkbooks(t *testing.T) {
	const papi, yearbook, sheet = "formats/papi_2011_2016_by_province.xlsx", "formats/gso_yearbook_2002_tcvn3.xls", "2012_PAPI"
	edited := func(change func(book *excelize.File) error) func(*testing.T, []byte) []byte {
		return func(t *testing.T, content []byte) []byte {
			book, err := excelize.OpenReader(bytes.NewReader(content))
			if err != nil {
				t.Fatal(err)
			}
			if err := change(book); err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := book.Write(&b); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}
	}
	replaced := func(old, with string) func(*testing.T, []byte) []byte {
		return func(t *testing.T, content []byte) []byte {
			if !bytes.Contains(content, []byte(old)) || len(old) != len(with) {
				t.Fatalf("the file has no %q", old)
			}
			return bytes.ReplaceAll(content, []byte(old), []byte(with))
		}
	}
	half := func(_ *testing.T, content []byte) []byte { return content[:len(content)/2] }
	for name, c := range map[string]struct {
		mapping, file string
		change        func(*testing.T, []byte) []byte
		codes         string
		facts         int
	}{
		"papi truncated": {"papi", papi, half, "map[FILE_MALFORMED:1]", 0},
		"papi wrong sheets": {"papi", papi, edited(func(b *excelize.File) error {
			return eachSheet(b, func(s string) error { return b.SetSheetName(s, "Trang "+s[:4]) })
		}), "map[SHEET_UNCLEAR:1]", 0},
		"papi shifted column": {"papi", papi, edited(func(b *excelize.File) error { return b.InsertCols(sheet, "B", 1) }), "map[]", 376},
		"papi header removed": {"papi", papi, edited(func(b *excelize.File) error { return b.SetCellStr(sheet, "D1", "") }), "map[CSV_MISSING_COLUMN:1]", 0},
		"papi number as text": {"papi", papi, edited(func(b *excelize.File) error { return b.SetCellStr(sheet, "D3", "5,5O") }), "map[NOT_A_NUMBER:1]", 375},
		"papi unit misspelt":  {"papi", papi, edited(func(b *excelize.File) error { return b.SetCellStr(sheet, "C3", "Hà Nôi") }), "map[UNKNOWN_UNIT:1]", 375},
		"yearbook truncated":  {"yearbook2002", yearbook, half, "map[FILE_MALFORMED:1]", 0},
		"yearbook sheet":      {"yearbook2002", yearbook, replaced("DSGioiTinh", "DSGioiTinX"), "map[SHEET_UNCLEAR:1]", 0},
		"yearbook header":     {"yearbook2002", yearbook, replaced("T\xe6ng s\xe8", "Tong xx"), "map[HEADER_NOT_FOUND:1]", 0},
	} {
		t.Run(name, func(t *testing.T) {
			w := realWorkspace(t, c.mapping, c.file, "country")
			path := filepath.Join(w.Dir, "in"+filepath.Ext(c.file))
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, c.change(t, content), 0o644); err != nil {
				t.Fatal(err)
			}
			result, err := Examine(t.Context(), w, w.Sources[0])
			codes := map[number.Code]int{}
			for _, fault := range number.Errors(err) {
				codes[fault.Code]++
				t.Log(fault.Line(number.English))
			}
			for _, r := range result.Rejects {
				codes[r.Reason]++
				t.Log(placeOf(r.Place), r.Value, r.Reason, r.DetailText(number.English))
			}
			if got := fmt.Sprint(codes); got != c.codes || result.Facts != c.facts {
				t.Errorf("%s and %d figures, want %s and %d", got, result.Facts, c.codes, c.facts)
			}
		})
	}
}

func eachSheet(book *excelize.File, do func(sheet string) error) error {
	for _, sheet := range book.GetSheetList() {
		if err := do(sheet); err != nil {
			return err
		}
	}
	return nil
}
