package stats

import "context"

// RankingOrder says what units are ranked by.
type RankingOrder string

// The orders.
const (
	ByValue    RankingOrder = "VALUE"    // the figure: the rate of a percentage, else the value
	ByAbsolute RankingOrder = "ABSOLUTE" // the absolute change from the base year
	ByPercent  RankingOrder = "PERCENT"  // the relative change from the base year
	ByPoints   RankingOrder = "POINTS"   // the change of a percentage, in points
	ByGap      RankingOrder = "GAP"      // the gap to a target
)

// Ties says which ranks follow a tie.
type Ties string

// The ways with ties.
const (
	Competition Ties = "COMPETITION" // 1, 2, 2, 4
	Dense       Ties = "DENSE"       // 1, 2, 2, 3
)

// Ranking is the units of a level in order.
type Ranking struct {
	// Question is the question as it was understood.
	Question *Question
	// Release is the last publication that the answer knows; nil when there was none.
	Release *Release
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
	// Last is the ranked unit that comes last, wherever it is; nil when none is ranked.
	Last *RankingRow
	// PageInfo says whether rows follow, ranked or not.
	PageInfo *PageInfo
	// Total is the unit that all of them lie within; nil when they have none in common.
	Total *RankingRow
	// Map is where the shapes of its units are; nil where the workspace has none.
	Map *Map
	// Notes are warnings about the answer.
	Notes []*Note

	field *field
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
	// Unit is the unit, as it was in the year asked.
	Unit *Unit
	// Current and Base are its figures of the year asked and of the base year.
	Current, Base *Figure
	// Change is the change between them.
	Change Change
	// Share is the part of the sum over all ranked units in percent, of counts
	// and amounts; none for other kinds.
	Share Value
	// GapToTarget is what is held against the question's target − the target's
	// number; none without a target.
	GapToTarget Value
	// Reason says why the unit is not ranked; nil when it is.
	Reason *Reason

	field  *field
	key    Fraction // the measure ranked by, of a ranked unit
	before *Figure  // of the year before, where the target is on a change
}

// Text is the row in words, the change included where there is one.
func (r *RankingRow) Text(language Language) string {
	text := r.Current.Text(language)
	if r.Change.Absolute().IsKnown() {
		text += ", " + r.Change.Text(language)
	}
	return text
}

// Rank answers how the units of a level stand to each other.
func (s *Service) Rank(ctx context.Context, ask Ask) (*Ranking, error) {
	r := &resolver{State: s.state()}
	q, units := r.ranking(ask)
	if err := r.err(); err != nil {
		return nil, err
	}
	f, err := s.fetch(ctx, r.State, q, q.years(), units.levels())
	if err != nil {
		return nil, err
	}
	answer := &Ranking{Question: q, Release: q.release, UniverseCount: len(units.units), Rows: []*RankingRow{}, Map: r.MapOn(q.Level, r.on(ask.Scope, q.Year.Reference()))}
	rows := make([]*RankingRow, len(units.units))
	for i, unit := range units.units {
		rows[i] = f.rankingRow(unit, q)
	}
	if units.total != nil {
		answer.Total = f.rankingRow(units.total, q)
	}
	order := ordering(q)
	order.rank(answer, rows)
	answer.RankedCount = len(answer.Rows)
	notes := &noter{catalogue: r.State, ranked: answer.RankedCount, universe: answer.UniverseCount}
	if !q.Indicator.hasYear(q.BaseYear, q.view.View) {
		notes.baseYear = q.BaseYear
	}
	if *q.OrderBy == ByValue {
		order.move(rows, f.sameUnits(q, units), notes)
	}
	for _, row := range rows {
		notes.change(row.Change)
	}
	if q.Target != nil {
		notes.target(held{q.Target, units.units, q.Year})
	}
	if answer.Total != nil {
		notes.figure(answer.Total.Base)
		notes.figure(answer.Total.Current)
	}
	notes.losses(f, q, q.BaseYear, q.Year)
	answer.Notes = notes.all()
	ranked := answer.Rows
	if len(ranked) > 0 {
		answer.Last = ranked[len(ranked)-1]
	}
	answer.keepTop(f)
	answer.share(ranked)
	answer.keepPage(ask)
	return answer, nil
}

func (f *facts) rankingRow(unit *Unit, q *Question) *RankingRow {
	change := f.change(unit, q)
	row := &RankingRow{
		Unit: unit, Current: change.current, Base: change.base, Change: change,
		Share: None(NotApplicable), GapToTarget: None(NotApplicable),
	}
	if q.Target != nil {
		if q.Target.On.isChange() {
			row.before = f.figure(unit, q.Year-1)
		}
		row.GapToTarget = q.Target.gap(q.Target.actual(row.Current, row.before))
	}
	return row
}

// years are those whose figures a ranking needs.
func (q *Question) years() []Year {
	years := []Year{q.BaseYear, q.Year}
	if q.Target != nil && q.Target.On.isChange() {
		years = append(years, q.Year-1)
	}
	return years
}

// ranking resolves a question about ranks.
func (r *resolver) ranking(ask Ask) (*Question, scope) {
	q := r.changing(ask)
	q.OrderBy, q.Ties, q.Top = or(ask.OrderBy, ByValue), or(ask.Ties, Competition), ask.Top
	if q.Indicator != nil {
		q.Direction = or(ask.Direction, q.Indicator.Direction)
		r.rankedTarget(q, ask)
	}
	if *q.OrderBy != ByValue && *q.OrderBy != ByGap {
		r.year("baseYear", q.BaseYear, q.Indicator, q.view.View, BaseYearWithoutData)
		if q.BaseYear == q.Year {
			r.fault(&Error{Code: BadArgument, Where: "baseYear", Message: Say("the base year is the year asked"), Hint: Say("give another baseYear")})
		}
	}
	if q.Indicator != nil && *q.OrderBy == ByPoints && !q.Indicator.Kind.IsPercentage() {
		r.fault(&Error{
			Code: BadArgument, Where: "orderBy",
			Message: Say("points are changes of a percentage, which %s is not", q.Indicator.Code), Hint: Say("order by PERCENT or ABSOLUTE"),
		})
	}
	if q.Top != nil && *q.Top < 1 {
		r.fault(&Error{Code: BadArgument, Where: "top", Message: Say("top is less than 1"), Hint: Say("give a number from 1, or leave it out for all")})
	}
	if _, _, err := pageOf(ask.First, ask.After, 0); err != nil {
		r.faults = append(r.faults, err)
	}
	return q, r.scope(q, q.Year.Reference())
}

// or gives what was asked, or the default where nothing was.
func or[T comparable](asked, otherwise T) *T {
	if asked == *new(T) {
		return &otherwise
	}
	return &asked
}
