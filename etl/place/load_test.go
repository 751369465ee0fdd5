package place_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/mapping"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// source is a source of the test's workspace: everything but where its files come from.
const source = `
  - code: %s
    title: {vi: Thử, en: Test}
    publisher: {vi: Thử, en: Test}
    from: %s
    unit: {column: code}
    year: {column: year}
    published: {constant: 2021-03-12}
    measures: [{indicator: {constant: %s}, value: {column: value}}]
`

// ledgerOf is a workspace that fetches, and a warehouse that it is loaded into.
type ledgerOf struct {
	t         *testing.T
	dir       string
	warehouse etl.Sink
}

func (l *ledgerOf) pipeline() *etl.Pipeline {
	l.t.Helper()
	w, err := workspace.Read(l.dir, nil)
	if err != nil {
		l.t.Fatal(err)
	}
	return etl.New(etl.Config{
		Workspace: w, Sink: l.warehouse, Logger: slog.New(slog.DiscardHandler), Now: time.Now, Wait: time.Minute,
		Snapshots: filepath.Join(l.dir, "data", "snapshots"), LockFile: filepath.Join(l.dir, "load.lock"),
	})
}

// load loads a source and reads the record of the run.
func (l *ledgerOf) load(code string) (*ledger.Run, error) {
	l.t.Helper()
	_, failure := l.pipeline().Run(l.t.Context(), code, "test", nil)
	last, err := l.warehouse.LastRuns(l.t.Context())
	if err != nil {
		l.t.Fatal(err)
	}
	for _, run := range last {
		if run.Source == code {
			return run, failure
		}
	}
	l.t.Fatalf("no run of %s was recorded: %v", code, failure)
	return nil, nil
}

// loads loads from each kind of place into one warehouse, twice.
func loads(t *testing.T, p *postgres) {
	p.t = t
	p.do("CREATE TABLE households (code text, year int, value numeric); INSERT INTO households VALUES ('89', 2015, 1), ('89', 2016, 520331), ('xx', 2016, 7)")
	p.do("CREATE ROLE reader LOGIN PASSWORD '" + secret + "'; GRANT SELECT ON households TO reader")
	t.Setenv("PLACE_SECRET", secret)
	storage := newStorage(t)
	storage.put("figures/2020.csv", "code,year,value\n89,2020,47\n")
	storage.put("figures/2021.csv", "code,year,value\n89,2021,48\n")
	inbox := newInbox(t)
	inbox.put("area_2020.zip", zipped(t, map[string]string{"notes.txt": "nothing", "in.csv": "code,value\n89,3\n"}))
	inbox.put("area_2021.csv", "code,value\n89,4\n")
	broken := false
	server := listens(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case broken:
			cutting("Content-Length: 100")(w, nil)
		case r.Header.Get("Authorization") != "Bearer "+secret:
			w.WriteHeader(http.StatusForbidden)
		case r.Header.Get("If-None-Match") == `"one"`:
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("ETag", `"one"`)
			fmt.Fprint(w, figures)
		}
	})
	l := &ledgerOf{t: t, dir: t.TempDir(), warehouse: warehousetest.Lend(t)}
	t.Setenv("TMPDIR", l.dir)
	address := strings.NewReplacer("clickhouse://niengiam:", "", "@", " ").Replace(warehousetest.Address(t, "default"))
	password, host, _ := strings.Cut(address, " ")
	t.Setenv("PLACE_CLICKHOUSE", password)
	l.write([][3]string{
		{"web", "{http: {url: \"" + server.URL + "/2020.csv\", bearer: {env: PLACE_SECRET}, allow: private-addresses, retries: 1}}", "households"},
		{"bucket", "{s3: {endpoint: \"" + storage.address + "\", bucket: yearbook, files: \"figures/*.csv\", access_key: {env: PLACE_SECRET}, secret_key: {env: PLACE_SECRET}, allow: private-addresses}}", "population"},
		{"inbox", "{folder: {path: " + inbox.path + ", files: \"area_*\", still: 50ms}}\n    table: {member: \"*.csv\"}", "paddy-area"},
		{"postgres", "{sql: {server: \"" + p.address("postgres") + "\", user: reader, password: {env: PLACE_SECRET}, query: \"SELECT * FROM households ORDER BY 1, 2\"}}", "households"},
		{"clickhouse", "{sql: {server: \"clickhouse://" + host + "\", user: niengiam, password: {env: PLACE_CLICKHOUSE}, tls: none, query: \"SELECT '89' AS code, 2010 AS year, toDecimal64('1.5000', 4) * 2 AS value\"}}", "population"},
	})
	accepted := map[string]int{"web": 1, "bucket": 2, "inbox": 2, "postgres": 2, "clickhouse": 1}
	for code, want := range map[string][]ledger.Fetched{
		"web":        {{File: "fetched/web/2020.csv", Address: server.URL + "/2020.csv", Version: `ETag "one"`}},
		"bucket":     {{File: "fetched/bucket/figures/2020.csv", Address: storage.address + "/yearbook/figures/2020.csv"}, {File: "fetched/bucket/figures/2021.csv", Address: storage.address + "/yearbook/figures/2021.csv"}},
		"inbox":      {{File: "fetched/inbox/area_2020.zip", Address: inbox.path + "/area_2020.zip"}, {File: "fetched/inbox/area_2021.csv", Address: inbox.path + "/area_2021.csv"}},
		"postgres":   {{File: "fetched/postgres/postgres.jsonl", Address: p.address("postgres")}},
		"clickhouse": {{File: "fetched/clickhouse/clickhouse.jsonl", Address: "clickhouse://" + host}},
	} {
		first, err := l.load(code)
		if err != nil || first.Outcome != ledger.Published || first.Accepted != accepted[code] {
			t.Errorf("%s: %s with %d rows, %v", code, first.Outcome, first.Accepted, err)
			continue
		}
		again, err := l.load(code)
		if err != nil || again.Outcome != ledger.Unchanged || len(again.Releases) != 0 {
			t.Errorf("%s, loaded again: %s, %v", code, again.Outcome, err)
		}
		for _, run := range []*ledger.Run{first, again} {
			if !slices.EqualFunc(run.Fetched, want, func(got, want ledger.Fetched) bool {
				return got.File == want.File && got.Address == want.Address && strings.HasPrefix(got.Version, want.Version) && got.Version != ""
			}) {
				t.Errorf("%s: the run has %+v, want %+v", code, run.Fetched, want)
			}
		}
	}
	l.rejects()
	broken = true
	before := len(l.warehouse.Catalogue().Holdings.Releases)
	run, err := l.load("web")
	if number.CodeOf(err) != "PLACE_CUT" || run.Outcome != ledger.Failed || !strings.Contains(run.Error.EN, server.URL) || !strings.Contains(run.Error.VI, "kết nối đứt") {
		t.Errorf("a place that breaks off: %+v, %v", run, err)
	}
	if after := len(l.warehouse.Catalogue().Holdings.Releases); after != before {
		t.Errorf("%d releases, before %d", after, before)
	}
	broken = false
	if run, err := l.load("web"); err != nil || run.Outcome != ledger.Unchanged {
		t.Errorf("after that: %+v, %v", run, err)
	}
}

