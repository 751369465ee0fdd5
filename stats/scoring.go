package stats

import (
	"slices"

	"github.com/shopspring/decimal"
)

// scorecard resolves a question about a scorecard.
func (r *resolver) scorecard(set string, ask Ask) (*ScorecardQuestion, scope) {
	q := &ScorecardQuestion{Question: Question{Year: ask.Year, BaseYear: *or(ask.BaseYear, DefaultBaseYear)}}
	q.Set = r.criteriaSet(set)
	q.view, q.release, q.AsOf = r.asOf(ask.Scope)
	r.calendarYear("baseYear", q.BaseYear)
	r.calendarYear("year", q.Year)
	if q.Set == nil || q.Year < FirstYear || q.Year > LastYear {
		return q, scope{}
	}
	r.yearOf(q.Set, q.Year, q.view.View)
	r.target(&q.Question, ask, q.Year.Reference())
	r.onlyTotals(ask.Scope, Say("a scorecard counts units by criteria, which have no breakdown"))
	units := scope{}
	switch {
	case len(r.faults) > 0:
		return q, units
	case q.Unit != nil:
		units.units = []*Unit{q.Unit}
	default:
		units.units = q.on(r.State, q.Year).LevelWithin(q.Level.Code, q.Within)
	}
	members := r.members(q.Set, q.on(r.State, q.Year), units.units)
	units.units = slices.Clone(units.units)
	units.units = slices.DeleteFunc(units.units, func(u *Unit) bool { return !q.keeps(u) || len(members[u.Key()]) == 0 })
	if len(units.units) == 0 {
		r.fault(r.unscored(q))
	}
	if cells := len(units.units) * len(q.Set.all()); cells > maxUnits {
		r.fault(&Error{
			Code: TooMany, Where: "level",
			Message: Say("%d units × %d criteria are more than the %d that one answer can have", len(units.units), len(q.Set.all()), maxUnits),
			Hint:    Say("narrow the question with within"),
		})
	}
	if q.Level != nil {
		if units.total = q.Within; units.total == nil {
			units.total = q.on(r.State, q.Year).Common(units.units)
		}
	}
	return q, units
}

// unscored says why a question is about no unit that is scored.
func (r *resolver) unscored(q *ScorecardQuestion) *Error {
	day, level := q.Year.Reference(), q.Set.Level().Code
	if q.Unit != nil {
		return &Error{
			Code: BadArgument, Where: "unit", Message: Say("%s scores no unit within %s", q.Set.Code, q.Unit.FullName(English)),
			Hint: Say("it scores units of the level %q; ask for one of them or for a unit above", level),
		}
	}
	e := &Error{Code: BadArgument, Where: "level", Message: Say("%s scores no unit of or within the level %q on %s", q.Set.Code, q.Level.Code, day)}
	if last := r.lastOf(q.Level.Code); !last.IsOpen() && len(q.on(r.State, q.Year).Level(q.Level.Code)) == 0 {
		e.Hint = Say("the last of them ended on %s", last.String())
	} else {
		e.Hint = Say("ask for the level %q or one above it", level)
	}
	return e
}

// standsIn tells whether the set stands for a year.
func (s *CriteriaSet) standsIn(year Year) bool {
	return (s.Years.From == 0 || s.Years.From <= year) && (s.Years.To == 0 || year <= s.Years.To)
}

// scored tells whether any criterion has figures for a year.
func (r *resolver) scored(set *CriteriaSet, year Year, view View) bool {
	return slices.ContainsFunc(set.indicators(), func(i *Indicator) bool { return i.hasYear(year, view) })
}

// yearOf checks that the set stands for the year and that something is known of it.
func (r *resolver) yearOf(set *CriteriaSet, year Year, view View) {
	switch {
	case !set.standsIn(year):
		e := &Error{Code: UnknownYear, Where: "year", Message: Say("%s does not stand for %d", set.Code, year)}
		if from, to := set.From(), set.To(); from != nil && year < *from {
			e.Hint = Say("it stands from %d", *from)
		} else if to != nil {
			e.Hint = Say("it stands until %d", *to)
		}
		r.fault(e)
	case !r.scored(set, year, view):
		r.fault(&Error{
			Code: UnknownYear, Where: "year", Message: Say("no criterion of %s has figures for %d", set.Code, year),
			Hint: Say("indicator { years } of a criterion tells the years that have figures"),
		})
	}
}

