package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/graph"
)

// honest asks as any caller does, on a connection of its own, and is answered as always.
func (s *served) honest() {
	s.t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Post(s.address+"/graphql", "application/json", strings.NewReader(`{"query":"{ figure(indicator: \"criterion-19-2\", unit: \"89\", year: 2020) { value } }"}`))
	if err != nil {
		s.t.Fatalf("an honest caller is not served: %v\n%s", err, s.printed())
	}
	defer response.Body.Close()
	if body, err := io.ReadAll(response.Body); err != nil || !strings.HasPrefix(string(body), `{"data":{"figure":{"value":"97"}}`) {
		s.t.Errorf("an honest caller is told %s, %v", body, err)
	}
}

// stranger opens a connection and sends a text.
func (s *served) stranger(text string) net.Conn {
	s.t.Helper()
	address := strings.TrimPrefix(s.address, "http://")
	conn, err := (&net.Dialer{}).DialContext(s.t.Context(), "tcp", address)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = conn.Close() })
	if err := conn.(*net.TCPConn).SetReadBuffer(4 << 10); err != nil {
		s.t.Fatal(err)
	}
	if _, err := io.WriteString(conn, strings.ReplaceAll(text, "HOST", address)); err != nil {
		s.t.Fatal(err)
	}
	return conn
}

// over reads a connection to its end, which the server makes; it returns how much came.
func (s *served) over(conn net.Conn) int64 {
	s.t.Helper()
	_ = conn.SetReadDeadline(time.Now().Add(patience))
	read, err := io.Copy(io.Discard, conn)
	if timeout, ok := err.(net.Error); ok && timeout.Timeout() { //nolint:errorlint // a reset has no such method
		s.t.Fatal("the server holds the connection")
	}
	return read
}

