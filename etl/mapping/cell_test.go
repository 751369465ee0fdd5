package mapping

import (
	"bytes"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// A number of a workbook is what it is: 1.234 of a cell is not 1,234, though the texts of
// its source have points between thousands; a text beside it is. A percentage is what people
// see, and only where the source says that it may be one.
func TestNumbersOfWorkbooks(t *testing.T) {
	book := excelize.NewFile()
	percent, err := book.NewStyle(&excelize.Style{NumFmt: 10})
	if err != nil {
		t.Fatal(err)
	}
	for cell, value := range map[string]any{"A1": "code", "B1": "year", "C1": "value", "A2": "89", "B2": 2019, "C2": 1.234, "A3": "89", "B3": 2020, "C3": "1.234", "A4": "89", "B4": 2021, "C4": 0.125, "A5": "89", "B5": 2022, "C5": 1.5e-05} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SetCellStyle("Sheet1", "C4", "C4", percent); err != nil {
		t.Fatal(err)
	}
	var content bytes.Buffer
	if err := book.Write(&content); err != nil {
		t.Fatal(err)
	}
	source := &workspace.Source{
		CSV:      workspace.CSV{Encoding: "utf-8", Delimiter: ',', Decimal: ",", Thousands: "."},
		Unit:     workspace.UnitRule{Cell: workspace.Cell{Column: "code"}},
		Year:     workspace.YearRule{Column: "year"},
		Measures: []workspace.Measure{{Value: "value", Percent: true}},
	}
	tables, rejects, err := parse(source, []File{held("in.xlsx", content.Bytes())})
	if err != nil || len(rejects) > 0 || len(tables) != 1 || len(tables[0].Rows) != 4 {
		t.Fatalf("%v %v %v", tables, rejects, err)
	}
	for i, want := range []string{"1.234", "1234", "12.5", "0.000015"} {
		row := &tables[0].Rows[i]
		got, reason, detail := readCell(row.Cells[2], formOf(&tables[0], row, 2), &source.Measures[0], source)
		if reason != "" || !got.Equal(decimal.RequireFromString(want)) {
			t.Errorf("row %d is %s, want %s: %s %s", row.Line, got, want, reason, detail.In(number.English))
		}
	}
	if _, reason, _ := readCell("0.125", formOf(&tables[0], &tables[0].Rows[2], 2), &workspace.Measure{}, source); reason != NotANumber {
		t.Error("a percentage is read where its source does not say that there are any")
	}
}
