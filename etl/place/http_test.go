package place_test

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/niengiam/niengiam/etl/place"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

const figures = "code,year,value\n89,2020,97\n"

// listens serves a handler until the test ends.
func listens(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

func TestHTTPFetchesAnotherVersionAlone(t *testing.T) {
	t.Parallel()
	var asked []string
	content, tag := figures, `"one"`
	server := listens(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Header.Get("If-None-Match")+" "+r.Header.Get("If-Modified-Since"))
		w.Header().Set("ETag", tag)
		w.Header().Set("Last-Modified", "Wed, 02 Jul 2025 10:00:00 GMT")
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, content)
	})
	o := newOffice(t, workspace.Place{HTTP: &workspace.HTTP{URL: server.URL + "/data/2020.csv"}})
	o.only("2020.csv", figures)
	o.only("2020.csv", figures)
	content, tag = figures+"91,2020,3\n", `"two"`
	o.only("2020.csv", content)
	if files := o.Last("figures"); len(files) != 1 || files[0].Version() != `ETag "two"` || files[0].Address != server.URL+"/data/2020.csv" {
		t.Errorf("the record has %+v", files)
	}
	for _, file := range o.kept() { // what is damaged is fetched whole
		if !strings.HasSuffix(file, ".json") {
			if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	o.only("2020.csv", content)
	want := []string{" ", `"one" Wed, 02 Jul 2025 10:00:00 GMT`, `"one" Wed, 02 Jul 2025 10:00:00 GMT`, " "}
	if !slices.Equal(asked, want) {
		t.Errorf("the server was asked with %q, want %q", asked, want)
	}
}

func TestHTTPByTimeOfChange(t *testing.T) {
	t.Parallel()
	sent := 0
	server := listens(t, func(w http.ResponseWriter, r *http.Request) {
		if sent++; r.Header.Get("If-Modified-Since") != "" {
			sent--
		}
		http.ServeContent(w, r, "a.csv", time.Date(2025, 7, 2, 10, 0, 0, 0, time.UTC), strings.NewReader(figures))
	})
	o := newOffice(t, workspace.Place{HTTP: &workspace.HTTP{URL: server.URL + "/a.csv"}})
	o.only("a.csv", figures)
	killed, fresh := filepath.Join(o.Snapshots, ".incoming-1"), filepath.Join(o.Snapshots, ".incoming-2")
	for file, at := range map[string]time.Time{killed: time.Now().Add(-72 * time.Hour), fresh: time.Now()} {
		if err := errors.Join(os.WriteFile(file, nil, 0o600), os.Chtimes(file, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	o.only("a.csv", figures)
	if kept := o.kept(); slices.Contains(kept, killed) || !slices.Contains(kept, fresh) {
		t.Errorf("of what was being written there is %v", kept)
	}
	if sent != 1 {
		t.Errorf("the file was sent %d times", sent)
	}
}

func TestHTTPNamesOfFiles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ path, disposition, declared, want string }{
		{"/a/niên%20giám%202020.xlsx", "", "", "niên giám 2020.xlsx"},
		{"/download?id=7", `attachment; filename="2020.csv"`, "", "2020.csv"},
		{"/x", `attachment; filename*=UTF-8''ni%C3%AAn%20gi%C3%A1m.csv`, "", "niên giám.csv"},
		{"/x", `attachment; filename="../../../etc/passwd"`, "", "passwd"},
		{"/x", `attachment; filename="..\\..\\.ssh"`, "", "ssh"},
		{"/x", `attachment; filename="in.mended.csv"`, "", "in-mended.csv"},
		{"/x", `attachment; filename="` + strings.Repeat("a", 500) + `.csv"`, "", strings.Repeat("a", 196) + ".csv"},
		{"/x", `attachment; filename="2020.csv"`, "own.csv", "own.csv"},
		{"/", "", "", "file"},
	} {
		server := listens(t, func(w http.ResponseWriter, _ *http.Request) {
			if c.disposition != "" {
				w.Header().Set("Content-Disposition", c.disposition)
			}
			fmt.Fprint(w, figures)
		})
		newOffice(t, workspace.Place{HTTP: &workspace.HTTP{URL: server.URL + c.path, File: c.declared}}).only(c.want, figures)
	}
	server := listens(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.URL.Path) })
	got := newOffice(t, workspace.Place{HTTP: &workspace.HTTP{URL: server.URL + "/a/in.csv"}}, workspace.Place{HTTP: &workspace.HTTP{URL: server.URL + "/b/in.csv"}}).must()
	if got["in.csv"] != "/a/in.csv" || got["in-2.csv"] != "/b/in.csv" {
		t.Errorf("two files of one name are %q", got)
	}
}