// zipped packs files.
func zipped(t *testing.T, files map[string]string) string {
	t.Helper()
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for name, content := range files {
		file, err := w.Create(name)
		if err == nil {
			_, err = file.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.String()
}

// write writes the workspace.
func (l *ledgerOf) write(sources [][3]string) {
	l.t.Helper()
	if err := os.CopyFS(filepath.Join(l.dir, "catalogue"), os.DirFS("../testdata/catalogue")); err != nil {
		l.t.Fatal(err)
	}
	base, err := os.ReadFile("../testdata/long/niengiam.yaml")
	if err != nil {
		l.t.Fatal(err)
	}
	head, _, _ := strings.Cut(string(base), "sources:\n")
	content := head + "sources:"
	for _, s := range sources {
		text := fmt.Sprintf(source, s[0], s[1], s[2])
		if s[0] == "inbox" {
			text = strings.Replace(text, "year: {column: year}", `year: {file: "area_{year}.*"}`, 1)
		}
		content += text
	}
	if err := os.WriteFile(filepath.Join(l.dir, "niengiam.yaml"), []byte(content), 0o644); err != nil {
		l.t.Fatal(err)
	}
}

// rejects holds that a rejected row names its file, and that mended rows of a fetched file are
// read from the workspace.
func (l *ledgerOf) rejects() {
	l.t.Helper()
	w := l.pipeline().Workspace
	tables, _, err := etl.Rejected(context.Background(), w, w.Source("postgres"))
	if err != nil || len(tables) != 1 || tables[0].File != "fetched/postgres/postgres.jsonl" || len(tables[0].Rows) != 1 || tables[0].Rows[0].Cells[0] != "xx" {
		l.t.Fatalf("rejected are %+v, %v", tables, err)
	}
	row := tables[0].Rows[0]
	mended := filepath.Join(l.dir, filepath.FromSlash(tables[0].Mended)+".csv")
	content := strings.Join(append(slices.Clone(tables[0].Header), mapping.ReasonColumn, mapping.PlaceColumn), ",") + "\n89,2017," + row.Cells[2] + ",," + row.Place + "\n"
	if err := os.MkdirAll(filepath.Dir(mended), 0o755); err != nil {
		l.t.Fatal(err)
	}
	if err := os.WriteFile(mended, []byte(content), 0o644); err != nil {
		l.t.Fatal(err)
	}
	if run, err := l.load("postgres"); err != nil || run.Outcome != ledger.Published || run.Rejected != 0 || run.Added != 1 {
		l.t.Errorf("with the mended row: %+v, %v", run, err)
	}
	preview, err := l.pipeline().Preview(context.Background(), "postgres", catalogue.Years{}, 0)
	if err != nil || preview.CellCount != 0 {
		l.t.Errorf("a dry run of the same: %+v, %v", preview, err)
	}
	kept, err := filepath.Glob(filepath.Join(os.TempDir(), "niengiam-fetch-*"))
	if err != nil || len(kept) > 0 {
		l.t.Errorf("dry runs leave %v, %v", kept, err)
	}
	sent, err := l.pipeline().PreviewFile(context.Background(), "bucket", "2021.csv", []byte("code,year,value\n89,2021,49\n"), 0)
	if err != nil || sent.CellCount != 1 || sent.Revised != 1 {
		l.t.Errorf("a file sent in place of a fetched one: %+v, %v", sent, err)
	}
}
