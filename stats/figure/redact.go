package figure

import (
	"context"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// RedactChanges takes out of cell changes what the caller may not see: the numbers of
// cells that are withheld, and those that cannot be judged.
func (e *Engine) RedactChanges(ctx context.Context, cells []catalogue.CellChange) error {
	c := e.State()
	asked := map[ledger.SeriesYear]bool{}
	for i := range cells {
		if e.Guards(c.Indicator(cells[i].IndicatorCode)) {
			asked[ledger.SeriesYear{Indicator: cells[i].IndicatorCode, Year: cells[i].Year}] = true
		}
	}
	if len(asked) == 0 {
		return nil
	}
	found, err := FindWithheld(ctx, e, c, asked)
	if err != nil {
		return err
	}
	for i := range cells {
		change := &cells[i]
		w := found[ledger.SeriesYear{Indicator: change.IndicatorCode, Year: change.Year}]
		if w == nil {
			continue
		}
		unit := c.At(change.Year.Reference()).Unit(change.UnitCode)
		hidden := func(value, denominator *number.Value, status *number.Status) bool {
			hides := unit == nil || w.hides(unit.Key(), cellOf(change.Breakdown), amountOf(w.indicator, *value, *denominator))
			if hides = hides && value.IsKnown(); hides {
				*value, *status = number.None(number.Suppressed), number.Confidential
			}
			if hides && denominator.IsKnown() {
				*denominator = number.None(number.Suppressed)
			}
			return hides
		}
		before := hidden(&change.Old, &change.OldDenominator, &change.OldStatus)
		if hidden(&change.New, &change.NewDenominator, &change.NewStatus) || before {
			change.Note = ""
		}
	}
	return nil
}

// cellOf writes single members as the breakdown of a cell.
func cellOf(breakdown []*catalogue.Breakdown) string {
	var members []catalogue.MemberRef
	for _, b := range breakdown {
		members = append(members, catalogue.MemberRef{Dimension: b.Dimension.Code, Member: b.Members[0].Code})
	}
	return catalogue.BreakdownKey(members...)
}

// amountOf reads an amount as it was reported; nil where it does not tell of how
// many it speaks.
func amountOf(i *catalogue.Indicator, value, denominator number.Value) *amount {
	v, known := value.Decimal()
	d, whole := denominator.Decimal()
	switch {
	case !known, !whole && i.IsAverage():
		return nil
	case i.Kind == catalogue.Mean:
		v = v.Mul(d)
	}
	return &amount{v, d}
}

// WithholdValues takes the values out of rejected rows while any indicator is
// confidential: they belong to no cell, so that suppression cannot decide about them.
func (e *Engine) WithholdValues(rejects []ledger.Reject) {
	if !e.guardsAny(e.Catalogue().Catalogue) {
		return
	}
	for i := range rejects {
		rejects[i].Value, rejects[i].Detail = string(number.Suppressed), number.Text{}
	}
}

// RedactFiles takes checksum and size out of files while any indicator is confidential: a
// file may hold its numbers, whether they were published from it or not, and whoever knows
// the rest of it could try numbers until both agree.
func (e *Engine) RedactFiles(files []ledger.File) []*ledger.File {
	guarded := e.guardsAny(e.Catalogue().Catalogue)
	all := make([]*ledger.File, len(files))
	for i, file := range files {
		if guarded {
			file = ledger.File{Path: file.Path, Withheld: true}
		}
		all[i] = &file
	}
	return all
}

// RedactRuns takes the errors out of runs while any indicator is confidential, which quote
// what stands in a file, and the versions of the files that were fetched: some are checksums.
func (e *Engine) RedactRuns(runs []*ledger.Run) {
	if !e.guardsAny(e.Catalogue().Catalogue) {
		return
	}
	for i := range runs {
		runs[i] = redactedRun(runs[i])
	}
}

func redactedRun(run *ledger.Run) *ledger.Run {
	own := *run
	if run.Error.EN != "" || run.Error.VI != "" {
		own.Error = number.Same(string(number.Suppressed))
	}
	own.Fetched = slices.Clone(run.Fetched)
	for i := range own.Fetched {
		own.Fetched[i].Version = ""
	}
	return &own
}

// RedactRemarks takes the remarks of sources out of observations of withheld figures: a
// remark can quote the number.
func (e *Engine) RedactRemarks(ctx context.Context, c *State, history []ledger.Observation) error {
	asked := map[ledger.SeriesYear]bool{}
	for i := range history {
		if e.Guards(c.Indicator(history[i].Indicator)) {
			asked[ledger.SeriesYear{Indicator: history[i].Indicator, Year: history[i].Year}] = true
		}
	}
	found, err := FindWithheld(ctx, e, c, asked)
	if err != nil {
		return err
	}
	for i := range history {
		o := &history[i]
		if w := found[ledger.SeriesYear{Indicator: o.Indicator, Year: o.Year}]; w != nil && w.hides(o.Unit, o.Breakdown, amountObserved(w.indicator, o)) {
			o.Note = ""
		}
	}
	return nil
}

// RedactEvidence takes the numbers out of an observation that is withheld.
func (w *Withheld) RedactEvidence(e *Evidence, o *ledger.Observation) {
	if !o.Value.Valid || !w.hides(o.Unit, o.Breakdown, amountObserved(w.indicator, o)) {
		return
	}
	e.Value, e.Status, e.Approximation, e.Note = number.None(number.Suppressed), number.Confidential, nil, ""
	if e.Denominator.IsKnown() {
		e.Denominator = number.None(number.Suppressed)
	}
}

// RedactPending takes all numbers of confidential indicators out of the cells of a
// pending restatement: suppression decides about published figures alone.
func (e *Engine) RedactPending(cells []*catalogue.CellChange) {
	c := e.State()
	for _, change := range cells {
		if !e.Guards(c.Indicator(change.IndicatorCode)) {
			continue
		}
		for _, value := range []*number.Value{&change.Old, &change.OldDenominator, &change.New, &change.NewDenominator} {
			if value.IsKnown() {
				*value = number.None(number.Suppressed)
			}
		}
		change.Note = ""
	}
}

// RedactJobs takes out of jobs what the caller may not see.
func (e *Engine) RedactJobs(jobs []*ledger.Job) {
	for _, job := range jobs {
		if job.LastRun != nil {
			last := []*ledger.Run{job.LastRun}
			e.RedactRuns(last)
			job.LastRun = last[0]
		}
		for i, finding := range job.Findings {
			job.Findings[i] = e.RedactFinding(finding)
		}
	}
}

// RedactRejects takes out of rejected rows what the caller may not see.
func (e *Engine) RedactRejects(rejects []*ledger.Reject) {
	if !e.guardsAny(e.Catalogue().Catalogue) {
		return
	}
	for _, reject := range rejects {
		reject.Value, reject.Detail = string(number.Suppressed), number.Text{}
	}
}
