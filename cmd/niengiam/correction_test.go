package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// correct changes the value of 2019 in the file and leaves its day of publication as it is.
func (r *revising) correct(from, to string) (id string) {
	r.t.Helper()
	r.rows[2] = strings.Replace(r.rows[2], "2019,"+from+",", "2019,"+to+",", 1)
	r.load(2, "held")
	held := r.ask(`{ restatements(state: HELD) { id corrections revised } }`)
	held.at("restatements", 0, "corrections").is("1")
	return held.at("restatements", 0, "id").text()
}

// written is the answer to a question, byte for byte.
func (r *revising) written(question string) string {
	r.t.Helper()
	answer, err := json.Marshal(r.reply(question).at("data").v)
	if err != nil {
		r.t.Fatal(err)
	}
	return string(answer)
}

// A value is changed and its day of publication is not: the answers of earlier days stay as
// they were, byte for byte, and what changed is a revision since any moment before.
func TestCorrectionDatedBack(t *testing.T) {
	t.Parallel()
	r := revise(t, "--release-management", "decide")
	r.load(2, "published")
	r.eventually(func() bool { return r.ask(`{ releases { totalCount } }`).at("releases", "totalCount").text() == "2" })
	then, yesterday := r.record("2021-01-01"), time.Now().AddDate(0, 0, -1).Format(time.DateOnly)
	id := r.correct("97", "91")
	moment := time.Now().UTC().Format(time.RFC3339Nano)
	approved := r.ask(`mutation { approveRestatement(id: "` + id + `", actor: "An", comment: "the table was revised") { copyingSlip corrections releases } }`).at("approveRestatement")
	approved.at("copyingSlip").is("false")
	first := approved.at("releases", 0).text()
	r.ask(figure2019).at("figure", "value").is("91")
	r.replay("corrected", "2021-01-01", then)
	release := r.ask(`{ release(id: "` + first + `") { published loaded corrects correctedOn copyingSlip } }`).at("release")
	release.at("corrects").is("2020-02-18")
	release.at("copyingSlip").is("false")
	release.at("correctedOn").is(release.at("published").text())
	for _, since := range []string{`date: "` + yesterday + `"`, `date: "2020-03-01"`, `release: "2"`, `loaded: "` + moment + `"`} {
		revised := r.ask(`{ revisions(since: {` + since + `}) { totalCount nodes { old new release { id } } } }`).at("revisions")
		revised.at("totalCount").is("1")
		revised.at("nodes", 0, "release", "id").is(first)
	}
	r.run("unchanged", "load", "criterion-19-2")

	// The next one mends a slip of copying: the day of publication answers it, too, and says so.
	pinned := `{ comparison(indicator: "criterion-19-2", unit: "89", year: 2019, baseYear: 2018, scope: {asOf: {release: "2"}}) { rows { current { id text } change { text } } notes { code text } } }`
	seen, corrected := r.written(pinned), release.at("loaded").text()
	id = r.correct("91", "79")
	r.run("mend slips of copying", "approve", id, "--copying-slip", "--actor", "An", "--comment", "79 was read as 97")
	r.eventually(func() bool { return r.ask(figure2019).at("figure", "value").text() == "79" })
	asOf := func(point string) string {
		return r.ask(`{ figure(indicator: "criterion-19-2", unit: "89", year: 2019, scope: {asOf: {`+point+`}}) { value } }`).at("figure", "value").text()
	}
	for point, want := range map[string]string{`date: "2021-01-01"`: "79", `date: "` + yesterday + `"`: "79", `loaded: "` + corrected + `"`: "91", `release: "` + first + `"`: "91", `release: "2"`: "97"} {
		if got := asOf(point); got != want {
			t.Errorf("as of %s: %s, want %s", point, got, want)
		}
	}
	note := r.ask(strings.Replace(pinned, `release: "2"`, `date: "2021-01-01"`, 1)).at("comparison", "notes").find("CORRECTED", "code")
	if text := note.at("text").text(); !strings.Contains(text, "91/119 → 79/119") {
		t.Errorf("the note says %q", text)
	}
	if again := r.written(pinned); again != seen {
		t.Errorf("pinned by its release the answer is\n%s\nand was\n%s", again, seen)
	}
	revised := r.ask(`{ revisions(since: {date: "` + yesterday + `"}) { nodes { old new } } restatements(state: APPROVED) { id copyingSlip } }`)
	revised.at("revisions", "nodes", 0, "new").is("79")
	revised.at("restatements", 0, "copyingSlip").is("true")
	r.run("mends on", "releases")
}
