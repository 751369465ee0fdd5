package query

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// resolveScorecard resolves a question about a scorecard.
func resolveScorecard(r *Resolver, set string, ask Ask) (*ScorecardQuestion, scope) {
	q := &ScorecardQuestion{Question: Question{Year: ask.Year, BaseYear: ask.BaseYear.BaseFor(ask.Year)}}
	q.Set = resolveCriteriaSet(r, set)
	q.view, q.version, q.AsOf = r.AsOf(ask.Scope)
	r.CalendarYear("baseYear", q.BaseYear)
	r.CalendarYear("year", q.Year)
	if q.Set == nil || q.Year < number.FirstYear || q.Year > number.LastYear {
		return q, scope{}
	}
	scoredYear(r, q.Set, q.Year, q.view.View)
	resolveUnits(r, &q.Question, ask, q.Year.Reference())
	OnlyTotals(r, ask.Scope, number.Say("a scorecard counts units by criteria, which have no breakdown"))
	units := scope{}
	switch {
	case len(r.faults) > 0:
		return q, units
	case q.Unit != nil:
		units.units = []*catalogue.Unit{q.Unit}
	default:
		units.units = q.on(r.State, q.Year).LevelWithin(q.Level.Code, q.Within)
	}
	members := membersOf(q.Set, q.on(r.State, q.Year), units.units)
	units.units = slices.Clone(units.units)
	units.units = slices.DeleteFunc(units.units, func(u *catalogue.Unit) bool { return !q.keeps(u) || len(members[u.Key()]) == 0 })
	if len(units.units) == 0 {
		r.Fault(nothingScored(r, q))
	}
	if cells := len(units.units) * len(q.Set.All()); cells > maxUnits {
		r.Fault(&number.Error{
			Code: number.TooMany, Where: "level",
			Message: number.Say("%d units × %d criteria are more than the %d that one answer can have", len(units.units), len(q.Set.All()), maxUnits),
			Hint:    number.Say("narrow the question with within"),
		})
	}
	if q.Level != nil {
		if units.total = q.Within; units.total == nil {
			units.total = q.on(r.State, q.Year).Common(units.units)
		}
	}
	return q, units
}

// nothingScored says why a question is about no unit that is scored.
func nothingScored(r *Resolver, q *ScorecardQuestion) *number.Error {
	day, level := q.Year.Reference(), q.Set.Level().Code
	if q.Unit != nil {
		return &number.Error{
			Code: number.BadArgument, Where: "unit", Message: number.Say("%s scores no unit within %s", q.Set.Code, q.Unit.FullName(number.English)),
			Hint: number.Say("it scores units of the level %q; ask for one of them or for a unit above", level),
		}
	}
	e := &number.Error{Code: number.BadArgument, Where: "level", Message: number.Say("%s scores no unit of or within the level %q on %s", q.Set.Code, q.Level.Code, day)}
	if last := lastOfLevel(r, q.Level.Code); !last.IsOpen() && len(q.on(r.State, q.Year).Level(q.Level.Code)) == 0 {
		e.Hint = number.Say("the last of them ended on %s", last.String())
	} else {
		e.Hint = number.Say("ask for the level %q or one above it", level)
	}
	return e
}

// hasScores reports whether any criterion has figures for a year.
func hasScores(set *catalogue.CriteriaSet, year number.Year, view ledger.View) bool {
	return slices.ContainsFunc(set.Indicators(), func(i *catalogue.Indicator) bool { return i.HasYear(year, view) })
}

// scoredYear checks that the set stands for the year and that something is known of it.
func scoredYear(r *Resolver, set *catalogue.CriteriaSet, year number.Year, view ledger.View) {
	switch {
	case !set.StandsIn(year):
		e := &number.Error{Code: number.UnknownYear, Where: "year", Message: number.Say("%s does not stand for %d", set.Code, year)}
		if from, to := set.From(), set.To(); from != nil && year < *from {
			e.Hint = number.Say("it stands from %d", *from)
		} else if to != nil {
			e.Hint = number.Say("it stands until %d", *to)
		}
		r.Fault(e)
	case !hasScores(set, year, view):
		r.Fault(&number.Error{
			Code: number.UnknownYear, Where: "year", Message: number.Say("no criterion of %s has figures for %d", set.Code, year),
			Hint: number.Say("indicator { years } of a criterion tells the years that have figures"),
		})
	}
}