// What strangers do to hurt all others is bounded, and whoever asks meanwhile and
// afterwards is served as before.
func TestStrangers(t *testing.T) {
	t.Parallel()
	s := serve(t, "--data", loadedData(t), "--body-time", "1s", "--write-time", "1s", "--max-connections", "200")
	t.Run("half-sent bodies", func(t *testing.T) {
		s := on(s, t)
		var conns []net.Conn
		for range 300 { // more than there may be connections
			conns = append(conns, s.stranger("POST /graphql HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"query\":"))
		}
		s.honest()
		for _, conn := range conns {
			s.over(conn)
		}
		s.honest()
	})
	t.Run("a body too slow is told", func(t *testing.T) {
		s := on(s, t)
		conn := s.stranger("POST /graphql HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"query\":")
		_ = conn.SetReadDeadline(time.Now().Add(patience))
		if told, err := io.ReadAll(conn); err != nil || !strings.Contains(string(told), " 408 ") || !strings.Contains(string(told), `"code":"BODY_TOO_SLOW"`) {
			t.Errorf("%s, %v", told, err)
		}
	})
	t.Run("callers that do not read", func(t *testing.T) {
		printed := s.printed
		s := on(s, t)
		question := "{ " + aliases(2, `series(indicator: "population", level: "province", from: 2011, to: 2024) { series { figures { `+aliases(30, "text")+`} } }`) + "}"
		body, err := json.Marshal(map[string]string{"query": question})
		if err != nil {
			t.Fatal(err)
		}
		request := fmt.Sprintf("POST /graphql HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
		for range 3 {
			s.stranger(request)
		}
		s.honest()
		s.eventually(func() bool { return strings.Count(printed(), "did not read") == 3 })
		s.honest()
	})
	t.Run("statements", func(t *testing.T) {
		s := on(s, t)
		var wait sync.WaitGroup
		for range 16 {
			wait.Go(func() {
				if got := s.billed(`{releases(first:100){nodes{changes(first:1){totalCount}}}}`); got.refusal() != "" || got.Extensions.Statements > 2 || got.Extensions.Price < 20_000 {
					t.Errorf("%s: %d statements at %d", got.refusal(), got.Extensions.Statements, got.Extensions.Price)
				}
			})
		}
		s.honest()
		wait.Wait()
		if got := s.billed(`{releases(first:100){nodes{` + aliases(50, `changes(first: 1) { totalCount }`) + `}}}`); !strings.HasPrefix(got.refusal(), "the price of the operation") {
			t.Errorf("fifty aliases: %s", got.refusal())
		}
		s.honest()
	})
}

// aliases writes a field so many times under other names.
func aliases(count int, field string) string {
	var all strings.Builder
	for i := range count {
		fmt.Fprintf(&all, "a%d: %s ", i, field)
	}
	return all.String()
}

// signed writes the arguments of a decision, as far as a mutation takes them.
func signed(field *ast.FieldDefinition, id string) string {
	var given []string
	for _, argument := range [][2]string{{"id", id}, {"actor", "An"}, {"comment", "x"}} {
		if field.Arguments.ForName(argument[0]) != nil {
			given = append(given, fmt.Sprintf("%s: %q", argument[0], argument[1]))
		}
	}
	return strings.Join(given, ", ")
}

// A page of another site can make a browser send requests here, under its own name (DNS
// rebinding) or under ours: it decides nothing. Nothing is decided by GET. An honest caller
// decides.
func TestForeignPagesDecideNothing(t *testing.T) {
	t.Parallel()
	r := revise(t, "--release-management", "decide")
	r.load(2, "published")
	r.load(4, "held")
	id := r.ask(`{ restatements(state: HELD) { id } }`).at("restatements", 0, "id").text()
	port := r.address[strings.LastIndex(r.address, ":"):]
	host := strings.TrimPrefix(r.address, "http://")
	decision := `mutation { approveRestatement(id: "` + id + `", actor: "An", comment: "x") { state } }`
	for _, c := range []struct {
		host, origin, site, code string
	}{
		{"rebound.example" + port, "http://rebound.example" + port, "same-origin", "HOST_NOT_ALLOWED"},
		{"rebound.example" + port, "http://rebound.example" + port, "", "HOST_NOT_ALLOWED"},
		{host, "http://evil.example", "", "CROSS_ORIGIN"},
		{host, "http://evil.example", "cross-site", "CROSS_ORIGIN"},
		{host, "null", "", "CROSS_ORIGIN"},
	} {
		if status, told := r.sent(decision, c.host, c.origin, c.site); status < 400 || !strings.Contains(told, `"code":"`+c.code+`"`) {
			t.Errorf("%+v: %d %s", c, status, told)
		}
	}
	for _, field := range graph.Schema().Mutation.Fields {
		if strings.HasPrefix(field.Name, "__") {
			continue
		}
		address := r.address + "/graphql?query=" + url.QueryEscape(`mutation { `+field.Name+`(`+signed(field, id)+`) { __typename } }`)
		response, err := http.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		// What takes a file cannot even be written in an address.
		refused := response.StatusCode == http.StatusMethodNotAllowed || field.Arguments.ForName("file") != nil && response.StatusCode == http.StatusBadRequest
		if !refused {
			t.Errorf("%s by GET: %s", field.Name, response.Status)
		}
	}
	r.ask(`{ restatements { state } releases { totalCount } }`).at("restatements", 0, "state").is("HELD")
	if refused := strings.Count(r.printed(), "a request was refused"); refused != 5 {
		t.Errorf("the log tells of %d refused requests:\n%s", refused, r.printed())
	}
	if status, told := r.sent(decision, "localhost"+port, "http://localhost"+port, "same-origin"); status != http.StatusOK || !strings.Contains(told, `"state":"APPROVED"`) {
		t.Errorf("our own page: %d %s", status, told)
	}
}

// sent posts a question as a browser would for a page of an origin.
func (s *served) sent(question, host, origin, site string) (status int, told string) {
	s.t.Helper()
	body, err := json.Marshal(map[string]string{"query": question})
	if err != nil {
		s.t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.address+"/graphql", bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Host = host
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Origin", origin)
	if site != "" {
		request.Header.Set("Sec-Fetch-Site", site)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response.StatusCode, string(answer)
}
