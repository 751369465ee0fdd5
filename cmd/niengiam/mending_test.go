package main

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/mapping"
	"github.com/niengiam/niengiam/etl/workspace"
)

// figureHeader is the header of the file of the small workspace.
const figureHeader = "code,indicator,year,value,denominator,published,status,standing,note,source\n"

// mending is a small workspace of one source, with a server on it.
type mending struct {
	*served
	dir string
}

func smallWorkspace(t *testing.T, args ...string) *mending {
	t.Helper()
	m := &mending{served: &served{t: t}, dir: t.TempDir()}
	if err := os.CopyFS(filepath.Join(m.dir, "catalogue"), os.DirFS("../../etl/testdata/catalogue")); err != nil {
		t.Fatal(err)
	}
	m.write("niengiam.yaml", smallSettings(t))
	m.write("in.csv", figureHeader)
	m.served = serve(t, append([]string{"--workspace", m.dir}, args...)...)
	return m
}

// smallSettings are the settings of the workspace, as it begins.
func smallSettings(t *testing.T) string {
	t.Helper()
	settings, err := os.ReadFile("../../etl/testdata/long/niengiam.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Replace(string(settings), "[in.csv]", `["in*.csv"]`, 1)
}

func (m *mending) write(file, text string) {
	m.t.Helper()
	if err := os.WriteFile(filepath.Join(m.dir, file), []byte(text), 0o644); err != nil {
		m.t.Fatal(err)
	}
}

// run runs a command that must succeed on the workspace and returns what it prints.
func (m *mending) run(args ...string) string {
	m.t.Helper()
	out, errs, code := niengiam(m.t, append(args, "--workspace", m.dir, "--data", m.data)...)
	if code != 0 {
		m.t.Fatalf("%v: exit %d\n%s%s", args, code, out, errs)
	}
	return out
}

// has fails where a text lacks one of some parts.
func has(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("without %q:\n%s", part, text)
		}
	}
}

// kept is all that the warehouse keeps of loads and definitions.
func (m *mending) kept() string {
	m.t.Helper()
	return m.run("sql", "--format", "csv", "SELECT (SELECT count() FROM release), (SELECT count() FROM run), (SELECT max(number) FROM catalogue), (SELECT count() FROM unit_key), (SELECT count() FROM claim), (SELECT count() FROM observation), (SELECT count() FROM reject)")
}

// A dry run shows what a load would change, twice the same, and changes nothing; after the
// load there is nothing to change. A workspace that has changed is not defined by it.
func TestDryRun(t *testing.T) {
	t.Parallel()
	m := smallWorkspace(t, "--release-management", "view")
	m.write("in.csv", figureHeader+"89,criterion-19-2,2020,97,119,2021-03-12,,,,B\n89,criterion-19-2,2019,8x,119,2021-03-12,,,,B\n")
	units, err := os.ReadFile(filepath.Join(m.dir, "catalogue/units.csv"))
	if err != nil {
		t.Fatal(err)
	}
	m.write("catalogue/units.csv", string(units)+"99,province,tinh,,Tỉnh mới,New Province,,,baseline,\n")
	before := m.kept()
	first, second := m.run("load", "--dry-run"), m.run("load", "--dry-run", "--lang", "vi")
	has(t, first, "would publish at once", "new 1, changed 0, dropped 0, unchanged 0", "97/119", "NOT_A_NUMBER", "in.csv:3 (value)")
	has(t, second, "Lần nạp sẽ công bố ngay", "số mới 1, số đổi 0", "97/119", "dòng lỗi: in.csv:3")
	if after := m.kept(); after != before {
		t.Errorf("the dry runs changed %s to %s", before, after)
	}
	m.run("load")
	before = m.kept()
	has(t, m.run("load", "--dry-run"), "The load would change nothing", "rejected 1; new 0, changed 0, dropped 0, unchanged 1")
	m.write("in.csv", figureHeader+"89,criterion-19-2,2020,83,119,2022-03-12,,,,B\n")
	has(t, m.run("load", "--dry-run", "--format", "csv", "long"), "long,held,REVISED,criterion-19-2,89,An Giang,2020,2022-03-12,97,119,A,83,119,A,-14.43,in.csv,,2,value,,")
	if after := m.kept(); after != before {
		t.Errorf("the dry runs changed %s to %s", before, after)
	}

	m.mended()
	m.fetched()
}

