package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

const page, script = "<title>Niengiam</title>", "console.log('niengiam')"

// built is a build as Vite leaves it: text compressed, fonts as they are.
func built(t *testing.T) http.Handler {
	t.Helper()
	h, err := handler(fstest.MapFS{
		"index.html.gz":          {Data: compress(t, page)},
		"graphiql/index.html.gz": {Data: compress(t, page)},
		"assets/main-a1.js.gz":   {Data: compress(t, script)},
		"assets/mono-b2.woff2":   {Data: []byte("wOF2")},
		"assets/page-c3.css.gz":  {Data: compress(t, "body{}")},
		"missing/index.html.gz":  {Data: compress(t, `<div id="page" data-root="../"></div><script src="../assets/main-a1.js"></script>`)},
		"assets/source-sans-3-latin-wght-normal-BqR-Tx4X.woff2": {Data: []byte("wOF2 sans")},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func compress(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// ask sends one request; headers are pairs of name and value.
func ask(h http.Handler, method, path string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func text(t *testing.T, r *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestAssets(t *testing.T) {
	const forever = "public, max-age=31536000, immutable"
	for _, c := range []struct{ path, contentType, cache, body string }{
		{"/", "text/html; charset=utf-8", "no-cache", page},
		{"/index.html", "text/html; charset=utf-8", "no-cache", page},
		{"/graphiql/", "text/html; charset=utf-8", "no-cache", page},
		{"/assets/main-a1.js", "text/javascript; charset=utf-8", forever, script},
		{"/assets/page-c3.css", "text/css; charset=utf-8", forever, "body{}"},
		{"/assets/mono-b2.woff2", "font/woff2", forever, "wOF2"},
	} {
		r := ask(built(t), http.MethodGet, c.path)
		if r.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", c.path, r.StatusCode)
		}
		if got := r.Header.Get("Content-Type"); got != c.contentType {
			t.Errorf("%s: content type %q, want %q", c.path, got, c.contentType)
		}
		if got := r.Header.Get("Cache-Control"); got != c.cache {
			t.Errorf("%s: cache %q, want %q", c.path, got, c.cache)
		}
		if got := text(t, r); got != c.body {
			t.Errorf("%s: body %q, want %q", c.path, got, c.body)
		}
	}
}

func TestEveryAnswerIsSecured(t *testing.T) {
	for _, path := range []string{"/", "/assets/main-a1.js", "/nowhere", "/graphiql/", "/graphiql"} {
		h := ask(built(t), http.MethodGet, path).Header
		if got := h.Get("Content-Security-Policy"); !strings.HasPrefix(got, "default-src 'none'; script-src 'self';") {
			t.Errorf("%s: policy %q", path, got)
		}
		if loose := strings.Contains(h.Get("Content-Security-Policy"), "unsafe"); loose != (path == "/graphiql/") {
			t.Errorf("%s: unsafe styles allowed: %t", path, loose)
		}
		if strings.Contains(h.Get("Content-Security-Policy"), "http") {
			t.Errorf("%s: the policy names an outside address", path)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: headers %v", path, h)
		}
	}
}

func TestGzipIsSentToThoseWhoTakeIt(t *testing.T) {
	for _, c := range []struct{ accept, encoding string }{
		{"gzip, deflate, br", "gzip"},
		{"br;q=1.0, gzip;q=0.5", "gzip"},
		{"gzip;q=0", ""},
		{"identity", ""},
	} {
		r := ask(built(t), http.MethodGet, "/assets/main-a1.js", "Accept-Encoding", c.accept)
		if got := r.Header.Get("Content-Encoding"); got != c.encoding {
			t.Errorf("%q: encoding %q, want %q", c.accept, got, c.encoding)
		}
		if r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: no Vary", c.accept)
		}
		body := []byte(text(t, r))
		if c.encoding == "gzip" {
			opened, err := gunzip(body)
			if err != nil {
				t.Fatal(err)
			}
			body = opened
		}
		if string(body) != script {
			t.Errorf("%q: body %q", c.accept, body)
		}
	}
}

func TestTagsSpareASecondSending(t *testing.T) {
	h := built(t)
	plain := ask(h, http.MethodGet, "/").Header.Get("ETag")
	packed := ask(h, http.MethodGet, "/", "Accept-Encoding", "gzip").Header.Get("ETag")
	if plain == "" || plain == packed {
		t.Fatalf("tags %q and %q: each form needs its own", plain, packed)
	}
	r := ask(h, http.MethodGet, "/", "Accept-Encoding", "gzip", "If-None-Match", packed)
	if r.StatusCode != http.StatusNotModified || text(t, r) != "" {
		t.Errorf("status %d", r.StatusCode)
	}
}

func TestHeadHasNoBody(t *testing.T) {
	r := ask(built(t), http.MethodHead, "/")
	if r.StatusCode != http.StatusOK || text(t, r) != "" {
		t.Errorf("status %d", r.StatusCode)
	}
}

func TestAPageWithoutItsSlashIsSentToIt(t *testing.T) {
	r := ask(built(t), http.MethodGet, "/graphiql?query=%7B__typename%7D")
	if got := r.Header.Get("Location"); r.StatusCode != http.StatusPermanentRedirect || got != "graphiql/?query=%7B__typename%7D" {
		t.Errorf("status %d to %q", r.StatusCode, got)
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		method, path, code string
		status             int
	}{
		{http.MethodGet, "/nowhere", "NOT_FOUND", http.StatusNotFound},
		{http.MethodGet, "/assets/", "NOT_FOUND", http.StatusNotFound},
		{http.MethodGet, "/index.html.gz", "NOT_FOUND", http.StatusNotFound},
		{http.MethodGet, "/../web.go", "NOT_FOUND", http.StatusNotFound},
		{http.MethodPost, "/", "METHOD_NOT_ALLOWED", http.StatusMethodNotAllowed},
	} {
		r := ask(built(t), c.method, c.path)
		if r.StatusCode != c.status || !strings.Contains(text(t, r), `"extensions":{"code":"`+c.code+`"}`) {
			t.Errorf("%s %s: status %d", c.method, c.path, r.StatusCode)
		}
		if got := r.Header.Get("Content-Type"); got != "application/json" {
			t.Errorf("%s %s: content type %q", c.method, c.path, got)
		}
		if c.status == http.StatusMethodNotAllowed && r.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("allow %q", r.Header.Get("Allow"))
		}
	}
}

func TestUnbuiltPageTellsHowToBuildIt(t *testing.T) {
	h, err := handler(fstest.MapFS{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := ask(h, http.MethodGet, "/")
	if r.StatusCode != http.StatusServiceUnavailable || r.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("status %d, headers %v", r.StatusCode, r.Header)
	}
	body := text(t, r)
	for _, want := range []string{"make web", "chưa được dựng", "not built", "PAGE_NOT_BUILT"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if r := ask(h, http.MethodGet, "/graphiql/"); r.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("another page: status %d", r.StatusCode)
	}
	if r := ask(h, http.MethodGet, "/assets/main-a1.js"); r.StatusCode != http.StatusNotFound {
		t.Errorf("asset: status %d", r.StatusCode)
	}
}

func TestUnknownKindOfFileIsAnError(t *testing.T) {
	_, err := handler(fstest.MapFS{"index.html.gz": {}, "assets/film-d4.xyz": {}}, nil)
	if err == nil || !strings.Contains(err.Error(), ".xyz") {
		t.Errorf("error %v", err)
	}
}

// The pages of this very binary: built or not, they open.
func TestHandler(t *testing.T) {
	h, err := Handler(nil)
	if err != nil {
		t.Fatal(err)
	}
	if body := text(t, ask(h, http.MethodGet, "/")); !strings.Contains(body, "<title>Niengiam</title>") {
		t.Errorf("body %.80q", body)
	}
}

// The shapes of a workspace's maps are served beside the pages, compressed, with a
// tag by which an unchanged map costs nothing; also by a program without pages.
func TestMaps(t *testing.T) {
	const shapes = `{"type":"Topology"}`
	for name, site := range map[string]fstest.MapFS{"built": {"index.html.gz": {Data: compress(t, page)}}, "unbuilt": {}} {
		t.Run(name, func(t *testing.T) {
			h, err := handler(site, map[string][]byte{"districts": []byte(shapes)})
			if err != nil {
				t.Fatal(err)
			}
			r := ask(h, http.MethodGet, "/maps/districts.topojson")
			if got := text(t, r); r.StatusCode != http.StatusOK || got != shapes || r.Header.Get("Content-Type") != "application/json" {
				t.Errorf("%s %q %v", r.Status, got, r.Header)
			}
			packed := ask(h, http.MethodGet, "/maps/districts.topojson", "Accept-Encoding", "gzip")
			if packed.Header.Get("Content-Encoding") != "gzip" {
				t.Errorf("not compressed: %v", packed.Header)
			}
			again := ask(h, http.MethodGet, "/maps/districts.topojson", "Accept-Encoding", "gzip", "If-None-Match", packed.Header.Get("ETag"))
			if again.StatusCode != http.StatusNotModified {
				t.Errorf("asked again: %s", again.Status)
			}
			if r := ask(h, http.MethodGet, "/maps/communes.topojson"); r.StatusCode != http.StatusNotFound {
				t.Errorf("a map that there is not: %s", r.Status)
			}
		})
	}
}

func TestABrowserIsToldInAPageThatThereIsNone(t *testing.T) {
	h := built(t)
	const browser = "text/html,application/xhtml+xml,*/*;q=0.8"
	for path, root := range map[string]string{"/nowhere": "./", "/a/b/nowhere": "./../../", "/missing/": "./../"} {
		r := ask(h, http.MethodGet, path, "Accept", browser)
		body := text(t, r)
		if r.StatusCode != http.StatusNotFound || r.Header.Get("Content-Type") != "text/html; charset=utf-8" || r.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: status %d, headers %v", path, r.StatusCode, r.Header)
		}
		for _, want := range []string{`data-root="` + root + `"`, `src="` + root + `assets/main-a1.js"`} {
			if !strings.Contains(body, want) {
				t.Errorf("%s: no %s in %s", path, want, body)
			}
		}
		if r := ask(h, http.MethodGet, path, "Accept", "application/json"); r.StatusCode != http.StatusNotFound || !strings.Contains(text(t, r), `"code":"NOT_FOUND"`) {
			t.Errorf("%s: status %d for a client", path, r.StatusCode)
		}
	}
}

func TestFontsHaveALastingName(t *testing.T) {
	r := ask(built(t), http.MethodGet, "/fonts/source-sans-3-latin-wght-normal.woff2")
	if r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") != "font/woff2" || text(t, r) != "wOF2 sans" {
		t.Errorf("status %d, headers %v", r.StatusCode, r.Header)
	}
	if got := r.Header.Get("Cache-Control"); got != "public, max-age=3600" {
		t.Errorf("cache %q", got)
	}
}
