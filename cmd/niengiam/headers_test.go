package main

import (
	"io"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/briefing/print"
	"github.com/niengiam/niengiam/graph/export"
)

// routes lists what is served, each with addresses that answer and some that do not. The
// test below fails where serve.go puts something into its place that is not among them.
func routes() map[string][]string {
	briefings := []string{"/briefing?unit=89&year=2020", "/briefing?unit=none&year=2020", "/briefing?unit=89&year=x"}
	for _, path := range print.Paths() {
		briefings = append(briefings, path, path+"?unit=89&year=2020")
	}
	return map[string][]string{
		"/graphql/{$}": {"/graphql/"},
		"/graphql": {
			"/graphql", "/graphql?query={levels{code}}", "/graphql?query={", "/graphql?query={levels{code}}&variables={", "/graphql?query=" + strings.Repeat("x", 300<<10),
			"/graphql?query={unit(code:1){code}}", "/graphql/", "/graphql?query=mutation{__typename}",
		},
		export.Root: {
			"/export/", "/export/population-growth.csv", "/export/population-growth.xlsx", "/export/population-growth.json", "/export/none.csv", "/export/none.none",
			"/export/-.csv?query={levels{code}}", "/export/-.csv?query={", "/export/population-growth.csv?x=" + strings.Repeat("x", 300<<10), "/export",
		},
		"/schema.graphql": {"/schema.graphql"},
		"/healthz":        {"/healthz"},
		"/readyz":         {"/readyz"},
		"/": append(briefings, "/", "/index.html", "/jobs/", "/jobs", "/dashboard/", "/dashboard/x", "/graphiql/", "/graphiql", "/docs", "/docs/", "/docs/?q=x", "/docs/tutorial?lang=en", "/docs/none", "/docs/docs.css", "/docs/picture.png", "/maps/none.topojson", "/none", "/none/",
			"/none?x="+strings.Repeat("x", 300<<10), "/briefing?unit="+strings.Repeat("x", 300<<10), "/a//b", "/../etc/passwd", "/%00"),
	}
}

// Whatever is asked, by whichever method and with whatever content, the answer says that
// its type is what it says, and whether it may be kept; a refusal never is.
func TestEveryAnswerHasItsHeaders(t *testing.T) {
	t.Parallel()
	s := loaded(t)
	source, err := os.ReadFile("serve.go")
	if err != nil {
		t.Fatal(err)
	}
	known := routes()
	placed := regexp.MustCompile(`mux\.Handle(?:Func)?\("?(?:GET )?([^",]+)"?,`).FindAllStringSubmatch(string(source), -1)
	if len(placed) < 6 {
		t.Fatalf("found %q", placed)
	}
	for _, route := range placed {
		if known[strings.Replace(route[1], "export.Root", export.Root, 1)] == nil {
			t.Errorf("nothing is asked of %s", route[1])
		}
	}
	for _, addresses := range known {
		for _, address := range addresses {
			for _, method := range []string{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"} {
				for _, media := range []string{"", "application/json", "text/plain", "multipart/form-data; boundary=x"} {
					if media == "" || method == "POST" {
						checkHeaders(t, s.address, method, address, media)
					}
				}
			}
		}
	}
}

func checkHeaders(t *testing.T, server, method, address, media string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, server+address, strings.NewReader(`{"query":"{levels{code}}"}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", media)
	response, err := http.DefaultTransport.RoundTrip(request) // redirects are answers, too
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	name, h := method+" "+address[:min(len(address), 60)]+" "+media, response.Header
	if h.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%s: %d may be sniffed: %v", name, response.StatusCode, h)
	}
	if len(body) > 0 && h.Get("Content-Type") == "" {
		t.Errorf("%s: %d has no type", name, response.StatusCode)
	}
	kept := h["Cache-Control"]
	switch {
	case len(kept) != 1 || !slices.Contains([]string{"no-store", "no-cache", "max-age=3600", "public, max-age=31536000, immutable"}, kept[0]):
		t.Errorf("%s: %d is kept by %q", name, response.StatusCode, kept)
	case (response.StatusCode >= http.StatusBadRequest || strings.HasPrefix(address, "/graphql") && h.Get("ETag") == "") && kept[0] != "no-store":
		t.Errorf("%s: %d is kept by %q", name, response.StatusCode, kept)
	case strings.Contains(kept[0], "max-age") && !regexp.MustCompile(`\.(ttf|css|js|woff2)(\?|$)`).MatchString(address):
		t.Errorf("%s: %d is kept by %q, and may change", name, response.StatusCode, kept)
	}
	if len(address) > 256<<10 && method == "GET" && (response.StatusCode != http.StatusRequestURITooLong || !strings.Contains(string(body), "ADDRESS_TOO_LONG")) {
		t.Errorf("%s: %d %.200s", name, response.StatusCode, body)
	}
}
