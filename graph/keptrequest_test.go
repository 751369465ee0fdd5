package graph_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/graph/kept"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
)

// keeping opens a door that keeps its answers.
func keeping(t *testing.T, config graph.Config) (*door, *kept.Answers[catalogue.Calendar]) {
	t.Helper()
	answers, err := kept.New[catalogue.Calendar](8 << 20)
	if err != nil {
		t.Fatal(err)
	}
	config.Answers = answers
	return open(t, config), answers
}

const largest = `query L($top: Int) { ranking(indicator: "population", year: 2020, level: "district", top: $top) { rows { rank unit { name } current { value text } } } }`

// What an answer says of its own making is true of a kept one, too: nothing was read, it took
// no time, and its price is the same. The observer hears of it as of any other.
func TestAKeptAnswerSaysThatItIs(t *testing.T) {
	t.Parallel()
	watcher := &watcher{}
	d, answers := keeping(t, graph.Config{Observer: watcher})
	first, second, spaced := d.ask(t, largest, "top", 3), d.ask(t, largest, "top", 3), d.post(t, strings.NewReader(" "+ask(largest, `{"top":3.0}`, "")))
	if *first.Extensions.Milliseconds <= 0 || *second.Extensions.Milliseconds != 0 || *second.Extensions.RowsRead != 0 || first.Extensions.Price != second.Extensions.Price || second.Extensions.Price == 0 {
		t.Errorf("%+v, then %+v", first.Extensions, second.Extensions)
	}
	if string(first.Data) != string(second.Data) || string(first.Data) != string(spaced.Data) || len(first.Data) < 100 {
		t.Errorf("%s, %s, %s", first.Data, second.Data, spaced.Data)
	}
	if u := answers.Usage(); u.Misses != 1 || u.Hits != 2 || u.Answers != 1 {
		t.Errorf("%+v", u)
	}
	if watcher.requests.Load() != 3 || watcher.said != "graphql ranking" {
		t.Errorf("told of %d requests, %q", watcher.requests.Load(), watcher.said)
	}
}

// A request that is kept out is kept out whatever was answered before, and an answer with
// errors is made anew.
func TestWhatIsNotKept(t *testing.T) {
	t.Parallel()
	d, answers := keeping(t, graph.Config{MaxBody: 2000, ReleaseManager: &restlessManager{}, ReleaseManagement: ledger.ManagementDecide})
	good := ask(largest, "", "")
	for range 2 {
		d.post(t, strings.NewReader(good))
	}
	known := answers.Usage()
	for _, c := range []struct {
		name   string
		change func(r *http.Request)
		status int
		code   string
	}{
		{"another media type", func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 415, "UNSUPPORTED_MEDIA_TYPE"},
		{"another method", func(r *http.Request) { r.Method = "PUT" }, 405, "METHOD_NOT_ALLOWED"},
		{"a language that is none", func(r *http.Request) { r.URL.RawQuery = "lang=xx" }, 400, "BAD_ARGUMENT"},
		{"a long address", func(r *http.Request) { r.Method, r.URL.RawQuery = "GET", "query="+strings.Repeat("x", 3000) }, 414, "ADDRESS_TOO_LONG"},
		{"a form", func(r *http.Request) { r.Header.Set("Content-Type", "multipart/form-data; boundary=x") }, 400, "BAD_REQUEST"},
	} {
		r := sending{"POST", "/graphql", good, nil}.request(t)
		c.change(r)
		if got := d.do(t, r); got.status != c.status || got.codes() != c.code {
			t.Errorf("%s: %d %s", c.name, got.status, got.codes())
		}
	}
	for _, body := range []string{
		ask(`{ comparison(indicator: "none", year: 2020, level: "district") { rows { text } } }`, "", ""), ask(`{ nothing }`, "", ""), ask(`mutation { __typename }`, "", ""),
		ask(`{ jobs { next } }`, "", ""), ask(`{ `+strings.Repeat("unit(code: 1) { parent { ", 9)+`code`+strings.Repeat(" } }", 9)+` }`, "", ""),
	} {
		first, second := d.post(t, strings.NewReader(body)), d.post(t, strings.NewReader(body))
		if first.status != second.status || first.codes() != second.codes() {
			t.Errorf("%s: %d %s, then %d %s", body, first.status, first.codes(), second.status, second.codes())
		}
	}
	if now := answers.Usage(); now.Hits != known.Hits || now.Answers != known.Answers {
		t.Errorf("%+v, then %+v", known, now)
	}
	events := sending{"POST", "/graphql", good, http.Header{"Accept": {"text/event-stream"}}}.request(t)
	w := httptest.NewRecorder()
	if d.ServeHTTP(w, events); w.Header().Get("Content-Type") != "text/event-stream" {
		t.Errorf("who wants events gets %v", w.Header())
	}
}

