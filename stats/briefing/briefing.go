package briefing

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"

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
	// Ahead tells that the target's years begin after the year: it was not due, and
	// Row only says where the unit stands to it.
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

// chartYears is the most years that a chart of a briefing shows.
const chartYears = 10

// drafting is a briefing while it is made.
type drafting struct {
	query.Resolver
	*Briefing
	ask   BriefingAsk
	words briefingWords
	facts map[string]*figure.Facts
	notes map[string]*query.NoteCollector // by indicator
	// told are the indicators of which anything is told, in order.
	told []*catalogue.Indicator
	cite citations
	// targetNotes are the warnings beside the targets.
	targetNotes []*query.Note
}

// Writer writes briefings and fills dashboards from the answers of a Service. It is
// safe for concurrent use.
type Writer struct {
	*query.Service
}

// NewWriter makes a Writer.
func NewWriter(answers *query.Service) *Writer { return &Writer{answers} }

// Briefing tells what is to be said of a unit in a year. All slices that it takes
// are read together.
func (w *Writer) Briefing(ctx context.Context, ask BriefingAsk) (*Briefing, error) {
	d := &drafting{Resolver: query.Resolver{State: w.State()}, ask: ask}
	if err := d.resolve(); err != nil {
		return nil, err
	}
	if err := d.read(ctx, w.Service); err != nil {
		return nil, err
	}
	if err := readCitations(d, ctx, w.Service); err != nil {
		return nil, err
	}
	if err := readRevisions(d, ctx, w.Service); err != nil {
		return nil, err
	}
	writeSentences(d)
	return d.Briefing, nil
}

// resolve finds what is asked about.
func (d *drafting) resolve() error {
	ask, r := d.ask, &d.Resolver
	q := &BriefingQuestion{Year: ask.Year, BaseYear: cmp.Or(ask.BaseYear, number.DefaultBaseYear), Language: cmp.Or(ask.Language, number.Vietnamese)}
	r.CalendarYear("year", q.Year)
	r.CalendarYear("baseYear", q.BaseYear)
	if q.BaseYear == q.Year {
		r.Fault(&number.Error{Code: number.BadArgument, Where: "baseYear", Message: number.Say("the base year is the year told"), Hint: number.Say("give another baseYear")})
	}
	if q.Year >= number.FirstYear && q.Year <= number.LastYear {
		q.Unit = r.Unit("unit", ask.Unit, r.On(ask.Scope, q.Year.Reference()))
	}
	query.Narrow(r, &query.Question{}, query.Ask{Scope: ask.Scope})
	query.OnlyTotals(r, ask.Scope, number.Say("a briefing tells totals, not members of a breakdown"))
	q.view, q.release, q.AsOf = r.AsOf(ask.Scope)
	q.Template = resolveTemplate(r, ask.Template, q)
	if err := r.Err(); err != nil {
		return err
	}
	d.Briefing, d.words = &Briefing{Question: q, Release: q.release}, briefingWords{q.Language}
	d.notes = map[string]*query.NoteCollector{}
	for _, h := range q.Template.Headlines {
		d.tell(h.IndicatorCode)
	}
	for _, code := range slices.Concat(q.Template.IndicatorCodes, q.Template.ChartCodes) {
		d.tell(code)
	}
	for _, ranking := range q.Template.Rankings {
		d.tell(ranking.IndicatorCode)
	}
	return nil
}

// tell adds an indicator to those of which something is told. The workspace was
// checked when it was read: the code is known.
func (d *drafting) tell(code string) {
	if i := d.Indicator(code); i != nil && !slices.Contains(d.told, i) {
		d.told = append(d.told, i)
		d.notes[code] = &query.NoteCollector{Catalogue: d.State}
	}
}

