package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/niengiam/niengiam/briefing/delivery/deliverytest"
)

// secrets are what no door may tell of the invented workspace: the small number 4 of
// A, the 6217 of C, from which it could be computed back, what was made of them, and
// what the sources say of them.
var secrets = map[string]*regexp.Regexp{
	"a small number":        regexp.MustCompile(`(?i)(^|[\s":>,;(])[34] (ca|cases?)\b|"(value|absolute|actual|old|new)":"?[34]"?[,}]`),
	"the number of C":       regexp.MustCompile(`6[.,]?217`),
	"the sum over years":    regexp.MustCompile(`7[.,]?005|15[.,]?220`),
	"a change of A":         regexp.MustCompile(`6[.,]?997|99[.,]94|0[.,]05713`),
	"a change of C":         regexp.MustCompile(`2[.,]?786|30[.,]9452|69[.,]0547`),
	"a share of the total":  regexp.MustCompile(`0[.,]02788|43[.,]3421`),
	"a gap to the target":   regexp.MustCompile(`4[.,]?996|1[.,]?217`),
	"a mean or a median":    regexp.MustCompile(`\b3[.,]?586\b|3[.,]?110[.,]5`),
	"a remark of a source":  regexp.MustCompile(`bốn ca|four cases|ba ca|three cases|trạm ghi|station wrote`),
	"a share of the change": regexp.MustCompile(`72[.,]418|28[.,]834`),
}

// keepsSecrets holds a text against all of them.
func keepsSecrets(t *testing.T, where, text string) {
	t.Helper()
	for what, secret := range secrets {
		if at := secret.FindStringIndex(text); at != nil {
			t.Errorf("%s tells %s, %q", where, what, text[max(0, at[0]-60):min(len(text), at[1]+60)])
		}
	}
}

// No door tells a suppressed number or one that it could be computed back from, and
// each says that it is suppressed. TestTheSecretsAreMet holds the list itself: who may see
// the numbers meets each secret.
func TestNoDoorTellsSmallNumbers(t *testing.T) {
	t.Parallel()
	bi := newTool(t)
	to := newPlaces(t)
	s := serve(t, append([]string{"--load", "--release-management", "view", "--workspace", to.workspace}, bi.args()...)...)
	t.Run("exports", func(t *testing.T) { on(s, t).suppressedExports() })
	t.Run("briefings", func(t *testing.T) { on(s, t).suppressedBriefings() })
	t.Run("dashboard", func(t *testing.T) {
		told := on(s, t).screen()
		keepsSecrets(t, "the dashboard", told)
		if strings.Count(told, `"reason":"SUPPRESSED"`) < 6 {
			t.Errorf("the dashboard does not say what is suppressed: %s", told)
		}
	})
	t.Run("SQL", func(t *testing.T) {
		for _, view := range []string{"published_observation", "published_indicator", "published_unit", "published_stated"} {
			_, told := bi.ask("SELECT * FROM " + view + " FORMAT JSONEachRow")
			keepsSecrets(t, view, told)
		}
		bi.is("SELECT count() FROM published_observation", "0")
		bi.is("SELECT confidential_below FROM published_indicator WHERE indicator = 'cases'", "5")
	})
	t.Run("deliveries", func(t *testing.T) { to.suppressedDeliveries(on(s, t)) })
}

// The secrets are what the answers would tell: who has the right meets each of them.
func TestTheSecretsAreMet(t *testing.T) {
	t.Parallel()
	s := serve(t, "--load", "--workspace", invented, "--caller-confidential")
	var all strings.Builder
	for _, file := range s.exports() {
		_, body := s.get(file.address)
		all.Write(body)
	}
	all.WriteString(s.screen())
	_, body := s.get("/briefing?unit=P&year=2020")
	all.Write(body)
	for what, secret := range secrets {
		if !secret.MatchString(all.String()) {
			t.Errorf("no answer tells %s to who may see it", what)
		}
	}
}

// exported is one table of a saved question as a file.
type exported struct{ question, table, format, address string }

// exports are all saved questions in all formats, every table of each.
func (s *served) exports() []exported {
	s.t.Helper()
	var list struct {
		Questions []struct {
			Code   string
			Tables []string
		}
	}
	if _, body := s.get("/export/"); json.Unmarshal(body, &list) != nil || len(list.Questions) == 0 {
		s.t.Fatalf("no questions: %s", body)
	}
	var files []exported
	for _, q := range list.Questions {
		files = append(files, exported{q.Code, "", "xlsx", "/export/" + q.Code + ".xlsx"})
		for _, table := range q.Tables {
			for _, format := range []string{"csv", "json", "parquet", "arrow", "jsonstat"} {
				files = append(files, exported{q.Code, table, format, "/export/" + q.Code + "." + format + "?table=" + url.QueryEscape(table)})
			}
		}
	}
	return files
}

