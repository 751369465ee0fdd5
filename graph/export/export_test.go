package export_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// The numbers of the world, with all their digits: 123456789012345.678 has more
// than a float64 holds, (301.5 − 300.0000000001) ÷ 300.0000000001 is 0.5 % less 3.35e-11.
func TestCSV(t *testing.T) {
	e := open(t, newWorld(t), graph.Config{})
	got := get(t, e, "/export/growth.csv")
	if got.Code != 200 || got.Header().Get("Content-Type") != "text/csv; charset=utf-8; header=present" {
		t.Fatalf("%d %s %s", got.Code, got.Header(), got.Body)
	}
	if disposition := got.Header().Get("Content-Disposition"); disposition != "attachment; filename=growth.csv" {
		t.Error(disposition)
	}
	text, marked := strings.CutPrefix(got.Body.String(), "\ufeff")
	if !marked {
		t.Error("Excel needs the mark of UTF-8")
	}
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comment = '#'
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"rank", "unit.code", "unit.name", "current.value", "current.status", "change.absolute", "change.percent", "text"},
		{"1", "885", "Thoại Sơn, ệ ữ ỡ", "123456789012346.678", "A", "1", "0.00000000000081", "123.456.789.012.346,7 nghìn người, tăng 1,0 nghìn người (tăng 0,000000000001%) so với năm 2019"},
		{"2", "883", "Long Xuyên", "301.5", "A", "1.4999999999", "0.4999999999665", "301,5 nghìn người, tăng 1,5 nghìn người (tăng 0,5%) so với năm 2019"},
		{"3", "884", "'" + formula, "2", "A", "-1", "-33.3333333333333333", "2,0 nghìn người, giảm 1,0 nghìn người (giảm 33,3%) so với năm 2019"},
	}
	for i := range want {
		if i >= len(rows) || !slices.Equal(rows[i], want[i]) {
			t.Errorf("row %d: %q\nwant %q", i, rows[min(i, len(rows)-1)], want[i])
		}
	}
	_, notes, _ := strings.Cut(text, "\r\n\r\n")
	for _, line := range []string{
		"#,Câu hỏi / Question,Dân số theo huyện / Population by district\r\n",
		"#,Mô tả / Description,Dân số từng huyện. / The population of each district.\r\n",
		`#,Nguồn / Source,"Niên giám, Cục Thống kê; 1 2021-05-01 / Yearbook, Statistics Office"` + "\r\n",
		"#,Trích dẫn / Citation,niên giám trang 2021-05-01\r\n",
		"#,Định nghĩa / Definition,Định nghĩa https://example.com/definition\r\n",
		"#,Ngoài bảng / Beside the table,ranking.rankedCount = 3\r\n",
		"#,Ngoài bảng / Beside the table,ranking.total.current.value = 123456789012650.178\r\n",
		"Câu truy vấn / Query,", "ranking(indicator:",
	} {
		if !strings.Contains(notes, line) {
			t.Errorf("the notes have no %q:\n%s", line, notes)
		}
	}
	// For programs: the table and nothing else; for spreadsheets of a decimal comma.
	plain := get(t, e, "/export/growth.csv?notes=no").Body.String()
	if all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(plain, "\ufeff"))).ReadAll(); err != nil || len(all) != 4 {
		t.Errorf("%v in %s", err, plain)
	}
	comma := get(t, e, "/export/growth.csv?notes=no&decimal=comma").Body.String()
	if !strings.Contains(comma, "2;883;Long Xuyên;301,5;A;1,4999999999;0,4999999999665;") {
		t.Error(comma)
	}
}

func TestVariables(t *testing.T) {
	e := open(t, newWorld(t), graph.Config{})
	last := get(t, e, "/export/growth.csv?notes=no&year=2019&order=VALUE")
	if !strings.Contains(last.Body.String(), "2,883,Long Xuyên,300.0000000001,A") || !strings.Contains(last.Header().Get("Content-Disposition"), "growth_year-2019_order-VALUE.csv") {
		t.Errorf("%s %s", last.Header(), last.Body)
	}
	for _, query := range []string{"units=883,885", "units=883&units=885"} {
		got := get(t, e, "/export/series.csv?notes=no&"+query).Body.String()
		if strings.Count(got, "\n") != 5 || !strings.Contains(got, "883,Long Xuyên,89,2019,300.0000000001,") || !strings.Contains(got, "885,") {
			t.Errorf("%s: %s", query, got)
		}
	}
	scope := url.QueryEscape(`{"asOf": {"date": "2020-01-01"}}`)
	if got := get(t, e, "/export/growth.json?scope="+scope); got.Code != 200 || !strings.Contains(got.Body.String(), `"rows":[`+"\n]}") || !strings.Contains(got.Body.String(), "UNRANKED_UNITS") {
		t.Errorf("%d %s", got.Code, got.Body)
	}
}

