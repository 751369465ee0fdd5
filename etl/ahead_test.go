package etl_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/stats/ledger"
)

// What is staged while it is compared ends as what is compared first: the same releases under
// the same numbers, with the same figures, postings, findings and rejects. A check that could hold
// the load, and finds nothing, makes the difference.
func TestStagedAhead(t *testing.T) {
	t.Parallel()
	for name, rows := range map[string]string{
		"one day":            "89,criterion-19-2,2020,97,119,2021-03-12,,,,B\n30340,population,2019,7,,2021-03-12,E,,a note,B\n",
		"days":               threeDates,
		"rejects":            threeDates + "89,criterion-19-2,2017,seventy,119,2018-02-21,,,,A\n30340,population,2020,1,,2020-05-05,,,,A\n",
		"the same twice":     threeDates + "30340,population,2020,1,,2020-05-05,,,,A\n30340,population,2020,2,,2020-05-05,,,,A\n",
		"contradictions":     threeDates + "89,criterion-19-2,2020,96,119,2021-03-12,,conflict,,C\n",
		"a day that repeats": "30340,population,2020,1,,2020-05-05,,,,A\n30340,population,2020,1,,2021-05-05,,,,A\n30340,population,2021,1,,2022-05-05,,,,A\n",
		"only rejects":       "89,criterion-19-2,2017,seventy,119,2018-02-21,,,,A\n",
	} {
		ended := map[bool]string{}
		for _, ahead := range []bool{true, false} {
			o := newOffice(t)
			if !ahead {
				yaml, err := os.ReadFile(filepath.Join(o.dir, "niengiam.yaml"))
				if err != nil {
					t.Fatal(err)
				}
				o.write("niengiam.yaml", string(yaml)+"    checks: [{range: {from: -1}, severity: hold}]\n")
			}
			run, err := o.load(rows)
			if err != nil {
				t.Fatal(err)
			}
			ended[ahead] = fmt.Sprintln(run.Outcome, run.Releases, run.Added, run.Read, run.Rejected) + o.kept()
			o.must(ledger.Unchanged, rows+"\n")
		}
		if ended[true] != ended[false] {
			t.Errorf("%s: staged while it is compared:\n%s\ncompared first:\n%s", name, ended[true], ended[false])
		}
	}
}

// kept writes all that the warehouse has, in any order of the rows.
func (o *office) kept() string {
	var lines []string
	for i := range o.sink.observations {
		lines = append(lines, fmt.Sprintf("%+v", o.sink.observations[i]))
	}
	for i := range o.sink.postings {
		lines = append(lines, fmt.Sprintf("%+v", o.sink.postings[i]))
	}
	slices.Sort(lines)
	for _, r := range o.sink.releases {
		for i := range r.Files {
			r.Files[i].Path = filepath.Base(r.Files[i].Path)
		}
		lines = append(lines, fmt.Sprintf("%+v %+v", r, o.sink.rejects[r.ID]))
	}
	for _, f := range o.sink.findings {
		lines = append(lines, fmt.Sprintf("%+v", *f))
	}
	return strings.Join(lines, "\n")
}

// What was refused before anything was published is not published when the check that held it is
// gone, and what is held was not staged.
func TestRefusedBeforeAnythingIsPublished(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	yaml, err := os.ReadFile(filepath.Join(o.dir, "niengiam.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	o.write("niengiam.yaml", string(yaml)+"    checks: [{range: {from: 10}, severity: hold}]\n")
	rows := "30340,population,2020,1,,2020-05-05,,,,A\n"
	o.must(ledger.Waiting, rows)
	if len(o.sink.observations) > 0 || o.sink.held[0].ID != 1 {
		t.Errorf("staged of a load that is held as %s: %v", o.sink.held[0].ID, o.sink.observations)
	}
	if _, err := o.manager().Refuse(t.Context(), "1", "An", "wrong"); err != nil {
		t.Fatal(err)
	}
	o.write("niengiam.yaml", string(yaml))
	o.must(ledger.Unchanged, rows)
	o.must(ledger.Published, strings.Replace(rows, ",1,", ",2,", 1))
}
