package kept_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"weak"

	"github.com/klauspost/compress/zstd"

	"github.com/niengiam/niengiam/graph/kept"
)

// state is a state of the data.
type state struct{ number int }

func open(t *testing.T, limit uint64) *kept.Answers[state] {
	t.Helper()
	answers, err := kept.New[state](limit)
	if err != nil {
		t.Fatal(err)
	}
	return answers
}

func answer(data string) *kept.Answer { return kept.NewAnswer(`{"data":`, []byte(data), "}") }

func key(name string) kept.Key { return kept.KeyOf(name) }

// sent is an answer as a caller gets it.
func sent(t *testing.T, a *kept.Answer, method string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	w, r := httptest.NewRecorder(), httptest.NewRequest(method, "/graphql", nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	a.Send(w, r, &kept.Question{Media: "application/json"}, false)
	return w
}

// An answer is given for the state that it was made in, and for no other: not for a later
// one, and not where it was made in an earlier one and came late.
func TestAnAnswerIsOfOneState(t *testing.T) {
	t.Parallel()
	answers := open(t, 1<<20)
	old, now := &state{1}, &state{2}
	answers.Renew(old)
	answers.Put(old, key("a"), answer("1"), nil, 0)
	if answers.Get(old, key("a")) == nil {
		t.Error("what was kept is not given")
	}
	if answers.Get(now, key("a")) != nil {
		t.Error("an answer of the state before is given")
	}
	answers.Put(old, key("a"), answer("1"), nil, 0)
	if answers.Get(now, key("a")) != nil || answers.Usage().Answers > 0 {
		t.Error("what came late is kept")
	}
	answers.Put(now, key("a"), answer("2"), nil, 0)
	if answers.Get(old, key("a")) != nil {
		t.Error("a request that came before is given what was made after it")
	}
	if got := answers.Get(now, key("a")); got == nil || sent(t, got, "GET").Body.String() != `{"data":2}` {
		t.Error("a request that came before took the answers of the present state away")
	}
}

// A state that is over is held by nobody.
func TestStatesAreLetGo(t *testing.T) {
	t.Parallel()
	answers := open(t, 1<<20)
	old := &state{1}
	held := weak.Make(old)
	answers.Renew(old)
	for i := range 100 {
		answers.Put(old, key(fmt.Sprint(i)), answer("1"), nil, 0)
	}
	now := &state{2}
	answers.Renew(now)
	answers.Usage() // ends what is done later
	runtime.GC()
	if held.Value() != nil {
		t.Error("a state that is over is still in memory")
	}
	runtime.KeepAlive(now)
}

// What is kept stays within its bound, one answer takes no more than a share of it, and what
// is asked again and again outlasts what is asked once.
func TestTheBoundHolds(t *testing.T) {
	t.Parallel()
	const limit = 1 << 20
	answers := open(t, limit)
	now := &state{1}
	answers.Renew(now)
	answers.Put(now, key("large"), answer(strings.Repeat("x", limit/16)), nil, 0)
	if answers.Get(now, key("large")) != nil {
		t.Error("an answer takes a larger share than it may")
	}
	data := strings.Repeat("x", 4000)
	for i := range 2000 {
		answers.Put(now, key(fmt.Sprint(i)), answer(data), nil, 0)
		answers.Know(key(fmt.Sprint("request", i)), &kept.Question{})
		answers.Get(now, key("0"))
		answers.Get(now, key("1"))
		if i%100 == 0 {
			if u := answers.Usage(); u.Bytes > limit || u.MaxBytes > limit {
				t.Fatalf("%d of %d bytes", u.Bytes, limit)
			}
		}
	}
	if u := answers.Usage(); u.Answers < 50 || u.Answers > 300 {
		t.Errorf("%d answers are kept", u.Answers)
	}
	if answers.Get(now, key("0")) == nil || answers.Get(now, key("1")) == nil {
		t.Error("what is asked most has gone")
	}
}

// Of those who ask the same at the same time one makes the answer; when that one leaves,
// another does, and what must not be shared each makes for itself.
func TestOneMakesTheAnswerForAll(t *testing.T) {
	t.Parallel()
	for name, shared := range map[string]bool{"shared": true, "each for itself": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answers, now := open(t, 1<<20), &state{1}
			var made, begun atomic.Int64
			var asking sync.WaitGroup
			release := make(chan struct{})
			for range 20 {
				asking.Go(func() {
					begun.Add(1)
					answers.Once(t.Context(), now, key("a"), func() *kept.Answer {
						made.Add(1)
						<-release
						if !shared {
							return nil
						}
						a := answer("1")
						answers.Put(now, key("a"), a, nil, 0)
						return a
					})
				})
			}
			for begun.Load() < 20 {
				runtime.Gosched()
			}
			close(release)
			asking.Wait()
			if got := made.Load(); shared && got != 1 || !shared && got != 20 {
				t.Errorf("it was made %d times", got)
			}
			if u := answers.Usage(); u.Hits+u.Misses != 20 || u.Misses != uint64(made.Load()) {
				t.Errorf("%d hits and %d misses", u.Hits, u.Misses)
			}
		})
	}
	t.Run("who made it leaves", func(t *testing.T) {
		t.Parallel()
		answers, now := open(t, 1<<20), &state{1}
		ctx, leave := context.WithCancel(t.Context())
		making, over := make(chan bool), make(chan *kept.Answer)
		go answers.Once(ctx, now, key("a"), func() *kept.Answer {
			close(making)
			<-ctx.Done()
			return nil
		})
		<-making
		go func() {
			got, _ := answers.Once(t.Context(), now, key("a"), func() *kept.Answer { return answer("2") })
			over <- got
		}()
		leave()
		if got := <-over; got == nil || sent(t, got, "GET").Body.String() != `{"data":2}` {
			t.Error("nobody took over")
		}
	})
	t.Run("who made it broke", func(t *testing.T) {
		t.Parallel()
		answers, now := open(t, 1<<20), &state{1}
		func() {
			defer func() { _ = recover() }()
			answers.Once(t.Context(), now, key("a"), func() *kept.Answer { panic("on purpose") })
		}()
		if _, made := answers.Once(t.Context(), now, key("a"), func() *kept.Answer { return answer("2") }); !made {
			t.Error("a question whose answer broke once is never answered again")
		}
	})
}