// Whatever is wrong is said with the code that GraphQL has for it, where, and what to do.
func TestFaults(t *testing.T) {
	w := newWorld(t)
	e := open(t, w, graph.Config{})
	cheap := open(t, w, graph.Config{MaxComplexity: 20})
	for address, want := range map[string]struct {
		status                     int
		code, where, nearest, hint string
	}{
		"/export/grwth.csv":                                    {404, "UNKNOWN_QUESTION", "", "growth", "/export/ lists them; /export/-.csv?query=… takes any question"},
		"/export/growth.xls":                                   {404, "UNKNOWN_FORMAT", ".xls", ".csv .xlsx .parquet .arrow .json .jsonstat", ""},
		"/export/growth":                                       {404, "UNKNOWN_FORMAT", "", ".csv .xlsx .parquet .arrow .json .jsonstat", ""},
		"/export/growth.csv?yeer=2020":                         {400, "BAD_ARGUMENT", "yeer", "year", "the question growth has year, order, scope"},
		"/export/growth.csv?year=2020.5":                       {400, "BAD_ARGUMENT", "year", "", "the question has $year: Int!"},
		"/export/growth.csv?year=2020&year=2019":               {400, "BAD_ARGUMENT", "year", "", "the question has $year: Int!"},
		"/export/growth.csv?order=SIZE":                        {400, "BAD_ARGUMENT", "order", "", "the question has $order: RankingOrder!"},
		"/export/growth.csv?scope=now":                         {400, "BAD_ARGUMENT", "scope", "", "the question has $scope: ScopeInput"},
		"/export/growth.csv?notes=maybe":                       {400, "BAD_ARGUMENT", "notes", "yes no", ""},
		"/export/growth.csv?year=1066":                         {400, "UNKNOWN_YEAR", "year", "", ""},
		"/export/series.csv?units=8830":                        {400, "UNKNOWN_UNIT", "units", "…", "…"},
		"/export/growth.csv?table=rows":                        {400, "UNKNOWN_TABLE", "table", "ranking.rows", ""},
		"/export/-.csv":                                        {400, "BAD_REQUEST", "", "", "…"},
		"/export/-.csv?query={levels{cod}}":                    {400, "GRAPHQL_VALIDATION_FAILED", "", "", ""},
		"/export/-.csv?query={levels{code}":                    {400, "GRAPHQL_PARSE_FAILED", "", "", ""},
		"/export/-.csv?query={levels{code}units{nodes{code}}}": {400, "SEVERAL_TABLES", "table", "levels units.nodes", "…"},
		"/export/-.jsonstat?query={levels{code}}":              {400, "NOT_A_CUBE", "", "", "…"},
		"/export/-.csv?query={ranking(indicator:%22population%22,year:2020,level:%22district%22){notes{code}}}": {400, "NOT_A_TABLE", "", "", "…"},
	} {
		got := get(t, e, address)
		said := faultOf(t, got)
		nearest := strings.Join(said.Extensions.Nearest, " ")
		if got.Code != want.status || said.Extensions.Code != want.code || said.Extensions.Where != want.where || said.Message == "" ||
			nearest != want.nearest && want.nearest != "…" || said.Extensions.Hint != want.hint && (want.hint != "…" || said.Extensions.Hint == "") {
			t.Errorf("%s: %d %+v", address, got.Code, said)
		}
		if got.Header().Get("ETag") != "" || got.Header().Get("Content-Disposition") != "" || got.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: a fault is no file: %v", address, got.Header())
		}
	}
	if got := get(t, cheap, "/export/growth.csv"); got.Code != 400 || faultOf(t, got).Extensions.Code != "TOO_DEAR" {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	for _, method := range []string{"POST", "DELETE"} {
		if got := do(t, e, method, "/export/growth.csv", ""); got.Code != 405 || got.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d %v", method, got.Code, got.Header())
		}
	}
}

// The engine's faults are not the caller's: the status says so, and the cause of
// what is not coded stays hidden.
func TestEngineDown(t *testing.T) {
	w := newWorld(t)
	e := open(t, w, graph.Config{})
	for code, c := range map[string]struct {
		err    error
		status int
	}{
		"ENGINE_DOWN": {&number.Error{Code: "ENGINE_DOWN", Message: number.EnglishOnly("the store does not answer"), Hint: number.EnglishOnly("ask again")}, 503},
		"INTERNAL":    {errors.New("secret"), 500},
	} {
		w.before = func() error { return c.err }
		for _, format := range []string{"csv", "xlsx", "parquet", "arrow", "json", "jsonstat"} {
			got := get(t, e, "/export/growth."+format)
			if got.Code != c.status || faultOf(t, got).Extensions.Code != code || strings.Contains(got.Body.String(), "secret") {
				t.Errorf("%s: %d %s", format, got.Code, got.Body)
			}
			if (got.Header().Get("Retry-After") != "") != (c.status == 503) {
				t.Errorf("Retry-After %q", got.Header().Get("Retry-After"))
			}
		}
	}
}

