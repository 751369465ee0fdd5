package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/niengiam/niengiam/warehouse/engine"
)

// TestExports asks the running program for every saved question of the sample in
// every format, and reads each file again with another program or library.
func TestExports(t *testing.T) {
	t.Parallel()
	s := loaded(t)
	var list struct {
		Questions []struct {
			Code  string
			Query string
			Files map[string]string
		}
	}
	_, body := s.get("/export/")
	if err := json.Unmarshal(body, &list); err != nil || len(list.Questions) != 7 {
		t.Fatalf("%v %s", err, body)
	}
	for _, q := range list.Questions {
		t.Run(q.Code, func(t *testing.T) {
			on := on(s, t)
			if errs, has := on.reply(q.Query).v.(map[string]any)["errors"]; has {
				t.Fatalf("the question itself has faults: %v", errs)
			}
			table := on.csv(q.Files["csv"] + "?notes=no")
			if len(table) < 2 {
				t.Fatalf("%q has no rows", table)
			}
			for address, again := range on.clickHouse(q.Files["parquet"], q.Files["arrow"]) {
				if !slices.EqualFunc(again, table, slices.Equal[[]string]) {
					t.Errorf("ClickHouse reads of %s\n%q\nwant\n%q", address, again, table)
				}
			}
			on.workbook(q.Files["xlsx"], table)
			if status, set := on.get(q.Files["jsonstat"]); status != http.StatusOK || !strings.Contains(string(set), `"class":"dataset"`) {
				t.Errorf("JSON-stat: %d %.300s", status, set)
			}
		})
	}
	t.Run("numbers", func(t *testing.T) { exportedNumbers(on(s, t)) })
	t.Run("requests", func(t *testing.T) { exportRequests(on(s, t)) })
}

// exportedNumbers holds what is known of the sample against the files.
func exportedNumbers(s *served) {
	census := s.csv("/export/census-by-district.csv?notes=no")
	if got := strings.Join(census[1][:4], " "); got != "1 893 Chợ Mới 307981" {
		s.t.Error(got)
	}
	growth := s.csv("/export/population-growth.csv?notes=no")
	if got := growth[1][2] + " " + growth[1][5][:6]; got != "Bình Dương 16.867" {
		s.t.Error(got)
	}
	_, whole := s.get("/export/census-by-district.csv")
	for _, want := range []string{"CONFLICTING_VALUES", "#,Ngoài bảng / Beside the table,ranking.total.current.value = 1908352\r\n", "Tổng điều tra dân số và nhà ở năm 2019"} {
		if !strings.Contains(string(whole), want) {
			s.t.Errorf("the file has no %q", want)
		}
	}
	var file struct{ Rows []map[string]any }
	_, body := s.get("/export/criterion-19-2.json?year=2020&baseYear=2019")
	if err := json.Unmarshal(body, &file); err != nil || file.Rows[0]["change.absolute"] != 14.0 || file.Rows[0]["current.denominator"] != 119.0 {
		s.t.Errorf("%v %s", err, body)
	}
}

// exportRequests asks as programs do: with what they know already, and wrongly.
func exportRequests(s *served) {
	response := s.request(http.MethodHead, "/export/population-series.xlsx", "")
	etag := response.Header.Get("ETag")
	if response.StatusCode != 200 || etag == "" {
		s.t.Errorf("%d %v", response.StatusCode, response.Header)
	}
	if again := s.request(http.MethodGet, "/export/population-series.xlsx", etag); again.StatusCode != http.StatusNotModified {
		s.t.Error(again.Status)
	}
	for address, want := range map[string]string{
		"/export/population.csv":                   "404 UNKNOWN_QUESTION",
		"/export/population-growth.csv?year=1999":  "400 UNKNOWN_YEAR",
		"/export/population-growth.csv?yaer=2024":  "400 BAD_ARGUMENT",
		"/export/population-series.csv?within=R66": "400 UNKNOWN_UNIT",
		"/export/-.csv?query=" + url.QueryEscape(`{ units(first: 1000) { nodes { children { children { children { children { code name } } } } } } }`): "400 TOO_DEAR",
	} {
		status, body := s.get(address)
		var said struct {
			Errors []struct{ Extensions struct{ Code string } }
		}
		if err := json.Unmarshal(body, &said); err != nil || fmt.Sprint(status, " ", said.Errors[0].Extensions.Code) != want {
			s.t.Errorf("%s: %d %s, want %s", address, status, body, want)
		}
	}
	if _, sdl := s.get("/schema.graphql"); !strings.Contains(string(sdl), "type Query {") {
		s.t.Errorf("%.200s", sdl)
	}
}