// mended goes the whole circle of a rejected row: it is written out, mended in a spreadsheet's
// way and loaded, while the jobs show it until then and nothing else is touched.
func (m *mending) mended() {
	m.t.Helper()
	jobs := func(want string) {
		m.t.Helper()
		m.ask(`{ jobs { lastRun { rejected } } }`).at("jobs", 0, "lastRun", "rejected").is(want)
	}
	m.write("in.csv", figureHeader+"89,criterion-19-2,2020,97,119,2021-03-12,,,,B\n89,criterion-19-2,2019,8x,119,2021-03-12,,,\"quoted, twice\",B\n")
	m.run("load")
	jobs("1")
	has(m.t, m.run("rejects", "long"), "in.mended.csv: 1 rejected rows of in.csv", "niengiam load long reads them")
	written, err := os.ReadFile(filepath.Join(m.dir, "in.mended.csv"))
	if err != nil {
		m.t.Fatal(err)
	}
	text := string(written)
	has(m.t, text, "\uFEFFcode,indicator,year,value,denominator,published,status,standing,note,source,niengiam_reason,niengiam_place\r\n",
		`89,criterion-19-2,2019,8x,119,2021-03-12,,,"quoted, twice",B,`, "value: không phải là số / not a number [NOT_A_NUMBER]", "in.csv:3 #")
	if out, errs, code := niengiam(m.t, "rejects", "long", "--workspace", m.dir); code != 0 || !strings.Contains(out, "in.mended-2.csv: 1") {
		m.t.Errorf("exit %d: %s%s", code, out, errs)
	}
	if _, errs, code := niengiam(m.t, "rejects", "long", "--workspace", m.dir, "--output", filepath.Join(m.dir, "in.mended.csv")); code != 1 || !strings.Contains(errs, "OUTPUT_UNCLEAR") {
		m.t.Errorf("a file was overwritten: exit %d, %s", code, errs)
	}
	m.run("load") // the file is not mended yet
	jobs("1")
	if err := os.Remove(filepath.Join(m.dir, "in.mended-2.csv")); err != nil {
		m.t.Fatal(err)
	}
	m.write("in.mended.csv", strings.Replace(text, ",8x,", ",83,", 1))
	has(m.t, m.run("load", "--dry-run"), "new 1, changed 0, dropped 0, unchanged 1", "in.mended.csv:2 (value)")
	m.run("load")
	jobs("0")
	release := m.ask(`{ releases(first: 1) { nodes { added revised removed files { path } } } }`).at("releases", "nodes", 0)
	release.at("added").is("1")
	release.at("revised").is("0")
	release.at("removed").is("0")
	release.at("files", 0, "path").is("in.mended.csv")
	m.dropped()
	m.mendedWorkbook()
	m.cubed()
}

// dropped sends a file to the API, which says what a load would do with it, keeps nothing and
// refuses what is not meant for it.
func (m *mending) dropped() {
	m.t.Helper()
	before := m.kept()
	content := figureHeader + "89,criterion-19-2,2020,90,119,2022-03-12,,,,B\n89,criterion-19-2,2018,x,119,2021-03-12,,,,B\n"
	status, answer := m.upload("1", "long", `C:\mail\in.csv`, content)
	if status != http.StatusOK {
		m.t.Errorf("%d %s", status, answer)
	}
	has(m.t, answer, `"outcome":"held"`, `"text":"Lần nạp sẽ phải chờ duyệt: có con số đã công bố sẽ đổi."`, `"kind":"REVISED","published":"2022-03-12"`,
		`"relativeText":"−7,2%"`, `"reason":"NOT_A_NUMBER"`, `"file":"in.csv"`, `{"header":"value","isRead":true}`, `"rowCount":2`)
	if _, answer = m.upload("", "long", "in.csv", content); !strings.Contains(answer, "GraphQL-Require-Preflight") {
		m.t.Errorf("a form that needs nobody's consent is read: %s", answer)
	}
	if status, answer = m.upload("1", "long", "in.csv", strings.Repeat("x", 8<<20+1)); status != http.StatusRequestEntityTooLarge || !strings.Contains(answer, "BODY_TOO_LARGE") {
		m.t.Errorf("%d %.300s", status, answer)
	}
	if after := m.kept(); after != before {
		m.t.Errorf("the files that were sent changed %s to %s", before, after)
	}
	if content, err := os.ReadFile(filepath.Join(m.dir, "in.csv")); err != nil || strings.Contains(string(content), ",90,") {
		m.t.Errorf("the file of the workspace is %q, %v", content, err)
	}
}

