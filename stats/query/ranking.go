package query

import (
	"context"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
)

// Ranking is the units of a level in order.
type Ranking struct {
	// Question is the question as it was understood.
	Question *Question
	// Version says of which publications the answer is.
	Version
	// RankedCount is the number of units that have a rank, UniverseCount that
	// of all units to which the indicator applies.
	RankedCount, UniverseCount int
	// Rows are the ranked units of the page, best first; within a tie by code.
	Rows []*RankingRow
	// Others are the ranked units beyond the top taken as one: a sum, or a ratio of
	// sums; nil when there are none. OthersCount is their number.
	Others      *RankingRow
	OthersCount int
	// Unranked are the units of the page without a value, by code, with the reason in
	// each. They come after all ranked ones.
	Unranked []*RankingRow
	// Groups are the parents within which units are ranked, by code; empty where all are
	// ranked together.
	Groups []*RankingGroup
	// Last is the ranked unit that comes last, wherever it is; nil when none is ranked.
	Last *RankingRow
	// PageInfo says whether rows follow, ranked or not.
	PageInfo *list.PageInfo
	// Total is the unit that all of them lie within; nil when they have none in common.
	Total *RankingRow
	// Map is where the shapes of its units are; nil where the workspace has none.
	Map *catalogue.Map
	// Notes are warnings about the answer.
	Notes []*Note

	field *field
	whole *whole // nil where nothing is a share
}

// RankingRow is one unit of a ranking.
type RankingRow struct {
	// Rank is its rank from 1; nil when it has none.
	Rank *int
	// BaseRank is its rank by value in the base year; Movement is how many ranks
	// it rose since then. Both are nil unless units are ranked by value and are
	// the same units in both years.
	BaseRank, Movement *int
	// BestRank and WorstRank bound the rank that the unit could have if all units
	// whose figures are missing had them; nil when it could have none whatever they
	// were.
	BestRank, WorstRank *int
	// Quartile is 1 for the best quarter of the ranked units to 4; units of a tie
	// share it. nil when the unit has no rank.
	Quartile *int
	// Unit is the unit, as it was in the year asked; Parent the one within which it is
	// ranked, nil where all units are ranked together.
	Unit, Parent *catalogue.Unit
	// Current and Base are its figures of the year asked and of the base year.
	Current, Base *figure.Figure
	// Change is the change between them.
	Change Change
	// GapToTarget is what is compared with the question's target − the target's
	// number; none without a target.
	GapToTarget number.Value
	// Reason says why the unit is not ranked; nil when it is.
	Reason *number.Reason

	field  *field
	whole  *whole          // what its share is a part of; nil where it has none
	key    number.Fraction // the measure ranked by, of a ranked unit
	before *figure.Figure  // of the year before, where the target is on a change
}

// Text is the row in words, the change included where there is one.
func (r *RankingRow) Text(language number.Language) string {
	text := r.Current.Text(language)
	if r.Change.Absolute().IsKnown() {
		text += ", " + r.Change.Text(language)
	}
	return text
}

// Rank answers in which order the units of a level come.
func (s *Service) Rank(ctx context.Context, ask Ask) (*Ranking, error) {
	r := &Resolver{State: s.State()}
	q, units, at := resolveRanking(r, ask)
	if err := r.Err(); err != nil {
		return nil, err
	}
	f, err := s.fetch(ctx, r.State, q, q.years(), units.levels())
	if err != nil {
		return nil, err
	}
	units = units.applied(f, q, q.years()...)
	answer := &Ranking{Question: q, Version: q.version, UniverseCount: len(units.units), Rows: []*RankingRow{}, Groups: []*RankingGroup{}, Map: r.MapOn(q.Level, r.On(ask.Scope, q.Year.Reference()))}
	rows := make([]*RankingRow, len(units.units))
	figure.Spread(len(rows), func(i int) { rows[i] = rankingRow(f, units.units[i], q) })
	if units.total != nil {
		answer.Total = rankingRow(f, units.total, q)
	}
	notes := &NoteCollector{Catalogue: r.State, universe: answer.UniverseCount}
	rankRows(answer, f, rows, units, notes)
	answer.RankedCount = len(answer.Rows)
	notes.ranked = answer.RankedCount
	if !q.view.HasYear(q.Indicator, q.BaseYear) {
		notes.baseYears = []number.Year{q.BaseYear}
	}
	for _, row := range rows {
		notes.Change(row.Change)
	}
	if q.Target != nil {
		notes.target(q.Target, units.units, q.Year)
	}
	if answer.Total != nil {
		notes.figure(answer.Total.Base)
		notes.figure(answer.Total.Current)
	}
	notes.notCarried(f, q, q.BaseYear, q.Year)
	answer.Notes, answer.Release = notes.All(), notes.Release()
	ranked := answer.Rows
	answer.keepTop(f)
	shareOfTotal(answer, f, ranked)
	return answer, answer.keepPage(at)
}

