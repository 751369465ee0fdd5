package stats

import (
	"context"
	"slices"
)

// TargetReport is how units stand to targets.
type TargetReport struct {
	// Question is the question as it was understood.
	Question *Question
	// Release is the last publication that the answer knows; nil when there was none.
	Release *Release
	// Rows are the units by target, in the order of the workspace, then by code.
	Rows []*TargetRow
	// Met, Missed, OnTrack, OffTrack and Unknown count the rows.
	Met, Missed, OnTrack, OffTrack, Unknown int
	// Notes are warnings about the answer.
	Notes []*Note
}

// held is one target with the units and the year that are held against it.
type held struct {
	target *Target
	units  []*Unit
	year   Year
}

// base is the year that the target's change or line is measured from; 0 for neither.
func (h held) base() Year {
	if h.target.On.isChange() {
		return h.year - 1
	}
	return h.target.BaseYear
}

// Targets answers how units stand to the targets that were set for them.
func (s *Service) Targets(ctx context.Context, ask Ask) (*TargetReport, error) {
	r := &resolver{State: s.state()}
	q := r.report(ask)
	all := r.held(q)
	if err := r.err(); err != nil {
		return nil, err
	}
	wants := make([]want, len(all))
	for i, h := range all {
		wants[i] = want{indicator: h.target.Indicator(), breakdown: q.Breakdown, years: []Year{h.year}}
		if base := h.base(); base != 0 {
			wants[i].years = append(wants[i].years, base)
		}
		for _, unit := range h.units {
			wants[i].levels = append(wants[i].levels, unit.Level)
		}
	}
	facts, err := s.fetchAll(ctx, r.State, q.view, wants)
	if err != nil {
		return nil, err
	}
	answer := &TargetReport{Question: q, Release: q.release, Rows: []*TargetRow{}}
	notes := &noter{catalogue: r.State}
	for i, h := range all {
		for _, unit := range h.units {
			answer.add(r.hold(facts[i], h, unit), notes)
		}
		notes.target(h)
	}
	answer.Notes = notes.all()
	return answer, nil
}

// hold makes the row of a unit.
func (r *resolver) hold(f *facts, h held, unit *Unit) *TargetRow {
	var base *Figure
	if year := h.base(); year != 0 {
		base = r.figure(f, unit, year)
	}
	return h.target.hold(r.figure(f, unit, h.year), base)
}

// figure makes a figure also of a year for which nothing was published: a register
// would otherwise go on speaking after its last year.
func (r *resolver) figure(f *facts, unit *Unit, year Year) *Figure {
	if f.indicator.hasYear(year, f.view.View) || f.at(year).ByKey(unit.Key()) == nil {
		return f.figure(unit, year)
	}
	return &Figure{
		Indicator: f.indicator, Breakdown: f.breakdown, Unit: unit, Year: year, cells: f.cells, view: f.view, Origin: OriginNone, StatusSet: Statuses(Missing),
		Coverage: Coverage{electorate: f.electorate(year, nobody)},
		Value:    None(MissingValue), Denominator: None(MissingValue), Rate: None(MissingValue),
	}
}

func (t *TargetReport) add(row *TargetRow, notes *noter) {
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
	default:
		t.Unknown++
	}
	if row.Base != nil {
		notes.change(compare(row.Base, row.Current))
	} else {
		notes.figure(row.Current)
	}
}

// report resolves what is asked of targets, but not which targets and units.
func (r *resolver) report(ask Ask) *Question {
	q := &Question{Year: ask.Year}
	if ask.Indicator != "" {
		q.Indicator = r.indicator(ask.Indicator)
	}
	day := r.latestDay()
	if ask.Year != 0 {
		r.calendarYear("year", ask.Year)
		day = ask.Year.Reference()
	}
	if ask.Target != "" {
		q.Target = r.goal("target", ask.Target)
	}
	if ask.Goal != nil {
		q.Target = r.setGoal(q, ask)
	}
	if q.Target != nil && q.Indicator == nil && len(r.faults) == 0 {
		q.Indicator = q.Target.Indicator()
	}
	if q.Target != nil && q.Indicator != nil && q.Target.IndicatorCode != q.Indicator.Code {
		r.fault(otherIndicator(q.Target))
	}
	switch {
	case ask.Unit != "" && ask.Level == "" && ask.Within == "" && ask.Year == 0 && r.Knows(ask.Unit):
		q.Unit = r.lived(ask.Unit, Year(day/10000))
		r.narrow(q, ask)
	case ask.Unit != "" || ask.Level != "" || ask.Within != "":
		r.target(q, ask, day)
	default:
		r.narrow(q, ask)
	}
	q.view, q.release, q.AsOf = r.asOf(ask.Scope)
	if ask.Goal == nil {
		r.onlyTotals(ask.Scope, targetsOfTotals())
	}
	return q
}

