package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
)

// decisionWait is how long a decision waits for a load to end.
const decisionWait = time.Minute

type restatementsCommand struct {
	Number string `arg:"" optional:"" help:"The number of one, to see its differences cell by cell."`
}

// decision is the flags that every decision has: who takes it and why.
type decision struct {
	Actor   string `help:"Who decides. Default: the system user that runs the program." placeholder:"NAME"`
	Comment string `help:"Why; kept with the decision." required:"" placeholder:"TEXT"`

	By     renamedFlag `hidden:"" renamed:"actor"`
	Reason renamedFlag `hidden:"" renamed:"comment"`
}

// actor returns who decides: the name given, else the system user.
func (d decision) actor() string {
	if d.Actor == "" {
		return who()
	}
	return d.Actor
}

type approveCommand struct {
	Number      string `arg:"" help:"The number of the restatement."`
	CopyingSlip bool   `help:"Its corrections mend slips of copying: answers as of earlier days change, too, and say so. Without it corrections count from today."`
	decision
}

type refuseCommand struct {
	Number string `arg:"" help:"The number of the restatement."`
	decision
}

type withdrawCommand struct {
	Number string `arg:"" help:"The number of the release."`
	Since  string `help:"The day from which it no longer counts, not before its publication. Default: today." placeholder:"YYYY-MM-DD"`
	decision
}

type restoreCommand struct {
	Number string `arg:"" help:"The number of the release."`
	Since  string `help:"The day from which it counts again, not before its withdrawal. Default: today." placeholder:"YYYY-MM-DD"`
	decision
}

// withManager opens the warehouse and passes the release manager of the workspace to do.
func withManager(s *session, do func(m *etl.ReleaseManager) error) (err error) {
	w, err := readWorkspace(s)
	if err != nil {
		return err
	}
	store, err := open(s.ctx, s, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.close()) }()
	return do(&etl.ReleaseManager{Pipeline: s.pipeline(w, store, decisionWait, nil)})
}

// Run lists the restatements, the latest first, or shows one of them.
func (c *restatementsCommand) Run(s *session) error {
	return withManager(s, func(m *etl.ReleaseManager) error {
		if c.Number != "" {
			return showRestatement(s, m, c.Number)
		}
		all, err := m.Restatements(s.ctx)
		if err != nil {
			return err
		}
		t := newTable(s, "restatement", "state", "source", "revised", "added", "reason", "pending since", "loaded by", "decided by", "comment")
		for _, r := range all {
			t.AppendRow(table.Row{
				r.ID, r.State, r.SourceCode, r.Revised, r.Added, reasons(r), r.HeldSince.Format(time.DateTime), r.Actor, r.DecidedBy, r.Decision.Comment,
			})
		}
		t.Render()
		return nil
	})
}

// reasons names what a restatement is pending for: the codes of what its checks held it
// for, and that it changes figures.
func reasons(r *ledger.Restatement) string {
	var codes []string
	if r.Revised > 0 {
		codes = append(codes, "revised figures")
	}
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Severity == ledger.Hold && !slices.Contains(codes, string(f.Code)) {
			codes = append(codes, string(f.Code))
		}
	}
	return strings.Join(codes, ", ")
}

func newTable(s *session, columns ...any) table.Writer {
	t := table.NewWriter()
	t.SetOutputMirror(s.out)
	t.SetStyle(table.StyleLight)
	t.AppendHeader(columns)
	return t
}

func showRestatement(s *session, m *etl.ReleaseManager, numeral string) error {
	r, err := m.Restatement(s.ctx, numeral)
	if err != nil {
		return err
	}
	printRestatement(s, r)
	for i := range r.Findings {
		if r.Findings[i].Rule != "" {
			printFinding(s, &r.Findings[i], m.Sink.Catalogue().TellFinding(&r.Findings[i], number.English))
		}
	}
	pages, errs := m.Differences(s.ctx, []ledger.ReleaseID{r.ID}, list.Page{First: shownChanges})
	if errs[0] != nil {
		return errs[0]
	}
	t := newTable(s, "indicator", "unit", "name", "year", "published now", "restated", "place")
	for _, c := range pages[0].Nodes {
		old := "none"
		if c.OldStatus != "" {
			old = fraction(c.Old, c.OldDenominator) + status(c.OldStatus)
		}
		t.AppendRow(table.Row{
			c.IndicatorCode, c.UnitCode, c.UnitName(number.Vietnamese), strconv.Itoa(int(c.Year)),
			old, fraction(c.New, c.NewDenominator) + status(c.NewStatus), place(c.Place),
		})
	}
	t.Render()
	if rest := pages[0].TotalCount - shownChanges; rest > 0 {
		fmt.Fprintf(s.out, "and %d more cells\n", rest)
	}
	return nil
}

