package etl

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/niengiam/niengiam/etl/mapping"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/validation"
)

// checking makes the checks of a source, and of its indicators, on what a load would change:
// each indicator when all its cells were compared. It holds the changed cells of one indicator,
// and what is published of it, and only where a check could find something.
type checking struct {
	plan     validation.Plan
	source   string
	calendar *catalogue.Calendar
	holds    func(indicator string) bool // whether something of an indicator is published

	indicator string
	looks     bool
	changed   []placedObservation
	history   []ledger.Observation // what is published of the indicator
	results   []validation.Result
}

// placedObservation is an observation and its place in the order of the load.
type placedObservation struct {
	ledger.Observation
	seq uint64
}

// newChecking checks what a load would change.
func newChecking(l *load, calendar *catalogue.Calendar) *checking {
	held := map[string]bool{}
	for _, h := range calendar.Holdings.Cells {
		held[h.Indicator] = true
	}
	return &checking{
		plan: l.source.Plan(l.Workspace.Checks), source: l.source.Code, calendar: calendar,
		holds: func(indicator string) bool {
			return held[indicator] || len(held) == 0 && len(calendar.Holdings.Releases) > 0
		},
	}
}

// checkAll makes the checks that need nothing that is published on all facts.
func checkAll(plan validation.Plan, source string, calendar *catalogue.Calendar, facts *facts) ([]finding, error) {
	c := &checking{plan: plan, source: source, calendar: calendar, holds: func(string) bool { return false }}
	err := facts.cells(false, func(cell []fact) error {
		used, _, _ := splitFacts(cell)
		for i := range used {
			c.begin(used[i].Indicator)
			c.add(&used[i].Observation, used[i].seq)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	c.end()
	return c.quoted(facts)
}

// cell takes a cell that was compared.
func (c *checking) cell(cell *compared) {
	switch {
	case len(cell.said) > 0:
		c.begin(cell.said[0].Indicator)
	case len(cell.history) > 0:
		c.begin(cell.history[0].Indicator)
	}
	if c.looks {
		c.history = append(c.history, cell.history...)
	}
	for i := range cell.entries {
		c.add(&cell.entries[i].Observation, cell.seq[cell.entries[i].Nth])
	}
}

// begin begins an indicator, if it is another one.
func (c *checking) begin(code string) {
	if code == c.indicator {
		return
	}
	c.end()
	c.indicator, c.looks = code, false
	if indicator := c.calendar.Indicator(code); indicator != nil {
		c.looks = c.plan.Looks(indicator, c.holds(code))
	}
}

func (c *checking) add(o *ledger.Observation, seq uint64) {
	if c.looks {
		c.changed = append(c.changed, placedObservation{*o, seq})
	}
}

// end checks the indicator at hand.
func (c *checking) end() {
	defer func() { c.changed, c.history = c.changed[:0], c.history[:0] }()
	if len(c.changed) == 0 {
		return
	}
	slices.SortFunc(c.changed, func(a, b placedObservation) int {
		return cmp.Or(cmp.Compare(a.At.Published, b.At.Published), cmp.Compare(a.At.Release, b.At.Release), cmp.Compare(a.seq, b.seq))
	})
	p := validation.Publication{
		Catalogue: c.calendar, Source: c.source, Plan: c.plan, Observations: make([]ledger.Observation, len(c.changed)), History: c.history,
	}
	for i := range c.changed {
		p.Observations[i] = c.changed[i].Observation
	}
	c.results = append(c.results, p.Findings()...)
}

// quoted lists the findings, the most severe first. The cells that they are about are quoted as
// they stand in the files of the facts.
func (c *checking) quoted(facts *facts) ([]finding, error) {
	validation.Sort(c.results)
	written := map[ledger.Place]*fact{}
	for _, r := range c.results {
		written[r.Place] = nil
	}
	if err := facts.quote(written); err != nil {
		return nil, err
	}
	var findings []finding
	for _, r := range c.results {
		f := finding{Finding: r.Finding, published: r.Published}
		switch cell := written[r.Place]; {
		case cell == nil || f.Code == number.NoteMembers && (cell.Unit != f.UnitKey || cell.Year != f.Year): // of an earlier file
		case r.OfWhole:
			f.Value, f.Place.Column = mapping.Shortened(cell.Whole), cell.WholeColumn
		default:
			f.Value = mapping.Shortened(cell.Text)
		}
		findings = append(findings, f)
	}
	return findings, nil
}

// severe reports whether a finding has a severity.
func severe(findings []finding, severity ledger.Severity) bool {
	return slices.ContainsFunc(findings, func(f finding) bool { return f.Severity == severity })
}

// stop refuses a load in which a check with that severity found something. Its findings
// stand among the rejects of the run, for there is no release to stand beside.
func stop(l *load, checked []finding) error {
	if !severe(checked, ledger.Stop) {
		return nil
	}
	catalogue := l.Sink.Catalogue()
	var stopping []finding
	for _, f := range checked {
		if f.Severity == ledger.Stop {
			stopping = append(stopping, f)
			l.rejects = append(l.rejects, reject{Reject: ledger.Reject{
				Place: f.Place, Value: f.Value, Reason: number.Code(f.Code), Detail: foundText(catalogue, &f.Finding),
			}, Published: f.published})
		}
	}
	sortRejects(l.rejects)
	l.run.Rejected = countRows(l.rejects) + countColumns(l.rejects)
	l.run.Accepted = l.run.Read - countRows(l.rejects)
	l.run.Outcome = ledger.Refused
	first := &stopping[0]
	remedy, _ := number.Code(first.Code).Fault()
	return &number.Error{
		Code: validation.Stopped, Where: fmt.Sprintf("%s:%d", first.Place.File, first.Place.Line),
		Message: number.Say("%d findings that stop the load; the first, %s by the check %q: %s",
			len(stopping), number.Code(first.Code), first.Rule, foundText(catalogue, &first.Finding)),
		Hint: number.Say("what to do: %s", remedy.Remedy),
	}
}

// foundText describes a finding in both languages.
func foundText(c *catalogue.Calendar, f *ledger.Finding) number.Text {
	return number.Text{VI: c.TellFinding(f, number.Vietnamese), EN: c.TellFinding(f, number.English)}
}