// request asks and reads to the end.
func (s *served) request(method, path, etag string) *http.Response {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.address+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	if etag != "" {
		r.Header.Set("If-None-Match", etag)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { response.Body.Close() })
	return response
}

func (s *served) get(path string) (status int, body []byte) {
	s.t.Helper()
	response := s.request(http.MethodGet, path, "")
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response.StatusCode, body
}

func (s *served) csv(path string) [][]string {
	s.t.Helper()
	status, body := s.get(path)
	text, marked := strings.CutPrefix(string(body), "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if status != http.StatusOK || !marked || err != nil {
		s.t.Fatalf("%s: %d %v %s", path, status, err, body)
	}
	return rows
}

// clickHouse reads files with ClickHouse itself, all in one run of it: the addresses
// of Parquet and Arrow files, by which it gives their rows.
func (s *served) clickHouse(addresses ...string) map[string][][]string {
	s.t.Helper()
	dir := s.t.TempDir()
	name := func(i int, extension string) string { return filepath.Join(dir, strconv.Itoa(i)+extension) }
	var queries []string
	for i, address := range addresses {
		format, extension := "Parquet", ".parquet"
		if strings.Contains(address, ".arrow") {
			format, extension = "Arrow", ".arrow"
		}
		_, body := s.get(address)
		if err := os.WriteFile(name(i, extension), body, 0o600); err != nil {
			s.t.Fatal(err)
		}
		queries = append(queries, fmt.Sprintf(`SELECT * FROM file('%s', '%s') INTO OUTFILE '%s' FORMAT CSVWithNames SETTINGS format_csv_null_representation = ''`,
			name(i, extension), format, name(i, ".csv")))
	}
	library, err := engine.FindLibrary("")
	if err != nil {
		s.t.Fatal(err)
	}
	if said, err := asProgram(s.t.Context(), engine.ChildCommand, "run", dir, library, "--path="+dir, "--query", strings.Join(queries, ";\n")).CombinedOutput(); err != nil {
		s.t.Fatalf("%v: %s", err, said)
	}
	tables := map[string][][]string{}
	for i, address := range addresses {
		written, err := os.ReadFile(name(i, ".csv"))
		if err != nil {
			s.t.Fatal(err)
		}
		if tables[address], err = csv.NewReader(strings.NewReader(string(written))).ReadAll(); err != nil {
			s.t.Fatal(err)
		}
	}
	return tables
}

// workbook reads a workbook with another library and holds it against a table:
// texts letter by letter, numbers to the fifteen digits that Excel keeps.
func (s *served) workbook(path string, want [][]string) {
	s.t.Helper()
	response := s.request(http.MethodGet, path, "")
	book, err := excelize.OpenReader(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	defer book.Close()
	sheets := book.GetSheetList()
	if sheets[len(sheets)-1] != "Ghi chú - Notes" {
		s.t.Errorf("%q", sheets)
	}
	for r, row := range want {
		for c, text := range row {
			cell, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				s.t.Fatal(err)
			}
			got, err := book.GetCellValue(sheets[0], cell, excelize.Options{RawCellValue: true})
			if err != nil {
				s.t.Fatal(err)
			}
			a, errA := strconv.ParseFloat(got, 64)
			b, errB := strconv.ParseFloat(text, 64)
			same := errA == nil && errB == nil && math.Abs(a-b) <= math.Abs(b)*1e-14
			if got != text && !same {
				s.t.Errorf("%s is %q, want %q", cell, got, text)
			}
		}
	}
}
