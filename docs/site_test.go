package docs_test

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"sync"
	"testing"

	project "github.com/niengiam/niengiam"
	"github.com/niengiam/niengiam/docs"
)

// handler is shared by the tests, because to read all texts takes a moment.
var handler = sync.OnceValues(func() (http.Handler, error) { return docs.New(project.Pages) })

func served(t *testing.T) http.Handler {
	t.Helper()
	h, err := handler()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func get(t *testing.T, handler http.Handler, address string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	return answer
}

// others are the pages of the program that the documentation leads to.
var others = regexp.MustCompile(`^/(fonts/.*|briefing\.css|dashboard/|briefing|jobs/|graphiql/)?$`)

// From the first page all others are reached, in both languages; no link and no anchor is
// dead, and every text that is carried is reached.
func TestNoServedLinkIsDead(t *testing.T) {
	handler := served(t)
	reference := regexp.MustCompile(`(?:href|src|action)="([^"]*)"`)
	bodies := map[string]string{}
	type step struct{ from, to string }
	for queue := []step{{"", "/docs/"}, {"", "/docs/?lang=en"}}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		address, anchor, _ := strings.Cut(at.to, "#")
		body, known := bodies[address]
		if !known {
			answer := get(t, handler, address)
			if answer.Code != http.StatusOK {
				t.Errorf("%s leads to %s: %d", at.from, at.to, answer.Code)
			}
			body = answer.Body.String()
			bodies[address] = body
			base, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range reference.FindAllStringSubmatch(body, -1) {
				to, err := base.URL.Parse(strings.ReplaceAll(match[1], "&amp;", "&"))
				if err != nil {
					t.Errorf("%s: %v", address, err)
				} else if to.Host == "" && !strings.HasPrefix(match[1], "data:") && !others.MatchString(to.Path) {
					queue = append(queue, step{address, to.String()})
				}
			}
		}
		if anchor != "" && !strings.Contains(body, ` id="`+anchor+`"`) && anchor != "content" {
			if decoded, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "/?x="+anchor, nil); err != nil || !strings.Contains(body, ` id="`+decoded.URL.Query().Get("x")+`"`) {
				t.Errorf("%s leads to %s, which has no such heading", at.from, at.to)
			}
		}
	}
	reached := func(file string) bool {
		address := "/docs/" + strings.TrimSuffix(strings.TrimPrefix(strings.TrimSuffix(file, ".md"), "docs/"), "README")
		if file == "README.vi.md" {
			return true
		}
		if translated, is := strings.CutSuffix(address, ".vi"); is {
			return bodies[translated] != ""
		}
		return bodies[strings.TrimSuffix(address, "/")+"?lang=en"] != "" || address == "/docs/"
	}
	_ = fs.WalkDir(project.Pages, ".", func(file string, _ fs.DirEntry, err error) error {
		if err == nil && path.Ext(file) == ".md" && !reached(file) {
			t.Errorf("no link leads from README to %s", file)
		}
		return err
	})
	if len(bodies) < 30 {
		t.Errorf("only %d addresses were found", len(bodies))
	}
}