// members lists the scored units of a year by the units that they lie within,
// themselves included.
func (c *State) members(set *CriteriaSet, h frame, units []*Unit) map[uint32][]*Unit {
	wanted := make(map[uint32]bool, len(units))
	for _, unit := range units {
		wanted[unit.Key()] = true
	}
	members := map[uint32][]*Unit{}
	for _, unit := range h.Level(set.Eligibility.Level) {
		if !set.Eligibility.accepts(unit) {
			continue
		}
		for at := unit; at != nil; at = at.Parent() {
			if wanted[at.Key()] {
				members[at.Key()] = append(members[at.Key()], unit)
			}
		}
	}
	return members
}

// scoring scores the units of one year.
type scoring struct {
	set     *CriteriaSet
	facts   map[*Indicator]*facts
	scale   *scale // what the units are weighed by; nil where nobody asks
	year    Year
	bands   []*Band
	members map[uint32][]*Unit
	scores  map[uint32]*UnitScore
	// states are those of all criteria, parts included, by unit.
	states  map[uint32]map[*Criterion]CriterionState
	unknown bool
}

func newScoring(c *State, set *CriteriaSet, facts map[*Indicator]*facts, scale *scale, year Year, units scope) *scoring {
	asked := units.units
	if units.total != nil {
		asked = append(slices.Clone(asked), units.total)
	}
	h := frame{Hierarchy: c.At(year.Reference())}
	for _, f := range facts { // all of them look at the same units
		h = f.at(year)
	}
	s := &scoring{
		set: set, facts: facts, scale: scale, year: year, bands: set.Bands(), members: c.members(set, h, asked),
		scores: map[uint32]*UnitScore{}, states: map[uint32]map[*Criterion]CriterionState{},
	}
	for _, members := range s.members {
		for _, unit := range members {
			if s.scores[unit.Key()] == nil {
				s.score(unit)
			}
		}
	}
	return s
}

// score finds the states of a unit's criteria.
func (s *scoring) score(unit *Unit) {
	score := &UnitScore{Met: []*Criterion{}, NotMet: []*Criterion{}, Unknown: []*Criterion{}}
	states := map[*Criterion]CriterionState{}
	for _, criterion := range s.set.Criteria {
		switch s.state(criterion, unit, states) {
		case CriterionMet:
			score.Met = append(score.Met, criterion)
		case CriterionNotMet:
			score.NotMet = append(score.NotMet, criterion)
		default:
			score.Unknown = append(score.Unknown, criterion)
			s.unknown = true
		}
	}
	for _, band := range s.bands {
		if band.AtLeast <= score.AtLeast() && score.AtMost() <= band.AtMost {
			score.Band = band
		}
	}
	s.scores[unit.Key()], s.states[unit.Key()] = score, states
}

// state tells whether a unit meets a criterion, and keeps it with those of its
// parts: all must be met, and one that is not decides whatever is unknown.
func (s *scoring) state(criterion *Criterion, unit *Unit, states map[*Criterion]CriterionState) CriterionState {
	state := CriterionUnknown
	switch {
	case len(criterion.Parts) > 0:
		state = CriterionMet
		for _, part := range criterion.Parts {
			switch of := s.state(part, unit, states); {
			case of == CriterionNotMet:
				state = CriterionNotMet
			case of == CriterionUnknown && state == CriterionMet:
				state = CriterionUnknown
			}
		}
	case criterion.Indicator() != nil:
		if value, known := s.facts[criterion.Indicator()].figure(unit, s.year).Value.Number(); known {
			state = CriterionNotMet
			if value.Sign() > 0 {
				state = CriterionMet
			}
		}
	}
	states[criterion] = state
	return state
}

