package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/parquet"
	pq "github.com/apache/arrow-go/v18/parquet/file"
	"github.com/xuri/excelize/v2"

	"github.com/niengiam/niengiam/graph"
)

// A workbook, read by another library: the table, types, formats, and the notes
// on a second sheet.
func TestXLSX(t *testing.T) {
	e := open(t, newWorld(t), graph.Config{})
	book, err := excelize.OpenReader(get(t, e, "/export/growth.xlsx").Body)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if got := strings.Join(book.GetSheetList(), "|"); got != "ranking.rows|Ghi chú - Notes" {
		t.Error(got)
	}
	for cell, want := range map[string]struct {
		shown, raw string
		kind       excelize.CellType
	}{
		"A1": {"rank", "rank", excelize.CellTypeInlineString},
		"A2": {"1", "1", excelize.CellTypeUnset},
		"B2": {"885", "885", excelize.CellTypeInlineString},
		"C2": {"Thoại Sơn, ệ ữ ỡ", "Thoại Sơn, ệ ữ ỡ", excelize.CellTypeInlineString},
		"D2": {"123456789012346.678", "123456789012346.678", excelize.CellTypeInlineString}, // longer than Excel's fifteen digits
		"D3": {"301.5", "301.5", excelize.CellTypeUnset},
		"F3": {"1.5", "1.4999999999", excelize.CellTypeUnset},
		"C4": {formula, formula, excelize.CellTypeInlineString},
		"F4": {"-1.0", "-1", excelize.CellTypeUnset},
		"G4": {"-33.3", "-33.3333333333333", excelize.CellTypeUnset}, // a division that does not end, to fifteen digits
	} {
		shown, _ := book.GetCellValue("ranking.rows", cell)
		raw, _ := book.GetCellValue("ranking.rows", cell, excelize.Options{RawCellValue: true})
		kind, _ := book.GetCellType("ranking.rows", cell)
		formulaOf, _ := book.GetCellFormula("ranking.rows", cell)
		if shown != want.shown || raw != want.raw || kind != want.kind || formulaOf != "" {
			t.Errorf("%s: %q (%q, type %d, formula %q), want %+v", cell, shown, raw, kind, formulaOf, want)
		}
	}
	rows, err := book.GetRows("Ghi chú - Notes")
	if err != nil {
		t.Fatal(err)
	}
	var notes strings.Builder
	for _, row := range rows {
		notes.WriteString(strings.Join(row, ": ") + "\n")
	}
	for _, want := range []string{
		"Câu hỏi / Question: Dân số theo huyện / Population by district\n", "Nguồn / Source: Niên giám, Cục Thống kê; 1 2021-05-01 / Yearbook, Statistics Office\n",
		"Trích dẫn / Citation: niên giám trang 2021-05-01\n", "Cột / Column ranking.rows: current.value: The number in the indicator's unit of measure",
		"Câu truy vấn / Query: query growth(", "Biến / Variables: year=2020, order=\"VALUE\"\n",
	} {
		if !strings.Contains(notes.String(), want) {
			t.Errorf("the notes have no %q:\n%s", want, notes.String())
		}
	}
}