// What was asked most is due to be asked ahead, in that order, and no more than some of it;
// what nobody asked a second time is not.
func TestWhatIsAskedMostIsDue(t *testing.T) {
	t.Parallel()
	answers, old, now := open(t, 8<<20), &state{1}, &state{2}
	answers.Renew(old)
	var asked []string
	for i := range 60 {
		name := fmt.Sprint(i)
		answers.Put(old, key(name), answer("1"), func(context.Context) { asked = append(asked, name) }, 0)
		for range i / 2 {
			answers.Get(old, key(name))
		}
	}
	answers.Renew(now)
	answers.Put(now, key("59"), answer("1"), nil, 0) // somebody asked it already
	for ask := answers.Due(); ask != nil; ask = answers.Due() {
		ask(t.Context())
	}
	if len(asked) != 31 || asked[0] != "58" {
		t.Errorf("%d questions were asked: %q", len(asked), asked)
	}
}

// Each caller gets the answer in the best form that it accepts, and the same answer.
func TestForms(t *testing.T) {
	t.Parallel()
	long := answer(`"` + strings.Repeat("the same again, ", 500) + `"`)
	plain := sent(t, long, "GET").Body.String()
	for accept, want := range map[string]string{
		"": "", "gzip": "gzip", "gzip, deflate, br, zstd": "zstd", "zstd;q=0.2, GZIP;q=0.7": "gzip", "gzip;q=0": "", "zstd;q=0, gzip": "gzip", "br": "", "*": "", "gzip;q=x": "", "gzip; q=0.5": "gzip",
	} {
		got := sent(t, long, "GET", "Accept-Encoding", accept)
		var from io.Reader = bytes.NewReader(got.Body.Bytes())
		var err error
		switch got.Header().Get("Content-Encoding") {
		case "gzip":
			from, err = gzip.NewReader(from)
		case "zstd":
			from, err = zstd.NewReader(from)
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(from)
		if is := got.Header().Get("Content-Encoding"); err != nil || is != want || string(body) != plain {
			t.Errorf("%q is answered in %q: %v %.50s", accept, is, err, body)
		}
		if is := got.Header().Get("Content-Length"); is != fmt.Sprint(got.Body.Len()) || !strings.Contains(strings.Join(got.Header()["Vary"], ","), "Accept-Encoding") {
			t.Errorf("%q: length %s of %d, %v", accept, is, got.Body.Len(), got.Header())
		}
	}
	for _, data := range []string{`"short"`, `"` + noise(5000) + `"`} {
		if got := sent(t, answer(data), "GET", "Accept-Encoding", "gzip, zstd"); got.Header().Get("Content-Encoding") != "" || got.Body.String() != `{"data":`+data+"}" {
			t.Errorf("what gets no shorter is compressed: %v", got.Header())
		}
	}
}

// noise is text that cannot be made much shorter.
func noise(length int) string {
	var text strings.Builder
	for i := 0; text.Len() < length; i++ {
		fmt.Fprintf(&text, "%x", kept.KeyOf(fmt.Sprint(i)))
	}
	return text.String()
}

// An ETag is that of the data, whatever else stands in the answer; GET and HEAD hear of it.
func TestConditions(t *testing.T) {
	t.Parallel()
	a, same, other := answer("1"), kept.NewAnswer(`{"data":`, []byte("1"), `,"extensions":{}}`), answer("2")
	tag := sent(t, a, "GET").Header().Get("ETag")
	if tag == "" || !strings.HasPrefix(tag, `W/"`) || sent(t, same, "GET").Header().Get("ETag") != tag || sent(t, other, "GET").Header().Get("ETag") == tag {
		t.Errorf("ETag %q", tag)
	}
	for _, c := range []struct {
		method, known string
		status        int
	}{
		{"GET", tag, 304}, {"HEAD", tag, 304}, {"GET", strings.TrimPrefix(tag, "W/"), 304}, {"GET", `"x", ` + tag, 304}, {"GET", "*", 304},
		{"GET", `W/"x"`, 200}, {"GET", "", 200}, {"POST", tag, 200},
	} {
		got := sent(t, a, c.method, "If-None-Match", c.known)
		if got.Code != c.status || c.status == 304 && got.Body.Len() > 0 {
			t.Errorf("%s knowing %s: %d %s", c.method, c.known, got.Code, got.Body)
		}
		if h := got.Header(); (c.method == "POST") != (h.Get("ETag") == "") || (c.method == "POST") != (h.Get("Cache-Control") == "") || len(h["Vary"]) == 0 {
			t.Errorf("%s knowing %s: %v", c.method, c.known, h)
		}
	}
	w := httptest.NewRecorder()
	a.Send(w, httptest.NewRequest(http.MethodGet, "/", nil), &kept.Question{Negotiated: true}, true)
	if h := w.Header(); h.Get("Cache-Control") != "private, no-cache" || strings.Join(h["Vary"], ", ") != "Accept, Accept-Encoding, Accept-Language" {
		t.Errorf("%v", h)
	}
}

// Parts in another division are another key.
func TestKeys(t *testing.T) {
	t.Parallel()
	keys := map[kept.Key]bool{}
	for _, k := range []kept.Key{
		kept.KeyOf("ab"), kept.KeyOf("b", "a"), kept.KeyOf("", "ab"), kept.KeyOf("", "a", "b"), kept.KeyOf("b", "", "a"), kept.KeyOf("b", "a", ""), kept.KeyOf("\x01ab"),
		kept.KeyOf(strings.Repeat("a", 5000)), kept.KeyOf(strings.Repeat("a", 4999), "a"),
	} {
		if keys[k] {
			t.Error("two are the same")
		}
		keys[k] = true
	}
	if kept.KeyOf("ab", "c") != kept.KeyOf([]byte("ab"), "c") {
		t.Error("text and bytes differ")
	}
}
