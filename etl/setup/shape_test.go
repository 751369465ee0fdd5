package setup_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/niengiam/niengiam/etl/setup"
)

// merged makes a workbook as yearbooks have it: a title, a header of two rows whose cells are
// merged, a total, a note below.
func merged(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	for row, cells := range [][]any{
		{"Số bịa theo huyện"}, {nil, nil, nil, nil, "Đơn vị: người"},
		{"Huyện", "Dân số", nil, "Hộ", nil}, {nil, 2019, "Sơ bộ 2020", 2019, "Sơ bộ 2020"},
		{"Toàn tỉnh", 300, 330, 30, 33}, {"Long Xuyên", 100, 110, 10, 11}, {"Châu Đốc", 200, 220, 20, 22}, {"Nguồn: số bịa"},
	} {
		if err := f.SetSheetRow("Sheet1", "A"+string(rune('1'+row)), &cells); err != nil {
			t.Fatal(err)
		}
	}
	for _, area := range [][2]string{{"A1", "E1"}, {"A3", "A4"}, {"B3", "C3"}, {"D3", "E3"}} {
		if err := f.MergeCell("Sheet1", area[0], area[1]); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Tables as yearbooks and offices print them: the source that is inferred loads without a reject.
func TestInferShapes(t *testing.T) {
	for name, c := range map[string]struct {
		file    string
		content string
		change  func(*setup.Options)
		source  []string
		told    string
		facts   int
	}{
		"a header of two rows with merged cells": {
			"in.xlsx", string(merged(t)), func(o *setup.Options) { o.Indicators = []string{"Hộ=households"} },
			[]string{`table: {header: 2, totals: {"Huyện": ["Toàn tỉnh"]}, to: "Nguồn*"}`, `{constant: population}, value: {headers: "Dân số {year}"}`, `{constant: households}, value: {headers: "Hộ {year}"}`},
			"the table ends before: Nguồn", 8,
		},
		"a header of three rows, totals of groups": {
			"in.csv", "Số bịa;;\n;Năm học 2019;Năm học 2020\n;Tổng số;Tổng số\n;Total;Total\nTỔNG SỐ;7;11\nI. Đồng bằng;3;5\n1. Long Xuyên;1;2\n2. Châu Đốc;2;3\nII. Miền núi;4;6\n3. An Phú;4;6\n",
			func(o *setup.Options) { o.Indicators = []string{"population"} },
			[]string{`table: {header: 3, totals: {"#1": ["TỔNG SỐ", "I. Đồng bằng", "II. Miền núi"]}}`, `unit: {name: "#1", level: district}`, `value: {headers: "Năm học {year} Tổng số Total"}`},
			"TỔNG SỐ, I. Đồng bằng, II. Miền núi", 6,
		},
		"school years": {
			"in.csv", "code,2019-2020,2020-2021\n89,1,2\n", func(o *setup.Options) { o.Indicators = []string{"population"} },
			[]string{`value: {headers: "{year}-*"}`}, "", 2,
		},
		"a code in two columns": {
			"in.csv", "SUMLEV,STATE,COUNTY,CTYNAME,POPULATION2019,POPULATION2020,HOUSEHOLDS2019,RAIN2019\n40,8,0,All,9,9,9,9\n50,8,83,Long Xuyên,1,2,3,4\n50,8,84,Châu Đốc,5,6,7,8\n", nil,
			[]string{`unit: {columns: ["STATE", "COUNTY"], pad: [1, 2], level: district}`, `table: {skip: {"COUNTY": ["0"]}}`, `value: {headers: "POPULATION{year}"}`, `value: {headers: "HOUSEHOLDS{year}"}`},
			`not read: "RAIN"`, 6,
		},
		"indicators in rows": {
			"in.csv", ";2019;2020\nNgười và hộ\nDân số - Population;1;2\nNam;3;4\nHộ;5;6\nChỉ số (%)\nDân số - Population;7;8\n",
			func(o *setup.Options) { o.Unit = "89"; o.Indicators = []string{"Hộ*=households"} },
			[]string{`table: {groups: ["Người và hộ"], to: "Chỉ số (%)"}`, `{constant: population}, rows: "Dân số - Population", value: {headers: year}`, `{constant: households}, rows: "Hộ", value: {headers: year}`},
			`rows that are no indicator of the workspace, not read: "Nam"`, 4,
		},
		"years in rows, begun anew below a heading": {
			"in.csv", "Năm;Dân số\nNghìn người\n2019;1\n2020;2\nTăng (%)\n2019;3\n2020;4\n", func(o *setup.Options) { o.Unit = "89" },
			[]string{`table: {groups: ["Nghìn người"], to: "Tăng (%)"}`}, "the table ends before: Tăng (%)", 2,
		},
		"a column of values beside others, and a dimension with a total": {
			"in.csv", "code,sex,size,year,value\n89,Total,7,2019,3\n89,women,8,2019,2\n", func(o *setup.Options) { o.Indicators = []string{"population"} },
			[]string{`table: {keep: {"sex": "Total"}}`, `value: {column: "value"}`}, `of "sex", which has 2 values, only Total is read`, 1,
		},
		"the highest of all": {
			"in.csv", "id,eng,vie,Population 2019\nid,eng,vie,Dân số 2019\n1,An Giang,An Giang,3\n2,Dong Thap,Đồng Tháp,4\n999,Highest,Điểm cao nhất,4\n", nil,
			[]string{`skip: {"id": "id", "vie": ["Điểm cao nhất"]}`, `unit: {name: "vie", level: province}`}, "", 2,
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := office(t, c.file, []byte(c.content))
			if c.change != nil {
				c.change(&o)
			}
			inferred, err := setup.Infer(t.Context(), o, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range c.source {
				if !strings.Contains(inferred.Source, line) {
					t.Errorf("there is no %s in\n%s", line, inferred.Source)
				}
			}
			if told := strings.Join(inferred.Told, "\n"); !strings.Contains(told, c.told) {
				t.Errorf("%q is not told:\n%s", c.told, told)
			}
			if inferred.Result.Facts != c.facts || len(inferred.Result.Rejects) != 0 {
				t.Errorf("%d figures, rejects %v; want %d and none of\n%s", inferred.Result.Facts, inferred.Result.Rejects, c.facts, inferred.Source)
			}
		})
	}
}

// A workspace of tables whose headers have several rows, or of units that have names alone.
func TestSetupShapes(t *testing.T) {
	o := setup.Options{Title: "Số bịa", Publisher: "Nobody", Published: "2021-03-12", Level: "district", Measure: "persons"}
	for name, c := range map[string]struct {
		file, content string
		kind          string
		yaml          []string
		facts         int
	}{
		"merged cells": {
			"in.xlsx", string(merged(t)), "count",
			[]string{`table: {header: 2, totals: {"Huyện": ["Toàn tỉnh"]}, to: "Nguồn*"}`, `unit: {name: "Huyện", level: district}`, `{indicator: {constant: dan-so}, value: {headers: "Dân số {year}"}, optional: true}`}, 8,
		},
		"signs and headings": {
			"in.csv", "Huyện;DÂN2019;DÂN2020\nMiền núi;;\nAn Phú;1,5;2.001,5\nĐồng bằng;;\nLong Xuyên;3;4\nCao nhất;3;2.001,5\n", "amount",
			[]string{`skip: {"Huyện": ["Cao nhất"]}`, `groups: ["Miền núi", "Đồng bằng"]`, `csv: {delimiter: ";", decimal: ",", thousands: "."}`, `value: {headers: "DÂN{year}"}`}, 4,
		},
		"a cube": {"in.px", "CHARSET=\"ANSI\";TITLE=\"x\";HEADING=\"time\";STUB=\"place\";VALUES(\"place\")=\"A\",\"B\",\"Total\";VALUES(\"time\")=\"2019\",\"2020\";CODES(\"place\")=\"1\",\"2\",\"0\";DATA=1 2 3 4 4 6;", "count", []string{`unit: {column: "place", level: district}`, `totals: {"place label": ["Total"]}`}, 4},
	} {
		t.Run(name, func(t *testing.T) {
			o := o
			o.Kind = c.kind
			o.File = office(t, c.file, []byte(c.content)).File
			if c.file == "in.px" {
				o.Indicator = "Dân"
			}
			w, result, told := made(t, o)
			yaml := readFile(t, w.Dir+"/niengiam.yaml")
			for _, line := range c.yaml {
				if !strings.Contains(yaml, line) {
					t.Errorf("there is no %s in\n%s\n%s", line, yaml, told)
				}
			}
			if result.Facts != c.facts || len(result.Rejects) != 0 {
				t.Errorf("%d figures, rejects %v; want %d of\n%s", result.Facts, result.Rejects, c.facts, yaml)
			}
		})
	}
}

// Where 1.810 may be a thousand or a decimal, neither is taken in silence.
func TestSetupAsksForTheDecimalMark(t *testing.T) {
	o := setup.Options{Kind: "count", File: written(t, "code,name,2019\n1,A,1.810\n"), Publisher: "Nobody", Published: "2020-03-12", Level: "district", Measure: "persons", Indicator: "Dân số"}
	if _, err := setup.Understand(o); err == nil || !strings.Contains(err.Error(), "give --decimal") {
		t.Errorf("it took 1.810 for a number: %v", err)
	}
	o.Decimal = ","
	if _, result, _ := made(t, o); result.Facts != 1 || result.Rejected != 0 {
		t.Errorf("%d figures, %d rejected", result.Facts, result.Rejected)
	}
	o.Decimal, o.File = "", written(t, "code,name,2019\n1,A,1.5\n")
	if _, err := setup.Understand(o); err == nil || !strings.Contains(err.Error(), "give --kind amount") {
		t.Errorf("it took 1.5 for a count: %v", err)
	}
}