// read asks all questions of the briefing at once.
func (d *drafting) read(ctx context.Context, s *query.Service) error {
	t := d.Question.Template
	questions := []func(context.Context, *query.Service) error{d.readFigures}
	if len(t.TargetCodes) > 0 {
		questions = append(questions, d.readTargets)
	}
	d.Scorecards, d.Rankings = make([]*BriefingScore, len(t.ScorecardCodes)), make([]*BriefingRanking, len(t.Rankings))
	for i, code := range t.ScorecardCodes {
		questions = append(questions, func(ctx context.Context, s *query.Service) error { return d.readScore(ctx, s, i, code) })
	}
	for i, ranking := range t.Rankings {
		questions = append(questions, func(ctx context.Context, s *query.Service) error { return d.readRanking(ctx, s, i, ranking) })
	}
	service, gathering := s.Gather(len(questions))
	faults := make([]error, len(questions))
	var all sync.WaitGroup
	for i, question := range questions {
		asking, end := gathering.Enter(ctx)
		all.Go(func() {
			defer end()
			faults[i] = question(asking, service)
		})
	}
	all.Wait()
	return errors.Join(faults...)
}

// readFigures reads the figures of the unit itself: of both years, and of the years
// of a chart.
func (d *drafting) readFigures(ctx context.Context, s *query.Service) error {
	q := d.Question
	wants := make([]figure.Request, len(d.told))
	for i, indicator := range d.told {
		years := []number.Year{q.BaseYear, q.Year}
		if slices.Contains(q.Template.ChartCodes, indicator.Code) {
			years = append(years, d.charted(indicator)...)
		}
		slices.Sort(years)
		wants[i] = figure.Request{Indicator: indicator, Years: slices.Compact(years), Levels: []*catalogue.Level{q.Unit.Level}}
	}
	all, err := s.FetchAll(ctx, d.State, q.view, wants)
	if err != nil {
		return err
	}
	d.facts = make(map[string]*figure.Facts, len(all))
	for _, f := range all {
		d.facts[f.Indicator.Code] = f
	}
	return nil
}

// charted lists the years of an indicator's chart: those up to the year told, from
// the first that has figures, but not too many.
func (d *drafting) charted(i *catalogue.Indicator) []number.Year {
	var years []number.Year
	if known := i.YearsIn(d.Question.view.View); len(known) > 0 {
		for year := max(known[0], d.Question.Year-chartYears+1); year <= d.Question.Year; year++ {
			years = append(years, year)
		}
	}
	return years
}

// readTargets holds the unit against the targets.
func (d *drafting) readTargets(ctx context.Context, s *query.Service) error {
	q := d.Question
	report, err := s.Targets(ctx, query.Ask{Unit: q.Unit.Code, Year: q.Year, Scope: d.ask.Scope})
	if err != nil {
		return err
	}
	d.targetNotes = report.Notes
	for _, code := range q.Template.TargetCodes {
		for _, row := range report.Rows {
			if row.Target.Code == code {
				d.Targets = append(d.Targets, standOnTarget(d, row))
			}
		}
	}
	return nil
}

// readScore scores the unit by a set of criteria. A set of which nothing is known
// in the year is told as such.
func (d *drafting) readScore(ctx context.Context, s *query.Service, at int, code string) error {
	q := d.Question
	answer, err := s.Scorecard(ctx, code, query.Ask{Unit: q.Unit.Code, Year: q.Year, BaseYear: q.BaseYear, Scope: d.ask.Scope})
	score := &BriefingScore{}
	for _, set := range d.State.Scorecards {
		if set.Code == code {
			score.Set = set
		}
	}
	if err == nil && len(answer.Rows) > 0 {
		score.Row = answer.Rows[0]
	} else if err != nil && !refused(err) {
		return err
	}
	d.Scorecards[at] = score
	return nil
}

// readRanking ranks the units within the unit. An indicator without figures to
// rank by is told as such.
func (d *drafting) readRanking(ctx context.Context, s *query.Service, at int, t catalogue.RankingTemplate) error {
	q := d.Question
	ask := query.Ask{Indicator: t.IndicatorCode, Year: q.Year, BaseYear: q.BaseYear, Level: t.By, Within: q.Unit.Code, Scope: d.ask.Scope}
	if t.Top > 0 {
		ask.Top = &t.Top
	}
	ranking := &BriefingRanking{Indicator: d.Indicator(t.IndicatorCode), Level: d.Level(t.By)}
	answer, err := s.Rank(ctx, ask)
	if err == nil {
		ranking.Ranking = answer
	} else if !refused(err) {
		return err
	}
	d.Rankings[at] = ranking
	return nil
}