// what serves a fault, and how often it was asked.
func failing(t *testing.T, handler http.HandlerFunc) (address string, asked *atomic.Int32) {
	t.Helper()
	asked = &atomic.Int32{}
	server := listens(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		handler(w, r)
	})
	return server.URL + "/in.csv", asked
}

func status(code int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
	}
}

// cutting sends a part of a file and closes the connection.
func cutting(header string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		connection, buffer, err := w.(http.Hijacker).Hijack()
		if err == nil {
			fmt.Fprintf(buffer, "HTTP/1.1 200 OK\r\n%s\r\n\r\n%s", header, "8\r\ncode,yea")
			_ = buffer.Flush()
			_ = connection.Close()
		}
	}
}

func TestHTTPFaults(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 2<<20)
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		code    number.Code
		words   string
		asked   int32 // with two retries
	}{
		"not there":         {status(404), place.Missing, "answers 404", 1},
		"not let in":        {status(401), place.Denied, "answers 401", 1},
		"not changed":       {status(304), place.Refused, "answers 304", 1}, // it was not asked
		"a part":            {status(206), place.Refused, "answers 206", 1},
		"out of order":      {status(500), place.Unreachable, "answers 500", 3},
		"later":             {status(503, "Retry-After", "3600"), place.Unreachable, "answers 503", 1}, // later than it may take
		"cut":               {cutting("Transfer-Encoding: chunked"), place.Cut, "broke off", 3},
		"shorter than said": {cutting("Content-Length: 100"), place.Cut, "broke off", 3},
		"said to be large": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(len(long)))
			fmt.Fprint(w, long)
		}, place.TooLarge, "1048576 bytes", 1},
		"large": {func(w http.ResponseWriter, _ *http.Request) {
			w.(http.Flusher).Flush()
			fmt.Fprint(w, long)
		}, place.TooLarge, "1048576 bytes", 1},
		"another scheme":  {status(302, "Location", "https://127.0.0.1:1/in.csv"), place.Forbidden, "redirects to https://127.0.0.1:1, from http", 1},
		"no scheme of it": {status(302, "Location", "file:///etc/passwd"), place.Forbidden, "redirects to file://", 1},
		"in a circle":     {status(302, "Location", "/in.csv"), place.Refused, "more than 5 times", 6},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, asked := failing(t, c.handler)
			o := newOffice(t, workspace.Place{
				HTTP:   &workspace.HTTP{URL: address, Bearer: workspace.Secret{Env: "TOKEN"}, Query: []workspace.Field{{Name: "key", Secret: workspace.Secret{Env: "TOKEN"}}}},
				Limits: workspace.Limits{Retries: 2},
			})
			o.refused(c.code, c.words)
			if asked.Load() != c.asked {
				t.Errorf("the server was asked %d times, want %d", asked.Load(), c.asked)
			}
		})
	}
}

func TestHTTPIsAskedAgain(t *testing.T) {
	t.Parallel()
	var times []time.Time
	server := listens(t, func(w http.ResponseWriter, _ *http.Request) {
		switch times = append(times, time.Now()); len(times) {
		case 1:
			cutting("Content-Length: 100")(w, nil)
		case 2:
			status(429, "Retry-After", "1")(w, nil)
		default:
			fmt.Fprint(w, figures)
		}
	})
	o := newOffice(t, workspace.Place{HTTP: &workspace.HTTP{URL: server.URL + "/in.csv"}, Limits: workspace.Limits{Retries: 2}})
	o.only("in.csv", figures)
	if len(times) != 3 || times[2].Sub(times[1]) < time.Second {
		t.Errorf("asked at %v; Retry-After says a second", times)
	}
	if log := o.log.String(); !strings.Contains(log, "code=PLACE_CUT") || !strings.Contains(log, "code=PLACE_UNREACHABLE") {
		t.Errorf("the log has not what went wrong:\n%s", log)
	}
}