// Every text that another one links to is carried into the program.
func TestLinkedTextsAreCarried(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:<>\s]+\.md)(#[^)]*)?\)`)
	err := fs.WalkDir(project.Pages, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(file) != ".md" {
			return err
		}
		for _, match := range link.FindAllStringSubmatch(read(t, path.Join("..", file)), -1) {
			if _, err := fs.Stat(project.Pages, path.Join(path.Dir(file), match[1])); err != nil {
				t.Errorf("%s links to %s, which no pattern of pages.go carries", file, match[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSearchMindsNoToneMarks(t *testing.T) {
	handler := served(t)
	for address, first := range map[string]string{
		"/docs/?q=xep%20hang":                     `<a href="../docs/reading#x%e1%ba%bfp-h%e1%ba%a1ng"><b>Cách đọc một số liệu</b> › Xếp hạng</a>`,
		"/docs/?q=X%E1%BA%BEP+H%E1%BA%A0NG":       `<a href="../docs/reading#x%e1%ba%bfp-h%e1%ba%a1ng"><b>Cách đọc một số liệu</b> › Xếp hạng</a>`,
		"/docs/?q=ENGINE_LOCKED&lang=en":          `› The data directory</a>`,
		"/docs/?q=%22ranking%22+movement&lang=en": `<mark>`,
		"/docs/?q=zzzzzz&lang=en":                 "Nothing was found",
		"/docs/?q=%3Cscript%3E&lang=en":           "Search the documentation: &lt;script&gt;",
	} {
		answer := get(t, handler, address)
		if body := answer.Body.String(); answer.Code != http.StatusOK || !strings.Contains(body, first) {
			t.Errorf("%s does not find %s:\n%s", address, first, body[strings.Index(body, "<main"):strings.Index(body, "</main>")])
		}
	}
}

func TestAnswersOfTheDocumentation(t *testing.T) {
	handler := served(t)
	page := get(t, handler, "/docs/exports")
	for _, part := range []string{`<html lang="vi">`, "Trang này chỉ có bằng tiếng Anh", `<main id="content" tabindex="-1" lang="en">`, `<pre tabindex="0"><code class="language-sh">`, `<div class="wide" tabindex="0"><table>`} {
		if !strings.Contains(page.Body.String(), part) {
			t.Errorf("the page has no %s", part)
		}
	}
	zipped := get(t, handler, "/docs/exports", "Accept-Encoding", "br;q=0.9, gzip")
	if zipped.Header().Get("Content-Encoding") != "gzip" || zipped.Body.Len()*2 > page.Body.Len() || zipped.Header().Get("Vary") != "Accept-Encoding" {
		t.Errorf("compressed: %v, %d of %d bytes", zipped.Header(), zipped.Body.Len(), page.Body.Len())
	}
	if again := get(t, handler, "/docs/exports", "Accept-Encoding", "gzip", "If-None-Match", zipped.Header().Get("ETag")); again.Code != http.StatusNotModified {
		t.Errorf("asked again for it compressed: %d", again.Code)
	}
	if again := get(t, handler, "/docs/exports", "If-None-Match", page.Header().Get("ETag")); again.Code != http.StatusNotModified {
		t.Errorf("what the caller holds is sent again: %d", again.Code)
	}
	for address, want := range map[string]struct {
		status      int
		cache, kind string
	}{
		"/docs/":            {200, "no-cache", "text/html; charset=utf-8"},
		"/docs/docs.css":    {200, "max-age=3600", "text/css; charset=utf-8"},
		"/docs/picture.png": {200, "no-cache", "image/png"},
		"/docs/none":        {404, "no-store", "text/html; charset=utf-8"},
		"/docs/none.png":    {404, "no-store", "text/html; charset=utf-8"},
	} {
		answer := get(t, handler, address)
		h := answer.Header()
		if answer.Code != want.status || h.Get("Cache-Control") != want.cache || h.Get("Content-Type") != want.kind || !strings.HasPrefix(h.Get("Content-Security-Policy"), "default-src 'none'; style-src 'self';") {
			t.Errorf("%s: %d %v", address, answer.Code, h)
		}
	}
	if moved := get(t, handler, "/docs?q=x"); moved.Code != http.StatusPermanentRedirect || moved.Header().Get("Location") != "docs/?q=x" {
		t.Errorf("/docs: %d, %v", moved.Code, moved.Header())
	}
}

// On GitHub the same texts have the same anchors.
func TestAnchorsOfTextsAreThere(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:<>\s]*)#([^)]*)\)`)
	heading := regexp.MustCompile(`(?m)^#+ (.*)$`)
	code := regexp.MustCompile("(?s)```.*?```")
	for _, file := range files(t, ".md") {
		for _, match := range link.FindAllStringSubmatch(read(t, file), -1) {
			target := file
			if match[1] != "" {
				target = path.Join(path.Dir(file), match[1])
			}
			if path.Ext(target) != ".md" {
				continue
			}
			found := false
			for _, title := range heading.FindAllStringSubmatch(code.ReplaceAllString(read(t, target), ""), -1) {
				found = found || docs.Anchor(title[1]) == match[2]
			}
			if !found {
				t.Errorf("%s links to %s#%s, which has no such heading", file, match[1], match[2])
			}
		}
	}
}
