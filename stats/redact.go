package stats

import "context"

// redactChanges takes out of cell changes what the caller may not see: the numbers of
// cells that are withheld, and those that cannot be judged.
func (e *Engine) redactChanges(ctx context.Context, cells []CellChange) error {
	c := e.state()
	asked := map[withheldKey]bool{}
	for i := range cells {
		if e.guards(c.Indicator(cells[i].IndicatorCode)) {
			asked[withheldKey{cells[i].IndicatorCode, cells[i].Year}] = true
		}
	}
	if len(asked) == 0 {
		return nil
	}
	found, err := e.withheldOf(ctx, c, asked)
	if err != nil {
		return err
	}
	for i := range cells {
		change := &cells[i]
		w := found[withheldKey{change.IndicatorCode, change.Year}]
		if w == nil {
			continue
		}
		unit := c.At(change.Year.Reference()).Unit(change.UnitCode)
		hidden := func(value, denominator *Value, status *Status) bool {
			hides := unit == nil || w.hides(unit.Key(), cellOf(change.Breakdown), w.indicator.amountOf(*value, *denominator))
			if hides = hides && value.IsKnown(); hides {
				*value, *status = None(Suppressed), Confidential
			}
			if hides && denominator.IsKnown() {
				*denominator = None(Suppressed)
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
func cellOf(breakdown []*Breakdown) string {
	var members []Of
	for _, b := range breakdown {
		members = append(members, Of{b.Dimension.Code, b.Members[0].Code})
	}
	return In(members...)
}

// amountOf reads an amount as it was reported; nil where it does not tell of how
// many it speaks.
func (i *Indicator) amountOf(value, denominator Value) *amount {
	v, known := value.Decimal()
	d, whole := denominator.Decimal()
	switch {
	case !known, !whole && i.Kind.isAverage():
		return nil
	case i.Kind == Mean:
		v = v.Mul(d)
	}
	return &amount{v, d}
}

// redactRejects takes the values out of rejected rows. They belong to no cell that
// could be judged, so none is told while anything is confidential.
func (e *Engine) redactRejects(rejects []Reject) {
	if !e.guardsAny(e.Catalogue().Catalogue) {
		return
	}
	for i := range rejects {
		rejects[i].Value, rejects[i].Detail = string(Suppressed), Text{}
	}
}

// redactFinding takes the values out of a finding about a confidential indicator: one
// of them is no figure of any cell.
func (e *Engine) redactFinding(f *Finding) *Finding {
	if !e.guards(e.Catalogue().Indicator(f.IndicatorCode)) {
		return f
	}
	own := *f
	own.Used, own.Other = string(Suppressed), string(Suppressed)
	return &own
}

// redactRemarks takes out of observations what their sources say of figures that are
// withheld: a remark can tell the number.
func (e *Engine) redactRemarks(ctx context.Context, c *State, history []Observation) error {
	asked := map[withheldKey]bool{}
	for i := range history {
		if e.guards(c.Indicator(history[i].Indicator)) {
			asked[withheldKey{history[i].Indicator, history[i].Year}] = true
		}
	}
	found, err := e.withheldOf(ctx, c, asked)
	if err != nil {
		return err
	}
	for i := range history {
		o := &history[i]
		if w := found[withheldKey{o.Indicator, o.Year}]; w != nil && w.hides(o.Unit, o.Breakdown, w.indicator.amount(o)) {
			o.Note = ""
		}
	}
	return nil
}

// redactEvidence takes the numbers out of an observation that is withheld.
func (w *withheld) redactEvidence(e *Evidence, o *Observation) {
	if !o.Value.Valid || !w.hides(o.Unit, o.Breakdown, w.indicator.amount(o)) {
		return
	}
	e.Value, e.Status, e.Note = None(Suppressed), Confidential, ""
	if e.Denominator.IsKnown() {
		e.Denominator = None(Suppressed)
	}
}

// RedactHeld takes the numbers out of figures of confidential indicators that are
// held: what is not published cannot be judged, so none of them is told.
func (e *Engine) RedactHeld(cells []*CellChange) {
	c := e.state()
	for _, change := range cells {
		if !e.guards(c.Indicator(change.IndicatorCode)) {
			continue
		}
		for _, value := range []*Value{&change.Old, &change.OldDenominator, &change.New, &change.NewDenominator} {
			if value.IsKnown() {
				*value = None(Suppressed)
			}
		}
		change.Note = ""
	}
}

// RedactJobs takes out of jobs what the caller may not see.
func (e *Engine) RedactJobs(jobs []*Job) {
	guarded := e.guardsAny(e.Catalogue().Catalogue)
	for _, job := range jobs {
		if guarded && job.LastRun != nil && job.LastRun.Error.EN != "" { // it quotes what stands in a file
			run := *job.LastRun
			run.Error = Same(string(Suppressed))
			job.LastRun = &run
		}
		for i, finding := range job.Findings {
			job.Findings[i] = e.redactFinding(finding)
		}
	}
}

// RedactRejects takes out of rejected rows what the caller may not see.
func (e *Engine) RedactRejects(rejects []*Reject) {
	if !e.guardsAny(e.Catalogue().Catalogue) {
		return
	}
	for _, reject := range rejects {
		reject.Value, reject.Detail = string(Suppressed), Text{}
	}
}