// suppressedExports reads every file with a reader of its own.
func (s *served) suppressedExports() {
	wanted := map[string][][]string{} // of ClickHouse, by address
	for _, file := range s.exports() {
		status, body := s.get(file.address)
		if status != http.StatusOK && file.format != "jsonstat" { // some tables have no dimensions
			s.t.Errorf("%s: %d %s", file.address, status, body)
			continue
		}
		keepsSecrets(s.t, file.address, string(body)) // of Parquet and Arrow what the file says of itself
		switch file.format {
		case "csv":
			rows := s.csv(file.address + "&notes=no")
			s.suppressedRows(file.address, rows)
			for _, format := range []string{".parquet", ".arrow"} {
				wanted[strings.Replace(file.address, ".csv", format, 1)] = rows
			}
		case "json":
			s.says(file, string(body), `"SUPPRESSED"`)
		case "jsonstat":
			if file.question == "series" {
				s.says(file, string(body), `"C"`)
			}
		case "xlsx":
			keepsSecrets(s.t, file.address, unzipped(s.t, body))
			cells := sheets(s.t, body)
			keepsSecrets(s.t, file.address, cells)
			s.says(file, cells, "SUPPRESSED")
		}
	}
	for address, again := range s.clickHouse(slices.Collect(maps.Keys(wanted))...) {
		if !slices.EqualFunc(again, wanted[address], slices.Equal[[]string]) {
			s.t.Errorf("ClickHouse reads of %s\n%q\nwant\n%q", address, again, wanted[address])
		}
	}
}

// says holds that a file of figures says what is suppressed. What has no figure of A
// or C is told apart by its question.
func (s *served) says(file exported, text, word string) {
	s.t.Helper()
	silent := []string{"behind", "briefing", "summary"}
	others := []string{"ranking.rows", "table.total.cells", "releases.nodes", "releases.nodes.changes.nodes", "releases.nodes.findings"}
	if !slices.Contains(silent, file.question) && !slices.Contains(others, file.table) && !strings.Contains(text, word) {
		s.t.Errorf("%s does not say %s: %s", file.address, word, text)
	}
}

// measured are the columns that tell how much.
var measured = regexp.MustCompile(`(^|\.)(value|absolute|percent|index|cagr|share|gap|actual|paceNeeded|rank|movement|new)$`)

// suppressedRows: the rows of A and C of 2020 have no number, and status C wherever
// they have one.
func (s *served) suppressedRows(where string, rows [][]string) {
	s.t.Helper()
	head := rows[0]
	for _, row := range rows[1:] {
		cells := map[string]string{}
		for i, name := range head {
			cells[name] = row[i]
		}
		unit, year := cells["unit.code"]+cells["changes.nodes.unitCode"], cells["figures.year"]+cells["changes.nodes.year"]
		if unit != "A" && unit != "C" || year == "2019" {
			continue
		}
		for name, cell := range cells {
			before := strings.HasPrefix(name, "base.") || strings.Contains(name, ", 2019") && !strings.Contains(name, ", 2020")
			if !before && measured.MatchString(name) && cell != "" {
				s.t.Errorf("%s: %s of %s is %q", where, name, unit, cell)
			}
			fresh := cell == "" && strings.HasSuffix(name, "oldStatus") // the cell had no figure before
			if !before && strings.HasSuffix(strings.ToLower(name), "status") && cell != "C" && !fresh {
				s.t.Errorf("%s: %s of %s is %q, want C", where, name, unit, cell)
			}
			if !before && strings.HasSuffix(name, "reason") && cell != "SUPPRESSED" {
				s.t.Errorf("%s: %s of %s is %q, want SUPPRESSED", where, name, unit, cell)
			}
		}
	}
}

// suppressedBriefings opens the briefings again: the province, and the district of
// the small number, which says why it has none.
func (s *served) suppressedBriefings() {
	for _, c := range []struct{ address, says string }{
		{"unit=P&year=2020", "không công bố để bảo mật các số nhỏ"},
		{"unit=P&year=2020&lang=en&since=2020-06-01", "withheld"},
		{"unit=A&year=2020", "năm 2020: không công bố"},
		{"unit=C&year=2020&lang=en", "2020: withheld"},
		{"unit=A&year=2020&template=cases&asOf=2021-03-01", "năm 2020: không công bố"},
	} {
		_, page := s.get("/briefing?" + c.address)
		keepsSecrets(s.t, "the page of "+c.address, string(page))
		holds(s.t, "the page of "+c.address, plainText(string(page)), []string{c.says})
		pdf := external(s.t, "pdftotext", "-raw", s.saved("/briefing.pdf?"+c.address), "-")
		keepsSecrets(s.t, "the PDF of "+c.address, pdf)
		holds(s.t, "the PDF of "+c.address, pdf, []string{c.says})
		_, docx := s.get("/briefing.docx?" + c.address)
		text := unzipped(s.t, docx)
		keepsSecrets(s.t, "the document of "+c.address, text)
		holds(s.t, "the document of "+c.address, plainText(text), []string{c.says})
		if told := plainText(string(page)); strings.HasPrefix(c.address, "unit=A&year=2020") && strings.Contains(told, "chưa có số liệu") {
			s.t.Errorf("what is suppressed is told as missing: %s", told)
		}
	}
}

