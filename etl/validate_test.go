package etl_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/validation"
)

// checking is an office whose source declares checks.
func checking(t *testing.T, checks string) *office {
	t.Helper()
	o := newOffice(t)
	path := filepath.Join(o.dir, workspace.Filename)
	yaml, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	o.write(workspace.Filename, string(yaml)+"    checks: "+checks+"\n")
	return o
}

const (
	peopleThen = "30340,population,2019,4000,,2020-02-18,,,,A\n30406,population,2019,5000,,2020-02-18,,,,A\n"
	peopleSlip = peopleThen + "30340,population,2020,4100000,,2021-03-12,,,,B\n30406,population,2020,5100,,2021-03-12,,,,B\n"
)

// A slip of 1,000 is held with the load that has it, named, and published with its finding
// once somebody approves it.
func TestASlipIsHeld(t *testing.T) {
	o := checking(t, "[magnitude: hold]")
	o.must(ledger.Published, peopleThen)
	run := o.must(ledger.Waiting, peopleSlip)
	if run.Rejected != 0 || len(run.Releases) != 0 {
		t.Errorf("run %+v", run)
	}
	o.is("none", "population", "30406", 2020)
	o.must(ledger.Unchanged, peopleSlip)
	o.must(ledger.Waiting, peopleSlip+"\n")
	o.restated("2 HELD")
	all, err := o.manager().Restatements(t.Context())
	if err != nil || len(all) != 1 || all[0].Revised != 0 || all[0].Added != 2 || len(all[0].Findings) != 1 {
		t.Fatalf("held %+v, %v", all, err)
	}
	f := all[0].Findings[0]
	if f.Code != number.NoteMagnitude || f.Severity != ledger.Hold || f.Rule != "magnitude" || f.Value != "4100000" || f.Measured != "1000" ||
		f.Place != (ledger.Place{File: "in.csv", Line: 4, Column: "value"}) {
		t.Errorf("found %+v", f)
	}
	if said := o.sink.Catalogue().TellFinding(&f, number.Vietnamese); said != "Dân số: Xã Khánh An, năm 2020: 4.100.000 bằng khoảng 1.000 lần số đã công bố, 4.000" {
		t.Errorf("said %s", said)
	}
	if f.Remedy(number.Vietnamese) == "" || f.ReasonText(number.English) == "" || f.Remedy(number.English) == f.Remedy(number.Vietnamese) {
		t.Errorf("nothing is said of what to do about %s", f.Code)
	}
	o.approve("2")
	o.is("4100000", "population", "30340", 2020)
	if found := o.sink.catalogue.Findings; len(found) != 1 || found[0].Release != 3 || found[0].Value != "4100000" {
		t.Errorf("the release has the findings %+v", found)
	}
	o.must(ledger.Published, peopleSlip+"30340,population,2021,4200000,,2022-03-12,,,,C\n30406,population,2021,5200,,2022-03-12,,,,C\n") // nothing is told twice
}

// A load whose file was mended needs no approval any more; one that was refused comes to
// nothing.
func TestASlipIsMended(t *testing.T) {
	o := checking(t, "[magnitude: hold]")
	o.must(ledger.Published, peopleThen)
	o.must(ledger.Waiting, peopleSlip)
	o.refuse("2")
	o.must(ledger.Unchanged, peopleSlip)
	o.must(ledger.Waiting, strings.Replace(peopleSlip, "5100,", "5101,", 1)) // another file, the same slip
	o.must(ledger.Published, strings.Replace(peopleSlip, "4100000", "4100", 1))
	o.restated("3 SUPERSEDED", "2 REFUSED")
	o.is("4100", "population", "30340", 2020)
	if found := o.sink.catalogue.Findings; len(found) != 0 {
		t.Errorf("the release has the findings %+v", found)
	}
}

// What a check finds that stops is told with the first cell, the rule and the remedy, and
// each of its cells is a reject of the run; nothing of the load is published.
func TestACheckStops(t *testing.T) {
	o := checking(t, "[{range: {indicator: population, to: 10000}, severity: stop}, magnitude: hold]")
	o.must(ledger.Published, peopleThen)
	rows := peopleSlip + "30407,population,2020,20000,,2021-03-12,,,,B\n"
	run, err := o.load(rows)
	code(t, err, validation.Stopped)
	if run.Outcome != ledger.Refused || run.Read != 5 || run.Accepted != 3 || run.Rejected != 2 {
		t.Errorf("run %+v", run)
	}
	for _, says := range []string{"in.csv:4: 2 findings that stop the load; the first, OUT_OF_RANGE by the check \"range: {to: 10000}\"", "Khanh An", "what to do: compare the cell"} {
		if !strings.Contains(err.Error(), says) {
			t.Errorf("said %v, without %q", err, says)
		}
	}
	rejects := o.sink.runRejects[run.ID]
	if len(rejects) != 2 || rejects[0].Reason != validation.OutOfRange || rejects[0].Value != "4100000" || rejects[1].Place.Line != 6 ||
		rejects[0].Detail.VI == "" || rejects[0].Remedy(number.Vietnamese) == "" {
		t.Errorf("rejects %+v", rejects)
	}
	o.restated()
	o.is("none", "population", "30406", 2020)
	if run, err := o.load(rows); run.Outcome != ledger.Refused { // a refused load is not one that came to its end
		t.Errorf("again: %+v, %v", run, err)
	}
}

// With other checks the same files are looked at again; without any a slip only warns.
func TestOtherChecksReadAgain(t *testing.T) {
	o := newOffice(t)
	o.must(ledger.Published, peopleThen)
	o.must(ledger.Published, peopleSlip)
	if found := o.sink.catalogue.Findings; len(found) != 1 || found[0].Severity != ledger.Warn || found[0].Code != number.NoteMagnitude {
		t.Errorf("found %+v", found)
	}
	path := filepath.Join(o.dir, workspace.Filename)
	yaml, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	o.write(workspace.Filename, string(yaml)+"    checks: [frozen]\n")
	if run := o.must(ledger.Unchanged, peopleSlip); run.Repeats != "" {
		t.Errorf("run %+v did not look at the files", run)
	}
}