// targetsOfTotals says why a target of the workspace is not held against members.
func targetsOfTotals() Message {
	return Say("a target of the workspace is set for the total; members can be held against a goal of the question")
}

// setGoal makes a target of a goal that the question sets.
func (r *resolver) setGoal(q *Question, ask Ask) *Target {
	bad := func(where string, message, hint Message) {
		r.fault(&Error{Code: BadArgument, Where: where, Message: message, Hint: hint})
	}
	number, known := ask.Goal.Value.Decimal()
	switch {
	case ask.Target != "":
		bad("goal", Say("both target and goal are given"), Say("give a target of the workspace, or a goal of your own"))
	case ask.Indicator == "":
		bad("indicator", Say("the indicator of the goal is not given"), Say("give it"))
	case ask.Unit == "" && ask.Level == "":
		bad("level", Say("neither unit nor level is given"), Say("give the units that the goal is held against"))
	case !known:
		bad("goal.value", Say("the goal has no number"), Say("give one"))
	}
	if q.Indicator == nil {
		return nil
	}
	goal := &Target{IndicatorCode: q.Indicator.Code, On: OnValue, Comparator: ask.Goal.Comparator, Number: number, catalogue: r.Catalogue}
	if q.Indicator.Kind.IsPercentage() {
		goal.On = OnRate
	}
	if ask.Goal.On != nil {
		goal.On = *ask.Goal.On
	}
	if goal.On == OnRate && !q.Indicator.Kind.IsPercentage() {
		bad("goal.on", Say("the goal is on a rate, which %s has none of", q.Indicator.Code), Say("set it on the value"))
	}
	goal.Statements = Text{VI: goal.threshold(Vietnamese), EN: goal.threshold(English)}
	return goal
}

// held finds the targets of a question, each with its units and year.
func (r *resolver) held(q *Question) []held {
	if len(r.faults) > 0 {
		return nil
	}
	targets := r.State.Targets
	if q.Target != nil {
		targets = []*Target{q.Target}
	}
	var all []held
	rows, day := 0, Date(0)
	for _, target := range targets {
		if q.Indicator != nil && target.IndicatorCode != q.Indicator.Code {
			continue
		}
		h := held{target: target, year: q.Year}
		if h.year == 0 {
			h.year = target.latest(q.view.View)
		}
		if h.units = r.heldUnits(q, target, h.year); len(h.units) > 0 {
			all = append(all, h)
		}
		rows, day = rows+len(h.units), h.year.Reference()
	}
	if rows > maxUnits {
		r.fault(&Error{
			Code: TooMany, Where: "level", Message: Say("%d rows are more than the %d that one answer can have", rows, maxUnits),
			Hint: Say("narrow the question with within, indicator or target"),
		})
	}
	if q.Level != nil && q.Target != nil && rows == 0 && len(r.faults) == 0 {
		r.fault(r.empty(q, day))
	}
	return all
}

// heldUnits are the units that a target is held against: those asked for, if the
// target was set for them or is the one asked for; else those it was set for.
func (r *resolver) heldUnits(q *Question, target *Target, year Year) []*Unit {
	asked := q.Target != nil
	switch {
	case q.Unit != nil:
		if asked || target.UnitCode == q.Unit.Code || target.LevelCode == q.Unit.Level.Code {
			return []*Unit{q.Unit}
		}
		return nil
	case q.Level == nil && target.UnitCode != "":
		return []*Unit{r.lived(target.UnitCode, year)}
	}
	level := target.LevelCode
	if q.Level != nil {
		level = q.Level.Code
	}
	h := q.on(r.State, year)
	var units []*Unit
	for _, unit := range h.LevelWithin(level, q.Within) {
		if q.keeps(unit) && (asked || target.LevelCode == level || target.UnitCode == unit.Code) && h.Eligible(target.Indicator(), unit) > 0 {
			units = append(units, unit)
		}
	}
	return units
}

// latest is the latest year that has figures, but none after the end of the period;
// the first year of the period when there are none.
func (t *Target) latest(view View) Year {
	years := t.Indicator().yearsIn(view)
	for _, year := range slices.Backward(years) {
		if t.Years.To == 0 || year <= t.Years.To {
			return year
		}
	}
	return max(t.Years.From, FirstYear)
}