// status writes a status that is not the normal one.
func status(s number.Status) string {
	if s == number.Normal {
		return ""
	}
	return " " + string(s)
}

// printRestatement prints the state of a restatement.
func printRestatement(s *session, r *ledger.Restatement) {
	fmt.Fprintf(s.out, "restatement %s of %s, pending since %s: %s, %d cells revised, %d added\n",
		r.ID, r.SourceCode, r.HeldSince.Format(time.DateTime), r.State, r.Revised, r.Added)
	switch {
	case r.Slip:
		fmt.Fprintln(s.out, "its corrections mend slips of copying: answers as of earlier days changed")
	case r.Corrections > 0:
		fmt.Fprintf(s.out, "%d cells correct what was published under the same day: they count from the day of approval, or with --copying-slip from that day\n", r.Corrections)
	}
	if r.State != ledger.Pending {
		fmt.Fprintf(s.out, "decided by %s: %s\n", r.DecidedBy, r.Decision.Comment)
	}
	for _, id := range r.Releases {
		fmt.Fprintf(s.out, "published as release %s\n", id)
	}
}

// Run publishes a restatement.
func (c *approveCommand) Run(s *session) error {
	return withManager(s, func(m *etl.ReleaseManager) error {
		r, err := m.Approve(s.ctx, c.Number, c.actor(), c.Comment, c.CopyingSlip)
		if err == nil {
			printRestatement(s, r)
		}
		return err
	})
}

// Run refuses a restatement.
func (c *refuseCommand) Run(s *session) error {
	return withManager(s, func(m *etl.ReleaseManager) error {
		r, err := m.Refuse(s.ctx, c.Number, c.actor(), c.Comment)
		if err == nil {
			printRestatement(s, r)
		}
		return err
	})
}

// Run withdraws a release.
func (c *withdrawCommand) Run(s *session) error {
	return withManager(s, func(m *etl.ReleaseManager) error {
		since, err := day(c.Since)
		if err != nil {
			return err
		}
		return s.reversed(m.Withdraw(s.ctx, c.Number, since, c.actor(), c.Comment))
	})
}

// Run restores a release.
func (c *restoreCommand) Run(s *session) error {
	return withManager(s, func(m *etl.ReleaseManager) error {
		since, err := day(c.Since)
		if err != nil {
			return err
		}
		return s.reversed(m.Restore(s.ctx, c.Number, since, c.actor(), c.Comment))
	})
}

func (s *session) reversed(r *ledger.Release, err error) error {
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "release %s %s from %s on: %d figures changed, %d removed, %d back\n",
		r.ID, reversal(r), r.Published, r.Revised, r.Removed, r.Added)
	return nil
}

// reversal says which release another one withdraws or restores, or what it corrects; ""
// where it does neither.
func reversal(r *ledger.Release) string {
	switch {
	case r.MendsSlips():
		return fmt.Sprintf("mends on %s slips of copying of %s", r.Corrected, r.Corrects)
	case r.Corrects != 0:
		return fmt.Sprintf("corrects %s", r.Corrects)
	case r.Withdraws != 0:
		return "withdraws release " + r.Withdraws.String()
	case r.Restores != 0:
		return "restores release " + r.Restores.String()
	}
	return ""
}

// day reads a day; nil when none is given.
func day(text string) (*number.Date, error) {
	if text == "" {
		return nil, nil
	}
	date, err := number.ParseDate(text)
	if err != nil {
		return nil, &number.Error{Code: number.BadArgument, Where: "--since", Message: number.EnglishOnly("%s", err), Hint: number.EnglishOnly("write it as 2021-03-12")}
	}
	return &date, nil
}