// No ETag is made of what may be withheld: of the checksums of files and of the values that
// findings tell. With it one could try numbers until it agrees.
func TestETagsTellNoValues(t *testing.T) {
	var tags []string
	for _, secret := range []string{"4", "3"} {
		w := newWorld(t)
		w.files = []ledger.File{{Path: "in.csv", SHA256: secret, Bytes: int64(len(secret))}}
		w.findings = []ledger.Finding{{Code: number.NoteConflict, IndicatorCode: "population", UnitCode: "883", Year: 2020, Used: secret, Other: secret}}
		w.publish(t, "2021-06-01", map[string][2]string{"883": {"1", "2"}})
		tags = append(tags, get(t, open(t, w, graph.Config{}), "/export/growth.csv").Header().Get("ETag"))
	}
	if tags[0] == "" || tags[0] != tags[1] {
		t.Errorf("the ETags are %s", tags)
	}
}

// The same state, question and form are the same bytes under the same strong
// ETag; anything else has another one.
func TestETag(t *testing.T) {
	w := newWorld(t)
	e := open(t, w, graph.Config{})
	seen := map[string]string{}
	for _, format := range []string{"csv", "xlsx", "parquet", "arrow", "json", "jsonstat"} {
		address := "/export/growth." + format
		first, again := get(t, e, address), get(t, open(t, w, graph.Config{}), address)
		etag := first.Header().Get("ETag")
		if first.Code != 200 || etag == "" || etag[0] != '"' || etag != again.Header().Get("ETag") || first.Body.String() != again.Body.String() {
			t.Errorf("%s: %d %s and %s, the same bytes: %v", format, first.Code, etag, again.Header().Get("ETag"), first.Body.String() == again.Body.String())
		}
		if other, taken := seen[etag]; taken {
			t.Errorf("%s has the ETag of %s", format, other)
		}
		seen[etag] = format
		w.before = func() error { return errors.New("nothing is asked for a file that is there") }
		not := get(t, e, address, "If-None-Match", `"other", W/`+etag)
		if not.Code != 304 || not.Body.Len() != 0 || not.Header().Get("ETag") != etag {
			t.Errorf("%s: %d %v", format, not.Code, not.Header())
		}
		w.before = nil
		head := do(t, e, http.MethodHead, address, "")
		if head.Code != 200 || head.Body.Len() != 0 || head.Header().Get("ETag") != etag || head.Header().Get("Content-Disposition") == "" {
			t.Errorf("%s: %d %v", format, head.Code, head.Header())
		}
	}
	etag := get(t, e, "/export/growth.csv").Header().Get("ETag")
	for _, other := range []string{"?year=2019", "?notes=no", "?decimal=comma"} {
		if got := get(t, e, "/export/growth.csv"+other, "If-None-Match", etag); got.Code != 200 {
			t.Errorf("%s: %d", other, got.Code)
		}
	}
	w.publish(t, "2022-05-01", map[string][2]string{"884": {"3", "4"}})
	got := get(t, e, "/export/growth.csv", "If-None-Match", etag)
	if got.Code != 200 || !strings.Contains(got.Body.String(), "'=HYPERLINK(\"\"http://example.com\"\",\"\"x\"\")\",4,A,") {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	if !strings.Contains(got.Body.String(), "niên giám trang 2022-05-01") || !strings.Contains(got.Body.String(), "niên giám trang 2021-05-01") {
		t.Errorf("both releases are sources now: %s", got.Body)
	}
}

// A release that comes while the answer is made: file, sources and ETag are of
// one state, the later one.
func TestReleaseMeanwhile(t *testing.T) {
	w := newWorld(t)
	e := open(t, w, graph.Config{})
	before := get(t, e, "/export/growth.csv").Header().Get("ETag")
	w.before = func() error {
		w.before = nil
		w.publish(t, "2022-05-01", map[string][2]string{"884": {"3", "4"}})
		return nil
	}
	got := get(t, e, "/export/growth.csv")
	after := get(t, e, "/export/growth.csv")
	if etag := got.Header().Get("ETag"); etag == before || etag != after.Header().Get("ETag") || got.Body.String() != after.Body.String() {
		t.Errorf("%s, before %s, after %s:\n%s", etag, before, after.Header().Get("ETag"), got.Body)
	}
}

func TestAnyQuestion(t *testing.T) {
	e := open(t, newWorld(t), graph.Config{})
	query := `query($c: ID!) { unit(code: $c) { code name children { code name } } }`
	address := "/export/-.csv?notes=no&query=" + url.QueryEscape(query) + "&variables=" + url.QueryEscape(`{"c": "89"}`)
	got := get(t, e, address)
	posted := do(t, e, http.MethodPost, "/export/-.csv?notes=no", `{"query": "`+query+`", "variables": {"c": "89"}}`, "Content-Type", "application/json")
	if got.Code != 200 || got.Body.String() != posted.Body.String() || got.Header().Get("ETag") != posted.Header().Get("ETag") {
		t.Fatalf("%d %s\n%d %s", got.Code, got.Body, posted.Code, posted.Body)
	}
	if text := got.Body.String(); !strings.HasPrefix(text, "\ufeffcode,name\r\n883,Long Xuyên\r\n884,\"'=HYPERLINK(") {
		t.Error(text)
	}
	if head := do(t, e, http.MethodHead, address, ""); head.Code != 200 || head.Header().Get("Content-Disposition") != "attachment; filename=unit.csv" {
		t.Errorf("%d %v", head.Code, head.Header())
	}
}

func TestListOfQuestions(t *testing.T) {
	got := get(t, open(t, newWorld(t), graph.Config{}), "/export/")
	var list struct {
		Questions []struct {
			Code      string
			Title     number.Text
			Variables []struct{ Name, Type, Default string }
			Tables    []string
			Files     map[string]string
		}
	}
	if err := json.Unmarshal(got.Body.Bytes(), &list); err != nil || len(list.Questions) != 2 {
		t.Fatalf("%v %s", err, got.Body)
	}
	q := list.Questions[0]
	if q.Code != "growth" || q.Title.EN != "Population by district" || q.Variables[0].Name != "year" || q.Variables[0].Type != "Int!" ||
		q.Variables[0].Default != "2020" || q.Variables[2].Default != "null" || q.Tables[0] != "ranking.rows" || q.Files["xlsx"] != "/export/growth.xlsx" {
		t.Errorf("%+v", q)
	}
}

// A file is of one language: the question's, the address's or the header's. Its ETag is its
// own, and only what depends on the header says so; decimals are written as the format does.
func TestLanguageOfAFile(t *testing.T) {
	e := open(t, newWorld(t), graph.Config{})
	const vi, en = "301,5 nghìn người, tăng 1,5 nghìn người", "301.5 thousand people, up 1.5 thousand people"
	etags := map[string]string{}
	for name, c := range map[string]struct {
		address, header, want, vary string
	}{
		"nothing":        {"/export/growth.csv", "", vi, "Accept-Language"},
		"the header":     {"/export/growth.csv", "en-US,en;q=0.8", en, "Accept-Language"},
		"the address":    {"/export/growth.csv?lang=en", "vi", en, ""},
		"the other":      {"/export/growth.csv?lang=vi", "en", vi, ""},
		"any question":   {"/export/-.csv?query=" + url.QueryEscape(`query @answer(language: EN, decimals: NUMBER) { ranking(indicator: "population", level: "district", year: 2020) { rows { current { value } text } } }`), "vi", en, ""},
		"as a JSON file": {"/export/growth.json?lang=en&decimals=number", "", en, ""},
	} {
		got := get(t, e, c.address, "Accept-Language", c.header)
		if got.Code != 200 || !strings.Contains(got.Body.String(), c.want) || got.Header().Get("Vary") != c.vary {
			t.Errorf("%s: %d, Vary %q: %s", name, got.Code, got.Header().Get("Vary"), got.Body)
		}
		etags[name] = got.Header().Get("ETag")
		if again := get(t, e, c.address, "Accept-Language", c.header, "If-None-Match", etags[name]); again.Code != 304 || again.Header().Get("Vary") != c.vary {
			t.Errorf("%s again: %d %v", name, again.Code, again.Header())
		}
	}
	if etags["nothing"] == etags["the header"] || etags["the address"] != etags["the header"] {
		t.Errorf("the ETags are %v", etags)
	}
	if got := get(t, e, "/export/growth.csv", "Accept-Language", "en", "If-None-Match", etags["nothing"]); got.Code != 200 {
		t.Errorf("the other language is given %d", got.Code)
	}
	const numbers = `query @answer(decimals: %s) { ranking(indicator: "population", level: "district", year: 2020) { rows { current { value } change { percent } } total { current { value } } } }`
	for _, format := range []string{"csv?notes=no&", "json?table=ranking.rows&", "arrow?"} {
		var files []string
		for _, form := range []string{"STRING", "NUMBER"} {
			address := "/export/-." + format + "query=" + url.QueryEscape(strings.Replace(numbers, "%s", form, 1))
			files = append(files, strings.ReplaceAll(get(t, e, address).Body.String(), form, ""))
		}
		if files[0] != files[1] || files[0] == "" {
			t.Errorf("%s: %s\n%s", format, files[0], files[1])
		}
	}
}
