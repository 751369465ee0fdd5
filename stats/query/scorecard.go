package query

import (
	"context"
	"fmt"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// Scorecard is how many and which criteria of a set units meet.
type Scorecard struct {
	// Question is the question as it was understood.
	Question *ScorecardQuestion
	// Version says of which publications the answer is.
	Version
	// Rows are the units, by code.
	Rows []*ScorecardRow
	// Total is the unit that the rows lie within; nil when one unit was asked for
	// or they have none in common.
	Total *ScorecardRow
	// Notes are warnings about the answer.
	Notes []*Note
}

// ScorecardQuestion is a question about a scorecard as it was understood.
type ScorecardQuestion struct {
	// Set is the set of criteria.
	Set *catalogue.CriteriaSet
	Question
}

// ScorecardRow is the score of one unit: its own where it is one of the units
// that are scored, else the summary of those within it.
type ScorecardRow struct {
	// Unit is the unit, as it was in the year asked.
	Unit *catalogue.Unit
	// Score is its own score and BaseScore that of the base year; nil for a unit
	// above those that are scored, BaseScore also where the base year has none.
	Score, BaseScore *UnitScore
	// Summary sums the scores within it up and BaseSummary those of the base year;
	// nil for a unit that is scored itself, BaseSummary also where the base year has none.
	Summary, BaseSummary *ScoreSummary
	// Criteria are all criteria of the set, each before its parts.
	Criteria []*CriterionResult
	// Gained are the criteria that a scored unit did not meet in the base year and
	// meets now; Lost the other way round. Neither has one that is unknown in
	// either year.
	Gained, Lost []*catalogue.Criterion

	set *catalogue.CriteriaSet
}

// CriterionState says whether a unit meets a criterion.
type CriterionState string

// The states.
const (
	CriterionMet     CriterionState = "MET"
	CriterionNotMet  CriterionState = "NOT_MET"
	CriterionUnknown CriterionState = "UNKNOWN" // never counted as not met
)

// UnitScore is which criteria one unit meets.
type UnitScore struct {
	// Met, NotMet and Unknown split the criteria of the set, parts not among them.
	Met, NotMet, Unknown []*catalogue.Criterion
	// Band is the range that the number of met criteria lies in; nil while the
	// unknown ones leave more than one possible.
	Band *catalogue.Band
}

// AtLeast is the number of criteria that are met for sure.
func (s *UnitScore) AtLeast() int { return len(s.Met) }

// AtMost is the number that would be met if all unknown ones were.
func (s *UnitScore) AtMost() int { return len(s.Met) + len(s.Unknown) }

// AllMet reports whether all criteria are met; nil while that is unknown.
func (s *UnitScore) AllMet() *bool {
	all := len(s.NotMet) == 0
	if all && len(s.Unknown) > 0 {
		return nil
	}
	return &all
}

// ScoreSummary sums up the scores of the units within a unit.
type ScoreSummary struct {
	// UnitCount is the number of units that are scored, Known of those of which every
	// criterion is known.
	UnitCount, Known int
	// MeetingAll is the number that meet all criteria for sure, MeetingAllAtMost
	// the number that would if all unknown criteria were met.
	MeetingAll, MeetingAllAtMost int
	// Mean is the mean number of met criteria of the units of which every
	// criterion is known; none where they are too few.
	Mean number.Value
	// MeanAtLeast and MeanAtMost bound the mean over all units.
	MeanAtLeast, MeanAtMost number.Value
	// Bands count the units, from the highest band down.
	Bands []*BandCount
	// Undecided is the number of units whose band is not known.
	Undecided int

	reporters *figure.ExpectedReporters // the units; nil where nobody weighs them
}

// Coverage is how many of the units have every criterion known.
func (s *ScoreSummary) Coverage() figure.Coverage {
	return figure.Coverage{Expected: s.UnitCount, Reported: s.Known, Reporters: s.reporters}
}

// MeanReason says why there is no mean; nil when there is one.
func (s *ScoreSummary) MeanReason() *number.Reason { return s.Mean.Reason() }

// BandCount counts the units of a band.
type BandCount struct {
	// Band is the band.
	Band *catalogue.Band
	// UnitCount is the number of units that are in it for sure, AtMost the number
	// that may be.
	UnitCount, AtMost int
}

// CriterionResult is one criterion of a row.
type CriterionResult struct {
	// Criterion is the criterion.
	Criterion *catalogue.Criterion
	// State and BaseState say whether the unit meets it and met it in the base
	// year; nil for a unit above those that are scored, BaseState also where the
	// base year has no score of it.
	State, BaseState *CriterionState
	// Met, NotMet and Unknown count the scored units of the year asked.
	Met, NotMet, Unknown int
	// Current and Base are the figures of the criterion's indicator; nil where it has none.
	Current, Base *figure.Figure
}

// The notes that stand beside scorecards.
const (
	// NoteCriteriaUnknown: some criteria are unknown for some units, so that
	// numbers of met criteria are bounds.
	NoteCriteriaUnknown number.NoteCode = "CRITERIA_UNKNOWN"
)

// Scorecard answers how many and which criteria of a set units meet.
func (s *Service) Scorecard(ctx context.Context, set string, ask Ask) (*Scorecard, error) {
	r := &Resolver{State: s.State()}
	q, units := resolveScorecard(r, set, ask)
	if err := r.Err(); err != nil {
		return nil, err
	}
	years := []number.Year{q.Year}
	based := q.Set.StandsIn(q.BaseYear) && hasScores(q.Set, q.BaseYear, q.view.View)
	if based && q.BaseYear != q.Year {
		years = append(years, q.BaseYear)
	}
	var wants []figure.Request
	for _, indicator := range q.Set.Indicators() {
		wants = append(wants, figure.Request{Indicator: indicator, Years: years, Levels: append(units.levels(), q.Set.Level())})
	}
	all, scale, err := fetchScores(ctx, s, r.State, q, wants, years)
	if err != nil {
		return nil, err
	}
	byIndicator := map[*catalogue.Indicator]*figure.Facts{}
	for _, f := range all {
		byIndicator[f.Indicator] = f
	}
	current := newScoring(r.State, q.Set, byIndicator, scale, q.Year, units)
	var base *scoring
	if based {
		base = newScoring(r.State, q.Set, byIndicator, scale, q.BaseYear, units)
	}
	notes := &NoteCollector{Catalogue: r.State}
	if !based {
		notes.baseYears = []number.Year{q.BaseYear}
	}
	answer := &Scorecard{Question: q, Version: q.version, Rows: []*ScorecardRow{}, Notes: []*Note{}}
	for _, unit := range units.units {
		answer.Rows = append(answer.Rows, current.row(unit, base, notes))
	}
	if units.total != nil {
		answer.Total = current.row(units.total, base, notes)
	}
	if current.unknown {
		answer.Notes = append(answer.Notes, criteriaUnknown())
	}
	answer.Notes, answer.Release = append(answer.Notes, notes.All()...), notes.Release()
	return answer, nil
}

func criteriaUnknown() *Note {
	return &Note{Code: NoteCriteriaUnknown, Words: number.Text{
		VI: "một số tiêu chí chưa có số liệu nên số tiêu chí đạt là số ít nhất; tiêu chí chưa có số liệu không bị tính là không đạt",
		EN: "some criteria are unknown, so that numbers of met criteria are the least possible; none that is unknown counts as not met",
	}}
}

// Text is the row in words: đạt 17/19 tiêu chí; 61/119 xã đạt tất cả 19 tiêu chí.
func (r *ScorecardRow) Text(language number.Language) string {
	count := len(r.set.Criteria)
	if r.Score != nil {
		return r.Score.text(count).In(language)
	}
	return r.Summary.text(count, r.set.Level().Noun).In(language)
}

func (s *UnitScore) text(count int) number.Text {
	if len(s.Unknown) == 0 {
		return number.Text{
			VI: fmt.Sprintf("đạt %d/%d tiêu chí", s.AtLeast(), count),
			EN: fmt.Sprintf("meets %d of %d criteria", s.AtLeast(), count),
		}
	}
	if s.AtLeast() == 0 { // that it is at least 0 says nothing
		return s.textWithoutAny(count)
	}
	return number.Text{
		VI: fmt.Sprintf("đạt ít nhất %d/%d tiêu chí (%d tiêu chí chưa có số liệu)", s.AtLeast(), count, len(s.Unknown)),
		EN: fmt.Sprintf("meets at least %d of %d criteria (%d unknown)", s.AtLeast(), count, len(s.Unknown)),
	}
}

// textWithoutAny says of a unit of which no criterion is known to be met what is known of it.
func (s *UnitScore) textWithoutAny(count int) number.Text {
	if len(s.NotMet) == 0 {
		return number.Text{
			VI: fmt.Sprintf("chưa có số liệu về tiêu chí nào (trong %d)", count),
			EN: fmt.Sprintf("no criterion is known (of %d)", count),
		}
	}
	return number.Text{
		VI: fmt.Sprintf("chưa biết đạt bao nhiêu tiêu chí (%d tiêu chí không đạt, %d tiêu chí chưa có số liệu)", len(s.NotMet), len(s.Unknown)),
		EN: fmt.Sprintf("how many criteria it meets is not known (%d not met, %d unknown)", len(s.NotMet), len(s.Unknown)),
	}
}

func (s *ScoreSummary) text(count int, noun catalogue.Noun) number.Text {
	units := number.Text{VI: noun.For(true, number.Vietnamese), EN: noun.For(true, number.English)}
	if s.Known == s.UnitCount {
		return number.CountText("%s/%s %s đạt tất cả %s tiêu chí", "%s of %s %s meet all %s criteria", s.MeetingAll, s.UnitCount, units, count)
	}
	if s.MeetingAll == 0 {
		return number.CountText(
			"chưa xác định được có bao nhiêu trong %s %s đạt tất cả %s tiêu chí (%s %[2]s chưa đủ số liệu)",
			"how many of %s %s meet all %s criteria is not known (of %s not everything is known)",
			s.UnitCount, units, count, s.UnitCount-s.Known)
	}
	return number.CountText(
		"ít nhất %s/%s %s đạt tất cả %s tiêu chí (%s %s chưa đủ số liệu)",
		"at least %s of %s %s meet all %s criteria (of %[5]s not everything is known)",
		s.MeetingAll, s.UnitCount, units, count, s.UnitCount-s.Known, units)
}
