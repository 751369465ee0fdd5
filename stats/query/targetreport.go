package query

import (
	"context"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// TargetReport compares units with targets.
type TargetReport struct {
	// Question is the question as it was understood.
	Question *Question
	// Version says of which publications the answer is.
	Version
	// Rows are the units by target, in the order of the workspace, then by code.
	Rows []*TargetRow
	// Met, Missed, OnTrack, OffTrack, NotDue and Unknown count the rows.
	Met, Missed, OnTrack, OffTrack, NotDue, Unknown int
	// Notes are warnings about the answer.
	Notes []*Note
}

// targetScope is one target with the units and the year that are compared with it.
type targetScope struct {
	target *catalogue.Target
	units  []*catalogue.Unit
	year   number.Year
}

// base is the year that the target's change or line is measured from; 0 for neither.
func (h targetScope) base() number.Year {
	if h.target.On.IsChange() {
		return h.year - 1
	}
	return h.target.BaseYear
}

// Targets compares units with the targets that were set for them.
func (s *Service) Targets(ctx context.Context, ask Ask) (*TargetReport, error) {
	r := &Resolver{State: s.State()}
	q := resolveTargets(r, ask)
	all := targetScopes(r, q)
	if err := r.Err(); err != nil {
		return nil, err
	}
	wants := make([]figure.Request, len(all))
	for i, h := range all {
		wants[i] = figure.Request{Indicator: h.target.Indicator(), Breakdown: q.Breakdown, Years: []number.Year{h.year}}
		if base := h.base(); base != 0 {
			wants[i].Years = append(wants[i].Years, base)
		}
		for _, unit := range h.units {
			wants[i].Levels = append(wants[i].Levels, unit.Level)
		}
	}
	facts, err := s.FetchAll(ctx, r.State, q.view, wants)
	if err != nil {
		return nil, err
	}
	answer := &TargetReport{Question: q, Version: q.version, Rows: []*TargetRow{}}
	notes := &NoteCollector{Catalogue: r.State}
	for i, h := range all {
		for _, unit := range h.units {
			answer.add(targetRow(facts[i], h, unit), notes)
		}
		notes.target(h.target, h.units, h.year)
	}
	answer.Notes, answer.Release = notes.All(), notes.Release()
	return answer, nil
}

// targetRow makes the row of a unit.
func targetRow(f *figure.Facts, h targetScope, unit *catalogue.Unit) *TargetRow {
	var base *figure.Figure
	if year := h.base(); year != 0 {
		base = FigureOf(f, unit, year)
	}
	return newTargetRow(h.target, FigureOf(f, unit, h.year), base)
}

// FigureOf returns the figure of a unit and year; a missing one for a year of which
// nothing was published, in which a register would otherwise repeat its last year.
func FigureOf(f *figure.Facts, unit *catalogue.Unit, year number.Year) *figure.Figure {
	if f.Indicator.HasYear(year, f.View.View) || f.At(year).ByKey(unit.Key()) == nil {
		return f.Figure(unit, year)
	}
	return &figure.Figure{
		Indicator: f.Indicator, Breakdown: f.Breakdown, Unit: unit, Year: year, Cells: f.Cells, View: f.View, Origin: figure.OriginNone, StatusSet: number.Statuses(number.Missing),
		Coverage: figure.Coverage{Reporters: figure.NewExpectedReporters(f, year, figure.NoReporters)},
		Value:    number.None(number.MissingValue), Denominator: number.None(number.MissingValue), Rate: number.None(number.MissingValue),
	}
}

func (t *TargetReport) add(row *TargetRow, notes *NoteCollector) {
	t.Rows = append(t.Rows, row)
	switch row.Result {
	case Met:
		t.Met++
	case Missed:
		t.Missed++
	case OnTrack:
		t.OnTrack++
	case OffTrack:
		t.OffTrack++
	case NotDue:
		t.NotDue++
	default:
		t.Unknown++
	}
	if row.Base != nil {
		notes.Change(Compare(row.Base, row.Current))
	} else {
		notes.figure(row.Current)
	}
}

// resolveTargets resolves what is asked of targets, but not which targets and units.
func resolveTargets(r *Resolver, ask Ask) *Question {
	q := &Question{Year: ask.Year}
	if ask.Indicator != "" {
		q.Indicator = r.indicator(ask.Indicator)
	}
	day := r.LatestDay()
	if ask.Year != 0 {
		r.CalendarYear("year", ask.Year)
		day = ask.Year.Reference()
	}
	if ask.Target != "" {
		q.Target = resolveGoal(r, "target", ask.Target)
	}
	if ask.Goal != nil {
		q.Target = setGoal(r, q, ask)
	}
	if q.Target != nil && q.Indicator == nil && len(r.faults) == 0 {
		q.Indicator = q.Target.Indicator()
	}
	if q.Target != nil && q.Indicator != nil && q.Target.IndicatorCode != q.Indicator.Code {
		r.Fault(otherIndicator(q.Target))
	}
	switch {
	case ask.Unit != "" && ask.Level == "" && ask.Within == "" && ask.Year == 0 && r.Knows(ask.Unit):
		q.Unit = r.LastUnit(ask.Unit, number.Year(day/10000))
		Narrow(r, q, ask)
	case ask.Unit != "" || ask.Level != "" || ask.Within != "":
		resolveUnits(r, q, ask, day)
	default:
		Narrow(r, q, ask)
	}
	q.view, q.version, q.AsOf = r.AsOf(ask.Scope)
	if ask.Goal == nil {
		OnlyTotals(r, ask.Scope, targetsOfTotals())
	}
	return q
}

// targetsOfTotals says why a target of the workspace is not compared with members.
func targetsOfTotals() number.Message {
	return number.Say("a target of the workspace is set for the total; members can be compared with a goal of the question")
}

// setGoal makes a target of a goal that the question sets.
func setGoal(r *Resolver, q *Question, ask Ask) *catalogue.Target {
	bad := func(where string, message, hint number.Message) {
		r.Fault(&number.Error{Code: number.BadArgument, Where: where, Message: message, Hint: hint})
	}
	goalNumber, known := ask.Goal.Value.Decimal()
	switch {
	case ask.Target != "":
		bad("goal", number.Say("both target and goal are given"), number.Say("give a target of the workspace, or a goal of your own"))
	case ask.Indicator == "":
		bad("indicator", number.Say("the indicator of the goal is not given"), number.Say("give indicator"))
	case ask.Unit == "" && ask.Level == "":
		bad("level", number.Say("neither unit nor level is given"), number.Say("give the units to compare with the goal"))
	case !known:
		bad("goal.value", number.Say("the goal has no number"), number.Say("give a number"))
	}
	if q.Indicator == nil {
		return nil
	}
	goal := catalogue.NewTarget(q.Indicator, ask.Goal.Comparator, goalNumber)
	if q.Indicator.HasRate() {
		goal.On = catalogue.OnRate
	}
	if ask.Goal.On != nil {
		goal.On = *ask.Goal.On
	}
	if goal.On == catalogue.OnRate && !q.Indicator.HasRate() {
		bad("goal.on", number.Say("the goal is set on a rate, and %s has none", q.Indicator.Code), number.Say("set it on the value"))
	}
	goal.Statements = number.Text{VI: thresholdText(goal, number.Vietnamese), EN: thresholdText(goal, number.English)}
	return goal
}

// targetScopes finds the targets of a question, each with its units and year.
func targetScopes(r *Resolver, q *Question) []targetScope {
	if len(r.faults) > 0 {
		return nil
	}
	targets := r.State.Targets
	if q.Target != nil {
		targets = []*catalogue.Target{q.Target}
	}
	var all []targetScope
	rows, day := 0, number.Date(0)
	for _, target := range targets {
		if q.Indicator != nil && target.IndicatorCode != q.Indicator.Code {
			continue
		}
		h := targetScope{target: target, year: q.Year}
		if h.year == 0 {
			h.year = latestOf(target, q.view.View)
		}
		if h.units = targetUnits(r, q, target, h.year); len(h.units) > 0 {
			all = append(all, h)
		}
		rows, day = rows+len(h.units), h.year.Reference()
	}
	if rows > maxUnits {
		r.Fault(&number.Error{
			Code: number.TooMany, Where: "level", Message: number.Say("%d rows are more than the %d that one answer can have", rows, maxUnits),
			Hint: number.Say("narrow the question with within, indicator or target"),
		})
	}
	if q.Level != nil && q.Target != nil && rows == 0 && len(r.faults) == 0 {
		r.Fault(emptyScope(r, q, day))
	}
	return all
}

// targetUnits returns the units that a target is compared with: those asked for, if the
// target was set for them or is the one asked for; else those it was set for.
func targetUnits(r *Resolver, q *Question, target *catalogue.Target, year number.Year) []*catalogue.Unit {
	asked := q.Target != nil
	switch {
	case q.Unit != nil:
		if asked || target.UnitCode == q.Unit.Code || target.LevelCode == q.Unit.Level.Code {
			return []*catalogue.Unit{q.Unit}
		}
		return nil
	case q.Level == nil && target.UnitCode != "":
		return []*catalogue.Unit{r.LastUnit(target.UnitCode, year)}
	}
	level := target.LevelCode
	if q.Level != nil {
		level = q.Level.Code
	}
	h := q.on(r.State, year)
	var units []*catalogue.Unit
	for _, unit := range h.LevelWithin(level, q.Within) {
		if q.keeps(unit) && (asked || target.LevelCode == level || target.UnitCode == unit.Code) && h.MayApply(target.Indicator(), unit, q.view.View) {
			units = append(units, unit)
		}
	}
	return units
}

// latestOf is the latest year that has figures, but none after the end of the period;
// the first year of the period when there are none.
func latestOf(t *catalogue.Target, view ledger.View) number.Year {
	years := t.Indicator().YearsIn(view)
	for _, year := range slices.Backward(years) {
		if t.Years.To == 0 || year <= t.Years.To {
			return year
		}
	}
	return max(t.Years.From, number.FirstYear)
}

// resolveGoal finds the target of a code.
func resolveGoal(r *Resolver, where, code string) *catalogue.Target {
	if t := r.State.Target(code); t != nil {
		return t
	}
	var names []number.Name
	for _, t := range r.State.Targets {
		names = append(names, number.NewName(t.Code, t.Statements.VI, t.Statements.EN))
	}
	r.Fault(&number.Error{
		Code: number.UnknownTarget, Where: where, Message: number.Say("no target has the code %q", code),
		Nearest: number.NearestName(code, names), Hint: number.Say("list them with { targets { rows { target { code statement } } } }"),
	})
	return nil
}
