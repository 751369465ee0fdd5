package briefing

import (
	"cmp"
	"context"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// DashboardAsk is a request for a dashboard, as the caller gives it.
type DashboardAsk struct {
	// Code is the code of the dashboard.
	Code string
	// Unit is the code of the unit; "" is the dashboard's own.
	Unit string
	// Year and BaseYear are the years; 0 is the dashboard's own. BaseYear may be
	// number.PreviousYear.
	Year, BaseYear number.Year
	// Scope narrows what counts, such as the day up to which figures were published; nil is
	// the present.
	Scope *query.Scope
}

// DashboardQuestion is a request for a dashboard after its names were resolved.
type DashboardQuestion struct {
	// Template lists the tiles.
	Template *catalogue.DashboardTemplate
	// Unit is the unit, as it was in the year.
	Unit *catalogue.Unit
	// Year and BaseYear are the years of the tiles that have none of their own.
	Year, BaseYear number.Year
	// AsOf is the day of publication up to which figures count; nil for all.
	AsOf *number.Date

	base    number.Year // as asked: a tile of another year has another year before
	view    figure.Viewpoint
	version query.Version
}

// Dashboard is a screen of tiles, each with one answer.
type Dashboard struct {
	// Question is the request after its names were resolved.
	Question *DashboardQuestion
	// Version says of which publications the answer is.
	query.Version
	// Tiles are the answers, in the order of the template.
	Tiles []*Tile
}

// Tile is the answer to the question of one tile, in the field of its kind, or the
// errors for which the question was refused.
type Tile struct {
	// Template is what was asked.
	Template *catalogue.TileTemplate
	// Comparison is the answer for headline and churn tiles, the other fields for the tiles
	// of their names.
	Comparison *query.Comparison
	Series     *query.SeriesSet
	Ranking    *query.Ranking
	Targets    *query.TargetReport
	Scorecard  *query.Scorecard
	Table      *query.Table
	// Refusals are the errors in the question; empty when it was answered.
	Refusals []*Refusal
}

// Kind returns the kind of the tile.
func (t *Tile) Kind() catalogue.TileKind { return t.Template.Kind }

// Title returns the title of the tile.
func (t *Tile) Title(language number.Language) string { return t.Template.Title(language) }

// Refusal is an error for which one question among several was refused.
type Refusal struct {
	// Code is the error code, Where the argument that is wrong.
	Code  number.Code
	Where string
	// Nearest lists the known names closest to an unknown one, best first.
	Nearest []string

	fault *number.Error
}

// Message says what is wrong, with the wrong value.
func (r *Refusal) Message(language number.Language) string {
	message, _ := r.fault.In(language)
	return message
}

// Hint says what to do about it; it may be empty.
func (r *Refusal) Hint(language number.Language) string {
	_, hint := r.fault.In(language)
	return hint
}

// resolveDashboardQuestion resolves what is asked about.
func resolveDashboardQuestion(r *query.Resolver, ask DashboardAsk) *DashboardQuestion {
	q := &DashboardQuestion{Template: resolveDashboard(r, ask.Code)}
	if q.Template == nil {
		return q
	}
	q.Year, q.base = cmp.Or(ask.Year, q.Template.Year), cmp.Or(ask.BaseYear, q.Template.BaseYear)
	q.BaseYear = q.base.BaseFor(q.Year)
	r.CalendarYear("year", q.Year)
	r.CalendarYear("baseYear", q.BaseYear)
	if q.Year >= number.FirstYear && q.Year <= number.LastYear {
		q.Unit = r.Unit("unit", cmp.Or(ask.Unit, q.Template.UnitCode), r.On(ask.Scope, q.Year.Reference()))
	}
	query.Narrow(r, &query.Question{}, query.Ask{Scope: ask.Scope})
	query.OnlyTotals(r, ask.Scope, number.Say("a dashboard shows totals, not members of a breakdown"))
	q.view, q.version, q.AsOf = r.AsOf(ask.Scope)
	q.Template = q.Template.InView(r.Catalogue, q.view.View)
	return q
}

// answer asks the question of the tile.
func (t *Tile) answer(ctx context.Context, s *query.Service, q *DashboardQuestion, scope *query.Scope) (err error) {
	ask := askOf(t.Template, q, scope)
	switch t.Template.Kind {
	case catalogue.HeadlineTile, catalogue.ChurnTile:
		t.Comparison, err = s.Compare(ctx, ask)
	case catalogue.TrendTile:
		t.Series, err = s.Series(ctx, ask)
	case catalogue.RankingTile:
		t.Ranking, err = s.Rank(ctx, ask)
	case catalogue.TargetsTile:
		t.Targets, err = s.Targets(ctx, ask)
	case catalogue.ScorecardTile:
		t.Scorecard, err = s.Scorecard(ctx, t.Template.SetCode, ask)
	case catalogue.TableTile:
		t.Table, err = s.Table(ctx, tableOf(t.Template, ask))
	}
	return err
}

// release is the latest of the publications that the tile's answer is from; nil where it has none.
func (t *Tile) release() *ledger.Release {
	switch {
	case t.Comparison != nil:
		return t.Comparison.Release
	case t.Series != nil:
		return t.Series.Release
	case t.Ranking != nil:
		return t.Ranking.Release
	case t.Targets != nil:
		return t.Targets.Release
	case t.Scorecard != nil:
		return t.Scorecard.Release
	case t.Table != nil:
		return t.Table.Release
	}
	return nil
}

// askOf completes the tile's question by what the dashboard is asked for.
func askOf(t *catalogue.TileTemplate, q *DashboardQuestion, scope *query.Scope) query.Ask {
	ask := query.Ask{
		Indicator: t.IndicatorCode, Target: t.TargetCode, Level: t.By, OrderBy: t.OrderBy, Scope: scope,
		Year: cmp.Or(t.Year, q.Year), BaseYear: cmp.Or(t.BaseYear, q.base), From: t.From,
	}
	ask.BaseYear = ask.BaseYear.BaseFor(ask.Year)
	unit := q.Unit.Code
	if len(t.UnitCodes) > 0 {
		unit = t.UnitCodes[0]
	}
	switch {
	case t.By != "":
		ask.Within = t.Within(q.Unit.Code)
	case t.Kind == catalogue.TrendTile || t.Kind == catalogue.TableTile:
		ask.Units = []string{unit}
		if len(t.UnitCodes) > 0 {
			ask.Units = t.UnitCodes
		}
	default:
		ask.Unit = unit
	}
	if t.Kind == catalogue.TrendTile {
		ask.To, ask.Year, ask.BaseYear = ask.Year, 0, q.base
	}
	if t.Top > 0 {
		ask.Top = &t.Top
	}
	return ask
}

// tableOf is the tile's question for a table: both years, unless one is all there is.
func tableOf(t *catalogue.TileTemplate, ask query.Ask) query.TableAsk {
	return query.TableAsk{
		Indicators: t.IndicatorCodes, Years: []number.Year{ask.BaseYear, ask.Year}, Measures: t.Measures, Level: ask.Level, Within: ask.Within,
		Units: ask.Units, BaseYear: ask.BaseYear, Scope: ask.Scope,
	}
}

// refuse keeps the faults of the tile's question; any other is a fault of the whole.
func (t *Tile) refuse(err error) error {
	if err == nil {
		return nil
	}
	coded := number.Errors(err)
	for _, fault := range coded {
		if !isOfQuestion(fault.Code) {
			return err
		}
		t.Refusals = append(t.Refusals, &Refusal{Code: fault.Code, Where: fault.Where, Nearest: fault.Nearest, fault: fault})
	}
	if len(coded) == 0 {
		return err
	}
	return nil
}

// isOfQuestion reports whether a fault is one of what was asked, so that asking
// otherwise would fix it.
func isOfQuestion(c number.Code) bool {
	switch c {
	case number.UnknownIndicator, number.UnknownUnit, number.UnknownLevel, number.UnknownKind, number.UnknownTopic, number.UnknownCohort, number.UnknownTarget, number.CohortLevel,
		number.UnknownRelease, number.UnknownYear, number.BaseYearWithoutData, number.BadArgument, number.UnknownScorecard, number.TooMany, number.CannotAdd, number.UnknownDimension,
		number.UnknownMember, figure.BasisUnknown:
		return true
	}
	return false
}

// Basis returns the basis: the set of units on which the question is answered.
func (q *DashboardQuestion) Basis() *figure.Basis { return q.view.AsBasis() }

func resolveDashboard(r *query.Resolver, code string) *catalogue.DashboardTemplate {
	if t := r.State.Dashboard(code); t != nil {
		return t
	}
	var names []number.Name
	for _, t := range r.Dashboards {
		names = append(names, number.NewName(t.Code, t.Titles.VI, t.Titles.EN))
	}
	r.Fault(&number.Error{
		Code: catalogue.UnknownDashboard, Where: "code", Message: number.Say("no dashboard has the code %q", code),
		Nearest: number.NearestName(code, names), Hint: number.Say("list them with { dashboards { code title } }"),
	})
	return nil
}
