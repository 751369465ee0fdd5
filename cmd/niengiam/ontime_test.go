package main

import (
	"bufio"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// An officer starts a load and follows it, pauses a schedule by command and lets it go on
// over the API; the history has it all.
func TestLoadsOnTime(t *testing.T) {
	t.Parallel()
	r := revise(t, "--release-management", "decide")
	const job = `scheduleText(language: EN) schedule next nextTimes(first: 2) paused { actor comment } running { stage } lastRun { actor outcome seconds years }`
	events := r.follow("criterion-19-2")
	r.ask(`mutation { startLoad(id: "criterion-19-2", actor: "Nguyễn Văn An") { sourceCode `+job+` } }`).at("startLoad", "scheduleText").is("every Monday at 07:00")
	var told []string
	for event := range events {
		told = append(told, event)
	}
	all := strings.Join(told, "\n")
	for _, part := range []string{`"stage":"record"`, `"outcome":"published"`, "event: complete"} {
		if !strings.Contains(all, part) {
			t.Errorf("the events are without %s:\n%s", part, all)
		}
	}
	r.run("paused: criterion-19-2", "pause", "criterion-19-2", "--actor", "An", "--comment", "tệp sai")
	of := func() tree { return r.ask(`{ jobs { sourceCode ` + job + ` } }`) }
	at := 0
	for of().at("jobs", at, "sourceCode").text() != "criterion-19-2" {
		at++
	}
	paused := of()
	paused.at("jobs", at, "paused", "comment").is("tệp sai")
	if next := paused.at("jobs", at, "next").v; next != nil {
		t.Errorf("a paused source is loaded at %v", next)
	}
	paused.at("jobs", at, "lastRun", "actor").is("Nguyễn Văn An")
	r.run("paused by An", "runs")
	r.ask(`mutation { resumeSource(id: "criterion-19-2", actor: "An", comment: "tệp mới") { sourceCode } }`)
	if again := of().at("jobs", at, "paused").v; again != nil {
		t.Errorf("a source that goes on is paused: %v", again)
	}
	r.run("unchanged", "load", "criterion-19-2", "--years", "2019..2020", "--quiet")
	r.run("every Monday at 07:00 (0 7 * * 1, Asia/Ho_Chi_Minh)", "runs", "criterion-19-2")
	r.run("Nguyễn Văn An", "runs", "criterion-19-2")
	for query, code := range map[string]string{
		`mutation { startLoad(id: "none", actor: "An") { sourceCode } }`:                          "UNKNOWN_SOURCE",
		`mutation { pauseSource(id: "census", actor: "An", comment: "x") { sourceCode } }`:        "NOT_SCHEDULED",
		`mutation { pauseSource(id: "criterion-19-2", actor: "An", comment: "") { sourceCode } }`: "COMMENT_MISSING",
		`{ jobs { nextTimes(first: 51) } }`:                                                       "BAD_ARGUMENT",
	} {
		if told := fmt.Sprint(r.refused(query).v); !strings.Contains(told, code) {
			t.Errorf("%s: %s, want %s", query, told, code)
		}
	}
}

// follow subscribes to the runs of a source; the lines of its events come until it ends.
func (s *served) follow(source string) <-chan string {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.address+"/graphql",
		strings.NewReader(`{"query":"subscription { runProgress(source: \"`+source+`\") { stage rows rejects rate outcome } }"}`))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	lines, told := bufio.NewScanner(response.Body), make(chan string, 100)
	lines.Scan() // the stream has begun
	go func() {
		defer response.Body.Close()
		defer close(told)
		for lines.Scan() {
			told <- lines.Text()
		}
	}()
	return told
}
