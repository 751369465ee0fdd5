package etl

import (
	"fmt"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/validation"
)

// validateDrafts makes the checks of the source, and of its indicators, on what the drafts
// would change.
func validateDrafts(l *load, drafts []*draft, history []ledger.Observation, facts []fact) []finding {
	var changed []ledger.Observation
	for _, d := range drafts {
		changed = append(changed, d.Observations...)
	}
	if len(changed) == 0 {
		return nil
	}
	return validate(l.source.Plan(l.Workspace.Checks), l.source.Code, l.Sink.Catalogue(), changed, history, facts)
}

// validate makes checks on observations beside the history. The cells that findings are
// about are quoted as they stand in the files of the facts.
func validate(plan validation.Plan, source string, catalogue *catalogue.Calendar, observations, history []ledger.Observation, facts []fact) []finding {
	p := validation.Publication{Catalogue: catalogue, Source: source, Observations: observations, History: history, Plan: plan}
	results := p.Findings()
	if len(results) == 0 {
		return nil
	}
	written := map[ledger.Place]*fact{}
	for i := range facts {
		written[facts[i].Place] = &facts[i]
	}
	findings := make([]finding, len(results))
	for i, r := range results {
		findings[i] = finding{Finding: r.Finding, published: r.Published}
		f := &findings[i]
		switch cell := written[r.Place]; {
		case cell == nil || f.Code == number.NoteMembers && (cell.Unit != f.UnitKey || cell.Year != f.Year): // of an earlier file
		case r.OfWhole:
			f.Value, f.Place.Column = shortened(cell.whole), cell.wholeColumn
		default:
			f.Value = shortened(cell.text)
		}
	}
	return findings
}

// shortened is as much of a cell as a finding repeats.
func shortened(cell string) string {
	if text := []rune(cell); len(text) > mostShown {
		return string(text[:mostShown]) + "…"
	}
	return cell
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
			}, published: f.published})
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
