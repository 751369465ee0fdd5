package etl_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
)

func (o *office) approve(id string) *ledger.Restatement {
	o.t.Helper()
	r, err := o.manager().Approve(o.t.Context(), id, "An", "the article says so", false)
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}

func (o *office) refuse(id string) *ledger.Restatement {
	o.t.Helper()
	r, err := o.manager().Refuse(o.t.Context(), id, "An", "a slip of the pen")
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}

// restated writes the state of each restatement, the latest first.
func (o *office) restated(want ...string) {
	o.t.Helper()
	all, err := o.sink.Restatements(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	var got []string
	for _, r := range all {
		got = append(got, r.ID.String()+" "+string(r.State))
	}
	if !slices.Equal(got, want) {
		o.t.Errorf("restatements %v, want %v", got, want)
	}
}

func code(t *testing.T, err error, want number.Code) {
	t.Helper()
	if number.CodeOf(err) != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

const (
	first    = "89,criterion-19-2,2019,97,119,2020-02-18,,,,A\n"
	revising = first + "89,criterion-19-2,2019,83,119,2021-03-12,,,,B\n89,criterion-19-2,2020,97,119,2021-03-12,,,,B\n"
)

func TestARestatementIsHeldOnce(t *testing.T) {
	o := newOffice(t)
	o.must(ledger.Published, first)
	o.must(ledger.Waiting, revising)
	o.must(ledger.Unchanged, revising)      // the very same files
	o.must(ledger.Waiting, revising+"\n\n") // other bytes that say the same
	o.restated("2 HELD")
	o.is("97", "criterion-19-2", "89", 2019)
	o.is("none", "criterion-19-2", "89", 2020)
	pages, errs := o.manager().Differences(t.Context(), []ledger.ReleaseID{2}, list.Page{First: 10})
	if errs[0] != nil {
		t.Fatal(errs[0])
	}
	changes := pages[0].Nodes
	if len(changes) != 2 || changes[0].Text(number.English) == "" || changes[0].Place.File != "in.csv" {
		t.Fatalf("differences %+v", changes)
	}
	r := o.approve("2")
	if r.State != ledger.Approved || r.DecidedBy != "An" || r.Decision.Comment != "the article says so" || !slices.Equal(r.Releases, []ledger.ReleaseID{3}) {
		t.Errorf("%+v", r)
	}
	o.is("83", "criterion-19-2", "89", 2019)
	o.is("97", "criterion-19-2", "89", 2020)
	if last := o.sink.releases[1]; last.Restatement != 2 || last.ApprovedBy != "An" || last.Actor != "test" || len(last.Files) != 1 || last.Revised != 1 || last.Added != 1 {
		t.Errorf("release %+v", last)
	}
	_, err := o.manager().Approve(t.Context(), "2", "An", "again", false)
	code(t, err, etl.RestatementDecided)
	_, err = o.manager().Refuse(t.Context(), "2", "An", "too late")
	code(t, err, etl.RestatementDecided)
}

func TestWhatWasRefusedStaysOut(t *testing.T) {
	o := newOffice(t)
	o.must(ledger.Published, first)
	o.must(ledger.Waiting, revising)
	if r := o.refuse("2"); r.State != ledger.Declined || r.Decision.Comment != "a slip of the pen" || r.Decided.IsZero() {
		t.Errorf("%+v", r)
	}
	o.must(ledger.Unchanged, revising)
	o.must(ledger.Unchanged, revising+"\n")
	o.is("none", "criterion-19-2", "89", 2020) // the refused load was refused whole
	o.must(ledger.Published, revising+"89,criterion-19-2,2021,60,116,2022-03-12,,,,C\n")
	o.is("97", "criterion-19-2", "89", 2019) // its revision was refused
	o.is("97", "criterion-19-2", "89", 2020) // its new cell is in a file that says more by now
	o.is("60", "criterion-19-2", "89", 2021)
	o.restated("2 REFUSED")
	o.approve("2") // thought better of
	o.is("83", "criterion-19-2", "89", 2019)
	o.restated("2 APPROVED")
}

func TestANewerFileSupersedes(t *testing.T) {
	o := newOffice(t)
	o.must(ledger.Published, first)
	o.must(ledger.Waiting, revising)
	o.must(ledger.Waiting, first+"89,criterion-19-2,2019,84,119,2021-03-12,,,,B\n")
	o.restated("3 HELD", "2 SUPERSEDED")
	o.must(ledger.Unchanged, first) // the publisher took it back
	o.restated("3 SUPERSEDED", "2 SUPERSEDED")
	r, err := o.manager().Restatement(t.Context(), "2")
	if err != nil || r.Successor != 3 || r.Decided.IsZero() {
		t.Errorf("%+v %v", r, err)
	}
	_, err = o.manager().Approve(t.Context(), "2", "An", "I like it", false)
	code(t, err, etl.RestatementDecided)
	o.is("97", "criterion-19-2", "89", 2019)
}

func TestDecisionsHaveANameAndAReason(t *testing.T) {
	o := newOffice(t)
	o.must(ledger.Published, first)
	o.must(ledger.Waiting, revising)
	_, err := o.manager().Approve(t.Context(), "2", " ", "why", false)
	code(t, err, etl.CommentMissing)
	_, err = o.manager().Refuse(t.Context(), "2", "An", "")
	code(t, err, etl.CommentMissing)
	_, err = o.manager().Approve(t.Context(), "3", "An", "why", false)
	code(t, err, etl.UnknownRestatement)
	o.restated("2 HELD")
}

func TestApprovalThatFailsChangesNothing(t *testing.T) {
	o := newOffice(t)
	o.must(ledger.Published, first)
	o.must(ledger.Waiting, revising)
	o.sink.failPublish = errors.New("no connection")
	if _, err := o.manager().Approve(t.Context(), "2", "An", "why", false); !errors.Is(err, o.sink.failPublish) {
		t.Errorf("got %v", err)
	}
	o.restated("2 HELD")
	o.is("97", "criterion-19-2", "89", 2019)
	o.sink.failPublish = nil
	o.approve("2")
	o.is("83", "criterion-19-2", "89", 2019)
}

// Approved after other releases, a restatement is compared with what is there by then.
func TestApprovedLater(t *testing.T) {
	o := newOffice(t)
	o.must(ledger.Published, first)
	o.must(ledger.Waiting, revising)
	if _, err := o.manager().Withdraw(t.Context(), "1", nil, "An", "not ours"); err != nil {
		t.Fatal(err)
	}
	o.is("none", "criterion-19-2", "89", 2019)
	o.approve("2")
	o.is("83", "criterion-19-2", "89", 2019)
	if last := o.sink.releases[2]; last.Added != 1 || last.Revised != 1 {
		t.Errorf("release %+v", last)
	}
}

func TestSmallChangesPassWhereTheSourceSaysSo(t *testing.T) {
	o := newOffice(t)
	o.allow("    restatements: {auto: {relative: 2, absolute: 20}}\n")
	o.must(ledger.Published, "30340,population,2020,1000,,2020-05-05,,,,A\n")
	o.must(ledger.Published, "30340,population,2020,1000,,2020-05-05,,,,A\n30340,population,2020,1020,,2021-05-05,,,,B\n")
	o.is("1020", "population", "30340", 2020)
	o.must(ledger.Waiting, "30340,population,2020,1020,,2021-05-05,,,,B\n30340,population,2020,1041,,2022-05-05,,,,C\n")
	o.is("1020", "population", "30340", 2020)
}

func TestRowsThatAreGone(t *testing.T) {
	o := newOffice(t)
	o.must(ledger.Published, threeDates)
	o.must(ledger.Waiting, "89,criterion-19-2,2018,78,119,2019-02-21,,,,A\n89,criterion-19-2,2019,97,119,2020-02-18,,,,C\n")
	o.is("83", "criterion-19-2", "89", 2019)
	o.approve("4")
	o.is("97", "criterion-19-2", "89", 2019)      // what the file still says
	o.is("missing", "criterion-19-2", "89", 2020) // not zero, and not what it was
	last := o.sink.releases[3]
	if last.Published != 20250701 || last.Revised != 2 || len(last.Files) != 1 {
		t.Errorf("release %+v", last)
	}
	o.must(ledger.Unchanged, "89,criterion-19-2,2018,78,119,2019-02-21,,,,A\n89,criterion-19-2,2019,97,119,2020-02-18,,,,C\n\n")
	o.must(ledger.Waiting, threeDates) // the rows are back
	o.approve("6")
	o.is("83", "criterion-19-2", "89", 2019)
	o.is("97", "criterion-19-2", "89", 2020)
}

func TestARowThatCannotBeReadIsNotGone(t *testing.T) {
	o := newOffice(t)
	o.must(ledger.Published, "30340,population,2020,1,,2020-05-05,,,,A\n30340,population,2019,2,,2020-05-05,,,,A\n")
	o.must(ledger.Unchanged, "30340,population,2020,1,,2020-05-05,,,,A\n30340,population,2019,x,,2020-05-05,,,,A\n")
	o.is("2", "population", "30340", 2019)
}

func TestRowsThatAreGoneMayStay(t *testing.T) {
	o := newOffice(t)
	o.allow("    gone_rows: keep\n")
	o.must(ledger.Published, threeDates)
	o.must(ledger.Unchanged, "89,criterion-19-2,2018,78,119,2019-02-21,,,,A\n")
	o.is("97", "criterion-19-2", "89", 2020)
}

func TestWithdrawAndRestore(t *testing.T) {
	o := newOffice(t)
	o.must(ledger.Published, threeDates)
	m := o.manager()
	w, err := m.Withdraw(t.Context(), "3", nil, "An", "the article was wrong")
	if err != nil || w.ID != 4 || w.Withdraws != 3 || w.Revised != 1 || w.Removed != 1 || w.Added != 0 || w.Published != 20250701 || w.Comment != "the article was wrong" {
		t.Fatalf("%+v %v", w, err)
	}
	o.is("97", "criterion-19-2", "89", 2019)
	o.is("none", "criterion-19-2", "89", 2020)
	o.must(ledger.Unchanged, threeDates) // the file that still has it does not bring it back
	_, err = m.Withdraw(t.Context(), "3", nil, "An", "again")
	code(t, err, etl.WithdrawalRefused)
	_, err = m.Withdraw(t.Context(), "4", nil, "An", "a withdrawal")
	code(t, err, etl.WithdrawalRefused)
	_, err = m.Restore(t.Context(), "2", nil, "An", "never withdrawn")
	code(t, err, etl.WithdrawalRefused)
	_, err = m.Withdraw(t.Context(), "9", nil, "An", "why")
	code(t, err, number.UnknownRelease)
	_, err = m.Withdraw(t.Context(), "2", nil, "An", "")
	code(t, err, etl.CommentMissing)
	tomorrow, before := number.Date(20250702), number.Date(20200217)
	for _, day := range []number.Date{tomorrow, before} {
		_, err = m.Withdraw(t.Context(), "2", &day, "An", "why")
		code(t, err, etl.WithdrawalRefused)
	}
	r, err := m.Restore(t.Context(), "3", nil, "Bình", "it was right")
	if err != nil || r.Restores != 3 || r.Added != 1 || r.Revised != 1 {
		t.Fatalf("%+v %v", r, err)
	}
	o.is("83", "criterion-19-2", "89", 2019)
	o.is("97", "criterion-19-2", "89", 2020)
}

// A later publication that said the same left no trace. After the withdrawal its
// file is read again, and what it says is held.
func TestAWithdrawalLooksAtTheSourcesAgain(t *testing.T) {
	o := newOffice(t)
	rows := revising + "89,criterion-19-2,2019,83,119,2022-02-20,,,,D\n"
	o.must(ledger.Published, rows)
	if len(o.sink.releases) != 2 {
		t.Fatalf("releases %+v", o.sink.releases)
	}
	if _, err := o.manager().Withdraw(t.Context(), "2", nil, "An", "wrong"); err != nil {
		t.Fatal(err)
	}
	o.is("97", "criterion-19-2", "89", 2019)
	o.must(ledger.Waiting, rows)
	o.restated("4 HELD")
}

const (
	copied  = first + "89,criterion-19-2,2018,78,119,2019-02-21,,,,A\n"
	mending = "89,criterion-19-2,2019,79,119,2020-02-18,,,,A\n89,criterion-19-2,2018,78,119,2019-02-21,,,,A\n"
)

// A file that changes what it had published under the same day corrects it from the day of
// approval on, and is read again without another correction.
func TestCorrection(t *testing.T) {
	o := newOffice(t)
	o.must(ledger.Published, copied)
	o.must(ledger.Waiting, mending)
	all, err := o.sink.Restatements(t.Context())
	if err != nil || all[0].Corrections != 1 || all[0].Revised != 1 || all[0].Slip {
		t.Errorf("%+v %v", all[0], err)
	}
	if r := o.approve("3"); r.Slip {
		t.Errorf("%+v", r)
	}
	made := o.sink.releases[2]
	if made.Published != 20250701 || made.Corrects != 20200218 || made.Corrected != 20250701 || made.MendsSlips() || made.Revised != 1 {
		t.Errorf("release %+v", made)
	}
	if o := o.sink.observations[2]; o.At.Published != 20200218 || o.Since != 20250701 {
		t.Errorf("observation %+v", o)
	}
	o.is("79", "criterion-19-2", "89", 2019)
	o.must(ledger.Unchanged, mending+"\n")
}

// Approved as the mending of a slip it counts from the day of its publication, and says so.
func TestCorrectionOfASlip(t *testing.T) {
	o := newOffice(t)
	o.must(ledger.Published, copied)
	o.must(ledger.Waiting, mending)
	r, err := o.manager().Approve(t.Context(), "3", "An", "97 and 79 were mixed up", true)
	if err != nil || !r.Slip {
		t.Fatalf("%+v %v", r, err)
	}
	made := o.sink.releases[2]
	if made.Published != 20200218 || made.Corrects != 20200218 || made.Corrected != 20250701 || !made.MendsSlips() {
		t.Errorf("release %+v", made)
	}
	if o := o.sink.observations[2]; o.At.Published != 20200218 || o.Since != 0 {
		t.Errorf("observation %+v", o)
	}
	o.is("79", "criterion-19-2", "89", 2019)
	o.must(ledger.Unchanged, mending+"\n")
}

// A load that says something under another day than its source had mends no slip.
func TestNothingToMend(t *testing.T) {
	o := newOffice(t)
	o.must(ledger.Published, first)
	o.must(ledger.Waiting, revising)
	_, err := o.manager().Approve(t.Context(), "2", "An", "why", true)
	code(t, err, etl.NothingToMend)
	o.restated("2 HELD")
	o.is("97", "criterion-19-2", "89", 2019)
}

// What goes through without approval corrects from today.
func TestSmallCorrectionsPass(t *testing.T) {
	o := newOffice(t)
	o.allow("    restatements: {auto: {relative: 2}}\n")
	o.must(ledger.Published, "30340,population,2020,1000,,2020-05-05,,,,A\n")
	o.must(ledger.Published, "30340,population,2020,1010,,2020-05-05,,,,A\n")
	o.is("1010", "population", "30340", 2020)
	if made := o.sink.releases[1]; made.Published != 20250701 || made.Corrects != 20200505 || made.Restatement != 0 {
		t.Errorf("release %+v", made)
	}
}

// allow adds lines to the source.
func (o *office) allow(lines string) {
	o.t.Helper()
	yaml, err := os.ReadFile(filepath.Join(o.dir, "niengiam.yaml"))
	if err != nil {
		o.t.Fatal(err)
	}
	o.write("niengiam.yaml", string(yaml)+lines)
}
