package briefing

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// BriefingAsk is a question for a briefing as its caller puts it.
type BriefingAsk struct {
	// Unit is the code of the unit.
	Unit string
	// Year is the year told; BaseYear the one to compare with (2019 when 0).
	Year, BaseYear number.Year
	// Template is the code of the template; "" is the first for the unit's level.
	Template string
	// Language is the language of the sentences; "" is Vietnamese.
	Language number.Language
	// Since is the point of the last briefing, since which revisions are told; nil for none.
	Since *query.AsOf
	// Scope says from which point of view; nil is the present.
	Scope *query.Scope
}

// BriefingQuestion is a question for a briefing as it was understood.
type BriefingQuestion struct {
	// Unit is the unit, as it was in the year.
	Unit *catalogue.Unit
	// Year and BaseYear are the years.
	Year, BaseYear number.Year
	// Template is what is told.
	Template *catalogue.BriefingTemplate
	// Language is the language of the sentences.
	Language number.Language
	// AsOf is the day of publication up to which figures count; nil for all.
	AsOf *number.Date

	view    figure.Viewpoint
	release *ledger.Release
}

// Briefing is one page about a unit in a year, in sentences made of its figures.
type Briefing struct {
	// Question is the question as it was understood.
	Question *BriefingQuestion
	// Release is the last publication that the answer knows; nil when there was none.
	Release *ledger.Release
	// Headlines are the sentences told first, in the order of the template.
	Headlines []*BriefingChange
	// Improved and FellBack are the indicators that changed to the better and to the
	// worse by their direction, the largest relative change first; one without a
	// relative change stands last. Changed have no better side. Within the same, and
	// in the other lists, the order is that of the template.
	Improved, FellBack, Changed []*BriefingChange
	// Unchanged have the same figure in both years, Unknown have none in one of them.
	Unchanged, Unknown []*BriefingChange
	// Targets are the targets, in the order of the template.
	Targets []*BriefingTarget
	// Scorecards are the scores, in the order of the template.
	Scorecards []*BriefingScore
	// Cohorts are the cohorts, in the order of the template.
	Cohorts []*BriefingCohort
	// Rankings are the rankings, in the order of the template.
	Rankings []*BriefingRanking
	// Charts are the series, in the order of the template.
	Charts []*BriefingChart
	// Revised are the unit's own figures of its indicators that were revised since the
	// last briefing, by indicator and year; empty where no point was given.
	Revised []*BriefingRevision
	// Footnotes are the publications that the sentences quote, in order of mention.
	Footnotes []*Footnote
	// Notes are warnings about the figures.
	Notes []*query.Note
}

// BriefingChange is how one indicator changed.
type BriefingChange struct {
	// Indicator is what was measured.
	Indicator *catalogue.Indicator
	// Current and Base are the unit's figures of the year and of the base year.
	Current, Base *figure.Figure
	// Change is the change between them.
	Change query.Change
	// Sentence tells it.
	Sentence *Sentence

	quoted bool
}

// BriefingTarget is how the unit stands to one target.
type BriefingTarget struct {
	// Row holds the figure of the year against the target.
	Row *query.TargetRow
	// Ahead tells that the target stands only from a later year on, and Row only says
	// where the unit stands to it.
	Ahead bool
	// PaceNeeded is the change a year that would still reach the target at the end of
	// its years, for one that is due later; none where it is reached.
	PaceNeeded number.Value
	// Sentence tells it.
	Sentence *Sentence
}

// BriefingScore is how the unit stands to a set of criteria.
type BriefingScore struct {
	// Set is the set of criteria.
	Set *catalogue.CriteriaSet
	// Row is the unit's row; nil when the set has none of it.
	Row *query.ScorecardRow
	// Sentence tells it.
	Sentence *Sentence
}

// BriefingCohort is a cohort as a briefing tells it.
type BriefingCohort struct {
	// Cohort is the cohort.
	Cohort *catalogue.Cohort
	// Sentence tells how many units it has, and how many are planned for which year.
	Sentence *Sentence
}

// BriefingRanking is a ranking of units within the unit.
type BriefingRanking struct {
	// Indicator is what is ranked by, Level the level of the units.
	Indicator *catalogue.Indicator
	Level     *catalogue.Level
	// Ranking is the ranking; nil when nothing was published to rank by.
	Ranking *query.Ranking
	// Sentence tells who leads, or why nobody does.
	Sentence *Sentence
}

// BriefingChart is an indicator over the years up to the year told.
type BriefingChart struct {
	// Indicator is what was measured.
	Indicator *catalogue.Indicator
	// Figures has one figure for each year, ascending.
	Figures []*figure.Figure
}

// BriefingRevision is a figure that was told otherwise in the last briefing.
type BriefingRevision struct {
	// Cell is what it was and what it is.
	Cell *catalogue.CellChange
	// Sentence tells it.
	Sentence *Sentence
}

// Sentences are all sentences of the briefing, in the order in which they are read.
func (b *Briefing) Sentences() []*Sentence {
	var all []*Sentence
	for _, c := range slices.Concat(b.Headlines, b.Improved, b.FellBack, b.Changed, b.Unchanged, b.Unknown) {
		all = append(all, c.Sentence)
	}
	for _, t := range b.Targets {
		all = append(all, t.Sentence)
	}
	for _, score := range b.Scorecards {
		all = append(all, score.Sentence)
	}
	for _, c := range b.Cohorts {
		all = append(all, c.Sentence)
	}
	for _, r := range b.Rankings {
		all = append(all, r.Sentence)
	}
	for _, r := range b.Revised {
		all = append(all, r.Sentence)
	}
	return all
}

// Basis is on which units the question is answered.
func (q *BriefingQuestion) Basis() *figure.Basis { return q.view.AsBasis() }
