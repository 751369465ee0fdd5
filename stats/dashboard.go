package stats

import (
	"cmp"
	"context"
	"errors"
	"sync"
)

// DashboardAsk is a question for a dashboard as its caller puts it.
type DashboardAsk struct {
	// Code is the code of the dashboard.
	Code string
	// Unit is the code of the unit; "" is the dashboard's own.
	Unit string
	// Year and BaseYear are the years; 0 is the dashboard's own.
	Year, BaseYear Year
	// Scope says from which point of view; nil is the present.
	Scope *Scope
}

// DashboardQuestion is a question for a dashboard as it was understood.
type DashboardQuestion struct {
	// Template is what is shown.
	Template *DashboardTemplate
	// Unit is the unit, as it was in the year.
	Unit *Unit
	// Year and BaseYear are the years of the tiles that have none of their own.
	Year, BaseYear Year
	// AsOf is the day of publication up to which figures count; nil for all.
	AsOf *Date

	view    viewpoint
	release *Release
}

// Dashboard is some answers on one screen.
type Dashboard struct {
	// Question is the question as it was understood.
	Question *DashboardQuestion
	// Release is the last publication that the answer knows; nil when there was none.
	Release *Release
	// Tiles are the answers, in the order of the template.
	Tiles []*Tile
}

// Tile is the answer to the question of one tile: the one that its kind asks for,
// or the faults for which it was refused.
type Tile struct {
	// Template is what was asked.
	Template *TileTemplate
	// Comparison answers headlines and churn, the others what their names say.
	Comparison *Comparison
	Series     *SeriesSet
	Ranking    *Ranking
	Targets    *TargetReport
	Scorecard  *Scorecard
	Table      *Table
	// Refusals are the faults of the question; empty where it is answered.
	Refusals []*Refusal
}

// Kind says what was asked.
func (t *Tile) Kind() TileKind { return t.Template.Kind }

// Title is what the tile shows.
func (t *Tile) Title(language Language) string { return t.Template.Title(language) }

// Refusal is a fault for which one question among several was refused.
type Refusal struct {
	// Code names the kind of fault, Where the argument at fault.
	Code  Code
	Where string
	// Nearest lists the known names closest to an unknown one, best first.
	Nearest []string

	fault *Error
}

// Message says what is wrong, with the value at fault.
func (r *Refusal) Message(language Language) string {
	message, _ := r.fault.In(language)
	return message
}

// Hint says what to do about it; empty where nothing is known.
func (r *Refusal) Hint(language Language) string {
	_, hint := r.fault.In(language)
	return hint
}

// Dashboard answers the questions of all tiles of a dashboard, and reads the slices
// that they take together. A tile whose question is refused says so in its place; a
// fault of the dashboard's own unit, years or scope is one of the whole.
func (w *Writer) Dashboard(ctx context.Context, ask DashboardAsk) (*Dashboard, error) {
	r := &resolver{State: w.state()}
	q := r.dashboardQuestion(ask)
	if err := r.err(); err != nil {
		return nil, err
	}
	d := &Dashboard{Question: q, Release: q.release, Tiles: make([]*Tile, len(q.Template.Tiles))}
	service, gathering := w.Gather(len(d.Tiles))
	faults := make([]error, len(d.Tiles))
	var all sync.WaitGroup
	for i, template := range q.Template.Tiles {
		d.Tiles[i] = &Tile{Template: template}
		asking, end := gathering.Enter(ctx)
		all.Go(func() {
			defer end()
			faults[i] = d.Tiles[i].refuse(d.Tiles[i].answer(asking, service, q, ask.Scope))
		})
	}
	all.Wait()
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return d, nil
}