// membersOf lists the scored units of a year by the units that they lie within,
// themselves included.
func membersOf(set *catalogue.CriteriaSet, h figure.Frame, units []*catalogue.Unit) map[uint32][]*catalogue.Unit {
	wanted := make(map[uint32]bool, len(units))
	for _, unit := range units {
		wanted[unit.Key()] = true
	}
	members := map[uint32][]*catalogue.Unit{}
	for _, unit := range h.Level(set.Eligibility.Level) {
		if !set.Eligibility.Accepts(unit) {
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
	set     *catalogue.CriteriaSet
	facts   map[*catalogue.Indicator]*figure.Facts
	scale   *figure.Scale // what the units are weighed by; nil where nobody asks
	year    number.Year
	bands   []*catalogue.Band
	members map[uint32][]*catalogue.Unit
	scores  map[uint32]*UnitScore
	// states are those of all criteria, parts included, by unit.
	states  map[uint32]map[*catalogue.Criterion]CriterionState
	unknown bool
}

func newScoring(c *figure.State, set *catalogue.CriteriaSet, facts map[*catalogue.Indicator]*figure.Facts, scale *figure.Scale, year number.Year, units scope) *scoring {
	asked := units.units
	if units.total != nil {
		asked = append(slices.Clone(asked), units.total)
	}
	h := figure.Frame{Hierarchy: c.At(year.Reference())}
	for _, f := range facts { // all of them look at the same units
		h = f.At(year)
	}
	s := &scoring{
		set: set, facts: facts, scale: scale, year: year, bands: set.Bands(), members: membersOf(set, h, asked),
		scores: map[uint32]*UnitScore{}, states: map[uint32]map[*catalogue.Criterion]CriterionState{},
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
func (s *scoring) score(unit *catalogue.Unit) {
	score := &UnitScore{Met: []*catalogue.Criterion{}, NotMet: []*catalogue.Criterion{}, Unknown: []*catalogue.Criterion{}}
	states := map[*catalogue.Criterion]CriterionState{}
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

// state reports whether a unit meets a criterion, and keeps it with those of its
// parts: all must be met, and one that is not decides whatever is unknown.
func (s *scoring) state(criterion *catalogue.Criterion, unit *catalogue.Unit, states map[*catalogue.Criterion]CriterionState) CriterionState {
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
		if value, known := s.facts[criterion.Indicator()].Figure(unit, s.year).Value.Number(); known {
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
func (s *scoring) row(unit *catalogue.Unit, base *scoring, notes *NoteCollector) *ScorecardRow {
	row := &ScorecardRow{Unit: unit, Gained: []*catalogue.Criterion{}, Lost: []*catalogue.Criterion{}, set: s.set}
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
	for _, criterion := range s.set.All() {
		row.Criteria = append(row.Criteria, s.result(criterion, unit, base, notes))
	}
	if row.Score != nil && row.BaseScore != nil {
		row.Gained, row.Lost = common(row.BaseScore.NotMet, row.Score.Met), common(row.BaseScore.Met, row.Score.NotMet)
	}
	return row
}

// common lists the criteria of the second list that the first one has.
func common(first, second []*catalogue.Criterion) []*catalogue.Criterion {
	found := []*catalogue.Criterion{}
	for _, criterion := range second {
		if slices.Contains(first, criterion) {
			found = append(found, criterion)
		}
	}
	return found
}

func (s *scoring) result(criterion *catalogue.Criterion, unit *catalogue.Unit, base *scoring, notes *NoteCollector) *CriterionResult {
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
	result.Current = s.facts[criterion.Indicator()].Figure(unit, s.year)
	notes.figure(result.Current)
	if base != nil {
		result.Base = base.facts[criterion.Indicator()].Figure(unit, base.year)
		notes.figure(result.Base)
	}
	return result
}

// summary sums up the scores of the units within a unit.
func (s *scoring) summary(unit *catalogue.Unit) *ScoreSummary {
	members := s.members[unit.Key()]
	summary := &ScoreSummary{UnitCount: len(members), Bands: []*BandCount{}, reporters: expectedIn(s, members)}
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
	if summary.Mean = perUnit(known, summary.Known); summary.Coverage().Under(s.set.MinimumCoverage) && summary.Known > 0 {
		summary.Mean = number.None(number.CoverageLow)
	}
	return summary
}

// perUnit is a mean over units; none where there are none.
func perUnit(sum, units int) number.Value {
	mean, ok := number.Divide(decimal.NewFromInt(int64(sum)), decimal.NewFromInt(int64(units)))
	if !ok {
		return number.None(number.MissingValue)
	}
	return number.Known(mean)
}

// resolveCriteriaSet finds the set of criteria of a code.
func resolveCriteriaSet(r *Resolver, code string) *catalogue.CriteriaSet {
	var names []number.Name
	for _, set := range r.Scorecards {
		if set.Code == code {
			return set
		}
		names = append(names, number.NewName(set.Code, set.Names.VI, set.Names.EN))
	}
	r.Fault(&number.Error{
		Code: number.UnknownScorecard, Where: "set", Message: number.Say("no set of criteria has the code %q", code),
		Nearest: number.NearestName(code, names), Hint: number.Say("list them with { criteriaSets { code name } }"),
	})
	return nil
}