// Whoever asks by GET is told how to ask whether the answer still holds: it does until other
// data are in it. HEAD is answered alike; nothing is told where something is not kept.
func TestValidatorsOfAnswers(t *testing.T) {
	t.Parallel()
	d, _ := keeping(t, graph.Config{ReleaseManager: &restlessManager{}})
	address := "/graphql?query=" + url.QueryEscape(largest)
	send := func(method, address, known string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, address, nil)
		r.Header.Set("If-None-Match", known)
		w := httptest.NewRecorder()
		d.ServeHTTP(w, r)
		return w
	}
	tag := ""
	for i, c := range []struct {
		method, known string
		status        int
	}{{"GET", "", 200}, {"GET", "", 200}, {"HEAD", "", 200}, {"GET", "tag", 304}, {"HEAD", "tag", 304}, {"GET", `W/"x"`, 200}} {
		got := send(c.method, address, strings.Replace(c.known, "tag", tag, 1))
		if tag == "" {
			tag = got.Header().Get("ETag")
		}
		if h := got.Header(); got.Code != c.status || h.Get("ETag") != tag || tag == "" || h.Get("Cache-Control") != "no-cache" || strings.Join(h["Vary"], ", ") != "Accept, Accept-Encoding, Accept-Language" {
			t.Errorf("%d: %d %v", i, got.Code, h)
		}
	}
	d.publish(t, "2021-06-02", cell{"criterion-19-2", "89", 2017, "60", "119"})
	if got := send("GET", address, tag); got.Code != 304 {
		t.Errorf("a publication of other figures: %d", got.Code)
	}
	d.publish(t, "2021-06-03", cell{"population", "883", 2020, "999", ""})
	if got := send("GET", address, tag); got.Code != 200 || got.Header().Get("ETag") == tag {
		t.Errorf("a publication of its figures: %d %v", got.Code, got.Header())
	}
	for _, never := range []string{"{jobs{next}}", "{nothing}", `{comparison(indicator:"none",year:2020){rows{text}}}`} {
		if got := send("GET", "/graphql?query="+url.QueryEscape(never), "*"); got.Header().Get("ETag") != "" || got.Header().Get("Cache-Control") != "" || got.Code == 304 {
			t.Errorf("%s: %d %v", never, got.Code, got.Header())
		}
	}
}

// A query is learnt by its hash however often it was answered before, and answered by it.
func TestPersistedQueriesAreKept(t *testing.T) {
	t.Parallel()
	d, answers := keeping(t, graph.Config{})
	hash := sha256.Sum256([]byte(largest))
	persisted := `{"persistedQuery":{"version":1,"sha256Hash":"` + hex.EncodeToString(hash[:]) + `"}}`
	byHash := "/graphql?extensions=" + url.QueryEscape(persisted)
	get := func() reply { return d.do(t, httptest.NewRequest(http.MethodGet, byHash, nil)) }
	if got := get(); got.codes() != "PERSISTED_QUERY_NOT_FOUND" {
		t.Error(got.codes())
	}
	d.ask(t, largest)
	if got := get(); got.codes() != "PERSISTED_QUERY_NOT_FOUND" {
		t.Errorf("a hash that nobody sent with its query: %s", got.codes())
	}
	learn := strings.TrimSuffix(ask(largest, "", ""), "}") + `,"extensions":` + persisted + `}`
	first := d.post(t, strings.NewReader(learn))
	second, third := get(), get()
	if first.codes()+second.codes()+third.codes() != "" || string(first.Data) != string(second.Data) || string(third.Data) != string(first.Data) {
		t.Errorf("%s, %s, %s", first.Data, second.Data, third.Data)
	}
	if u := answers.Usage(); u.Misses != 1 || u.Hits != 3 {
		t.Errorf("%+v", u)
	}
}

// Those who ask the same at the same time are given what one of them waits for.
func TestEqualQuestionsAreExecutedOnce(t *testing.T) {
	t.Parallel()
	d, answers := keeping(t, graph.Config{})
	release := make(chan struct{})
	d.before = func(ctx context.Context) error {
		select {
		case <-release:
		case <-ctx.Done():
		}
		return nil
	}
	var asking sync.WaitGroup
	data := make([]string, 12)
	for i := range data {
		asking.Go(func() {
			w := httptest.NewRecorder()
			d.ServeHTTP(w, sending{"POST", "/graphql", ask(largest, "", ""), nil}.request(t))
			data[i], _, _ = strings.Cut(w.Body.String(), `"extensions"`)
		})
	}
	close(release)
	asking.Wait()
	slices.Sort(data)
	if u := answers.Usage(); u.Misses != 1 || u.Hits != 11 || data[0] != data[11] || len(data[0]) < 100 {
		t.Errorf("%+v %s %s", u, data[0], data[11])
	}
}

// After a publication what was asked most is asked ahead, until the program stops, and only
// while nobody waits.
func TestAskedAhead(t *testing.T) {
	t.Parallel()
	watcher := &watcher{}
	d, answers := keeping(t, graph.Config{Observer: watcher})
	for range 3 {
		for top := range 5 {
			d.ask(t, largest, "top", top+1)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		d.AskAhead(ctx, time.Millisecond)
	}()
	d.publish(t, "2021-06-03", cell{"population", "883", 2020, "999", ""})
	asked := watcher.requests.Load()
	for answers.Usage().Answers < 5 || answers.Usage().Misses < 10 {
		if t.Context().Err() != nil {
			t.Fatal("what was asked most is not asked ahead")
		}
		<-time.After(time.Millisecond)
	}
	if watcher.requests.Load() != asked {
		t.Error("what nobody asked is counted")
	}
	before := answers.Usage().Hits
	if got := d.ask(t, largest, "top", 2); *got.Extensions.Milliseconds != 0 || !strings.Contains(string(got.Data), "999") || answers.Usage().Hits != before+1 {
		t.Errorf("%s", fmt.Sprintf("%.200s", got.Data))
	}
	stop()
	<-stopped
}
