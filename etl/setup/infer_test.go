package setup_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/niengiam/niengiam/etl/setup"
	"github.com/niengiam/niengiam/stats/number"
)

// office makes a workspace without a source and a file in it.
func office(t *testing.T, file string, content []byte) setup.Options {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "catalogue"), os.DirFS("../testdata/catalogue")); err != nil {
		t.Fatal(err)
	}
	workspace := "workspace: test\ntitle: {en: Test}\ncatalogue:\n  levels: catalogue/levels_country.yaml\n  topics: catalogue/topics.yaml\n" +
		"  indicators: [catalogue/indicators.yaml]\n  units: [catalogue/units_country.csv]\n"
	for name, text := range map[string][]byte{"niengiam.yaml": []byte(workspace), file: content} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return setup.Options{Dir: dir, File: filepath.Join(dir, file), Title: "Invented", Publisher: "Nobody", Published: "2024-03-12"}
}

// book makes a workbook with the same table in two sheets, by year.
func book(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	for _, year := range []string{"2019", "2020"} {
		if _, err := f.NewSheet("Population " + year); err != nil {
			t.Fatal(err)
		}
		for row, cells := range [][]any{{"Invented figures"}, {"Province", "Population"}, {"Province", "Population"}, {"TP. Hồ Chí Minh", 100}, {"Đồng Tháp", 200}} {
			if err := f.SetSheetRow("Population "+year, "A"+string(rune('1'+row)), &cells); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What is inferred of files as offices send them: the source in YAML, which check accepts,
// and how many figures it gives.
func TestInfer(t *testing.T) {
	for name, c := range map[string]struct {
		file    string
		content string
		change  func(*setup.Options)
		source  []string
		told    string
		facts   int
		rejects int
	}{
		"mixed levels in thousands": {
			"in.csv", "Tỉnh,2019,Sơ bộ 2023\nCẢ NƯỚC,96484.0,100309.2\nĐồng bằng sông Hồng,22620.2,23732.4\nTP. Hồ Chí Minh,9038.6,9456.7\n",
			func(o *setup.Options) { o.Indicators = []string{"population"} },
			[]string{`unit: {name: "Tỉnh", level: [country, region, province]}`, "year: {headers: true}", "{indicator: {constant: population}, value: {headers: year}, multiplier: 1000}"},
			"population is a count, and its cells have decimals", 6, 0,
		},
		"totals, notes and signs": {
			"in.csv", "Số bịa;;\nTên;Năm;Dân số\nTổng số;2019;3.300\nLong Xuyên;2019;1.100\nChâu Đốc;2019;2.200\nNguồn: số bịa\n", func(o *setup.Options) { o.Decimal = "," },
			[]string{`totals: {"Tên": ["Tổng số"]}`, `to: "Nguồn*"`, `delimiter: ";"`, `thousands: "."`, `unit: {name: "Tên", level: district}`, `year: {column: "Năm"}`, `value: {column: "Dân số"}`},
			`units: 2 of 3 by "Tên"`, 2, 0,
		},
		"headers by pattern": {
			"in.csv", "code,Population 2019,Population 2020,Households 2019,Households 2020,Rain 2019\n89,1,2,3,4,5\n87,6,7,8,9,10\n", nil,
			[]string{`unit: {column: "code", level: province}`, `value: {headers: "Population {year}"}`, `value: {headers: "Households {year}"}`},
			`not read: "Rain"`, 8, 0,
		},
		"sheets by year": {
			"in.xlsx", "", nil,
			[]string{`table: {sheet: "Population *", skip: "Province"}`, `unit: {name: "Province", level: province}`, `year: {sheet: "Population {year}"}`}, "", 4, 0,
		},
		"rows of one kind": {
			"in.csv", "code,year,sex,Population\n89,2019,both,3\n89,2019,women,2\n", func(o *setup.Options) { o.Keep = []string{"sex=both"} },
			[]string{`table: {keep: {"sex": "both"}}`}, "", 1, 0,
		},
		"a column that tells rows apart": {
			"in.csv", "code,year,sex,Population\n89,2019,both,3\n89,2019,women,2\n", nil, nil, `"sex", which has 2 values: both, women`, 0, 2,
		},
		"one unit": {
			"in.csv", "year,Population\n2019,3\n2020,4\n", func(o *setup.Options) { o.Unit = "89" }, []string{`unit: {constant: "89"}`}, "", 2, 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			content := []byte(c.content)
			if c.file == "in.xlsx" {
				content = book(t)
			}
			o := office(t, c.file, content)
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
			if inferred.Result.Facts != c.facts || len(inferred.Result.Rejects) != c.rejects {
				t.Errorf("%d figures, rejects %v; want %d and %d of\n%s", inferred.Result.Facts, inferred.Result.Rejects, c.facts, c.rejects, inferred.Source)
			}
		})
	}
}

// What a file leaves open is one fault with the flag to give.
func TestInferFaults(t *testing.T) {
	const table = "code,year,Rainfall\n89,2019,1\n"
	for name, c := range map[string]struct {
		content string
		change  func(*setup.Options)
		code    number.Code
		says    string
	}{
		"outside":              {table, func(o *setup.Options) { o.File = "setup_test.go" }, setup.BadOption, "copy it there"},
		"no unit":              {"year,Population\n2019,1\n", func(*setup.Options) {}, setup.Unclear, "--unit CODE"},
		"no indicator":         {table, func(*setup.Options) {}, setup.Unclear, "--indicator CODE"},
		"an unknown indicator": {table, func(o *setup.Options) { o.Indicators = []string{"populatoin"} }, setup.BadOption, "population"},
		"no publisher":         {table, func(o *setup.Options) { o.Publisher = "" }, setup.Unclear, "--publisher"},
		"no day":               {table, func(o *setup.Options) { o.Published = "" }, setup.Unclear, "--published"},
		"no year":              {"code,Population\n89,1\n", func(*setup.Options) {}, setup.Unclear, "--year"},
		"no decimal mark":      {"code,year,Population\n89,2019,1.810\n", func(*setup.Options) {}, setup.Unclear, "--decimal"},
		"a wrong mark":         {"code,year,Population\n89,2019,1.810\n", func(o *setup.Options) { o.Decimal = "x" }, setup.BadOption, "--decimal"},
		"no row":               {table, func(o *setup.Options) { o.Keep = []string{"code=1"} }, setup.BadOption, "no row"},
		"an unknown column":    {table, func(o *setup.Options) { o.Keep = []string{"cod=1"} }, setup.NoColumn, "nearest: code"},
	} {
		t.Run(name, func(t *testing.T) {
			o := office(t, "in.csv", []byte(c.content))
			c.change(&o)
			_, err := setup.Infer(t.Context(), o, nil)
			if faults := number.Errors(err); len(faults) != 1 || faults[0].Code != c.code || !strings.Contains(faults[0].Error(), c.says) {
				t.Errorf("want %s that says %q, got %v", c.code, c.says, err)
			}
		})
	}
}
