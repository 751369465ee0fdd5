package main

import (
	"encoding/json"
	"os/user"
	"strings"
	"testing"
)

// everyLoad asks all that is told of loads and decisions.
const everyLoad = `{
  jobs { sourceCode
    lastRun { ...run } runs(first: 3) { nodes { ...run } }
    held { ...restatement } }
  restatements { ...restatement }
  releases(first: 5) { nodes { ...release } }
}
fragment run on Run { actor outcome error errorEn: error(language: EN) rejected rejects(first: 5) { totalCount nodes { value detail reason place { file line column } } pageInfo { hasNextPage endCursor } } }
fragment restatement on Restatement { id actor decidedBy comment }
fragment release on Release { id actor approvedBy comment rejected rejects(first: 5) { totalCount nodes { value detail reason place { file line column } } } }`

// Callers without the right are told counts alone: no name of who loaded or decided, no
// row that was rejected, and nothing of one in the error of a run. With the right they are.
func TestStrangersAreToldCounts(t *testing.T) {
	t.Parallel()
	r := revise(t)
	r.load(2, "published")
	r.rows[3] = strings.Replace(r.rows[3], "\n", "\n2021,chín mươi,119,2022-03-01,,\n", 1)
	r.load(4, "held")
	r.run("published as release", "approve", "3", "--actor", "Nguyễn Văn An", "--comment", "why")
	r.eventually(func() bool { return strings.Contains(dump(t, r.ask(everyLoad)), `"why"`) })
	loader, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	told := dump(t, r.ask(everyLoad))
	for _, secret := range []string{`"` + loader.Username + `"`, "Nguyễn Văn An", "chín mươi", `"line"`, "criterion_19_2.csv"} {
		if strings.Contains(told, secret) {
			t.Errorf("a stranger is told %s: %s", secret, told)
		}
	}
	if !strings.Contains(told, `"totalCount":1`) || !strings.Contains(told, `"nodes":[]`) {
		t.Errorf("the rejected rows are not counted: %s", told)
	}
	r.stop()
	seen := dump(t, serve(t, "--workspace", r.dir, "--data", r.data, "--release-management", "view").ask(everyLoad))
	for _, known := range []string{`"actor":"` + loader.Username + `"`, `"approvedBy":"Nguyễn Văn An"`, `"decidedBy":"Nguyễn Văn An"`, "chín mươi"} {
		if !strings.Contains(seen, known) {
			t.Errorf("who may look does not see %s: %s", known, seen)
		}
	}
}

func dump(t *testing.T, answer tree) string {
	t.Helper()
	text, err := json.Marshal(answer.v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