// refused tells whether every fault is one of the question, which is about a year,
// a level or units of which nothing was published. Such a part of a briefing is told
// as missing; any other fault is one of the briefing.
func refused(err error) bool {
	for _, e := range number.Errors(err) {
		if e.Code != number.UnknownYear && e.Code != number.BadArgument {
			return false
		}
	}
	return len(number.Errors(err)) > 0
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

// DashboardTemplates lists the dashboards of the workspace, in its order.
func (w *Writer) DashboardTemplates() []*catalogue.DashboardTemplate {
	c := w.Catalogue()
	templates := make([]*catalogue.DashboardTemplate, len(c.Dashboards))
	for i, t := range c.Dashboards {
		templates[i] = t.InView(c.Catalogue, ledger.View{Head: c.Head})
	}
	return templates
}

// Templates lists the templates of briefings.
func (w *Writer) Templates() []*catalogue.BriefingTemplate { return w.Catalogue().Briefings }

// Dashboard answers the questions of all tiles of a dashboard, and reads the slices
// that they take together. A tile whose question is refused says so in its place; a
// fault of the dashboard's own unit, years or scope is one of the whole.
func (w *Writer) Dashboard(ctx context.Context, ask DashboardAsk) (*Dashboard, error) {
	r := &query.Resolver{State: w.State()}
	q := resolveDashboardQuestion(r, ask)
	if err := r.Err(); err != nil {
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

// allKnown is a template of all indicators with figures for the unit in either
// year, in the order of the topics and of the catalogue, and of its targets.
func allKnown(r *query.Resolver, q *BriefingQuestion) *catalogue.BriefingTemplate {
	t := &catalogue.BriefingTemplate{Titles: number.Text{VI: "Các chỉ tiêu chính", EN: "Main indicators"}}
	unit, year, base := q.Unit, q.Year, q.BaseYear
	h := r.Frame(q.view.Basis, year.Reference())
	for _, topic := range r.Topics {
		for _, i := range r.Indicators {
			if i.Topic() != topic || !i.HasYear(year, q.view.View) && !i.HasYear(base, q.view.View) || h.Eligible(i, unit) == 0 {
				continue
			}
			t.IndicatorCodes = append(t.IndicatorCodes, i.Code)
			if i.HasYear(year, q.view.View) && len(t.Headlines) < plainHeadlines {
				t.Headlines = append(t.Headlines, catalogue.HeadlineTemplate{IndicatorCode: i.Code})
			}
			if len(i.YearsIn(q.view.View)) > 2 && len(t.ChartCodes) < plainCharts {
				t.ChartCodes = append(t.ChartCodes, i.Code)
			}
		}
	}
	for _, target := range r.Targets {
		if target.UnitCode == unit.Code || target.LevelCode == unit.Level.Code {
			t.TargetCodes = append(t.TargetCodes, target.Code)
		}
	}
	return t
}

// resolveTemplate finds the template that was asked for, or the first one for the unit's
// level; where the workspace has none, one of all that is known of the unit.
func resolveTemplate(r *query.Resolver, code string, q *BriefingQuestion) *catalogue.BriefingTemplate {
	if code != "" {
		if t := r.Template(code); t != nil {
			return t
		}
		var names []number.Name
		for _, t := range r.Briefings {
			names = append(names, number.NewName(t.Code, t.Titles.VI, t.Titles.EN))
		}
		r.Fault(&number.Error{
			Code: catalogue.UnknownBriefing, Where: "template", Message: number.Say("no briefing has the template %q", code),
			Nearest: number.NearestName(code, names), Hint: number.Say("list them with { briefingTemplates { code title } }"),
		})
		return nil
	}
	unit := q.Unit
	if unit == nil {
		return nil
	}
	for _, t := range r.Briefings {
		if len(t.LevelCodes) == 0 || slices.Contains(t.LevelCodes, unit.Level.Code) {
			return t
		}
	}
	return allKnown(r, q)
}

// The sizes of a briefing that has no template.
const (
	plainHeadlines = 5
	plainCharts    = 4
)