// screen is all that the page of a dashboard asks.
func (s *served) screen() string {
	s.t.Helper()
	question, err := os.ReadFile("../../web/src/dashboard/dashboard.graphql")
	if err != nil {
		s.t.Fatal(err)
	}
	body, err := json.Marshal(map[string]any{
		"query": string(question), "operationName": "Screen", "variables": map[string]string{"code": "cases", "language": "EN"},
	})
	if err != nil {
		s.t.Fatal(err)
	}
	response, err := http.Post(s.address+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	told, err := io.ReadAll(response.Body)
	if err != nil || strings.Contains(string(told), `"errors"`) {
		s.t.Fatalf("%v %s", err, told)
	}
	return string(told)
}

// places are where the invented workspace delivers to.
type places struct {
	workspace string // with both deliveries to a folder, by mail and to a webhook
	mail      *deliverytest.MailServer
	mu        sync.Mutex
	posted    map[string][]byte
}

func newPlaces(t *testing.T) *places {
	t.Helper()
	to := &places{workspace: t.TempDir(), mail: deliverytest.Serve(t, 0), posted: map[string][]byte{}}
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, options, _ := mime.ParseMediaType(r.Header.Get("Content-Disposition"))
		body, err := io.ReadAll(r.Body)
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		to.mu.Lock()
		defer to.mu.Unlock()
		to.posted[options["filename"]] = body
	}))
	t.Cleanup(hook.Close)
	if err := os.CopyFS(to.workspace, os.DirFS(invented)); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(to.workspace, "niengiam.yaml")
	address := fmt.Sprintf(`, mail: {from: a@example.org, to: [b@example.org], server: %q}, webhook: {url: %q}}`, to.mail.Address, hook.URL)
	write(t, file, regexp.MustCompile(`(to: \{folder: \w+)\}`).ReplaceAllString(read(t, file), "${1}"+address))
	return to
}

// arrived are all files that came, by where and name, and the words of the mails.
func (to *places) arrived(s *served) map[string][]byte {
	s.t.Helper()
	all := map[string][]byte{}
	for _, dir := range []string{"whole", "part"} {
		for _, format := range []string{".pdf", ".docx"} {
			if file, err := os.ReadFile(filepath.Join(s.data, "deliveries", dir, dir+"-2020"+format)); err == nil {
				all["folder "+dir+format] = file
			}
		}
	}
	for _, letter := range to.mail.Letters() {
		for name, file := range letter.Files {
			all["mail "+name] = file
			all["words of "+strings.TrimSuffix(name, filepath.Ext(name))] = []byte(letter.Subject + "\n" + letter.Text)
		}
	}
	to.mu.Lock()
	defer to.mu.Unlock()
	for name, file := range to.posted {
		all["post "+name] = file
	}
	return all
}

// suppressedDeliveries waits for what the schedule of every minute sends: two briefings
// in two formats to three places each, and the words of each mail beside its files. Those
// of the whole are its headline, in which nothing is suppressed.
func (to *places) suppressedDeliveries(s *served) {
	var all map[string][]byte
	for deadline := time.Now().Add(patience); len(all) < 2*2*3+2; time.Sleep(50 * time.Millisecond) {
		if all = to.arrived(s); time.Now().After(deadline) {
			s.t.Fatalf("of the deliveries only %v arrive:\n%s", slices.Sorted(maps.Keys(all)), s.printed())
		}
	}
	for name, file := range all {
		text := string(file)
		switch filepath.Ext(name) {
		case ".pdf":
			path := filepath.Join(s.t.TempDir(), "briefing.pdf")
			write(s.t, path, text)
			text = external(s.t, "pdftotext", "-raw", path, "-")
		case ".docx":
			text = unzipped(s.t, file)
		}
		keepsSecrets(s.t, name, text)
		if name != "words of whole-2020" && !strings.Contains(text, "không công bố") && !strings.Contains(text, "withheld") {
			s.t.Errorf("%s does not say what is suppressed: %s", name, text)
		}
	}
}

// unzipped is all texts of a package of XML.
func unzipped(t *testing.T, body []byte) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, part := range archive.File {
		reader, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.Copy(&all, reader)
		if err := reader.Close(); err != nil {
			t.Fatal(err)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

// sheets is every cell of every sheet of a workbook.
func sheets(t *testing.T, body []byte) string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var all strings.Builder
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			all.WriteString(strings.Join(row, "\t") + "\n")
		}
	}
	return all.String()
}