// dashboardQuestion resolves what is asked about.
func (r *resolver) dashboardQuestion(ask DashboardAsk) *DashboardQuestion {
	q := &DashboardQuestion{Template: r.dashboard(ask.Code)}
	if q.Template == nil {
		return q
	}
	q.Year, q.BaseYear = cmp.Or(ask.Year, q.Template.Year), cmp.Or(ask.BaseYear, q.Template.BaseYear)
	r.calendarYear("year", q.Year)
	r.calendarYear("baseYear", q.BaseYear)
	if q.Year >= FirstYear && q.Year <= LastYear {
		q.Unit = r.unit("unit", cmp.Or(ask.Unit, q.Template.UnitCode), r.on(ask.Scope, q.Year.Reference()))
	}
	r.narrow(&Question{}, Ask{Scope: ask.Scope})
	r.onlyTotals(ask.Scope, Say("a dashboard shows totals, not members of a breakdown"))
	q.view, q.release, q.AsOf = r.asOf(ask.Scope)
	q.Template = q.Template.in(r.Catalogue, q.view.View)
	return q
}

// answer asks the question of the tile.
func (t *Tile) answer(ctx context.Context, s *Service, q *DashboardQuestion, scope *Scope) (err error) {
	ask := t.Template.ask(q, scope)
	switch t.Template.Kind {
	case HeadlineTile, ChurnTile:
		t.Comparison, err = s.Compare(ctx, ask)
	case TrendTile:
		t.Series, err = s.Series(ctx, ask)
	case RankingTile:
		t.Ranking, err = s.Rank(ctx, ask)
	case TargetsTile:
		t.Targets, err = s.Targets(ctx, ask)
	case ScorecardTile:
		t.Scorecard, err = s.Scorecard(ctx, t.Template.SetCode, ask)
	case TableTile:
		t.Table, err = s.Table(ctx, t.Template.table(ask))
	}
	return err
}

// ask completes the tile's question by what the dashboard is asked for.
func (t *TileTemplate) ask(q *DashboardQuestion, scope *Scope) Ask {
	ask := Ask{
		Indicator: t.IndicatorCode, Target: t.TargetCode, Level: t.By, OrderBy: t.OrderBy, Scope: scope,
		Year: cmp.Or(t.Year, q.Year), BaseYear: cmp.Or(t.BaseYear, q.BaseYear), From: t.From,
	}
	unit := q.Unit.Code
	if len(t.UnitCodes) > 0 {
		unit = t.UnitCodes[0]
	}
	switch {
	case t.By != "":
		ask.Within = t.Within(q.Unit.Code)
	case t.Kind == TrendTile || t.Kind == TableTile:
		ask.Units = []string{unit}
		if len(t.UnitCodes) > 0 {
			ask.Units = t.UnitCodes
		}
	default:
		ask.Unit = unit
	}
	if t.Kind == TrendTile {
		ask.To, ask.Year, ask.BaseYear = ask.Year, 0, 0
	}
	if t.Top > 0 {
		ask.Top = &t.Top
	}
	return ask
}

// table is the tile's question for a table: both years, unless one is all there is.
func (t *TileTemplate) table(ask Ask) TableAsk {
	return TableAsk{
		Indicators: t.IndicatorCodes, Years: []Year{ask.BaseYear, ask.Year}, Measures: t.Measures, Level: ask.Level, Within: ask.Within,
		Units: ask.Units, BaseYear: ask.BaseYear, Scope: ask.Scope,
	}
}

// refuse keeps the faults of the tile's question; any other is a fault of the whole.
func (t *Tile) refuse(err error) error {
	if err == nil {
		return nil
	}
	coded := Errors(err)
	for _, fault := range coded {
		if !fault.Code.ofQuestion() {
			return err
		}
		t.Refusals = append(t.Refusals, &Refusal{Code: fault.Code, Where: fault.Where, Nearest: fault.Nearest, fault: fault})
	}
	if len(coded) == 0 {
		return err
	}
	return nil
}

// ofQuestion tells whether a fault is one of what was asked, so that asking
// otherwise would mend it.
func (c Code) ofQuestion() bool {
	switch c {
	case UnknownIndicator, UnknownUnit, UnknownLevel, UnknownKind, UnknownTopic, UnknownCohort, UnknownTarget, CohortLevel,
		UnknownRelease, UnknownYear, BaseYearWithoutData, BadArgument, UnknownScorecard, TooMany, CannotAdd, UnknownDimension,
		UnknownMember, BasisUnknown:
		return true
	}
	return false
}
