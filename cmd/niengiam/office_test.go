package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"github.com/xuri/excelize/v2"
)

// inventedCube is a file as the statistics office publishes it: a NUL byte behind the last brace,
// units by names without tone marks and with stray spaces, a province among its districts, a
// preliminary year, two items of which one is wanted.
const inventedCube = `{"dataset":{"dimension":{
"Place":{"label":"Place","category":{"index":{"0":0,"1":1,"2":2},"label":{"0":" AN GIANG","1":"An Phu","2":"Phu Tan "}}},
"Year":{"label":"Year","category":{"index":{"0":0,"1":1},"label":{"0":"2023","1":"Prel. 2024"}}},
"Items":{"label":"Items","category":{"index":{"0":0,"1":1},"label":{"0":"Area (Km2(*)","1":"Households"}}},
"id":["Place","Year","Items"],"size":[3,2,2]},
"label":"Invented","source":"Nobody","value":[9,300,9,330,4,100,4,110,5,200,5,220]}}` + "\x00"

// cubed replaces the file of a source by the publisher's own, with the same figures: no release
// is made.
func (m *mending) cubed() {
	m.t.Helper()
	settings := read(m.t, filepath.Join(m.dir, "niengiam.yaml"))
	const rules = `
    unit: {name: Place label, level: [province, district], marks: optional}
    year: {column: Year label}
    published: {constant: 2025-07-31}
    measures:
      - {indicator: {constant: households}, value: {column: value}}
`
	table := `
  - code: yearly
    title: {vi: Thử, en: Test}
    publisher: {vi: Thử, en: Test}
    files: [yearly.csv]` + strings.Replace(rules, "    year: {column: Year label}\n", "    year: {column: Year label}\n    status: {column: status}\n", 1)
	m.write("yearly.csv", "Place label,Year label,value,status\nAn Giang,2023,300,\nAn Giang,2024,330,P\nAn Phú,2023,100,\nAn Phú,2024,110,P\nPhú Tân,2023,200,\nPhú Tân,2024,220,P\n")
	m.write("niengiam.yaml", settings+table)
	has(m.t, m.run("load", "yearly"), "6")
	releases := func() string {
		var told []string
		for _, release := range m.ask(`{ releases(source: "yearly") { nodes { added revised removed rejected } } }`).at("releases", "nodes").list() {
			told = append(told, release.at("added").text()+"+"+release.at("revised").text()+"+"+release.at("removed").text()+"+"+release.at("rejected").text())
		}
		return strings.Join(told, " ")
	}
	m.eventually(func() bool { return releases() == "6+0+0+0" }) // another process published it
	cube := "\n    table: {keep: {\"Items label\": Households}}" + rules
	m.write("office.json", inventedCube)
	m.write("niengiam.yaml", settings+"\n  - code: yearly\n    title: {vi: Thử, en: Test}\n    publisher: {vi: Thử, en: Test}\n    files: [office.json]"+cube)
	has(m.t, m.run("load", "--dry-run", "yearly"), "The load would change nothing", "rejected 0; new 0, changed 0, dropped 0, unchanged 6")
	m.run("load", "yearly")
	if got := releases(); got != "6+0+0+0" {
		m.t.Errorf("the releases are %q: the publisher's own file changed something", got)
	}
	m.ask(`{ figure(indicator: "households", unit: "886", year: 2024) { value status } }`).at("figure", "value").is("110")
}

// mendedWorkbook goes the circle of rejected rows for a workbook: they are written as a workbook,
// mended in it, read back, and only they are loaded.
func (m *mending) mendedWorkbook() {
	m.t.Helper()
	book := excelize.NewFile()
	for row, cells := range [][]any{
		{"code", "indicator", "year", "value", "denominator", "published", "status", "standing", "note", "source"},
		{"89", "criterion-19-2", 2016, 50, 119, "2017-03-12", nil, nil, nil, "B"},
		{"89", "criterion-19-2", 2017, "sáu mươi", 119, "2018-03-12", nil, nil, nil, "B"},
	} {
		if err := book.SetSheetRow("Sheet1", "A"+string(rune('1'+row)), &cells); err != nil {
			m.t.Fatal(err)
		}
	}
	save := func(book *excelize.File, file string) {
		m.t.Helper()
		var content bytes.Buffer
		if err := book.Write(&content); err != nil {
			m.t.Fatal(err)
		}
		m.write(file, content.String())
	}
	save(book, "in-2.xlsx")
	settings := read(m.t, filepath.Join(m.dir, "niengiam.yaml"))
	m.write("niengiam.yaml", strings.Replace(settings, `["in*.csv"]`, `["in*.csv", "in*.xlsx"]`, 1))
	m.run("load", "long")
	has(m.t, m.run("rejects", "long"), "in-2.mended.xlsx: 1 rejected rows of in-2.xlsx")
	content, err := os.ReadFile(filepath.Join(m.dir, "in-2.mended.xlsx"))
	if err != nil {
		m.t.Fatal(err)
	}
	mended, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		m.t.Fatal(err)
	}
	if cell, err := mended.GetCellValue("Sheet1", "D2"); err != nil || cell != "sáu mươi" {
		m.t.Fatalf("the rejected cell is %q, %v", cell, err)
	}
	if err := mended.SetCellInt("Sheet1", "D2", 60); err != nil {
		m.t.Fatal(err)
	}
	save(mended, "in-2.mended.xlsx")
	has(m.t, m.run("load", "--dry-run", "long"), "new 1, changed 0, dropped 0, unchanged 3", "in-2.mended.xlsx:2 (value)")
	m.run("load", "long")
	m.ask(`{ jobs { lastRun { rejected } } }`).at("jobs", 0, "lastRun", "rejected").is("0")
	release := m.ask(`{ releases(first: 1, from: "2018-03-12", to: "2018-03-12") { nodes { added revised removed files { path } } } }`).at("releases", "nodes", 0)
	for field, want := range map[string]string{"added": "1", "revised": "0", "removed": "0"} {
		release.at(field).is(want)
	}
	release.at("files", 0, "path").is("in-2.mended.xlsx")
}
