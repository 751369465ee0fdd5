package etl

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Who starts the loads that no person starts.
const (
	BySchedule = ledger.BySchedule
	ByArrival  = ledger.ByArrival
	ByAnother  = ledger.ByAnother
)

// Order is a load that is to be made.
type Order struct {
	// Source is the code of the source, Actor who or what asks for it.
	Source, Actor string
	// Due is when it was due; zero where a person asks for it.
	Due time.Time
	// Years are the years that are loaded and compared; all else of the source stays as it
	// is. Zero for all.
	Years catalogue.Years
	// Told hears how far the load is; nil for nobody.
	Told func(ledger.RunProgress)
}

// begin makes the run of an order, once its turn has come. It reports done, with the run
// that did it, where another program has carried out the order by then.
func (o *Order) begin(ctx context.Context, c Config) (run ledger.Run, done bool, err error) {
	id, err := uuid.NewV7()
	if err != nil {
		return ledger.Run{}, false, fmt.Errorf("number the run: %w", err)
	}
	run = ledger.Run{ID: id.String(), Source: o.Source, Actor: o.Actor, Due: o.Due, Years: written(o.Years), StartedAt: c.Now(), Outcome: ledger.Running}
	last, err := c.Sink.LastRuns(ctx)
	if err != nil {
		return ledger.Run{}, false, fmt.Errorf("read the runs: %w", err)
	}
	for _, earlier := range last {
		if earlier.Source != o.Source {
			continue
		}
		if o.isDoneBy(earlier) {
			c.Logger.Info("load was made by another program", "source", o.Source, "due", o.Due, "run", earlier.ID)
			return *earlier, true, nil
		}
		// Until this run has examined the files it stands for what the one before found in
		// them: rows that were rejected stay so until they are mended, also where a later
		// run finds the files unchanged or cannot read them.
		run.Repeat(earlier)
	}
	return run, false, nil
}

// isDoneBy reports whether an earlier run did what is ordered: one that was due then or
// later; of a file that arrived, one that began since and did not fail. One that never ended
// did nothing: who holds the lease of the loads knows that it runs no more.
func (o *Order) isDoneBy(earlier *ledger.Run) bool {
	switch {
	case o.Due.IsZero() || wasKilled(earlier) || earlier.Years != "":
		return false
	case o.Actor == ByArrival:
		return !earlier.StartedAt.Before(o.Due) && earlier.Outcome != ledger.Failed
	}
	return !earlier.Due.IsZero() && !earlier.Due.Before(o.Due)
}

// BeganAt is when a run began, for those who look for what was missed since. One that was
// due and never ended counts as one that never began.
func BeganAt(run *ledger.Run) time.Time {
	if wasKilled(run) && !run.Due.IsZero() {
		return run.Due.Add(-time.Second)
	}
	return run.StartedAt
}

// wasKilled reports whether the program died in a run, which is known once no load runs, or
// was told in the record by the next one.
func wasKilled(run *ledger.Run) bool {
	return run.Outcome == ledger.Running || run.Outcome == ledger.Failed && run.Error.EN == interrupted().Line(number.English)
}

// inTime bounds the time of a load by what its source allows.
func inTime(ctx context.Context, source *workspace.Source) (context.Context, context.CancelFunc) {
	if source.Timeout == 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeoutCause(ctx, source.Timeout, &number.Error{
		Code: LoadTimedOut, Where: source.Code, Message: number.Say("the load was not over after %s", source.Timeout.String()),
		Hint: number.Say("nothing of it was published; see which stage took the time, or raise `timeout` of the source"),
	})
}

// written writes years as they are given to a command; "" for all.
func written(years catalogue.Years) string {
	switch {
	case years == catalogue.Years{}:
		return ""
	case years.From == years.To:
		return strconv.Itoa(int(years.From))
	}
	return open(years.From) + ".." + open(years.To)
}

func open(year number.Year) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(int(year))
}

// ParseYears reads years that are to be loaded: 2019, 2011..2024, 2011.. or ..2024.
func ParseYears(text string) (catalogue.Years, error) {
	from, to, span := strings.Cut(text, "..")
	if !span {
		to = from
	}
	var years catalogue.Years
	for _, end := range []struct {
		text string
		into *number.Year
	}{{from, &years.From}, {to, &years.To}} {
		year, err := strconv.Atoi(end.text)
		if span && end.text == "" {
			continue
		}
		if err != nil || year < 1 || year > 9999 {
			return years, badYears(text)
		}
		*end.into = number.Year(year)
	}
	if years == (catalogue.Years{}) || years.To != 0 && years.To < years.From {
		return years, badYears(text)
	}
	return years, nil
}

func badYears(text string) error {
	return &number.Error{
		Code: number.BadArgument, Where: "years", Message: number.Say("%q are no years to load", text), Hint: number.Say("write 2019, 2011..2024, 2011.. or ..2024"),
	}
}

// suffix tells the fingerprint of files of which some years are loaded from that of all:
// the next whole load must not take them for loaded.
func suffix(years catalogue.Years) string {
	if years == (catalogue.Years{}) {
		return ""
	}
	return " " + written(years)
}

// within leaves of a result what lies within some years; the rows that were read and
// rejected are those of the files.
func (r Result) within(years catalogue.Years) Result {
	if years == (catalogue.Years{}) {
		return r
	}
	r.facts.only(years)
	var findings []finding
	for _, f := range r.findings {
		if f.Year == 0 || years.Contains(f.Year) {
			findings = append(findings, f)
		}
	}
	r.findings = findings
	return r
}

// ofOtherYears reports whether a restatement has cells outside of the years of a load:
// then what the load says does not take its place.
func ofOtherYears(ctx context.Context, l *load, r *ledger.Restatement) (bool, error) {
	if l.years == (catalogue.Years{}) {
		return false, nil
	}
	for cell, err := range l.Sink.Held(ctx, r.ID) {
		if err != nil {
			return false, fmt.Errorf("read restatement %s: %w", r.ID, err)
		}
		if !l.years.Contains(cell.Year) {
			return true, nil
		}
	}
	return false, nil
}