// Several tables are several sheets, with names that Excel takes; days are days.
func TestXLSXOfSeveralTables(t *testing.T) {
	e := open(t, newWorld(t), graph.Config{})
	query := `{ releases { nodes { id published loaded rejected } } a: units { nodes { code validFrom level { kinds { code } } } }
		averyveryveryverylongname: indicators { nodes { code } } Averyveryveryverylongname: indicators { nodes { code } } }`
	got := get(t, e, "/export/-.xlsx?query="+url.QueryEscape(query))
	if got.Code != 200 {
		t.Fatal(got.Body)
	}
	book, err := excelize.OpenReader(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if sheets := strings.Join(book.GetSheetList(), "|"); sheets != "releases.nodes|a.nodes.level.kinds|averyveryveryverylongname.nodes|Averyveryveryverylongname.n (2)|Ghi chú - Notes" {
		t.Error(sheets)
	}
	day, _ := book.GetCellValue("releases.nodes", "B2")
	raw, _ := book.GetCellValue("releases.nodes", "B2", excelize.Options{RawCellValue: true})
	if day != "2021-05-01" || raw != "44317" {
		t.Errorf("%s %s", day, raw)
	}
}

// Parquet and Arrow have the same typed columns; every number is the API's.
func TestArrow(t *testing.T) {
	e := open(t, newWorld(t), graph.Config{})
	got := get(t, e, "/export/growth.arrow")
	reader, err := ipc.NewFileReader(bytes.NewReader(got.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if text := reader.Schema().String(); !strings.Contains(text, "current.value: type=decimal(38, 16), nullable") || !strings.Contains(text, "rank: type=int64, nullable") {
		t.Error(text)
	}
	var about map[string]any
	metadata := reader.Schema().Metadata()
	if text, _ := metadata.GetValue("niengiam"); json.Unmarshal([]byte(text), &about) != nil || about["question"] != "growth" {
		t.Errorf("%v", metadata)
	}
	batch, err := reader.Read()
	if err != nil || batch.NumRows() != 3 {
		t.Fatal(batch, err)
	}
	value := func(column, row int) string { return batch.Column(column).ValueStr(row) }
	if value(0, 0) != "1" || value(2, 0) != "Thoại Sơn, ệ ữ ỡ" || value(3, 0) != "123456789012346.678" || value(3, 1) != "301.5" || value(6, 2) != "-33.3333333333333333" {
		t.Errorf("%s %s %s %s %s", value(0, 0), value(2, 0), value(3, 0), value(3, 1), value(6, 2))
	}
	if _, ok := batch.Column(3).(*array.Decimal128); !ok {
		t.Errorf("%T", batch.Column(3))
	}
	if _, err := reader.Read(); !errors.Is(err, io.EOF) {
		t.Error(err)
	}
}

func TestParquet(t *testing.T) {
	e := open(t, newWorld(t), graph.Config{})
	reader, err := pq.NewParquetReader(bytes.NewReader(get(t, e, "/export/growth.parquet").Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if reader.NumRows() != 3 || *reader.MetaData().KeyValueMetadata().FindValue("table") != "ranking.rows" {
		t.Errorf("%d rows, %v", reader.NumRows(), reader.MetaData().KeyValueMetadata())
	}
	column, err := reader.RowGroup(0).Column(2)
	if err != nil {
		t.Fatal(err)
	}
	names := make([]parquet.ByteArray, 3)
	if _, n, err := column.(*pq.ByteArrayColumnChunkReader).ReadBatch(3, names, make([]int16, 3), nil); err != nil || n != 3 || names[2].String() != formula {
		t.Errorf("%v %d %s", err, n, names)
	}
}

// A long answer is written in batches, and every row of it arrives once.
func TestLongAnswers(t *testing.T) {
	e := open(t, newWorld(t), graph.Config{})
	units := strings.Repeat("883,884,885,89,", 2500)
	got := get(t, e, "/export/series.parquet?units="+units[:len(units)-1])
	if got.Code != 200 {
		t.Fatalf("%s", got.Body)
	}
	reader, err := pq.NewParquetReader(bytes.NewReader(got.Body.Bytes()))
	if err != nil || reader.NumRows() != 20_000 || reader.NumRowGroups() != 3 {
		t.Fatal(err, reader.NumRows(), reader.NumRowGroups())
	}
	body := get(t, e, "/export/series.arrow?units="+units[:len(units)-1]).Body.Bytes()
	batches, err := ipc.NewFileReader(bytes.NewReader(body))
	if err != nil || batches.NumRecords() != 3 {
		t.Fatal(err, batches.NumRecords())
	}
	last, err := batches.RecordBatch(2)
	if err != nil || last.NumRows() != 20_000-2*8192 {
		t.Error(err, last.NumRows())
	}
}

func TestNumbersThatDoNotFit(t *testing.T) {
	w := newWorld(t)
	w.publish(t, "2022-05-01", map[string][2]string{"885": {"1", "12345678901234567890123"}})
	e := open(t, w, graph.Config{})
	for _, format := range []string{"parquet", "arrow"} {
		if got := get(t, e, "/export/growth."+format); got.Code != 400 || faultOf(t, got).Extensions.Code != "NUMBER_TOO_LONG" {
			t.Errorf("%d %s", got.Code, got.Body)
		}
	}
	if got := get(t, e, "/export/growth.csv?notes=no"); !strings.Contains(got.Body.String(), ",12345678901234567890123,A,") {
		t.Error(got.Body)
	}
}

// A data set of JSON-stat: every number at its place.
func TestJSONStat(t *testing.T) {
	e := open(t, newWorld(t), graph.Config{})
	decoder := json.NewDecoder(get(t, e, "/export/series.jsonstat").Body)
	decoder.UseNumber()
	var set struct {
		Version, Class, Label, Source string
		ID                            []string
		Size                          []int
		Role                          map[string][]string
		Dimension                     map[string]struct {
			Category struct {
				Index []string
				Label map[string]string
				Unit  map[string]struct {
					Decimals int
					Label    string
				}
			}
		}
		Value map[string]json.Number
	}
	if err := decoder.Decode(&set); err != nil {
		t.Fatal(err)
	}
	if set.Version != "2.0" || set.Class != "dataset" || set.Label != "Chuỗi / Series" || !strings.Contains(set.Source, "Niên giám") ||
		strings.Join(set.ID, " ") != "unit.code figures.year measure" || set.Role["geo"][0] != "unit.code" || set.Role["time"][0] != "figures.year" || set.Role["metric"][0] != "measure" {
		t.Errorf("%+v", set)
	}
	units, years, measures := set.Dimension["unit.code"].Category, set.Dimension["figures.year"].Category.Index, set.Dimension["measure"].Category.Index
	if units.Label["884"] != formula || strings.Join(measures, " ") != "figures.value figures.rate" {
		t.Errorf("%+v %v", units, measures)
	}
	if unit := set.Dimension["measure"].Category.Unit; unit["figures.value"].Label != "nghìn người / thousand people" || unit["figures.value"].Decimals != 1 || unit["figures.rate"].Label != "" {
		t.Errorf("%+v", unit)
	}
	want := map[string]string{"883 2019": "300.0000000001", "883 2020": "301.5", "884 2019": "3", "884 2020": "2"}
	for u, unit := range units.Index {
		for y, year := range years {
			at := set.Value[jsonKey((u*len(years)+y)*len(measures))].String()
			if at != want[unit+" "+year] {
				t.Errorf("%s %s is %s, want %s", unit, year, at, want[unit+" "+year])
			}
		}
	}
	if len(set.Value) != 4 {
		t.Errorf("nothing stands for what is not there: %v", set.Value)
	}
}

func jsonKey(n int) string {
	text, _ := json.Marshal(n)
	return string(text)
}

func TestJSON(t *testing.T) {
	e := open(t, newWorld(t), graph.Config{})
	decoder := json.NewDecoder(get(t, e, "/export/growth.json").Body)
	decoder.UseNumber()
	var file struct {
		About struct{ Question string }
		Rows  []map[string]any
	}
	if err := decoder.Decode(&file); err != nil {
		t.Fatal(err)
	}
	if len(file.Rows) != 3 || file.Rows[0]["current.value"] != json.Number("123456789012346.678") || file.Rows[2]["unit.name"] != formula || file.About.Question != "growth" {
		t.Errorf("%+v", file)
	}
}

// The archive of a workbook has no time in it, which would make each another file.
func TestXLSXHasNoTime(t *testing.T) {
	body := get(t, open(t, newWorld(t), graph.Config{}), "/export/growth.xlsx").Body.Bytes()
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range archive.File {
		if part.ModifiedDate != 0 || part.ModifiedTime != 0 {
			t.Errorf("%s has a time", part.Name)
		}
	}
}

// broken is a connection that takes some bytes and then no more.
type broken struct {
	http.ResponseWriter
	left int
}

func (b *broken) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, errors.New("the connection is gone")
	}
	return b.ResponseWriter.Write(p)
}

// A file that cannot be finished is broken off, in every format, as net/http
// understands it: its reader must not take it for a whole one.
func TestAFileThatBreaksOff(t *testing.T) {
	e := open(t, newWorld(t), graph.Config{})
	for _, format := range []string{"csv", "xlsx", "parquet", "arrow", "json", "jsonstat"} {
		func() {
			defer func() {
				value := recover()
				if err, _ := value.(error); !errors.Is(err, http.ErrAbortHandler) {
					t.Errorf("%s: %v", format, value)
				}
			}()
			e.ServeHTTP(&broken{httptest.NewRecorder(), 100}, httptest.NewRequest(http.MethodGet, "/export/growth."+format, nil))
		}()
	}
}

// What a file of 10,000 rows costs beyond its answer.
func BenchmarkExport(b *testing.B) {
	e := open(b, newWorld(b), graph.Config{})
	units := strings.Repeat("883,884,885,89,", 1250)
	for _, format := range []string{"csv", "xlsx", "parquet", "arrow", "json"} {
		b.Run(format, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if got := get(b, e, "/export/series."+format+"?units="+units[:len(units)-1]); got.Code != 200 {
					b.Fatal(got.Body)
				}
			}
		})
	}
}