// row makes the row of a unit, beside the scores of the base year where there are any.
func (s *scoring) row(unit *Unit, base *scoring, notes *noter) *ScorecardRow {
	row := &ScorecardRow{Unit: unit, Gained: []*Criterion{}, Lost: []*Criterion{}, set: s.set}
	own := unit.Level.Code == s.set.Eligibility.Level
	if own {
		row.Score = s.scores[unit.Key()]
	} else {
		row.Summary = s.summary(unit)
	}
	if base != nil && len(base.members[unit.Key()]) > 0 {
		if own {
			row.BaseScore = base.scores[unit.Key()]
		} else {
			row.BaseSummary = base.summary(unit)
		}
	}
	for _, criterion := range s.set.all() {
		row.Criteria = append(row.Criteria, s.result(criterion, unit, base, notes))
	}
	if row.Score != nil && row.BaseScore != nil {
		row.Gained, row.Lost = common(row.BaseScore.NotMet, row.Score.Met), common(row.BaseScore.Met, row.Score.NotMet)
	}
	return row
}

// common lists the criteria of the second list that the first one has.
func common(first, second []*Criterion) []*Criterion {
	found := []*Criterion{}
	for _, criterion := range second {
		if slices.Contains(first, criterion) {
			found = append(found, criterion)
		}
	}
	return found
}

func (s *scoring) result(criterion *Criterion, unit *Unit, base *scoring, notes *noter) *CriterionResult {
	result := &CriterionResult{Criterion: criterion}
	for _, member := range s.members[unit.Key()] {
		switch s.states[member.Key()][criterion] {
		case CriterionMet:
			result.Met++
		case CriterionNotMet:
			result.NotMet++
		default:
			result.Unknown++
		}
	}
	if state, own := s.states[unit.Key()][criterion]; own {
		result.State = &state
	}
	if base != nil {
		if state, own := base.states[unit.Key()][criterion]; own {
			result.BaseState = &state
		}
	}
	if criterion.Indicator() == nil {
		return result
	}
	result.Current = s.facts[criterion.Indicator()].figure(unit, s.year)
	notes.figure(result.Current)
	if base != nil {
		result.Base = base.facts[criterion.Indicator()].figure(unit, base.year)
		notes.figure(result.Base)
	}
	return result
}

// summary sums up the scores of the units within a unit.
func (s *scoring) summary(unit *Unit) *ScoreSummary {
	members := s.members[unit.Key()]
	summary := &ScoreSummary{UnitCount: len(members), Bands: []*BandCount{}, electorate: s.electorate(members)}
	for _, band := range s.bands {
		summary.Bands = append(summary.Bands, &BandCount{Band: band})
	}
	known, least, most := 0, 0, 0
	for _, member := range members {
		score := s.scores[member.Key()]
		least, most = least+score.AtLeast(), most+score.AtMost()
		if len(score.Unknown) == 0 {
			summary.Known++
			known += score.AtLeast()
		}
		if len(score.NotMet) == 0 {
			summary.MeetingAllAtMost++
			if len(score.Unknown) == 0 {
				summary.MeetingAll++
			}
		}
		if score.Band == nil {
			summary.Undecided++
		}
		for _, count := range summary.Bands {
			if score.Band == count.Band {
				count.UnitCount++
			}
			if score.AtLeast() <= count.Band.AtMost && count.Band.AtLeast <= score.AtMost() {
				count.AtMost++
			}
		}
	}
	summary.MeanAtLeast, summary.MeanAtMost = perUnit(least, len(members)), perUnit(most, len(members))
	if summary.Mean = perUnit(known, summary.Known); summary.Coverage().under(s.set.MinimumCoverage) && summary.Known > 0 {
		summary.Mean = None(CoverageLow)
	}
	return summary
}

// perUnit is a mean over units; none where there are none.
func perUnit(sum, units int) Value {
	mean, ok := Divide(decimal.NewFromInt(int64(sum)), decimal.NewFromInt(int64(units)))
	if !ok {
		return None(MissingValue)
	}
	return Known(mean)
}