// rankRows puts the rows in order, all together or those of each parent.
func rankRows(answer *Ranking, f *figure.Facts, rows []*RankingRow, units scope, notes *NoteCollector) {
	q, order := answer.Question, ordering(answer.Question)
	if q.RankWithin != nil {
		rankInGroups(answer, f, order, rows, notes)
		return
	}
	answer.Rows, answer.Unranked, answer.field = order.place(rows)
	if ranked := len(answer.Rows); ranked > 0 {
		answer.Last = answer.Rows[ranked-1]
	}
	if *q.OrderBy == catalogue.ByValue {
		order.move(rows, sameUnits(f, q, units), notes)
	}
}

func rankingRow(f *figure.Facts, unit *catalogue.Unit, q *Question) *RankingRow {
	change := changeOf(f, unit, q)
	row := &RankingRow{Unit: unit, Current: change.current, Base: change.base, Change: change, GapToTarget: number.None(number.NotApplicable)}
	if q.Target != nil {
		if q.Target.On.IsChange() {
			row.before = f.Figure(unit, q.Year-1)
		}
		row.GapToTarget = q.Target.Gap(actualOf(q.Target, row.Current, row.before))
	}
	return row
}

// resolveRanking resolves a question about ranks.
func resolveRanking(r *Resolver, ask Ask) (*Question, scope, list.Part) {
	asked := ask
	asked.First, asked.After = nil, nil
	at := pageOf(r, list.Named("ranking", asked), ask.First, ask.After)
	q := resolveChange(r, ask)
	q.OrderBy, q.Ties, q.Top = number.OrDefault(ask.OrderBy, catalogue.ByValue), number.OrDefault(ask.Ties, Competition), ask.Top
	if q.Indicator != nil {
		q.Direction = number.OrDefault(ask.Direction, q.Indicator.Direction)
		resolveRankedTarget(r, q, ask)
	}
	resolveRankWithin(r, q, ask.RankWithin)
	if *q.OrderBy != catalogue.ByValue && *q.OrderBy != catalogue.ByGap {
		r.year("baseYear", q.BaseYear, q.Indicator, q.view, number.BaseYearWithoutData)
		if q.BaseYear == q.Year {
			r.Fault(&number.Error{Code: number.BadArgument, Where: "baseYear", Message: number.Say("the base year is the year asked"), Hint: number.Say("give another baseYear")})
		}
	}
	if q.Indicator != nil && *q.OrderBy == catalogue.ByPoints && !q.Indicator.IsPercentage() {
		r.Fault(&number.Error{
			Code: number.BadArgument, Where: "orderBy",
			Message: number.Say("points are changes of a percentage, which %s is not", q.Indicator.Code), Hint: number.Say("order by PERCENT or ABSOLUTE"),
		})
	}
	if q.Top != nil && *q.Top < 1 {
		r.Fault(&number.Error{Code: number.BadArgument, Where: "top", Message: number.Say("top is less than 1"), Hint: number.Say("give a number from 1, or leave it out for all")})
	}
	return q, scopeOf(r, q, q.Year.Reference()), at
}

// Mean is the plain mean of the measure that the ranked units are ranked by, in
// its unit. It weighs all units alike and is not the total's figure; none when no
// unit is ranked.
func (r *Ranking) Mean() number.Value { return r.field.mean() }

// keepPage keeps the rows of the page that was asked for, which the resolver found to
// be one: those without a rank come after the ranked ones.
func (r *Ranking) keepPage(at list.Part) error {
	ranked, count := len(r.Rows), len(r.Rows)+len(r.Unranked)
	from, to, info, err := at.Rows(r.Question.view.Head, count)
	if err != nil {
		return err
	}
	r.Rows = r.Rows[min(from, ranked):min(to, ranked)]
	r.Unranked = r.Unranked[max(from-ranked, 0):max(to-ranked, 0)]
	r.PageInfo = info
	return nil
}

// keepTop keeps the rows of the first so many ranks, ties at the edge together,
// and takes those beyond as one.
func (r *Ranking) keepTop(f *figure.Facts) {
	top := r.Question.Top
	if top == nil {
		return
	}
	kept, beyond := []*RankingRow{}, []*RankingRow{}
	for _, row := range r.Rows {
		if *row.Rank > *top {
			beyond = append(beyond, row)
		} else {
			kept = append(kept, row)
		}
	}
	if r.Rows, r.OthersCount = kept, len(beyond); len(beyond) > 0 {
		r.Others = othersOf(r, f, beyond)
	}
}

// GapToBest is the unit's measure − that of the best unit, in the unit of the
// measure: points where it is a percentage. Which sign is good is the direction's
// to say; the best unit has 0.
func (r *RankingRow) GapToBest() number.Value {
	if r.field == nil {
		return r.unmeasured()
	}
	return number.Known(r.key.Sub(r.field.sorted[0].key))
}

// GapToMean is the unit's measure − the mean, as GapToBest.
func (r *RankingRow) GapToMean() number.Value {
	if r.field == nil {
		return r.unmeasured()
	}
	mean, _ := r.field.mean().Number()
	return number.Known(r.key.Sub(mean))
}

// unmeasured says why a row has no place in the field.
func (r *RankingRow) unmeasured() number.Value {
	if r.Reason != nil {
		return number.None(*r.Reason)
	}
	return number.None(number.NotApplicable)
}

// GapToTargetReason says why there is no gap to the target; nil when there is one.
func (r *RankingRow) GapToTargetReason() *number.Reason { return r.GapToTarget.Reason() }