func TestHTTPTakesNoLongerThanItMay(t *testing.T) {
	t.Parallel()
	address, asked := failing(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "code")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	newOffice(t, workspace.Place{HTTP: &workspace.HTTP{URL: address}, Limits: workspace.Limits{Time: 100 * time.Millisecond, Retries: 5}}).refused(place.Slow, "longer than 100ms")
	if asked.Load() != 1 {
		t.Errorf("asked %d times", asked.Load())
	}
	untrusted := httptest.NewTLSServer(http.NotFoundHandler())
	defer untrusted.Close()
	untrusted.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	newOffice(t, workspace.Place{HTTP: &workspace.HTTP{URL: untrusted.URL}}).refused(place.Unreachable, "certificate of the server is not one to be trusted")
	there := listens(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, untrusted.URL, http.StatusFound) })
	newOffice(t, workspace.Place{HTTP: &workspace.HTTP{URL: there.URL}, Limits: workspace.Limits{OtherScheme: true}}).refused(place.Unreachable, "certificate") // it went there
	o := newOffice(t, workspace.Place{HTTP: &workspace.HTTP{URL: "http://127.0.0.1:1/in.csv"}, Limits: workspace.Limits{Retries: 1}})
	o.refused(place.Unreachable, "does not take connections")
	o.source.Places[0].HTTP.URL = "http://nobody.invalid/in.csv"
	o.refused(place.Unreachable, "")
}

// The address is looked at when it is dialled: no redirect and no name leads around that.
func TestHTTPAsksNoPrivateAddress(t *testing.T) {
	t.Parallel()
	inside, asked := failing(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, figures) })
	own, _ := url.Parse(inside)
	inner := "http://127.0.0.2:" + own.Port() + "/in.csv" // the same server does not listen there, and is not asked to
	outer := listens(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, inner, http.StatusFound) })
	for _, address := range []string{inner, outer.URL} {
		o := newOffice(t, workspace.Place{HTTP: &workspace.HTTP{URL: address}, Limits: workspace.Limits{Retries: 2}})
		o.refused(place.Forbidden, "127.0.0.2:"+own.Port()+" is an address of a private network")
		o.source.Places[0].Limits.Private = true
		o.refused(place.Unreachable, "does not take connections")
	}
	o := newOffice(t, workspace.Place{HTTP: &workspace.HTTP{URL: "http://localhost:" + own.Port() + "/in.csv"}})
	o.Fetcher = place.New(place.Config{Snapshots: o.Snapshots})
	o.refused(place.Forbidden, "is an address of a private network or of this machine")
	if asked.Load() != 0 {
		t.Error("the server was asked")
	}
	o.source.Places[0].Limits.Private = true
	o.only("in.csv", figures)
}

func TestHTTPSecrets(t *testing.T) {
	t.Parallel()
	var got http.Header
	var query url.Values
	other := listens(t, func(w http.ResponseWriter, r *http.Request) {
		got, query = r.Header, r.URL.Query()
		fmt.Fprint(w, figures)
	})
	away := false
	server := listens(t, func(w http.ResponseWriter, r *http.Request) {
		if got, query = r.Header, r.URL.Query(); away {
			http.Redirect(w, r, other.URL+"/in.csv", http.StatusFound)
			return
		}
		fmt.Fprint(w, figures)
	})
	at := workspace.Secret{Env: "TOKEN"}
	o := newOffice(t, workspace.Place{HTTP: &workspace.HTTP{
		URL: server.URL + "/in.csv?lang=vi", Bearer: at, Headers: []workspace.Field{{Name: "X-Key", Secret: at}, {Name: "Accept", Text: "text/csv"}},
		Query: []workspace.Field{{Name: "key", Secret: at}},
	}})
	o.only("in.csv", figures)
	if got.Get("Authorization") != "Bearer "+secret || got.Get("X-Key") != secret || got.Get("Accept") != "text/csv" || query.Get("key") != secret || query.Get("lang") != "vi" {
		t.Errorf("sent %v with %v", got, query)
	}
	away = true
	o.only("in.csv", figures)
	if sent := fmt.Sprint(got, query); strings.Contains(sent, secret) {
		t.Errorf("another server was sent %s", sent)
	}
	away = false
	o.source.Places[0].HTTP.Bearer, o.source.Places[0].HTTP.User, o.source.Places[0].HTTP.Password = workspace.Secret{}, "an", workspace.Secret{File: "password"}
	o.refused(place.NoSecret, "password holds no secret")
	if err := os.WriteFile(filepath.Join(o.Workspace, "password"), []byte(secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	o.only("in.csv", figures)
	request := http.Request{Header: got}
	if user, password, ok := request.BasicAuth(); !ok || user != "an" || password != secret {
		t.Errorf("sent %v", got)
	}
	o.source.Places[0].HTTP.Password = workspace.Secret{Env: "NOTHING"}
	o.refused(place.NoSecret, "no variable NOTHING")
}
