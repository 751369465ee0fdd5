package briefing

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// Briefing is a page about a unit in a year, in sentences made from its figures.
type Briefing struct {
	// Question is the request after its names were resolved.
	Question *BriefingQuestion
	// Version says of which publications the answer is.
	query.Version
	// Headlines are the first sentences, in the order of the template.
	Headlines []*BriefingChange
	// Improved and FellBack are the indicators that changed for the better and for the
	// worse by their direction, the largest relative change first and those without a
	// relative change last. Changed are those without a direction, in the same order.
	// Among equals, and in the other lists, the order is that of the template.
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
	// Footnotes are the publications that the sentences cite, in the order of first use.
	Footnotes []*Footnote
	// Notes are warnings about the figures.
	Notes []*query.Note
}

// BriefingChange is the change of one indicator.
type BriefingChange struct {
	// Indicator is what was measured.
	Indicator *catalogue.Indicator
	// Current and Base are the unit's figures of the year and of the base year.
	Current, Base *figure.Figure
	// Change is the change between them.
	Change query.Change
	// Sentence words it.
	Sentence *Sentence

	quoted bool
}

// BriefingTarget is the result of the unit for one target.
type BriefingTarget struct {
	// Row holds the figure of the year against the target.
	Row *query.TargetRow
	// Ahead reports whether the target stands only from a later year on, and Row only says
	// where the unit stands to it.
	Ahead bool
	// PaceNeeded is the change per year that would still reach the target at the end of
	// its years, if it is due later; it has no value where the target is reached.
	PaceNeeded number.Value
	// Sentence words it.
	Sentence *Sentence
}

// BriefingScore is the score of the unit for a set of criteria.
type BriefingScore struct {
	// Set is the set of criteria.
	Set *catalogue.CriteriaSet
	// Row is the unit's row; nil when the scorecard has none for it.
	Row *query.ScorecardRow
	// Sentence words it.
	Sentence *Sentence
}

// BriefingCohort is a cohort with its plan.
type BriefingCohort struct {
	// Cohort is the cohort.
	Cohort *catalogue.Cohort
	// Sentence says how many units it has, and how many are planned for which year.
	Sentence *Sentence
}

// BriefingRanking is a ranking of units within the unit.
type BriefingRanking struct {
	// Indicator is what is ranked by, Level the level of the units.
	Indicator *catalogue.Indicator
	Level     *catalogue.Level
	// Ranking is the ranking; nil when nothing was published to rank by.
	Ranking *query.Ranking
	// Sentence says which units lead, or why none does.
	Sentence *Sentence
}

// BriefingChart is an indicator over the years up to that of the briefing.
type BriefingChart struct {
	// Indicator is what was measured.
	Indicator *catalogue.Indicator
	// Figures has one figure for each year, ascending.
	Figures []*figure.Figure
}

// BriefingRevision is a figure that had another value in the last briefing.
type BriefingRevision struct {
	// Cell is what it was and what it is.
	Cell *catalogue.CellChange
	// Sentence words it.
	Sentence *Sentence
}

// Sentences returns all sentences of the briefing, in reading order.
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

// extent is the size of the relative change, by which changes are ordered; less
// than any where there is none.
func (c *BriefingChange) extent() number.Fraction {
	percent, known := c.Change.Percent().Number()
	switch {
	case !known:
		return number.Whole(decimal.New(-1, 0))
	case percent.Sign() < 0:
		return number.Fraction{}.Sub(percent)
	}
	return percent
}

// withheld is a row whose figure is suppressed; nil when there is none.
func (b *BriefingRanking) withheld() *query.RankingRow {
	if b.Ranking == nil {
		return nil
	}
	for _, row := range b.Ranking.Unranked {
		if row.Current.IsSuppressed() {
			return row
		}
	}
	return nil
}

// newTarget reports how the unit stands to a target: one that is due, or one that lies
// ahead.
func newTarget(row *query.TargetRow) *BriefingTarget {
	t := row.Target
	b := &BriefingTarget{Row: row, Ahead: row.Ahead(), PaceNeeded: row.PaceNeeded}
	gap, known := row.Gap.Number()
	if b.Ahead && known && !t.Met(gap) && t.Years.To != 0 && !t.On.IsChange() {
		b.PaceNeeded = number.Known(number.Fraction{}.Sub(gap).Over(number.Whole(decimal.NewFromInt(int64(t.Years.To - row.Year)))))
	}
	return b
}
