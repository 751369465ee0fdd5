package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
)

// fetched loads the source from an address on the web: checked without a request, shown by a
// dry run, published, unchanged, and failed with nothing published. The secret that the server
// wants is told nowhere.
func (m *mending) fetched() {
	m.t.Helper()
	const secret = "s3cret-of-the-office"
	var asked, unchanged, cut atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		switch {
		case r.Header.Get("Authorization") != "Bearer "+secret || r.URL.Query().Get("key") != secret:
			w.WriteHeader(http.StatusForbidden)
		case cut.Load() > 0:
			w.Header().Set("Content-Length", "100000")
			fmt.Fprint(w, figureHeader)
		case r.Header.Get("If-None-Match") == `"one"`:
			unchanged.Add(1)
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("ETag", `"one"`)
			w.Header().Set("Content-Disposition", `attachment; filename="../in-2015.csv"`)
			fmt.Fprint(w, figureHeader+"89,criterion-19-2,2015,60,119,2016-03-12,,,,B\n89,criterion-19-2,2014,8x,119,2016-03-12,,,,B\n")
		}
	}))
	m.t.Cleanup(server.Close)
	m.write("token", secret+"\n")
	at := fmt.Sprintf("from: {http: {url: %q, bearer: {file: token}, query: {key: {file: token}}, allow: private-addresses, retries: 1}}\n    gone_rows: keep", server.URL+"/in.csv")
	m.write("niengiam.yaml", strings.Replace(smallSettings(m.t), `files: ["in*.csv"]`, at, 1))
	told := m.run("check")
	has(m.t, told, "long: its files are fetched by a load alone; niengiam load long --dry-run fetches and reads them")
	if asked.Load() != 0 {
		m.t.Error("check asked the server")
	}
	told += m.run("load", "--dry-run")
	has(m.t, told, "new 1, changed 0, dropped 0", "60/119", "fetched/long/in-2015.csv:3")
	told += m.run("load")
	published := m.run("sql", "--format", "csv", "SELECT count() FROM release")
	has(m.t, m.run("load"), "unchanged")
	if unchanged.Load() != 1 {
		m.t.Errorf("the server said %d times that nothing changed", unchanged.Load())
	}
	fetched := m.ask(`{ jobs { lastRun { outcome rejected fetched { file address version } } } }`).at("jobs", 0, "lastRun")
	fetched.at("outcome").is("unchanged")
	fetched.at("rejected").is("1")
	fetched.at("fetched", 0, "file").is("fetched/long/in-2015.csv")
	fetched.at("fetched", 0, "address").is(server.URL + "/in.csv")
	fetched.at("fetched", 0, "version").is(`ETag "one"`)
	told += m.run("rejects", "long")
	if written, err := os.ReadFile(filepath.Join(m.dir, "fetched/long/in-2015.mended.csv")); err != nil || !strings.Contains(string(written), ",8x,") {
		m.t.Errorf("the rejected rows are %q, %v", written, err)
	}
	cut.Store(1)
	out, errs, code := niengiam(m.t, "load", "--workspace", m.dir, "--data", m.data)
	if code == 0 {
		m.t.Errorf("a connection that broke off is no fault: %s", out)
	}
	has(m.t, errs, "PLACE_CUT", server.URL+"/in.csv: the connection broke off")
	failed := m.ask(`{ jobs { lastRun { outcome error(language: VI) } } }`)
	failed.at("jobs", 0, "lastRun", "outcome").is("failed")
	has(m.t, fmt.Sprint(failed.at("jobs", 0, "lastRun", "error")), "kết nối đứt trước khi hết tệp")
	if after := m.run("sql", "--format", "csv", "SELECT count() FROM release"); after != published {
		m.t.Errorf("a failed load published: %s, before %s", after, published)
	}
	if told += out + errs + fmt.Sprint(failed) + m.printed(); strings.Contains(told, secret) {
		m.t.Errorf("the secret is told:\n%s", told)
	}
}