// upload asks with a file for a preview of its load.
func (s *served) upload(consent, source, name, content string) (status int, answer string) {
	s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	operation, err := json.Marshal(map[string]any{"query": `mutation($source: ID!, $file: Upload!) { previewLoad(source: $source, file: $file) { outcome text cells { kind published change { text relativeText } } rejects { reason detail } tables { file columns { header isRead } rowCount rows { cells } } } }`, "variables": map[string]any{"source": source, "file": nil}})
	if err != nil {
		s.t.Fatal(err)
	}
	_ = form.WriteField("operations", string(operation)) // a buffer takes all
	_ = form.WriteField("map", `{"0": ["variables.file"]}`)
	part, _ := form.CreateFormFile("0", name)
	_, _ = io.WriteString(part, content)
	_ = form.Close()
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.address+"/graphql", &body)
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("GraphQL-Require-Preflight", consent)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	told, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response.StatusCode, string(told)
}

// A source in an old encoding gets its rows back in it, tone marks as it has them, and a
// reason in its letters.
func TestRejectsInOldEncodings(t *testing.T) {
	t.Parallel()
	source := &workspace.Source{CSV: workspace.CSV{Encoding: "windows-1258", Delimiter: ';'}}
	table := &mapping.RejectedTable{Header: []string{"tỉnh"}, Rows: []mapping.RejectedRow{{Cells: []string{"Tiền Giang"}, Place: "in.csv:2 #00"}}}
	content, err := rejectsCSV(source, table)
	if err != nil {
		t.Fatal(err)
	}
	sheets, err := format.Read(format.File{Name: "in.mended.csv", Content: content}, format.Options{Encoding: "windows-1258", Delimiter: ';'})
	if err != nil {
		t.Fatal(err)
	}
	var cells []string
	for row, err := range sheets[0].Rows {
		if err != nil {
			t.Fatal(err)
		}
		cells = append(cells, row.Cells...)
	}
	if got := strings.Join(cells, "|"); got != "tỉnh|niengiam_reason|niengiam_place|Tiền Giang||in.csv:2 #00" {
		t.Errorf("the rows come back as %q", got)
	}
	latin, err := charmap.ISO8859_1.NewEncoder().String(encodable("đơn vị – “x”", charmap.ISO8859_1))
	if err != nil || latin != `don vi - "x"` {
		t.Errorf("%q, %v", latin, err)
	}
}

// A workbook keeps numbers as numbers and codes as text.
func TestRejectsAsWorkbook(t *testing.T) {
	t.Parallel()
	content, err := rejectsXLSX(&mapping.RejectedTable{Sheet: "Bảng 1", Header: []string{"mã", "số"}, Rows: []mapping.RejectedRow{{Cells: []string{"01", "0.125"}, Numbers: []int{1}, Place: "in.xlsx [Bảng 1]:2 #00"}}})
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("Bảng 1")
	if err != nil || len(rows) != 2 || strings.Join(rows[1], "|") != "01|0.125||in.xlsx [Bảng 1]:2 #00" {
		t.Errorf("%q, %v", rows, err)
	}
	code, _ := book.GetCellType("Bảng 1", "A2")
	value, _ := book.GetCellType("Bảng 1", "B2")
	if code != excelize.CellTypeSharedString && code != excelize.CellTypeInlineString || value != excelize.CellTypeUnset && value != excelize.CellTypeNumber {
		t.Errorf("the code is of the type %v, the number of %v", code, value)
	}
}
